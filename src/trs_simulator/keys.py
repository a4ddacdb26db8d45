"""Says who may call, as which user, and what for."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

GET_PERSON, APPROPRIATE_BODY = "GetPerson", "AppropriateBody"

FAR_PAST = 0.0


@attrs.frozen
class Key:
    """Holds an API key of an application user, whose calls are counted together."""

    secret: str = attrs.field(repr=False)
    user: str
    roles: frozenset[str] = frozenset({GET_PERSON})
    expires_at: float | None = None  # seconds since 1970


DEMO_KEYS = (
    Key("simulator-key", "register-ects"),
    Key("simulator-appropriate-body-key", "appropriate-body", frozenset({APPROPRIATE_BODY})),
    Key("simulator-key-without-role", "no-role", frozenset()),
    Key("simulator-expired-key", "expired", expires_at=FAR_PAST),
)


class KeyRing:
    """Holds every key there is."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._keys = {key.secret: key for key in keys}

    def holder(self, authorization: str, now: float) -> Key | None:
        """Returns the key in a header; the scheme is read without case, the key exactly."""
        scheme, _, secret = authorization.partition(" ")
        key = self._keys.get(secret) if scheme.lower() == "bearer" else None
        expired = key is not None and key.expires_at is not None and key.expires_at <= now
        return None if expired else key
