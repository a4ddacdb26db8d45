"""Answers that are not right: said at the field, with what was typed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from builders import LEAD_PROVIDER, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.school import LeadProvider
from integration.web.registering import ANSWERS, START, Registering, a_date
from unit.use_cases.town import COUNCIL, ISTIP, NO_LONGER, OTHER_SCHOOL, UNHEARD_OF, town

TRN = {"trn": "1000001"}
BORN = a_date("date_of_birth", 31, 1, 1999)
NUMBER = "national_insurance_number"
PROOF, BODY = "national-insurance-number", "appropriate-body"
DAY, MONTH, YEAR = (f"date_of_birth-{part}" for part in ("day", "month", "year"))
TRN_FORMAT = "Enter a teacher reference number (TRN) with 5 to 7 digits, like 1234567"
NOT_REAL = "Enter a real date of birth"
AGE = "Enter the date of birth of a person between 18 and 100 years old"
NUMBER_FORMAT = (
    "Enter a National Insurance number in the correct format, like QQ 12 34 56 C:"
    " two letters, six digits, then A, B, C or D"
)
TOO_LONG = "Enter a full name of 70 characters or fewer"
CONTROL = "Enter a full name without hidden characters. If you pasted it, type it instead"
EMAIL_FORMAT = "Enter an email address in the correct format, like name@example.com"
RANGE = "Enter a start date from 1 September 2023 to 31 August 2027"
PATTERN = "Select if the ECT works full time or part time"
PROGRAMME = "Select if the training programme is provider-led or school-led"
ANOTHER_BODY = "Select an appropriate body from the list"
ANOTHER_PROVIDER = "Select a lead provider from the list for the 2025 to 2026 academic year"


def _born(day, month, year):
    return {**TRN, **a_date("date_of_birth", day, month, year)}


def _corrected(name):
    return {"name_is_correct": "no", "corrected_name": name}


WRONG = [
    (
        "find",
        {},
        {"trn": "Enter the teacher reference number (TRN)", DAY: "Enter the date of birth"},
    ),
    ("find", {"trn": "12345678", **BORN}, {"trn": TRN_FORMAT}),
    ("find", _born("", 1, 1999), {DAY: "Enter the day of the date of birth"}),
    ("find", _born(31, "", ""), {MONTH: "Enter the month and year of the date of birth"}),
    ("find", _born(31, 1, 99), {YEAR: "Enter the year of the date of birth as 4 digits"}),
    ("find", _born(31, 2, 1999), {DAY: NOT_REAL}),
    ("find", _born(1, 1, 2020), {DAY: AGE}),
    (PROOF, {NUMBER: ""}, {NUMBER: "Enter the ECT’s National Insurance number"}),
    (PROOF, {NUMBER: "BG123456C"}, {NUMBER: NUMBER_FORMAT}),
    ("name", {}, {"name_is_correct": "Select yes if the name is correct"}),
    ("name", {"name_is_correct": "x"}, {"name_is_correct": "Select yes if the name is correct"}),
    ("name", _corrected(" "), {"corrected_name": "Enter the teacher’s full name"}),
    ("name", _corrected("x" * 71), {"corrected_name": TOO_LONG}),
    ("name", _corrected("A\x00sha"), {"corrected_name": CONTROL}),
    ("email", {"email": ""}, {"email": "Enter the ECT’s email address"}),
    ("email", {"email": "asha@example"}, {"email": EMAIL_FORMAT}),
    ("start-date", {}, {"start_date-day": "Enter the start date"}),
    ("start-date", a_date("start_date", 31, 8, 2023), {"start_date-day": RANGE}),
    ("start-date", a_date("start_date", 1, 9, 2027), {"start_date-day": RANGE}),
    ("working-pattern", {}, {"working_pattern": PATTERN}),
    ("working-pattern", {"working_pattern": "sometimes"}, {"working_pattern": PATTERN}),
    (BODY, {"appropriate_body": ""}, {"appropriate_body": "Select an appropriate body"}),
    (BODY, {"appropriate_body": UNHEARD_OF}, {"appropriate_body": ANOTHER_BODY}),
    (BODY, {"appropriate_body": COUNCIL}, {"appropriate_body": ANOTHER_BODY}),
    (BODY, {"appropriate_body": ISTIP}, {"appropriate_body": ANOTHER_BODY}),
    ("programme", {}, {"programme": PROGRAMME}),
    ("lead-provider", {}, {"lead_provider": "Select a lead provider"}),
    ("lead-provider", {"lead_provider": NO_LONGER}, {"lead_provider": ANOTHER_PROVIDER}),
    ("lead-provider", {"lead_provider": UNHEARD_OF}, {"lead_provider": ANOTHER_PROVIDER}),
]
RULES = {
    "find": "two-facts",
    "national-insurance-number": "date-of-birth-differs",
    "name": "name-confirmed-or-corrected",
    "email": "email-format",
    "start-date": "start-date-range",
    "working-pattern": "working-pattern",
    "reuse-choices": "reuse-answer",
    "appropriate-body": "appropriate-body-state-funded",
    "programme": "training-programme",
    "lead-provider": "lead-provider-not-available",
}
OTHER_DAY = {**TRN, **a_date("date_of_birth", 31, 1, 1998)}


def _at(step):
    user = Registering.in_town()
    user.go_on(until=step, **({"find": OTHER_DAY} if step == "national-insurance-number" else {}))
    return user


@pytest.mark.parametrize(("step", "typed", "errors"), WRONG)
def test_what_is_wrong_is_said_at_the_field(step, typed, errors):
    """And first of all in the summary, whose links lead to the inputs."""
    user = _at(step)
    page = user.post(step, typed)

    assert (page.status, page.step, page.rule) == (422, step, RULES[step])
    assert page.errors == errors
    assert page.title.startswith("Error: ")
    for id, message in errors.items():
        assert f'id="{id}"' in page.html
        assert page.says.count(message) == 2
    assert user.get(step).step == step


@pytest.mark.parametrize("typed", [{}, {"reuse_choices": "maybe"}])
def test_the_reuse_question_wants_an_answer(typed):
    """Yes or no."""
    user = Registering.in_town()
    user.service.register(trn="1000002", email="bram@example.org")
    user.go_on(until="reuse-choices")
    page = user.post("reuse-choices", typed)

    assert (page.status, page.rule) == (422, "reuse-answer")
    assert page.errors == {
        "reuse_choices": "Select yes if you want to use your school’s previous programme choices"
    }


@pytest.mark.parametrize(
    ("step", "typed", "id"),
    [
        ("find", {"trn": "12345678", **BORN}, "trn"),
        ("email", {"email": "asha@example"}, "email"),
        ("start-date", a_date("start_date", 31, "brumaire", 2025), "start_date-month"),
        ("name", {"name_is_correct": "no", "corrected_name": "x" * 71}, "corrected_name"),
    ],
)
def test_what_was_typed_is_shown_again(step, typed, id):
    """To be put right."""
    page = _at(step).post(step, typed)

    assert page.value(id) == typed[id]


def test_the_secrets_are_never_shown_again():
    """Whatever else was wrong."""
    page = _at("find").post("find", {"trn": "x", **BORN})
    number = _at("national-insurance-number")
    wrong = number.answer("national-insurance-number", national_insurance_number="AB123456X")

    assert not any(page.value(part) for part in (DAY, MONTH, YEAR))
    assert "1999" not in page.html
    assert not wrong.value(NUMBER)
    assert "AB123456X" not in wrong.html


@pytest.mark.parametrize("step", sorted(ANSWERS.keys() - {"registered-before", "reuse-choices"}))
def test_without_a_good_token_the_answers_come_back(step):
    """With a fresh one, with which the post succeeds."""
    user = _at(step)
    stale = user.post(step, {**ANSWERS[step], "csrf_token": "old"})
    unchanged = user.get(step).step
    again = user.post(step, {**ANSWERS[step], "csrf_token": stale.hidden("csrf_token")})

    assert (stale.status, unchanged, again.status) == (400, step, 303)
    assert list(stale.errors.values()) == [
        "This page was open for too long. Check your answers, then continue"
    ]


def test_without_a_good_token_the_secrets_do_not_come_back():
    """The TRN does."""
    stale = _at("find").post("find", {**ANSWERS["find"], "csrf_token": "old"})

    assert stale.value("trn") == "1000001"
    assert not any(stale.value(part) for part in (DAY, MONTH, YEAR))
    assert "1999" not in stale.html


def test_without_a_good_token_nothing_is_registered():
    """Check answers says so, and can be confirmed."""
    user = _at("check-answers")
    shown = user.get("check-answers").hidden("shown")
    stale = user.post("check-answers", shown=shown, csrf_token="old")

    assert stale.status == 400
    assert "Nothing has been saved yet" in stale.says
    assert user.get("done").step == "check-answers"
    assert user.post("check-answers", shown=stale.hidden("shown")).step == "done"


@pytest.mark.parametrize("step", ANSWERS)
def test_several_answers_for_one_are_the_first(step):
    """As browsers would never send them."""
    user = Registering.in_town()
    user.begin()
    seen = user.post(step, {name: [text, "x"] for name, text in ANSWERS[step].items()})

    assert seen.status in {303, 422}


def test_an_answer_that_is_right_no_longer_is_asked_again():
    """The academic year ends overnight, and the start date is too long ago then."""
    user = Registering.in_town(town(open_next_year=True))
    user.service.clock.moment = datetime(2026, 8, 31, 20, tzinfo=UTC)
    user.sign_in()
    user.go_on(start_date=a_date("start_date", 1, 9, 2023))
    user.service.clock.wait(hours=8)
    user.sign_in()
    sent = user.get("check-answers")
    page = user.get("start-date")

    assert sent.step == "start-date"
    assert (page.status, page.rule) == (422, "start-date-range")
    assert page.errors == {
        "start_date-day": "Enter a start date from 1 September 2024 to 31 August 2028"
    }


def test_a_page_that_asks_nothing_says_what_happened_to_an_old_post():
    """What is needed, and where somebody was registered before."""
    user = Registering.in_town()
    user.service.has_ect(an_ect(school=OTHER_SCHOOL, period=Period(date(2024, 9, 2))))
    seen = [user.post(START, csrf_token="old")]
    user.go_on(until="registered-before")
    seen.append(user.post("registered-before", csrf_token="old"))

    for page in seen:
        assert (page.status, page.title.startswith("Error: ")) == (400, True)
        assert "was open for too long, and nothing has been changed" in page.says


def test_without_any_lead_provider_there_is_a_way_out():
    """The year is open, and nobody works in it yet."""
    user = Registering.in_town(town(open_next_year=True))
    user.service.do(
        lambda uow: uow.offers.save_lead_provider(LeadProvider(LEAD_PROVIDER, frozenset()))
    )
    user.go_on(until="lead-provider", start_date=a_date("start_date", 1, 9, 2026))
    seen = user.answer("lead-provider")

    assert (seen.status, seen.errors) == (422, {})
    assert "No lead providers are available yet for the academic year 2026 to 2027" in seen.says
    assert user.address("programme?change=yes") in seen.html


def test_a_transfer_too_far_ahead_is_said_at_the_start_date():
    """The page carries that rule, and not the one about the range of every start date."""
    user = Registering.in_town()
    user.service.has_ect(an_ect(school=OTHER_SCHOOL, period=Period(date(2024, 9, 2))))
    user.go_on(until="start-date")
    page = user.post("start-date", a_date("start_date", 11, 1, 2026))

    assert (page.status, page.step, page.rule) == (422, "start-date", "transfer-too-far-ahead")
    assert page.errors == {
        "start_date-day": "Enter a start date on or before 10 January 2026. This person is still "
        "registered at another school, and that registration ends when they start at your school"
    }
    assert user.post("start-date", a_date("start_date", 10, 1, 2026)).step == "working-pattern"
