"""Giving an ECT a mentor in a browser, with and without scripts, on any screen."""

from __future__ import annotations

from datetime import date

import pytest

from integration.browser.mentoring import (
    AOIFE,
    COMPLETED,
    DEBORAH,
    JOSE_MARIA,
    MARGUERITE,
    OLUWASEUN,
    ZOFIA,
    Mentoring,
)
from integration.browser.registering import Registering

CONFIRM = "Register and assign this mentor"
TOLD = "funded-mentor-training"
ANYBODY = ("3000102", date(2001, 2, 28))


@pytest.fixture
def mentor(ect: Registering) -> Mentoring:
    """Somebody about to give an ECT a mentor, each way; the demo has begun afresh."""
    return Mentoring(ect.visit)


@pytest.fixture
def mentor_at_desk(at_desk: Registering) -> Mentoring:
    """The same at a desk."""
    return Mentoring(at_desk.visit)


def test_an_ect_and_a_new_mentor_in_one_sitting(mentor: Mentoring) -> None:
    """Funded training is open to the mentor."""
    mentor.found("hannah", *ANYBODY)
    mentor.details()
    mentor.pick("reuse_choices", "yes")
    mentor.registered()
    mentor.follow_button("Assign a mentor")
    mentor.choose_by_name("Register a new mentor")
    mentor.find(*MARGUERITE)
    mentor.name("Marguerite St Clair")
    mentor.email("m.stclair@aldervale.example.org")
    told = mentor.says
    mentor.press()
    checked = mentor.says
    said = mentor.confirmed(CONFIRM)

    assert "Marguerite St Clair can get funded mentor training" in told
    assert "ECT to mentor Siân Llewelyn" in checked
    assert "The registration of this early career teacher (ECT) is complete" in said


def test_somebody_who_is_here_already(mentor: Mentoring) -> None:
    """Later, from the ECTs page; another lead provider is named."""
    mentor.visit.sign_in("hannah")
    mentor.ask(ZOFIA)
    mentor.press()
    missing = (mentor.step, mentor.rule)
    mentor.choose_by_name("Deborah Ashworth")
    told = mentor.says
    mentor.press("Choose another lead provider")
    mentor.choose("lead_provider", "Ambition Institute")
    said = mentor.confirmed("Continue")
    mentor.follow("See this ECT")

    assert missing[1] == "existing-or-new-mentor"
    assert "Deborah Ashworth can get funded mentor training" in told
    assert "details on to Ambition Institute" in said
    assert "Mentor Deborah Ashworth from 10 September 2025" in mentor.says


def test_a_mentor_from_another_school_who_is_only_here_from_now_on(mentor: Mentoring) -> None:
    """Asked for; check answers says what ends elsewhere."""
    mentor.search(ZOFIA, *JOSE_MARIA)
    mentor.name()
    mentor.email("j.fernandez@harbourside.example.org")
    asked = mentor.says
    mentor.pick("only_here", "yes")
    mentor.start_date(date(2025, 9, 22))
    mentor.press()
    checked = mentor.says
    mentor.confirmed(CONFIRM)

    assert "Harbourside High School, from 1 September 2021" in asked
    assert "Their last day there is 21 September 2025" in checked


def test_a_change_of_mentor_for_a_school_led_ect(mentor: Mentoring) -> None:
    """No training is promised; the coming mentor is shown beside the present one."""
    mentor.visit.sign_in("hannah")
    mentor.ask(OLUWASEUN)
    mentor.choose_by_name("Philippa Rookwood")
    said = mentor.says
    mentor.follow("See this ECT")
    mentor.follow("Change mentor")
    mentor.choose_by_name("Clementine Yeboah")
    checked = mentor.step, mentor.says
    mentor.press("Change the mentor")
    mentor.follow("See this ECT")

    assert checked[0] == "check-answers"
    assert "Philippa Rookwood until 4 January 2026" in checked[1]
    assert "No mentor training has been set up" in said
    assert "Next mentor Clementine Yeboah from 5 January 2026" in mentor.says
    assert "Mentor Philippa Rookwood from 10 September 2025 to 4 January 2026" in mentor.says


def test_every_answer_can_be_changed(mentor_at_desk: Mentoring) -> None:
    """Each change comes back to check answers; funded training is not open to them."""
    mentor = mentor_at_desk
    mentor.search(ZOFIA, *COMPLETED)
    mentor.name()
    mentor.email("h.omondi@example.org")
    told = mentor.says
    mentor.press()
    for noun, change in {
        "name": lambda: mentor.name("Hyacinth Odhiambo"),
        "email address": lambda: mentor.email("hyacinth@example.org"),
    }.items():
        mentor.follow(f"Change {noun}")
        change()
        assert mentor.step == "check-answers", noun

    assert "cannot get funded mentor training" in told
    assert "Name Hyacinth Odhiambo" in mentor.says
    assert "cannot get funded mentor training" in mentor.confirmed(CONFIRM)


def test_who_is_found_here_is_assigned_as_they_are(mentor: Mentoring) -> None:
    """By the button of the page that says so."""
    mentor.search(ZOFIA, *DEBORAH)
    mentor.press("Assign this mentor")
    told = mentor.step

    assert told == "training"
    assert "Deborah Ashworth assigned to Zofia" in mentor.confirmed("Continue")


def _choose_several(mentor: Mentoring) -> None:
    mentor.visit.sign_in("hannah")
    mentor.visit.go("/school/mentors")
    mentor.follow("Assign ECTs to Deborah Ashworth")
    for name in (ZOFIA, AOIFE):
        mentor.visit.page.get_by_label(name).check()
    mentor.press("Assign this mentor")


def test_several_ects_stay_chosen_on_the_way_back(mentor: Mentoring) -> None:
    """From each question to the one before, and to the list."""
    _choose_several(mentor)
    told, rules = mentor.says, [mentor.rule]
    for button in ("Choose another lead provider", "Assign this mentor"):
        mentor.press(button)
        rules.append(mentor.rule)
    mentor.back()
    rules.append(mentor.rule)
    mentor.back()

    assert rules == [TOLD, "mentor-lead-provider", "lead-provider-not-available", TOLD]
    assert ZOFIA in told
    assert AOIFE in told
    assert mentor.visit.page.locator("input[name='ect']:checked").count() == 2


def test_the_browsers_own_way_back_from_several_ects(mentor: Mentoring) -> None:
    """It asks for nothing to be sent again, and once all is done there is nothing left to do."""
    _choose_several(mentor)
    mentor.press("Choose another lead provider")
    mentor.visit.page.go_back()
    mentor.look()
    told = mentor.rule
    mentor.press("Continue and assign")
    done = mentor.says
    mentor.visit.page.go_back()
    mentor.look()

    assert told == TOLD
    assert "You have assigned this mentor to 2 ECTs" in done
    assert ZOFIA not in mentor.says
