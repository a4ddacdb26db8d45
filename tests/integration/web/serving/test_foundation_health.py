"""What the platform is told."""

from __future__ import annotations

import threading

import pytest
from structlog.testing import capture_logs

from ect_registration.ports.errors import Unavailable
from entrypoints.web.information.health_checks import HealthChecks, InTheBackground
from integration.web.foundation import an_app


def _fine() -> None:
    pass


def _broken() -> None:
    raise Unavailable("something", "secret")


def _ready(database, trs):
    return an_app(checks=HealthChecks(database, trs)).test_client().get("/health/ready")


def test_it_lives():
    """Whatever else is wrong."""
    assert an_app(checks=HealthChecks(_broken, _broken)).test_client().get(
        "/health/live"
    ).json == {"status": "live"}


def test_it_is_ready():
    """The database answers, and so does TRS."""
    answer = _ready(_fine, _fine)

    assert answer.status_code == 200
    assert answer.json == {"status": "ready", "database": "ok", "trs": "ok"}


def test_what_is_to_be_said_of_a_database_that_works_is_told():
    """Such as that its schema is newer by additions: users are sent here all the same."""
    answer = _ready(lambda: "its schema is newer", _fine)

    assert answer.status_code == 200
    assert (answer.json["status"], answer.json["database"]) == ("ready", "ok: its schema is newer")


def test_without_a_database_it_is_not_ready():
    """Requests should go elsewhere. Why is for the log."""
    answer = _ready(_broken, _fine)

    assert answer.status_code == 503
    assert answer.json["status"] == "not ready"
    assert "secret" not in answer.text


def test_without_trs_it_is_ready_with_a_warning():
    """Every server has the same trouble, and much can be done meanwhile."""
    answer = _ready(_fine, _broken)

    assert answer.status_code == 200
    assert answer.json["trs"].startswith("warning")


def test_the_ports_alone_tell_whether_the_database_answers():
    """Where nothing else is known."""
    assert an_app().test_client().get("/health/ready").status_code == 200


def test_a_first_look_is_waited_for():
    """Nobody is told that all is well before anybody has looked."""
    InTheBackground(_fine)()

    with pytest.raises(Unavailable):
        InTheBackground(_broken)()


def test_a_check_that_breaks_finds_trouble():
    """Whatever it was: it did not find that all is well."""

    def buggy():
        raise ZeroDivisionError

    with pytest.raises(Unavailable):
        InTheBackground(buggy)()


def test_a_slow_check_keeps_nobody_waiting():
    """The last finding is told while somebody looks again; without one, nobody knows yet."""
    begun, go_on, looks = threading.Event(), threading.Event(), []

    def slow():
        looks.append(1)
        begun.set()
        go_on.wait(10)

    check = InTheBackground(slow, seconds=0, patience=0)
    with pytest.raises(Unavailable):
        check()
    assert begun.wait(10)
    go_on.set()
    _wait_for_looks()
    go_on.clear()
    check()  # looks again, and tells what was found
    check()
    go_on.set()
    _wait_for_looks()

    assert looks == [1, 1]


def _wait_for_looks():
    for thread in threading.enumerate():
        if thread.daemon and thread.name.endswith("(_look)"):
            thread.join(10)


def test_a_check_that_fails_is_a_warning_that_says_why():
    """The platform hears that something is wrong; operators what."""
    with capture_logs() as lines:
        _ready(_fine, _broken)

    assert [(line.get("what"), line.get("why")) for line in lines] == [
        ("something", "secret"),
        ("database ok; TRS warning: out of reach", None),
    ]
