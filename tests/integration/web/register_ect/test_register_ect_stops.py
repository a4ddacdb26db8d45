"""Every rule that refuses has a page that says why, and what to do next."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files

import attrs
import pytest

from builders import ECT_TRN, HUB, LEAD_PROVIDER, TODAY, a_trs_person, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.school import LeadProvider
from integration.web.registering import ANSWERS, START, Registering, a_date
from unit.use_cases.reference_rows import CLOSED_DAYS, change
from unit.use_cases.town import (
    BRAM,
    DEACTIVATED,
    EXEMPT,
    FAILED,
    FAILED_IN_WALES,
    INDEPENDENT,
    ISTIP,
    NOBODY,
    OTHER_SCHOOL,
    PASSED,
    PEOPLE,
    PROHIBITED,
    UNKNOWN_STATUS,
    WITHOUT_QTS,
)  # fmt: skip

LONG_AGO = Period(date(2024, 9, 2))
TEMPLATES = files("entrypoints.web").joinpath("templates/register_ect/stopped")
REFUSING = {
    "already-completed-here",
    "already-in-progress-here",
    "appropriate-body-independent",
    "appropriate-body-state-funded",
    "cannot-register-yet",
    "decided-again",
    "details-do-not-match",
    "email-in-use",
    "induction-exempt",
    "induction-failed",
    "induction-passed",
    "lead-provider-not-available",
    "overlaps-previous",
    "prohibited-from-teaching",
    "registration-closed",
    "school-cannot-register",
    "trn-not-found",
}


def _found(trn, *already):
    user = Registering.in_town()
    for ect in already:
        user.service.has_ect(ect)
    user.begin()
    user.post("find", {**ANSWERS["find"], "trn": str(trn)})
    return user


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
        "REFUSING in tests/integration/web/register_ect/test_register_ect_stops.py "
        "and the pages in src/entrypoints/web/templates/register_ect/stopped differ"
    )


@pytest.mark.parametrize(
    ("trn", "rule"),
    [
        (PASSED, "induction-passed"),
        (FAILED, "induction-failed"),
        (FAILED_IN_WALES, "induction-failed"),
        (EXEMPT, "induction-exempt"),
        (PROHIBITED, "prohibited-from-teaching"),
    ],
)
def test_what_the_record_says_stops_the_registration(trn, rule):
    """Only another teacher can be registered then."""
    page = _stopped(_found(trn))

    assert page.rule == rule
    assert f"(TRN {trn})" in page.says
    assert page.back == START


@pytest.mark.parametrize("trn", [NOBODY, DEACTIVATED])
def test_a_trn_without_an_active_record_is_not_found(trn):
    """Both read the same, and the search can be repeated."""
    user = _found(trn)
    page = _stopped(user)

    assert page.rule == "trn-not-found"
    assert f'href="{user.address("find")}"' in page.html
    assert user.get("find").value("trn") == str(trn)
    assert user.answer("find").step == "name"


def test_details_that_do_not_match_are_not_found():
    """Search again, or try another number."""
    user = Registering.in_town()
    user.begin()
    user.post("find", {**ANSWERS["find"], **a_date("date_of_birth", 31, 1, 1998)})
    user.answer("national-insurance-number", national_insurance_number="CE654321A")
    page = _stopped(user)

    assert page.rule == "details-do-not-match"
    assert f'href="{user.address("find")}"' in page.html
    assert (
        user.answer("national-insurance-number", national_insurance_number="AB123456C").step
        == "name"
    )


def test_who_is_registered_here_is_not_registered_again():
    """The page says since when."""
    page = _stopped(_found(ECT_TRN, an_ect(period=LONG_AGO)))

    assert page.rule == "already-in-progress-here"
    assert "start date 2 September 2024" in page.says
    assert "They still need a mentor" in page.says


def test_a_last_day_that_was_reported_is_named():
    """With who withdraws it, where it was reported by mistake or is no longer true."""
    leaver = Period(LONG_AGO.started_on, date(2025, 10, 24))
    page = _stopped(_found(ECT_TRN, an_ect(period=leaver)))

    assert page.rule == "already-in-progress-here"
    assert "start date 2 September 2024 and the last day 24 October 2025" in page.says
    assert "remove the last day" in page.says


def test_who_has_completed_here_is_not_registered_again():
    """Whatever the dates."""
    page = _stopped(_found(ECT_TRN, an_ect(period=LONG_AGO, completed=True)))

    assert page.rule == "already-completed-here"


def test_without_qts_registration_goes_on():
    """It is not needed."""
    assert _found(WITHOUT_QTS).get("name").step == "name"


def test_a_status_that_nobody_knows_is_no_refusal():
    """Nobody can tell at the moment."""
    user = Registering.in_town()
    user.begin()
    page = user.post("find", {**ANSWERS["find"], "trn": str(UNKNOWN_STATUS)})
    again = user.post("find", again="yes", trn=page.hidden("trn"))

    assert (page.status, page.rule) == (503, "unknown-induction-status")
    assert (again.status, again.value("trn")) == (200, str(UNKNOWN_STATUS))
    assert user.get("name").step == "find"


def test_a_status_that_nobody_knows_any_more_is_asked_about_again():
    """TRS was asked once more at the end; the answers are kept, and later it goes through."""
    user = Registering.in_town()
    user.go_on()
    shown = user.get("check-answers").hidden("shown")
    unknown = [attrs.evolve(person, induction_status="Deferred") for person in PEOPLE]
    user.service.trs_now_says(*unknown)
    user.service.clock.wait(hours=2)
    user = user.afresh()
    page = user.post("check-answers", shown=shown)
    kept = user.get("check-answers")
    user.service.trs_now_says(*PEOPLE)

    assert (page.status, page.rule, kept.status) == (503, "unknown-induction-status", 200)
    assert f'href="{user.address("check-answers")}"' in page.html
    assert user.afresh().register().step == "done"


def test_an_address_of_somebody_else_is_refused():
    """The page never says who or where, and leads back to the question."""
    bram = Teacher(BRAM, "Bram Okafor")
    taken = an_ect(school=OTHER_SCHOOL, teacher=bram)
    user = _found(ECT_TRN, taken)
    user.go_on(until="stopped")
    page = _stopped(user)

    assert page.rule == "email-in-use"
    assert page.back == user.address("email")
    assert not {"Bram", "Fenwick"} & set(page.says.split())
    assert user.get("email").value("email") == "asha.marlowe@example.org"
    assert user.answer("email", email="other@example.org").step == "start-date"


def test_an_address_of_the_same_person_under_a_merged_trn_is_taken():
    """TRS has merged the two records since either was looked up: it is asked before refusing."""
    bram = Teacher(BRAM, "Bram Okafor")
    user = _found(ECT_TRN, an_ect(school=OTHER_SCHOOL, teacher=bram))
    merged = a_trs_person(trn=BRAM, state="merged", merged_into=ECT_TRN)
    user.service.trs_now_says(*(each for each in PEOPLE if each.trn != BRAM), merged)

    assert user.afresh().go_on(until="registered-before").step == "registered-before"


def test_a_year_that_is_not_open_is_refused_for_now():
    """It is named; the answers are kept."""
    user = Registering.in_town()
    user.go_on(until="stopped", start_date=a_date("start_date", 1, 9, 2026))
    page = _stopped(user)

    assert page.rule == "cannot-register-yet"
    assert "2026 to 2027" in page.says
    assert page.back == user.address("start-date")
    assert user.answer("start-date", **ANSWERS["start-date"]).step == "working-pattern"


def test_a_start_before_the_end_elsewhere_is_refused():
    """The page names the earliest date that would do, and the school that could correct it."""
    earlier = an_ect(school=OTHER_SCHOOL, period=Period(date(2024, 9, 2), date(2025, 9, 5)))
    user = _found(ECT_TRN, earlier)
    user.go_on(until="stopped")
    page = _stopped(user)

    assert page.rule == "overlaps-previous"
    assert "earliest start date you can enter is 6 September 2025" in page.says
    assert "from 2 September 2024 to 5 September 2025. If this is wrong, ask that" in page.says
    assert user.answer("start-date", **a_date("start_date", 6, 9, 2025)).step == "working-pattern"


def test_a_teacher_for_whom_no_start_date_would_do():
    """They begin elsewhere in over four months: the page names who helps, and no date to enter."""
    to_come = an_ect(school=OTHER_SCHOOL, period=Period(date(2026, 3, 2)))
    user = _found(ECT_TRN, to_come)
    user.go_on(until="stopped")
    page = _stopped(user)

    assert page.rule == "overlaps-previous"
    assert "Contact support" in page.says
    assert "has registered them from 2 March 2026. If this is wrong" in page.says
    assert "Change the start date" not in page.says
    assert "earliest" not in page.says


def _unsave_body(user, name):
    def close(uow):
        body = next(b for b in uow.offers.appropriate_bodies() if b.name == name)
        uow.offers.save_appropriate_body(attrs.evolve(body, active_until=date(2025, 8, 31)))

    user.service.do(close)


@pytest.mark.parametrize(
    ("school", "body", "rule"),
    [
        ("100001", HUB, "appropriate-body-state-funded"),
        (str(INDEPENDENT), ISTIP, "appropriate-body-independent"),
    ],
)
def test_a_body_that_stopped_meanwhile_is_refused_at_submission(school, body, rule):
    """The question mends it, and the other answers are kept."""
    user = Registering.in_town(school=type(INDEPENDENT)(school))
    user.go_on(appropriate_body={"appropriate_body": body})
    shown = user.get("check-answers").hidden("shown")
    _unsave_body(user, body)
    sent = user.post("check-answers", shown=shown)
    page = _stopped(user)
    mended = user.answer("appropriate-body", appropriate_body="Beta Teaching School Hub")

    assert (sent.step, page.rule) == ("stopped", rule)
    assert body in page.says
    assert f'href="{user.address("appropriate-body")}"' in page.html
    assert mended.step == "check-answers"


def test_a_lead_provider_that_stopped_meanwhile_is_refused_at_submission():
    """The same."""
    user = Registering.in_town()
    user.go_on()
    shown = user.get("check-answers").hidden("shown")
    user.service.do(lambda uow: uow.offers.save_lead_provider(LeadProvider(LEAD_PROVIDER)))
    sent = user.post("check-answers", shown=shown)
    page = _stopped(user)

    assert (sent.step, page.rule) == ("stopped", "lead-provider-not-available")
    assert LEAD_PROVIDER in page.says
    assert user.service.ects_of(ECT_TRN) == []


def test_a_record_that_was_closed_meanwhile_starts_again():
    """TRS is asked again, as its answer was over an hour old."""
    user = Registering.in_town()
    user.go_on()
    shown = user.get("check-answers").hidden("shown")
    user.service.clock.wait(hours=2)
    user.service.trs_now_says()
    page = user.afresh().post("check-answers", shown=shown)

    assert (page.status, page.rule) == (200, "decided-again")
    assert f'href="{START}"' in page.html
    assert user.service.ects_of(ECT_TRN) == []


def test_who_comes_second_learns_why():
    """Somebody else of the school has registered the ECT meanwhile."""
    user = Registering.in_town()
    user.go_on()
    shown = user.get("check-answers").hidden("shown")
    other = Registering.at(user.service, user="user-2")
    other.go_on()
    other.register()
    sent = user.post("check-answers", shown=shown)

    assert sent.step == "stopped"
    assert _stopped(user).rule == "already-in-progress-here"
    assert len(user.service.ects_of(ECT_TRN)) == 1


def test_on_closed_days_nobody_is_registered_and_the_day_to_come_back_is_named():
    """Before a journey begins and in the middle of one; the answers are kept."""
    user = Registering.in_town()
    user.go_on()
    shown = user.get("check-answers").hidden("shown")
    days = {"from": TODAY, "to": TODAY + timedelta(6), "message": "We are moving house."}
    change(user.service, CLOSED_DAYS, days)
    page, sent = user.get(START), user.post("check-answers", shown=shown)

    assert (page.status, page.rule, user.post(START).rule) == (200, *["registration-closed"] * 2)
    assert "Come back on 17 September 2025" in page.says
    assert "We are moving house." in page.says
    assert "for 24 hours after you last used it" in page.says
    assert sent.step == "stopped"
    assert _stopped(user).rule == "registration-closed"
    assert user.service.ects_of(ECT_TRN) == []

    change(user.service, CLOSED_DAYS, {"from": TODAY, "active": False})
    assert user.post("check-answers", shown=shown).step == "done"
