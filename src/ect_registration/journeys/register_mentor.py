"""Registering a mentor, and assigning one from here: every step and every gate, in order."""

from __future__ import annotations

from ect_registration.domain.decisions import Allowed, Blocked, Decision
from ect_registration.domain.people.teacher import Search
from ect_registration.domain.rules import access
from ect_registration.domain.rules.mentors import mentor, mentor_training, mentoring
from ect_registration.domain.rules.periods import previous_school, transfer
from ect_registration.domain.rules.registering import eligibility, programme
from ect_registration.journeys.answers import given
from ect_registration.journeys.engine import Gate, Journey, Note, Step, never
from ect_registration.journeys.identify import EMAIL, FIND, NAME, stop_after_finding
from ect_registration.journeys.mentor_case import AssignmentCase, MentorCase
from ect_registration.journeys.mentoring_case import MentoringCase
from ect_registration.journeys.person_case import PersonCase


def _needs_start_date(case: MentorCase) -> Blocked:
    days = mentor.range_of_mentor_starts(
        case.facts.periods, case.school, only_here=case.only_here, today=case.today
    )
    earliest, latest = given(days)
    return mentor.MENTOR_START_DATE.needs(
        "start_date", earliest=earliest.isoformat(), latest=latest.isoformat()
    )


def _start_date(case: MentorCase) -> Decision:
    return mentor.check_mentor_start_date(
        case.draft.start_date,
        case.facts.periods,
        case.school,
        only_here=case.only_here,
        today=case.today,
    )


def _too_far_ahead(case: MentorCase) -> Decision:
    elsewhere = [each.period for each in case.elsewhere]
    return transfer.check_transfer_too_far_ahead(elsewhere, given(case.start_date), case.today)


def _start_date_stands(case: MentorCase) -> bool:
    """Says whether the answer still fits, if "only here?" was answered differently since."""
    decisions = [_start_date(case), *([_too_far_ahead(case)] if case.only_here else [])]
    return all(isinstance(decision, Allowed) for decision in decisions)


def _only_here_leaves_a_day(case: MentorCase) -> Decision:
    return mentor.check_only_here_leaves_a_day(
        case.facts.periods, case.school, only_here=case.only_here, today=case.today
    )


def _elsewhere(case: MentorCase) -> Allowed:
    return mentor.check_mentor_elsewhere(
        case.facts.periods, case.school, only_here=case.only_here, today=case.today
    )


def _needs_lead_provider(case: MentoringCase) -> Blocked:
    year = str(case.year_of_training)
    return programme.LEAD_PROVIDER_NOT_AVAILABLE.needs("lead_provider", year=year)


IS_IN_PROGRESS: Gate[MentoringCase] = Gate(
    mentoring.MENTOR_NOW_OR_LATER,
    lambda case: mentoring.check_mentor_now_or_later(case.ect, case.today),
)

# From when they mentor, and what that means for their training.
DATES_AND_TRAINING: Journey[MentoringCase] = (
    Gate(
        mentoring.NO_DAY_IN_COMMON,
        lambda case: mentoring.check_no_day_in_common(case.mentorship),
    ),
    Note(
        mentoring.MENTORSHIP_DATES,
        lambda case: mentoring.check_mentorship_dates(given(case.mentorship)),
    ),
    Gate(
        mentor_training.SCHOOL_LED_ECT_MENTOR,
        lambda case: mentor_training.check_school_led_ect_mentor(
            case.ect.programme, names_lead_provider=case.draft.lead_provider is not None
        ),
        applies=lambda case: not case.provider_led,
    ),
    Note(
        mentor_training.ONE_OPEN_MENTOR_TRAINING,
        lambda case: mentor_training.check_one_open_mentor_training(case.open_training),
        applies=lambda case: case.provider_led,
    ),
    Note(
        mentor_training.FUNDED_MENTOR_TRAINING,
        lambda case: mentor_training.check_funded_mentor_training(
            case.facts.training_history, case.today
        ),
        applies=lambda case: case.first_provider_led,
    ),
    Step(
        "training",
        answers=("another_provider",),
        missing_message=_needs_lead_provider,
        applies=lambda case: case.first_provider_led,
        answered=lambda case: case.draft.another_provider is not None,
    ),
    Step(
        "lead-provider",
        answers=("lead_provider",),
        missing_message=_needs_lead_provider,
        applies=lambda case: case.asks_lead_provider,
        answered=lambda case: case.draft.lead_provider is not None,
        still_valid=lambda case: case.draft.lead_provider in case.year.lead_providers,
    ),
    Note(
        mentor_training.MENTOR_LEAD_PROVIDER,
        lambda case: mentor_training.check_mentor_lead_provider(
            case.year_of_training, another=case.lead_provider != case.ect.lead_provider
        ),
        applies=lambda case: case.sets_up_training,
    ),
    Gate(
        programme.LEAD_PROVIDER_NOT_AVAILABLE,
        lambda case: programme.check_lead_provider(case.lead_provider or "", case.year),
        applies=lambda case: case.sets_up_training,
    ),
    Gate(
        programme.LEAD_PROVIDER_NOT_AVAILABLE,  # an answer that changes nothing is checked too
        lambda case: programme.check_lead_provider(case.draft.lead_provider or "", case.year),
        applies=lambda case: case.names_provider_in_vain,
    ),
    Note(
        programme.CONFIRMED_OR_INTEREST,
        lambda case: programme.check_confirmed_or_interest(
            case.lead_provider, case.delivery_partner
        ),
        applies=lambda case: case.sets_up_training,
    ),
)

# What the record in TRS decides by itself, whatever else is answered.
MENTOR_ELIGIBILITY: Journey[PersonCase] = (
    Gate(
        eligibility.PROHIBITED_FROM_TEACHING,
        lambda case: eligibility.check_prohibited_from_teaching(case.record),
    ),
)

REGISTER_MENTOR: Journey[MentorCase] = (
    IS_IN_PROGRESS,
    Gate(
        access.REGISTRATION_CLOSED,
        lambda case: access.check_registration_closed(case.facts.closed_days, case.today),
    ),
    Gate(
        mentoring.ONE_MENTOR_AT_A_TIME,
        lambda case: mentoring.check_one_mentor_at_a_time(
            case.ect, case.today, replace=case.draft.replace
        ),
    ),
    *FIND,
    Gate(
        mentor.OWN_MENTOR,  # again: the TRN typed was tried before TRS was asked
        lambda case: mentor.check_own_mentor(case.person, case.facts.ect_trns),
    ),
    *MENTOR_ELIGIBILITY,
    Gate(
        mentor.MENTOR_ALREADY_HERE,
        lambda case: mentor.check_mentor_already_here(case.facts.periods, case.school, case.today),
    ),
    Note(mentor.MENTOR_RECORD, lambda _: mentor.MENTOR_RECORD.allows()),
    *NAME,
    *EMAIL,
    Note(mentor.MENTOR_DETAILS, lambda _: mentor.MENTOR_DETAILS.allows()),
    Step(
        "only-here",
        answers=("only_here",),
        missing_message=lambda _: mentor.MENTOR_ELSEWHERE.needs("only_here"),
        applies=lambda case: bool(case.elsewhere),
        answered=lambda case: case.draft.only_here is not None,
    ),
    Note(mentor.MENTOR_ELSEWHERE, _elsewhere, applies=lambda case: bool(case.elsewhere)),
    Gate(
        previous_school.OVERLAPS_PREVIOUS,  # where no day is left to be asked for
        _only_here_leaves_a_day,
        applies=lambda case: case.only_here,
    ),
    Step(
        "start-date",
        answers=("start_date",),
        missing_message=_needs_start_date,
        applies=lambda case: case.asks_start_date,
        answered=lambda case: case.draft.start_date is not None,
        still_valid=_start_date_stands,
    ),
    Gate(mentor.MENTOR_START_DATE, _start_date),
    Gate(transfer.TRANSFER_TOO_FAR_AHEAD, _too_far_ahead, applies=lambda case: case.only_here),
    *DATES_AND_TRAINING,
    Step("check-answers", answered=never),
)

ASSIGN_MENTOR: Journey[AssignmentCase] = (
    IS_IN_PROGRESS,
    Gate(
        mentoring.ONE_MENTOR_AT_A_TIME,
        lambda case: mentoring.check_one_mentor_at_a_time(
            case.ect, case.today, replace=case.draft.replace, by=case.mentor.id
        ),
    ),
    Gate(
        mentor.OWN_MENTOR,
        lambda case: mentor.check_own_mentor(case.person, case.facts.ect_trns),
    ),
    *DATES_AND_TRAINING,
    Step("check-answers", answered=never, applies=lambda case: case.draft.replace),
    Step("done", answered=never, applies=lambda case: not case.draft.replace),
)


def check_found_mentor(search: Search) -> Blocked | None:
    """Returns what stops registering a mentor, going by the answer to a search alone."""
    return stop_after_finding(search, MENTOR_ELIGIBILITY)
