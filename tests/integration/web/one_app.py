"""One application for each setting of a run, to which each client brings its own ports.

To make an application takes longer than most tests of a page.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import attrs
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ect_registration.ports.sign_in import SignIn
from ect_registration.use_cases.transactions import Ports
from entrypoints.web.app import Service
from entrypoints.web.information.health_checks import checks_of
from entrypoints.web.platform.context import KEY, Context, attach
from entrypoints.web.platform.environment.settings import WebSettings
from entrypoints.web.platform.requests.request_snapshot import one_look_a_page
from integration.web.foundation import OVER_HTTP, memory_ports, new_app


class Client(FlaskClient):
    """A browser at a service with these ports. One asks after the other, not from two threads."""

    context: Context

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask, whoever asked last."""
        attach(self.application, self.context)
        return super().open(*args, **kwargs)

    def goes_on_with(self, ports: Ports) -> None:
        """The service has these ports from now on."""
        self.context = attrs.evolve(self.context, ports=one_look_a_page(ports))

    def another(self, **options: Any) -> Client:
        """A second browser, which nobody has signed in at."""
        client = Client(self.application, self.application.response_class, **options)
        client.context = self.context
        return client


def client_on(
    ports: Ports,
    settings: WebSettings = OVER_HTTP,
    sign_in: SignIn | None = None,
    **options: Any,
) -> Client:
    """A browser at the service as in production, on these ports."""
    app = _app(settings)
    made: Context = app.extensions[KEY]
    client = Client(app, app.response_class, **options)
    client.context = Context(
        one_look_a_page(ports), settings, made.assets, checks_of(ports), sign_in=sign_in
    )
    return client


def restart() -> None:
    """Later clients are at applications that remember nothing of before."""
    _app.cache_clear()


@lru_cache
def _app(settings: WebSettings) -> Service:
    return new_app(memory_ports(), settings)
