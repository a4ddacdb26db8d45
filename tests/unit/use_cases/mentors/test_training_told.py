"""What a school is told of the training of a mentor who leaves it and starts at another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from builders import LEAD_PROVIDER, TODAY, URN, a_mentor, a_training
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.mentor import MentorTrainingHistory
from ect_registration.domain.rules.mentors.mentor_training import MentorTraining
from ect_registration.use_cases.registering.earlier_submission import what_was_assigned
from ect_registration.use_cases.school.mentors import list_mentors, summary_of_assigned
from unit.use_cases.mentoring import a_provider_led_ect, assigns
from unit.use_cases.town import OTHER_SCHOOL, THIS_YEAR_ONLY
from unit.use_cases.visit import AssignmentVisit

TERM, LAST_DAY = date(2025, 9, 1), date(2025, 10, 17)
LATER = LAST_DAY + timedelta(15)


@pytest.fixture
def ect(service):
    """Asha, provider-led, without a mentor."""
    return service.has_ect(a_provider_led_ect())


def _leaver(service, starts_there, trained_from=None, **changes):
    """Joan leaves; another school has set up training, from that day or a later one on."""
    joan = a_mentor(period=Period(TERM, LAST_DAY), **changes)
    days = Period(trained_from or starts_there)
    training = a_training(period=days, lead_provider=THIS_YEAR_ONLY)
    there = a_mentor(school=OTHER_SCHOOL, period=Period(starts_there), trainings=(training,))
    service.has_mentor(there)
    return service.has_mentor(joan)


@pytest.mark.parametrize("days", [(LATER,), (TODAY, LATER)])
def test_who_trains_a_leaver_next_is_not_told(service, ect, days):
    """The assignment tells what the mentors page does; one open training stays all there is.

    Although they may mentor at both schools for a while.
    """
    joan = _leaver(service, *days)
    outcome = assigns(service, ect, joan)

    assert (outcome.training, outcome.lead_provider, outcome.mentor.trainings) == (
        MentorTraining.NONE,
        None,
        (),
    )
    assert [summary_of_assigned(outcome)] == list_mentors(URN, service.ports)


def test_who_trains_them_at_both_schools_is_told(service, ect):
    """While they mentor here and there."""
    joan = _leaver(service, TODAY)
    outcome = assigns(service, ect, joan)

    assert outcome.lead_provider == THIS_YEAR_ONLY
    assert [summary_of_assigned(outcome)] == list_mentors(URN, service.ports)


def test_a_leaver_who_cannot_be_funded_is_told_as_such(service, ect):
    """What DfE's records have is no other school's affair."""
    joan = _leaver(service, LATER)
    known = MentorTrainingHistory(joan.teacher.trn, completed_on=TERM)
    service.do(lambda uow: uow.mentors.save_training_history(known))

    assert assigns(service, ect, joan).training is MentorTraining.NOT_ELIGIBLE


def test_nor_is_it_told_to_those_who_ask_again(service, ect):
    """On the confirmation, or by sending the journey twice."""
    visit = AssignmentVisit.of(service, ect, _leaver(service, LATER))
    visit.submit()
    again = visit.submit(), what_was_assigned(visit.look().journey, service.ports)

    assert [(each.training, each.lead_provider) for each in again] == [
        (MentorTraining.NONE, None)
    ] * 2


def test_training_here_is_told_until_its_end(service, ect):
    """Also when another follows elsewhere."""
    joan = _leaver(service, LATER, trainings=(a_training(period=Period(TERM, LAST_DAY)),))

    assert assigns(service, ect, joan).lead_provider == LEAD_PROVIDER
