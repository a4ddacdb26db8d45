"""Logs as lines of JSON, without personal data."""

from __future__ import annotations

import json
import logging
import logging.config
import sys
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any

import structlog

# All other keys are dropped at the end of the chain, whatever logs them.
KNOWN = frozenset(
    {"chain", "event", "level", "logger", "method", "milliseconds", "request_id", "route"}
    | {"rule", "status", "step", "timestamp", "what", "why"}
)
_LINE = json.JSONEncoder()  # made once: to make it takes longer than to use it
OF_THE_SERVER = "gunicorn.error"


def log_as_json(level: int = logging.INFO) -> None:
    """Logs our events and the libraries' to standard error, in the process that serves."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_known_keys,
            structlog.processors.JSONRenderer(serializer=_as_line),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(logging_config(level))


def _as_line(event: dict[str, Any], **_: object) -> str:
    return _LINE.encode(event)


def only_known_keys(_: object, __: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    """Drops every key that is not known, as the last step before writing."""
    return {key: value for key, value in event.items() if key in KNOWN}


def logging_config(level: int = logging.INFO) -> dict[str, Any]:
    """Returns the configuration of Python's own logging, which libraries use."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonFormatter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"level": max(level, logging.WARNING), "handlers": ["stderr"]},
        "loggers": {OF_THE_SERVER: {"level": level, "handlers": ["stderr"], "propagate": False}},
    }


class JsonFormatter(logging.Formatter):
    """Formats events without their values, which may be addresses, queries or typed text."""

    def format(self, record: logging.LogRecord) -> str:
        """Formats a record; only the server's messages about ports and workers are complete."""
        line = {
            "event": _event(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
        }
        if record.exc_info and record.exc_info[0]:
            line["what"] = record.exc_info[0].__name__
        return json.dumps(line)


def _event(record: logging.LogRecord) -> str:
    """Returns the event's text, without what the server quotes from a malformed request."""
    if record.name != OF_THE_SERVER or record.exc_info:
        return str(record.msg)
    whole = record.getMessage()
    quotes = record.levelno >= logging.WARNING and not record.args
    return whole.partition(":")[0] if quotes else whole
