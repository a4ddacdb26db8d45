"""Changing an ECT: the steps and gates of registering that a change decides again.

A change is a short journey. ``EctChangeDraft.asked`` names the steps that the school wants to
change; answers may make others necessary, such as a lead provider after a new programme. A page
or a program walks it as every journey: ``walk(CHANGE_ECT, case)`` gives the steps to show, the
first that is unanswered, or the rule that stops it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import attrs

from ect_registration.domain.decisions import Decision
from ect_registration.domain.people.training import Programme
from ect_registration.domain.rules.mentors.mentor_training import LEFT_OUT
from ect_registration.domain.rules.periods import transfer
from ect_registration.domain.rules.registering import programme, reuse, start_date
from ect_registration.domain.rules.school_year import changing
from ect_registration.journeys.change_case import APPROPRIATE_BODY, LEAD_PROVIDER, EctChangeCase
from ect_registration.journeys.ect_case import EctCase
from ect_registration.journeys.engine import Gate, Journey, Note, Step, never
from ect_registration.journeys.identify import EMAIL, NAME
from ect_registration.journeys.person_case import PersonCase
from ect_registration.journeys.register_ect import REGISTER_ECT

C = TypeVar("C", bound=PersonCase)

# Rules about reusing choices have no place where one choice is changed by name.
_OF_REUSE = {reuse.REUSE_OFFERED, reuse.REUSE_ANSWER}


def when(asked: Callable[[C], bool], journey: Journey[C]) -> Journey[C]:
    """Returns the steps and gates, which apply only where they are asked for."""
    return tuple(_only(asked, item) for item in journey)


def _only(
    asked: Callable[[C], bool], item: Step[C] | Gate[C] | Note[C]
) -> Step[C] | Gate[C] | Note[C]:
    def applies(case: C) -> bool:
        return asked(case) and item.applies(case)

    return attrs.evolve(item, applies=applies)


def _section(step_id: str) -> Iterator[Step[EctCase] | Gate[EctCase] | Note[EctCase]]:
    """Yields a step of registering an ECT, with the gates and notes up to the next step."""
    inside = False
    for item in REGISTER_ECT:
        if isinstance(item, Step):
            inside = item.id == step_id
        if inside and (isinstance(item, Step) or item.rule not in _OF_REUSE):
            yield item


def _asks(step_id: str) -> Callable[[EctChangeCase], bool]:
    return lambda case: step_id in case.changes.asked


def _of(step_id: str) -> Journey[EctChangeCase]:
    section: Journey[EctChangeCase] = tuple(_section(step_id))
    return when(_asks(step_id), section)


def _start_date_range(case: EctChangeCase) -> Decision:
    return start_date.check_start_date_range(case.start_date, case.registered_on)


def _transfer(case: EctChangeCase) -> Decision:
    before = changing.before_it_was_ended(case.ect, case.periods)
    return transfer.check_transfer_too_far_ahead(before, case.start_date, case.today)


def _in_vain(case: EctChangeCase) -> bool:
    led = case.draft.programme is Programme.PROVIDER_LED
    return case.changes.lead_provider is not None and not led


START_DATE: Journey[EctChangeCase] = (
    Step(
        "start-date",
        answers=("start_date",),
        missing_message=lambda case: start_date.START_DATE_RANGE.needs(
            "start_date",
            earliest=start_date.range_of_start_dates(case.registered_on)[0].isoformat(),
            latest=start_date.range_of_start_dates(case.registered_on)[1].isoformat(),
        ),
        answered=lambda case: case.changes.start_date is not None,
    ),
    Gate(start_date.START_DATE_RANGE, _start_date_range),
    Gate(
        changing.START_DATE_CORRECTION,
        lambda case: changing.check_not_after_last_day(case.ect.period, case.start_date),
    ),
    Gate(
        changing.START_DATE_CORRECTION,
        lambda case: changing.check_corrected_overlap(case.ect, case.periods, case.start_date),
    ),
    Gate(transfer.TRANSFER_TOO_FAR_AHEAD, _transfer),
    Gate(
        start_date.CANNOT_REGISTER_YET,
        lambda case: start_date.check_cannot_register_yet(case.year),
        applies=lambda case: case.year_moves,
    ),
)

# The steps about a person, as those of this case.
_NAME: Journey[EctChangeCase] = NAME
_EMAIL: Journey[EctChangeCase] = EMAIL
_LEAD_PROVIDER: Journey[EctChangeCase] = tuple(_section(LEAD_PROVIDER))

CHANGE_ECT: Journey[EctChangeCase] = (
    Gate(
        changing.DETAILS_CAN_CHANGE,
        lambda case: changing.check_details_can_change(case.ect, case.today),
    ),
    *when(_asks("name"), _NAME),
    *when(_asks("email"), _EMAIL),
    *_of("working-pattern"),
    *when(_asks("start-date"), START_DATE),
    *_of(APPROPRIATE_BODY),
    *_of("programme"),
    Gate(
        programme.TRAINING_PROGRAMME,
        lambda _: programme.TRAINING_PROGRAMME.finds_invalid("lead_provider", LEFT_OUT),
        applies=_in_vain,
    ),
    *when(lambda case: case.asks_lead_provider, _LEAD_PROVIDER),
    Step("check-answers", answered=never),
)
