"""Metrics for Prometheus, of all workers together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs
from prometheus_client import CollectorRegistry, Counter, Histogram, make_wsgi_app
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from ect_registration.ports.errors import Unavailable
from entrypoints.observing.observer import Dependency

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
METHODS = {"GET", "HEAD", "OPTIONS", "POST"}  # callers can invent others without end
STORED = {
    "drafts": "Registrations that users have begun and not finished",
    "sessions": "Users who are signed in",
    "notices": "Notices that wait to be sent",
}

Stored = Callable[[], Mapping[str, int]]  # raises Unavailable


class PrometheusObserver:
    """Counts what it hears. Make one in each process: each counts for itself."""

    def __init__(self, registry: CollectorRegistry) -> None:
        of_ours: dict[str, Any] = {"namespace": "ect", "registry": registry}
        self._requests = Counter(
            "http_requests", "Requests answered", ["route", "method", "status"], **of_ours
        )
        self._times = Histogram(
            "http_request_seconds",
            "Time to answer a request, from when all of it was here",
            ["route"],
            buckets=SECONDS,
            **of_ours,
        )
        self._outcomes = Counter(
            "outcomes", "What came of journeys: done, or a rule", ["journey", "outcome"], **of_ours
        )
        self._calls = Counter(
            "dependency_calls", "Calls of what we depend on", ["dependency", "result"], **of_ours
        )
        self._call_times = Histogram(
            "dependency_call_seconds", "Time of a call", ["dependency"], buckets=SECONDS, **of_ours
        )
        self._retries = Counter("retries", "Units of work that ran again", **of_ours)
        self._waits = Histogram(
            "lock_wait_seconds",
            "Time that a unit of work waited for what it holds",
            buckets=SECONDS,
            **of_ours,
        )

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Counts a request."""
        self._requests.labels(route, method if method in METHODS else "other", str(status)).inc()
        self._times.labels(route).observe(seconds)

    def outcome(self, journey: str, outcome: str) -> None:
        """Counts what came of a journey."""
        self._outcomes.labels(journey, outcome).inc()

    def call(self, dependency: Dependency, result: str, seconds: float) -> None:
        """Counts a call."""
        self._calls.labels(dependency.value, result).inc()
        self._call_times.labels(dependency.value).observe(seconds)

    def retried(self) -> None:
        """Counts a retry."""
        self._retries.inc()

    def waited(self, seconds: float) -> None:
        """Counts a wait."""
        self._waits.observe(seconds)


@attrs.frozen
class StoredCollector:
    """Counts what is stored when Prometheus asks, since any process may have stored it."""

    stored: Stored

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yields a figure of each kind, and whether the database told."""
        try:
            found = self.stored()
        except Unavailable:
            found = {}
        for name, number in found.items():
            yield GaugeMetricFamily(f"ect_{name}", STORED[name], value=number)
        yield GaugeMetricFamily(
            "ect_database_up", "Whether the database could be asked just now", value=bool(found)
        )


def metrics_app(folder: str, stored: Stored) -> Any:
    """Returns a WSGI application that tells what every process has counted into a folder."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=folder)  # type: ignore[no-untyped-call]
    registry.register(StoredCollector(stored))
    return make_wsgi_app(registry)
