"""Every rule that refuses a mentor has a page that says why, and what to do next."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files

import attrs
import pytest

from builders import ECT_TRN, LEAD_PROVIDER, TODAY, a_mentor, a_training, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.school import LeadProvider
from ect_registration.domain.values import Trn
from integration.web.mentoring import ANSWERS, JOAN, Mentoring, somebody_else
from integration.web.registering import a_date
from unit.use_cases.reference_rows import CLOSED_DAYS, change
from unit.use_cases.town import (
    ANOTHER_DAY,
    BRAM,
    DEACTIVATED,
    NOBODY,
    OTHER_SCHOOL,
    PEOPLE,
    PROHIBITED,
    THIS_YEAR_ONLY,
)

TEMPLATES = files("entrypoints.web").joinpath("templates/register_mentor/stopped")
REFUSING = {
    "decided-again",
    "details-do-not-match",
    "email-in-use",
    "lead-provider-not-available",
    "mentor-already-here",
    "mentor-now-or-later",
    "no-day-in-common",
    "one-mentor-at-a-time",
    "overlaps-previous",
    "own-mentor",
    "prohibited-from-teaching",
    "registration-closed",
    "trn-not-found",
}
KIT = somebody_else(2, "Kit Alder")
WRONG_DAY = a_date("date_of_birth", ANOTHER_DAY.day, ANOTHER_DAY.month, ANOTHER_DAY.year)


@pytest.fixture
def user() -> Mentoring:
    """Asha needs a mentor."""
    user = Mentoring.of()
    user.begin()
    return user


def _searched(user, trn):
    user.post("find", {**ANSWERS["find"], "trn": str(trn)})
    return _stopped(user)


def _stopped(user):
    """The page, on which whatever is asked for ends up."""
    page = user.get("stopped")
    assert page.status == 200
    assert user.get("check-answers").step == "stopped"
    assert "What you can do" in page.says
    return page


def test_every_rule_that_refuses_has_a_page():
    """And no other has."""
    pages = {path.name.removesuffix(".html") for path in TEMPLATES.iterdir()}

    assert pages - {"page"} == REFUSING, (
        "REFUSING in tests/integration/web/register_mentor/test_register_mentor_stops.py "
        "and the pages in src/entrypoints/web/templates/register_mentor/stopped differ"
    )


@pytest.mark.parametrize("trn", [NOBODY, DEACTIVATED])
def test_a_trn_without_an_active_record_is_not_found(user, trn):
    """The search can be repeated; the page leads to the ways to get a TRN."""
    page = _searched(user, trn)

    assert page.rule == "trn-not-found"
    assert f'href="{user.address("find")}"' in page.html
    assert f'href="{user.address("no-trn")}"' in page.html
    assert user.answer("find").step == "name"


def test_details_that_do_not_match_are_not_found(user):
    """Search again, or try another number."""
    user.post("find", {**ANSWERS["find"], **WRONG_DAY})
    user.post("national-insurance-number", national_insurance_number="CE654321A")
    page = _stopped(user)

    assert page.rule == "details-do-not-match"
    assert (
        user.post("national-insurance-number", national_insurance_number="AB123456C").step
        == "name"
    )


def test_nobody_mentors_themself(user):
    """TRS is not even asked; the journey is where it was."""
    page = user.post("find", {**ANSWERS["find"], "trn": str(ECT_TRN)})

    assert (page.status, page.rule) == (200, "own-mentor")
    assert user.service.records.asked == []
    assert page.back == user.address("find")
    assert user.get("stopped").step == "find"


def test_somebody_who_is_prohibited_from_teaching(user):
    """Can be no mentor either."""
    assert _searched(user, PROHIBITED).rule == "prohibited-from-teaching"


@pytest.mark.parametrize("change", [False, True])
def test_a_mentor_of_this_school_is_assigned_as_they_are(change):
    """The page has the button, which leads to the training as for anybody from here."""
    user = Mentoring.of(None, None, a_mentor(), KIT)
    if change:
        user.choose(KIT.id)
        user.post("training")
    user.begin(change=change)
    page = _searched(user, JOAN)
    way = page.html.partition("<main")[2].partition(' action="')[2].partition('"')[0]
    sent = user.post(way, mentor=page.hidden("mentor"))
    user.follow(sent)
    done = user.post(sent.step)
    if change:
        done = user.register()

    assert page.rule == "mentor-already-here"
    assert way == user.question + ("?change=yes" if change else "")
    assert (sent.step, done.step) == ("training", "done")
    assert user.mentor_of_the_ect() == ["Joan Thackeray"]


def test_an_address_of_somebody_else_is_refused(user):
    """The page never says who or where, and leads back to the question."""
    taken = an_ect(school=OTHER_SCHOOL, teacher=Teacher(BRAM, "Bram Okafor"))
    user.service.has_ect(attrs.evolve(taken, email=a_mentor().email))
    user.go_on(until="stopped")
    page = _stopped(user)

    assert page.rule == "email-in-use"
    assert page.back == user.address("email")
    assert not {"Bram", "Fenwick"} & set(page.says.split())
    assert user.answer("email", email="other@example.org").step == "training"


def test_who_comes_after_the_ect_has_gone():
    """The start date mends it."""
    leaves = TODAY + timedelta(days=3)
    ect = an_ect(period=Period(date(2024, 9, 2), leaves), trainings=())
    left = a_mentor(period=Period(date(2023, 9, 1), date(2024, 8, 31)))
    user = Mentoring.of(ect, None, left)
    user.go_on(until="stopped")
    page = _stopped(user)

    assert page.rule == "no-day-in-common"
    assert f'href="{user.address("start-date")}"' in page.html
    assert user.answer("start-date", **a_date("start_date", 10, 9, 2025)).step != "stopped"


def test_a_lead_provider_that_stopped_meanwhile_is_refused_at_submission(user):
    """The question mends it, and the other answers are kept."""
    user.go_on(training={"another_provider": "yes"})
    shown = user.get("check-answers").hidden("shown")
    user.service.do(lambda uow: uow.offers.save_lead_provider(LeadProvider(THIS_YEAR_ONLY)))
    sent = user.post("check-answers", shown=shown)
    page = _stopped(user)

    assert (sent.step, page.rule) == ("stopped", "lead-provider-not-available")
    assert THIS_YEAR_ONLY in page.says
    assert user.mentors() == []
    assert user.answer("lead-provider", lead_provider=LEAD_PROVIDER).step == "check-answers"


def test_a_record_that_was_closed_meanwhile_starts_again(user):
    """TRS is asked again, as its answer was over an hour old."""
    user.go_on()
    shown = user.get("check-answers").hidden("shown")
    user.service.clock.wait(hours=2)
    user.service.trs_now_says()
    again = Mentoring.at(user.service)
    again.ect, again.journey = user.ect, user.journey
    page = again.post("check-answers", shown=shown)

    assert (page.status, page.rule) == (200, "decided-again")
    assert f'href="{user.question}"' in page.html
    assert user.mentors() == []


def test_a_name_that_changed_in_trs_is_marked(user):
    """Nothing is saved that was not shown."""
    user.go_on()
    shown = user.get("check-answers").hidden("shown")
    renamed = [attrs.evolve(person, last_name="Fenn") for person in PEOPLE]
    user.service.trs_now_says(*renamed)
    user.service.clock.wait(hours=2)
    other = Mentoring.at(user.service)
    other.ect, other.journey = user.ect, user.journey
    again = other.post("check-answers", shown=shown)

    assert again.rule == "saved-as-shown"
    assert "Name Joan Fenn Changed" in again.says
    assert user.mentors() == []


def test_who_comes_second_learns_why(user):
    """Somebody else of the school has given the ECT a mentor meanwhile."""
    user.go_on()
    shown = user.get("check-answers").hidden("shown")
    trained = somebody_else(6, "Ola Eden", trainings=(a_training(),))
    user.service.has_mentor(trained)
    other = Mentoring.at(user.service, user="user-2")
    other.ect = user.ect
    other.choose(trained.id)
    sent = user.post("check-answers", shown=shown)
    page = user.get("stopped")

    assert (sent.step, page.rule) == ("stopped", "one-mentor-at-a-time")
    assert f'href="{user.question}?change=yes"' in page.html
    assert user.mentors() == []


def test_an_ect_who_completes_meanwhile_needs_no_mentor(user):
    """At whatever step the journey is."""
    user.go_on(until="email")

    def complete(uow):
        (ect,) = uow.ects.of_people([ECT_TRN])
        uow.ects.change(ect, attrs.evolve(ect, completed=True))

    user.service.do(complete)

    assert user.answer("email").step == "stopped"
    assert user.get("stopped").rule == "mentor-now-or-later"


def _elsewhere(first_day):
    """Somebody who mentors at another school from that day on."""
    joan = attrs.evolve(somebody_else(7, "Joan Fell"), school=OTHER_SCHOOL)
    teacher = attrs.evolve(joan.teacher, trn=Trn(JOAN))
    mentor = attrs.evolve(joan, teacher=teacher, period=Period(first_day))
    user = Mentoring.of(None, None, mentor)
    user.begin()
    return user


def test_only_here_where_no_day_is_left():
    """They begin elsewhere in over four months: mentoring at both is the way on, or support."""
    user = _elsewhere(date(2026, 3, 2))
    user.go_on(until="only-here")
    user.answer("only-here", only_here="yes")
    page = _stopped(user)

    assert page.rule == "overlaps-previous"
    assert "contact support" in page.says
    assert f'href="{user.address("only-here")}"' in page.html
    assert user.answer("only-here", only_here="no").step == "start-date"


def test_a_mentor_who_moves_too_far_ahead_is_told_at_the_start_date():
    """The start would end another school's record; with both schools open it ends nothing."""
    user = _elsewhere(date(2024, 9, 2))
    user.go_on(until="only-here")
    user.answer("only-here", only_here="yes")
    page = user.post("start-date", a_date("start_date", 11, 1, 2026))

    assert (page.status, page.rule) == (422, "transfer-too-far-ahead")
    assert "on or before 10 January 2026" in page.errors["start_date-day"]
    user.answer("only-here", only_here="no")
    assert user.post("start-date", a_date("start_date", 11, 1, 2026)).step == "training"


def test_on_closed_days_no_mentor_is_registered(user):
    """The page names the day to come back."""
    user.go_on()
    change(user.service, CLOSED_DAYS, {"from": TODAY, "to": TODAY})
    page = _stopped(user)

    assert page.rule == "registration-closed"
    assert "Come back on 11 September 2025" in page.says
