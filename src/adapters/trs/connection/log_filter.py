"""Silences httpx and httpcore, which log addresses and headers: ours hold secrets."""

from __future__ import annotations

import logging

from adapters.trs.connection.deadline import current_deadline

_TALKATIVE = (
    "httpx",
    "httpcore",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
    "httpcore.socks",
)


def _not_about_trs(_: logging.LogRecord) -> bool:
    return current_deadline() is None


def silence_http_logging() -> None:
    """Drops what these loggers say while a thread talks to TRS, whatever their level.

    A filter holds where a level would not: logging may be configured after us. Other users of
    httpx in this process keep their logs.
    """
    for name in _TALKATIVE:
        logging.getLogger(name).addFilter(_not_about_trs)
