"""Defines the statements about mentors' training under earlier programmes."""

from __future__ import annotations

from typing import Any

import attrs
import sqlalchemy as sa

from adapters.sql.queries.json_rows import Nested, day_of, list_of
from adapters.sql.queries.rows import Row, Values
from adapters.sql.queries.upserts import upsert
from adapters.sql.repositories.registered.teachers import OTHER_TRNS, TRNS, retained
from adapters.sql.tables.people import mentor_training_history
from ect_registration.domain.people.mentor import MentorTrainingHistory
from ect_registration.domain.values import Trn

_trn = mentor_training_history.c.trn

# One list of all, as PostgreSQL would look at every row there is for two conditions.
_own = mentor_training_history.alias("own")
_theirs = sa.union(sa.select(_own.c.trn).where(_own.c.trn.in_(TRNS)), *OTHER_TRNS)
OF_PEOPLE = sa.select(mentor_training_history).where(_trn.in_(_theirs)).order_by(_trn)
HISTORY_OF_FAMILY = list_of(OF_PEOPLE.order_by(None)).label("history")
OF_FAMILIES = OF_PEOPLE.add_columns(retained(_trn, mentor_training_history).label("retained"))
SAVE = upsert(mentor_training_history, "trn")


def history_under(
    retained: sa.ColumnElement[str], aliases: sa.Select[Any]
) -> sa.Label[list[Nested]]:
    """Returns the training history of one person, as a column."""
    theirs = sa.union(sa.select(retained), aliases)
    return list_of(sa.select(mentor_training_history).where(_trn.in_(theirs))).label("history")


def history_from_row(row: Row) -> MentorTrainingHistory:
    """Returns the training history of one TRN."""
    return MentorTrainingHistory(
        Trn(row.trn), row.early_roll_out, row.completed_on, row.timed_out_on
    )


def history_from_nested(row: Nested) -> MentorTrainingHistory:
    """Returns the training history of one TRN from a row within another."""
    return MentorTrainingHistory(
        Trn(row.trn), bool(row.early_roll_out), day_of(row.completed_on), day_of(row.timed_out_on)
    )


def history_to_row(history: MentorTrainingHistory) -> Values:
    """Returns the columns in which the training history is stored."""
    return attrs.asdict(history, recurse=False) | {"trn": history.trn.digits}
