"""What is written down about requests."""

from __future__ import annotations

import json
import logging
import sys

from structlog.testing import capture_logs

from entrypoints.web.logs import JsonFormatter, logging_config, only_known_keys
from integration.web.foundation import an_app, app_with


def _broken():
    try:
        raise ValueError("asha@example.org")
    except ValueError as error:
        raise RuntimeError("1234567") from error


def test_a_request_is_one_line():
    """With the route as declared: an address may say who somebody is."""
    with capture_logs() as lines:
        an_app().test_client().get("/cookies?trn=1234567", headers={"X-Request-ID": "trace-12345"})

    [line] = lines
    milliseconds = line.pop("milliseconds")

    assert line == {
        "event": "request",
        "log_level": "info",
        "method": "GET",
        "route": "/cookies",
        "status": 200,
        "request_id": "trace-12345",
    }
    assert milliseconds > 0


def test_an_unknown_address_is_not_written_down():
    """People paste anything."""
    with capture_logs() as lines:
        an_app().test_client().get("/asha@example.org")

    assert [(line["route"], line["status"]) for line in lines] == [(None, 404)]


def test_a_failure_says_where_and_not_what_was_typed():
    """Messages of errors quote it."""
    with capture_logs() as lines:
        app_with(_broken).get("/page?trn=1234567")

    failure = lines[0]
    told = json.dumps(lines)

    assert [part["type"] for part in failure["chain"]] == ["RuntimeError", "ValueError"]
    assert failure["request_id"] == lines[1]["request_id"]
    assert "_broken" in told
    assert "1234567" not in told
    assert "asha" not in told


def test_what_nobody_has_thought_about_is_not_written_down():
    """A new key in a log line is a decision."""
    line = only_known_keys(None, "info", {"event": "request", "email": "asha@example.org"})

    assert line == {"event": "request"}


def _formatted(name, message, *values, error=None):
    info = None
    if error is not None:
        info = (type(error), error, None)
    record = logging.LogRecord(name, logging.ERROR, "file", 1, message, values, info)
    return json.loads(JsonFormatter().format(record))


def test_libraries_say_what_happened_without_values():
    """The server would write down whole addresses."""
    line = _formatted(
        "gunicorn.error", "Error at %s", "/x?trn=1234567", error=ValueError("secret")
    )

    assert line["event"] == "Error at %s"
    assert line["what"] == "ValueError"
    assert "secret" not in json.dumps(line)
    assert _formatted("sqlalchemy", "Trouble with %s", "asha")["event"] == "Trouble with %s"
    assert (
        _formatted("gunicorn.error", "Listening at: %s", "here")["event"] == "Listening at: here"
    )


def test_what_is_no_http_is_not_quoted():
    """A body of the wrong length is taken for the next request, and may be a form with secrets."""
    quoting = "Invalid request from ip=127.0.0.1: Invalid HTTP request line: 'trn=1234567'"
    record = logging.LogRecord("gunicorn.error", logging.WARNING, "file", 1, quoting, (), None)
    line = json.loads(JsonFormatter().format(record))

    assert line["event"] == "Invalid request from ip=127.0.0.1"


def test_logs_go_to_standard_error():
    """Standard output is for data."""
    assert logging_config()["handlers"]["stderr"]["class"] == "logging.StreamHandler"
    assert logging.StreamHandler().stream is sys.stderr
