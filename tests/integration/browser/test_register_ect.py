"""Registering an ECT in a browser: every way through, with and without scripts, on any screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from integration.browser.conftest import NARROW, WIDE
from integration.browser.registering import Registering
from integration.browser.visits import Visit
from playwright.sync_api import Browser

HUB = "Amber Moor Teaching School Hub"
ISTIP = "Independent Schools Teacher Induction Panel (ISTIP)"
LEAD_PROVIDER = "Teach First"
START_DATE = date(2025, 9, 27)
ANYBODY = ("3000102", date(2001, 2, 28))

VISITS = {"desk": (WIDE, True), "telephone": (NARROW, True), "no-scripts": (WIDE, False)}


@pytest.fixture(params=VISITS)
def ect(
    request: pytest.FixtureRequest, browser: Browser, demo_address: str
) -> Iterator[Registering]:
    """Somebody about to register an ECT; the demo has begun afresh."""
    size, scripts = VISITS[request.param]
    with Visit.begin(browser, demo_address, size, scripts=scripts) as visit:
        _begin_afresh(visit)
        yield Registering(visit)


@pytest.fixture
def at_desk(visit: Visit) -> Registering:
    """The same, at a desk, where one way to visit is enough."""
    _begin_afresh(visit)
    return Registering(visit)


def _begin_afresh(visit: Visit) -> None:
    """A day ahead, and back: the demo loads its world again."""
    for day in ("11", "10"):
        visit.go("/demo/today")
        for part, text in (("day", day), ("month", "9"), ("year", "2025")):
            visit.page.locator(f"[name=today-{part}]").fill(text)
        visit.page.get_by_role("button", name="Change the date").click()
        visit.page.wait_for_load_state()


def _found(ect: Registering, user: str, trn: str, born_on: date) -> None:
    ect.visit.sign_in(user)
    ect.start()
    ect.find(trn, born_on)


def _details(ect: Registering, address: str = "new.teacher@example.org") -> None:
    ect.name()
    if ect.step == "registered-before":
        ect.press()
    ect.email(address)
    ect.start_date(START_DATE)
    ect.pick("working_pattern", "full_time")


def _choices(ect: Registering, body: str = HUB) -> None:
    ect.appropriate_body(body)
    ect.pick("programme", "provider_led")
    ect.pick("lead_provider", LEAD_PROVIDER)


def _registered(ect: Registering) -> str:
    """What the confirmation says, also after a reload."""
    assert ect.step == "check-answers"
    ect.press("Register this ECT")
    assert ect.step == "done"
    said = ect.says
    ect.visit.page.reload()
    assert ect.says == said
    return said


def test_by_date_of_birth(ect: Registering) -> None:
    """A school that has registered nobody yet is asked everything."""
    _found(ect, "owen", *ANYBODY)
    _details(ect)
    _choices(ect)

    assert "details on to Teach First" in _registered(ect)


def test_by_national_insurance_number(ect: Registering) -> None:
    """The date of birth differs."""
    _found(ect, "owen", "3000401", date(1998, 4, 3))
    asked = (ect.step, ect.rule)
    ect.prove("JY 00 04 01 A")
    _details(ect)
    _choices(ect)

    assert asked == ("national-insurance-number", "date-of-birth-differs")
    assert "TRN 3000401" in _registered(ect)


def test_with_the_choices_of_last_time(ect: Registering) -> None:
    """Check answers comes at once."""
    _found(ect, "hannah", *ANYBODY)
    _details(ect)
    offered = ect.says
    ect.pick("reuse_choices", "yes")

    assert "Delivery partner Fernhill Professional Learning" in offered
    assert "Fernhill Professional Learning" in ect.says
    assert "ECT details saved" in _registered(ect)


def test_with_other_choices_than_last_time(ect: Registering) -> None:
    """Each is asked."""
    _found(ect, "hannah", *ANYBODY)
    _details(ect)
    ect.pick("reuse_choices", "no")
    _choices(ect, "Brackenfield Teaching School Hub")

    assert "Brackenfield" in ect.says
    assert "ECT details saved" in _registered(ect)


def test_school_led(ect: Registering) -> None:
    """No lead provider is asked for."""
    _found(ect, "owen", *ANYBODY)
    _details(ect)
    ect.appropriate_body(HUB)
    ect.pick("programme", "school_led")

    assert "no lead provider will contact you" in _registered(ect)


def test_at_an_independent_school(ect: Registering) -> None:
    """With section 41 funding it may choose the national panel."""
    _found(ect, "celia", *ANYBODY)
    _details(ect)
    if ect.step == "reuse-choices":
        ect.pick("reuse_choices", "no")
    ect.appropriate_body(ISTIP)
    ect.pick("programme", "school_led")

    assert ISTIP in ect.says
    assert "ECT details saved" in _registered(ect)


def test_somebody_who_returns(ect: Registering) -> None:
    """They had left the school."""
    _found(ect, "hannah", "3000503", date(2000, 4, 4))
    _details(ect)
    ect.pick("reuse_choices", "yes")

    assert "ECT details saved" in _registered(ect)


def test_somebody_who_comes_from_another_school(ect: Registering) -> None:
    """Their registration there ends."""
    _found(ect, "hannah", "3000504", date(1999, 8, 27))
    ect.name("Lakshmi Venkat")
    before = ect.says
    ect.press()
    ect.email("l.venkat@example.org")
    ect.start_date(START_DATE)
    ect.pick("working_pattern", "part_time")
    ect.pick("reuse_choices", "yes")

    assert "School Harbourside High School" in before
    assert "ends on 26 September 2025" in ect.says
    assert "Lakshmi Venkat" in _registered(ect)


def test_every_answer_can_be_changed(ect: Registering) -> None:
    """Each change comes back to check answers."""
    _found(ect, "owen", *ANYBODY)
    _details(ect)
    _choices(ect)
    for noun, change in {
        "name": lambda: ect.name("Sian Llewelyn"),
        "email address": lambda: ect.email("another@example.org"),
        "start date": lambda: ect.start_date(date(2025, 10, 13)),
        "working pattern": lambda: ect.pick("working_pattern", "part_time"),
        "appropriate body": lambda: ect.appropriate_body("Eastlight Teaching School Hub"),
        "lead provider": lambda: ect.pick("lead_provider", "Ambition Institute"),
        "training programme": lambda: ect.pick("programme", "school_led"),
    }.items():
        ect.follow(f"Change {noun}")
        change()
        assert ect.step == "check-answers", noun

    for answer in (
        "Sian Llewelyn",
        "another@example.org",
        "13 October 2025",
        "Part time",
        "Eastlight",
        "School-led",
    ):
        assert answer in ect.says


def test_reused_choices_change_together(at_desk: Registering) -> None:
    """By the question about them; back leads to check answers."""
    _found(at_desk, "hannah", *ANYBODY)
    _details(at_desk)
    at_desk.pick("reuse_choices", "yes")
    for noun in ("appropriate body", "training programme", "lead provider", "delivery partner"):
        at_desk.follow(f"Change {noun}")
        assert at_desk.step == "reuse-choices", noun
        at_desk.back()
        assert at_desk.step == "check-answers", noun


def test_two_tabs_with_two_teachers(at_desk: Registering) -> None:
    """They never mix."""
    _found(at_desk, "owen", *ANYBODY)
    tab = at_desk.visit.page.context.new_page()
    other = Registering(Visit(tab, at_desk.visit.address, scripts=True))
    other.start()
    other.find("3000103", date(2000, 2, 29))
    at_desk.name()
    other.name()
    at_desk.email("first@example.org")
    other.email("second@example.org")

    assert "3000102" in at_desk.visit.page.locator(".govuk-caption-l").inner_text()
    assert "3000103" in other.visit.page.locator(".govuk-caption-l").inner_text()


def test_the_back_button_of_the_browser(ect: Registering) -> None:
    """At each step it shows the page before, and going on is where it was."""
    _found(ect, "owen", *ANYBODY)
    _details(ect)
    for step in ("working-pattern", "start-date", "email", "name"):
        ect.visit.page.go_back()
        ect.visit.page.wait_for_load_state()
        assert ect.step == step

    ect.press()
    assert ect.step == "appropriate-body"

    _choices(ect)
    _registered(ect)
    ect.visit.page.go_back()
    ect.visit.page.reload()

    assert ect.step == "done"


def test_mistakes_are_put_right_where_they_are(ect: Registering) -> None:
    """Every question asked and left empty first."""
    ect.visit.sign_in("owen")
    ect.start()
    ect.press()
    ect.find(*ANYBODY)
    for step, answer in {
        "name": lambda: ect.name("Siân Llewelyn-Hughes"),
        "email": lambda: ect.email("s.llewelyn@example.org"),
        "start-date": lambda: ect.start_date(START_DATE),
        "working-pattern": lambda: ect.pick("working_pattern", "part_time"),
        "appropriate-body": lambda: ect.appropriate_body(HUB),
        "programme": lambda: ect.pick("programme", "provider_led"),
        "lead-provider": lambda: ect.pick("lead_provider", LEAD_PROVIDER),
    }.items():
        ect.press()
        assert (ect.step, ect.visit.page.locator(".govuk-error-summary").count()) == (step, 1)
        answer()

    assert "Siân Llewelyn-Hughes" in _registered(ect)


REFUSED = [
    ("owen", "3999999", date(1999, 1, 31), "trn-not-found"),
    ("hannah", "3000501", date(2001, 7, 19), "already-in-progress-here"),
    ("hannah", "3000502", date(1998, 12, 12), "already-completed-here"),
    ("owen", "3000201", date(1990, 3, 14), "induction-passed"),
    ("owen", "3000202", date(1988, 7, 30), "induction-failed"),
    ("owen", "3000204", date(1979, 12, 25), "induction-exempt"),
    ("owen", "3000205", date(1991, 1, 19), "prohibited-from-teaching"),
    ("owen", "3000207", date(1996, 6, 6), "unknown-induction-status"),
]


@pytest.mark.parametrize(("user", "trn", "born_on", "rule"), REFUSED)
def test_who_cannot_be_registered(
    at_desk: Registering, user: str, trn: str, born_on: date, rule: str
) -> None:
    """The page says why."""
    _found(at_desk, user, trn, born_on)

    assert (at_desk.step, at_desk.rule) == ("stopped", rule)


def test_a_school_that_cannot_register(at_desk: Registering) -> None:
    """It is told before anything is asked."""
    at_desk.visit.sign_in("duncan")
    at_desk.visit.go("/school/register-ect")
    at_desk.look()

    assert at_desk.rule == "school-cannot-register"


def test_refusals_that_another_answer_mends(ect: Registering) -> None:
    """Each page leads to the question, and then on."""
    _found(ect, "owen", "3000401", date(1998, 4, 3))
    ect.prove("JY000402A")
    rules = [ect.rule]
    ect.press("Search again")
    ect.find("3000505", date(2001, 1, 31))
    ect.name()
    ect.press()
    ect.email("z.nowak@aldervale.example.org")
    rules.append(ect.rule)
    ect.press("Enter a different email address")
    ect.email("b.angstrom@example.org")
    ect.start_date(date(2025, 9, 5))
    rules.append(ect.rule)
    ect.press("Change the start date")
    ect.start_date(date(2026, 9, 1))
    rules.append(ect.rule)
    ect.press("Change the start date")
    ect.start_date(date(2025, 9, 6))

    assert ect.step == "working-pattern"
    assert rules == [
        "details-do-not-match",
        "email-in-use",
        "overlaps-previous",
        "cannot-register-yet",
    ]


def test_what_was_left_unfinished_is_taken_up_again(ect: Registering) -> None:
    """Or discarded."""
    _found(ect, "owen", *ANYBODY)
    ect.name()
    ect.visit.go("/school/register-ect")
    ect.look()
    ect.follow("Continue")

    assert ect.step == "email"
