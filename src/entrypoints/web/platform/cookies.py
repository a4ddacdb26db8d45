"""The signed cookie: it holds a session key and a token, and no personal data."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from entrypoints.web.platform.environment.settings import WebSettings


class PlainJson:
    """Serialises plain JSON, without Flask's search for dates and tuples in each value."""

    dumps = staticmethod(json.JSONEncoder(separators=(",", ":")).encode)
    loads = staticmethod(json.loads)


class Cookies(SecureCookieSessionInterface):
    """Flask's signed cookies, with a serializer that is made once and not for every request."""

    serializer: Any = PlainJson
    _made: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Returns the serializer with the application's key."""
        if self._made is None:
            self._made = super().get_signing_serializer(app)
        return self._made


def set_up(app: Flask) -> None:
    """Lets each application sign with its own key."""
    app.session_interface = Cookies()


def cookie_name(settings: WebSettings) -> str:
    """Returns the cookie's name: over https one that no other host can set."""
    return "__Host-session" if settings.secure else "session"
