"""What people see when something goes wrong."""

from __future__ import annotations

import pytest
from flask import abort
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from ect_registration.domain.rules.identifying.identity import TRS_UNAVAILABLE
from ect_registration.domain.rules.registering.eligibility import UNKNOWN_INDUCTION_STATUS
from ect_registration.ports.errors import Contention, Rejected, Unavailable
from ect_registration.use_cases.journeys.journey_type import Gone
from entrypoints.web.platform.errors import trs_unavailable
from integration.web.foundation import an_app, app_with


def _raising(error):
    def view():
        raise error

    return app_with(view)


def test_an_unknown_address_is_not_found():
    """A page of ours, with a way on."""
    answer = an_app().test_client().get("/no/such/page")

    assert answer.status_code == 404
    assert "Page not found" in answer.text


def test_a_wrong_method_names_the_right_ones():
    """As the standard of the web asks."""
    answer = an_app().test_client().delete("/")

    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_mistake_of_ours_says_what_happened_to_the_answers():
    """Never where the mistake is."""
    answer = _raising(ZeroDivisionError("secret")).get("/page")

    assert answer.status_code == 500
    assert "problem with the service" in answer.text
    assert "keep your earlier answers for 24 hours" in answer.text
    assert "Traceback" not in answer.text
    assert "secret" not in answer.text


def test_without_a_database_the_service_is_not_available():
    """The page says when to come back."""
    answer = _raising(Unavailable("database", "secret")).get("/page")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "secret" not in answer.text


def test_a_busy_database_is_not_available_for_a_page_either():
    """A page that only reads can meet a lock."""
    with capture_logs() as lines:
        answer = _raising(Contention("55P03")).get("/page")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert (lines[0]["log_level"], lines[0]["what"]) == ("warning", "database")
    assert "55P03" in lines[0]["why"]


def test_a_change_that_the_database_rejects_is_not_an_outage():
    """Nobody is told to come back in a few minutes; the log names the guarantee."""
    with capture_logs() as lines:
        answer = _raising(Rejected("database", "trs_name_length")).get("/page")

    assert (answer.status_code, "Retry-After" in answer.headers) == (500, False)
    assert "nothing has been registered" in answer.text
    assert "keep your earlier answers for 24 hours" in answer.text
    assert "trs_name_length" not in answer.text
    assert (lines[0]["event"], lines[0]["log_level"]) == ("rejected", "error")
    assert (lines[0]["what"], lines[0]["why"]) == ("database", "trs_name_length")
    assert lines[0]["request_id"] == lines[1]["request_id"]
    assert lines[0]["chain"][0]["type"] == "Rejected"


@pytest.mark.parametrize("what", ["database", "DfE Sign-in"])
def test_an_outage_is_a_warning_that_says_what_and_why(what):
    """For operators, in the log; not for schools."""
    with capture_logs() as lines:
        answer = _raising(Unavailable(what, "the connection was lost")).get("/page")

    assert "the connection was lost" not in answer.text
    assert lines[0] == {
        "event": "unavailable",
        "log_level": "warning",
        "request_id": lines[1]["request_id"],
        "what": what,
        "why": "the connection was lost",
    }


def test_trs_out_of_reach_is_a_warning_that_says_why():
    """The page says only that records cannot be checked."""
    blocked = TRS_UNAVAILABLE.cannot_tell(what="TRS", why="it does not accept our API key (401)")
    with capture_logs() as lines:
        answer = app_with(lambda: trs_unavailable("/", blocked)).get("/page")

    assert (lines[0]["event"], lines[0]["what"]) == ("unavailable", "TRS")
    assert lines[0]["why"] == "it does not accept our API key (401)"
    assert "401" not in answer.text


def test_an_induction_status_that_nobody_knows_is_no_outage():
    """The rule cannot be decided, and every dependency answers."""
    blocked = UNKNOWN_INDUCTION_STATUS.cannot_tell(induction="Paused")
    with capture_logs() as lines:
        app_with(lambda: trs_unavailable("/", blocked)).get("/page")

    assert [line["event"] for line in lines] == ["request"]


def test_without_trs_one_can_try_again():
    """The answers are kept; the page carries the rule and leads back."""
    answer = app_with(lambda: trs_unavailable("/school/register-ect/1/find")).get("/page")

    assert answer.status_code == 503
    assert 'data-rule="trs-unavailable"' in answer.text
    assert 'href="/school/register-ect/1/find"' in answer.text


def test_a_journey_that_is_over_can_be_begun_again():
    """Expired, discarded and other people's are all the same."""
    answer = _raising(Gone()).get("/page")

    assert answer.status_code == 404
    assert 'data-rule="journeys-expire"' in answer.text
    assert 'href="/school/register-ect"' in answer.text


@pytest.mark.parametrize("status", [400, 401, 403, 408, 415, 422, 501, 503])
def test_every_other_error_has_a_page_of_ours(status):
    """With one heading, a title and the navigation."""
    answer = app_with(lambda: abort(status)).get("/page")

    assert answer.status_code == status
    assert answer.text.count("<h1") == 1
    assert "Register early career teachers –" in answer.text


def test_a_form_that_is_far_too_large_is_refused():
    """Before anybody reads it."""
    answer = an_app().test_client().post("/sign-out", data={"csrf_token": "x" * 100_000})

    assert answer.status_code == 413


def test_a_form_of_too_many_parts_is_refused():
    """Nor are thousands of files."""
    files = {f"part{n}": "x" for n in range(101)}
    answer = (
        an_app().test_client().post("/sign-out", data=files, content_type="multipart/form-data")
    )

    assert answer.status_code == 413


def test_every_address_answers_head_and_options():
    """The same head as a GET, and what may be sent."""
    client = an_app().test_client()
    for path in ("/", "/cookies", "/privacy", "/accessibility", "/sign-in", "/health/live"):
        assert client.head(path).status_code == client.get(path).status_code == 200
        assert client.head(path).data == b""
        assert "GET" in client.options(path).headers["Allow"]


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(["GET", "POST", "PUT", "HEAD", "OPTIONS", "PATCH"]),
    st.binary(max_size=40),
)
def test_whatever_is_asked_nothing_breaks(path, method, body):
    """Any address, any method, any bytes."""
    client = an_app_once().test_client()
    answer = client.open(
        environ_overrides={"PATH_INFO": f"/{path}".encode().decode("latin-1")},
        method=method,
        data=body,
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code < 500


_made = []


def an_app_once():
    """One application for every example."""
    if not _made:
        _made.append(an_app())
    return _made[0]
