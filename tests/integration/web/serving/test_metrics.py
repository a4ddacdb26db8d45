"""What Prometheus is told: of all workers, and never of a person."""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import attrs
import httpx
import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from adapters.sql.queries.stored import counts
from adapters.sql.store import SqlStore
from builders import TODAY, a_world
from ect_registration.domain.sessions import Person
from ect_registration.domain.values import Trn, Urn
from ect_registration.ports.deadline import NEVER, Deadline
from ect_registration.ports.errors import Conflict, Contention, Unavailable
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.signing_in.sessions import begin_session
from ect_registration.use_cases.transactions import Ports, transact
from entrypoints import bootstrap
from entrypoints.observing.observed_ports import ObservedSignIn, observed
from entrypoints.observing.observer import Dependency
from entrypoints.observing.prometheus import PrometheusObserver, StoredCollector
from entrypoints.settings.config import SettingsError
from entrypoints.web.app import create_app
from entrypoints.web.platform.environment.settings import read_web_settings
from integration.postgresql import temporary_postgresql_url
from integration.web.foundation import KEY, OVER_HTTP, memory_ports
from integration.web.production import production
from integration.web.registering import Registering

RIGHT = {"ECT_SECRET_KEY": KEY, "ECT_BASE_URL": "https://ect.example/"}


@attrs.frozen
class Heard:
    """An observer that remembers."""

    what: list[tuple[object, ...]] = attrs.Factory(list)

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        assert seconds >= 0
        self.what.append(("request", route, method, status))

    def outcome(self, journey: str, outcome: str) -> None:
        self.what.append(("outcome", journey, outcome))

    def call(self, dependency: Dependency, result: str, seconds: float) -> None:
        assert seconds >= 0
        self.what.append((dependency.value, result))

    def retried(self) -> None:
        self.what.append(("retried",))

    def waited(self, seconds: float) -> None:
        assert seconds >= 0
        self.what.append(("waited",))


def _registering(heard: Heard) -> Registering:
    """Somebody at the pages of a service that is watched."""
    registering = Registering.in_town()
    ports = observed(registering.service.ports, heard)
    client = create_app(ports, OVER_HTTP, observer=heard).test_client()
    client._cookies.update(registering.client._cookies)
    return attrs.evolve(registering, client=client)


def test_requests_are_told_by_route_and_status() -> None:
    """Never by address: it may name a person."""
    heard = Heard()
    client = create_app(memory_ports(), OVER_HTTP, observer=heard).test_client()
    for page in (
        "/cookies",
        "/school/ects/2d0a5d2e-6d56-4a6c-9f4e-0f3f0c5a3f10?name=somebody",
        "/no/such/page",
    ):
        client.get(page)
    client.open("/", method="PURGE")

    assert [each for each in heard.what if each[0] == "request"] == [
        ("request", "/cookies", "GET", 200),
        ("request", "/school/ects/<id>", "GET", 302),
        ("request", "none", "GET", 404),
        ("request", "none", "PURGE", 405),
    ]


def test_outcomes_of_journeys_are_told_by_rule() -> None:
    """A refusal when it is decided, and a registration when it is made."""
    heard = Heard()
    user = _registering(heard)
    user.go_on()
    user.register()
    user.begin()
    user.answer("find")
    outcomes = {each[2] for each in heard.what if each[0] == "outcome"}

    assert "done" in outcomes
    assert "already-in-progress-here" in outcomes


def test_calls_of_trs_and_the_database_are_told() -> None:
    """By what became of them."""
    heard = Heard()
    user = _registering(heard)
    user.begin()
    user.answer("find")

    assert ("trs", "ok") in heard.what
    assert ("database", "ok") in heard.what


class _Away:
    """A dependency that is out of reach."""

    def __getattr__(self, _: str) -> object:
        raise Unavailable("it")


def test_a_dependency_that_is_away_is_told() -> None:
    """Each of them."""
    heard = Heard()
    ports = observed(attrs.evolve(memory_ports(), teacher_records=_Away()), heard)
    with pytest.raises(Unavailable):
        ports.teacher_records.by_trn(Trn("1234567"))
    with pytest.raises(Unavailable):
        ObservedSignIn(_Away(), heard).organisations("user")

    def begin(deadline: Deadline = NEVER) -> UnitOfWork:
        raise Unavailable("database")

    with pytest.raises(Unavailable):
        observed(
            attrs.evolve(memory_ports(), unit_of_work=begin), heard
        ).unit_of_work().__enter__()

    assert heard.what == [
        ("trs", "unavailable"),
        ("sign_in", "unavailable"),
        ("database", "unavailable"),
    ]


def test_retries_are_told() -> None:
    """With what was in the way."""
    heard, troubles = Heard(), [Contention("busy"), Conflict("first")]

    def work(_: UnitOfWork) -> str:
        if troubles:
            raise troubles.pop()
        return "done"

    assert transact(observed(memory_ports(), heard), work) == "done"
    assert heard.what == [
        ("database", "conflict"),
        ("retried",),
        ("database", "contention"),
        ("retried",),
        ("database", "ok"),
    ]


def test_waits_for_the_one_writer_of_sqlite_are_told(tmp_path: Path) -> None:
    """Readers wait for nobody."""
    heard, url = Heard(), f"sqlite:///{tmp_path / 'ect.db'}"
    bootstrap.upgrade_database(url)
    with _open(url, heard) as ports:
        with ports.reading() as uow:
            uow.schools.find(Urn("100001"))
        before = list(heard.what)
        with ports.unit_of_work() as uow:
            uow.commit()

    assert ("waited",) not in before
    assert ("waited",) in heard.what


def _open(url: str, heard: Heard):
    nobody = bootstrap.world_teacher_records(a_world())
    return bootstrap.open_ports_on(url, nobody, bootstrap.build_clock(TODAY), heard)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path: Path):
    """The address of an empty database."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'ect.db'}"
        bootstrap.upgrade_database(address)
        yield address
    else:
        with temporary_postgresql_url() as address:
            yield address


def test_what_is_stored_is_counted_while_it_is_of_use(url: str) -> None:
    """Purged or not."""
    with _open(url, Heard()) as ports:
        load_world(a_world(), "loader", ports)
        school = a_world().schools[0].urn
        for _ in range(2):
            _sign_in(ports, school)
        now = ports.clock.now()
    with closing(SqlStore.at(url)) as store:
        found = [counts(store, now), counts(store, now + timedelta(hours=3))]

    assert found == [
        {"drafts": 0, "sessions": 2, "notices": 0},
        {"drafts": 0, "sessions": 0, "notices": 0},
    ]


def _sign_in(ports: Ports, urn: Urn) -> None:
    with ports.reading() as uow:
        school = uow.schools.find(urn)
    assert school is not None
    begin_session(Person("user", "Hannah"), [school], uuid4().hex * 2, ports)


def _families(
    registry: CollectorRegistry,
) -> Mapping[str, Sequence[tuple[str, Mapping[str, str], float]]]:
    return {
        family.name: [(each.name, each.labels, each.value) for each in family.samples]
        for family in registry.collect()
    }


def test_prometheus_is_told_in_its_words() -> None:
    """Each figure under a name of ours, with labels of few values."""
    registry = CollectorRegistry()
    observer = PrometheusObserver(registry)
    observer.request("/school/ects", "GET", 200, 0.02)
    observer.request("/school/ects", "INVENTED-BY-A-CLIENT", 405, 0.02)
    observer.outcome("/school/register-ect/<id>/<step>", "done")
    observer.call(Dependency.TRS, "unavailable", 5)
    observer.retried()
    observer.waited(0.5)
    found = _families(registry)

    assert {
        (labels["method"], labels["status"], value)
        for name, labels, value in found["ect_http_requests"]
        if name.endswith("_total")
    } == {("GET", "200", 1), ("other", "405", 1)}
    assert {name for name, samples in found.items() if samples} == {
        "ect_http_requests",
        "ect_http_request_seconds",
        "ect_outcomes",
        "ect_dependency_calls",
        "ect_dependency_call_seconds",
        "ect_retries",
        "ect_lock_wait_seconds",
    }


def test_without_a_database_the_other_figures_are_told() -> None:
    """And that it could not be asked."""

    def away() -> Mapping[str, int]:
        raise Unavailable("database")

    registry = CollectorRegistry()
    registry.register(StoredCollector(away))
    up = registry.get_sample_value("ect_database_up")

    assert up == 0


def test_the_figures_of_all_workers_are_told_at_an_address_of_their_own(tmp_path: Path) -> None:
    """Asked once, after requests that several workers have answered."""
    bootstrap.upgrade_database(f"sqlite:///{tmp_path / 'service.db'}")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        bind = f"127.0.0.1:{taken.getsockname()[1]}"
    with production(tmp_path, settings={"ECT_METRICS_BIND": bind}) as server:
        server.read_log_until("Booting worker", times=2)
        for _ in range(20):  # each on a connection of its own
            assert httpx.get(f"{server.address}/cookies", timeout=30).status_code == 200
        told = httpx.get(f"http://{bind}/metrics", timeout=30)
        on_the_pages = httpx.get(f"{server.address}/metrics", timeout=30)
    figures = {
        (sample.name, sample.labels.get("route", "")): sample.value
        for family in text_string_to_metric_families(told.text)
        for sample in family.samples
    }

    assert figures["ect_http_requests_total", "/cookies"] == 20
    assert figures["ect_http_request_seconds_count", "/cookies"] == 20
    assert (figures["ect_sessions", ""], figures["ect_drafts", ""]) == (0, 0)
    assert figures["ect_database_up", ""] == 1
    assert on_the_pages.status_code == 404


def test_the_alerts_of_the_documentation_are_about_figures_that_there_are() -> None:
    """A rule about a name that nobody tells would never fire."""
    text = (Path(__file__).parents[4] / "docs" / "watching.md").read_text("utf-8")
    named = set(re.findall(r"\bect_[a-z_]+\b", text.partition("```yaml")[2].partition("```")[0]))
    registry = CollectorRegistry()
    PrometheusObserver(registry)
    registry.register(StoredCollector(lambda: {"drafts": 1, "sessions": 1, "notices": 1}))
    told = {family.name for family in registry.collect()}
    bare = {re.sub(r"_(total|bucket|count|sum)$", "", name) for name in named}

    assert named
    assert bare <= told


@pytest.mark.parametrize("text", ["9102", "127.0.0.1:", ":9102", "127.0.0.1:99999", "unix:/x"])
def test_an_address_for_metrics_is_checked(text: str) -> None:
    """Before anything is served."""
    with pytest.raises(SettingsError, match="ECT_METRICS_BIND must be HOST:PORT"):
        read_web_settings({**RIGHT, "ECT_METRICS_BIND": text})
