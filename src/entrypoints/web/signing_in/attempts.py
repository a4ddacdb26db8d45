"""Attempts to sign in that are under way: one for each tab, each in a cookie of its own.

Tabs that a browser restores ask at the same time. In one cookie for all of them, the answer to one
would overwrite what the answer to another has just kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Self

import attrs
from flask import Response, after_this_request, current_app, request
from itsdangerous import BadData, URLSafeSerializer

from ect_registration.ports.sign_in import Attempt
from entrypoints.web.platform.context import current_ports, here
from entrypoints.web.platform.cookies import PlainJson

MOST = 5  # tabs
LIFE = timedelta(hours=1)  # time enough to be let in, or to set a new password, at DfE Sign-in
MOST_BYTES = 4096  # of all together: servers take a header of eight thousand
SALT = "an attempt to sign in"


@attrs.frozen
class UnderWay:
    """An attempt to sign in, the page to go to afterwards (or empty), and when it began."""

    attempt: Attempt
    page: str
    begun: float

    @classmethod
    def read(cls, written: str) -> Self | None:
        """Returns the attempt; None for a text that we did not write, or older than an hour."""
        try:
            state, nonce, verifier, page, begun = _serializer().loads(written)
        except (BadData, TypeError, ValueError):
            return None
        found = cls(Attempt(state, nonce, verifier), page, begun)
        return found if 0 <= _now() - found.begun < LIFE.total_seconds() else None

    @property
    def written(self) -> str:
        """Returns the signed text of the attempt in its cookie."""
        attempt = (self.attempt.state, self.attempt.nonce, self.attempt.verifier)
        return str(_serializer().dumps([*attempt, self.page, self.begun]))


def keep(attempt: Attempt, page: str) -> None:
    """Keeps an attempt until the browser comes back, and removes the oldest of too many."""
    written = UnderWay(attempt, page, _now()).written
    _make_room(len(written))
    _set(_name(attempt.state), written)


def take(state: str) -> UnderWay | None:
    """Returns the attempt with this state and removes it; other tabs keep theirs."""
    name = _name(state)
    if name not in request.cookies:
        return None
    _set(name, None)
    return UnderWay.read(request.cookies[name])


def _make_room(new: int) -> None:
    """Removes the oldest attempts, so that a new one of this length fits."""
    found = [(UnderWay.read(text), name, len(text)) for name, text in _kept()]
    used, there = new, 1
    for each, name, length in sorted(found, key=_age):
        used, there = used + length, there + 1
        if each is None or there > MOST or used > MOST_BYTES:
            _set(name, None)


def _age(kept: tuple[UnderWay | None, str, int]) -> float:
    return float("-inf") if kept[0] is None else -kept[0].begun


def _kept() -> Iterator[tuple[str, str]]:
    prefix = _name_prefix()
    return ((name, text) for name, text in request.cookies.items() if name.startswith(prefix))


def _set(name: str, text: str | None) -> None:
    """Sets a cookie in the answer to this request; None removes it."""

    def on(answer: Response) -> Response:
        answer.set_cookie(
            name,
            text or "",
            max_age=int(LIFE.total_seconds()) if text else 0,
            secure=here().settings.secure,
            httponly=True,
            samesite="Lax",
        )
        return answer

    after_this_request(on)


def _name(state: str) -> str:
    """Returns the cookie's name, which holds a hash of the state."""
    return _name_prefix() + hashlib.sha256(state.encode(errors="replace")).hexdigest()[:16]


def _name_prefix() -> str:
    return "__Host-sign-in-" if here().settings.secure else "sign-in-"


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], SALT, serializer=PlainJson)


def _now() -> float:
    return current_ports().clock.now().timestamp()
