"""`mentor-change`: another mentor of the school takes over, once that was checked."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    LEAD_PROVIDER,
    TERM_STARTS,
    a_mentor,
    a_mentorship,
    a_partnership,
    a_training,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.use_cases.changing.leaving import report_mentor_leaving
from ect_registration.use_cases.operating.partnerships import report_partnership
from ect_registration.use_cases.registering.assign_mentor import assign_mentor
from ect_registration.use_cases.transactions import Actor
from integration.web.mentoring import Mentoring, somebody_else
from unit.use_cases.mentoring import a_provider_led_ect, a_school_led_ect
from unit.use_cases.town import OTHER_SCHOOL, THIS_YEAR_ONLY

LAST_DAY, NEXT_TERM = date(2025, 10, 17), date(2026, 1, 5)
JOAN = a_mentor()
OLA = somebody_else(6, "Ola Eden", trainings=(a_training(),))
KIT = somebody_else(2, "Kit Alder", NEXT_TERM)
LOU = somebody_else(3, "Lou Birch", TERM_STARTS, LAST_DAY)
SAYS = "Check your answers and change the mentor"


def _mentored(ect=None, by=JOAN, *others):
    """An ECT whose mentor is Joan, or somebody else, at a school with these mentors."""
    make = ect or a_provider_led_ect
    until = Period(TERM_STARTS, by.period.finished_on)
    return Mentoring.of(
        make(mentorships=(a_mentorship(by, period=until),)), None, by, *(others or (OLA,))
    )


@pytest.fixture
def user():
    """Who has chosen Ola Eden instead of Joan, and has been asked nothing more."""
    user = _mentored()
    user.choose(OLA.id, change=True)
    return user


def test_the_page_says_who_mentors_until_when_and_who_from_when(user):
    """Training goes on with its lead provider, and there are no days without a mentor."""
    page = user.get("check-answers")

    assert page.title.startswith(SAYS)
    assert (
        "ECT to mentor Asha Marlowe Mentor now Joan Thackeray until 9 September 2025 "
        "New mentor Ola Eden Change new mentor Mentors the ECT from 10 September 2025 "
        "Days without a mentor None Mentor training "
        f"Funded training Already set up with {LEAD_PROVIDER} and will continue "
        "Change the mentor"
    ) in page.says
    assert page.changes == {"new mentor": f"{user.question}?change=yes"}
    assert page.back == f"{user.question}?change=yes"


def test_nothing_is_saved_before_the_button(user):
    """Whatever page is asked for, and whatever is posted elsewhere."""
    steps = [user.get(step).step for step in ("training", "lead-provider", "done", "stopped")]
    steps += [user.post(step).step for step in ("training", "done")]
    resumed = user.get(user.address("").rstrip("/"))

    assert {*steps, resumed.step} == {"check-answers"}
    assert user.mentor_of_the_ect() == ["Joan Thackeray"]


def test_the_button_changes_the_mentor_once(user):
    """A double click, a reload, another tab; afterwards every page is the confirmation."""
    shown = user.get("check-answers").hidden("shown")
    steps = [user.post("check-answers", shown=shown).step for _ in range(3)]
    seen = {user.get(step).step for step in ("training", "check-answers", "stopped", "done")}

    assert steps == ["done", "done", "done"]
    assert seen == {"done"}
    assert user.get("done").title.startswith("Mentor changed")
    assert user.mentor_of_the_ect() == ["Ola Eden"]


def test_training_that_begins_is_shown_with_its_lead_provider():
    """As the school chose it, with a link that changes it."""
    user = _mentored(None, OLA, JOAN)
    user.choose(JOAN.id, change=True)
    user.post("training", another_provider="yes")
    asked = user.post("lead-provider", lead_provider=THIS_YEAR_ONLY)
    page = user.get("check-answers")

    assert asked.step == "check-answers"
    assert (
        "Funded training Available Academic year 2025 to 2026 "
        f"Lead provider {THIS_YEAR_ONLY} Change lead provider "
        "Delivery partner Waiting for the lead provider to confirm"
    ) in page.says
    assert f"pass the mentor’s details on to {THIS_YEAR_ONLY}" in page.says
    assert page.changes["lead provider"] == user.address("lead-provider") + "?change=yes"
    assert page.back == user.address("lead-provider")


def test_a_mentor_who_cannot_get_training_takes_over_without_it():
    """The page says why."""
    user = _mentored(None, OLA, JOAN)
    user.had_training(early_roll_out=True)
    user.choose(JOAN.id, change=True)
    user.post("training")

    assert (
        "Funded training Not available, because they took part in the early roll-out"
        in user.get("check-answers").says
    )


def test_for_a_school_led_ect_no_training_is_set_up():
    """And the page does not say that any goes on."""
    user = _mentored(a_school_led_ect, OLA, JOAN)
    user.choose(JOAN.id, change=True)

    assert (
        "Funded training Not set up, because the ECT’s training is school-led"
        in user.get("check-answers").says
    )


def test_who_trains_a_leaver_next_is_not_said():
    """Nor that somebody does: they are trained at another school from November."""
    begins = date(2025, 11, 3)
    training = a_training(period=Period(begins), lead_provider=THIS_YEAR_ONLY)
    user = _mentored(None, OLA, LOU)
    user.service.has_mentor(
        somebody_else(3, "Lou Birch", begins, school=OTHER_SCHOOL, trainings=(training,))
    )
    user.choose(LOU.id, change=True)
    page = user.get("check-answers")

    assert "Funded training Not set up with this assignment" in page.says
    assert THIS_YEAR_ONLY not in page.says


def test_a_mentor_who_leaves_first_ends_when_they_leave():
    """Not the day before the next one starts: the days between are days without a mentor."""
    user = _mentored(None, LOU, KIT)
    user.choose(KIT.id, change=True)
    user.post("training")
    page = user.get("check-answers")
    user.register()

    assert (
        "Mentor now Lou Birch until 17 October 2025 New mentor Kit Alder Change new mentor "
        "Mentors the ECT from 5 January 2026 "
        "Days without a mentor From 18 October 2025 to 4 January 2026"
    ) in page.says
    assert "No mentor from 18 October 2025 to 4 January 2026." in user.get("done").says


def test_a_mentor_who_leaves_is_said_to_mentor_until_then():
    """And from the next day on there is nobody."""
    user = _mentored(None, JOAN, LOU)
    user.choose(LOU.id, change=True)
    user.post("training")

    assert (
        "Mentors the ECT from 10 September 2025 Mentors the ECT until 17 October 2025 "
        "Days without a mentor From 18 October 2025"
    ) in user.get("check-answers").says


def test_a_mentor_who_was_to_leave_stays_shown_when_that_changes(user):
    """Nothing is saved that was not shown: the change is marked, and then it may be confirmed."""
    shown = user.get("check-answers").hidden("shown")
    report_mentor_leaving(OLA.id, LAST_DAY, Actor("user-2", OLA.school), user.service.ports)
    again = user.post("check-answers", shown=shown)

    assert (again.status, again.rule) == (200, "saved-as-shown")
    assert "Nothing has been changed yet, because something changed" in again.says
    assert "Mentors the ECT until 17 October 2025 Changed" in again.says
    assert "Days without a mentor From 18 October 2025 Changed" in again.says
    assert "Mentor now Joan Thackeray until 9 September 2025 New mentor" in again.says
    assert user.mentor_of_the_ect() == ["Joan Thackeray"]
    assert user.post("check-answers", shown=again.hidden("shown")).step == "done"


def test_a_colleague_has_changed_the_mentor_meanwhile():
    """Whom the button would replace now is marked."""
    user = _mentored(None, JOAN, OLA, LOU)
    user.choose(OLA.id, change=True)
    shown = user.get("check-answers").hidden("shown")
    colleague = Mentoring.at(user.service, user="user-2")
    colleague.ect = user.ect
    colleague.choose(LOU.id, change=True)
    colleague.post("training")
    colleague.register()
    again = user.post("check-answers", shown=shown)

    assert again.rule == "saved-as-shown"
    assert (
        "Mentor now Lou Birch, whose assignment from 10 September 2025 will be cancelled Changed"
        in again.says
    )
    assert user.mentor_of_the_ect() == ["Lou Birch"]


def test_the_mentor_was_removed_meanwhile():
    """Until when they mentor, and the days without a mentor, are marked first."""
    user = _mentored(None, JOAN, KIT)
    user.choose(KIT.id, change=True)
    user.post("training")
    before = user.get("check-answers")
    removing = user.post(f"/school/ects/{user.ect}/mentor/remove", _today())
    removal = user.get(removing.answer.location)
    user.post(removing.answer.location, shown=removal.hidden("shown"))
    again = user.post("check-answers", shown=before.hidden("shown"))

    assert "Mentor now Joan Thackeray until 4 January 2026 New" in before.says
    assert again.rule == "saved-as-shown"
    assert "Mentor now Joan Thackeray until 10 September 2025 Changed" in again.says
    assert "Days without a mentor From 11 September 2025 to 4 January 2026 Changed" in again.says
    assert user.mentor_of_the_ect() == ["Joan Thackeray"]


def test_the_mentor_has_gone_meanwhile(user):
    """There is nobody to replace, which is marked as well."""
    shown = user.get("check-answers").hidden("shown")
    user.service.do(_take_joan_away)
    again = user.post("check-answers", shown=shown)

    assert again.rule == "saved-as-shown"
    assert "Mentor now None Changed New mentor Ola Eden" in again.says
    assert user.post("check-answers", shown=again.hidden("shown")).step == "done"


def _take_joan_away(uow):
    [ect] = uow.ects.at_school(JOAN.school)
    gone = tuple(attrs.evolve(each, withdrawn=True) for each in ect.mentorships)
    uow.ects.change(ect, attrs.evolve(ect, mentorships=gone))


def _today():
    return {"last_day-day": "10", "last_day-month": "9", "last_day-year": "2025"}


def test_the_mentor_chosen_was_assigned_by_a_colleague(user):
    """The rule that stands against it has its page, and nothing is saved twice."""
    shown = user.get("check-answers").hidden("shown")
    document = {
        "school": str(OLA.school), "ect": user.ect, "mentor": str(OLA.id), "replace": True
    }  # fmt: skip
    assign_mentor(document, "colleague", user.service.ports)
    sent = user.post("check-answers", shown=shown)

    assert (sent.step, user.get("stopped").rule) == ("stopped", "one-mentor-at-a-time")
    assert user.mentor_of_the_ect() == ["Ola Eden"]


@pytest.mark.parametrize("shown", ["", "made up", "x" * 10_000, "\x00"])
def test_only_what_the_page_showed_can_be_saved(user, shown):
    """Anything else is shown again."""
    again = user.post("check-answers", shown=shown)

    assert (again.status, again.rule) == (200, "saved-as-shown")
    assert user.mentor_of_the_ect() == ["Joan Thackeray"]


def test_a_page_that_was_open_for_too_long_saves_nothing(user):
    """It is shown again, and says so."""
    shown = user.get("check-answers").hidden("shown")
    data = {"csrf_token": "old", "shown": shown}
    answer = user.client.post(user.address("check-answers"), data=data)

    assert answer.status_code == 400
    assert "Nothing has been changed yet" in answer.text
    assert user.mentor_of_the_ect() == ["Joan Thackeray"]


def test_a_first_mentor_has_no_page_to_check():
    """Choosing ends the journey, also where the address asks for a change of nobody."""
    user = Mentoring.of(None, None, OLA)
    chosen = user.choose(OLA.id, change=True)
    checked = user.get("check-answers")

    assert (chosen.step, checked.step) == ("done", "done")
    assert user.get("done").title.startswith("Mentor assigned")
    assert user.mentor_of_the_ect() == ["Ola Eden"]


def test_a_partnership_that_is_reported_meanwhile_is_marked():
    """The training would be confirmed now."""
    user = _mentored(None, OLA, JOAN)
    user.choose(JOAN.id, change=True)
    user.post("training")
    shown = user.get("check-answers").hidden("shown")
    report_partnership(a_partnership(), "provider", user.service.ports)
    again = user.post("check-answers", shown=shown)

    assert f"Delivery partner {DELIVERY_PARTNER} Changed" in again.says
    assert user.mentor_of_the_ect() == ["Ola Eden"]


def test_an_ect_who_leaves_is_mentored_until_then():
    """A new mentor of theirs has the ECT's last day, and no day is left without one."""
    until = Period(TERM_STARTS, LAST_DAY)
    ect = an_ect(period=until, mentorships=(a_mentorship(JOAN, period=until),))
    user = Mentoring.of(ect, None, JOAN, OLA)
    user.choose(OLA.id, change=True)

    assert (
        "Mentors the ECT until 17 October 2025 Days without a mentor None"
        in user.get("check-answers").says
    )
