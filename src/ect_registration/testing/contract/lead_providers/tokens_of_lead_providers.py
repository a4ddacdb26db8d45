"""A token lets in until it is revoked or expires, and every request with it is counted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import attrs

from ect_registration.domain.lead_providers.tokens import Token, TokenId, hash_of
from ect_registration.ports.stored.lead_providers import Admission, Shown
from ect_registration.testing.examples import LEAD_PROVIDER, NOW
from ect_registration.testing.steps import Action, Store, keep, outcome, seen

HASH = hash_of("ect_lp_invented")
WINDOW = timedelta(minutes=5)


def _token(**changes: object) -> Token:
    token = Token(TokenId(uuid4()), LEAD_PROVIDER, HASH, NOW, expires_on=date(2026, 9, 9))
    return attrs.evolve(token, **changes)  # type: ignore[arg-type]  # changes are attributes


def _adding(token: Token) -> Action:
    return lambda uow: uow.tokens.add(token)


def _admitted(store: Store, seconds: float = 0, hash: str = HASH) -> Admission | None:
    with store.unit_of_work() as uow:
        admission = uow.tokens.admit(hash, NOW + timedelta(seconds=seconds), WINDOW)
        uow.commit()
    return admission


class TokensOfLeadProviders:
    """A token lets in until it is revoked or expires, and every request with it is counted."""

    def test_requests_are_counted_from_the_first_of_a_window(self, store: Store) -> None:
        """When the window is over, the count starts again."""
        token = _token()
        keep(store, _adding(token))

        assert _admitted(store) == Admission(token.id, LEAD_PROVIDER, 1, NOW)
        assert _admitted(store, 299) == Admission(token.id, LEAD_PROVIDER, 2, NOW)
        assert _admitted(store, 300) == Admission(token.id, LEAD_PROVIDER, 1, NOW + WINDOW)

    def test_the_latest_use_of_a_token_is_kept(self, store: Store) -> None:
        """It is listed with the moment of its last request."""
        token = _token()
        keep(store, lambda uow: uow.tokens.add(token))
        _admitted(store, 7)

        used = attrs.evolve(token, last_used_at=NOW + timedelta(seconds=7))
        assert list(seen(store, lambda uow: uow.tokens.all())) == [used]

    def test_no_other_secret_lets_in(self, store: Store) -> None:
        """Unknown secrets and expired tokens are refused; a token is accepted on its last day."""
        keep(store, lambda uow: uow.tokens.add(_token(expires_on=NOW.date())))

        assert _admitted(store, hash=hash_of("another")) is None
        assert _admitted(store) is not None
        assert _admitted(store, timedelta(days=1).total_seconds()) is None

    def test_a_token_expires_at_midnight_in_london(self, store: Store) -> None:
        """In summer, that is an hour before midnight in UTC."""
        keep(store, lambda uow: uow.tokens.add(_token(expires_on=NOW.date())))
        midnight = datetime(2025, 9, 10, 23, tzinfo=UTC)
        seconds = (midnight - NOW).total_seconds()

        assert _admitted(store, seconds - 1) is not None
        assert _admitted(store, seconds) is None

    def test_a_revoked_token_lets_nobody_in(self, store: Store) -> None:
        """Revoking it again, or one that there is not, changes nothing."""
        token = _token()
        keep(store, lambda uow: uow.tokens.add(token))
        with store.unit_of_work() as uow:
            revoked = [uow.tokens.revoke(token.id, NOW) for _ in range(2)]
            revoked.append(uow.tokens.revoke(TokenId(uuid4()), NOW))
            uow.commit()

        assert revoked == [True, False, False]
        assert _admitted(store) is None

    def test_a_token_has_a_lead_provider_and_a_secret_of_its_own(self, store: Store) -> None:
        """An unknown lead provider and a secret that is taken are refused."""
        token = _token()
        keep(store, lambda uow: uow.tokens.add(token))

        for other in (_token(), _token(lead_provider="Nobody", secret_hash=hash_of("other"))):
            assert outcome(store, _adding(other)) == "conflict"

    def test_tokens_are_listed_newest_first(self, store: Store) -> None:
        """The later added one of two tokens of the same moment comes first."""
        first, second = _token(), _token(secret_hash=hash_of("second"))
        newest = _token(secret_hash=hash_of("newest"), created_at=NOW + timedelta(days=1))
        for token in (newest, first, second):
            keep(store, _adding(token))

        assert list(seen(store, lambda uow: uow.tokens.all())) == [newest, second, first]

    def test_it_is_kept_when_a_list_was_begun(self, store: Store) -> None:
        """The latest time is kept for each token and list."""
        token, list_read = _token(), "f" * 64
        first, later = Shown(NOW, removed=1), Shown(NOW + WINDOW, removed=2)
        keep(store, _adding(token))
        keep(store, lambda uow: uow.tokens.begin_list(token.id, list_read, first))
        keep(store, lambda uow: uow.tokens.begin_list(token.id, list_read, later))

        begun = seen(store, lambda uow: uow.tokens.list_begun(token.id, list_read))
        other = seen(store, lambda uow: uow.tokens.list_begun(token.id, "e" * 64))
        assert (begun, other) == (later, None)
