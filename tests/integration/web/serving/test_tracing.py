"""Traces: a request with its statements, and nothing that says who a person is."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import attrs
import httpx
import pytest
from flask import Flask
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind

from builders import TODAY, a_world
from ect_registration.domain.sessions import Person
from ect_registration.use_cases.operating.load_world import load_world
from entrypoints import bootstrap
from entrypoints.observing.tracing import KNOWN, traced
from entrypoints.observing.tracing_wanted import is_installed, is_wanted
from entrypoints.web.app import create_app
from integration.web.foundation import OVER_HTTP, sign_in
from integration.web.production import production

SECRET = "2002-11-05"


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    """Keeps the spans."""
    return InMemorySpanExporter()


@pytest.fixture
def spans(exporter: InMemorySpanExporter, tmp_path: Path) -> Sequence[ReadableSpan]:
    """Of some requests of a user, on SQLite: a search, a page that breaks, an address of none."""
    url = f"sqlite:///{tmp_path / 'ect.db'}"
    bootstrap.upgrade_database(url)
    nobody = bootstrap.world_teacher_records(a_world())
    with ExitStack() as stack:
        trace = stack.enter_context(traced(exporter))
        clock = bootstrap.build_clock(TODAY)
        ports = stack.enter_context(bootstrap.open_ports_on(url, nobody, clock))
        load_world(a_world(), "loader", ports)
        app = create_app(ports, OVER_HTTP)
        app.add_url_rule("/breaks", "breaks", _declared(_breaks))
        trace(app)
        client = app.test_client()
        sign_in(client, ports, Person("user", "Hannah"), a_world().schools[0].urn)
        for page in (f"/school/ects?name={SECRET}", "/breaks", f"/no/{SECRET}", "/health/live"):
            client.get(page).get_data()  # to its end, as the server does
    return exporter.get_finished_spans()


def _breaks() -> str:
    raise ValueError(SECRET)


def _declared(view):
    view.__dict__["access"] = "everybody"
    return view


def _requests(spans: Sequence[ReadableSpan]) -> Mapping[str, ReadableSpan]:
    return {span.name: span for span in spans if span.kind is SpanKind.SERVER}


def test_a_trace_shows_the_statements_of_a_page(spans: Sequence[ReadableSpan]) -> None:
    """Those that look up the session too, all below the request."""
    page = _requests(spans)["GET /school/ects"]
    below = [
        str((span.attributes or {}).get("db.query.text"))
        for span in spans
        if span.parent is not None and span.parent.span_id == page.context.span_id
    ]

    assert any("FROM sessions" in statement for statement in below)
    assert any("ect_periods" in statement for statement in below)


def test_requests_are_named_by_their_route(spans: Sequence[ReadableSpan]) -> None:
    """One that no page answers has none, and checks of health are no requests of users."""
    assert set(_requests(spans)) == {"GET /school/ects", "GET /breaks", "GET"}


def test_nothing_in_a_trace_says_who_a_person_is(spans: Sequence[ReadableSpan]) -> None:
    """No address, no query, no value of a statement, no message of an error."""
    said = "".join(span.to_json() for span in spans)
    keys = {key for span in spans for key in span.attributes or ()}

    assert SECRET not in said
    assert "127.0.0.1" not in said
    assert "Hannah" not in said
    assert keys <= KNOWN


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4318"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://localhost:4318/v1/traces"}, True),
        ({"OTEL_TRACES_EXPORTER": "otlp"}, True),
        ({"OTEL_TRACES_EXPORTER": "none", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://x"}, False),
        ({"OTEL_SDK_DISABLED": "true", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://x"}, False),
    ],
)
def test_traces_are_made_for_those_who_ask(environment: Mapping[str, str], wanted: bool) -> None:
    """By OpenTelemetry's own variables."""
    assert is_wanted(environment) is wanted
    assert is_installed()


@attrs.frozen
class Collector:
    """A collector of traces on this machine."""

    address: str
    received: list[ExportTraceServiceRequest]
    heard: threading.Event


@contextmanager
def _collector() -> Iterator[Collector]:
    received: list[ExportTraceServiceRequest] = []
    heard = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append(ExportTraceServiceRequest.FromString(body))
            heard.set()
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield Collector(f"http://127.0.0.1:{server.server_port}", received, heard)
        finally:
            server.shutdown()
            thread.join()


def test_a_server_sends_its_traces_where_it_is_told(tmp_path: Path) -> None:
    """By OpenTelemetry's protocol, under the name of the service."""
    bootstrap.upgrade_database(f"sqlite:///{tmp_path / 'service.db'}")
    with _collector() as collector:
        asked = {
            "OTEL_EXPORTER_OTLP_ENDPOINT": collector.address,
            "OTEL_EXPORTER_OTLP_COMPRESSION": "none",
            "OTEL_BSP_SCHEDULE_DELAY": "100",
        }
        with production(tmp_path, settings=asked) as server:
            server.read_log_until("Booting worker", times=2)
            assert httpx.get(f"{server.address}/cookies", timeout=30).status_code == 200
            assert collector.heard.wait(30)
    [resource, *_] = collector.received[0].resource_spans
    names = {span.name for scope in resource.scope_spans for span in scope.spans}
    service = {each.key: each.value.string_value for each in resource.resource.attributes}

    assert service["service.name"] == "ect"
    assert names & {"GET /cookies", "SELECT"}


def test_an_application_that_is_not_traced_is_as_it_was() -> None:
    """Nothing is left over after the block."""
    with traced(InMemorySpanExporter()):
        pass
    app = Flask("plain")

    assert app.test_client().get("/").status_code == 404
