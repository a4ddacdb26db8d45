"""Several tabs that sign in at once, other host names, and a DfE Sign-in that has forgotten."""

from __future__ import annotations

import attrs
import pytest

from builders import URN, a_school, a_world
from ect_registration.domain.values import Urn
from fake_sign_in import FENWICK, LARKFIELD, FakeSignIn
from integration.web.foundation import OVER_HTTP, OVER_HTTPS
from integration.web.one_app import client_on
from integration.web.registering import Seen
from integration.web.signing_in.test_signing_in import OTHER, Visitor
from unit.use_cases.service import Service

LEFT, SECOND = "/school/ects?status=left", "/school/ects?page=2"


def visiting(settings=OVER_HTTP, **changes):
    """Somebody of Larkfield School at a browser."""
    service = Service.of(a_world(schools=(a_school(), OTHER)))
    provider = FakeSignIn()
    client = client_on(service.ports, attrs.evolve(settings, **changes), provider)
    return Visitor(service, provider, client)


@pytest.fixture
def visitor():
    """Over http, at the service's own name."""
    return visiting()


def kept(visitor):
    """The attempts that the browser has."""
    return [name for name in names(visitor) if "sign-in-" in name]


def names(visitor):
    """Of its cookies."""
    return sorted(key[2] for key in visitor.client._cookies)


def expired(visitor, error="sessionexpired", **query):
    """Back from DfE Sign-in, which has forgotten what was asked."""
    return Seen.of(visitor.client.get("/sign-in/callback", query_string={"error": error, **query}))


def test_each_tab_finishes_where_it_wanted_to_go(visitor):
    """In any order; the one that comes second finds somebody signed in, and goes on."""
    for page in (LEFT, SECOND):
        visitor.get(page)
        visitor.get("/sign-in")
    second, first = visitor.back(state="2"), visitor.back(state="1")

    assert (first.answer.location, second.answer.location) == (LEFT, SECOND)
    assert visitor.get("/school/ects").status == 200
    assert kept(visitor) == []


def test_tabs_that_a_browser_restores_ask_at_the_same_time(visitor):
    """Neither answer undoes what the other has just kept: each has a cookie of its own."""
    asked = [visitor.client.another().get("/sign-in") for _ in range(2)]
    for answer in asked:
        name, _, value = answer.headers["Set-Cookie"].partition(";")[0].partition("=")
        visitor.client.set_cookie(name, value, domain="localhost")

    assert [visitor.back(state=state).status for state in ("1", "2")] == [302, 302]


@pytest.mark.parametrize(
    "query",
    ["state=made-up&code=x", "code=x", "", "state=&code=good", "state=9&error=access_denied"],
)
def test_an_answer_to_nothing_uses_up_nobodys_attempt(visitor, query):
    """Whether it was forged or is of last week."""
    visitor.get(LEFT)
    visitor.get("/sign-in")
    forged = visitor.get(f"/sign-in/callback?{query}")

    assert forged.status == 400
    assert visitor.back().answer.location == LEFT


def test_one_tab_that_says_no_leaves_the_other_alone(visitor):
    """It can begin again, for the page that it wanted."""
    for page in (LEFT, SECOND):
        visitor.get(page)
        visitor.get("/sign-in")
    no = visitor.back(state="1", code="", error="access_denied")
    visitor.get("/sign-in")

    assert no.status == 400
    assert visitor.back(state="3").answer.location == LEFT
    assert visitor.back(state="2").answer.location == SECOND


def test_a_used_answer_is_refused_in_every_tab(visitor):
    """Also when others are still under way."""
    visitor.get("/sign-in")
    visitor.get("/sign-in")
    visitor.back(state="1")
    visitor.post("/sign-out")

    assert visitor.back(state="1").status == 400


def test_five_attempts_are_kept_for_an_hour(visitor):
    """The oldest go first."""
    for _ in range(7):
        visitor.get("/sign-in")
        visitor.service.clock.wait(minutes=1)
    assert len(kept(visitor)) == 5
    assert [visitor.back(state=state).status for state in ("1", "2", "3")] == [400, 400, 302]
    visitor.post("/sign-out")
    visitor.service.clock.wait(minutes=56)
    visitor.get("/sign-in")

    assert visitor.back(state="4").status == 400  # begun an hour ago
    assert visitor.back(state="8").status == 302


def test_an_attempt_ends_after_an_hour_whatever_the_browser_keeps(visitor):
    """A browser that restores tabs restores cookies."""
    visitor.get("/sign-in")
    visitor.service.clock.wait(minutes=60)

    assert visitor.back().status == 400
    assert visitor.key() is None


def test_cookies_stay_small(visitor):
    """However long the pages are that the tabs want to go to."""
    for number in range(12):
        visitor.get(f"/school/ects?search={number}{'xyz'.join(map(str, range(190)))}"[:1000])
        visitor.get("/sign-in")
        visitor.service.clock.wait(seconds=1)
    jar = visitor.client._cookies.values()
    lengths = {cookie.key: len(cookie.key) + len(cookie.value) for cookie in jar}

    assert sum(lengths.values()) < 7000  # servers take 8190
    assert max(lengths.values()) < 4096  # browsers take 4096
    assert visitor.back(state="12").status == 302


def test_over_https_no_other_host_can_set_an_attempt():
    """Nor can scripts read it."""
    visitor = visiting(OVER_HTTPS)
    cookie = visitor.client.get("/sign-in").headers["Set-Cookie"]

    assert cookie.startswith("__Host-sign-in-")
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=3600"):
        assert f"; {part}" in cookie
    assert "Domain" not in cookie


def test_a_cookie_that_we_have_not_signed_is_no_attempt(visitor):
    """Nor one of another state."""
    visitor.get("/sign-in")
    [name] = kept(visitor)
    value = visitor.client.get_cookie(name, domain="localhost").value
    visitor.client.set_cookie(name, value[:-1] + "x", domain="localhost")

    assert visitor.back().status == 400
    visitor.client.set_cookie("sign-in-junk", "x", domain="localhost")
    visitor.get("/sign-in")
    assert len(kept(visitor)) == 1


def test_a_school_that_was_chosen_in_one_tab_is_kept_in_the_next(visitor):
    """Unless the role there was lost meanwhile."""
    visitor.provider.belongs_to = visitor.provider.role_at = (LARKFIELD, FENWICK)
    for page in ("/school/ects", LEFT, SECOND):
        visitor.get(page)
        visitor.get("/sign-in")
    first = visitor.back(state="1")
    visitor.post("/choose-school", school="100002")
    second = visitor.back(state="2")
    chosen = visitor.get("/school/ects").html
    third_school = a_school(urn=Urn("100003"), name="Third School")
    visitor.service.do(lambda uow: uow.schools.save(third_school))
    third = attrs.evolve(FENWICK, id="org-3", name="Third School", urn="100003")
    visitor.provider.belongs_to = visitor.provider.role_at = (LARKFIELD, third)
    last = visitor.back(state="3")

    assert (first.step, second.answer.location, last.step) == (
        "choose-school",
        LEFT,
        "choose-school",
    )
    assert "Fenwick Academy (change)" in chosen
    assert visitor.post("/choose-school", school=URN.digits).answer.location == SECOND


@pytest.mark.parametrize("error", ["sessionexpired", "login_required", "interaction_required"])
def test_what_dfe_sign_in_has_forgotten_begins_again_by_itself(visitor, error):
    """For the page that the tab wanted."""
    visitor.get(LEFT)
    visitor.get("/sign-in")
    visitor.get(SECOND)
    visitor.get("/sign-in")
    again = expired(visitor, error, state="1")
    there = visitor.get(again.answer.location)

    assert (again.status, there.answer.location) == (302, "https://sign-in.example/auth?state=3")
    assert visitor.back(state="3").answer.location == LEFT
    assert visitor.back(state="2").answer.location == SECOND


def test_it_begins_again_without_a_state_and_after_an_hour(visitor):
    """The page at DfE Sign-in was open all night."""
    visitor.get(LEFT)
    visitor.get("/sign-in")
    visitor.service.clock.wait(hours=12)
    visitor.get(expired(visitor).answer.location)

    assert visitor.back(state="2").answer.location == LEFT


def test_it_does_not_begin_again_for_ever(visitor):
    """Twice in ten minutes; then a page says what to do."""
    visitor.get("/sign-in")
    statuses = []
    for state in ("1", "2", "3"):
        back = expired(visitor, state=state)
        statuses.append(back.status)
        if back.answer.location:
            visitor.get(back.answer.location)
    by_hand = visitor.get("/sign-in").status
    visitor.service.clock.wait(minutes=10)

    assert statuses == [302, 302, 400]
    assert "Sign in again" in back.html
    assert by_hand == 302
    assert expired(visitor, state="4").status == 302


def test_a_browser_without_cookies_does_not_go_round_either(visitor):
    """Nothing is there to count with."""
    client = visitor.client.another(use_cookies=False)
    again = client.get("/sign-in/callback?error=sessionexpired")
    page = Seen.of(client.get(again.location))

    assert (page.status, page.title[:26]) == (400, "You have not been signed i")


def test_what_is_forgotten_in_one_tab_does_not_matter_once_another_is_in(visitor):
    """It goes on where it wanted to."""
    for page in (LEFT, SECOND):
        visitor.get(page)
        visitor.get("/sign-in")
    visitor.back(state="2")

    assert expired(visitor, state="1").answer.location == LEFT


@pytest.mark.parametrize("error", ["temporarily_unavailable", "server_error"])
def test_trouble_of_dfe_sign_in_is_explained(visitor, error):
    """To begin again at once would help nobody; it is not a no."""
    visitor.get("/sign-in")
    page = expired(visitor, error, state="1")

    assert (page.status, page.answer.headers["Retry-After"]) == (503, "30")
    assert "does not affect your access" in page.says


HOME, ELSEWHERE = "https://ect.example", "http://ect.internal:8000"


def test_signing_in_begins_at_the_services_own_name():
    """Where DfE Sign-in sends people back to; until then nothing is kept in a cookie."""
    visitor = visiting(OVER_HTTPS)
    there = visitor.client.get("/sign-in", base_url=ELSEWHERE)
    home = visitor.client.get(there.location)

    assert there.location == "https://ect.example/sign-in?moved=yes"
    assert ("Set-Cookie" in there.headers, visitor.provider.begun) == (False, 1)
    assert home.location == "https://sign-in.example/auth?state=1"


def test_the_page_that_was_asked_for_comes_along():
    """From a page for those who are signed in, by one redirect."""
    visitor = visiting(OVER_HTTPS)
    there = visitor.client.get(LEFT, base_url=ELSEWHERE)
    visitor.client.get(there.location)
    back = visitor.client.get("/sign-in/callback?state=1&code=good", base_url=HOME)

    assert there.location.startswith("https://ect.example/sign-in?to=%2Fschool%2Fects%3Fstatus")
    assert "Set-Cookie" not in there.headers
    assert back.location == LEFT
    assert visitor.client.get(there.location).location == LEFT  # signed in already


def test_a_proxy_that_rewrites_the_name_makes_no_loop():
    """Every request seems to come by another: sent home once, it begins where it is."""
    visitor = visiting(OVER_HTTPS)
    hops, address = [], "/school/ects"
    while address.startswith(("/", "https://ect.example")) and len(hops) < 9:
        path = address.removeprefix("https://ect.example")
        address = visitor.client.get(path, base_url=ELSEWHERE).location
        hops.append(address)

    assert len(hops) == 2
    assert hops[-1].startswith("https://sign-in.example/auth")


@pytest.mark.parametrize(
    ("headers", "proxies", "begins"),
    [
        ({"Host": "ect.example"}, 0, True),
        ({"Host": "ECT.example:443"}, 0, True),
        ({"Host": "ect.example:8000"}, 0, True),
        ({"Host": "[::1]:8000"}, 0, False),
        ({"Host": "ect.internal", "X-Forwarded-Host": "ect.example"}, 1, True),
        ({"Host": "ect.internal", "X-Forwarded-Host": "ect.example"}, 0, False),
        ({"Host": "ect.example", "X-Forwarded-Host": "evil.example"}, 0, True),
        ({"Host": "ect.example", "X-Forwarded-Host": "old.example"}, 1, False),
        ({"Host": "ect.example.evil.example"}, 0, False),
    ],
)
def test_the_name_is_the_one_that_trusted_proxies_tell(headers, proxies, begins):
    """What anybody else says of it moves nobody, and nobody is moved but to the own name."""
    visitor = visiting(OVER_HTTPS, trusted_proxies=proxies)
    location = visitor.client.get("/sign-in", headers=headers).location

    home = "https://sign-in.example/auth" if begins else "https://ect.example/sign-in?"
    assert location.startswith(home)


@pytest.mark.parametrize(("host", "begins"), [("localhost:8000", False), ("localhost", True)])
def test_another_name_of_this_machine_is_another_name(host, begins):
    """Its cookies are. Without a port it is no browser's, but a proxy's that asks for a page."""
    visitor = visiting(OVER_HTTP, base_url="http://127.0.0.1:8000")
    location = visitor.client.get("/sign-in", headers={"Host": host}).location

    home = "https://sign-in.example/auth" if begins else "http://127.0.0.1:8000/sign-in?"
    assert location.startswith(home)


@pytest.mark.parametrize(
    "brought", ["//evil.example", "https://evil.example", "/\\evil.example", "/x" * 600, ""]
)
def test_an_address_brings_along_pages_of_ours_only(visitor, brought):
    """Whoever made it."""
    visitor.client.get("/sign-in", query_string={"to": brought, "moved": "yes"})

    assert visitor.back().answer.location == "/school/ects"
