"""What it costs to know who is asking, and whether they may: statements, and a part of a page."""

from __future__ import annotations

from datetime import datetime, timedelta
from statistics import median
from time import perf_counter

import attrs
from flask import Flask
from flask.testing import FlaskClient

from adapters.system_clock import SystemClock
from bench.measuring import Measure
from bench.registration import recorded
from bench.served import DATABASES, HERE, SOMEBODY, filled, get, log_to_nowhere, served
from entrypoints.web.platform import access
from integration.web.foundation import sign_in

STATEMENTS, PART_OF_A_PAGE = 2.0, 0.15
ADDRESS = "/school/ects"
ECTS = 200
ROUNDS = 100


class Earlier(SystemClock):
    """A while ago: the first page after it writes down that the session is used."""

    def now(self) -> datetime:
        """Two minutes ago."""
        return super().now() - timedelta(minutes=2)


def measure() -> list[Measure]:
    """On SQLite in a file and on PostgreSQL, by the page that is looked at most."""
    measures = []
    log_to_nowhere()
    for name, new_database in DATABASES.items():
        with new_database() as url, served(filled(url, ECTS, 0)) as (app, client):
            measures += [_statements(name, app), _time(name, app, client)]
    return measures


def _statements(name: str, app: Flask) -> Measure:
    """Of the page that notes the use of the session: others have one less."""
    client, ports = app.test_client(), app.extensions["ect"].ports
    sign_in(client, attrs.evolve(ports, clock=Earlier()), SOMEBODY, HERE)
    with recorded() as statements:
        _guard(app, client)
    what = f"{name}, session and authorisation"
    return Measure(what, float(len(statements)), STATEMENTS, "statements")


def _time(name: str, app: Flask, client: FlaskClient) -> Measure:
    page, guard = [], []
    for _ in range(ROUNDS):
        began = perf_counter()
        get(client, ADDRESS)
        page.append(perf_counter() - began)
        guard.append(_guard(app, client))
    ours, whole = median(guard), median(page)
    note = f"{ours * 1e3:.2f} ms of {whole * 1e3:.1f} ms"
    what = f"{name}, session and authorisation"
    return Measure(what, ours / whole, PART_OF_A_PAGE, "of a page", note)


def _guard(app: Flask, client: FlaskClient) -> float:
    """The seconds that it takes to let somebody in who has this browser's cookie."""
    cookie = client.get_cookie("session")
    assert cookie is not None
    with app.test_request_context(ADDRESS, headers={"Cookie": f"session={cookie.value}"}):
        began = perf_counter()
        assert access.let_in_or_send_away() is None
        return perf_counter() - began
