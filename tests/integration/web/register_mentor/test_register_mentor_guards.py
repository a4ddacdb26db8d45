"""Whose mentor journey it is, what may be seen of it, and when."""

from __future__ import annotations

from uuid import uuid4

import attrs
import pytest

from builders import MENTOR_TRN
from ect_registration.domain.email import Email
from ect_registration.domain.people.teacher import Teacher
from entrypoints.web.register_mentor.forms import ASSIGNING_FORMS, FORMS
from integration.web.mentoring import ANSWERS, Mentoring, somebody_else
from integration.web.registering import a_date
from unit.use_cases.mentoring import a_provider_led_ect
from unit.use_cases.town import ANOTHER_DAY, BRAM, CLOSED, OTHER_SCHOOL, WITHOUT_QTS

KIT = somebody_else(2, "Kit Alder")
WRONG_DAY = a_date("date_of_birth", ANOTHER_DAY.day, ANOTHER_DAY.month, ANOTHER_DAY.year)
EVERY_PAGE = (*FORMS, "no-trn", "check-answers", "done", "stopped")
EVERY_PAGE_OF_ASSIGNING = (*ASSIGNING_FORMS, "done", "stopped")
ASKING_NOTHING = {"no-trn", "stopped"}


@pytest.fixture
def user() -> Mentoring:
    """Asha needs a mentor, and there is one."""
    user = Mentoring.of(None, None, KIT)
    user.begin()
    return user


@pytest.mark.parametrize("step", sorted(set(EVERY_PAGE) - {"find", "no-trn"}))
def test_a_step_that_is_not_reached_leads_to_where_the_journey_is(user, step):
    """And a post there answers nothing."""
    posted = user.post(step, ANSWERS.get(step, {})) if step in FORMS else None

    assert user.get(step).step == "find"
    assert posted is None or posted.step == "find"


def _as_others(user):
    """Another user, another school, an ECT of another address, no journey, another kind."""
    bram = Teacher(BRAM, "Bram Okafor")
    ect = a_provider_led_ect(teacher=bram, email=Email("bram.okafor@example.org"))
    user.service.has_ect(ect)
    others = [
        attrs.evolve(Mentoring.at(user.service, user="user-2"), ect=user.ect),
        attrs.evolve(Mentoring.at(user.service, school=OTHER_SCHOOL), ect=user.ect),
        attrs.evolve(user, ect=str(ect.id)),
        attrs.evolve(user, ect=str(uuid4())),
    ]
    for other in others:
        other.journey, other.way = user.journey, user.way
    other_way = {"register-mentor": "assign-mentor", "assign-mentor": "register-mentor"}[user.way]
    return [
        *others,
        attrs.evolve(user, journey=str(uuid4())),
        attrs.evolve(user, way=other_way),
    ]


@pytest.mark.parametrize("way", ["register-mentor", "assign-mentor"])
def test_nobody_else_sees_a_journey(user, way):
    """Wherever the address differs, it is nobody's; and nothing is done."""
    if way == "assign-mentor":
        user.choose(KIT.id)
    else:
        user.go_on()
    for other in _as_others(user):
        mine = EVERY_PAGE if other.way == "register-mentor" else EVERY_PAGE_OF_ASSIGNING
        seen = [other.get(page) for page in ("", *mine) if page]
        posted = [
            other.post(page, {**ANSWERS["name"], **ANSWERS["email"], **ANSWERS["find"]})
            for page in mine
            if page not in ASKING_NOTHING | {"done"}
        ]

        assert {(page.status, page.rule) for page in seen} == {(404, "journeys-expire")}
        assert {page.status for page in posted} <= {404, 422}
    assert user.mentor_of_the_ect() == []


def test_a_journey_ends_after_a_day_without_use(user):
    """And says so."""
    user.go_on(until="email")
    user.service.clock.wait(hours=24)
    user.sign_in()
    seen = user.get("email")

    assert (seen.status, seen.rule) == (404, "journeys-expire")
    assert user.answer("email").status == 404


def test_an_unfinished_one_can_be_taken_up_again(user):
    """From a list, where it was left; or discarded."""
    user.go_on(until="email")
    page = user.get("/school/ects/unfinished")
    address = f"/school/ects/{user.ect}/register-mentor/{user.journey}"

    assert "Joan Thackeray (TRN 2000001), as a mentor" in page.says
    assert f'href="{address}"' in page.html
    assert user.get(address).step == "email"
    user.post(f"/school/ects/unfinished/{user.journey}/discard")
    assert user.get("email").status == 404


def test_one_that_found_nobody_yet_is_not_listed(user):
    """The search was made, and there is nothing to keep; its address works."""
    user.post("find", {**ANSWERS["find"], **WRONG_DAY})

    assert "unfinished registration" not in user.get("/school/ects").says
    assert user.get("find").status == 200


def test_once_a_mentor_is_proven_the_search_is_behind(user):
    """Its pages lead to where the journey is, and a post there begins another one."""
    user.go_on(until="training")
    sent = user.post("find", {**ANSWERS["find"], "trn": str(WITHOUT_QTS)})
    other = sent.answer.location.split("/")[-2]

    assert {user.get(s).step for s in ("find", "national-insurance-number")} == {"training"}
    assert sent.step == "name"
    assert other != user.journey
    assert sent.answer.location.startswith(f"/school/ects/{user.ect}/register-mentor/")
    assert "Noor Quill" in user.get(sent.answer.location).says
    assert user.get("find").step == "training"


def test_without_trs_nobody_is_found_and_the_trn_is_not_lost(user):
    """The way to try again has it; the date of birth is asked for again."""
    user.service.records.out_of_reach = True
    seen = user.answer("find")
    again = user.post("find", again="yes", trn=seen.hidden("trn"))

    assert (seen.status, seen.rule) == (503, "trs-unavailable")
    assert "1999" not in seen.html
    assert (again.status, again.errors, again.value("trn")) == (200, {}, str(MENTOR_TRN))


def test_without_trs_nothing_is_registered(user):
    """Its answer was over an hour old; the answers are kept."""
    user.go_on()
    shown = user.get("check-answers").hidden("shown")
    user.service.clock.wait(minutes=90)
    user.service.records.out_of_reach = True
    seen = user.post("check-answers", shown=shown)

    assert (seen.status, seen.rule) == (503, "trs-unavailable")
    assert user.mentors() == []
    user.service.records.out_of_reach = False
    assert user.register().step == "done"


def test_a_school_that_cannot_register_ects_still_gives_them_mentors():
    """Whatever became of the school."""
    ect = a_provider_led_ect(school=CLOSED)
    user = Mentoring.of(ect)
    user = attrs.evolve(Mentoring.at(user.service, school=CLOSED), ect=user.ect)
    user.go_on()

    assert user.register().step == "done"
    assert user.mentor_of_the_ect() == ["Joan Thackeray"]


@pytest.mark.parametrize("page", ["no-trn", "stopped"])
def test_a_page_that_asks_nothing_takes_no_posts(user, page):
    """It says so."""
    assert user.post(page).status == 405


def test_who_is_not_signed_in_is_sent_to_sign_in(user):
    """From every page."""
    pages = (user.question, *EVERY_PAGE)
    user.client.delete_cookie("session")
    user.client.post("/sign-out", data={"csrf_token": user.token})

    assert {user.get(page).step for page in pages} == {"sign-in"}
