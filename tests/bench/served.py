"""The service to be measured, on databases with few ECTs and with very many; and the bare view."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, redirect_stderr
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import attrs
from flask import Flask, render_template, template_rendered
from flask.testing import FlaskClient

from adapters.sql.store import SqlStore
from bench.journeys import MENTOR, WITHOUT_MENTOR, assignment, ready_mentor
from contests import SCHOOLS, TODAY, Register, people, ready_journey, reference_data
from crowds import FIRST, crowd
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.sessions import Person
from ect_registration.domain.values import Trn
from ect_registration.domain.world import World
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.transactions import Actor, Ports
from entrypoints import bootstrap
from entrypoints.web.app import Service, create_app
from entrypoints.web.platform.environment.settings import WebSettings
from entrypoints.web.platform.logs import log_as_json
from entrypoints.web.serving.server import warmed_up
from integration.postgresql import fresh_postgresql_url
from integration.web.foundation import sign_in

KEY = "a key for measuring, of 32 bytes or more"
HERE, ELSEWHERE = SCHOOLS
MOST_PEOPLE = 400
BARE = "/bare"
SOMEBODY = Person("user", "Hannah")
ASHA = Trn("0000001")  # registered elsewhere, so that no page of the journey is left out
JOAN = Trn("0000002")


@cache
def log_to_nowhere() -> None:
    """As in production, but for where. Once: loggers keep the file that they began with."""
    with redirect_stderr(Path(os.devnull).open("w")):
        log_as_json()


@attrs.frozen
class Database:
    """Where it is, and what pages are about there."""

    url: str
    names: dict[str, str]  # what stands for {name} in an address


@contextmanager
def sqlite() -> Iterator[str]:
    """In a file."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:  # a real disk: /tmp may be memory
        url = f"sqlite:///{Path(folder) / 'pages.db'}"
        bootstrap.upgrade_database(url)
        yield url


@contextmanager
def postgresql() -> Iterator[str]:
    """A new one on the server that tests use."""
    yield fresh_postgresql_url(durable=True)


DATABASES: dict[str, Callable[[], AbstractContextManager[str]]] = {
    "SQLite": sqlite,
    "PostgreSQL": postgresql,
}


def filled(url: str, here: int, elsewhere: int) -> Database:
    """So many ECTs, and a journey of each kind that has come as far as it can."""
    with closing(SqlStore.at(url)) as store:
        crowd(store, here, elsewhere)
    return with_journeys(url, EctId(UUID(int=FIRST)), WITHOUT_MENTOR, MENTOR)


def with_journeys(url: str, ect: EctId, without_mentor: EctId, mentor: MentorId) -> Database:
    """A journey of each kind that has come as far as it can, for this ECT and this mentor."""
    with ports_on(url) as ports:
        load_world(reference_data(), "bench", ports)
        assert Register(ASHA.digits, ELSEWHERE.digits, "asha@example.org")(ports) == "registered"
        who = Actor(SOMEBODY.user, HERE)
        names = {
            "journey": ready_journey(ASHA, ports, who, date(2025, 9, 8)).journey,
            "new_mentor": ready_mentor(JOAN, ELSEWHERE, ports, who, without_mentor),
            "assignment": assignment(ports, who, without_mentor, mentor),
            "ect": ect,
            "without_mentor": without_mentor,
            "mentor": mentor,
        }
    return Database(url, {name: str(id) for name, id in names.items()})


@contextmanager
def ports_on(url: str) -> Iterator[Ports]:
    """On one database, until the block ends."""
    records = bootstrap.world_teacher_records(World(trs_people=tuple(people(MOST_PEOPLE))))
    with bootstrap.open_ports_on(url, records, bootstrap.build_clock(TODAY)) as ports:
        yield ports


@contextmanager
def served(database: Database) -> Iterator[tuple[Service, FlaskClient]]:
    """The service as in production, and somebody who is signed in."""
    with ports_on(database.url) as ports:
        app = warmed_up(create_app(ports, WebSettings("production", "http://127.0.0.1", KEY)))
        client = app.test_client()
        sign_in(client, ports, SOMEBODY, HERE)
        yield app, client


def get(client: FlaskClient, address: str) -> bytes:
    """What the page says."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.data


def bare_view(app: Service, client: FlaskClient, address: str) -> FlaskClient:
    """A client of a view that has everything ready, at ``BARE``."""
    found: list[tuple[str, dict[str, Any]]] = []

    def keep(_: Flask, template: Any, context: dict[str, Any], **__: Any) -> None:
        found.append((template.name, dict(context)))

    with template_rendered.connected_to(keep, app):
        get(client, address)
    [(name, values)] = found
    bare = Flask("bare", static_folder=None)
    bare.config.update(app.config)
    bare.extensions.update(app.extensions)  # templates ask for addresses of assets
    vars(bare)["jinja_env"] = app.jinja_env
    bare.url_map.converters.update(app.url_map.converters)
    for rule in app.url_map.iter_rules():
        bare.url_map.add(rule.empty())
    bare.add_url_rule(BARE, "bare", lambda: render_template(name, **values))
    return bare.test_client()
