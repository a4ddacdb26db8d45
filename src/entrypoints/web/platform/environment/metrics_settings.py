"""The setting that says where Prometheus asks for metrics."""

from __future__ import annotations

from entrypoints.settings.config import Settings, SettingsError

NAME = "ECT_METRICS_BIND"
HIGHEST_PORT = 65535


def metrics_bind(settings: Settings) -> str | None:
    """Returns the address to tell metrics at, or None. Raises SettingsError."""
    text = settings.text(NAME)
    if text is None:
        return None
    host, _, port = text.rpartition(":")
    if not (host and port.isascii() and port.isdigit() and 0 < int(port) <= HIGHEST_PORT):
        raise SettingsError(NAME, "must be HOST:PORT, such as 127.0.0.1:9102")
    return text
