"""`make journeys`: users of as many schools register ECTs at once, over the production server.

Each registers one ECT after the other, looking at every page as a browser does, on SQLite and on
PostgreSQL. What is measured depends on the machine; what must hold are ratios of one run.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from html import unescape
from math import inf
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import attrs

from bench.measuring import Measure
from contests import BORN_ON, HUB, PROVIDER, TODAY, YEAR, contest_ports, people
from ect_registration.domain.school import AppropriateBody, BodyKind, LeadProvider, School
from ect_registration.domain.sessions import Person
from ect_registration.domain.values import Urn
from ect_registration.domain.world import OpenYear, World
from ect_registration.use_cases.operating.load_world import load_world
from entrypoints import bootstrap
from entrypoints.web.app import create_app
from entrypoints.web.platform.environment.settings import WebSettings
from integration.postgresql import fresh_postgresql_url
from integration.web.foundation import KEY, sign_in, token_in

USERS = (8, 16)
JOURNEYS = 12  # by each user, and a few before that nobody measures
WARMING_UP = 2

OF_SQLITE = 0.75  # of the journeys a second on SQLite, on PostgreSQL
TIMES_THE_MEDIAN = 10.0  # for the slowest hundredth
RETRIES = 1 / 20  # of a unit of work, for each registration
TRIES = 3  # in turns: what else the machine does makes either slower, never faster

PROGRAM = """
import sys
from entrypoints.settings.config import read_settings
from entrypoints.web.platform.environment.settings import web_settings
from entrypoints.web.serving.production import serve
settings = read_settings()
serve(settings, web_settings(settings), sys.argv[1], workers=2)
"""
SHOWN = re.compile(r'name="shown" value="([^"]*)"')


def a_date(field: str, day: int, month: int, year: int) -> dict[str, object]:
    """In three boxes."""
    return {f"{field}-day": day, f"{field}-month": month, f"{field}-year": year}


BORN = a_date("date_of_birth", BORN_ON.day, BORN_ON.month, BORN_ON.year)
ANSWERS: Mapping[str, Mapping[str, object]] = {
    "name": {"name_is_correct": "yes"},
    "start-date": a_date("start_date", 1, 9, 2025),
    "working-pattern": {"working_pattern": "full_time"},
    "reuse-choices": {"reuse_choices": "no"},
    "appropriate-body": {"appropriate_body": HUB},
    "programme": {"programme": "provider_led"},
    "lead-provider": {"lead_provider": PROVIDER},
}


@attrs.define
class User:
    """Somebody at a school of their own, with a browser and a list of ECTs to register."""

    port: int
    cookie: str
    trns: Sequence[str]
    token: str = ""
    seconds: list[float] = attrs.Factory(list)  # each request took
    confirming: list[float] = attrs.Factory(list)  # each confirmation took
    failures: list[str] = attrs.Factory(list)

    def register_all(self, which: slice) -> None:
        """One after the other."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as browser:
            for trn in self.trns[which]:
                try:
                    self._register(browser, trn)
                except AssertionError as failure:
                    self.failures.append(str(failure))

    def _register(self, browser: http.client.HTTPConnection, trn: str) -> None:
        self.token = token_in(self._ask(browser, "/cookies")[1])
        address, _ = self._ask(browser, "/school/register-ect", {})
        while not address.endswith("/done"):
            _, page = self._ask(browser, address)
            step = address.rpartition("/")[2]
            confirms = step == "check-answers"
            answer = self._answer(step, trn, page)
            after, _ = self._ask(browser, address, answer, confirms=confirms)
            assert after != address, f"{step} was not answered"
            address = after

    def _answer(self, step: str, trn: str, page: str) -> Mapping[str, object]:
        if step == "find":
            return {
                "trn": trn,
                **a_date("date_of_birth", BORN_ON.day, BORN_ON.month, BORN_ON.year),
            }
        if step == "email":
            return {"email": f"ect{trn}@example.org"}
        if step == "check-answers":
            found = SHOWN.search(page)
            assert found, "check answers shows nothing"
            return {"shown": unescape(found[1])}
        assert step in ANSWERS, f"{step} was not expected"
        return ANSWERS[step]

    def _ask(
        self,
        browser: http.client.HTTPConnection,
        address: str,
        form: Mapping[str, object] | None = None,
        *,
        confirms: bool = False,
    ) -> tuple[str, str]:
        """Where it leads, and the page. Raises AssertionError for anything but success."""
        headers, body = {"Cookie": self.cookie, "Host": "127.0.0.1"}, None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({"csrf_token": self.token, **form})
        began = time.perf_counter()
        browser.request("GET" if form is None else "POST", address, body, headers)
        answer = browser.getresponse()
        page = answer.read().decode()
        took = time.perf_counter() - began
        if given := answer.headers.get("Set-Cookie"):
            self.cookie = given.partition(";")[0]
        (self.confirming if confirms else self.seconds).append(took)
        wanted = 200 if form is None else 303
        assert answer.status == wanted, f"{address.rpartition('/')[2]}: {answer.status}"
        return urlsplit(answer.headers.get("Location", address)).path, page


@attrs.frozen
class Measured:
    """What came of so many users on one database."""

    a_second: float
    pages: Sequence[float]
    confirmations: Sequence[float]
    failures: Sequence[str]
    retries: float  # for each registration

    def __str__(self) -> str:
        return (
            f"{self.a_second:.1f} journeys a second; a page {_told(self.pages)};"
            f" a confirmation {_told(self.confirmations)}; {len(self.failures)} failures;"
            f" {self.retries:.3f} retries for each registration"
        )


def _together(tries: Sequence[Measured]) -> Measured:
    """Returns every page and confirmation of some tries, and the most retries of any."""
    return Measured(
        max(one.a_second for one in tries),
        [took for one in tries for took in one.pages],
        [took for one in tries for took in one.confirmations],
        [failure for one in tries for failure in one.failures],
        max(one.retries for one in tries),
    )


def _told(seconds: Sequence[float]) -> str:
    if len(seconds) < 2:
        return "never"
    return f"{median(seconds) * 1e3:.0f} ms, p99 {_p99(seconds) * 1e3:.0f} ms"


def _p99(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=100, method="inclusive")[-1]


def _world(users: int, each: int) -> World:
    return World(
        academic_years=(OpenYear(YEAR, open_for_registration=True),),
        schools=tuple(School(_school(number), f"School {number}") for number in range(users)),
        appropriate_bodies=(AppropriateBody(HUB, BodyKind.TEACHING_SCHOOL_HUB),),
        lead_providers=(LeadProvider(PROVIDER, frozenset({YEAR})),),
        trs_people=tuple(people(users * each)),
    )


def _school(number: int) -> Urn:
    return Urn(f"{100_001 + number}")


def _file_of(world: World, folder: Path) -> Path:
    """The people whom TRS knows."""
    file = folder / "people.json"
    rows = [
        {
            "trn": person.trn.digits,
            "date_of_birth": BORN_ON.isoformat(),
            "first_name": person.first_name,
            "last_name": person.last_name,
        }
        for person in world.trs_people
    ]
    file.write_text(json.dumps({"trs_people": rows}), encoding="utf-8")
    return file


def _cookies(database: str, users: int) -> Iterator[str]:
    """Sign everybody in, each at a school of their own."""
    nobody = bootstrap.world_teacher_records(World())
    with bootstrap.open_ports_on(database, nobody, bootstrap.build_clock(TODAY)) as ports:
        app = create_app(ports, WebSettings("test", "http://127.0.0.1", KEY))
        for number in range(users):
            client = app.test_client()
            sign_in(client, ports, Person(f"user-{number}", f"User {number}"), _school(number))
            cookie = client.get_cookie("session")
            assert cookie is not None
            yield f"{cookie.key}={cookie.value}"


def measure(database: str, users: int, folder: Path) -> Measured:
    """Let so many users register on a database that is empty."""
    each = WARMING_UP + JOURNEYS
    world = _world(users, each)
    load_world(world, "journeys", contest_ports(database, 0))
    cookies = list(_cookies(database, users))
    trns = [person.trn.digits for person in world.trs_people]
    with _serving(database, world, folder) as (port, retries):
        at_work = [
            User(port, cookie, trns[number * each : (number + 1) * each])
            for number, cookie in enumerate(cookies)
        ]
        _all(at_work, slice(WARMING_UP))
        for user in at_work:
            user.seconds.clear()
            user.confirming.clear()
        before, began = retries(), time.perf_counter()
        _all(at_work, slice(WARMING_UP, None))
        took, again = time.perf_counter() - began, retries() - before
    confirmations = [took for user in at_work for took in user.confirming]
    return Measured(
        len(confirmations) / took,
        [took for user in at_work for took in user.seconds],
        confirmations,
        [failure for user in at_work for failure in user.failures],
        again / max(1, len(confirmations)),
    )


def _all(users: Sequence[User], which: slice) -> None:
    with ThreadPoolExecutor(len(users)) as threads:
        for done in [threads.submit(user.register_all, which) for user in users]:
            done.result()


@contextmanager
def _serving(
    database: str, world: World, folder: Path
) -> Iterator[tuple[int, Callable[[], float]]]:
    """The port of a server with two workers, and how often its units of work have run again."""
    port, metrics = _free_port(), _free_port()
    environment = {
        "ECT_ENV": "test",
        "ECT_BASE_URL": "http://127.0.0.1",
        "ECT_SECRET_KEY": KEY,
        "ECT_TODAY": TODAY.isoformat(),
        "ECT_DATABASE_URL": database,
        "ECT_TRS_URL": f"world:{_file_of(world, folder)}",
        "ECT_METRICS_BIND": f"127.0.0.1:{metrics}",
    }
    log_file = folder / "server.log"
    with (
        log_file.open("w") as log,
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, f"127.0.0.1:{port}"],
            env={**os.environ, **environment},
            stderr=log,
        ) as server,
    ):
        try:
            _until_ready(server, port, log_file)
            yield port, lambda: _retries(metrics)
        finally:
            server.terminate()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def _until_ready(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    while server.poll() is None:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as client:
                client.request("GET", "/health/ready")
                if client.getresponse().status == http.HTTPStatus.OK:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start: {log.read_text()[-1000:]}")


def _retries(port: int) -> float:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        lines = answer.read().decode().splitlines()
    return sum(float(line.split()[1]) for line in lines if line.startswith("ect_retries_total "))


def _new_database(kind: str, folder: Path) -> str:
    if kind == "PostgreSQL":
        return fresh_postgresql_url(durable=True)
    url = f"sqlite:///{folder / f'{uuid4()}.db'}"
    bootstrap.upgrade_database(url)
    return url


def compared(users: int, folder: Path) -> Iterator[Measure]:
    """Both databases with so many users, in turns, and what must hold of them."""
    on: dict[str, list[Measured]] = {"SQLite": [], "PostgreSQL": []}
    behind = inf
    while behind > 1 / OF_SQLITE and len(on["PostgreSQL"]) < TRIES:
        for name, measured in on.items():
            database = _new_database(name, folder)
            measured.append(measure(database, users, folder))
            print(f"{name}, {users} users: {measured[-1]}", flush=True)
        fastest = {name: max(one.a_second for one in measured) for name, measured in on.items()}
        behind = fastest["SQLite"] / fastest["PostgreSQL"]
    yield Measure(f"{users} users: SQLite against PostgreSQL", behind, 1 / OF_SQLITE, "times")
    for name, measured in on.items():
        found = _together(measured)
        what = f"{users} users, {name}"
        slowest = _p99(found.confirmations) / median(found.confirmations)
        unit = "times the median"
        yield Measure(f"{what}: p99 of a confirmation", slowest, TIMES_THE_MEDIAN, unit)
        yield Measure(f"{what}: retries", found.retries, RETRIES, "for each registration")
        told = ", ".join(sorted(set(found.failures))[:3])
        yield Measure(f"{what}: failures", len(found.failures), 0, "journeys", told)


def main() -> int:
    """Exit status 1 when a ratio does not hold."""
    over = 0
    with tempfile.TemporaryDirectory(dir=".venv") as folder:  # a real disk: /tmp may be memory
        for users in map(int, sys.argv[1:]) if sys.argv[1:] else USERS:
            for found in compared(users, Path(folder).absolute()):
                print(found, flush=True)
                over += not found.holds
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
