"""Says whether traces are wanted: by OpenTelemetry's own variables, where it is installed."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec

# One of these asks for traces. Without any, the exporter would send to a closed port here.
ASKING = (
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
    "OTEL_TRACES_EXPORTER",
)
DISABLED, EXPORTER = "OTEL_SDK_DISABLED", "OTEL_TRACES_EXPORTER"
PACKAGES = (
    "opentelemetry.exporter.otlp.proto.http",
    "opentelemetry.instrumentation.wsgi",
    "opentelemetry.sdk",
)


def is_wanted(environment: Mapping[str, str]) -> bool:
    """Says whether the environment asks for traces."""
    off = environment.get(DISABLED, "").lower() == "true" or environment.get(EXPORTER) == "none"
    return not off and any(environment.get(name) for name in ASKING)


def is_installed() -> bool:
    """Says whether the packages are here: those of the extra ``tracing``."""
    return find_spec("opentelemetry") is not None and all(map(_is_here, PACKAGES))


def _is_here(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:  # not even the package around it
        return False
