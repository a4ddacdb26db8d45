"""Takes the notes that triggers leave of every change that lead providers may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import attrs
import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from adapters.sql.connection.engine import POSTGRESQL, SQLITE
from adapters.sql.connection.transaction import Transaction
from adapters.sql.queries.upserts import upsert
from adapters.sql.tables.lead_providers import (
    change_notes,
    participants,
    seen_moment,
    seen_schools,
)
from adapters.sql.tables.offers import delivery_partners, schools
from adapters.sql.tables.people import ect_periods, mentor_periods, teacher_aliases, teachers
from ect_registration.ports.stored.lead_providers import Waiting

PERSON, SCHOOL, DELIVERY_PARTNER = "person", "school", "delivery-partner"
EVERYTHING: Mapping[str, sa.Table] = {
    PERSON: teachers,
    SCHOOL: schools,
    DELIVERY_PARTNER: delivery_partners,
}


class _Alone(FunctionElement[bool]):
    """Says whether no other transaction follows the notes, and keeps others out until it ends."""

    type = sa.Boolean()
    inherit_cache = True


FOLLOWING = 0x6C65616470  # any number will do, as long as no other lock has it


@compiles(_Alone, POSTGRESQL)
def _on_postgresql(_: _Alone, __: Any, **___: Any) -> str:
    return f"pg_try_advisory_xact_lock({FOLLOWING})"


@compiles(_Alone, SQLITE)
def _on_sqlite(_: _Alone, __: Any, **___: Any) -> str:
    return "1"  # a transaction that writes is alone


_ALONE = sa.select(_Alone().label("alone"))
_ANY = sa.select(sa.exists(sa.select(change_notes.c.id)).label("found"))
# The version of the rules that decided what is shown; raising it recomputes everything.
RULES = 2
_EVER = sa.select(
    sa.exists(sa.select(seen_moment.c.id).where(seen_moment.c.rules >= RULES)).label("found")
)
_NOTE_ALL = [
    sa.insert(change_notes).from_select(
        ["about", "row_id"], sa.select(sa.literal(about), table.c.id).order_by(table.c.id)
    )
    for about, table in EVERYTHING.items()
]
_BEGIN = upsert(seen_moment, "id", once=("moment", "removed")).values(id=1, rules=RULES)
_TAKE = (
    sa.delete(change_notes)
    .where(
        change_notes.c.id.in_(
            sa.select(change_notes.c.id)
            .order_by(change_notes.c.id)
            .limit(sa.bindparam("most", type_=sa.Integer()))
        )
    )
    .returning(change_notes.c.about, change_notes.c.row_id)
)

_NUMBERS = sa.bindparam("numbers", type_=sa.BigInteger(), expanding=True)
_PEOPLE = sa.select(participants.c.teacher_id.label("number"), participants.c.public_id).where(
    participants.c.teacher_id.in_(_NUMBERS)
)
_SCHOOLS = sa.select(seen_schools.c.school_id.label("number"), seen_schools.c.public_id).where(
    seen_schools.c.school_id.in_(_NUMBERS)
)
_PARTNERS = sa.select(delivery_partners.c.id.label("number"), delivery_partners.c.public_id).where(
    delivery_partners.c.id.in_(_NUMBERS)
)
_ADD_PERSON = sa.insert(participants).inline()
_ADD_SCHOOL = (
    sa.insert(seen_schools)
    .inline()
    .values(
        urn=sa.select(schools.c.urn)
        .where(schools.c.id == sa.bindparam("of_number"))
        .scalar_subquery(),
        name="",  # until it is shown
        may_register=False,
    )
)

_kept = teachers.alias("kept")
_old = teachers.alias("old")
# Merged, each known under its own record, and nothing is left at the old one.
_RETIRING = (
    sa.select(_old.c.id.label("old"), _kept.c.id.label("kept"))
    .join(teacher_aliases, teacher_aliases.c.trn == _old.c.trn)
    .join(_kept, _kept.c.trn == teacher_aliases.c.retained_trn)
    .join(participants, participants.c.teacher_id == _old.c.id)
    .where(
        _old.c.id.in_(_NUMBERS),
        participants.c.into_teacher_id.is_(None),
        ~sa.exists().where(ect_periods.c.teacher_id == _old.c.id),
        ~sa.exists().where(mentor_periods.c.teacher_id == _old.c.id),
    )
)
_RETIRE = (
    sa.update(participants)
    .where(participants.c.teacher_id == sa.bindparam("of_old"))
    .values(into_teacher_id=sa.bindparam("kept"), retired_at=sa.bindparam("now"))
)
# Who was retired into one that is retired now leads to the one that is kept.
_LEAD_ON = (
    sa.update(participants)
    .where(participants.c.into_teacher_id == sa.bindparam("of_old"))
    .values(into_teacher_id=sa.bindparam("kept"))
)


@attrs.frozen
class Notes:
    """Takes notes of changes, one unit of work at a time."""

    _transaction: Transaction

    def are_there(self) -> bool:
        """Says whether anything is noted, or nothing was followed by the present rules."""
        return self._finds(_ANY) or not self._finds(_EVER)

    def take(self, most: int, now: datetime) -> Waiting:
        """Takes the oldest notes; nothing while another unit of work does so."""
        if not self._transaction.rows(_ALONE)[0].alone:
            return Waiting()
        if not self._finds(_EVER):
            self._note_everything(now)
        taken = self._transaction.written(_TAKE, [{"most": most}])
        about: dict[str, set[int]] = defaultdict(set)
        for note in taken:
            about[note.about].add(note.row_id)
        people = about[PERSON] | self._retire(about[PERSON], now)
        return Waiting(
            people=frozenset(self.people(people).values()),
            schools=frozenset(self._schools(about[SCHOOL], now).values()),
            delivery_partners=frozenset(self._ids(_PARTNERS, about[DELIVERY_PARTNER]).values()),
            more=len(taken) == most,
        )

    def people(self, numbers: Collection[int]) -> Mapping[int, UUID]:
        """Returns the ids of these people, who get one if they have none."""
        known = self._ids(_PEOPLE, numbers)
        new = {number: uuid4() for number in sorted(set(numbers) - set(known))}
        rows = [{"teacher_id": number, "public_id": id} for number, id in new.items()]
        self._transaction.write_all(_ADD_PERSON, rows)
        return known | new

    def _schools(self, numbers: Collection[int], now: datetime) -> Mapping[int, UUID]:
        known = self._ids(_SCHOOLS, numbers)
        new = {number: uuid4() for number in sorted(set(numbers) - set(known))}
        rows = [
            {
                "school_id": number,
                "of_number": number,
                "public_id": id,
                "created_at": now,
                "updated_at": now,
            }
            for number, id in new.items()
        ]
        self._transaction.write_all(_ADD_SCHOOL, rows)
        return known | new

    def _ids(self, statement: sa.Select[Any], numbers: Collection[int]) -> dict[int, UUID]:
        if not numbers:
            return {}
        rows = self._transaction.rows(statement, {"numbers": sorted(numbers)})
        return {row.number: row.public_id for row in rows}

    def _retire(self, numbers: Collection[int], now: datetime) -> set[int]:
        """Retires people whose record was merged into another; returns the others' numbers."""
        if not numbers:
            return set()
        rows = self._transaction.rows(_RETIRING, {"numbers": sorted(numbers)})
        retired = [{"of_old": row.old, "kept": row.kept, "now": now} for row in rows]
        self._transaction.write_all(_RETIRE, retired)
        leading = [{"of_old": row.old, "kept": row.kept} for row in rows]
        self._transaction.write_all(_LEAD_ON, leading)
        return {row.kept for row in rows}

    def _note_everything(self, now: datetime) -> None:
        """Notes what was there before there were notes, or was looked at by other rules."""
        for note in _NOTE_ALL:
            self._transaction.write(note, {})
        self._transaction.write(_BEGIN, {"moment": now})

    def _finds(self, statement: sa.Select[Any]) -> bool:
        return bool(self._transaction.rows(statement)[0].found)
