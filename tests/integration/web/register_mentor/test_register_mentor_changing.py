"""Changing answers about a mentor, going back, mistakes, and confirming what was shown."""

from __future__ import annotations

import pytest

from builders import DELIVERY_PARTNER, LEAD_PROVIDER, a_mentor, a_partnership
from ect_registration.use_cases.operating.partnerships import report_partnership
from integration.web.mentoring import ANSWERS, Mentoring
from integration.web.registering import a_date
from unit.use_cases.town import OTHER_SCHOOL, THIS_YEAR_ONLY

MISTAKES = [
    ("find", {}, {"trn", "date_of_birth-day"}),
    ("find", {"trn": "12", **a_date("date_of_birth", 31, 2, 1980)}, {"trn", "date_of_birth-day"}),
    ("find", {**ANSWERS["find"], **a_date("date_of_birth", 1, 1, 2020)}, {"date_of_birth-day"}),
    ("name", {}, {"name_is_correct"}),
    ("name", {"name_is_correct": "no"}, {"corrected_name"}),
    ("email", {"email": "joan@"}, {"email"}),
    ("only-here", {}, {"only_here"}),
    ("only-here", {"only_here": "maybe"}, {"only_here"}),
    ("start-date", {}, {"start_date-day"}),
    ("start-date", a_date("start_date", "x", "y", "z"), {"start_date-year"}),
    ("start-date", a_date("start_date", 1, 9, 2012), {"start_date-day"}),
    ("lead-provider", {}, {"lead_provider"}),
    ("lead-provider", {"lead_provider": "Quarry Hill Teaching"}, {"lead_provider"}),
]


@pytest.fixture
def user() -> Mentoring:
    """Everything that can be asked of Joan is: she mentors at another school as well."""
    return Mentoring.of(None, None, a_mentor(school=OTHER_SCHOOL))


@pytest.fixture
def checking(user) -> Mentoring:
    """At check answers, with a lead provider of her own."""
    user.go_on(training={"another_provider": "yes"})
    return user


@pytest.mark.parametrize(("step", "typed", "fields"), MISTAKES)
def test_what_is_not_right_is_asked_again(user, step, typed, fields):
    """With what was typed, but for the secrets; the journey stays where it is."""
    user.go_on(until=step, training={"another_provider": "yes"})
    page = user.post(step, typed)

    assert (page.status, set(page.errors)) == (422, fields)
    assert page.title.startswith("Error: ")
    assert user.get("check-answers").step == step
    assert not page.value("date_of_birth-year")


def test_a_date_out_of_range_says_which_would_do(user):
    """From the first of the academic year before last."""
    user.go_on(until="start-date")
    page = user.post("start-date", a_date("start_date", 1, 9, 2012))

    assert page.rule == "mentor-start-date"
    assert page.errors == {
        "start_date-day": "Enter a start date from 1 September 2023 to 31 August 2027"
    }


def test_everything_but_the_trn_and_the_ect_can_be_changed(checking):
    """And what follows from other answers."""
    assert list(checking.get("check-answers").changes) == [
        "name",
        "email address",
        "mentor only at your school",
        "start date as a mentor",
        "lead provider",
    ]


@pytest.mark.parametrize(
    ("noun", "answer", "shown"),
    [
        ("name", {"name_is_correct": "no", "corrected_name": "Joan Fenn"}, "Name Joan Fenn"),
        ("email address", {"email": "joan@example.org"}, "Email address joan@example.org"),
        ("mentor only at your school", {"only_here": "yes"}, "Mentor only at your school Yes"),
        (
            "start date as a mentor",
            a_date("start_date", 22, 9, 2025),
            "Start date as a mentor 22 September 2025",
        ),
        ("lead provider", {"lead_provider": LEAD_PROVIDER}, f"Lead provider {LEAD_PROVIDER}"),
    ],
)
def test_a_change_comes_back_to_check_answers(checking, noun, answer, shown):
    """With the new answer, the others kept, and nothing else asked."""
    address = checking.get("check-answers").changes[noun]
    back = checking.get(address).back
    sent = checking.post(address, answer)
    said = checking.get("check-answers").says

    assert back == checking.address("check-answers")
    assert sent.step == "check-answers"
    assert shown in said
    assert noun == "lead provider" or f"Lead provider {THIS_YEAR_ONLY}" in said


def test_the_ects_lead_provider_after_all(checking):
    """Continue on the page about training forgets the other one."""
    sent = checking.post("training")

    assert sent.step == "check-answers"
    assert f"Lead provider {LEAD_PROVIDER}" in checking.get("check-answers").says
    assert checking.get("lead-provider").step == "check-answers"


def test_back_links_lead_through_the_answers_to_the_start(checking):
    """Each question shows what was answered; the search is behind."""
    page, steps = checking.get("check-answers"), []
    while page.back != checking.question:
        page = checking.get(page.back)
        steps.append(page.step)

    assert steps == ["lead-provider", "training", "start-date", "only-here", "email", "name"]


def test_answers_are_played_back(checking):
    """To whoever goes back to a question."""
    assert checking.get("email").value("email") == "joan.thackeray@example.org"
    assert 'value="no" checked' in checking.get("only-here").html
    assert 'value="yes" checked' in checking.get("name").html
    assert f'value="{THIS_YEAR_ONLY}" checked' in checking.get("lead-provider").html


def test_another_lead_provider_stays_when_somebody_goes_back_and_on(checking):
    """The page says who was named; the ECT's is there to choose again."""
    page = checking.get("training")
    kept = checking.post("training", another_provider="yes")
    shown = checking.get("check-answers").says
    back = checking.post("training", another_provider="no")

    assert f"You chose {THIS_YEAR_ONLY} for the mentor" in page.says
    assert f"Use {LEAD_PROVIDER} instead" in page.says
    assert (kept.step, back.step) == ("check-answers", "check-answers")
    assert f"Lead provider {THIS_YEAR_ONLY}" in shown
    assert f"Lead provider {LEAD_PROVIDER}" in checking.get("check-answers").says


def test_confirming_twice_is_one_registration(checking):
    """A double click, a reload, another tab; afterwards every page is the confirmation."""
    shown = checking.get("check-answers").hidden("shown")
    steps = [checking.post("check-answers", shown=shown).step for _ in range(3)]
    seen = {checking.get(step).step for step in (*ANSWERS, "check-answers", "stopped", "no-trn")}

    assert steps == ["done", "done", "done"]
    assert seen == {"done"}
    assert checking.answer("email").step == "done"
    assert len(checking.mentors()) == 2


def test_nothing_is_saved_that_was_not_shown(checking):
    """Meanwhile a partnership was reported: the change is marked, and then it may be confirmed."""
    checking.post("training")
    shown = checking.get("check-answers").hidden("shown")
    report_partnership(a_partnership(), "provider", checking.service.ports)
    again = checking.post("check-answers", shown=shown)

    assert (again.status, again.rule) == (200, "saved-as-shown")
    assert f"Delivery partner {DELIVERY_PARTNER} Changed" in again.says
    assert checking.mentor_of_the_ect() == []
    assert checking.post("check-answers", shown=again.hidden("shown")).step == "done"


@pytest.mark.parametrize("shown", ["", "made up", "x" * 10_000, "\x00"])
def test_only_what_check_answers_showed_can_be_confirmed(checking, shown):
    """Anything else is shown again."""
    again = checking.post("check-answers", shown=shown)

    assert (again.status, again.rule) == (200, "saved-as-shown")
    assert checking.mentor_of_the_ect() == []


def test_a_page_that_was_open_for_too_long_saves_nothing(checking):
    """The answers are shown again, and it says so."""
    shown = checking.get("check-answers").hidden("shown")
    data = {"csrf_token": "old", "shown": shown}
    answer = checking.client.post(checking.address("check-answers"), data=data)

    assert answer.status_code == 400
    assert "This page was open for too long" in answer.text
    assert checking.mentor_of_the_ect() == []
