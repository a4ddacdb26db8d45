"""Mentorships that come back to people whose first day has been corrected meanwhile."""

from __future__ import annotations

from datetime import date, timedelta

from builders import TODAY, URN
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Blocked
from ect_registration.use_cases.changing.change_documents import change_ect_by, change_mentor_by
from ect_registration.use_cases.changing.removing_mentor import remove_mentor
from ect_registration.use_cases.changing.undo.undoing import undo_mentor
from unit.use_cases.leavers import ect_leaves, the_ect
from unit.use_cases.mentoring import registers
from unit.use_cases.service import ACTOR, USER
from unit.use_cases.town import BRAM

YESTERDAY, IN_OCTOBER, IN_NOVEMBER = TODAY - timedelta(1), date(2025, 10, 24), date(2025, 11, 3)


def _starts(service, row, day, change=change_ect_by):
    document = {"school": str(URN), "start_date": day.isoformat()}
    changed = change(row.id, document, USER, service.ports)
    assert not isinstance(changed, Blocked)


def _mentored(service):
    """Asha since the beginning of term, and Joan who mentors her from today."""
    ect = service.register().ect
    return ect, registers(service, ect).mentor


def _mentorships(service):
    return [(m.period, m.withdrawn) for m in the_ect(service).mentorships]


def test_a_mentorship_comes_back_from_the_first_day_that_the_mentor_has_by_now(service):
    """It had been withdrawn, so it did not move along when the mentor's start was corrected."""
    ect, joan = _mentored(service)
    ect_leaves(service, ect, YESTERDAY)
    _starts(service, joan, IN_OCTOBER, change_mentor_by)
    ect_leaves(service, ect, None)

    assert _mentorships(service) == [(Period(IN_OCTOBER), False)]


def test_a_mentorship_that_was_over_before_the_mentor_begins_stays_withdrawn(service):
    """No day of it is left."""
    ect, joan = _mentored(service)
    remove_mentor(ect.id, IN_OCTOBER, ACTOR, service.ports)
    ect_leaves(service, ect, YESTERDAY)
    _starts(service, joan, IN_NOVEMBER, change_mentor_by)
    ect_leaves(service, ect, None)

    assert _mentorships(service) == [(Period(TODAY, IN_OCTOBER), True)]


def test_whom_a_mentor_had_replaced_comes_back_from_the_first_day_of_the_ect(service):
    """Which has been corrected since."""
    ect, joan = _mentored(service)
    bram = registers(service, ect, trn=BRAM.digits, email="bram@example.org", replace=True).mentor
    _starts(service, ect, IN_OCTOBER)
    undo_mentor(bram.id, ACTOR, service.ports)

    assert [(m.mentor, m.period) for m in the_ect(service).open_mentorships(TODAY)] == [
        (joan.id, Period(IN_OCTOBER))
    ]


def test_a_mentor_whose_registration_was_undone_meanwhile_does_not_come_back(service):
    """Though their first day had been moved past that of the mentorship before."""
    ect, joan = _mentored(service)
    bram = registers(service, ect, trn=BRAM.digits, email="bram@example.org", replace=True).mentor
    _starts(service, joan, IN_OCTOBER, change_mentor_by)
    undo_mentor(joan.id, ACTOR, service.ports)
    undo_mentor(bram.id, ACTOR, service.ports)

    assert the_ect(service).open_mentorships(TODAY) == ()
