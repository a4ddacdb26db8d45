"""Registering an ECT page by page: the ways through."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    ECT_TRN,
    HUB,
    LEAD_PROVIDER,
    TODAY,
    a_mentor,
    a_mentorship,
    a_partnership,
    an_ect,
    school_led,
)
from ect_registration.domain.calendar import Period
from ect_registration.journeys.engine import Step
from ect_registration.journeys.register_ect import REGISTER_ECT
from ect_registration.use_cases.operating.partnerships import report_partnership
from entrypoints.web.register_ect.forms import FORMS
from integration.web.registering import ANSWERS, START, Registering, a_date
from unit.use_cases.town import BRAM, INDEPENDENT, ISTIP, OLD_TRN, OTHER_SCHOOL, RETAINED_TRN, town

ASKING = [
    step.id for step in REGISTER_ECT if isinstance(step, Step) and step.missing_message is not None
]
WITHOUT_HISTORY = [
    step for step in ASKING
    if step not in {
        "national-insurance-number", "same-person", "registered-before", "reuse-choices"
    }
]  # fmt: skip
SCHOOL_LED = {"programme": "school_led"}


@pytest.fixture
def larkfield() -> Registering:
    """A user of Larkfield, which has registered nobody yet."""
    return Registering.in_town()


@pytest.fixture
def busy_larkfield() -> Registering:
    """Larkfield has registered Bram, and has a partnership for this year."""
    user = Registering.in_town(town(open_next_year=True))
    report_partnership(a_partnership(), "provider", user.service.ports)
    user.service.register(trn=str(BRAM), email="bram.okafor@example.org")
    return user


def _steps(user, **instead):
    """Every page on the way, in order."""
    user.begin()
    seen, steps = user.get("find"), []
    answers = {**ANSWERS, **{step.replace("_", "-"): given for step, given in instead.items()}}
    while seen.step in answers:
        steps.append(seen.step)
        seen = user.post(seen.step, answers[seen.step])
    return [*steps, seen.step]


def test_every_step_that_asks_has_a_form():
    """And no form is for a step that does not exist."""
    assert list(FORMS) == ASKING


def test_what_is_needed_comes_first(larkfield):
    """Before anything is asked."""
    page = larkfield.get(START)

    assert page.status == 200
    for needed in ("(TRN)", "date of birth", "email address", "appropriate body", "lead provider"):
        assert needed in page.says


def test_a_school_without_history_is_asked_everything_once(larkfield):
    """In the order of the journey."""
    assert _steps(larkfield) == [*WITHOUT_HISTORY, "check-answers"]


def test_an_ect_is_registered(larkfield):
    """As check answers showed them."""
    larkfield.go_on()
    sent = larkfield.register()
    [ect] = larkfield.service.ects_of(ECT_TRN)

    assert (sent.status, sent.step) == (303, "done")
    assert (ect.school.digits, ect.email.address, ect.period) == (
        "100001",
        "asha.marlowe@example.org",
        Period(date(2025, 9, 1)),
    )
    assert ect.registration.choices.lead_provider == LEAD_PROVIDER


def test_the_confirmation_says_what_is_finished_and_what_is_not(larkfield):
    """As often as it is asked for."""
    larkfield.go_on()
    larkfield.register()
    done = larkfield.get("done")

    assert done.status == 200
    assert done.says.startswith("ECT details saved Asha Marlowe TRN 1000001 ")
    for told in ("1 September 2025", "2025 to 2026", "Assign a mentor", "‘Mentor required’"):
        assert told in done.says
    assert f"pass the ECT’s details on to {LEAD_PROVIDER}" in done.says
    assert "You do not need to contact them separately" in done.says
    assert larkfield.get("done").says == done.says


def test_the_confirmation_stops_asking_for_a_mentor(larkfield):
    """Once there is one."""
    larkfield.go_on()
    larkfield.register()
    mentor = larkfield.service.has_mentor(a_mentor())
    [ect] = larkfield.service.ects_of()
    after = attrs.evolve(ect, mentorships=(a_mentorship(mentor, period=Period(TODAY)),))
    larkfield.service.do(lambda uow: uow.ects.change(ect, after))
    done = larkfield.get("done")

    assert "Joan Thackeray is their mentor" in done.says
    assert "still need to do" not in done.says


def test_a_date_of_birth_that_differs_leads_to_the_number(larkfield):
    """Which may match instead."""
    larkfield.begin()
    sent = larkfield.answer("find", trn="1000001", **a_date("date_of_birth", 31, 1, 1998))
    page = larkfield.get("national-insurance-number")
    proven = larkfield.answer(page.step, national_insurance_number="ab 12-34 56c")

    assert (sent.step, page.rule, proven.step) == (
        "national-insurance-number",
        "date-of-birth-differs",
        "name",
    )


def test_the_name_on_the_record_is_played_back(larkfield):
    """With the TRN."""
    page = larkfield.go_on(until="name")

    assert "Name on the teacher record Asha Marlowe TRN 1000001" in page.says


def test_a_name_can_be_corrected(larkfield):
    """Check answers shows both names, the confirmation the new one."""
    larkfield.go_on(name={"name_is_correct": "no", "corrected_name": " Asha  Fenn "})
    shown = larkfield.get("check-answers").says
    larkfield.register()

    assert "Name Asha Fenn Change name Name on the teacher record Asha Marlowe" in shown
    assert "Asha Fenn" in larkfield.get("done").says


def test_a_name_that_was_confirmed_after_all_is_not_corrected(larkfield):
    """Whatever is left in the other box."""
    larkfield.go_on(name={"name_is_correct": "yes", "corrected_name": "Asha Fenn"})

    assert "Fenn" not in larkfield.get("check-answers").says


def test_a_merged_trn_is_named(larkfield):
    """The journey goes on with the one that was kept."""
    trn = {**ANSWERS["find"], "trn": str(OLD_TRN)}
    page = larkfield.go_on(until="name", find=trn)

    assert f"You entered TRN {OLD_TRN}. It has been merged" in page.says
    assert f"will use TRN {RETAINED_TRN}" in page.says


def test_school_led_training_asks_for_no_lead_provider(larkfield):
    """Nobody is promised to call."""
    assert _steps(larkfield, programme=SCHOOL_LED)[-2:] == ["programme", "check-answers"]

    page = larkfield.get("check-answers")

    assert "Lead provider" not in page.says
    assert "no lead provider will contact you" in page.says


def test_an_independent_school_may_choose_the_national_body():
    """With section 41 funding."""
    cedar = Registering.in_town(school=INDEPENDENT)
    page = cedar.go_on(until="appropriate-body")
    cedar.go_on(appropriate_body={"appropriate_body": ISTIP}, programme=SCHOOL_LED)

    assert f'<option value="{ISTIP}">' in page.html
    assert ISTIP in cedar.get("check-answers").says
    assert cedar.register().step == "done"


def test_the_reuse_question_shows_what_a_yes_saves(busy_larkfield):
    """Delivery partner and year included."""
    page = busy_larkfield.go_on(until="reuse-choices")

    assert (
        f"Appropriate body {HUB} Training programme Provider-led "
        f"Lead provider {LEAD_PROVIDER} Delivery partner {DELIVERY_PARTNER}"
    ) in page.says
    assert "academic year 2025 to 2026" in page.says


def test_a_delivery_partner_that_nobody_knows_is_not_shown_with_the_choices():
    """There is no partnership yet, and nobody waits for one before the ECT is registered."""
    user = Registering.in_town(town(open_next_year=True))
    user.service.register(trn=str(BRAM), email="bram.okafor@example.org")
    page = user.go_on(until="reuse-choices")

    assert f"Lead provider {LEAD_PROVIDER}" in page.says
    assert "Delivery partner" not in page.says


def test_a_yes_to_reuse_goes_straight_to_check_answers(busy_larkfield):
    """And is saved as shown."""
    steps = _steps(busy_larkfield, reuse_choices={"reuse_choices": "yes"})
    shown = busy_larkfield.get("check-answers")
    busy_larkfield.register()
    [ect] = busy_larkfield.service.ects_of(ECT_TRN)

    assert steps[-2:] == ["reuse-choices", "check-answers"]
    assert DELIVERY_PARTNER in shown.says
    assert ect.training.delivery_partner == DELIVERY_PARTNER


def test_a_no_to_reuse_asks_for_each_choice(busy_larkfield):
    """But never for a delivery partner."""
    assert _steps(busy_larkfield)[-5:] == [
        "reuse-choices",
        "appropriate-body",
        "programme",
        "lead-provider",
        "check-answers",
    ]


def test_somebody_who_comes_from_another_school_is_announced(larkfield):
    """With the school, its choices, and when the registration there ends."""
    earlier = an_ect(school=OTHER_SCHOOL, period=Period(date(2024, 9, 2)))
    larkfield.service.has_ect(earlier)
    page = larkfield.go_on(until="registered-before")
    shown = larkfield.go_on()
    larkfield.register()

    assert (
        "School Fenwick Academy Start date 2 September 2024 Last day None reported "
        f"Training programme Provider-led Lead provider {LEAD_PROVIDER} Appropriate body {HUB}"
    ) in page.says
    assert page.rule == "registered-before"
    assert "at their other school will end on 31 August 2025" in shown.says
    assert larkfield.service.ects_of(ECT_TRN)[0].period.finished_on == date(2025, 8, 31)


def test_somebody_who_left_may_return(larkfield):
    """As a new ECT of the same school."""
    left = an_ect(period=Period(date(2024, 9, 2), date(2024, 12, 20)))
    larkfield.service.has_ect(left)
    larkfield.go_on(reuse_choices={"reuse_choices": "no"})

    assert larkfield.register().step == "done"
    assert len(larkfield.service.ects_of(ECT_TRN)) == 2


def test_somebody_trained_by_another_school_itself_has_no_lead_provider(larkfield):
    """Which is said, not left empty."""
    registration = an_ect().registration
    led = type(registration)(
        registration.registered_at, registration.expected_training_start_year, school_led()
    )
    gone = Period(date(2024, 9, 2), date(2025, 7, 18))
    larkfield.service.has_ect(an_ect(school=OTHER_SCHOOL, period=gone, registration=led))
    page = larkfield.go_on(until="registered-before")

    assert "Last day 18 July 2025 Training programme School-led Lead provider None" in page.says
    assert "ends on the day before" not in page.says


def test_bodies_and_providers_on_offer_are_sorted_and_no_others(larkfield):
    """With an empty first option."""
    bodies = larkfield.go_on(until="appropriate-body").html
    providers = larkfield.go_on(until="lead-provider").html
    options = bodies.partition("<select")[2].partition("</select>")[0]

    assert options.count("<option") == 3
    assert options.index('<option value="">') < options.index("Alpha") < options.index("Beta")
    assert "Council" not in options
    assert providers.index(LEAD_PROVIDER) < providers.index("Meridian")
    assert "Quarry Hill" not in providers
