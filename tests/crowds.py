"""Very many ECTs, written by the database itself: a hundred thousand take some seconds."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from adapters.sql.store import SqlStore
from adapters.sql.tables.columns import Moment
from adapters.sql.tables.offers import appropriate_bodies, lead_providers, partnerships, schools
from adapters.sql.tables.people import (
    ect_periods,
    email_claims,
    mentor_periods,
    mentorships,
    teachers,
    trainings,
)
from builders import (
    HUB,
    LEAD_PROVIDER,
    NOW,
    TERM_STARTS,
    THIS_YEAR,
    URN,
    a_delivery_partner,
    a_lead_provider,
    a_partnership,
    a_school,
    an_appropriate_body,
)
from ect_registration.domain.people.training import Programme
from ect_registration.ports.stored.holds import Hold

FIRST = 1_000_000  # the number and TRN of the first of the crowd
AT_A_SCHOOL = 200  # elsewhere


def crowd(store: SqlStore, here: int, elsewhere: int = 0) -> None:
    """So many ECTs at the school of the examples, and so many more at others.

    Every other one here and every tenth elsewhere has a mentor, who mentors nobody else.
    """
    _furnish(store)
    with store.engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # the guards look at each row for long
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        if here:
            school = sa.select(schools.c.id).where(schools.c.urn == URN.digits).scalar_subquery()
            _ects(connection, _numbers(0, here), school)
            _mentors(connection, _numbers(0, here, 2), school)
        if elsewhere:
            _schools(connection, _numbers(0, -(-elsewhere // AT_A_SCHOOL)))
            for write, step in ((_ects, 1), (_mentors, 10)):
                numbers = _numbers(here, elsewhere, step)
                write(connection, numbers, FIRST + (numbers.c.n - FIRST - here) // AT_A_SCHOOL)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def _furnish(store: SqlStore) -> None:
    with store.unit_of_work() as uow:
        uow.hold([Hold.EVERYTHING])
        uow.schools.save(a_school())
        uow.offers.save_academic_year(THIS_YEAR, open_for_registration=True)
        uow.offers.save_appropriate_body(an_appropriate_body())
        uow.offers.save_lead_provider(a_lead_provider())
        uow.offers.save_delivery_partner(a_delivery_partner())
        uow.partnerships.add(a_partnership())
        uow.commit()


def _numbers(first: int, many: int, step: int = 1) -> sa.CTE:
    """A row for each ECT, or for every so many of them."""
    begin = sa.select(sa.literal(FIRST + first, sa.BigInteger()).label("n"))
    numbers = begin.cte("numbers", recursive=True)
    more = sa.select(numbers.c.n + step).where(numbers.c.n + step < FIRST + first + many)
    return numbers.union_all(more)


def _schools(connection: sa.Connection, numbers: sa.CTE) -> None:
    n = numbers.c.n
    values = {
        "id": n,
        "urn": _text(n - FIRST + 200_000),
        "name": _text(n),
        "type": _value("state_funded"),
        "section_41": _value(False),
        "status": _value("open"),
        "in_england": _value(True),
    }
    _insert(connection, schools, numbers, values)


def _ects(connection: sa.Connection, numbers: sa.CTE, school: Any) -> None:
    n = numbers.c.n
    _people(connection, numbers, 0, "Teacher")
    _write(
        connection,
        ect_periods,
        numbers,
        teacher_id=n,
        school_id=school,
        email=_email(n),
        email_key=_email(n),
        started_on=_value(TERM_STARTS),
        completed=_value(False),
        working_pattern=_value("full_time"),
        registered_at=sa.literal(NOW, Moment()),
        expected_year=_value(THIS_YEAR.starts_in),
        chosen_appropriate_body_id=_one(appropriate_bodies, name=HUB),
        chosen_programme=_value(Programme.PROVIDER_LED.value),
        chosen_lead_provider_id=_one(lead_providers, name=LEAD_PROVIDER),
    )
    _write(
        connection,
        trainings,
        numbers,
        teacher_id=n,
        school_id=school,
        ect_period_id=n,
        started_on=_value(TERM_STARTS),
        programme=_value(Programme.PROVIDER_LED.value),
        year=_value(THIS_YEAR.starts_in),
        lead_provider_id=_one(lead_providers, name=LEAD_PROVIDER),
        partnership_id=sa.select(partnerships.c.id)
        .where(partnerships.c.school_id == school)
        .scalar_subquery(),
        withdrawn=_value(False),
    )


def _mentors(connection: sa.Connection, numbers: sa.CTE, school: Any) -> None:
    """The mentor of an ECT has the ECT's number and a million more."""
    n, mentor = numbers.c.n, numbers.c.n + FIRST
    _people(connection, numbers, FIRST, "Mentor")
    _write(
        connection,
        mentor_periods,
        numbers,
        FIRST,
        teacher_id=mentor,
        school_id=school,
        email=_email(mentor),
        email_key=_email(mentor),
        started_on=_value(TERM_STARTS),
    )
    _write(
        connection,
        mentorships,
        numbers,
        school_id=school,
        ect_period_id=n,
        ect_teacher_id=n,
        mentor_period_id=mentor,
        mentor_teacher_id=mentor,
        started_on=_value(TERM_STARTS),
        withdrawn=_value(False),
    )


def _people(connection: sa.Connection, numbers: sa.CTE, plus: int, kind: str) -> None:
    n = numbers.c.n + plus
    called = sa.literal(f"{kind} ").concat(_text(n))
    names = {
        "trs_name": called,
        "searched_name": sa.literal(f"{kind.lower()} ").concat(_text(n)),
        "joined_name": sa.literal(f" {kind.lower()}").concat(_text(n)),
    }
    person = {"id": n, "trn": _text(n), **names}
    claim = {"email_key": _email(n), "teacher_id": n, "taken_on": _value(TERM_STARTS)}
    _insert(connection, teachers, numbers, person)
    _insert(connection, email_claims, numbers, claim)


def _write(
    connection: sa.Connection, table: sa.Table, numbers: sa.CTE, plus: int = 0, **values: Any
) -> None:
    """Rows with numbers and public ids of their own."""
    n = numbers.c.n + plus
    hexadecimal = (
        sa.func.printf("%032x", n)
        if connection.dialect.name == "sqlite"
        else sa.cast(sa.func.lpad(sa.func.to_hex(n), 32, "0"), sa.Uuid())
    )
    _insert(connection, table, numbers, {"id": n, "public_id": hexadecimal, **values})


def _insert(
    connection: sa.Connection, table: sa.Table, numbers: sa.CTE, values: dict[str, Any]
) -> None:
    columns = [value.label(name) for name, value in values.items()]
    rows = sa.select(*columns).select_from(numbers)
    connection.execute(sa.insert(table).from_select(list(values), rows))


def _one(table: sa.Table, **named: str) -> Any:
    [(column, value)] = named.items()
    return sa.select(table.c.id).where(table.c[column] == value).scalar_subquery()


def _value(value: Any) -> Any:
    return sa.literal(value)


def _text(number: sa.ColumnElement[int]) -> sa.ColumnElement[str]:
    return sa.cast(number, sa.Text())


def _email(number: sa.ColumnElement[int]) -> sa.ColumnElement[str]:
    return sa.literal("teacher").concat(_text(number)).concat("@example.org")
