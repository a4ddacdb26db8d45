"""After an upgrade that changes what lead providers see, everybody is looked at again."""

from __future__ import annotations

import sqlalchemy as sa

from adapters.sql.store import SqlStore
from adapters.sql.tables.lead_providers import seen_moment, seen_records
from ect_registration.testing.contract.lead_providers.lead_provider_steps import (
    records_seen,
    register_confirmed,
)
from ect_registration.testing.steps import seen
from integration.contracts.steps import furnish


def test_what_was_worked_out_by_former_rules_is_worked_out_again(store: SqlStore) -> None:
    """Whatever differs is dated anew; the rest keeps its moment, and then nothing waits."""
    furnish(store)
    for number in (1, 2):
        register_confirmed(store, number)
    before = records_seen(store)
    with store.engine.begin() as connection:
        missing = seen_records.c.record_id == before[0].id
        connection.execute(sa.delete(seen_records).where(missing))
    assert list(records_seen(store)) == [before[1]]

    with store.engine.begin() as connection:
        connection.execute(sa.update(seen_moment).values(rules=0))
    after = {each.id: each for each in records_seen(store)}

    assert after.pop(before[1].id) == before[1]
    [again] = after.values()
    assert again.updated_at > before[1].updated_at
    assert not seen(store, lambda uow: uow.seen.is_behind())
