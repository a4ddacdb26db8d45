"""Whose journey it is, what may be seen of it, and when."""

from __future__ import annotations

from uuid import uuid4

import attrs
import pytest

from builders import ECT_TRN
from ect_registration.domain.school import SchoolStatus
from ect_registration.domain.values import Urn
from entrypoints.web.register_ect.forms import FORMS
from integration.web.registering import ANSWERS, START, Registering, a_date
from unit.use_cases.town import (
    ANOTHER_DAY,
    BRAM,
    CLOSED,
    NUMBER,
    OTHER_SCHOOL,
    TO_OPEN,
    UNFUNDED,
    WELSH,
)

NO_JOURNEY = "5f0c1a52-9d3e-4c27-8b61-7d2f4e9a0b36"
PROOF = "national-insurance-number"
EVERY_PAGE = (*FORMS, "check-answers", "done", "stopped")
WRONG_DAY = a_date("date_of_birth", ANOTHER_DAY.day, ANOTHER_DAY.month, ANOTHER_DAY.year)


@pytest.fixture
def user() -> Registering:
    """A user of Larkfield who has begun a journey."""
    user = Registering.in_town()
    user.begin()
    return user


@pytest.mark.parametrize("step", EVERY_PAGE)
def test_a_step_that_is_not_reached_leads_to_where_the_journey_is(user, step):
    """And a post there answers nothing."""
    posted = user.post(step, ANSWERS.get(step, {})) if step in FORMS and step != "find" else None
    seen = user.get(step)

    assert seen.step == "find"
    assert posted is None or posted.step == "find"


def test_a_step_that_does_not_apply_leads_to_where_the_journey_is(user):
    """There is nothing to reuse, and nowhere that they were before."""
    user.go_on()
    steps = ("national-insurance-number", "registered-before", "reuse-choices")

    assert {user.get(step).step for step in steps} == {"check-answers"}
    assert user.answer("reuse-choices", reuse_choices="yes").step == "check-answers"


@pytest.mark.parametrize("page", EVERY_PAGE)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nobody_else_sees_a_journey(user, page, method):
    """Another school's user, another user of the school, and nobody's journey: all the same."""
    user.go_on(until="email")
    others = [
        Registering.at(user.service, user="user-2"),
        Registering.at(user.service, school=OTHER_SCHOOL),
        Registering.at(user.service),
    ]
    others[0].journey = others[1].journey = user.journey
    others[2].journey = str(uuid4())
    if method == "POST" and page in {"done", "stopped"}:
        return
    posted = ANSWERS.get(page, {"national_insurance_number": str(NUMBER.characters)})
    seen = [other.get(page) if method == "GET" else other.post(page, posted) for other in others]

    assert {(page.status, page.rule) for page in seen} == {(404, "journeys-expire")}
    assert len({page.says for page in seen}) == 1


@pytest.mark.parametrize(
    "path", ["x", "x/find", NO_JOURNEY, f"{NO_JOURNEY}/no-such-step", "../register-ect/"]
)
def test_an_address_that_was_made_up_is_not_found(user, path):
    """Whatever it is."""
    assert user.get(f"{START}/{path}").status == 404


def test_a_journey_ends_after_a_day_without_use(user):
    """And says so."""
    user.go_on(until="email")
    user.service.clock.wait(hours=24)
    user.sign_in()
    seen = user.get("email")

    assert (seen.status, seen.rule) == (404, "journeys-expire")
    assert user.answer("email").status == 404


def test_the_confirmation_ends_after_a_day(user):
    """Confirmed again, it makes no second record."""
    user.go_on()
    shown = user.get("check-answers").hidden("shown")
    user.register()
    user.service.clock.wait(hours=24)
    user.sign_in()

    assert user.get("done").status == 404
    assert user.post("check-answers", shown=shown).status == 404
    assert len(user.service.ects_of(ECT_TRN)) == 1


def test_an_unfinished_registration_can_be_taken_up_again(user):
    """Where it was left; the page that it starts from leads to a list that names its teacher."""
    user.go_on(until="email")
    page = user.get("/school/ects/unfinished")

    assert "Asha Marlowe" in page.says
    assert f'href="{START}/{user.journey}"' in page.html
    assert 'href="/school/ects/unfinished"' in user.get(START).html
    assert user.get(f"{START}/{user.journey}").step == "email"


def test_once_a_teacher_is_proven_the_search_is_behind(user):
    """Its pages lead to where the journey is."""
    user.go_on(until="start-date")

    assert {user.get(s).step for s in ("find", "national-insurance-number")} == {"start-date"}
    assert user.answer(PROOF, national_insurance_number="AB123456C").step == "start-date"


def test_once_a_teacher_is_proven_a_new_search_is_a_new_journey(user):
    """Which begins with what was posted, and takes nothing over."""
    user.go_on(until="start-date")
    sent = user.post("find", {**ANSWERS["find"], "trn": str(BRAM)})
    other = sent.answer.location.split("/")[-2]

    assert sent.step == "name"
    assert other != user.journey
    assert "Bram Okafor" in user.get(sent.answer.location).says
    assert user.get("find").step == "start-date"


WRONG_TRN = {"trn": "12AB", **WRONG_DAY}


def test_once_a_teacher_is_proven_a_new_search_that_is_not_right_is_shown_again(user):
    """With what was typed, and not as if it were about the teacher found before."""
    user.answer("find")
    seen = user.post("find", WRONG_TRN)

    assert (seen.status, seen.value("trn")) == (422, "12AB")
    assert seen.errors.keys() == {"trn"}
    assert (seen.back, "Asha" in seen.says) == (START, False)
    assert user.get("find").step == "name"


def test_once_an_ect_is_registered_a_new_search_begins_another_journey(user):
    """Back in the browser, all the way to the search."""
    user.go_on()
    user.register()
    wrong = user.post("find", WRONG_TRN)
    right = user.post("find", {**ANSWERS["find"], "trn": str(BRAM)})

    assert (wrong.status, right.step) == (422, "name")
    assert user.journey not in right.answer.location


def test_once_a_teacher_is_proven_a_search_without_a_good_token_comes_back(user):
    """And can be sent again."""
    user.answer("find")
    seen = user.post("find", {**ANSWERS["find"], "trn": str(BRAM), "csrf_token": "stale"})

    assert (seen.status, seen.value("trn")) == (400, str(BRAM))


def test_once_a_teacher_is_proven_a_search_without_trs_loses_nothing(user):
    """The way to try again has the TRN."""
    user.answer("find")
    user.service.records.out_of_reach = True
    seen = user.post("find", {**ANSWERS["find"], "trn": str(BRAM)})
    again = user.post("find", again="yes", trn=seen.hidden("trn"))

    assert "to see what you typed" in seen.says
    assert (seen.status, again.status, again.value("trn")) == (503, 200, str(BRAM))


def test_before_that_the_search_may_be_repeated(user):
    """In the same journey; the answer replaces everything."""
    user.post("find", {**ANSWERS["find"], **WRONG_DAY})
    again = user.answer("find")

    assert again.answer.location == user.address("name")


def test_two_journeys_of_one_user_never_mix(user):
    """Two tabs, two teachers."""
    user.go_on(until="email")
    other = attrs.evolve(user, journey="")
    other.go_on(until="email", find={**ANSWERS["find"], "trn": str(BRAM)})
    user.answer("email")

    assert "Bram Okafor" in other.get("email").says
    assert not other.get("email").value("email")
    assert "Asha Marlowe" in user.get("start-date").says


@pytest.mark.parametrize("school", [UNFUNDED, CLOSED, WELSH])
def test_a_school_that_cannot_register_is_told_why(school):
    """And no journey begins."""
    user = Registering.in_town(school=school)
    seen, posted = user.get(START), user.post(START)

    assert (seen.status, seen.rule) == (200, "school-cannot-register")
    assert (posted.status, posted.rule) == (200, "school-cannot-register")
    assert "because it is" in seen.says


def test_a_school_that_has_not_opened_is_told_when_to_come_back():
    """Not what a school that has closed is told."""
    seen = Registering.in_town(school=TO_OPEN).get(START)

    assert (seen.status, seen.rule) == (200, "school-cannot-register")
    assert "Your school cannot register ECTs yet" in seen.title
    assert "because it has not opened yet" in seen.says
    assert (
        "It is due to open on 1 September 2026. Come back when your school has opened" in seen.says
    )


def test_a_school_that_closes_meanwhile_is_stopped(user):
    """At whatever step it is, and TRS is asked for nothing."""

    def close(uow):
        school = uow.schools.find(Urn("100001"))
        uow.schools.save(attrs.evolve(school, status=SchoolStatus.CLOSED))

    user.service.do(close)
    sent = user.answer("find")

    assert sent.step == "stopped"
    assert user.get("stopped").rule == "school-cannot-register"
    assert user.service.records.asked == []


def test_without_trs_nobody_is_found_and_the_trn_is_not_lost(user):
    """The way to try again has it; the date of birth is asked for again."""
    user.service.records.out_of_reach = True
    seen = user.answer("find")
    again = user.post("find", again="yes", trn=seen.hidden("trn"))

    assert (seen.status, seen.rule) == (503, "trs-unavailable")
    assert seen.answer.headers["Retry-After"]
    assert "1999" not in seen.html
    assert (again.status, again.errors, again.value("trn")) == (200, {}, "1000001")


def test_without_trs_a_number_proves_nothing(user):
    """The journey stays where it was."""
    user.post("find", {**ANSWERS["find"], **WRONG_DAY})
    user.service.records.out_of_reach = True
    seen = user.answer("national-insurance-number", national_insurance_number="AB123456C")

    assert (seen.status, seen.rule) == (503, "trs-unavailable")
    assert "AB123456C" not in seen.html
    assert user.get("name").step == "national-insurance-number"


def test_without_trs_nothing_is_registered(user):
    """Its answer was over an hour old; the answers are kept."""
    user.go_on()
    shown = user.get("check-answers").hidden("shown")
    user.service.clock.wait(hours=2)
    user.sign_in()
    user.service.records.out_of_reach = True
    seen = user.post("check-answers", shown=shown)

    assert (seen.status, seen.rule) == (503, "trs-unavailable")
    assert user.address("check-answers") in seen.html
    assert user.service.ects_of(ECT_TRN) == []

    user.service.records.out_of_reach = False

    assert user.register().step == "done"


@pytest.mark.parametrize("page", ["", "/find", "/check-answers", "/done", "/stopped"])
def test_head_and_options_are_answered(user, page):
    """As for every page; nothing changes."""
    path = f"{START}/{user.journey}{page}" if page else START
    head, options = user.client.head(path), user.client.options(path)

    assert (head.status_code in {200, 302, 303}, head.text) == (True, "")
    assert options.status_code == 200
    assert "GET" in options.headers["Allow"]


@pytest.mark.parametrize("page", ["done", "stopped"])
def test_a_page_that_asks_nothing_takes_no_posts(user, page):
    """It says so."""
    assert user.post(page).status == 405


def test_who_is_not_signed_in_is_sent_to_sign_in(user):
    """From every page."""
    with user.client.session_transaction() as session:
        session.clear()

    assert {user.get(page).step for page in (START, "find", "done")} == {"sign-in"}
