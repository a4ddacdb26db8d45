"""The ECTs page and the page of one ECT, at a school that has registered many."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import attrs
import pytest
from playwright.sync_api import Browser

from builders import (
    DELIVERY_PARTNER,
    URN,
    a_draft,
    a_journey,
    a_partnership,
    a_trs_person,
    a_world,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.training import Programme, ProgrammeChoices
from ect_registration.domain.values import Trn
from ect_registration.domain.world import DemoUser, World, WorldEct
from integration.browser.conftest import WAYS
from integration.browser.served import Served, served
from integration.browser.visits import Visit, lead_on

LONG = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft"
NAMES = (LONG, "Zoë Çelik", "عائشة المرابط", "<b>Bold</b>", "李小龙")
LEFT = Period(date(2024, 9, 2), date(2025, 7, 18))
PAGES = {
    "everybody": "/school/ects",
    "the last page": "/school/ects?page=3",
    "one status": "/school/ects?status=left",
    "a status that nobody has": "/school/ects?status=registered",
    "a search": f"/school/ects?search={LONG[:20]}",
    "a search that finds nobody": f"/school/ects?search={LONG}{LONG[:30]}",
}


def _world() -> World:
    """Forty-five ECTs: names that are hard to show, and one about whom little is known."""
    names = {n: NAMES[n] if n < len(NAMES) else f"Teacher {n}" for n in range(45)}
    people = [
        a_trs_person(trn=Trn(f"{3000000 + n}"), first_name="", last_name=name)
        for n, name in names.items()
    ]
    return a_world(
        trs_people=(*a_world().trs_people, *people),
        partnerships=(a_partnership(delivery_partner=DELIVERY_PARTNER),),
        ects=tuple(_ect(n) for n in names),
        users=(DemoUser("hannah", "Hannah Abbott", "hannah@example.org", URN),),
    )


def _ect(number: int) -> WorldEct:
    ect = WorldEct(
        school=URN,
        trn=Trn(f"{3000000 + number}"),
        email=Email(f"a.very.long.address.of.teacher.{number}@larkfield.example.org"),
        period=Period(date(2025, 9, 1)),
        registered_on=date(2025, 8, 1),
        choices=_choices(),
        working_pattern=WorkingPattern.FULL_TIME,
    )
    if number == 1:
        return attrs.evolve(ect, choices=ProgrammeChoices(None, None), working_pattern=None)
    return attrs.evolve(ect, period=LEFT) if number == 44 else ect


def _choices() -> ProgrammeChoices:
    """What the example draft chooses."""
    draft = a_draft()
    return ProgrammeChoices(draft.appropriate_body, Programme.PROVIDER_LED, draft.lead_provider)


@pytest.fixture(scope="module")
def demo() -> Iterator[Served]:
    """The service with this world."""
    with served(_world()) as demo:
        yield demo


@pytest.fixture(params=["desk", "no-scripts"])
def hannah(request: pytest.FixtureRequest, browser: Browser, demo: Served) -> Iterator[Visit]:
    """Somebody of the school, each way."""
    size, scripts = WAYS[request.param]
    with Visit.begin(browser, demo.address, size, scripts=scripts) as visit:
        visit.sign_in("hannah")
        yield visit


def _names(visit: Visit) -> list[str]:
    return visit.page.locator(".app-people th a").all_inner_texts()


def _follow(visit: Visit, link: str) -> None:
    lead_on(visit.page.get_by_role("link", name=link).first)


@pytest.mark.parametrize("hannah", ["desk"], indirect=True)
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_every_page_of_ects_behaves(hannah: Visit, path: str) -> None:
    """With long names and other scripts, with parts that are not known, with nobody at all."""
    hannah.go(path)

    hannah.check()


def test_a_small_telephone_shows_each_name_across_the_page(browser: Browser, demo: Served) -> None:
    """Names are not broken into a narrow column."""
    size, scripts = WAYS["telephone"]
    with Visit.begin(browser, demo.address, size, scripts=scripts) as visit:
        visit.sign_in("hannah")
        visit.go("/school/ects")
        row = visit.page.locator(".app-people tbody tr").first
        widths = [row.locator(cell).first.bounding_box() for cell in ("th", "td")]

    assert all(widths)
    assert len({box["width"] for box in widths if box}) == 1


@pytest.mark.parametrize("hannah", ["desk"], indirect=True)
@pytest.mark.parametrize("name", [LONG, "Zoë Çelik"])
def test_the_page_of_an_ect_behaves(hannah: Visit, name: str) -> None:
    """Whoever it is; the way back leads to the ECTs that were found."""
    hannah.go(f"/school/ects?search={name}")
    _follow(hannah, name)
    hannah.check()
    _follow(hannah, "Back")

    assert _names(hannah) == [name]


def test_somebody_is_found_and_everybody_comes_back(hannah: Visit) -> None:
    """By typing a part of the name, whatever the status looked at."""
    hannah.go("/school/ects")
    hannah.page.get_by_label("Search by name").fill("celik")
    lead_on(hannah.page.get_by_role("button", name="Search"))

    assert _names(hannah) == ["Zoë Çelik"]
    assert hannah.page.get_by_label("Search by name").input_value() == "celik"

    _follow(hannah, "Left (0)")
    assert _names(hannah) == []

    _follow(hannah, "Clear the search")
    assert _names(hannah) == ["Teacher 44"]


def test_pages_are_turned(hannah: Visit) -> None:
    """Twenty, twenty and five."""
    hannah.go("/school/ects")
    first = _names(hannah)
    _follow(hannah, "Next")
    second = _names(hannah)
    lead_on(hannah.page.get_by_role("link", name="Page 3"))

    assert [len(first), len(second), len(_names(hannah))] == [20, 20, 5]
    assert not set(first) & set(second)


def test_the_file_can_be_kept(hannah: Visit, tmp_path: Path) -> None:
    """All of them, under a name."""
    hannah.go("/school/ects")
    with hannah.page.expect_download() as download:
        hannah.page.get_by_role("link", name="Download all ECTs").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)

    assert file.name == "ects-100001-2025-09-10.csv"
    assert len(list(csv.reader(file.read_text("utf-8-sig").splitlines()))) == 46


def test_an_unfinished_registration_is_taken_up_or_discarded(hannah: Visit, demo: Served) -> None:
    """It leads to where it was left; discarded, it is gone, and the page says so."""
    ports = demo.ports
    journey = a_journey(
        id=ports.new_id(), user="hannah", draft=a_draft(), used_at=ports.clock.now()
    )
    demo.do(lambda uow: uow.journeys.add(journey))
    hannah.go("/school/ects")
    _follow(hannah, "Continue or discard")
    hannah.check()
    _follow(hannah, "Continue registering")

    assert re.search(rf"/school/register-ect/{journey.id}/[a-z-]+$", hannah.page.url)

    hannah.go("/school/ects/unfinished")
    _follow(hannah, "Discard")
    hannah.check()
    lead_on(hannah.page.get_by_role("button", name="Discard this registration"))
    hannah.check()

    assert "The registration has been discarded." in hannah.page.locator("main").inner_text()
    assert hannah.page.get_by_role("link", name="Continue or discard").count() == 0


@pytest.mark.parametrize("hannah", ["desk"], indirect=True)
def test_ten_ects_fit_on_a_screen_and_on_a_page_of_paper(hannah: Visit) -> None:
    """Rows of at most 90 pixels at a desk; on paper without navigation, search and addresses."""
    hannah.go("/school/ects?search=teacher")
    rows = hannah.page.evaluate(
        "[...document.querySelectorAll('.app-people tbody tr')].map((row) => row.offsetHeight)"
    )
    hannah.page.emulate_media(media="print")
    hannah.page.set_viewport_size(
        {"width": 718, "height": 1047}
    )  # A4, with margins of a centimetre
    bottom = hannah.page.evaluate(
        "document.querySelectorAll('.app-people tbody tr')[9].getBoundingClientRect().bottom"
    )
    shown = hannah.page.evaluate(
        """[...document.querySelectorAll("nav, form, .govuk-button, footer, .app-tasks, main p a")]
          .filter((element) => element.offsetHeight).map((element) => element.outerHTML)"""
    )
    behind = hannah.page.evaluate(
        "getComputedStyle(document.querySelector('.app-people a'), '::after').content"
    )
    hannah.page.emulate_media(media="screen")

    assert sum(sorted(rows)[:10]) <= 900
    assert bottom <= 1047
    assert (shown, behind) == ([], "none")
