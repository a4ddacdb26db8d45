"""Converts rows to values of the domain and back: ``from_row`` and ``to_row`` in pairs.

A key that begins with ``of_`` is looked up by the statement that takes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any
from uuid import UUID

from adapters.sql.queries.ends import ends_from_text, ends_to_text
from adapters.sql.queries.json_rows import Nested, day_of
from adapters.sql.queries.teacher_rows import teacher_from_row
from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.email import Email, address_of
from ect_registration.domain.people.completion import Completion, Outcome
from ect_registration.domain.people.ect import EctAtSchool, EctId, Registration, WorkingPattern
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId, Mentorship, MentorshipId
from ect_registration.domain.people.training import (
    Programme,
    ProgrammeChoices,
    Training,
    TrainingId,
)
from ect_registration.domain.school import School, SchoolStatus, SchoolType
from ect_registration.domain.values import Urn

Row = Any  # a named tuple, by the names of the columns
Values = dict[str, object]


def period_to_row(period: Period) -> Values:
    """Returns the columns of the period's days."""
    return {"started_on": period.started_on, "finished_on": period.finished_on}


def email_to_row(email: Email | None) -> Values:
    """Returns the address as it was typed, and what it is compared by."""
    return {"email": email and email.address, "email_key": email and email.key}


def email_from_row(row: Row) -> Email | None:
    """Returns the address, or None for a record that was brought in without one."""
    return None if row.email is None else Email(row.email)


def change_to_row(
    before: EctAtSchool | MentorAtSchool, after: EctAtSchool | MentorAtSchool
) -> Values:
    """Returns the columns of email and days that differ between the two."""
    changed: Values = {}
    if address_of(after.email) != address_of(before.email):
        changed |= email_to_row(after.email)
    if after.period != before.period:
        changed |= period_to_row(after.period)
    if (after.withdrawn, after.ends) != (before.withdrawn, before.ends):
        changed |= {"withdrawn": after.withdrawn, "ends": ends_to_text(after.ends)}
    return changed


def details_to_row(before: EctAtSchool, after: EctAtSchool) -> Values:
    """Returns the columns of an ECT period alone that differ between the two."""
    then, now = (
        {
            "completed": ect.completed,
            "working_pattern": ect.working_pattern,
            "expected_year": ect.registration.expected_training_start_year.starts_in,
            **_completion_to_row(ect.completion),
        }
        for ect in (before, after)
    )
    return {column: value for column, value in now.items() if value != then[column]}


def school_from_row(row: Row) -> School:
    """Returns the school in its own row, or in the row of its user's session."""
    return School(
        urn=Urn(row.urn),
        name=row.name,
        type=SchoolType(row.type),
        section_41=row.section_41,
        status=SchoolStatus(row.status),
        in_england=row.in_england,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        local_authority=row.local_authority,
        region=row.region,
        phase=row.phase,
        la_code=row.la_code,
        new_la_code=row.new_la_code,
        ukprn=row.ukprn,
    )


def periods_in(rows: Iterable[Row]) -> Sequence[Row]:
    """Returns the rows that have a period, oldest first, then in the order of writing."""
    have_one = (row for row in rows if row.number is not None)
    return sorted(have_one, key=lambda row: (row.started_on, row.number))


def names_of_schools(rows: Iterable[Row]) -> Mapping[Urn, str]:
    """Returns the names of the schools of these periods."""
    return {Urn(row.urn): row.school_name for row in rows}


def registration_from_row(row: Row) -> Registration:
    """Returns what was chosen at registration."""
    programme = row.chosen_programme
    return Registration(
        registered_at=row.registered_at,
        expected_training_start_year=AcademicYear(row.expected_year),
        choices=ProgrammeChoices(
            appropriate_body=row.chosen_body,
            programme=programme and Programme(programme),
            lead_provider=row.chosen_provider,
        ),
        brought_in=row.brought_in,
    )


def registration_to_row(registration: Registration) -> Values:
    """Returns the columns of what was chosen at registration."""
    choices = registration.choices
    return {
        "registered_at": registration.registered_at,
        "expected_year": registration.expected_training_start_year.starts_in,
        "of_body": choices.appropriate_body,
        "chosen_programme": choices.programme,
        "of_provider": choices.lead_provider,
        "brought_in": registration.brought_in,
    }


def ect_from_row(row: Row) -> EctAtSchool:
    """Returns an ECT period with its parts, in the order of writing."""
    pattern = row.working_pattern
    return EctAtSchool(
        id=EctId(row.public_id),
        school=Urn(row.urn),
        teacher=teacher_from_row(row),
        email=email_from_row(row),
        period=Period(row.started_on, row.finished_on),
        registration=registration_from_row(row),
        working_pattern=pattern and WorkingPattern(pattern),
        completed=row.completed,
        trainings=tuple(map(training_from_row, _as_written(row.trainings))),
        mentorships=tuple(map(mentorship_from_row, _as_written(row.mentorships))),
        withdrawn=row.withdrawn,
        ends=ends_from_text(row.ends),
        changed_body=row.changed_body,
        completion=_completion_from_row(row),
    )


def _completion_from_row(row: Row) -> Completion | None:
    """Returns the outcome of induction; None where TRS did not mark the period."""
    if row.induction_outcome is None:
        return None
    outcome = Outcome(row.induction_outcome)
    return Completion(outcome, row.induction_outcome_on, row.completed_before_trs)


def _completion_to_row(completion: Completion | None) -> Values:
    return {
        "induction_outcome": completion and completion.outcome,
        "induction_outcome_on": completion and completion.day,
        "completed_before_trs": completion is not None and completion.marked_before,
    }


def ect_to_row(ect: EctAtSchool) -> Values:
    """Returns the columns of an ECT period, without its parts."""
    return {
        "public_id": ect.id,
        "of_trn": ect.teacher.trn.digits,
        "of_urn": ect.school.digits,
        "completed": ect.completed,
        "working_pattern": ect.working_pattern,
        "withdrawn": ect.withdrawn,
        "ends": ends_to_text(ect.ends),
        "of_changed_body": ect.changed_body,
        **_completion_to_row(ect.completion),
        **email_to_row(ect.email),
        **period_to_row(ect.period),
        **registration_to_row(ect.registration),
    }


def mentor_from_row(row: Row) -> MentorAtSchool:
    """Returns a mentor period with its trainings, in the order of writing."""
    return MentorAtSchool(
        id=MentorId(row.public_id),
        school=Urn(row.urn),
        teacher=teacher_from_row(row),
        email=email_from_row(row),
        period=Period(row.started_on, row.finished_on),
        trainings=tuple(map(training_from_row, _as_written(row.trainings))),
        withdrawn=row.withdrawn,
        ends=ends_from_text(row.ends),
        registered_at=row.registered_at,
    )


def mentor_to_row(mentor: MentorAtSchool) -> Values:
    """Returns the columns of a mentor period, without its parts."""
    return {
        "public_id": mentor.id,
        "of_trn": mentor.teacher.trn.digits,
        "of_urn": mentor.school.digits,
        "withdrawn": mentor.withdrawn,
        "ends": ends_to_text(mentor.ends),
        "registered_at": mentor.registered_at,
        **email_to_row(mentor.email),
        **period_to_row(mentor.period),
    }


def _as_written(rows: Iterable[Nested]) -> Sequence[Nested]:
    return sorted(rows, key=attrgetter("number"))


def training_from_row(row: Nested) -> Training:
    """Returns the training in a row within that of its period."""
    return Training(
        id=TrainingId(UUID(row.public_id)),
        period=_period_from_text(row),
        programme=Programme(row.programme),
        year=AcademicYear(row.year),
        lead_provider=row.lead_provider,
        delivery_partner=row.delivery_partner,
        withdrawn=bool(row.withdrawn),
        ends=ends_from_text(row.ends),
    )


def _period_from_text(row: Nested) -> Period:
    return Period(date.fromisoformat(row.started_on), day_of(row.finished_on))


def extent_to_row(row: Training | Mentorship) -> Values:
    """Returns the columns of from when until when a part stands, and what ended it."""
    return {
        **period_to_row(row.period),
        "withdrawn": row.withdrawn,
        "ends": ends_to_text(row.ends),
    }


def training_to_row(training: Training) -> Values:
    """Returns the columns of a training, without its period and its id, which never changes."""
    return {
        **extent_to_row(training),
        "programme": training.programme,
        "year": training.year.starts_in,
        "of_year": training.year.starts_in,
        "of_provider": training.lead_provider,
        "of_partner": training.delivery_partner,
    }


def mentorship_from_row(row: Nested) -> Mentorship:
    """Returns the mentorship in a row within that of the ECT period, with the mentor's teacher."""
    return Mentorship(
        id=MentorshipId(UUID(row.public_id)),
        mentor=MentorId(UUID(row.mentor_id)),
        mentor_teacher=teacher_from_row(row),
        period=_period_from_text(row),
        withdrawn=bool(row.withdrawn),
        ends=ends_from_text(row.ends),
        assigned_on=day_of(row.assigned_on),
    )


def mentorship_to_row(mentorship: Mentorship) -> Values:
    """Returns the columns of a mentorship, without its id and its people, which never change."""
    return {**extent_to_row(mentorship), "assigned_on": mentorship.assigned_on}
