"""Registering a mentor page by page: the ways through."""

from __future__ import annotations

from datetime import date

import pytest

from builders import DELIVERY_PARTNER, LEAD_PROVIDER, a_mentor, a_partnership, a_training, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.journeys.engine import Step
from ect_registration.journeys.register_mentor import REGISTER_MENTOR
from ect_registration.use_cases.operating.partnerships import report_partnership
from entrypoints.web.register_mentor.forms import FORMS
from integration.web.mentoring import ANSWERS, Mentoring
from integration.web.registering import a_date
from unit.use_cases.mentoring import a_school_led_ect, an_ect_without_programme
from unit.use_cases.town import (
    FAILED,
    OLD_TRN,
    OTHER_SCHOOL,
    RETAINED_TRN,
    THIS_YEAR_ONLY,
    WITHOUT_QTS,
)

ASKING = [
    step.id
    for step in REGISTER_MENTOR
    if isinstance(step, Step) and step.missing_message is not None
]
WRONG_DAY = a_date("date_of_birth", 31, 1, 1998)
TRAINED = {
    "early_roll_out": True,
    "completed_on": date(2023, 7, 31),
    "timed_out_on": date(2024, 8, 31),
}


@pytest.fixture
def user() -> Mentoring:
    """Asha needs a mentor, and nobody mentors here yet."""
    return Mentoring.of()


def _elsewhere(**changes):
    return a_mentor(school=OTHER_SCHOOL, **changes)


def test_every_step_that_asks_has_a_form():
    """And no other has."""
    assert list(FORMS) == ASKING


def test_a_new_mentor_is_registered_and_assigned(user):
    """Page by page; the confirmation says what is finished, as often as it is asked for."""
    steps = [user.begin().step, *(user.answer(step).step for step in ("find", "name", "email"))]
    told = user.get("training")
    checked = user.answer("training").step
    sent = user.register()
    done = [user.get("done"), user.get("done")]

    assert (*steps, checked, sent.step) == (
        "find",
        "name",
        "email",
        "training",
        "check-answers",
        "done",
    )
    assert told.rule == "funded-mentor-training"
    assert "Joan Thackeray can get funded mentor training" in told.says
    assert f"pass the mentor’s details on to {LEAD_PROVIDER}" in told.says
    assert "Joan Thackeray is registered as a mentor at your school" in done[0].says
    assert "mentors Asha Marlowe from 10 September 2025" in done[0].says
    assert f"pass the mentor’s details on to {LEAD_PROVIDER}" in done[0].says
    assert done[0].says == done[1].says
    assert user.mentor_of_the_ect() == ["Joan Thackeray"]


def test_check_answers_says_everything_that_will_be_saved(user):
    """The ECT as well, and that their registration will be complete."""
    report_partnership(a_partnership(), "provider", user.service.ports)
    said = user.go_on(name={"name_is_correct": "no", "corrected_name": "Joan Fenn"}).says

    for answer in (
        "TRN 2000001",
        "Name Joan Fenn",
        "Name on the teacher record Joan Thackeray",
        "Email address joan.thackeray@example.org",
        "Start date as a mentor 10 September 2025",
        "ECT to mentor Asha Marlowe",
        "Mentors the ECT from 10 September 2025",
        "Funded training Available",
        "Academic year 2025 to 2026",
        f"Lead provider {LEAD_PROVIDER}",
        f"Delivery partner {DELIVERY_PARTNER}",
        "assign them to Asha Marlowe . This completes the registration",
    ):
        assert answer in said


def test_every_page_says_whose_mentor_it_is_about(user):
    """From the search on."""
    user.begin()

    assert "Mentor for Asha Marlowe" in user.get("find").says
    user.go_on(until="email")
    assert "TRN\u00a02000001, as mentor for Asha Marlowe" in user.get("email").says


def test_by_national_insurance_number(user):
    """The date of birth differs."""
    user.begin()
    sent = user.post("find", {**ANSWERS["find"], **WRONG_DAY})
    asked = user.get(sent.step)
    proven = user.post(sent.step, national_insurance_number="AB 12 34 56 C")

    assert (asked.step, asked.rule) == ("national-insurance-number", "date-of-birth-differs")
    assert "the mentor’s National Insurance number" in asked.says
    assert proven.step == "name"


def test_somebody_without_a_trn(user):
    """The page has both ways to get one; it belongs to the search."""
    user.begin()
    page = user.get("no-trn")

    assert user.address("no-trn") in user.get("find").html
    assert (page.status, page.rule, page.back) == (200, "no-trn", user.address("find"))
    assert 'href="https://find-a-lost-trn.education.gov.uk/start"' in page.html
    assert 'href="https://www.gov.uk/guidance/teacher-reference-number-trn#' in page.html
    user.go_on(until="email")
    assert user.get("no-trn").step == "email"


@pytest.mark.parametrize("trn", [WITHOUT_QTS, FAILED])
def test_neither_qts_nor_induction_matters(user, trn):
    """A matched record is all."""
    user.begin()

    assert user.post("find", {**ANSWERS["find"], "trn": str(trn)}).step == "name"


def test_a_merged_record_goes_on_with_the_one_retained(user):
    """And says so."""
    user.begin()
    user.post("find", {**ANSWERS["find"], "trn": str(OLD_TRN)})

    assert f"will use TRN {RETAINED_TRN}" in user.get("name").says


def test_another_lead_provider_can_be_named(user):
    """By the other button of the page."""
    told = user.go_on(until="training")
    asked = user.answer("training", another_provider="yes")
    page = user.get("lead-provider")
    checked = user.answer("lead-provider")
    user.register()

    assert 'name="another_provider"' in told.html
    assert asked.step == "lead-provider"
    assert (page.rule, page.back) == ("mentor-lead-provider", user.address("training"))
    assert "academic year 2025 to 2026" in page.says
    assert checked.step == "check-answers"
    assert f"details on to {THIS_YEAR_ONLY}" in user.get("done").says


def test_another_lead_provider_has_to_be_named_where_the_ects_does_not_work():
    """The page says so, and continue leads to the question."""
    training = a_training(lead_provider="Quarry Hill Teaching")
    user = Mentoring.of(an_ect(trainings=(training,)))
    told = user.go_on(until="training")
    asked = user.answer("training")

    assert "Quarry Hill Teaching, does not work in the academic year 2025 to 2026" in told.says
    assert "another_provider" not in told.html
    assert asked.step == "lead-provider"
    assert "Quarry Hill" not in user.get("lead-provider").html.partition("<form")[2]


@pytest.mark.parametrize(("history", "day"), TRAINED.items())
def test_funded_training_that_is_not_open_to_them(user, history, day):
    """The page says why; nobody's details are passed on."""
    user.had_training(**{history: day})
    told = user.go_on(until="training")
    checked = user.answer("training")
    page = user.get("check-answers")
    user.register()

    assert (told.rule, checked.step) == ("funded-mentor-training", "check-answers")
    certain = history != "timed_out_on"
    heading = "Joan Thackeray cannot get" if certain else "Joan Thackeray may not be able to get"
    assert f"{heading} funded mentor training" in told.says
    assert "Our records say that they " in told.says
    assert "another_provider" not in told.html
    answer = (
        "Not available, because they "
        if certain
        else "Not set up, because our records say that they "
    )
    assert f"Funded training {answer}" in page.says
    assert "pass the mentor’s details" not in page.says
    assert f"{heading} funded mentor training" in (done := user.get("done").says)
    assert [("Your lead provider can check" in each) for each in (told.says, page.says, done)] == [
        not certain
    ] * 3


def test_the_mentor_of_a_school_led_ect_is_promised_nothing():
    """No page about training; the confirmation says that none is set up."""
    user = Mentoring.of(a_school_led_ect())
    checked = user.go_on()
    user.register()

    assert "Not set up, because the ECT’s training is school-led" in checked.says
    assert user.get("training").step == "done"
    assert "No mentor training has been set up" in user.get("done").says


def test_the_mentor_of_an_ect_without_a_programme_is_promised_nothing_either():
    """Nor is it said that the training is school-led: nobody knows."""
    user = Mentoring.of(an_ect_without_programme())
    checked = user.go_on()
    user.register()

    assert "Not set up, because the ECT’s training programme is not known" in checked.says
    assert "because the ECT’s training programme is not known" in user.get("done").says


def test_only_here_ends_their_time_elsewhere():
    """The question names the school; check answers says what ends there."""
    user = Mentoring.of(None, None, _elsewhere())
    asked = user.go_on(until="only-here")
    user.answer("only-here", only_here="yes")
    dated = user.get("start-date")
    user.answer("start-date")
    user.answer("training")
    checked = user.get("check-answers")
    user.register()

    assert (asked.rule, dated.rule) == ("mentor-elsewhere", "mentor-start-date")
    assert "Fenwick Academy, from 1 September 2025" in asked.says
    assert "Mentor only at your school Yes" in checked.says
    assert (
        "Joan Thackeray will stop mentoring at Fenwick Academy. Their last day there is 14 "
        "September 2025. ECTs they mentor there will need another mentor" in checked.says
    )
    assert [mentor.period.finished_on for mentor in user.mentors()] == [date(2025, 9, 14), None]


def test_both_schools_stay_open_unless_it_is_only_here():
    """Nothing ends."""
    user = Mentoring.of(None, None, _elsewhere())
    checked = user.go_on()
    user.register()

    assert "stops mentoring" not in checked.says
    assert [mentor.period.finished_on for mentor in user.mentors()] == [None, None]


def test_training_elsewhere_stays_where_it_is():
    """One open training for a person: no page about it, and nothing new is promised."""
    user = Mentoring.of(None, None, _elsewhere(trainings=(a_training(),)))
    checked = user.go_on()
    user.register()

    assert user.get("training").step == "done"
    assert f"Funded training Already set up with {LEAD_PROVIDER} and will continue" in checked.says
    assert f"will continue their mentor training with {LEAD_PROVIDER}" in user.get("done").says


def test_who_was_a_mentor_before_is_asked_when_they_start():
    """Today is suggested; the day that is given is played back."""
    left = a_mentor(period=Period(date(2023, 9, 1), date(2024, 8, 31)))
    user = Mentoring.of(None, None, left)
    page = user.go_on(until="start-date")
    suggested = [page.value(f"start_date-{part}") for part in ("day", "month", "year")]
    user.answer("start-date")
    again = user.get("start-date")

    assert suggested == ["10", "9", "2025"]
    assert again.value("start_date-day") == "15"
    assert "Start date as a mentor 15 September 2025" in user.go_on().says


def test_a_mentor_takes_over_where_a_change_was_asked_for():
    """Check answers says until when the other one stays."""
    user = Mentoring.of()
    user.go_on()
    user.register()
    user.journey = ""
    user.begin(change=True)
    checked = user.go_on(
        find={**ANSWERS["find"], "trn": str(WITHOUT_QTS)}, email={"email": "noor@example.org"}
    )
    user.register()

    assert (
        "ECT to mentor Asha Marlowe Mentor now Joan Thackeray, whose assignment from 10 September "
        "2025 will be cancelled Mentors the ECT from 10 September 2025 Days without a mentor None"
    ) in checked.says
    assert user.mentor_of_the_ect() == ["Noor Quill"]
