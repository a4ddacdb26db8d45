"""The cookie, signed: it holds the key of a session and a token, and nothing about anybody."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from entrypoints.web.platform.settings import WebSettings


class PlainJson:
    """Texts and what is made of them: Flask's own way would look for dates and tuples in each."""

    dumps = staticmethod(json.JSONEncoder(separators=(",", ":")).encode)
    loads = staticmethod(json.loads)


class Cookies(SecureCookieSessionInterface):
    """Flask's, but for making the serializer once rather than for every request."""

    serializer: Any = PlainJson
    _made: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """With the key that the application was made with."""
        if self._made is None:
            self._made = super().get_signing_serializer(app)
        return self._made


def set_up(app: Flask) -> None:
    """Each application signs with its own key."""
    app.session_interface = Cookies()


def cookie_name(settings: WebSettings) -> str:
    """Over https one that no other host can set."""
    return "__Host-session" if settings.secure else "session"
