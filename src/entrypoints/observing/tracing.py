"""Traces of requests with their statements, sent by OpenTelemetry without personal data."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import attrs
from flask import Flask, Response
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.wsgi import OpenTelemetryMiddleware
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import Event, ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import SpanKind, Status, get_current_span

from entrypoints import bootstrap
from entrypoints.web.platform.requests.requests_log import route_of_request

OUR_NAME = "ect"  # unless OTEL_SERVICE_NAME has another
UNTRACED = ("/health/", "/assets/")  # asked all day, and of no interest
ROUTE = "http.route"
# All else is left out: addresses, queries, clients and messages may say who a person is.
KNOWN = {
    "db.query.text",
    "db.system.name",
    "exception.type",
    "http.method",
    "http.request.method",
    "http.response.status_code",
    ROUTE,
    "http.status_code",
}
METHOD = ("http.request.method", "http.method")


@contextmanager
def traced(exporter: SpanExporter | None = None) -> Iterator[Callable[[Flask], None]]:
    """Traces every statement from here on, until the block ends.

    Yields what lets the requests of an application be traced. Without another exporter, spans go
    where OpenTelemetry's variables say.
    """
    named = {} if os.environ.get("OTEL_SERVICE_NAME") else {SERVICE_NAME: OUR_NAME}
    provider = TracerProvider(resource=Resource.create(named))
    provider.add_span_processor(BatchSpanProcessor(OnlyKnown(exporter or OTLPSpanExporter())))
    tracer = provider.get_tracer(__name__)

    def begins(database: str, statement: str) -> Callable[[], None]:
        named = {"db.system.name": database, "db.query.text": statement}
        word = statement.split(maxsplit=1)[0]
        return tracer.start_span(word, kind=SpanKind.CLIENT, attributes=named).end

    def trace_requests(app: Flask) -> None:
        traced_too = OpenTelemetryMiddleware(app.wsgi_app, tracer_provider=provider)
        app.after_request(_note_route)
        app.wsgi_app = Interesting(app.wsgi_app, traced_too)  # type: ignore[method-assign]  # as Flask says to

    try:
        with bootstrap.watch_statements(begins):
            yield trace_requests
    finally:
        provider.shutdown()


@attrs.frozen
class Interesting:
    """WSGI middleware that leaves requests of no interest untraced."""

    _plain: Any
    _traced: Any

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Answers as the application does."""
        interesting = not environ["PATH_INFO"].startswith(UNTRACED)
        return (self._traced if interesting else self._plain)(environ, start_response)


def _note_route(answer: Response) -> Response:
    if route := route_of_request():
        get_current_span().set_attribute(ROUTE, route)
    return answer


@attrs.frozen
class OnlyKnown(SpanExporter):
    """Hands spans on with what is known to be harmless."""

    _exporter: SpanExporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Exports copies."""
        return self._exporter.export([_harmless(span) for span in spans])

    def shutdown(self) -> None:
        """Shuts the exporter down."""
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Lets the exporter send what it has."""
        return self._exporter.force_flush(timeout_millis)


def _harmless(span: ReadableSpan) -> ReadableSpan:
    return ReadableSpan(
        name=_name_of(span),
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=_known(span.attributes),
        events=[
            Event(event.name, _known(event.attributes), event.timestamp) for event in span.events
        ],
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _name_of(span: ReadableSpan) -> str:
    """Returns a name without the address that was asked for."""
    if span.kind is not SpanKind.SERVER:
        return span.name
    found = span.attributes or {}
    method = next((str(found[key]) for key in METHOD if key in found), "")
    return " ".join(filter(None, (method, str(found.get(ROUTE, "")))))


def _known(found: object) -> dict[str, str]:
    items = found.items() if hasattr(found, "items") else ()
    return {key: value for key, value in items if key in KNOWN}
