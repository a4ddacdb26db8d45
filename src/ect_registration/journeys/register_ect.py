"""Registering an ECT: every step and every gate, in order. The service on one screen."""

from __future__ import annotations

from ect_registration.domain.decisions import Allowed, Blocked, Decision
from ect_registration.domain.people.teacher import Search
from ect_registration.domain.people.training import Programme
from ect_registration.domain.rules import access
from ect_registration.domain.rules.periods import duplicates, previous_school, transfer
from ect_registration.domain.rules.registering import eligibility, programme, reuse, start_date
from ect_registration.domain.school import SchoolType
from ect_registration.journeys import missing_answers
from ect_registration.journeys.ect_case import EctCase
from ect_registration.journeys.engine import Gate, Journey, Note, Step, never
from ect_registration.journeys.identify import EMAIL, FIND, NAME, stop_after_finding
from ect_registration.journeys.person_case import PersonCase

CHOICES = ("appropriate_body", "programme", "lead_provider")


def _was_elsewhere(case: EctCase) -> bool:
    return case.previous_elsewhere is not None


def _offers_reuse(case: EctCase) -> bool:
    return case.draft.start_date is not None and case.reuse.offered is not None


def _reuse_answered(case: EctCase) -> bool:
    """Says whether reuse was answered, or never asked, as for a school's first ECT.

    Another user may have registered the school's first ECT since these answers were given.
    """
    return case.draft.reuse is not None or case.draft.appropriate_body is not None


def _asks_choices(case: EctCase) -> bool:
    return case.draft.start_date is not None and case.reused is None


def _asks_lead_provider(case: EctCase) -> bool:
    return _asks_choices(case) and case.draft.programme is Programme.PROVIDER_LED


def _is_provider_led(case: EctCase) -> bool:
    return case.choices.lead_provider is not None


def _choices_hanging_on_the_year(before: EctCase, after: EctCase) -> tuple[str, ...]:
    """Returns the answers to ask for again if a new start date changes what can be reused.

    With nothing to reuse, the answer about it goes, and the choices given instead may still fit.
    """
    if before.draft.start_date is None or after.draft.start_date is None:
        return ()
    another = after.reuse.offered not in {None, before.reuse.offered}
    return ("reuse", *CHOICES) if another else ()


def _is_state_funded(case: EctCase) -> bool:
    return _asks_choices(case) and case.school.type is SchoolType.STATE_FUNDED


def _is_independent(case: EctCase) -> bool:
    return _asks_choices(case) and case.school.type is SchoolType.INDEPENDENT


def _appropriate_body(case: EctCase) -> Decision:
    rule = programme.appropriate_body_rule(case.school)
    known = {body.name for body in case.bodies}
    chosen = case.draft.appropriate_body or ""
    return programme.check_appropriate_body(rule, chosen, case.bodies_on_offer, known)


def _reuse_answer(case: EctCase) -> Allowed:
    wanted = case.draft.reuse is not None and case.draft.reuse.wanted
    return reuse.REUSE_ANSWER.allows(wanted=wanted)


# What the record in TRS decides by itself, whatever else is answered.
ELIGIBILITY: Journey[PersonCase] = (
    Gate(
        eligibility.INDUCTION_PASSED, lambda case: eligibility.check_induction_passed(case.record)
    ),
    Gate(
        eligibility.INDUCTION_FAILED, lambda case: eligibility.check_induction_failed(case.record)
    ),
    Gate(
        eligibility.INDUCTION_EXEMPT, lambda case: eligibility.check_induction_exempt(case.record)
    ),
    Gate(
        eligibility.PROHIBITED_FROM_TEACHING,
        lambda case: eligibility.check_prohibited_from_teaching(case.record),
    ),
    Note(eligibility.QTS_NOT_NEEDED, lambda case: eligibility.check_qts_not_needed(case.record)),
    Gate(
        eligibility.UNKNOWN_INDUCTION_STATUS,
        lambda case: eligibility.check_unknown_induction_status(case.record),
    ),
)

REGISTER_ECT: Journey[EctCase] = (
    Gate(
        access.SCHOOL_CANNOT_REGISTER,
        lambda case: access.check_school_cannot_register(case.school),
    ),
    Gate(
        access.REGISTRATION_CLOSED,
        lambda case: access.check_registration_closed(case.closed_days, case.today),
    ),
    *FIND,
    Gate(
        duplicates.ALREADY_IN_PROGRESS_HERE,
        lambda case: duplicates.check_already_in_progress_here(
            case.periods, case.school.urn, case.today
        ),
    ),
    Gate(
        duplicates.ALREADY_COMPLETED_HERE,
        lambda case: duplicates.check_already_completed_here(case.periods, case.school.urn),
    ),
    *ELIGIBILITY,
    *NAME,
    Step(
        "registered-before",
        answers=("registered_before_seen",),
        missing_message=missing_answers.look_at_previous_school,
        applies=_was_elsewhere,
        answered=lambda case: case.draft.registered_before_seen is not None,
    ),
    Note(
        previous_school.REGISTERED_BEFORE,
        lambda case: previous_school.check_registered_before(case.periods, case.school.urn),
        applies=_was_elsewhere,
    ),
    *EMAIL,
    Step(
        "start-date",
        answers=("start_date",),
        missing_message=missing_answers.start_date,
        answered=lambda case: case.draft.start_date is not None,
        clears=_choices_hanging_on_the_year,
    ),
    Gate(
        start_date.START_DATE_RANGE,
        lambda case: previous_school.check_ect_start_date_range(
            case.periods, case.start_date, case.today
        ),
    ),
    Note(
        start_date.EXPECTED_TRAINING_START_YEAR,
        lambda case: start_date.check_expected_training_start_year(case.today, case.start_date),
    ),
    Gate(
        start_date.CANNOT_REGISTER_YET,
        lambda case: start_date.check_cannot_register_yet(case.year),
    ),
    Gate(
        previous_school.OVERLAPS_PREVIOUS,
        lambda case: previous_school.check_overlaps_previous(
            case.periods, case.start_date, case.today
        ),
    ),
    Gate(
        transfer.TRANSFER_TOO_FAR_AHEAD,
        lambda case: previous_school.check_ect_transfer_too_far_ahead(
            case.periods, case.start_date, case.today
        ),
        applies=_was_elsewhere,
    ),
    Note(
        previous_school.TRANSFER_ENDS_PREVIOUS,
        lambda case: previous_school.check_transfer_ends_previous(
            case.periods, case.start_date, case.today
        ),
        applies=_was_elsewhere,
    ),
    Step(
        "working-pattern",
        answers=("working_pattern",),
        missing_message=lambda _: start_date.WORKING_PATTERN.needs("working_pattern"),
        answered=lambda case: case.draft.working_pattern is not None,
    ),
    Note(
        start_date.WORKING_PATTERN,
        lambda case: start_date.WORKING_PATTERN.allows(working_pattern=case.draft.working_pattern),
    ),
    Note(reuse.REUSE_OFFERED, lambda case: case.reuse.decision),
    Step(
        "reuse-choices",
        answers=("reuse",),
        missing_message=lambda _: reuse.REUSE_ANSWER.needs("reuse_previous_choices"),
        applies=_offers_reuse,
        answered=_reuse_answered,
        clears=lambda _before, _after: CHOICES,
    ),
    Note(reuse.REUSE_ANSWER, _reuse_answer, applies=_offers_reuse),
    Step(
        "appropriate-body",
        answers=("appropriate_body",),
        missing_message=missing_answers.appropriate_body,
        applies=_asks_choices,
        answered=lambda case: case.draft.appropriate_body is not None,
        still_valid=lambda case: case.draft.appropriate_body in case.bodies_on_offer,
    ),
    Gate(programme.APPROPRIATE_BODY_STATE_FUNDED, _appropriate_body, applies=_is_state_funded),
    Gate(programme.APPROPRIATE_BODY_INDEPENDENT, _appropriate_body, applies=_is_independent),
    Step(
        "programme",
        answers=("programme",),
        missing_message=lambda _: programme.TRAINING_PROGRAMME.needs("programme"),
        applies=_asks_choices,
        answered=lambda case: case.draft.programme is not None,
        clears=lambda _before, _after: ("lead_provider",),
    ),
    Note(
        programme.TRAINING_PROGRAMME,
        lambda case: programme.check_training_programme(case.programme),
    ),
    Step(
        "lead-provider",
        answers=("lead_provider",),
        missing_message=missing_answers.lead_provider,
        applies=_asks_lead_provider,
        answered=lambda case: case.draft.lead_provider is not None,
        still_valid=lambda case: case.draft.lead_provider in case.year.lead_providers,
    ),
    Gate(
        programme.LEAD_PROVIDER_NOT_AVAILABLE,
        lambda case: programme.check_lead_provider(case.draft.lead_provider or "", case.year),
        applies=_asks_lead_provider,
    ),
    Note(
        programme.CONFIRMED_OR_INTEREST,
        lambda case: programme.check_confirmed_or_interest(
            case.choices.lead_provider, case.delivery_partner
        ),
    ),
    Note(
        programme.TOLD_WHAT_HAPPENS,
        lambda case: programme.TOLD_WHAT_HAPPENS.allows(lead_provider=case.choices.lead_provider),
        applies=_is_provider_led,
    ),
    Step("check-answers", answered=never),
)


def step_that_changes(case: EctCase, step_id: str) -> str:
    """Returns the step "Change" leads to; reused choices change by the reuse question."""
    if case.reused is not None and step_id in {"appropriate-body", "programme", "lead-provider"}:
        return "reuse-choices"
    return step_id


def check_found(search: Search) -> Blocked | None:
    """Returns what stops a registration, going by the answer to a search alone."""
    return stop_after_finding(search, ELIGIBILITY)
