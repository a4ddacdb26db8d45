"""A long list that becomes a search box."""

from __future__ import annotations

from datetime import date

import pytest

from integration.browser.registering import Registering
from integration.browser.visits import Visit

HUB = "Amber Moor Teaching School Hub"


@pytest.fixture
def asked(visit: Visit) -> Visit:
    """Somebody is asked for an appropriate body."""
    visit.sign_in("owen")
    journey = Registering(visit)
    journey.start()
    journey.find("3000102", date(2001, 2, 28))
    journey.name()
    journey.email("search.box@example.org")
    journey.start_date(date(2025, 9, 1))
    journey.pick("working_pattern", "full_time")
    return visit


def _box(visit: Visit):
    return visit.page.locator("input#appropriate_body")


def _go_on(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Continue").click()


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
