"""What a change of an ECT comes to: the records as they will be."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from ect_registration.domain.calendar import Period, day_before
from ect_registration.domain.people.bringing_back import TakenBack
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.people.moving import moved_ect
from ect_registration.domain.people.retraining import retrained
from ect_registration.domain.people.training import Programme, Training, TrainingId
from ect_registration.domain.rules.mentors.mentor_training import (
    TrainingThen,
    mentor_training_year,
    open_training_of,
    why_not_funded,
)
from ect_registration.domain.rules.registering.programme import partnership_with
from ect_registration.journeys.answers import given
from ect_registration.journeys.change_case import EctChangeCase
from ect_registration.journeys.identify import asks_same_person
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.changing.beside import extents_of_mentors
from ect_registration.use_cases.changing.change_outcomes import EctChange, EctPair, MentorPair
from ect_registration.use_cases.transactions import NewId


def planned_ect_change(case: EctChangeCase, uow: UnitOfWork, new_id: NewId) -> EctChange:
    """Returns what the answers come to, once every rule has allowed them."""
    ect = _with_details(case)
    elsewhere: tuple[EctPair, ...] = ()
    if case.start_date != case.ect.period.started_on:
        mentors = uow.mentors.with_ids({each.mentor for each in ect.mentorships})
        begins = {mentor.id: mentor.period.started_on for mentor in mentors}
        ect = moved_ect(ect, case.start_date, begins, case.today)
        elsewhere = tuple(_moved_along(case, uow))
    if case.year_moves:
        ect = _in_another_year(ect, case)
    if case.retrains:
        ect = _retrained(ect, case, new_id)
    trained, then = _mentors_trained(ect, case, uow, new_id)
    same_person = "name" in case.changes.asked and asks_same_person(case)
    return EctChange(case.ect, ect, elsewhere, trained, then, same_person)


def _with_details(case: EctChangeCase) -> EctAtSchool:
    """Returns the ECT with name, address, working pattern and appropriate body as given."""
    chosen, body = case.ect.registration.choices.appropriate_body, case.draft.appropriate_body
    return attrs.evolve(
        case.ect,
        teacher=case.teacher,
        email=case.draft.email,
        working_pattern=case.draft.working_pattern,
        changed_body=None if body == chosen else body,
    )


def _moved_along(case: EctChangeCase, uow: UnitOfWork) -> Iterator[EctPair]:
    """Yields the periods that this registration ends: now the day before its new start."""
    taken = TakenBack(Cause.TRANSFER, case.ect.id, case.today)
    end = End(Cause.TRANSFER, case.ect.id, day_before(case.start_date), case.today)
    for other in case.periods:
        if taken.concerns(other):
            beside = [each.standing for each in case.periods if each.id != other.id]
            back = other.taken_back(taken, beside, extents_of_mentors([other], uow))
            yield other, back.ended_again(end, other)


def _in_another_year(ect: EctAtSchool, case: EctChangeCase) -> EctAtSchool:
    """Returns the ECT in another expected year; training is confirmed or an interest there.

    It is the training of before the change: what else changes holds from today on.
    """
    registration = attrs.evolve(ect.registration, expected_training_start_year=case.expected_year)
    ect = attrs.evolve(ect, registration=registration)
    training = ect.training
    if training is None:
        return ect
    provider = training.lead_provider if case.retrains else case.lead_provider_now
    moved = attrs.evolve(
        training,
        year=case.expected_year,
        lead_provider=provider,
        delivery_partner=_partner(case, provider),
    )
    trainings = tuple(moved if each.id == moved.id else each for each in ect.trainings)
    return attrs.evolve(ect, trainings=trainings)


def _retrained(ect: EctAtSchool, case: EctChangeCase, new_id: NewId) -> EctAtSchool:
    programme, provider = given(case.programme_now), case.lead_provider_now
    new = Training(
        id=TrainingId(new_id()),
        period=Period(max(case.today, ect.period.started_on)),
        programme=programme,
        year=ect.registration.expected_training_start_year,
        lead_provider=provider,
        delivery_partner=_partner(case, provider),
    )
    return attrs.evolve(ect, trainings=retrained(ect, new, case.today))


def _partner(case: EctChangeCase, provider: str | None) -> str | None:
    if provider is None:
        return None
    found = partnership_with(case.partnerships, provider, case.expected_year)
    return found.delivery_partner if found else None


def _mentors_trained(
    ect: EctAtSchool, case: EctChangeCase, uow: UnitOfWork, new_id: NewId
) -> tuple[tuple[MentorPair, ...], TrainingThen | None]:
    """Returns the mentor whose funded training begins, and what becomes of the mentor's training.

    Only a change to provider-led sets it up, as assigning the mentor now would; where it does not
    come up, nothing becomes of it.
    """
    was, becomes = case.ect.programme, case.programme_now
    mentorships = ect.open_mentorships(case.today)
    if was is Programme.PROVIDER_LED or becomes is not Programme.PROVIDER_LED or not mentorships:
        return (), None
    mentorship, provider = mentorships[0], case.lead_provider_now
    past = uow.mentors.past_of_person_with(mentorship.mentor)
    mentor = given(past.period_with(mentorship.mentor))
    first_day = max(case.today, mentorship.period.started_on)
    if open_training_of(past.periods, first_day) is not None:
        return (), TrainingThen.STAYS
    if why_not_funded(past.training_history, case.today) is not None:
        return (), TrainingThen.NOT_ELIGIBLE
    year = mentor_training_year(ect.registration.expected_training_start_year, first_day)
    if (
        year != case.expected_year
        and provider not in uow.offers.training_year(year).lead_providers
    ):
        return (), TrainingThen.NONE  # this change does not ask for one that works in that year
    found = None if provider is None else partnership_with(case.partnerships, provider, year)
    new = Training(
        id=TrainingId(new_id()),
        period=Period(first_day),
        programme=Programme.PROVIDER_LED,
        year=year,
        lead_provider=provider,
        delivery_partner=found.delivery_partner if found else None,
    )
    after = attrs.evolve(mentor, trainings=retrained(mentor, new, case.today))
    return ((mentor, after),), TrainingThen.BEGINS
