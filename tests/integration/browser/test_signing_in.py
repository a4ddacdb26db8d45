"""There and back in a real browser: our service, and an OpenID provider, each on a port."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import attrs
import pytest
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from adapters.dfe_sign_in.client import DfeSignIn
from builders import a_school, a_world
from ect_registration.domain.values import Urn
from entrypoints.web.app import create_app
from entrypoints.web.platform.environment.settings import WebSettings
from integration.browser.visits import Visit, lead_on
from integration.signin.providing import Provider, provider_program
from integration.web.foundation import KEY
from unit.use_cases.service import Service

OTHER = a_school(urn=Urn("100002"), name="Fenwick Academy")
WIDE = {"width": 1280, "height": 900}


@attrs.frozen
class Signing:
    """Somebody at a browser, our service, and DfE Sign-in."""

    visit: Visit
    service: Service
    provider: Provider

    def go(self, path: str) -> None:
        """Wherever that leads."""
        self.visit.page.goto(self.visit.address + path)

    def sign_in(self, user: str) -> None:
        """From the page that is asked for, by way of the provider's."""
        page = self.visit.page
        if page.url.startswith(self.visit.address):
            lead_on(page.get_by_role("button", name="Sign in"))
        page.locator("input[name=sub]").fill(user)
        lead_on(page.get_by_role("button", name="Authorize"))
        self.is_back()

    def deny(self) -> None:
        """Say no there."""
        lead_on(self.visit.page.get_by_role("button", name="Deny"))
        self.is_back()

    def is_back(self) -> None:
        """On a page of ours; what the browser thinks of the provider's is not our business."""
        self.visit.page.wait_for_url(re.compile(re.escape(self.visit.address)))
        self.visit.complaints.clear()
        self.visit.page.reload()
        self.visit.look()

    @property
    def path(self) -> str:
        """Where they are."""
        return self.visit.page.url.removeprefix(self.visit.address)

    @property
    def says(self) -> str:
        """What the page says."""
        return self.visit.page.locator("main").inner_text()

    @property
    def rule(self) -> str | None:
        """What it is about."""
        return self.visit.page.locator("main").get_attribute("data-rule")


@contextmanager
def _serving(service: Service, provider: Provider) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        settings = WebSettings("test", address, KEY)
        with DfeSignIn(provider.settings(base_url=address)) as sign_in:
            app = create_app(service.ports, settings, sign_in=sign_in)
            server = make_server("127.0.0.1", 0, app, threaded=True, fd=listening.fileno())
            thread = threading.Thread(target=server.serve_forever, args=(0.05,))
            thread.start()
            yield address
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    """One for all."""
    with provider_program() as provider:
        yield provider


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def signing(
    request: pytest.FixtureRequest, browser: Browser, running: Provider
) -> Iterator[Signing]:
    """Nobody is signed in yet."""
    running.does(down="", wait=0)
    service = Service.of(a_world(schools=(a_school(), OTHER)))
    with (
        _serving(service, running) as address,
        Visit.begin(browser, address, WIDE, scripts=request.param) as visit,
    ):
        visit.page.route(re.compile("^https:"), lambda route: route.abort())
        yield Signing(visit, service, running)


def test_somebody_signs_in_and_out(signing: Signing) -> None:
    """To the page that was asked for; out here, then there, then back here."""
    signing.go("/school/ects?status=left")
    signing.sign_in("hannah")

    assert signing.path == "/school/ects?status=left"
    lead_on(signing.visit.page.get_by_role("button", name="Sign out"))
    signing.visit.page.wait_for_url(re.compile("/oauth2/end_session"))
    asked = signing.visit.page.url
    assert "id_token_hint=" in asked
    signing.visit.page.get_by_role("button", name="End session").click()
    signing.visit.page.wait_for_url(f"{signing.visit.address}/signed-out")
    signing.go("/school/ects")
    assert signing.visit.page.url.startswith(signing.provider.address)


def test_somebody_says_no(signing: Signing) -> None:
    """They can begin again."""
    signing.go("/sign-in")
    signing.deny()

    assert "You have not been signed in" in signing.says
    lead_on(signing.visit.page.get_by_role("button", name="Sign in again"))
    assert signing.visit.page.url.startswith(signing.provider.address)


@pytest.mark.parametrize(
    ("user", "says"),
    [
        ("no-role", "You do not have the role"),
        ("council-officer", "Northmoor Council"),
        ("no-organisation", "is not linked to an organisation"),
    ],
)
def test_whoever_is_not_let_in_is_told_why(signing: Signing, user: str, says: str) -> None:
    """As whom they signed in, and who can help; then they sign out and come back as another."""
    signing.go("/sign-in")
    signing.sign_in(user)

    assert (signing.path, signing.rule) == ("/access-denied", "school-sign-in")
    assert says in signing.says
    assert f"{user}@example.org" in signing.says
    lead_on(signing.visit.page.locator("main").get_by_role("button", name="Sign out"))
    signing.visit.page.wait_for_url(re.compile("/oauth2/end_session"))


def test_with_two_schools_one_is_chosen_and_can_be_changed(signing: Signing) -> None:
    """Without signing out."""
    page = signing.visit.page
    signing.go("/school/register-ect")
    signing.sign_in("two-schools")
    assert signing.path == "/choose-school"
    lead_on(page.get_by_role("button", name="Continue"))
    signing.visit.check()
    page.get_by_label("Fenwick Academy").check()
    lead_on(page.get_by_role("button", name="Continue"))
    assert signing.path == "/school/register-ect"
    lead_on(page.get_by_role("link", name="Fenwick Academy (change)"))
    page.get_by_label("Larkfield School").check()
    lead_on(page.get_by_role("button", name="Continue"))

    signing.visit.check()
    assert page.get_by_role("link", name="Larkfield School (change)").is_visible()


@pytest.mark.parametrize("down", ["/oauth2/token", "/users", "/services"])
def test_a_provider_that_is_down_is_explained(signing: Signing, down: str) -> None:
    """Whichever part of it; nobody is signed in."""
    signing.go("/sign-in")
    signing.provider.does(down=down)
    signing.visit.page.locator("input[name=sub]").fill("hannah")
    lead_on(signing.visit.page.get_by_role("button", name="Authorize"))
    signing.visit.page.wait_for_url(re.compile(re.escape(signing.visit.address)))

    assert "does not affect your access to this service" in signing.says
    signing.go("/school/ects")
    assert signing.visit.page.url.startswith(signing.provider.address)


def test_a_state_that_was_tampered_with_signs_nobody_in(signing: Signing) -> None:
    """Though the code is good; the answer that was asked for still does, as nothing used it up."""
    signing.go("/sign-in")
    answer = signing.provider.authorise(signing.visit.page.url, "hannah")
    first = "y" if answer["state"].startswith("x") else "x"
    signing.go(f"/sign-in/callback?code={answer['code']}&state={first}{answer['state'][1:]}")

    assert "You have not been signed in" in signing.says
    signing.go("/school/ects")
    assert signing.visit.page.url.startswith(signing.provider.address)
    signing.go(f"/sign-in/callback?code={answer['code']}&state={answer['state']}")
    assert signing.path == "/school/ects"


def test_two_tabs_sign_in_one_after_the_other(signing: Signing) -> None:
    """Each lands where it wanted to; the second without being asked who it is."""
    signing.go("/school/ects?status=left")
    second = signing.visit.page.context.new_page()
    second.goto(f"{signing.visit.address}/school/ects?page=1")
    signing.sign_in("hannah")
    second.locator("input[name=sub]").fill("hannah")
    lead_on(second.get_by_role("button", name="Authorize"))
    second.wait_for_url(f"{signing.visit.address}/school/ects?page=1")

    assert signing.path == "/school/ects?status=left"
    assert second.locator("main").get_by_role("heading", level=1).is_visible()
    second.close()


def test_a_callback_that_is_replayed_signs_nobody_in(signing: Signing, browser: Browser) -> None:
    """Neither in another browser, nor in this one after signing out."""
    seen: list[str] = []
    signing.visit.page.on("request", lambda request: seen.append(request.url))
    signing.go("/sign-in")
    signing.sign_in("hannah")
    callback = next(address for address in seen if "/sign-in/callback?" in address)
    lead_on(signing.visit.page.get_by_role("button", name="Sign out"))
    with Visit.begin(browser, signing.visit.address, WIDE) as thief:
        for page in (thief.page, signing.visit.page):
            page.goto(callback)

            assert "You have not been signed in" in page.locator("main").inner_text()


def test_a_warning_comes_before_the_session_ends(signing: Signing) -> None:
    """With scripts it extends the session where one is, without them on a page of its own."""
    page = signing.visit.page
    if signing.visit.scripts:
        page.clock.install()
    signing.go("/sign-in")
    signing.sign_in("hannah")
    warning = page.locator(".app-session__soon")
    assert not warning.is_visible()
    signing.service.clock.wait(minutes=116)
    if signing.visit.scripts:
        page.clock.run_for(116 * 60 * 1000)
        warning.wait_for()
        page.get_by_role("link", name="Stay signed in").click()
        warning.wait_for(state="hidden")
    else:
        signing.go("/session")
        page.get_by_role("button", name="Stay signed in").click()
    signing.service.clock.wait(minutes=60)
    signing.go("/school/ects")
    assert signing.path == "/school/ects"


def test_the_warning_covers_nothing_of_a_page_enlarged_to_400_percent(signing: Signing) -> None:
    """It stands where the page ends."""
    signing.go("/sign-in")
    signing.sign_in("hannah")
    page, stands = signing.visit.page, "getComputedStyle(document.querySelector('.app-session'))"
    tall = page.evaluate(f"{stands}.position")
    page.set_viewport_size({"width": 320, "height": 225})

    assert (tall, page.evaluate(f"{stands}.position")) == ("fixed", "static")


def test_whoever_was_signed_out_meanwhile_is_told(signing: Signing) -> None:
    """With scripts on the page where one is; without them with the next click."""
    page = signing.visit.page
    if signing.visit.scripts:
        page.clock.install()
    signing.go("/sign-in")
    signing.sign_in("hannah")
    signing.service.clock.wait(hours=2)
    if signing.visit.scripts:
        page.clock.run_for(2 * 60 * 60 * 1000)
        page.get_by_text("You have been signed out.").wait_for()
    else:
        lead_on(page.get_by_role("link", name="ECTs", exact=True))
        assert page.url.startswith(signing.provider.address)
