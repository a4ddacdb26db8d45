"""Asks the question of every step of the register-ECT journey that has one, at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

import attrs
import click

from ect_registration.domain.drafts.ect_draft import (
    EctDraft,
    NameAnswer,
    ReuseAnswer,
    SamePersonAnswer,
)
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.training import Programme
from ect_registration.domain.rules.registering.programme import what_happens_next
from ect_registration.domain.rules.registering.start_date import START_DATE_RANGE
from ect_registration.domain.values import PersonName, parse_date
from ect_registration.journeys.ect_case import EctCase
from ect_registration.use_cases.school.ects import summary_of
from entrypoints.cli.terminal.prompts import one_of, say, show, typed

Give = Callable[[EctDraft], EctDraft]

WORDS: Mapping[StrEnum, str] = {
    WorkingPattern.FULL_TIME: "Full time",
    WorkingPattern.PART_TIME: "Part time",
    Programme.PROVIDER_LED: "Provider-led",
    Programme.SCHOOL_LED: "School-led",
}


def worded(choice: StrEnum | None) -> str | None:
    """Returns a choice as people say it."""
    return None if choice is None else WORDS[choice]


def _name(case: EctCase) -> Give:
    name = case.record.name
    there_is = f"The name on the teacher’s record is {name}"
    say(there_is if name else "The teacher’s record does not have a name")
    if case.record.merged_from is not None:
        say(f"TRS has merged TRN {case.record.merged_from} into {case.record.trn}")
    correct = bool(name) and click.confirm("Is it correct?", err=True)
    given = NameAnswer(None if correct else typed("Correct full name", PersonName.parse))
    return lambda draft: attrs.evolve(draft, name=given)


def _same_person(case: EctCase) -> Give:
    show(
        "The first and last names are both different from the teacher’s record",
        {
            "TRN": case.record.trn,
            "Name on the teacher’s record": case.record.name,
            "Name you entered": case.teacher.name,
        },
    )
    same = click.confirm("Is this the same person?", err=True)
    given = SamePersonAnswer(same, case.record.name)
    return lambda draft: attrs.evolve(draft, same_person=given)


def _registered_before(case: EctCase) -> Give:
    if case.previous_elsewhere is not None:
        before = summary_of(case.previous_elsewhere, case.today)
        show(
            f"They were registered before at the school with URN {case.previous_elsewhere.school}",
            {
                "From": before.started_on,
                "To": before.finished_on or "open",
                "Programme": worded(before.programme),
                "Lead provider": before.lead_provider,
                "Appropriate body": before.appropriate_body,
            },
        )
    click.confirm("Continue?", default=True, abort=True, err=True)
    return lambda draft: attrs.evolve(draft, registered_before_seen=True)


def _email(_: EctCase) -> Give:
    email = typed("ECT’s email address (you can change it later)", Email.parse)
    return lambda draft: attrs.evolve(draft, email=email)


def _start_date(_: EctCase) -> Give:
    start = typed(
        "First day at your school, like 2025-09-01",
        lambda text: parse_date(text, START_DATE_RANGE.id),
    )
    return lambda draft: attrs.evolve(draft, start_date=start)


def _working_pattern(_: EctCase) -> Give:
    pattern = one_of("Working pattern", {WORDS[pattern]: pattern for pattern in WorkingPattern})
    return lambda draft: attrs.evolve(draft, working_pattern=pattern)


def _reuse(case: EctCase) -> Give:
    offered = case.reuse.offered
    if offered is not None:
        show(
            "Choices your school made last time",
            {
                "Appropriate body": offered.choices.appropriate_body,
                "Programme": worded(offered.choices.programme),
                "Lead provider": offered.choices.lead_provider,
                "Delivery partner": offered.delivery_partner,
            },
        )
    wanted = click.confirm("Use these choices again?", err=True)
    return lambda draft: attrs.evolve(draft, reuse=ReuseAnswer(wanted, offered))


def _appropriate_body(case: EctCase) -> Give:
    body = one_of("Appropriate body", {name: name for name in case.bodies_on_offer})
    return lambda draft: attrs.evolve(draft, appropriate_body=body)


def _programme(_: EctCase) -> Give:
    programme = one_of("Training programme", {WORDS[choice]: choice for choice in Programme})
    return lambda draft: attrs.evolve(draft, programme=programme)


def _lead_provider(case: EctCase) -> Give:
    names = sorted(case.year.lead_providers)
    provider = one_of("Lead provider", {name: name for name in names})
    return lambda draft: attrs.evolve(draft, lead_provider=provider)


QUESTIONS: Mapping[str, Callable[[EctCase], Give]] = {
    "name": _name,
    "same-person": _same_person,
    "registered-before": _registered_before,
    "email": _email,
    "start-date": _start_date,
    "working-pattern": _working_pattern,
    "reuse-choices": _reuse,
    "appropriate-body": _appropriate_body,
    "programme": _programme,
    "lead-provider": _lead_provider,
}


def show_answers(case: EctCase) -> None:
    """Shows everything that would be saved, and what happens next."""
    show(
        "Check your answers",
        {
            "TRN": case.record.trn,
            "Name": case.teacher.name,
            "Email address": case.email,
            "Start date": case.start_date,
            "Working pattern": worded(case.draft.working_pattern),
            "Expected training start year": case.expected_year,
            "Appropriate body": case.choices.appropriate_body,
            "Programme": worded(case.programme),
            "Lead provider": case.choices.lead_provider,
            "Delivery partner": case.delivery_partner,
        },
    )
    next_steps = what_happens_next(case.choices.lead_provider, case.delivery_partner)
    if next_steps is not None:
        say(next_steps)
