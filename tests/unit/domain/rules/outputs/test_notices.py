"""Who is told what by email, in which words, and how long a notice is tried."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from uuid import UUID, uuid4

import attrs
import pytest

from builders import ECT_TRN, NOW, URN
from ect_registration.domain.notice import (
    Happening,
    KeptNotice,
    Notice,
    NoticeId,
    Recipient,
    Role,
)
from ect_registration.domain.policy import NOTICE_PATIENCE
from ect_registration.domain.rules.outputs.notices import (
    LONGEST_WAIT,
    NO_ADDRESS,
    TOLD,
    TOO_OLD,
    UNDONE,
    Subject,
    notices_of,
    receipt_of_upload,
    wait_after,
    why_dropped,
    words_of,
)

SUBJECT = Subject(Role.ECT, uuid4(), URN)
OF_ONE = [happened for happened in Happening if happened is not Happening.UPLOADED]


FIRST_ID, SECOND_ID = NoticeId(UUID(int=1)), NoticeId(UUID(int=2))


def notices(happened, user="user-1", subject=SUBJECT):
    """Return the notices of something that happened."""
    return notices_of(happened, subject, user, NOW, uuid4)


@pytest.mark.parametrize(
    ("happened", "told"),
    [
        pytest.param(Happening.REGISTERED, ["user", "person"], id="registered"),
        pytest.param(Happening.ASSIGNED, ["user", "person"], id="a mentor is assigned"),
        pytest.param(Happening.LEAD_PROVIDER_CHANGED, ["person"], id="another lead provider"),
        pytest.param(Happening.UNDONE, ["person"], id="undone"),
    ],
)
def test_notices_go_to_whom_they_concern(happened, told):
    """The user gets a receipt; the ECT or mentor is told what happened to them."""
    assert [notice.to for notice in notices(happened)] == told


def test_a_command_gives_no_receipt():
    """An operator has no address here, and reads the result on the terminal."""
    assert [notice.to for notice in notices(Happening.REGISTERED, user=None)] == ["person"]


def test_only_a_receipt_names_the_user():
    """The ECT's notice has no use for who registered them."""
    receipt, notice = notices(Happening.REGISTERED)

    assert (receipt.user, notice.user) == ("user-1", None)
    assert receipt.id != notice.id


def test_notices_say_what_happened_where_and_to_whom():
    """That of an assignment also names the ECT whom the mentor is for."""
    subject = Subject(Role.MENTOR, uuid4(), URN, ect=uuid4())
    ids = iter([FIRST_ID, SECOND_ID])
    receipt = Notice(
        id=FIRST_ID,
        happened=Happening.ASSIGNED,
        role=Role.MENTOR,
        to=Recipient.USER,
        school=URN,
        written_at=NOW,
        about=subject.id,
        user="user-1",
        ect=subject.ect,
    )

    assert notices_of(Happening.ASSIGNED, subject, "user-1", NOW, lambda: next(ids)) == [
        receipt,
        attrs.evolve(receipt, id=SECOND_ID, to=Recipient.PERSON, user=None),
    ]


def test_an_upload_has_one_receipt():
    """Whatever the number of rows, the user gets one email; it is about nobody alone."""
    receipt = receipt_of_upload(URN, 12, "user-1", NOW, lambda: FIRST_ID)

    assert receipt == Notice(
        id=FIRST_ID,
        happened=Happening.UPLOADED,
        role=Role.ECT,
        to=Recipient.USER,
        school=URN,
        written_at=NOW,
        user="user-1",
        registrations=12,
    )
    assert words_of(receipt, "", "Larkfield School") == (
        "You registered ECTs at Larkfield School",
        "You uploaded a file for Larkfield School. Early career teachers (ECTs) registered: 12.\n",
    )


def test_only_the_person_is_greeted_by_name():
    """A receipt goes to somebody else."""
    receipt, notice = (
        words_of(each, "Asha Marlowe", "Larkfield School")[1]
        for each in notices(Happening.REGISTERED)
    )

    assert receipt == (
        "You registered Asha Marlowe as an early career teacher (ECT) at Larkfield School.\n"
    )
    assert notice == (
        "Dear Asha Marlowe\n\n"
        "Larkfield School has registered you as an early career teacher (ECT).\n\n"
        "If this is not right, contact the school.\n"
    )


@pytest.mark.parametrize(
    ("happened", "address", "undone", "age", "why"),
    [
        pytest.param(Happening.REGISTERED, "a@example.org", False, 0, None, id="sent"),
        pytest.param(Happening.REGISTERED, "a@example.org", True, 0, UNDONE, id="undone by then"),
        pytest.param(Happening.UNDONE, "a@example.org", True, 0, None, id="it tells of undoing"),
        pytest.param(Happening.REGISTERED, None, False, 0, NO_ADDRESS, id="no address"),
        pytest.param(Happening.REGISTERED, "a@example.org", False, 1, TOO_OLD, id="too old"),
    ],
)
def test_notices_are_dropped_when_nobody_needs_them(happened, address, undone, age, why):
    """What has been undone is not told, nor what happened days ago."""
    (*_, notice) = notices(happened)
    now = NOW + age * NOTICE_PATIENCE.value
    kept = KeptNotice(notice, due_at=NOW)

    assert why_dropped(kept, address, now, undone=undone) == why


def test_a_notice_waits_longer_each_time():
    """A minute at first, and never more than six hours."""
    waits = [wait_after(tries) for tries in range(1, 12)]

    assert waits[0] == timedelta(minutes=1)
    assert waits == sorted(waits)
    assert len(set(waits)) == 1 + sum(wait < LONGEST_WAIT for wait in waits)
    assert waits[-1] == wait_after(10_000) == LONGEST_WAIT


@pytest.mark.parametrize(("happened", "role"), list(product(OF_ONE, Role)))
def test_words_hold_a_name_and_a_school(happened, role):
    """No TRN and no address is in any notice; every placeholder is filled."""
    subject = Subject(role, uuid4(), URN)
    for notice in notices(happened, subject=subject):
        title, body = words_of(notice, "Asha Marlowe", "Larkfield School")

        assert "Asha Marlowe" in title + body
        assert "Larkfield School" in title + body
        assert not {"{", "}", "@"} & set(title + body)
        assert ECT_TRN.digits not in title + body


def test_every_happening_says_who_is_told():
    """One that is forgotten would tell nobody."""
    assert set(TOLD) == set(Happening)
    assert {to for recipients in TOLD.values() for to in recipients} == set(Recipient)
