"""Applications to ask, in this process."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from flask import Blueprint
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache

from adapters.sql.store import SqlStore
from adapters.system_clock import FixedDayClock
from builders import TODAY, a_world
from ect_registration.domain.rules.access import WhyNot
from ect_registration.domain.sessions import Person, Session
from ect_registration.domain.values import Urn
from ect_registration.domain.world import World
from ect_registration.testing.memory.store import MemoryStore
from ect_registration.testing.memory.teacher_records import MemoryTeacherRecords
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.signing_in.sessions import begin_session
from ect_registration.use_cases.transactions import Ports
from entrypoints.web.app import Service, create_app
from entrypoints.web.platform.access import open_to_everybody
from entrypoints.web.platform.environment.settings import WebSettings

KEY = "a key for tests, of 32 bytes or more"
OVER_HTTPS = WebSettings("test", "https://ect.example", KEY)
OVER_HTTP = WebSettings("test", "http://127.0.0.1", KEY)


def memory_ports(world: World | None = None) -> Ports:
    """Ports that need no database."""
    return ports_on(MemoryStore(), world or a_world())


def ports_on(store: MemoryStore | SqlStore, world: World) -> Ports:
    """Ports on a store, with everything of a world in it."""
    ports = Ports(
        unit_of_work=store.unit_of_work,
        reading=store.reading,
        teacher_records=MemoryTeacherRecords(world.trs_people),
        clock=FixedDayClock(TODAY),
        new_id=uuid4,
        pause=lambda _: None,
    )
    load_world(world, "loader", ports)
    return ports


class Compiled(BytecodeCache):
    """Templates compiled once for all applications of a run."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """If it is there."""
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """For the next application."""
        self._code[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def new_app(ports: Ports, settings: WebSettings, **options: Any) -> Service:
    """The service as in production, on these ports."""
    app = create_app(ports, settings, **options)
    app.jinja_env.bytecode_cache = COMPILED
    return app


def an_app(settings: WebSettings = OVER_HTTP, **options: Any) -> Service:
    """The service on ports in memory."""
    return new_app(memory_ports(), settings, **options)


def app_with(view: Callable[..., Any], settings: WebSettings = OVER_HTTP) -> FlaskClient:
    """A client of the service with one more page, at ``/page``."""
    app, extra = an_app(settings), Blueprint("extra", __name__)
    extra.add_url_rule("/page", "page", open_to_everybody(view), methods=["GET", "POST"])
    app.register_blueprint(extra)
    return app.test_client()


def sign_in(client: FlaskClient, ports: Ports, who: Person, *schools: Urn) -> Session:
    """As after DfE Sign-in: somebody with the role at these schools."""
    key = secrets.token_urlsafe(32)
    with ports.reading() as uow:
        found = [school for urn in schools if (school := uow.schools.find(urn))]
    why_not = "" if found else WhyNot.NO_ROLE.value
    hashed = hashlib.sha256(key.encode()).hexdigest()
    session = begin_session(who, found, hashed, ports, why_not=why_not)
    with client.session_transaction() as cookie:
        cookie.clear()
        cookie["key"] = key
    return session


def token_in(page: str) -> str:
    """The token that the page's forms would send."""
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]
