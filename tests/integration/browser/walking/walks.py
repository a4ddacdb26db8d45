"""Walks through the service that come to every page.

`test_every_page.py` takes all of them with and without scripts, looks at every page on the way,
wide and narrow, and `make screenshots` pictures the same pages. The application says
itself which pages there are: one to which no walk comes fails the test.

So a new page is a line or two: `see()` it in one of the walks, or write a walk of its own and
name it in `WALKS`. `visit.look()` checks everything that holds for every page, and answers each
question wrongly before the walk answers it. `Registering` looks by itself at every page that it
comes to; what was seen before it can `skip()`, as a page takes a browser a fifth of a second. A
walk begins at whatever the walks before it have left behind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from flask import template_rendered

from ect_registration.domain.search.ect_search import ShownStatus
from entrypoints.demo.highlights import CLICKS
from integration.browser.checking.looking import Look
from integration.browser.registering import NUMBER_NEEDED, Registering, details_of_work
from integration.browser.served import Served
from integration.browser.visits import Visit, lead_on
from integration.browser.walking import bulk_walks, changing_walks, mentor_walks, troubled_walks

Walk = Callable[[Visit, Served], None]

LONG_NAME = ("3000104", date(1999, 12, 31))
RIGHT_TO_LEFT = ("3000107", date(1998, 8, 8))
MERGED = ("3000301", date(1999, 5, 12))
LEAVES_ANOTHER_SCHOOL = ("3000504", date(1999, 8, 27))


def about(visit: Visit, _: Served) -> None:
    """The pages of nobody in particular."""
    for path in (
        "/",
        "/privacy",
        "/cookies",
        "/accessibility",
        "/help",
        "/api",
        "/sign-in",
        "/signed-out",
    ):
        visit.see(path)
    visit.see("/demo")
    visit.see("/demo/sign-in")
    visit.see("/demo/notices")
    visit.see("/demo/rules/overlaps-previous")
    visit.see("/demo/today")
    visit.page.locator("#today-month").fill("Juno")
    visit.press("Change the date")


def registering(visit: Visit, _: Served) -> None:
    """Somebody with a long name, at a school that has registered nobody; then all of it again."""
    ect = Registering(visit)
    visit.sign_in("owen")
    ect.start()
    ect.find(*LONG_NAME)
    ect.visit.page.locator("input[name='name_is_correct'][value='no']").check()
    ect.press()
    ect.name("Max Wolfeschlegelsteinhausenbergerdorff-Konstantinopoulou")
    ect.pick("same_person", "no")
    ect.name("Max Wolfeschlegelsteinhausenbergerdorff-Konstantinopoulou")
    ect.pick("same_person", "yes")
    ect.details_of_work()
    ect.choices()
    ect.registered()
    for trn, born_on in (RIGHT_TO_LEFT, MERGED):
        ect.found("owen", trn, born_on)
    ect.found("owen", *NUMBER_NEEDED)
    ect.type("national_insurance_number", "QQ12")
    ect.press()
    ect.prove("JY 00 04 01 A")
    visit.see("/school/register-ect")
    visit.press("Start now")


def reusing(visit: Visit, _: Served) -> None:
    """Somebody who comes from another school, with the choices of last time."""
    ect = Registering(visit)
    ect.found("hannah", *LEAVES_ANOTHER_SCHOOL)
    ect.name()
    ect.skip({}, *details_of_work("l.venkat@example.org"))
    ect.pick("reuse_choices", "yes")
    ect.registered()


def the_ects_page(visit: Visit, _: Served) -> None:
    """Many, few, none, found and not found; one of them; and what was left unfinished."""
    for user in ("duncan", "owen", "hannah"):
        visit.sign_in(user)
        visit.see("/school/ects")
    visit.see("/school/ects/unfinished")
    for query in ("?status=left", "?search=Zofia", "?search=nobody", "?status=completed&search=z"):
        visit.see(f"/school/ects{query}")
    for status in ShownStatus:
        visit.go(f"/school/ects?status={status.value}")
        card = visit.page.locator(".app-people th a").first
        if card.count():
            lead_on(card)
            visit.look()
    visit.sign_in("owen")
    visit.go("/school/ects")
    lead_on(visit.page.get_by_role("link", name="Continue or discard"))
    visit.look()
    lead_on(visit.page.get_by_role("link", name="Continue registering").first)
    visit.look()
    visit.go("/school/ects/unfinished")
    lead_on(visit.page.get_by_role("link", name="Discard").first)
    visit.look()
    visit.press("Discard this registration")


def staying(visit: Visit, _: Served) -> None:
    """Signed in for longer."""
    visit.sign_in("owen")
    visit.see("/session")
    visit.press("Stay signed in")


def the_five_things(visit: Visit, _: Served) -> None:
    """Each button of the demo, from its page; TRS goes and comes back, and all begins again."""
    for click in CLICKS.values():
        visit.go("/demo")
        lead_on(visit.page.locator("main").get_by_role("button", name=click.button))
        visit.look()
    lead_on(visit.page.get_by_role("link", name="About this demo"))
    visit.look()
    for button in ("Take TRS out of reach", "Bring TRS back into reach"):
        visit.press(button)
    visit.press("Reset the demo")


WALKS: Sequence[Walk] = (
    about,
    the_five_things,
    registering,
    reusing,
    the_ects_page,
    bulk_walks.from_a_file,
    staying,
    *mentor_walks.WALKS,
    *changing_walks.WALKS,
    *troubled_walks.WALKS,
)


def take_all(visit: Look, demo: Served) -> None:
    """One after the other; the visit hears what the service renders."""
    with template_rendered.connected_to(visit.rendered, demo.app):
        for walk in WALKS:
            walk(visit, demo)
