"""What is written down about requests."""

from __future__ import annotations

import json
import logging
import re
import sys
from uuid import UUID

from flask import request
from structlog.testing import capture_logs

from ect_registration.ports.errors import Unavailable
from entrypoints.web.information.health_checks import HealthChecks
from entrypoints.web.platform.logs import JsonFormatter, logging_config, only_known_keys
from entrypoints.web.platform.requests import requests_log
from integration.web.foundation import an_app, app_with
from integration.web.registering import ANSWERS, Registering
from unit.use_cases.town import PASSED


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


def _logged(user, act):
    """What the log has of a step that a user takes, without what differs each time."""
    with capture_logs() as lines:
        act(user)
    return [(line["route"], line.get("step"), line.get("rule")) for line in lines]


JOURNEY = "/school/register-ect/<id>"


def test_a_line_says_which_step_was_asked_for_and_which_rule_stopped_it():
    """By their names, which are ours: nothing that was typed is in it."""
    user = Registering.in_town()
    user.begin()
    found = {**ANSWERS["find"], "trn": str(PASSED)}

    assert _logged(user, lambda user: user.post("find", found)) == [
        (f"{JOURNEY}/<step>", "find", "induction-passed")
    ]
    assert _logged(user, lambda user: user.get("stopped")) == [
        (f"{JOURNEY}/stopped", "stopped", "induction-passed")
    ]
    assert _logged(user, lambda user: user.get("check-answers")) == [
        (f"{JOURNEY}/check-answers", "check-answers", "induction-passed")
    ]
    assert _logged(user, lambda user: user.get("/school/ects")) == [("/school/ects", None, None)]


def test_a_line_says_which_rule_an_answer_breaks():
    """As the page does that asks again."""
    user = Registering.in_town()
    user.begin()

    assert _logged(user, lambda user: user.post("find", {"trn": "12"})) == [
        (f"{JOURNEY}/<step>", "find", "two-facts")
    ]


def test_another_schools_journey_is_stopped_by_a_rule_that_only_the_log_names():
    """The page is that of an address that nobody knows."""
    user = Registering.in_town()
    unknown = f"/school/ects/{UUID(int=1)}/mentor"
    with capture_logs() as lines:
        page = user.get(unknown)

    assert (page.status, page.rule, lines[0]["rule"]) == (404, None, "own-school-only")


def test_routes_are_short():
    """No list of steps, and no kind of part."""
    app = an_app()
    with app.test_request_context("/"):
        for rule in app.url_map.iter_rules():
            request.url_rule = rule

            assert re.fullmatch(
                r"(/[a-z0-9.-]*|/<[a-z]+>)+", requests_log.route_of_request() or ""
            )


def test_health_is_logged_when_it_fails_or_changes():
    """Platforms ask every few seconds, and nobody reads that all is well."""
    well = {"database": True, "trs": True}

    def checking(what):
        def check():
            if not well[what]:
                raise Unavailable(what)

        return check

    client = an_app(checks=HealthChecks(checking("database"), checking("trs"))).test_client()
    found = []
    with capture_logs() as lines:
        for change in (
            {},
            {},
            {"trs": False},
            {},
            {"database": False},
            {},
            dict.fromkeys(well, True),
            {},
        ):
            well.update(change)
            client.get("/health/ready")
            client.get("/health/live")
            found.append([line["what"] for line in lines if line["event"] == "request"])
            lines.clear()

    no_trs = "database ok; TRS warning: out of reach"
    neither = "database out of reach, or not our schema; TRS warning: out of reach"
    all_well = "database ok; TRS ok"
    assert found == [[], [], [no_trs], [], [neither], [neither], [all_well], []]
