"""Lists what the database itself guarantees, with ``check``, which asks it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from adapters.sql.connection.errors import speaking_our_errors
from adapters.sql.guarantees.guarantee import Finding, declared_in, is_refused
from adapters.sql.guarantees.periods import PERIOD_GUARANTEES
from adapters.sql.guarantees.probe_rows import make_rows
from adapters.sql.guarantees.records import RECORD_GUARANTEES
from adapters.sql.store import SqlStore

GUARANTEES = (*PERIOD_GUARANTEES, *RECORD_GUARANTEES)

CLAIMS_MATCH = "email claims match open periods"

# Views that the guards use as well.
_UNCLAIMED = sa.text(
    """
    SELECT count(*) FROM email_users
    WHERE (finished_on IS NULL OR finished_on >= :today) AND email_key IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM email_holders
        WHERE email_holders.email_key = email_users.email_key
        AND email_holders.teacher_id = email_users.teacher_id
    )
    """
).bindparams(sa.bindparam("today", type_=sa.Date()))


def check(store: SqlStore, today: date, *, declared_only: bool = False) -> Sequence[Finding]:
    """Says whether each guarantee is in force, and whether email claims match their use today.

    Violations are tried among made-up rows and undone, while writers wait. ``declared_only``
    spares a server in use: it only looks for constraints and triggers. Raises Unavailable.
    """
    engine = store.reading_engine if declared_only else store.engine
    with speaking_our_errors(), engine.connect() as connection:
        findings = _declared(connection)
        if not declared_only:
            findings = [*map(_worse, findings, _tried(connection))]
        connection.rollback()
        return [*findings, _claims_match(connection, today)]


def _declared(connection: sa.Connection) -> list[Finding]:
    declared = declared_in(connection)
    findings = []
    for guarantee in GUARANTEES:
        missing = sorted(guarantee.declarations(connection.dialect.name) - declared)
        detail = f"not there: {', '.join(missing)}" if missing else "declared"
        findings.append(Finding(guarantee.name, not missing, detail))
    return findings


def _tried(connection: sa.Connection) -> list[Finding]:
    free = make_rows(connection)
    findings = []
    for guarantee in GUARANTEES:
        attempts = guarantee.attempts(connection.dialect.name)
        happened = sum(not is_refused(attempt, connection, free) for attempt in attempts)
        detail = (
            f"{happened} of {len(attempts)} violations were not refused"
            if happened
            else "declared, and violations are refused"
        )
        findings.append(Finding(guarantee.name, not happened, detail))
    return findings


def _worse(one: Finding, other: Finding) -> Finding:
    return other if one.in_force else one


def _claims_match(connection: sa.Connection, today: date) -> Finding:
    unclaimed = connection.scalar(_UNCLAIMED, {"today": today})
    detail = f"{unclaimed} open periods with an address that their teacher does not hold"
    return Finding(CLAIMS_MATCH, not unclaimed, detail if unclaimed else "they do")
