"""Changing answers, going back, and confirming what was shown."""

from __future__ import annotations

import attrs
import pytest

from builders import DELIVERY_PARTNER, ECT_TRN, HUB, LEAD_PROVIDER, a_partnership
from ect_registration.use_cases.operating.partnerships import report_partnership
from integration.web.registering import ANSWERS, START, Registering, a_date
from unit.use_cases.renaming import PROVIDER, rename
from unit.use_cases.town import BRAM, PEOPLE, THIS_YEAR_ONLY, town

CHANGES = {
    "name": ({"name_is_correct": "no", "corrected_name": "Asha Fenn"}, "Name Asha Fenn"),
    "email address": ({"email": "asha@example.org"}, "Email address asha@example.org"),
    "start date": (a_date("start_date", 8, 9, 2025), "Start date 8 September 2025"),
    "working pattern": ({"working_pattern": "part_time"}, "Working pattern Part time"),
    "appropriate body": (
        {"appropriate_body": "Beta Teaching School Hub"},
        "Appropriate body Beta Teaching School Hub",
    ),
    "training programme": ({"programme": "school_led"}, "Training programme School-led"),
    "lead provider": ({"lead_provider": THIS_YEAR_ONLY}, f"Lead provider {THIS_YEAR_ONLY}"),
}


@pytest.fixture
def user() -> Registering:
    """At check answers."""
    user = Registering.in_town(town(open_next_year=True))
    user.go_on()
    return user


@pytest.fixture
def reusing() -> Registering:
    """At check answers, with the choices of last time."""
    user = Registering.in_town(town(open_next_year=True))
    report_partnership(a_partnership(), "provider", user.service.ports)
    user.service.register(trn=str(BRAM), email="bram.okafor@example.org")
    user.go_on(reuse_choices={"reuse_choices": "yes"})
    return user


def test_everything_but_the_trn_can_be_changed(user):
    """And what follows from other answers."""
    assert list(user.get("check-answers").changes) == list(CHANGES)


@pytest.mark.parametrize("noun", CHANGES)
def test_a_change_comes_back_to_check_answers(user, noun):
    """With the new answer, and nothing else asked."""
    address = user.get("check-answers").changes[noun]
    answer, shown = CHANGES[noun]
    sent = user.post(address, answer)

    assert user.get(address).back == user.address("check-answers")
    assert sent.step == "check-answers"
    assert shown in user.get("check-answers").says


def test_reused_choices_change_together(reusing):
    """One link leads to the question about them, and none of them has a link of its own."""
    changes = reusing.get("check-answers").changes

    assert changes["same choices as last time"] == reusing.address("reuse-choices?change=yes")
    assert not {
        "appropriate body",
        "training programme",
        "lead provider",
        "delivery partner",
    } & set(changes)


def test_a_start_date_in_another_year_asks_again_what_no_longer_fits(user):
    """The lead provider works this year only."""
    user.answer("lead-provider", lead_provider=THIS_YEAR_ONLY)
    sent = user.post("start-date?change=yes", a_date("start_date", 1, 9, 2026))
    page = user.get("lead-provider")
    back = user.answer("lead-provider", lead_provider=LEAD_PROVIDER)

    assert (sent.step, back.step) == ("lead-provider", "check-answers")
    assert THIS_YEAR_ONLY not in page.html
    assert "2026 to 2027" in user.get("check-answers").says


def test_a_change_to_provider_led_asks_for_the_lead_provider(user):
    """Only that, and the way back is the question before."""
    user.answer("programme", programme="school_led")
    sent = user.post("programme?change=yes", programme="provider_led")

    assert sent.step == "lead-provider"
    assert user.get("lead-provider").back == user.address("programme")


def test_back_links_lead_through_the_answers_to_the_start(user):
    """Each question shows what was answered; the search is behind."""
    page, steps = user.get("check-answers"), []
    while page.back != START:
        page = user.get(page.back)
        steps.append(page.step)

    assert steps == [
        "lead-provider",
        "programme",
        "appropriate-body",
        "working-pattern",
        "start-date",
        "email",
        "name",
    ]


def test_answers_are_played_back(user):
    """To whoever goes back to a question."""
    page = user.get("start-date")
    day = [page.value(f"start_date-{part}") for part in ("day", "month", "year")]

    assert day == ["1", "9", "2025"]
    assert user.get("email").value("email") == "asha.marlowe@example.org"
    assert 'value="full_time" checked' in user.get("working-pattern").html
    assert f'<option value="{HUB}" selected' in user.get("appropriate-body").html
    assert f'value="{LEAD_PROVIDER}" checked' in user.get("lead-provider").html
    assert 'value="yes" checked' in user.get("name").html


def test_going_back_and_on_again_is_where_it_was(user):
    """Nothing is asked twice."""
    assert user.answer("email", **ANSWERS["email"]).step == "check-answers"


def test_confirming_twice_is_one_registration(user):
    """A double click, a reload, another tab."""
    shown = user.get("check-answers").hidden("shown")
    steps = [user.post("check-answers", shown=shown).step for _ in range(3)]

    assert steps == ["done", "done", "done"]
    assert len(user.service.ects_of(ECT_TRN)) == 1


def test_back_in_the_browser_shows_the_confirmation(user):
    """From every page of the journey."""
    user.register()
    steps = {user.get(step).step for step in (*ANSWERS, "check-answers", "stopped")}

    assert steps == {"done"}
    assert user.answer("email", email="other@example.org").step == "done"


def test_nothing_is_saved_that_was_not_shown(user):
    """Meanwhile a partnership was reported: the change is marked, and then it may be confirmed."""
    shown = user.get("check-answers").hidden("shown")
    report_partnership(a_partnership(), "provider", user.service.ports)
    again = user.post("check-answers", shown=shown)

    assert (again.status, again.rule) == (200, "saved-as-shown")
    assert f"Delivery partner {DELIVERY_PARTNER} Changed" in again.says
    assert again.says.count("Changed") == 1
    assert user.service.ects_of(ECT_TRN) == []
    assert user.post("check-answers", shown=again.hidden("shown")).step == "done"


def test_what_another_tab_changed_is_marked(user):
    """The page that is confirmed showed another address, and other days."""
    shown = user.get("check-answers").hidden("shown")
    user.answer("email", email="other@example.org")
    user.post("start-date", a_date("start_date", 2, 9, 2025))
    user.answer("working-pattern", working_pattern="part_time")
    again = user.post("check-answers", shown=shown)

    assert again.rule == "saved-as-shown"
    for row in (
        "Email address other@example.org Changed",
        "Start date 2 September 2025 Changed",
        "Working pattern Part time Changed",
    ):
        assert row in again.says


def test_a_name_that_changed_in_trs_is_marked(user):
    """TRS was asked again, as its answer was over an hour old."""
    shown = user.get("check-answers").hidden("shown")
    user.service.trs_now_says(*(attrs.evolve(person, last_name="Fenn") for person in PEOPLE))
    user.service.clock.wait(hours=2)
    again = user.afresh().post("check-answers", shown=shown)

    assert again.rule == "saved-as-shown"
    assert "Name Asha Fenn Changed" in again.says


@pytest.mark.parametrize("shown", ["", "made up", "x" * 10_000, "\x00"])
def test_only_what_check_answers_showed_can_be_confirmed(user, shown):
    """Anything else is shown again."""
    again = user.post("check-answers", shown=shown)

    assert (again.status, again.rule) == (200, "saved-as-shown")
    assert user.service.ects_of(ECT_TRN) == []


def test_what_one_journey_showed_confirms_no_other(user):
    """Although everything in it is the same."""
    shown = user.get("check-answers").hidden("shown")
    user.journey = ""
    user.go_on()

    assert user.post("check-answers", shown=shown).rule == "saved-as-shown"


def test_a_lead_provider_that_was_renamed_meanwhile_is_shown_and_saved_under_its_new_name(user):
    """A form with the former name still answers; what was confirmed before is shown again."""
    service = user.service
    shown = user.get("check-answers")
    rename(service, PROVIDER, "Brightwater")
    sent = user.post("check-answers", {"shown": shown.hidden("shown")})
    answered = user.post("lead-provider", {"lead_provider": LEAD_PROVIDER})

    assert (sent.rule, answered.step) == ("saved-as-shown", "check-answers")
    assert "Lead provider Brightwater" in user.get("check-answers").says
    user.register()
    assert service.ects_of(ECT_TRN)[0].lead_provider == "Brightwater"
