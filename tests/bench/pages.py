"""The pages of the service: time against a bare Flask view, statements, and bytes to load.

The bare view renders the same template, with the same environment, from the values that the
service had ready for it the first time: no database, no session to check, nothing to log.
"""

from __future__ import annotations

import gzip
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import attrs
from flask import Flask, render_template, template_rendered
from flask.testing import FlaskClient

from adapters.sql.store import SqlStore
from bench.measuring import Measure, interleaved
from bench.registration import recorded
from builders import TODAY, URN
from crowds import FIRST, crowd
from ect_registration.world import World
from entrypoints import bootstrap
from entrypoints.web.app import Service, create_app
from entrypoints.web.logs import log_as_json
from entrypoints.web.settings import WebSettings
from integration.postgresql import fresh_postgresql_url

TIMES_A_BARE_VIEW, STATEMENTS = 1.5, 6.0
PAGE_BYTES, FIRST_LOAD_BYTES = 20_000.0, 250_000.0
HERE, ELSEWHERE = 200, 99_800  # ECTs
FEW = 10
ROUNDS = 60

KEY = "a key for measuring, of 32 bytes or more"
ASSET = re.compile(r"/assets/[\w.-]+")


@attrs.frozen
class Page:
    """One address of the service, for somebody who is signed in."""

    name: str
    address: str


PAGES = (
    Page("the ECTs page", "/school/ects"),
    Page("a search on the ECTs page", "/school/ects?search=teacher&status=mentor_required&page=2"),
    Page("one ECT", f"/school/ects/{UUID(int=FIRST)}"),
)


def measure() -> list[Measure]:
    """On SQLite in a file and on PostgreSQL; the bytes are the same on both."""
    with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):
        log_as_json()
        measures = []
        for name, new_database in DATABASES.items():
            with new_database() as few, new_database() as many:
                _fill(few, FEW, 0)
                _fill(many, HERE, ELSEWHERE)
                measures += [m for page in PAGES for m in _on(name, page, few, many)]
                if not any(m.unit == "bytes" for m in measures):
                    with _service(many) as app:
                        measures += [m for page in PAGES for m in _bytes(page, _client(app))]
    return measures


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:  # a real disk: /tmp may be memory
        url = f"sqlite:///{Path(folder) / 'pages.db'}"
        bootstrap.upgrade_database(url)
        yield url


@contextmanager
def _postgresql() -> Iterator[str]:
    yield fresh_postgresql_url(durable=True)


DATABASES: dict[str, Callable[[], Any]] = {"SQLite": _sqlite, "PostgreSQL": _postgresql}


def _fill(url: str, here: int, elsewhere: int) -> None:
    store = SqlStore.at(url)
    crowd(store, here, elsewhere)
    store.close()


@contextmanager
def _service(url: str) -> Iterator[Service]:
    records = bootstrap.world_teacher_records(World())
    with bootstrap.open_ports_on(url, records, bootstrap.build_clock(_today())) as ports:
        yield create_app(ports, WebSettings("production", "http://127.0.0.1", KEY))


def _today() -> date:
    return TODAY


def _client(app: Flask) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as session:
        session.update(user="user", name="Hannah", school=URN.digits, school_name="Larkfield")
    return client


def _on(name: str, page: Page, few: str, many: str) -> list[Measure]:
    """Statements on both databases, time on the large one."""
    statements = []
    for url in (few, many):
        with _service(url) as app:
            statements.append(_statements(_client(app), page))
    with _service(many) as app:
        ours, floor = _times(app, page)
    note = f"{ours * 1e3:.1f} ms against {floor * 1e3:.1f} ms"
    return [
        Measure(f"{name}, {page.name}: time", ours / floor, TIMES_A_BARE_VIEW, note=note),
        *(
            Measure(f"{name}, {page.name}, {ects:,} ECTs", count, STATEMENTS, "statements")
            for ects, count in zip((FEW, HERE + ELSEWHERE), statements, strict=True)
        ),
    ]


def _statements(client: FlaskClient, page: Page) -> float:
    """The second time, when everything that is prepared once has been."""
    _get(client, page.address)
    with recorded() as statements:
        _get(client, page.address)
    return float(len([text for text, *_ in statements if not text.startswith("BEGIN")]))


def _times(app: Service, page: Page) -> tuple[float, float]:
    client = _client(app)
    bare, ready = _bare(app, client, page)
    assert len(_get(bare, "/")) == len(_get(client, page.address)), ready
    for _ in range(ROUNDS // 4):  # drivers prepare what is asked for again and again
        _get(client, page.address)
    return interleaved(lambda: _get(client, page.address), lambda: _get(bare, "/"), ROUNDS)


def _bare(app: Service, client: FlaskClient, page: Page) -> tuple[FlaskClient, str]:
    """A client of the bare view, and the name of the template."""
    found: list[tuple[str, dict[str, Any]]] = []

    def keep(_: Flask, template: Any, context: dict[str, Any], **__: Any) -> None:
        found.append((template.name, dict(context)))

    with template_rendered.connected_to(keep, app):
        _get(client, page.address)
    [(name, values)] = found
    bare = Flask("bare")
    bare.config.update(app.config)
    vars(bare)["jinja_env"] = app.jinja_env
    bare.add_url_rule("/", "page", lambda: render_template(name, **values))
    return _client(bare), name


def _get(client: FlaskClient, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.data


def _bytes(page: Page, client: FlaskClient) -> list[Measure]:
    """Of the page, and of a first visit to it with everything that it loads."""
    html = len(gzip.compress(_get(client, page.address)))
    return [
        Measure(f"{page.name}: HTML", html, PAGE_BYTES, "bytes"),
        Measure(
            f"{page.name}: first load", html + _assets(client, page), FIRST_LOAD_BYTES, "bytes"
        ),
    ]


def _assets(client: FlaskClient, page: Page) -> int:
    """Everything that the page names, and what that names in turn, as it is sent.

    Typefaces and pictures that only some browsers would fetch count too.
    """
    known: dict[str, int] = {}
    waiting = [_get(client, page.address).decode()]
    while waiting:
        for address in set(ASSET.findall(waiting.pop())) - known.keys():
            sent = client.get(address, headers={"Accept-Encoding": "gzip"})
            known[address] = len(sent.data)
            if address.endswith((".css", ".js")):
                waiting.append(client.get(address).get_data(as_text=True))
    return sum(known.values())
