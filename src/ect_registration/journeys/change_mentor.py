"""Changing a mentor: the steps and gates that a change decides again."""

from __future__ import annotations

from collections.abc import Callable

from ect_registration.domain.decisions import Decision
from ect_registration.domain.rules.mentors import mentor
from ect_registration.domain.rules.mentors.mentor_training import MENTOR_LEAD_PROVIDER
from ect_registration.domain.rules.periods import transfer
from ect_registration.domain.rules.registering import programme
from ect_registration.domain.rules.school_year import changing
from ect_registration.journeys.change_case import LEAD_PROVIDER, MentorChangeCase
from ect_registration.journeys.change_ect import when
from ect_registration.journeys.engine import Gate, Journey, Step, never
from ect_registration.journeys.identify import EMAIL, NAME


def _asks(step_id: str) -> Callable[[MentorChangeCase], bool]:
    return lambda case: step_id in case.changes.asked


def _overlap(case: MentorChangeCase) -> Decision:
    concerned = [
        other
        for other in case.others
        if other.school == case.mentor.school or changing.ended_by(case.mentor, other)
    ]
    return changing.check_corrected_overlap(case.mentor, concerned, case.start_date)


def _transfer(case: MentorChangeCase) -> Decision:
    before = changing.before_it_was_ended(case.mentor, case.others)
    return transfer.check_transfer_too_far_ahead(before, case.start_date, case.today)


def _lead_provider(case: MentorChangeCase) -> Decision:
    return programme.check_lead_provider(case.changes.lead_provider or "", case.year)


# The steps about a person, as those of this case.
_NAME: Journey[MentorChangeCase] = NAME
_EMAIL: Journey[MentorChangeCase] = EMAIL

CHANGE_MENTOR: Journey[MentorChangeCase] = (
    Gate(
        changing.DETAILS_CAN_CHANGE,
        lambda case: changing.check_details_can_change(case.mentor, case.today),
    ),
    *when(_asks("name"), _NAME),
    *when(_asks("email"), _EMAIL),
    *when(
        _asks("start-date"),
        (
            Step(
                "start-date",
                answers=("start_date",),
                missing_message=lambda case: mentor.needs_corrected_mentor_start(
                    case.registered_on
                ),
                answered=lambda case: case.changes.start_date is not None,
            ),
            Gate(
                mentor.MENTOR_START_DATE,
                lambda case: mentor.check_corrected_mentor_start(
                    case.start_date, case.registered_on
                ),
            ),
            Gate(
                changing.START_DATE_CORRECTION,
                lambda case: changing.check_not_after_last_day(
                    case.mentor.period, case.start_date
                ),
            ),
            Gate(changing.START_DATE_CORRECTION, _overlap),
            Gate(transfer.TRANSFER_TOO_FAR_AHEAD, _transfer),
        ),
    ),
    *when(
        _asks(LEAD_PROVIDER),
        (
            Gate(
                MENTOR_LEAD_PROVIDER,
                lambda _: MENTOR_LEAD_PROVIDER.refuses(changing.NO_TRAINING),
                applies=lambda case: case.training_year is None,
            ),
            Step(
                LEAD_PROVIDER,
                answers=("lead_provider",),
                missing_message=lambda case: programme.LEAD_PROVIDER_NOT_AVAILABLE.needs(
                    "lead_provider", year=str(case.year.year)
                ),
                answered=lambda case: case.changes.lead_provider is not None,
                still_valid=lambda case: case.changes.lead_provider in case.year.lead_providers,
            ),
            Gate(programme.LEAD_PROVIDER_NOT_AVAILABLE, _lead_provider),
        ),
    ),
    Step("check-answers", answered=never),
)
