"""Counts ECTs for statistics."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Row, Transaction
from adapters.sql.queries.json_rows import list_of
from adapters.sql.queries.teacher_rows import facts_from_row
from adapters.sql.tables.offers import schools
from adapters.sql.tables.people import (
    ect_periods,
    mentorships,
    teacher_aliases,
    teachers,
    trainings,
)
from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.training import Programme
from ect_registration.domain.rules.school_year.funding import funding_of
from ect_registration.domain.school import REGION_CODES
from ect_registration.domain.statistics.counting import Area, CountedEct

_OF_AREA = (
    schools.c.region,
    schools.c.local_authority,
    schools.c.la_code,
    schools.c.new_la_code,
)
_AREAS = (
    sa.select(*_OF_AREA, sa.func.count().label("schools"))
    .where(schools.c.in_england)
    .group_by(*_OF_AREA)
)

_END = sa.bindparam("end", type_=sa.Date())


def _person(teacher: sa.ColumnElement[int]) -> sa.ScalarSelect[str]:
    """Returns the TRN that stands for a person: the one that merges have retained."""
    found, alias = teachers.alias(), teacher_aliases.alias()
    return (
        sa.select(sa.func.coalesce(alias.c.retained_trn, found.c.trn))
        .select_from(found.outerjoin(alias, alias.c.trn == found.c.trn))
        .where(found.c.id == teacher)
        .scalar_subquery()
    )


_people = (
    sa.select(
        ect_periods.c.id,
        ect_periods.c.started_on,
        ect_periods.c.expected_year,
        sa.func.coalesce(teacher_aliases.c.retained_trn, teachers.c.trn).label("person"),
    )
    .join(teachers, teachers.c.id == ect_periods.c.teacher_id)
    .outerjoin(teacher_aliases, teacher_aliases.c.trn == teachers.c.trn)
    .where(~ect_periods.c.withdrawn)
    .subquery()
)
_ranked = sa.select(
    _people.c.id,
    _people.c.started_on,
    sa.func.min(_people.c.expected_year).over(partition_by=_people.c.person).label("year"),
    sa.func.row_number()
    .over(
        partition_by=_people.c.person,
        order_by=[
            sa.case((_people.c.started_on <= _END, 0), else_=1),
            _people.c.started_on.desc(),
        ],
    )
    .label("rank"),
).subquery()

_programme = (
    sa.select(trainings.c.programme)
    .where(
        trainings.c.ect_period_id == ect_periods.c.id,
        ~trainings.c.withdrawn,
        trainings.c.started_on <= _END,
    )
    .order_by(trainings.c.started_on.desc())
    .limit(1)
    .correlate(ect_periods)
    .scalar_subquery()
)
_mentors = list_of(
    sa.select(_person(mentorships.c.mentor_teacher_id).label("person"))
    .where(
        mentorships.c.ect_period_id == ect_periods.c.id,
        ~mentorships.c.withdrawn,
        mentorships.c.started_on <= _END,
    )
    .correlate(ect_periods)
)
_FACTS = (
    teachers.c.has_qts,
    teachers.c.induction_status,
    teachers.c.induction_started_on,
    teachers.c.induction_completed_on,
    teachers.c.seen_in_trs_at,
)
_ECTS = (
    sa.select(
        *_OF_AREA,
        ect_periods.c.working_pattern,
        ect_periods.c.completed,
        *_FACTS,
        sa.func.coalesce(_programme, ect_periods.c.chosen_programme).label("programme"),
        _mentors.label("mentors"),
    )
    .select_from(_ranked)
    .join(ect_periods, ect_periods.c.id == _ranked.c.id)
    .join(teachers, teachers.c.id == ect_periods.c.teacher_id)
    .join(schools, schools.c.id == ect_periods.c.school_id)
    .where(
        _ranked.c.year == sa.bindparam("of_year"),
        _ranked.c.rank == 1,
        _ranked.c.started_on <= _END,
        schools.c.in_england,
    )
)


@attrs.frozen
class SqlStatistics:
    """Counts with one statement for the ECTs of a year."""

    _transaction: Transaction

    def areas(self) -> Mapping[Area, int]:
        """Returns the areas of schools in England, and how many are in each."""
        return {_area(row): row.schools for row in self._transaction.rows(_AREAS)}

    def ects_of(self, year: AcademicYear) -> Collection[CountedEct]:
        """Returns the ECTs who count in a year at schools in England."""
        values = {"of_year": year.starts_in, "end": year.last_day}
        return [_counted(row) for row in self._transaction.rows(_ECTS, values)]


def _area(row: Row) -> Area:
    return Area(
        region=row.region,
        region_code=REGION_CODES.get(row.region or ""),
        local_authority=row.local_authority,
        la_code=row.la_code,
        new_la_code=row.new_la_code,
    )


def _counted(row: Row) -> CountedEct:
    return CountedEct(
        area=_area(row),
        programme=row.programme and Programme(row.programme),
        working_pattern=row.working_pattern and WorkingPattern(row.working_pattern),
        mentors=frozenset(mentor.person for mentor in row.mentors),
        funding=funding_of(facts_from_row(row), completed=row.completed).funding,
    )
