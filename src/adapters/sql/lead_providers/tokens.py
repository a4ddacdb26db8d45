"""Stores the tokens of lead providers, by the hash of their secret."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Row, Transaction
from adapters.sql.queries.lookups import number_of
from adapters.sql.queries.upserts import upsert
from adapters.sql.tables.columns import Moment
from adapters.sql.tables.lead_providers import api_lists, api_tokens
from adapters.sql.tables.offers import lead_providers
from ect_registration.domain.lead_providers.tokens import Token, TokenId
from ect_registration.ports.clock import day_in_london
from ect_registration.ports.stored.lead_providers import Admission, Shown

_SELECT = sa.select(
    api_tokens.c.public_id,
    lead_providers.c.name.label("lead_provider"),
    api_tokens.c.secret_hash,
    api_tokens.c.created_at,
    api_tokens.c.expires_on,
    api_tokens.c.last_used_at,
    api_tokens.c.revoked_at,
).join(lead_providers, lead_providers.c.id == api_tokens.c.lead_provider_id)
_ALL = _SELECT.order_by(api_tokens.c.created_at.desc(), api_tokens.c.id.desc())

_THIS = api_tokens.c.public_id == sa.bindparam("of_id")
_ADD = (
    sa.insert(api_tokens)
    .inline()
    .values(lead_provider_id=number_of(lead_providers.c.name, "of_provider"))
)
_now = sa.bindparam("now", type_=Moment())
_goes_on = api_tokens.c.window_began_at > sa.bindparam("window_over", type_=Moment())
_ADMIT = (
    sa.update(api_tokens)
    .where(
        api_tokens.c.secret_hash == sa.bindparam("of_hash"),
        api_tokens.c.revoked_at.is_(None),
        api_tokens.c.expires_on >= sa.bindparam("day", type_=sa.Date()),
    )
    .values(
        last_used_at=_now,
        requests=sa.case((_goes_on, api_tokens.c.requests + 1), else_=1),
        window_began_at=sa.case((_goes_on, api_tokens.c.window_began_at), else_=_now),
    )
    .returning(
        api_tokens.c.public_id,
        sa.select(lead_providers.c.name)
        .where(lead_providers.c.id == api_tokens.c.lead_provider_id)
        .scalar_subquery()
        .label("lead_provider"),
        api_tokens.c.requests,
        api_tokens.c.window_began_at,
    )
)
_BEGIN_LIST = upsert(api_lists, "token_id", "list").values(
    token_id=number_of(api_tokens.c.public_id, "of_id")
)
_LIST_BEGUN = (
    sa.select(api_lists.c.shown_until, api_lists.c.removed)
    .join(api_tokens, api_tokens.c.id == api_lists.c.token_id)
    .where(_THIS, api_lists.c.list == sa.bindparam("of_list"))
)
_REVOKE = (
    sa.update(api_tokens)
    .where(_THIS, api_tokens.c.revoked_at.is_(None))
    .values(revoked_at=sa.bindparam("moment"))
)


@attrs.frozen
class SqlApiTokens:
    """Stores tokens without their secrets."""

    _transaction: Transaction

    def add(self, token: Token) -> None:
        """Adds a token; raises Conflict for an unknown lead provider or a secret that is taken."""
        row = {
            "public_id": token.id,
            "of_provider": token.lead_provider,
            "secret_hash": token.secret_hash,
            "created_at": token.created_at,
            "expires_on": token.expires_on,
        }
        self._transaction.write(_ADD, row)

    def admit(self, secret_hash: str, now: datetime, window: timedelta) -> Admission | None:
        """Counts a request in one statement, which locks the row."""
        values = {
            "of_hash": secret_hash,
            "now": now,
            "day": day_in_london(now),
            "window_over": now - window,
        }
        rows = self._transaction.written(_ADMIT, [values])
        return next((Admission(*row) for row in rows), None)

    def begin_list(self, id: TokenId, list: str, shown: Shown) -> None:
        """Keeps how far changes were shown, for the latest time it was begun."""
        values = {
            "of_id": id,
            "list": list,
            "shown_until": shown.until,
            "removed": shown.removed,
        }
        self._transaction.write(_BEGIN_LIST, values)

    def list_begun(self, id: TokenId, list: str) -> Shown | None:
        """Returns how far changes were shown when the list was begun."""
        row = self._transaction.row(_LIST_BEGUN, {"of_id": id, "of_list": list})
        return None if row is None else Shown(row.shown_until, row.removed)

    def all(self) -> Sequence[Token]:
        """Returns every token, newest first."""
        return [_from_row(row) for row in self._transaction.rows(_ALL)]

    def revoke(self, id: TokenId, moment: datetime) -> bool:
        """Revokes a token, and says whether it was there and not revoked."""
        return self._transaction.write(_REVOKE, {"of_id": id, "moment": moment}) == 1


def _from_row(row: Row) -> Token:
    return Token(
        id=TokenId(row.public_id),
        lead_provider=row.lead_provider,
        secret_hash=row.secret_hash,
        created_at=row.created_at,
        expires_on=row.expires_on,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )
