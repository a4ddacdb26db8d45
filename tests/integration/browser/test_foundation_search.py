"""A long list that becomes a search box."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Route

from ect_registration.domain.text import folded
from entrypoints.web.static_files.assets import Assets
from integration.browser.conftest import NARROW, WIDE
from integration.browser.registering import Registering, details_of_work, searched
from integration.browser.visits import Visit, lead_on

ASSETS = Assets.read()
HUB = "Amber Moor Teaching School Hub"
WHOM_NO_TEST_REGISTERS = ("3000109", date(1997, 9, 10))  # a demo is as other tests left it
MORE = (
    "Élan Teaching School Hub",
    "North & South Teaching School Hub",
    "St Wilfrid’s Teaching School Hub",
    "Łódź-Ørsted Teaching School Hub",
)


@pytest.fixture(params=[WIDE, NARROW], ids=["desk", "telephone"])
def asked(request: pytest.FixtureRequest, browser: Browser, demo_address: str) -> Iterator[Visit]:
    """Somebody is asked for an appropriate body."""
    with Visit.begin(browser, demo_address, request.param) as visit:
        visit.page.route("**/appropriate-body*", _with_more)
        visit.sign_in("owen")
        Registering(visit).skip(
            {},
            searched(*WHOM_NO_TEST_REGISTERS),
            {"name_is_correct": "yes"},
            *details_of_work("search.box@example.org"),
            to="/school/register-ect",
        )
        yield visit


def _with_more(route: Route) -> None:
    """The list has some bodies more, of names that are hard to type."""
    if route.request.method != "GET":
        route.continue_()
        return
    answer = route.fetch()
    more = "".join(f"<option>{name.replace('&', '&amp;')}</option>" for name in MORE)
    route.fulfill(response=answer, body=answer.text().replace("</select>", f"{more}</select>"))


def _box(visit: Visit):
    return visit.page.locator("input#appropriate_body")


def _go_on(visit: Visit) -> None:
    lead_on(visit.page.get_by_role("button", name="Continue"))


def _shown(visit: Visit) -> list[str]:
    """The options of the open list."""
    options = visit.page.locator("ul[role=listbox]:visible li[role=option]:not([aria-disabled])")
    return [option.inner_text() for option in options.all()]


def test_part_of_a_name_finds_it(asked: Visit) -> None:
    """The open list can be used by everybody."""
    _box(asked).fill("amber")
    asked.page.get_by_role("option", name=HUB).wait_for()
    asked.check()
    asked.page.keyboard.press("ArrowDown")
    asked.page.keyboard.press("Enter")

    assert _box(asked).input_value() == HUB

    _go_on(asked)

    assert asked.page.url.endswith("/programme")


def test_a_whole_name_need_not_be_chosen_from_the_list(asked: Visit) -> None:
    """Typing it is enough, in small letters too."""
    _box(asked).fill(HUB.lower())
    _go_on(asked)

    assert asked.page.url.endswith("/programme")


def test_what_is_not_on_the_list_is_no_choice(asked: Visit) -> None:
    """Not even after another was chosen; the message leads to the box and stands at it."""
    _box(asked).fill("amber")
    asked.page.get_by_role("option", name=HUB).click()
    _box(asked).fill("Somebody else")
    _go_on(asked)
    asked.check()
    asked.page.get_by_role("link", name="Select an appropriate body").click()

    assert asked.page.evaluate("document.activeElement.id") == "appropriate_body"
    assert _box(asked).input_value() == "Somebody else"
    assert "appropriate_body-error" in (_box(asked).get_attribute("aria-describedby") or "")
    assert "govuk-input--error" in (_box(asked).get_attribute("class") or "")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("elan", MORE[0]),
        ("north and south", MORE[1]),
        ("South & North", MORE[1]),
        ("st wilfrids", MORE[2]),
        ("st wilfrid's", MORE[2]),
        ("stwilfrids", MORE[2]),
        ("lodz orsted", MORE[3]),
        ("ORSTED  LODZ ", MORE[3]),
        ("  hub moor amber", HUB),
    ],
)
def test_names_are_found_as_they_are_typed_plainly(asked: Visit, typed: str, name: str) -> None:
    """Accents, apostrophes, the order of words and blanks at the edges do not matter."""
    _box(asked).fill(typed)
    asked.page.get_by_role("option", name=name).wait_for()

    assert _shown(asked) == [name]


def test_what_is_typed_and_not_on_the_list_is_never_offered(asked: Visit) -> None:
    """Neither while it is typed nor when it is shown again with the error message."""
    _box(asked).fill("Somebody else")
    asked.page.get_by_text("No results found").wait_for()
    _go_on(asked)
    asked.page.get_by_role("link", name="Select an appropriate body").click()

    assert _shown(asked) == []

    _box(asked).press("ArrowDown")

    assert len(_shown(asked)) > 1
    assert "Somebody else" not in _shown(asked)


@pytest.mark.parametrize("way", ["click", "keyboard"])
def test_all_options_are_shown_when_one_is_chosen_already(asked: Visit, way: str) -> None:
    """Whoever wants to change the answer sees what there is, here and back at the question."""
    place = asked.page.url
    _box(asked).click()
    everything = _shown(asked)
    _box(asked).fill("amber")
    asked.page.get_by_role("option", name=HUB).click()
    _reopen(asked, way)

    assert len(everything) > 5
    assert _shown(asked) == everything

    _box(asked).press("Escape")
    _go_on(asked)
    asked.page.goto(place)

    assert _box(asked).input_value() == HUB

    _reopen(asked, way)

    assert _shown(asked) == everything


def _reopen(visit: Visit, way: str) -> None:
    if way == "click":
        _box(visit).click()
    else:
        _box(visit).focus()
        assert _shown(visit) == []
        _box(visit).press("ArrowDown")
    visit.page.get_by_role("option", name=HUB).wait_for()


def test_a_click_reaches_what_it_was_meant_for(asked: Visit) -> None:
    """Nothing lies under an open list, and nothing moves while a button of the mouse is down."""
    mouse, button = asked.page.mouse, asked.page.get_by_role("button", name="Continue")
    _box(asked).fill(HUB)
    _box(asked).press("End")
    asked.page.get_by_role("option", name=HUB).wait_for()
    button.scroll_into_view_if_needed()
    at = button.bounding_box()
    assert at is not None
    mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    mouse.down()
    asked.page.locator("ul[role=listbox]:visible").wait_for(state="detached")
    mouse.up()
    asked.page.wait_for_url("**/programme")


def test_nothing_lies_under_the_open_list(asked: Visit) -> None:
    """What follows makes room, and comes back when a click elsewhere has closed the list."""
    link = asked.page.get_by_role("link", name="See the appropriate bodies by area")
    before = link.bounding_box()
    _box(asked).fill("a")
    asked.page.locator("ul[role=listbox]:visible").wait_for()
    listed, after = asked.page.locator("ul[role=listbox]").bounding_box(), link.bounding_box()
    assert before
    assert listed
    assert after

    assert after["y"] >= listed["y"] + listed["height"]

    asked.check()
    asked.page.locator(".govuk-hint").click()
    asked.page.wait_for_function(
        "y => document.querySelector('main form a').getBoundingClientRect().y + scrollY < y",
        arg=after["y"],
    )

    assert _shown(asked) == []


def test_a_whole_name_is_sent_with_enter(asked: Visit) -> None:
    """Although the list is open."""
    _box(asked).press_sequentially("st wilfrids teaching school hub")
    asked.page.get_by_role("option", name=MORE[2]).wait_for()
    with asked.page.expect_request(lambda request: request.method == "POST") as sent:
        _box(asked).press("Enter")

    assert "St+Wilfrid" in (sent.value.post_data or "")


def test_hint_and_error_message_stay_at_the_box(asked: Visit) -> None:
    """Whatever is typed."""
    _go_on(asked)
    box = _box(asked)
    hints = []
    for typed in ("", "a", "amber", ""):
        box.fill(typed)
        asked.page.wait_for_timeout(200)
        hints.append((box.get_attribute("aria-describedby") or "").split())

    assert all({"appropriate_body-hint", "appropriate_body-error"} <= {*hint} for hint in hints)
    assert "appropriate_body__assistiveHint" in hints[-1]


@pytest.mark.parametrize(
    "text",
    [
        *MORE,
        "Æthel Þórr, Đặng ĐỨC & Yıldız İpek",  # noqa: RUF001
        "STRAẞE Straße Ħal Ⱥɍ Ǝə Œuvré",
        "O´Brien o'brien O’BRIEN Kawaiʻi Gal·la",  # noqa: RUF001
        "a–b−c\u2011d\u00a0e\u200bf\u00adg ſ ŉ ǅ ﬁ Ａ",  # noqa: RUF001
        "Ольга Ёлкина ΣΊΣΥΦΟΣ محـمد",
    ],
)
def test_pages_fold_names_as_the_service_does(visit: Visit, text: str) -> None:
    """What a search box finds is what a search finds."""
    visit.go("/")
    script = f"/assets/{ASSETS.names['folding.js']}"
    there = visit.page.evaluate(
        "async ([script, text]) => (await import(script)).folded(text)", [script, text]
    )

    assert there == folded(text)
