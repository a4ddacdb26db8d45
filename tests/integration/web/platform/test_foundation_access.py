"""Who may see what."""

from __future__ import annotations

import pytest
from flask import Blueprint

from builders import URN, a_school
from ect_registration.domain.sessions import Person
from ect_registration.use_cases.transactions import Actor, Tells
from entrypoints import bootstrap
from entrypoints.demo import DEMO_DATE, demo_world_text
from entrypoints.settings.config import SettingsError
from entrypoints.web.app import create_app
from entrypoints.web.platform.access import (
    SignedIn,
    access_of,
    check_every_view_declares,
    current_actor,
    for_school_users,
    signed_in,
)
from entrypoints.web.platform.environment.settings import WebSettings
from entrypoints.web.platform.sessions import begin_session
from entrypoints.web.serving.server import demo_service
from integration.web.foundation import KEY, OVER_HTTPS, an_app, app_with, memory_ports, token_in
from integration.web.one_app import client_on

HANNAH = Person("hannah", "Hannah")
DEMO_PAGES = (
    "/demo",
    "/demo/sign-in",
    "/demo/today",
    "/demo/notices",
    "/demo/try/transfer",
    "/demo/trs",
    "/demo/start-again",
    "/demo/rules/overlaps-previous",
)


def _with_a_school_page():
    app, extra = an_app(), Blueprint("extra", __name__)
    extra.add_url_rule(
        "/school/page", "page", for_school_users(lambda: "Hello"), methods=["GET", "POST"]
    )
    app.register_blueprint(extra)
    return app.test_client()


@pytest.fixture(scope="module")
def demo():
    """The demo, in this process."""
    with demo_service(bootstrap.parse_world(demo_world_text()), DEMO_DATE) as app:
        yield app


def test_every_view_says_who_may_see_it(demo):
    """Nothing is open because somebody forgot."""
    endpoints = {rule.endpoint for rule in demo.url_map.iter_rules()}

    assert {access_of(demo, endpoint) for endpoint in endpoints}


def test_a_view_that_does_not_say_so_stops_the_service():
    """It is found when the application is made, not when somebody gets in."""
    app = an_app()
    app.add_url_rule("/forgotten", "forgotten", lambda: "Hello")

    with pytest.raises(LookupError, match="forgotten"):
        check_every_view_declares(app)


def test_a_page_for_schools_leads_to_signing_in():
    """Nobody sees it who is not signed in."""
    answer = _with_a_school_page().get("/school/page")

    assert (answer.status_code, answer.location) == (302, "/sign-in")


def test_a_post_after_the_session_ended_is_told_what_is_lost():
    """Nothing is done, and what was typed is gone: the page says so."""
    answer = _with_a_school_page().post("/school/page", data={"email": "a@example.org"})

    assert answer.status_code == 401
    assert "We have not kept what you entered" in answer.text


def test_signing_in_leaves_nothing_of_an_earlier_session():
    """A session that somebody else prepared is worth nothing."""
    with an_app().test_request_context() as context:
        context.session["planted"] = "by somebody else"
        begin_session(HANNAH, [a_school()])

        assert signed_in() == SignedIn("hannah", "Hannah", URN, "Larkfield School")
        assert "planted" not in context.session
        assert current_actor() == Actor("hannah", URN, Tells.EVERYBODY)


def test_nobody_acts_who_is_not_signed_in():
    """A view that asks all the same is a mistake of ours."""
    with an_app().test_request_context(), pytest.raises(LookupError):
        current_actor()


def test_in_the_demo_one_signs_in_by_choosing_somebody(demo):
    """Then the start page leads straight to the ECTs."""
    client = demo.test_client()
    answer = client.post("/demo/sign-in", data={"user": "hannah"})

    assert (answer.status_code, answer.location) == (303, "/school/ects")
    assert client.get("/").location == "/school/ects"


@pytest.mark.parametrize("user", ["", "nobody", "HANNAH", "hannah\0"])
def test_in_the_demo_nobody_signs_in_as_a_stranger(demo, user):
    """Only the people of the world are there to choose from."""
    answer = demo.test_client().post("/demo/sign-in", data={"user": user})

    assert answer.status_code == 422
    assert "Select who to sign in as" in answer.text


def test_signing_out_ends_the_session(demo):
    """By a post with a token; afterwards the school's pages are closed."""
    client = demo.test_client()
    client.post("/demo/sign-in", data={"user": "hannah"})
    token = token_in(client.get("/cookies").text)

    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").status_code == 400
    assert client.get("/signed-out").location == "/school/ects"
    assert client.post("/sign-out", data={"csrf_token": token}).location == "/signed-out"
    assert "You are signed out" in client.get("/signed-out").text
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE"])
@pytest.mark.parametrize("path", DEMO_PAGES)
def test_nothing_of_the_demo_exists_in_production(path, method):
    """Its addresses answer as any unknown one does."""
    settings = WebSettings("production", "https://ect.example", KEY)
    client = client_on(memory_ports(), settings)
    answer = client.open(path, method=method, data={"user": "hannah"})

    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers or "user" not in answer.headers["Set-Cookie"]


@pytest.mark.parametrize("env", ["production", "test"])
def test_a_demo_cannot_be_switched_on_elsewhere(demo, env):
    """Whoever tries is told which setting is in the way."""
    settings = WebSettings(env, "https://ect.example", KEY)
    stage = demo.extensions["ect"].demo

    with pytest.raises(SettingsError, match="ECT_ENV"):
        create_app(memory_ports(), settings, demo=stage)


def test_over_https_the_cookie_is_of_this_host_alone():
    """No script reads it, no other site sends it, and it never travels in the open."""
    client = app_with(lambda: begin_session(HANNAH, [a_school()]) and "", OVER_HTTPS)
    cookie = client.get("/page", base_url=OVER_HTTPS.base_url).headers["Set-Cookie"]

    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_whoever_only_reads_gets_no_cookie():
    """It is there for signing in and for forms."""
    client = an_app().test_client()

    assert not [
        p for p in ("/", "/cookies", "/no/such") if client.get(p).headers.get("Set-Cookie")
    ]


def test_in_the_demo_the_cookie_works_over_http(demo):
    """On this machine there is no certificate."""
    cookie = demo.test_client().get("/demo/sign-in").headers["Set-Cookie"]

    assert cookie.startswith("session=")
    assert "Secure" not in cookie
    assert "HttpOnly" in cookie
