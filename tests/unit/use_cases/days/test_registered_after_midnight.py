"""Half an hour after midnight in summer: a day later in London, and here a year later."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import attrs
import pytest

from builders import THIS_YEAR, URN, a_change, a_mentor, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.records.history import What
from ect_registration.use_cases.changing.change_documents import change_ect_by, change_mentor_by
from ect_registration.use_cases.changing.undo.undoing import undo_ect, undo_mentor
from ect_registration.use_cases.operating.reports import outcomes
from ect_registration.use_cases.school.ect_details import ect_in_detail
from ect_registration.use_cases.school.mentors_page import mentor_in_detail
from unit.use_cases.leavers import the_ect, the_mentor
from unit.use_cases.service import ACTOR, USER

THE_NAME = {"name": "A", "trs_name": "A"}
THE_MOMENT, THE_DAY = datetime(2025, 8, 31, 23, 30, tzinfo=UTC), date(2025, 9, 1)


def test_the_expected_year_stays_when_the_first_day_is_corrected(service):
    """It is decided again from the registration day."""
    registration = attrs.evolve(an_ect().registration, registered_at=THE_MOMENT)
    ect = an_ect(period=Period(date(2025, 8, 20)), registration=registration)
    service.has_ect(ect)
    document = {"school": str(URN), "start_date": "2025-08-21"}
    changed = change_ect_by(ect.id, document, USER, service.ports)

    assert not isinstance(changed, Blocked)
    assert the_ect(service).registration.expected_training_start_year == THIS_YEAR


def test_the_range_of_a_mentors_first_day_begins_with_the_registration_day(service):
    """The last day of the academic year after that one would do."""
    mentor = service.has_mentor(a_mentor(registered_at=THE_MOMENT))
    document = {"school": str(URN), "start_date": "2027-08-31"}
    change_mentor_by(mentor.id, document, USER, service.ports)

    assert the_mentor(service).period.started_on == date(2027, 8, 31)


def test_either_can_be_undone_for_28_days(service):
    """The page offers it as long as it is allowed."""
    registration = attrs.evolve(an_ect().registration, registered_at=THE_MOMENT)
    ect = an_ect(period=Period(date(2025, 8, 20)), registration=registration)
    service.has_ect(ect)
    mentor = service.has_mentor(a_mentor(registered_at=THE_MOMENT))
    service.clock.turn_to(THE_DAY + timedelta(28))

    assert ect_in_detail(ect.id, URN, service.ports).can_be_undone
    assert mentor_in_detail(mentor.id, URN, service.ports).can_be_undone
    assert undo_ect(ect.id, ACTOR, service.ports).undone[1].withdrawn
    assert undo_mentor(mentor.id, ACTOR, service.ports).undone[1].withdrawn


@pytest.mark.parametrize("since", [THE_DAY - timedelta(1), THE_DAY])
def test_operators_count_it_on_that_day(service, since):
    """From whichever day they count."""
    change = a_change(
        at=THE_MOMENT, what=What.ECT_REGISTERED, after={"name": "A", "trs_name": "A"}
    )
    service.do(lambda uow: uow.history.add([change]))

    assert [(each.day, each.number) for each in outcomes(service.ports, since)] == [(THE_DAY, 1)]
