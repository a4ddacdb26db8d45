"""Makes up rows to try violations among, which never outlive their transaction.

They have negative numbers, so that a full database is no obstacle. Only TRNs and URNs must look
real; free ones are found when the rows are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from uuid import UUID

import sqlalchemy as sa

from adapters.sql.tables import offers, people
from adapters.sql.tables.records import history, history_heads
from ect_registration.domain.text import name_key

START = date(2025, 9, 1)
OCTOBER = date(2025, 10, 1)
NEW_YEARS_EVE = date(2025, 12, 31)
JANUARY = date(2026, 1, 1)
MARCH_ENDS = date(2026, 3, 31)
APRIL = date(2026, 4, 1)

CHAIN = "made"  # of no school

OTHER = -9  # the number of a row that is not there yet

_NOON = datetime(2025, 9, 1, 12, tzinfo=UTC)
_TRNS = tuple(str(number) for number in range(9_999_999, 9_999_000, -1))
_URNS = tuple(str(number) for number in range(99_999, 99_000, -1))


def _public(number: int) -> UUID:
    """Returns a public id that is never drawn at random."""
    return UUID(int=2**128 + number)


def address(teacher: int) -> str:
    """Returns the email address that a made-up teacher uses everywhere."""
    return f"teacher{teacher}@made-up.invalid"


def a_teacher(number: int, trn: str) -> sa.Insert:
    """Returns an insert of a teacher, where ``trn`` names one of the TRNs found to be free."""
    return sa.insert(people.teachers).values(
        id=number, trn=sa.bindparam(f"free_{trn}"), trs_name="Made up"
    )


def a_claim(teacher: int) -> sa.Insert:
    """Returns an insert of a claim on the teacher's address."""
    return sa.insert(people.email_claims).values(
        email_key=address(teacher), teacher_id=teacher, taken_on=START
    )


def an_ect(number: int, teacher: int, **changes: object) -> sa.Insert:
    """Returns an insert of an ECT period at the first school, open since the start of term."""
    return (
        sa.insert(people.ect_periods)
        .values(completed=False, registered_at=_NOON, expected_year=2025)
        .values(_a_period(number, teacher) | changes)
    )


def a_mentor(number: int, teacher: int, **changes: object) -> sa.Insert:
    """Returns an insert of a mentor period at the first school, open since the start of term."""
    return sa.insert(people.mentor_periods).values(_a_period(number, teacher) | changes)


def _a_period(number: int, teacher: int) -> dict[str, object]:
    return {
        "id": number,
        "public_id": _public(number),
        "teacher_id": teacher,
        "school_id": -1,
        "email": address(teacher),
        "email_key": address(teacher),
        "started_on": START,
        "finished_on": None,
    }


def a_mentorship(number: int, mentor: int, teacher: int, **changes: object) -> sa.Insert:
    """Returns an insert of a mentorship of the only ECT by this mentor, from January on."""
    mentorship: dict[str, object] = {
        "id": number,
        "public_id": _public(number),
        "school_id": -1,
        "ect_period_id": -1,
        "ect_teacher_id": -1,
        "mentor_period_id": mentor,
        "mentor_teacher_id": teacher,
        "started_on": JANUARY,
        "finished_on": None,
        "withdrawn": False,
    }
    return sa.insert(people.mentorships).values(mentorship | changes)


def a_training(number: int, **changes: object) -> sa.Insert:
    """Returns an insert of a confirmed training of the only ECT, from April on."""
    training: dict[str, object] = {
        "id": number,
        "public_id": _public(number),
        "teacher_id": -1,
        "school_id": -1,
        "ect_period_id": -1,
        "started_on": APRIL,
        "programme": "provider_led",
        "year": 2025,
        "lead_provider_id": -1,
        "partnership_id": -1,
        "withdrawn": False,
    }
    return sa.insert(people.trainings).values(training | changes)


def a_partnership(number: int, lead_provider: int, delivery_partner: int) -> sa.Insert:
    """Returns an insert of a partnership of the first school."""
    return sa.insert(offers.partnerships).values(
        id=number,
        school_id=-1,
        lead_provider_id=lead_provider,
        delivery_partner_id=delivery_partner,
        year=2025,
    )


def a_line_of_history(id: int, number: int) -> sa.Insert:
    """Returns an insert of a line of history about no person, in a chain of its own."""
    return sa.insert(history).values(
        id=id,
        at=_NOON,
        actor="made up",
        what="made-up",
        rules="[]",
        before="{}",
        after="{}",
        chain=CHAIN,
        number=number,
        seal="0" * 64,
    )


def a_change(table: sa.Table, number: int, **changes: object) -> sa.Update:
    """Returns an update of the row with this id."""
    return sa.update(table).where(table.c.id == number).values(changes)


def _a_school(number: int, urn: str) -> sa.Insert:
    return sa.insert(offers.schools).values(
        id=number,
        urn=sa.bindparam(f"free_{urn}"),
        name="Made up",
        type="state_funded",
        section_41=False,
        status="open",
        in_england=True,
    )


def an_organisation(table: sa.Table, number: int, **changes: object) -> sa.Insert:
    """Returns an insert of an organisation with a name of its own."""
    name = f"Made up ({number})"
    organisation: dict[str, object] = {
        "id": number,
        "public_id": _public(number),
        "name": name,
        "name_key": name_key(name),
    }
    return sa.insert(table).values(organisation | changes)


def _a_pairing(delivery_partner: int) -> sa.Insert:
    return sa.insert(offers.pairings).values(
        lead_provider_id=-1, delivery_partner_id=delivery_partner, year=2025, active=True
    )


# Teacher -1 is an ECT and a mentor; teacher -3 is a mentor at two schools.
_ROWS = (
    _a_school(-1, "urn_1"),
    _a_school(-2, "urn_2"),
    an_organisation(offers.lead_providers, -1),
    an_organisation(offers.lead_providers, -2),
    an_organisation(offers.delivery_partners, -1),
    an_organisation(offers.delivery_partners, -2),
    _a_pairing(-1),
    _a_pairing(-2),
    a_partnership(-1, lead_provider=-1, delivery_partner=-1),
    *(a_teacher(number, f"trn_{-number}") for number in (-1, -2, -3)),
    *(a_claim(number) for number in (-1, -2, -3)),
    an_ect(-1, teacher=-1),
    a_mentor(-1, teacher=-1),
    a_mentor(-2, teacher=-2),
    a_mentor(-3, teacher=-3),
    a_mentor(-4, teacher=-3, school_id=-2),
    a_mentorship(-1, mentor=-2, teacher=-2, started_on=START, finished_on=NEW_YEARS_EVE),
    a_training(-1, started_on=OCTOBER, finished_on=MARCH_ENDS),
    a_training(
        -2,
        teacher_id=-3,
        ect_period_id=None,
        mentor_period_id=-3,
        started_on=OCTOBER,
        finished_on=MARCH_ENDS,
    ),
    sa.insert(history_heads).values(chain=CHAIN, number=0, seal=""),
    a_line_of_history(-1, number=1),
)


def make_rows(connection: sa.Connection) -> dict[str, str]:
    """Adds the rows, and returns the free TRNs and URNs that statements about them need."""
    trns = _free(connection, people.teachers.c.trn, _TRNS)
    urns = _free(connection, offers.schools.c.urn, _URNS)
    free = {f"free_trn_{number}": next(trns) for number in (1, 2, 3)}
    free |= {f"free_urn_{number}": next(urns) for number in (1, 2)}
    for row in _ROWS:
        connection.execute(row.inline(), free)
    return free


def _free(
    connection: sa.Connection, column: sa.Column[str], candidates: Iterable[str]
) -> Iterator[str]:
    taken = set(connection.scalars(sa.select(column).where(column.in_(candidates))))
    return (candidate for candidate in candidates if candidate not in taken)
