"""Tokens of lead providers, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import attrs

from ect_registration.domain.lead_providers.tokens import Token, TokenId
from ect_registration.ports.clock import day_in_london
from ect_registration.ports.errors import Conflict
from ect_registration.ports.stored.lead_providers import Admission, Shown
from ect_registration.testing.memory.guarantees import must_be_known
from ect_registration.testing.memory.state import Work


@attrs.frozen
class MemoryApiTokens:
    """Tokens by id."""

    _work: Work

    def add(self, token: Token) -> None:
        """Adds a token, whose id and secret are new."""
        with self._work.writing() as state:
            must_be_known("lead provider", token.lead_provider, state.lead_providers)
            taken = {each.secret_hash for each in state.tokens.values()}
            if token.id in state.tokens or token.secret_hash in taken:
                raise Conflict("a token with this id or this secret")
            state.tokens[token.id] = token

    def admit(self, secret_hash: str, now: datetime, window: timedelta) -> Admission | None:
        """Counts a request with this secret."""
        with self._work.writing() as state:
            for token in state.tokens.values():
                if token.secret_hash == secret_hash and token.is_accepted(day_in_london(now)):
                    state.tokens[token.id] = attrs.evolve(token, last_used_at=now)
                    before = state.requests.get(token.id)
                    admission = Admission(token.id, token.lead_provider, 1, now)
                    if before is not None and before.window_began_at > now - window:
                        admission = attrs.evolve(before, requests=before.requests + 1)
                    state.requests[token.id] = admission
                    return admission
            return None

    def begin_list(self, id: TokenId, list: str, shown: Shown) -> None:
        """Keeps how far changes were shown."""
        with self._work.writing() as state:
            state.lists[id, list] = shown

    def list_begun(self, id: TokenId, list: str) -> Shown | None:
        """Returns how far changes were shown when the list was begun."""
        return self._work.state.lists.get((id, list))

    def all(self) -> Sequence[Token]:
        """Returns every token, newest first; of the same moment, the one added later."""
        every = reversed(self._work.state.tokens.values())
        return sorted(every, key=lambda token: token.created_at, reverse=True)

    def revoke(self, id: TokenId, moment: datetime) -> bool:
        """Revokes a token, and says whether it was there and not revoked."""
        with self._work.writing() as state:
            token = state.tokens.get(id)
            if token is None or token.revoked_at is not None:
                return False
            state.tokens[id] = attrs.evolve(token, revoked_at=moment)
            return True
