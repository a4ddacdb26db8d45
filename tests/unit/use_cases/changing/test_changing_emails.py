from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from builders import ECT_TRN, URN, a_mentor, a_teacher, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.identifying.email import EMAIL_IN_USE
from ect_registration.use_cases.registering.outcomes import Registered
from ect_registration.use_cases.transactions import Actor
from unit.use_cases.changing_emails import change_email
from unit.use_cases.service import ACTOR, USER
from unit.use_cases.town import BRAM, OTHER_SCHOOL

OLD, NEW = Email("asha.marlowe@example.org"), Email("asha@larkfield.example.org")
LEFT = Period(date(2024, 9, 1), date(2025, 7, 31))


@pytest.fixture
def ect(service):
    """Asha at Larkfield."""
    return service.has_ect(an_ect(email=OLD))


def _change(service, ect, email=NEW, actor=ACTOR):
    return change_email(ect.id, email, actor, service.ports)


def _email(service):
    return service.ects_of(ECT_TRN)[0].email


def test_email_can_change(service, ect):
    """And is shown from then on."""
    changed = _change(service, ect)

    assert (changed.email, list(service.ects_of(ECT_TRN))) == (NEW, [changed])


def test_an_email_that_was_not_known_can_be_given(service):
    """To a record brought in without one; history says that there was none."""
    ect = service.has_ect(an_ect(email=None))
    changed = _change(service, ect)

    assert changed.email == NEW
    assert service.history()[-1].before == {"email": None}
    assert service.register(trn=str(BRAM), email=NEW.address).rule == EMAIL_IN_USE


def test_a_changed_email_is_held(service, ect):
    """Nobody else may be registered with it."""
    _change(service, ect)

    assert service.register(trn=str(BRAM), email=NEW.address).rule == EMAIL_IN_USE


def test_the_email_that_was_given_up_is_free(service, ect):
    """For anybody."""
    _change(service, ect)

    assert isinstance(service.register(trn=str(BRAM), email=OLD.address), Registered)


def test_somebody_elses_email_is_refused(service, ect):
    """Of an ECT or a mentor, at any school, in any case."""
    service.has_mentor(a_mentor(school=OTHER_SCHOOL, email=NEW))
    refused = _change(service, ect, Email("ASHA@Larkfield.example.org"))

    assert (refused.rule, refused.field, _email(service), service.history()) == (
        EMAIL_IN_USE,
        "email",
        OLD,
        [],
    )


def test_an_email_of_their_own_may_be_taken(service, ect):
    """They are a mentor at another school as well."""
    service.has_mentor(a_mentor(school=OTHER_SCHOOL, teacher=a_teacher(), email=NEW))

    assert _change(service, ect).email == NEW


def test_an_email_held_under_another_trn_of_theirs_may_be_taken(service, ect):
    """TRS has merged the two."""
    service.has_mentor(a_mentor(school=OTHER_SCHOOL, teacher=a_teacher(trn=BRAM), email=NEW))
    service.do(lambda uow: uow.teachers.merge(BRAM, ECT_TRN))

    assert _change(service, ect).email == NEW


def test_an_email_of_somebody_who_left_may_be_taken(service, ect):
    """It is not in use."""
    service.has_ect(an_ect(teacher=a_teacher(trn=BRAM), email=NEW, period=LEFT))

    assert _change(service, ect).email == NEW


def test_another_schools_ect_reads_as_an_unknown_one(service, ect):
    """And nothing is changed."""
    stranger = Actor("user-1", OTHER_SCHOOL)
    blocked = [
        _change(service, ect, actor=stranger),
        change_email(EctId(uuid4()), NEW, ACTOR, service.ports),
    ]

    assert (blocked, _email(service)) == ([OWN_SCHOOL_ONLY.refuses()] * 2, OLD)


def test_a_changed_email_is_a_line_of_history(service, ect):
    """What it was and what it became."""
    _change(service, ect)

    assert service.history() == [
        Change(
            at=service.clock.now(),
            actor=USER,
            school=URN,
            what=What.DETAILS_CHANGED,
            rules=("details-can-change",),
            trn=ECT_TRN,
            about=ect.id,
            before={"email": OLD.address},
            after={"email": NEW.address},
        )
    ]
