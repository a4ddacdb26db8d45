"""Notices are written with what they tell, and sent once."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from builders import NOW, TERM_STARTS, TODAY, URN, a_mentor, a_school, a_session, an_ect
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.email import Email
from ect_registration.domain.notice import (
    Happening,
    Notice,
    NoticeId,
    NoticeState,
    Recipient,
    Role,
)
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.rules.outputs.notices import NO_ADDRESS, TOO_OLD, UNDONE, Subject
from ect_registration.domain.values import Trn
from ect_registration.ports.errors import Unavailable
from ect_registration.testing.memory.notifier import MemoryNotifier
from ect_registration.use_cases.changing.removing_mentor import remove_mentor
from ect_registration.use_cases.changing.undo.undoing import undo_ect
from ect_registration.use_cases.notifying.announcing import to_tell
from ect_registration.use_cases.notifying.outbox import (
    list_notices,
    purge_notices,
    refused_notices,
    waiting_notices,
)
from ect_registration.use_cases.notifying.send import POSTPONED, send_notices
from ect_registration.use_cases.notifying.write import telling_of
from ect_registration.use_cases.registering.assign_mentor import assign_mentor
from ect_registration.use_cases.registering.outcomes import Assigned
from ect_registration.use_cases.transactions import Tells
from unit.use_cases.mentoring import a_provider_led_ect, assigns, the_assignment
from unit.use_cases.service import ACTOR, USER, Service

EVERY = list(NoticeState)


@pytest.fixture
def notifier():
    """Takes everything along."""
    return MemoryNotifier()


def tell(service, happened, role, about, tells=Tells.EVERYBODY):
    """Write notices as a use case does."""
    telling = telling_of(attrs.evolve(ACTOR, tells=tells), service.ports)
    service.do(lambda uow: telling.tell(happened, Subject(role, about, URN), uow))


def signed_in(service, email="hannah@example.org"):
    """The user who gets receipts has signed in."""
    service.do(lambda uow: uow.sessions.add(a_session(user=USER, email=email)))


def kept(service, *states):
    """What the outbox holds: state and reason."""
    return [(each.state, each.why) for each in list_notices(states or EVERY, 100, service.ports)]


def send(service, notifier):
    """The counts of one run."""
    return dict(send_notices(service.ports, notifier).counts)


def test_registering_writes_a_receipt_and_a_notice(service, notifier):
    """The user and the ECT are told in their own words, once."""
    signed_in(service)
    ect = service.has_ect(an_ect())
    tell(service, Happening.REGISTERED, Role.ECT, ect.id)
    first, again = send(service, notifier), send(service, notifier)

    assert (first, again) == ({"sent": 2}, {})
    assert [(m.address, m.subject) for m in notifier.sent] == [
        ("hannah@example.org", "You registered Asha Marlowe"),
        ("asha.marlowe@example.org", "You are registered at Larkfield School"),
    ]
    assert kept(service) == [("sent", "")] * 2


def test_a_command_tells_nobody_unless_it_is_asked_to(service):
    """Operators correct and load: nobody is to be written to."""
    service.register()
    tell(service, Happening.UNDONE, Role.ECT, uuid4(), Tells.NOBODY)

    assert waiting_notices(service.ports) == 0


def test_the_address_is_that_of_the_moment_of_sending(service, notifier):
    """A corrected address gets the notice."""
    mentor = service.has_mentor(a_mentor())
    tell(service, Happening.ASSIGNED, Role.MENTOR, mentor.id, Tells.PEOPLE)
    corrected = attrs.evolve(mentor, email=Email("joan@example.com"))

    def correct(uow):
        uow.emails.claim(corrected.email, mentor.teacher.trn, service.clock.today())
        uow.mentors.change(mentor, corrected)

    service.do(correct)
    send(service, notifier)

    assert [message.address for message in notifier.sent] == ["joan@example.com"]


@pytest.mark.parametrize(
    ("email", "hours", "why"),
    [(None, 0, NO_ADDRESS), (Email("asha.marlowe@example.org"), 72, TOO_OLD)],
)
def test_a_notice_without_use_is_dropped(service, notifier, email, hours, why):
    """Nothing is sent without an address, or days later."""
    ect = service.has_ect(an_ect(email=email))
    tell(service, Happening.REGISTERED, Role.ECT, ect.id, Tells.PEOPLE)
    service.clock.wait(hours=hours)

    assert send(service, notifier) == {"dropped": 1}
    assert kept(service) == [("dropped", why)]


@pytest.mark.parametrize("role", Role)
def test_a_notice_about_a_period_that_is_gone_is_dropped(service, notifier, role):
    """There is nothing to tell."""
    tell(service, Happening.REGISTERED, role, uuid4(), Tells.PEOPLE)
    send(service, notifier)

    assert kept(service) == [("dropped", UNDONE)]


@pytest.mark.parametrize(
    ("happened", "outcome"), [(Happening.REGISTERED, "dropped"), (Happening.UNDONE, "sent")]
)
def test_what_has_been_undone_is_told_no_more(service, notifier, happened, outcome):
    """Only that it was undone; a refused notice is no concern of the school then."""
    ect = service.has_ect(an_ect(withdrawn=True))
    tell(service, happened, Role.ECT, ect.id, Tells.PEOPLE)

    assert send(service, notifier) == {outcome: 1}


@pytest.mark.parametrize("cause", [Cause.COMPLETED, Cause.SCHOOL_CLOSED, Cause.TRANSFER])
@pytest.mark.parametrize(
    ("role", "has"), [(Role.ECT, Service.has_ect), (Role.MENTOR, Service.has_mentor)]
)
def test_a_registration_that_is_over_before_it_began_is_told_all_the_same(
    service, notifier, cause, role, has
):
    """Nobody has undone it: the user and the person learn that it was made."""
    signed_in(service)
    never = End(cause, uuid4(), TERM_STARTS - timedelta(days=1), TODAY)
    an_example = an_ect if role is Role.ECT else a_mentor
    about = has(service, an_example(withdrawn=True, ends=(never,)))
    tell(service, Happening.REGISTERED, role, about.id)

    assert send(service, notifier) == {"sent": 2}


def assigned(service):
    """Joan, a mentor of the school, is assigned to Asha this morning, and everybody is told."""
    signed_in(service)
    ect, mentor = service.has_ect(a_provider_led_ect()), service.has_mentor(a_mentor())
    document = the_assignment(ect, mentor)
    result = assign_mentor(document, USER, service.ports, tells=Tells.EVERYBODY)
    assert isinstance(result, Assigned)
    return result.ect


def test_an_assignment_is_told_to_the_user_and_the_mentor(service, notifier):
    """Also after the mentor was removed on a later day: they were the ECT's until then."""
    ect = assigned(service)
    service.clock.wait(days=1)
    remove_mentor(ect.id, TODAY, ACTOR, service.ports)

    assert send(service, notifier) == {"sent": 2}


def undo_the_registration(ect, service):
    """The ECT should not have been registered."""
    return undo_ect(ect.id, ACTOR, service.ports)


def assign_another(ect, service):
    """The mentor was the wrong one, who never was the ECT's for a whole day."""
    teacher = Teacher(Trn("2000002"), "Ola Eden")
    ola = service.has_mentor(a_mentor(teacher=teacher, email=Email("ola@example.org")))
    return assigns(service, ect, ola, replace=True)


@pytest.mark.parametrize("undoes", [undo_the_registration, assign_another])
def test_an_assignment_that_was_undone_is_told_no_more(service, notifier, undoes):
    """Neither to the mentor, who is still at the school, nor to the user."""
    ect = assigned(service)
    assert not isinstance(undoes(ect, service), Blocked)

    assert send(service, notifier) == {"dropped": 2}
    assert kept(service) == [("dropped", UNDONE)] * 2


def test_an_assignment_to_an_ect_whose_record_is_gone_is_told_no_more(service, notifier):
    """Nothing says that it took place."""
    mentor = service.has_mentor(a_mentor())
    telling = telling_of(attrs.evolve(ACTOR, tells=Tells.PEOPLE), service.ports)
    subject = Subject(Role.MENTOR, mentor.id, URN, ect=uuid4())
    service.do(lambda uow: telling.tell(Happening.ASSIGNED, subject, uow))

    assert send(service, notifier) == {"dropped": 1}


def test_a_user_whose_address_is_not_known_gets_no_receipt(service, notifier):
    """Sessions from before addresses were kept have none."""
    ect = service.has_ect(an_ect())
    tell(service, Happening.REGISTERED, Role.ECT, ect.id)

    assert send(service, notifier) == {"dropped": 1, "sent": 1}


def test_what_is_refused_for_good_needs_doing_at_the_school(service, notifier):
    """The school sees whose address takes no emails, until it is corrected."""
    ect, mentor = service.has_ect(an_ect()), service.has_mentor(a_mentor())
    for role, about in ((Role.ECT, ect.id), (Role.MENTOR, mentor.id)):
        tell(service, Happening.REGISTERED, role, about, Tells.PEOPLE)
    for person in (ect, mentor):
        notifier.refused[person.email.address] = "not a valid address"
    counts = send(service, notifier)
    undelivered = service.do(lambda uow: to_tell(URN, TODAY, uow).unreached.refused)

    assert counts == {"refused": 2}
    assert [(each.role, each.name) for each in undelivered] == [
        ("ect", "Asha Marlowe"),
        ("mentor", "Joan Thackeray"),
    ]


def test_a_refused_notice_goes_to_the_corrected_address(service, notifier):
    """As if it had never been tried; then nothing needs doing any more."""
    ect = service.has_ect(an_ect())
    tell(service, Happening.REGISTERED, Role.ECT, ect.id, Tells.PEOPLE)
    notifier.refused[ect.email.address] = "not a valid address"
    send(service, notifier)
    again = service.do(lambda uow: uow.outbox.try_again(ect.id, service.clock.now()))
    notifier.refused.clear()

    assert (again, send(service, notifier)) == (1, {"sent": 1})
    assert service.do(lambda uow: to_tell(URN, TODAY, uow).unreached.refused) == []


def test_people_whose_records_are_gone_need_nothing(service, notifier):
    """A refused notice about nobody, and a refused receipt, are no concern of the school."""
    signed_in(service)
    ect = service.has_ect(an_ect())
    tell(service, Happening.REGISTERED, Role.ECT, ect.id)
    notifier.refused |= {"hannah@example.org": "full", ect.email.address: "full"}
    send(service, notifier)

    def refuse(notice):
        def work(uow):
            uow.outbox.add([notice])
            uow.outbox.settle(notice.id, NoticeState.REFUSED, NOW, "full")

        return work

    for about, role in ((uuid4(), Role.ECT), (uuid4(), Role.MENTOR), (None, Role.ECT)):
        id = NoticeId(uuid4())
        notice = Notice(id, Happening.UNDONE, role, Recipient.PERSON, URN, NOW, about)
        service.do(refuse(notice))

    assert [
        each.id for each in service.do(lambda uow: to_tell(URN, TODAY, uow).unreached.refused)
    ] == [ect.id]
    assert refused_notices(service.ports) == 5

    undone = attrs.evolve(ect, withdrawn=True)
    service.do(lambda uow: uow.ects.change(ect, undone))

    assert service.do(lambda uow: to_tell(URN, TODAY, uow).unreached.refused) == []


def test_an_outage_ends_the_run_and_the_notice_waits_longer_each_time(service, notifier):
    """The other notices are not tried in vain; all are sent when it is over."""
    ect, mentor = service.has_ect(an_ect()), service.has_mentor(a_mentor())
    for role, about in ((Role.ECT, ect.id), (Role.MENTOR, mentor.id)):
        tell(service, Happening.REGISTERED, role, about, Tells.PEOPLE)
        service.clock.wait(seconds=1)
    notifier.away = "it answered with status 500"
    run = send_notices(service.ports, notifier)

    assert dict(run.counts) == {POSTPONED: 1}
    assert str(run.stopped_by) == str(Unavailable("notifier", "it answered with status 500"))
    assert kept(service) == [("waiting", "it answered with status 500"), ("waiting", "")]

    notifier.away = ""
    assert send(service, notifier) == {"sent": 1}
    service.clock.wait(minutes=1)
    assert send(service, notifier) == {"sent": 1}


def test_a_notice_whose_result_is_unknown_is_looked_up_first(service, notifier):
    """A run that was cut off after sending leaves no second email."""
    ect = service.has_ect(an_ect())
    tell(service, Happening.REGISTERED, Role.ECT, ect.id, Tells.PEOPLE)
    now = service.clock.now()
    claimed = service.do(lambda uow: uow.outbox.claim(now, now))
    send(service, notifier)
    (sent,) = notifier.sent

    assert sent.reference == claimed.notice.id

    service.do(lambda uow: uow.outbox.remove_written_until(now))
    service.do(lambda uow: uow.outbox.add([claimed.notice]))
    service.do(lambda uow: uow.outbox.claim(now, now))  # a second run, cut off after sending

    assert send(service, notifier) == {"sent": 1}
    assert notifier.sent == [sent]


@pytest.mark.parametrize(("tells", "receipts"), [(Tells.EVERYBODY, 1), (Tells.PEOPLE, 0)])
def test_a_receipt_of_an_upload_names_no_person(service, notifier, tells, receipts):
    """It says how many were registered; a command gives none."""
    signed_in(service)
    telling = telling_of(attrs.evolve(ACTOR, tells=tells), service.ports)
    service.do(lambda uow: telling.tell_of_upload(3, uow))
    send(service, notifier)

    assert [message.body for message in notifier.sent] == [
        "You uploaded a file for Larkfield School. Early career teachers (ECTs) registered: 3.\n"
    ] * receipts


def test_notices_are_removed_when_nobody_asks_any_more(service):
    """After 90 days, whatever became of them."""
    service.do(lambda uow: uow.schools.save(a_school()))
    tell(service, Happening.REGISTERED, Role.ECT, uuid4())
    service.clock.wait(days=89)
    early = purge_notices(service.ports)
    service.clock.wait(days=1)

    assert (early, purge_notices(service.ports), kept(service)) == (0, 2, [])
