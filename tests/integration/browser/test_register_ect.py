"""Registering an ECT in a browser: every way through, with and without scripts."""

from __future__ import annotations

from datetime import date

from integration.browser.registering import HUB, START_DATE, Registering
from integration.browser.visits import Visit

ISTIP = "Independent Schools Teacher Induction Panel (ISTIP)"
ANYBODY = ("3000102", date(2001, 2, 28))


def test_by_date_of_birth(ect: Registering) -> None:
    """A school that has registered nobody yet is asked everything."""
    ect.found("owen", *ANYBODY)
    ect.details()
    ect.choices()

    assert "details on to Teach First" in ect.registered()


def test_by_national_insurance_number(ect: Registering) -> None:
    """The date of birth differs."""
    ect.found("owen", "3000401", date(1998, 4, 3))
    asked = (ect.step, ect.rule)
    ect.prove("JY 00 04 01 A")
    ect.details()
    ect.choices()

    assert asked == ("national-insurance-number", "date-of-birth-differs")
    assert "TRN 3000401" in ect.registered()


def test_with_the_choices_of_last_time(ect: Registering) -> None:
    """Check answers comes at once."""
    ect.found("hannah", *ANYBODY)
    ect.details()
    offered = ect.says
    ect.pick("reuse_choices", "yes")

    assert "Delivery partner Fernhill Professional Learning" in offered
    assert "Fernhill Professional Learning" in ect.says
    assert "ECT details saved" in ect.registered()


def test_with_other_choices_than_last_time(ect: Registering) -> None:
    """Each is asked."""
    ect.found("hannah", *ANYBODY)
    ect.details()
    ect.pick("reuse_choices", "no")
    ect.choices("Brackenfield Teaching School Hub")

    assert "Brackenfield" in ect.says
    assert "ECT details saved" in ect.registered()


def test_school_led(ect: Registering) -> None:
    """No lead provider is asked for."""
    ect.found("owen", *ANYBODY)
    ect.details()
    ect.appropriate_body(HUB)
    ect.pick("programme", "school_led")

    assert "no lead provider will contact you" in ect.registered()


def test_at_an_independent_school(ect: Registering) -> None:
    """With section 41 funding it may choose the national panel."""
    ect.found("celia", *ANYBODY)
    ect.details()
    if ect.step == "reuse-choices":
        ect.pick("reuse_choices", "no")
    ect.appropriate_body(ISTIP)
    ect.pick("programme", "school_led")

    assert ISTIP in ect.says
    assert "ECT details saved" in ect.registered()


def test_somebody_who_returns(ect: Registering) -> None:
    """They had left the school."""
    ect.found("hannah", "3000503", date(2000, 4, 4))
    ect.details()
    ect.pick("reuse_choices", "yes")

    assert "ECT details saved" in ect.registered()


def test_somebody_who_comes_from_another_school(ect: Registering) -> None:
    """Their registration there ends."""
    ect.found("hannah", "3000504", date(1999, 8, 27))
    ect.name("Lakshmi Venkat")
    before = ect.says
    ect.press()
    ect.email("l.venkat@example.org")
    ect.start_date(START_DATE)
    ect.pick("working_pattern", "part_time")
    ect.pick("reuse_choices", "yes")

    assert "School Harbourside High School" in before
    assert "will end on 26 September 2025" in ect.says
    assert "Lakshmi Venkat" in ect.registered()


def test_every_answer_can_be_changed(ect: Registering) -> None:
    """Each change comes back to check answers."""
    ect.found("owen", *ANYBODY)
    ect.details()
    ect.choices()
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
    """By one link to the question about them; back leads to check answers."""
    at_desk.found("hannah", *ANYBODY)
    at_desk.details()
    at_desk.pick("reuse_choices", "yes")
    at_desk.follow("Change same choices as last time")
    assert at_desk.step == "reuse-choices"
    at_desk.back()
    assert at_desk.step == "check-answers"


def test_two_tabs_with_two_teachers(at_desk: Registering) -> None:
    """They never mix."""
    at_desk.found("owen", *ANYBODY)
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
    ect.found("owen", *ANYBODY)
    ect.name()
    ect.details_of_work()
    for step in ("working-pattern", "start-date", "email", "name"):
        ect.visit.page.go_back()
        ect.visit.page.wait_for_load_state()
        assert ect.step == step

    ect.press()
    assert ect.step == "appropriate-body"

    ect.choices()
    ect.registered()
    ect.visit.page.go_back()
    ect.visit.page.reload()

    assert ect.step == "done"
