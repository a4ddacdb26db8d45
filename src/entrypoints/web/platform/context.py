"""The ports and settings of a running application."""

from __future__ import annotations

import time

import attrs
from flask import Blueprint, Flask, current_app, g

from ect_registration.ports.deadline import Deadline
from ect_registration.ports.sign_in import SignIn
from ect_registration.use_cases.transactions import Ports
from entrypoints.observing.observer import Observer, Unobserved
from entrypoints.web.information.health_checks import HealthChecks, LastFound
from entrypoints.web.platform.environment.settings import WebSettings
from entrypoints.web.platform.requests.longest_answers import longest_answer
from entrypoints.web.static_files.assets import Assets

KEY = "ect"
ALL_WELL = "database ok; TRS ok"  # as the health page has it


@attrs.frozen
class DemoPages:
    """The pages that a demo adds to the service. Production has none."""

    blueprint: Blueprint
    sign_in: str  # the endpoint where the user chooses who to be
    panel: object  # what templates call "demo"


@attrs.frozen
class Context:
    """The ports and settings of one application; there are no globals."""

    ports: Ports
    settings: WebSettings
    assets: Assets
    checks: HealthChecks
    demo: DemoPages | None = None
    sign_in: SignIn | None = None  # DfE Sign-in, where it is set up
    observer: Observer = attrs.Factory(Unobserved)
    last_found: LastFound = attrs.Factory(lambda: LastFound(ALL_WELL))


def attach(app: Flask, context: Context) -> None:
    """Attaches the context to the application."""
    app.extensions[KEY] = context


def here() -> Context:
    """Returns the context of the application that is answering."""
    context: Context = current_app.extensions[KEY]
    return context


def current_ports() -> Ports:
    """Returns the ports, for a view to give to a use case; they keep to the request's deadline."""
    ports: Ports | None = g.get("ports")
    if ports is None:
        ports = g.ports = here().ports.within(Deadline.after(longest_answer() - _waited()))
    return ports


def take_longer(seconds: float) -> None:
    """Gives this request another deadline: it does what otherwise takes several requests."""
    g.ports = here().ports.within(Deadline.after(seconds - _waited()))


def _waited() -> float:
    """Returns the seconds since all of this request was here: it may have waited for a thread."""
    now = time.perf_counter()
    began: float = g.get("began", now)
    return now - began
