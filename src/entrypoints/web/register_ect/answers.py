"""The rows of check answers for an ECT, and the steps that change them."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from ect_registration.domain.people.training import Programme, ProgrammeChoices
from ect_registration.journeys.answers import given
from ect_registration.journeys.ect_case import EctCase
from ect_registration.journeys.engine import Progress
from ect_registration.journeys.identify import asks_same_person
from ect_registration.journeys.register_ect import step_that_changes
from entrypoints.text.dates_in_words import long_date
from entrypoints.web.ects.wording import PATTERNS, PROGRAMMES, WAITING
from entrypoints.web.journeys.rows import NO_NAME, Row, Section
from entrypoints.web.platform.template_globals import academic_year


def sections_of(case: EctCase, progress: Progress[EctCase]) -> Sequence[Section]:
    """Returns the sections of check answers, in the order of the questions."""
    return (
        Section("The ECT", _person(case)),
        Section("At your school", _school(case)),
        Section("Induction and training", _training(case, progress)),
    )


def _person(case: EctCase) -> Sequence[Row]:
    on_record = Row("Name on the teacher record", case.record.name or NO_NAME, shown="trs_name")
    same_person = Row("Same person as on the teacher record", "Yes", "same-person")
    return (
        Row("TRN", case.record.trn.digits),
        Row("Name", case.teacher.name, "name", "name"),
        *((on_record,) if case.teacher.corrected_name is not None else ()),
        *((same_person,) if asks_same_person(case) else ()),
        Row("Email address", case.email.address, "email", "email"),
    )


def _school(case: EctCase) -> Sequence[Row]:
    pattern = given(case.draft.working_pattern)
    return (
        Row("Start date", long_date(case.start_date), "start-date", "started_on"),
        Row("Working pattern", PATTERNS[pattern], "working-pattern", "working_pattern"),
    )


def _training(case: EctCase, progress: Progress[EctCase]) -> Sequence[Row]:
    year = academic_year(case.expected_year)
    reused = Row("Same choices as last time", "Yes" if case.reused else "No", "reuse-choices")
    return (
        Row("Expected training start year", year, shown="expected_training_start_year"),
        *((reused,) if progress.shows("reuse-choices") else ()),
        *(
            attrs.evolve(row, step=_step_of_its_own(row, case))
            for row in choice_rows(case.choices, case.delivery_partner)
        ),
    )


def _step_of_its_own(row: Row, case: EctCase) -> str | None:
    """Returns the step that changes this row alone; reused choices have one link for them all."""
    own = row.step is not None and step_that_changes(case, row.step) == row.step
    return row.step if own else None


def choice_rows(choices: ProgrammeChoices, delivery_partner: str | None) -> Sequence[Row]:
    """Returns the rows of the programme choices."""
    body, programme = choices.appropriate_body or "", choices.programme or Programme.SCHOOL_LED
    rows = (
        Row("Appropriate body", body, "appropriate-body", "appropriate_body"),
        Row("Training programme", PROGRAMMES[programme], "programme"),
    )
    if choices.lead_provider is None:
        return rows
    return (
        *rows,
        Row("Lead provider", choices.lead_provider, "lead-provider", "lead_provider"),
        Row("Delivery partner", delivery_partner or WAITING, shown="delivery_partner"),
    )
