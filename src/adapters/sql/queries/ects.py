"""Finds ECT periods, with their parts, by one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Transaction, Values
from adapters.sql.queries.json_rows import list_of
from adapters.sql.queries.rows import ect_from_row
from adapters.sql.repositories.registered.mentorships import MENTORSHIPS
from adapters.sql.repositories.registered.teachers import FAMILY, leading_to, retained
from adapters.sql.repositories.registered.trainings import trainings_of
from adapters.sql.tables.offers import appropriate_bodies, lead_providers, schools
from adapters.sql.tables.people import (
    FACTS_OF_TRS,
    ect_periods,
    mentor_periods,
    mentorships,
    teachers,
    trainings,
)
from ect_registration.domain.people.ect import EctAtSchool

_body = appropriate_bodies.alias("chosen_body")
_provider = lead_providers.alias("chosen_provider")
_changed_body = appropriate_bodies.alias("changed_body")

CHOICE_COLUMNS = (
    ect_periods.c.registered_at,
    ect_periods.c.expected_year,
    _body.c.name.label("chosen_body"),
    ect_periods.c.chosen_programme,
    _provider.c.name.label("chosen_provider"),
    ect_periods.c.brought_in,
)


def with_choices(ects: sa.FromClause) -> sa.Join:
    """Joins ECT periods to the names behind what was chosen at registration."""
    return ects.outerjoin(_body, _body.c.id == ect_periods.c.chosen_appropriate_body_id).outerjoin(
        _provider, _provider.c.id == ect_periods.c.chosen_lead_provider_id
    )


def _with_names(ects: sa.FromClause) -> sa.Join:
    """Joins ECT periods to the names behind what was chosen, then and since."""
    return with_choices(ects).outerjoin(
        _changed_body, _changed_body.c.id == ect_periods.c.changed_appropriate_body_id
    )


_COLUMNS = (
    ect_periods.c.id.label("number"),
    ect_periods.c.public_id,
    ect_periods.c.email,
    ect_periods.c.started_on,
    ect_periods.c.finished_on,
    ect_periods.c.completed,
    ect_periods.c.withdrawn,
    ect_periods.c.ends,
    ect_periods.c.working_pattern,
    _changed_body.c.name.label("changed_body"),
    ect_periods.c.induction_outcome,
    ect_periods.c.induction_outcome_on,
    ect_periods.c.completed_before_trs,
    schools.c.urn,
    teachers.c.trn,
    teachers.c.trs_name,
    teachers.c.corrected_name,
    *FACTS_OF_TRS,
    *CHOICE_COLUMNS,
    trainings_of(ect_periods, trainings.c.ect_period_id),
    MENTORSHIPS,
)


def _periods(numbers: sa.Select[int]) -> sa.Select[*tuple[Any, ...]]:
    """Returns a statement for these periods, which PostgreSQL joins to the rest first."""
    asked_for = numbers.subquery("asked_for")
    ects = (
        asked_for.join(ect_periods, ect_periods.c.id == asked_for.c.number)
        .join(teachers, teachers.c.id == ect_periods.c.teacher_id)
        .join(schools, schools.c.id == ect_periods.c.school_id)
    )
    return sa.select(*_COLUMNS).select_from(_with_names(ects))


# Every teacher of a family, with a row for each of their periods, or one without.
KNOWN_AS = (
    sa.select(*_COLUMNS, schools.c.name.label("school_name"))
    .select_from(
        _with_names(
            teachers.outerjoin(
                ect_periods,
                sa.and_(ect_periods.c.teacher_id == teachers.c.id, ~ect_periods.c.withdrawn),
            ).outerjoin(schools, schools.c.id == ect_periods.c.school_id)
        )
    )
    .where(teachers.c.trn.in_(FAMILY))
    .order_by(teachers.c.trn, ect_periods.c.started_on, ect_periods.c.id)
)


@attrs.frozen
class EctQuery:
    """Says which ECT periods to find, and in which order."""

    _periods: sa.Executable

    @classmethod
    def of(cls, numbers: sa.Select[int], *order: sa.ColumnElement[Any]) -> EctQuery:
        """Returns a query for the periods whose row ids ``numbers`` selects."""
        return cls(_periods(numbers).order_by(*order))

    def run(self, transaction: Transaction, values: Values) -> Sequence[EctAtSchool]:
        """Returns the periods, each with its parts in the order of writing."""
        return list(self.by_number(transaction, values).values())

    def by_number(self, transaction: Transaction, values: Values) -> Mapping[int, EctAtSchool]:
        """Returns the periods with their parts, by the ids of their rows."""
        rows = transaction.rows(self._periods, values)
        return {row.number: ect_from_row(row) for row in rows}


_numbers = sa.select(ect_periods.c.id.label("number"))
_oldest_first = (ect_periods.c.started_on, ect_periods.c.id)
_latest_first = (ect_periods.c.registered_at.desc(), ect_periods.c.id.desc())
_of_people = _numbers.join(teachers, teachers.c.id == ect_periods.c.teacher_id).where(
    teachers.c.trn.in_(sa.bindparam("trns", expanding=True))
)
_at_school = _numbers.join(schools, schools.c.id == ect_periods.c.school_id).where(
    schools.c.urn == sa.bindparam("of_urn")
)

OF_PEOPLE = EctQuery.of(_of_people.where(~ect_periods.c.withdrawn), *_oldest_first)
ALL_OF_PEOPLE = EctQuery.of(_of_people, *_oldest_first)
AT_SCHOOL = EctQuery.of(_at_school.where(~ect_periods.c.withdrawn), *_latest_first)
ALL_AT_SCHOOL = EctQuery.of(_at_school, *_latest_first)
NUMBERED = EctQuery.of(
    _numbers.where(ect_periods.c.id.in_(sa.bindparam("numbers", expanding=True)))
)
_with_id = _numbers.where(ect_periods.c.public_id == sa.bindparam("of_id"))
WITH_ID = EctQuery.of(_with_id)

# The period with this id, with every TRN of the person.
_retained = retained(teachers.c.trn, teachers)
PERSON_WITH = _periods(_with_id).add_columns(
    _retained.label("retained"),
    list_of(leading_to(_retained).correlate(teachers)).label("merged"),
)
_mentored_by = (
    sa.select(mentorships.c.ect_period_id.label("number"))
    .distinct()
    .join(mentor_periods, mentor_periods.c.id == mentorships.c.mentor_period_id)
    .where(mentor_periods.c.public_id == sa.bindparam("of_id"))
)
MENTORED_BY = EctQuery.of(_mentored_by.where(~mentorships.c.withdrawn), *_oldest_first)
EVER_MENTORED_BY = EctQuery.of(_mentored_by, *_oldest_first)
