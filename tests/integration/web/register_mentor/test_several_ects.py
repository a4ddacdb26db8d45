from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlsplit

import attrs
import pytest

from builders import MENTOR_TRN, TODAY, a_mentor, school_led
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.mentor import MentorTrainingHistory
from ect_registration.ports.stored.holds import Hold
from integration.web.foundation import token_in
from integration.web.school import School, somebody, text_of
from unit.use_cases.town import NO_LONGER, THIS_YEAR_ONLY

DAY = timedelta(1)
NEXT_TERM = date(2026, 1, 5)
BACK = re.compile(r'<a href="([^"]+)" class="govuk-back-link"')
AGAIN = re.compile(r'href="([^"]+)">Choose again')
TICKED = re.compile(r'name="ect"[^>]* value="([^"]+)"[^>]* checked')
ANOTHER = {"another_provider": "yes"}
MIXED = "1 of them from 5 January 2026 and 1 from 6 January 2026"
SEVERAL = 120  # more than an address has room for


@pytest.fixture
def school() -> School:
    """What there is to choose from; nobody is registered."""
    return School.in_town()


@pytest.fixture
def user(school):
    """Who chooses."""
    return school.user()


@pytest.fixture
def joan(school):
    """A mentor whose training is still to come."""
    return school.has_mentor(a_mentor(trainings=()))


def _place(mentor, step=""):
    return f"/school/mentors/{mentor.id}/assign{step}"


def _ids(*ects):
    return [str(ect.id) for ect in ects]


def _post(user, mentor, *ects, step="", **answers):
    token = token_in(user.get(_place(mentor)).text)
    data = {"csrf_token": token, "ect": _ids(*ects), **answers}
    return user.post(_place(mentor, step), data=data)


def _way(address):
    """The path, and the ECTs that travel with it."""
    parts = urlsplit(address)
    return parts.path, [value for _, value in parse_qsl(parts.query)]


def _back(answer):
    return _way(BACK.search(answer.text)[1].replace("&amp;", "&"))


def _rule(answer):
    found = re.search(r'data-rule="([^"]+)"', answer.text)
    return found and found[1]


def _led(number):  # brings no training
    ect = somebody(number)
    registration = attrs.evolve(ect.registration, choices=school_led())
    return attrs.evolve(ect, registration=registration, trainings=())


def test_each_question_has_an_address_with_the_ects_that_were_chosen(school, user, joan):
    """A post leads there, and back leads to the page before, with the same ECTs."""
    ects = [somebody(1), somebody(2), somebody(3)]
    school.has(*ects)
    chosen = _ids(*ects[:2])
    asked = _post(user, joan, *ects[:2])
    told = user.get(asked.location)
    another = _post(user, joan, *ects[:2], step="/training", **ANOTHER)
    provider = user.get(another.location)
    back = user.get(BACK.search(told.text)[1].replace("&amp;", "&"))

    assert [asked.status_code, another.status_code] == [303, 303]
    assert _way(asked.location) == (_place(joan, "/training"), chosen)
    assert _way(another.location) == (_place(joan, "/lead-provider"), chosen)
    assert _back(provider) == (_place(joan, "/training"), chosen)
    assert _back(told) == (_place(joan), chosen)
    assert sorted(TICKED.findall(back.text)) == sorted(chosen)


def test_each_question_carries_its_rule(school, user, joan):
    """And a lead provider that will not do carries the one that it breaks."""
    ect = somebody(1)
    school.has(ect)
    told = user.get(_place(joan, f"/training?ect={ect.id}"))
    asked = user.get(_place(joan, f"/lead-provider?ect={ect.id}"))
    for lead_provider in ("", NO_LONGER, "Nobody we know"):
        answer = _post(
            user, joan, ect, step="/lead-provider", **ANOTHER, lead_provider=lead_provider
        )
        assert (answer.status_code, _rule(answer)) == (422, "lead-provider-not-available")
        assert _back(answer) == (_place(joan, "/training"), _ids(ect))

    assert _rule(told) == "funded-mentor-training"
    assert _rule(asked) == "mentor-lead-provider"


def test_training_is_told_of_the_ects_chosen(school, user, joan):
    """By name, those too who bring no training; and of whom it is that brings it."""
    ects = [_led(1), somebody(2, "Asha Marlowe"), somebody(3)]
    school.has(*ects)
    page = text_of(user.get(_post(user, joan, *ects).location).text)

    assert "Teacher 001 Asha Marlowe Teacher 003" in page
    assert "because the training of Asha Marlowe is provider-led" in page
    assert "this early career teacher" not in page
    assert "this ECT" not in page


def test_several_ects_are_named_to_a_mentor_without_funded_training(school, user, joan):
    """Nobody asks for a lead provider then: that question leads to what is told."""
    ects = [somebody(1), somebody(2)]
    school.has(*ects)
    with school.ports.unit_of_work() as uow:
        uow.hold([Hold.EVERYTHING])
        uow.mentors.save_training_history(MentorTrainingHistory(MENTOR_TRN, early_roll_out=True))
        uow.commit()
    query = "&".join(f"ect={id}" for id in _ids(*ects))
    told = user.get(_place(joan, f"/training?{query}"))
    asked = user.get(_place(joan, f"/lead-provider?{query}"))
    said = text_of(told.text)

    assert "still mentor the early career teachers (ECTs) you chose" in said
    assert _way(asked.location) == (_place(joan, "/training"), _ids(*ects))


def test_an_ect_whose_lead_provider_has_no_places_needs_another(school, user, joan):
    """Told first, then asked for; all of it in one post will do as well."""
    ect = somebody(1)
    choices = attrs.evolve(ect.registration.choices, lead_provider=NO_LONGER)
    ect = attrs.evolve(
        ect, registration=attrs.evolve(ect.registration, choices=choices), trainings=()
    )
    school.has(ect)
    told = user.get(_post(user, joan, ect).location)
    asked = _post(user, joan, ect, step="/training", training="told")
    done = _post(user, joan, ect, training="told", lead_provider=THIS_YEAR_ONLY)

    assert "You need to choose another lead provider for the mentor" in text_of(told.text)
    assert _way(asked.location) == (_place(joan, "/lead-provider"), _ids(ect))
    assert (done.status_code, done.location) == (303, f"/school/mentors/{joan.id}")


def test_a_question_that_is_open_no_more_leads_to_the_list(school, user, joan):
    """Browsers go back there after all was done; whoever still needs a mentor stays ticked."""
    done, waiting = somebody(1), somebody(2)
    school.has(done, waiting)
    _post(user, joan, done, training="told")
    for step in ("/training", "/lead-provider"):
        for query, ticked in (
            (f"ect={done.id}&ect={waiting.id}", [str(waiting.id)]),
            (f"ect={waiting.id}", [str(waiting.id)]),
            (f"ect={done.id}", []),
            ("ect=rubbish", []),
            ("", []),
        ):
            answer = user.get(f"{_place(joan, step)}?{query}")

            assert answer.status_code == 303
            assert _way(answer.location) == (_place(joan), ticked)


def test_a_refusal_comes_before_any_question(school, user):
    """To choose again begins with what was chosen."""
    leaver = school.has_mentor(
        a_mentor(period=Period(date(2024, 9, 1), TODAY + DAY), trainings=())
    )
    first, late = somebody(1), somebody(2, "Lena Late", period=Period(NEXT_TERM), trainings=())
    school.has(first, late)
    query = "&".join(f"ect={id}" for id in _ids(first, late))
    posted = _post(user, leaver, first, late)
    seen = user.get(_place(leaver, f"/training?{query}"))

    for page in (posted, seen):
        assert (page.status_code, _rule(page)) == (200, "no-day-in-common")
        assert "cannot be assigned to Lena Late" in text_of(page.text)
        assert _back(page) == (_place(leaver), _ids(first, late))
        again = AGAIN.search(page.text)[1].replace("&amp;", "&")
        assert _way(again) == (_place(leaver), _ids(first, late))


def test_more_ects_than_an_address_has_room_for_are_asked_about_at_once(school, user, joan):
    """And assigned with the answer."""
    ects = [somebody(number) for number in range(SEVERAL)]
    school.has(*ects)
    asked = _post(user, joan, *ects)
    another = _post(user, joan, *ects, step="/training", **ANOTHER)
    done = _post(user, joan, *ects, step="/training", training="told")

    assert [each.status_code for each in (asked, another, done)] == [200, 200, 303]
    assert asked.text.count('name="ect"') == another.text.count('name="ect"') == SEVERAL
    assert _rule(asked) == "funded-mentor-training"
    assert (another.status_code, "Error: " in another.text) == (200, False)
    assert "You have assigned this mentor to 120 ECTs." in text_of(user.get(done.location).text)


def test_an_old_page_is_shown_again_with_its_answers(school, user, joan):
    """Every one of the three."""
    ect = somebody(1)
    school.has(ect)
    answers = {"ect": str(ect.id), "lead_provider": THIS_YEAR_ONLY, **ANOTHER}
    for step in ("", "/training", "/lead-provider"):
        page = user.post(_place(joan, step), data={"csrf_token": "old", **answers})

        assert page.status_code == 400
        assert str(ect.id) in page.text
        assert "This page was open for too long" in text_of(page.text)
    assert re.search(rf'value="{THIS_YEAR_ONLY}" checked', page.text)


@pytest.mark.parametrize("step", ["/training", "/lead-provider"])
def test_a_mentor_who_has_left_is_asked_nothing(school, user, step):
    """Nor anybody for them."""
    left = school.has_mentor(
        a_mentor(period=Period(date(2024, 9, 1), date(2025, 7, 1)), trainings=())
    )
    ect = somebody(1)
    school.has(ect)
    page = user.get(_place(left, f"{step}?ect={ect.id}"))

    assert (page.status_code, _rule(page)) == (200, "no-day-in-common")


def _said_after(user, mentor, *ects, **answers):
    done = _post(user, mentor, *ects, **answers)
    page = user.get(done.location)
    return re.search(r"banner__heading[^>]*>([^<]+)<", page.text)[1]


def test_what_was_done_is_said_with_the_days_to_come(school, user, joan):
    """One day of all, or those of some."""
    ects = [
        attrs.evolve(_led(number), period=Period(day))
        for number, day in enumerate(
            (TODAY, NEXT_TERM, TODAY, NEXT_TERM, NEXT_TERM + DAY, TODAY, NEXT_TERM, TODAY)
        )
    ]
    school.has(*ects)
    said = [
        _said_after(user, joan, *each)
        for each in (ects[:1], ects[1:2], ects[2:6], ects[6:], ects[6:])
    ]

    assert said == [
        "You have assigned this mentor to 1 ECT.",
        "You have assigned this mentor to 1 ECT from 5 January 2026.",
        f"You have assigned this mentor to 4 ECTs, {MIXED}.",
        "You have assigned this mentor to 2 ECTs, 1 of them from 5 January 2026.",
        "You have assigned this mentor to 2 ECTs.",
    ]


def test_training_that_was_set_up_is_said_too(school, user, joan):
    """With whom; later ECTs set nothing up."""
    ects = [_led(1), somebody(2), somebody(3)]
    school.has(*ects)
    answers = {**ANOTHER, "lead_provider": THIS_YEAR_ONLY}
    first = _said_after(user, joan, *ects[:2], **answers)

    assert first == (
        "You have assigned this mentor to 2 ECTs. We will pass the mentor’s details on to "
        f"{THIS_YEAR_ONLY} when they confirm that they work with your school. You do not need to "
        "contact them separately."
    )
    assert _said_after(user, joan, ects[2]) == "You have assigned this mentor to 1 ECT."


def test_no_training_is_promised_that_is_not_funded(school, user, joan):
    """They were told before."""
    ect = somebody(1)
    school.has(ect)
    with school.ports.unit_of_work() as uow:
        uow.hold([Hold.EVERYTHING])
        uow.mentors.save_training_history(MentorTrainingHistory(MENTOR_TRN, early_roll_out=True))
        uow.commit()
    said = _said_after(user, joan, ect, training="told")

    assert said == "You have assigned this mentor to 1 ECT."


def test_where_every_ect_has_a_mentor_by_now_nothing_selected_is_no_error(school, user, joan):
    """The page asks no question to which an error could lead."""
    answer = _post(user, joan)

    assert answer.status_code == 200
    assert "All your ECTs have a mentor" in text_of(answer.text)
    assert "There is a problem" not in answer.text
