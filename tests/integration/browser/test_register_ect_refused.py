"""Registering an ECT in a browser: what the service refuses, and how to go on."""

from __future__ import annotations

from datetime import date

import pytest

from integration.browser.registering import Registering

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
    at_desk.found(user, trn, born_on)

    assert (at_desk.step, at_desk.rule) == ("stopped", rule)


def test_a_school_that_cannot_register(at_desk: Registering) -> None:
    """It is told before anything is asked."""
    at_desk.visit.sign_in("duncan")
    at_desk.visit.go("/school/register-ect")
    at_desk.look()

    assert at_desk.rule == "school-cannot-register"


def test_refusals_that_another_answer_mends(ect: Registering) -> None:
    """Each page leads to the question, and then on."""
    ect.found("owen", "3000401", date(1998, 4, 3))
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
