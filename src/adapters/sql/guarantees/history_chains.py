"""Reads and locks the heads of the chains that history is sealed into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from adapters.sql.connection.transaction import Transaction
from adapters.sql.tables.columns import AsKept, Number
from adapters.sql.tables.offers import schools
from adapters.sql.tables.records import history, history_heads
from ect_registration.domain.records.history_chain import NOTHING, Chain, Head, Link

BEFORE_ALL = -(2**62)

_CHAINS = (
    sa.select(history_heads.c.chain, history_heads.c.number, history_heads.c.seal)
    .union(
        sa.select(history.c.chain, sa.cast(None, Number), sa.cast(None, sa.Text()))
        .where(history.c.chain.not_in(sa.select(history_heads.c.chain)))
        .distinct()
    )
    .order_by("chain")
)
_LINE = (
    sa.type_coerce(history.c.at, AsKept()).label("at"),
    history.c.actor,
    schools.c.urn,
    history.c.what,
    history.c.rules,
    history.c.trn,
    sa.type_coerce(history.c.about, AsKept()).label("about"),
    history.c.before,
    history.c.after,
)
_LINKS = (
    sa.select(history.c.number, history.c.seal, *_LINE)
    .outerjoin(schools, schools.c.id == history.c.school_id)
    .where(history.c.chain == sa.bindparam("of_chain"), history.c.number > sa.bindparam("after"))
    .order_by(history.c.number)
    .limit(sa.bindparam("most"))
)

# Nothing changes, but the rows are ours, and those of new chains are there.
_HOLD = (
    postgresql.insert(history_heads)
    .on_conflict_do_update(index_elements=["chain"], set_={"number": history_heads.c.number})
    .returning(history_heads.c.chain, history_heads.c.number, history_heads.c.seal)
)


def hold(chains: Iterable[str], transaction: Transaction) -> dict[str, Head]:
    """Returns the heads of these chains, which others now wait for; new chains begin.

    Every unit takes them in this order, by URN, so that none waits in a circle. The database
    moves a head when a line is written, and only then.
    """
    new = [{"chain": name, "number": 0, "seal": NOTHING} for name in sorted(chains)]
    rows = transaction.written(_HOLD, new)
    return {row.chain: Head(row.number, row.seal) for row in rows}


def all_of(transaction: Transaction) -> Sequence[Chain]:
    """Returns every chain with its head, by name."""
    return [
        Chain(row.chain, None if row.number is None else Head(row.number, row.seal))
        for row in transaction.rows(_CHAINS)
    ]


def links_of(chain: str, after: int | None, most: int, transaction: Transaction) -> Sequence[Link]:
    """Returns the links of a chain in the order of their numbers."""
    values = {"of_chain": chain, "after": BEFORE_ALL if after is None else after, "most": most}
    return [Link(number, seal, line) for number, seal, *line in transaction.rows(_LINKS, values)]
