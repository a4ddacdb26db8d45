"""Reporting, correcting and removing a last day on the pages."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import pytest

from builders import (
    DELIVERY_PARTNER,
    LEAD_PROVIDER,
    TODAY,
    a_mentor,
    a_mentorship,
    a_partnership,
    a_training,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.endings import Cause, End
from ect_registration.use_cases.operating.partnerships import report_partnership
from integration.web.foundation import token_in
from integration.web.registering import a_date
from integration.web.school import OTHER_URN, School, somebody, text_of

OCTOBER = date(2025, 10, 24)
DAY = timedelta(days=1)


@pytest.fixture
def school() -> School:
    """Nobody is registered yet."""
    return School.of()


@pytest.fixture
def joan(school):
    """A mentor who has been here for a while."""
    return school.has_mentor(a_mentor())


@pytest.fixture
def asha(school, joan):
    """An ECT with a mentor and training."""
    ect = somebody(
        1,
        "Asha Marlowe",
        mentorships=(a_mentorship(joan),),
        trainings=(a_training(),),
    )
    school.has(ect)
    return ect


def _post(client, address, **fields):
    token = token_in(client.get("/cookies").text)
    return client.post(address, data={"csrf_token": token, **fields})


def _day(day):
    return a_date("last_day", day.day, day.month, day.year)


def _shown(page):
    return re.search(r'name="shown" value="([^"]+)"', page)[1]


def _confirm(client, answer):
    """The check page that an answer leads to, and what its button leads to."""
    page = client.get(answer.location).text
    return text_of(page), _post(client, answer.location, shown=_shown(page))


def _last_day(school, person):
    with school.ports.reading() as uow:
        found = uow.ects.find(person.id) or uow.mentors.find(person.id)
    return found.period.finished_on


@pytest.mark.parametrize("kind", ["ects", "mentors"])
def test_a_last_day_takes_three_pages_and_four_clicks(school, asha, joan, kind):
    """A link on the person's page, a question, a check page with what follows, and a banner."""
    person = asha if kind == "ects" else joan
    user, page = school.user(), f"/school/{kind}/{person.id}"
    asked = _post(user, f"{page}/leaving", **_day(OCTOBER))
    said, done = _confirm(user, asked)
    after = user.get(page).text

    assert f'href="{page}/leaving"' in user.get(page).text
    assert re.fullmatch(rf"{page}/leaving/[^/]+/check-answers", asked.location)
    assert (asked.status_code, done.status_code, done.location) == (303, 303, page)
    assert f"The last day of {person.teacher.name} at your school will be 24 October 2025" in said
    assert "Joan Thackeray will stop mentoring Asha Marlowe on 24 October 2025" in said
    assert ("Asha Marlowe needs a mentor from 25 October 2025" in said) == (kind == "mentors")
    training = f"The training of Asha Marlowe with {LEAD_PROVIDER} will end on 24 October 2025"
    assert (training in said) == (kind == "ects")
    assert "You have reported the last day." in text_of(after)
    assert _last_day(school, person) == OCTOBER


@pytest.mark.parametrize("kind", ["ects", "mentors"])
def test_the_check_page_says_which_lead_provider_is_told(kind):
    """One that has confirmed the training, of each last day and of none."""
    school = School.in_town()
    report_partnership(a_partnership(), "operator", school.ports)
    confirmed = (a_training(delivery_partner=DELIVERY_PARTNER),)
    joan = school.has_mentor(a_mentor(trainings=confirmed if kind == "mentors" else ()))
    asha = somebody(1, "Asha", trainings=confirmed if kind == "ects" else ())
    school.has(asha)
    person = asha if kind == "ects" else joan
    user, page, name = school.user(), f"/school/{kind}/{person.id}", person.teacher.name
    to_come, _ = _confirm(user, _post(user, f"{page}/leaving", **_day(OCTOBER)))
    passed, _ = _confirm(user, _post(user, f"{page}/leaving", **_day(TODAY - DAY)))
    stays, _ = _confirm(user, _post(user, f"{page}/leaving/withdraw"))
    tells = f"We will tell {LEAD_PROVIDER} that"

    assert f"{tells} the training of {name} will end on 24 October 2025." in to_come
    assert f"{tells} they no longer train {name}." in passed
    assert f"{tells} the training of {name} will continue." in stays


def test_back_from_the_check_page_shows_the_last_day_that_was_entered(school, asha):
    """The question shows the three parts, and can be answered again."""
    user, page = school.user(), f"/school/ects/{asha.id}"
    check = user.get(_post(user, f"{page}/leaving", **_day(OCTOBER)).location).text
    back = unescape(re.search(r'<a href="([^"]*)" class="govuk-back-link"', check)[1])
    question = user.get(back).text
    said, _ = _confirm(user, _post(user, back, **_day(OCTOBER + DAY)))

    assert back.startswith(f"{page}/leaving?")
    assert all(f'value="{part}"' in question for part in _day(OCTOBER).values())
    assert f'<a href="{page}" class="govuk-back-link"' in question
    assert "will be 25 October 2025" in said


def test_a_last_day_can_be_corrected_and_removed(school, asha):
    """What ended with it moves, and comes back."""
    user, page = school.user(), f"/school/ects/{asha.id}"
    _confirm(user, _post(user, f"{page}/leaving", **_day(OCTOBER)))
    later, _ = _confirm(user, _post(user, f"{page}/leaving", **_day(OCTOBER + DAY)))
    shown = user.get(page).text
    back, done = _confirm(user, _post(user, f"{page}/leaving/withdraw"))

    assert "will be 25 October 2025 instead of 24 October 2025" in later
    assert f'href="{page}/leaving/withdraw"' in shown
    assert "Joan Thackeray will continue to mentor Asha Marlowe without a last day" in back
    assert "You have removed the last day" in text_of(user.get(done.location).text)
    assert _last_day(school, asha) is None


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2026, 2, 1), "Enter a last day from 1 September 2025 to 10 January 2026"),
        (date(2024, 9, 1), "Enter a last day from 1 September 2025 to 10 January 2026"),
    ],
)
def test_a_day_that_cannot_be_is_an_error_at_its_field(school, asha, day, says):
    """What was typed is shown again."""
    user = school.user()
    answer = _post(user, f"/school/ects/{asha.id}/leaving", **_day(day))

    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert f'href="#last_day-day">{says}' in answer.text
    assert f'value="{day.year}"' in answer.text


@pytest.mark.parametrize(
    "fields", [{}, {"last_day-day": "24"}, {"last_day-year": "\x00"}, {"last_day": "2025-10-24"}]
)
def test_an_answer_that_is_not_whole_is_an_error(school, asha, fields):
    """Never a problem of ours."""
    answer = _post(school.user(), f"/school/ects/{asha.id}/leaving", **fields)

    assert answer.status_code == 422


def test_the_same_last_day_changes_nothing(school, asha):
    """The page says so."""
    user, page = school.user(), f"/school/ects/{asha.id}"
    _confirm(user, _post(user, f"{page}/leaving", **_day(OCTOBER)))
    again = _post(user, f"{page}/leaving", **_day(OCTOBER))

    assert again.location == page
    assert "Important Nothing has changed" in text_of(user.get(page).text)


def test_of_two_tabs_the_second_sees_what_is_different(school, asha):
    """What would happen now is shown, and written when the button is used again."""
    user, page = school.user(), f"/school/ects/{asha.id}"
    first = _post(user, f"{page}/leaving", **_day(OCTOBER))
    second = _post(user, f"{page}/leaving", **_day(OCTOBER + DAY))
    seen = _shown(user.get(second.location).text)
    _confirm(user, first)
    late = _post(user, second.location, shown=seen)

    assert late.status_code == 200
    assert 'data-rule="saved-as-shown"' in late.text
    assert "Nothing has been changed yet, because something changed" in text_of(late.text)
    assert "instead of 24 October 2025" in text_of(late.text)
    assert _last_day(school, asha) == OCTOBER
    assert _post(user, second.location, shown=_shown(late.text)).status_code == 303
    assert _last_day(school, asha) == OCTOBER + DAY


def test_a_second_click_changes_nothing_more(school, asha):
    """It leads to the page of the ECT, as the first did."""
    user, page = school.user(), f"/school/ects/{asha.id}"
    asked = _post(user, f"{page}/leaving", **_day(OCTOBER))
    seen = _shown(user.get(asked.location).text)
    clicks = [_post(user, asked.location, shown=seen) for _ in range(2)]
    with school.ports.reading() as uow:
        happened = uow.history.about(asha.school, asha.id)

    assert [(each.status_code, each.location) for each in clicks] == [(303, page)] * 2
    assert len(happened) == 1


def test_a_check_page_is_only_for_who_answered_the_question(school, asha, joan):
    """Another user, another school, another person and a made-up address find nothing."""
    user, page = school.user(), f"/school/ects/{asha.id}"
    address = _post(user, f"{page}/leaving", **_day(OCTOBER)).location
    token = address.split("/")[-2]

    assert user.get(address).status_code == 200
    for client, path in (
        (school.user("somebody-else"), address),
        (school.user(urn=OTHER_URN), address),
        (user, f"/school/mentors/{joan.id}/leaving/{token}/check-answers"),
        (user, f"{page}/leaving/withdraw/{token}/check-answers"),
        (user, f"{page}/leaving/{token[:-4]}/check-answers"),
        (user, f"{page}/leaving/\N{SNOWMAN}/check-answers"),
        (user, f"{page}/leaving/{uuid4()}/check-answers"),
    ):
        assert client.get(path).status_code == 404
        assert _post(client, path, shown="x").status_code == 404


def test_another_schools_ect_answers_as_an_unknown_one(school, asha):
    """By question and by answer."""
    user = school.user(urn=OTHER_URN)
    for id in (asha.id, uuid4()):
        for act in ("leaving", "leaving/withdraw"):
            assert user.get(f"/school/ects/{id}/{act}").status_code == 404
            assert _post(user, f"/school/ects/{id}/{act}", **_day(OCTOBER)).status_code == 404


@pytest.mark.parametrize("kind", ["ects", "mentors"])
def test_a_last_day_that_another_school_set_can_be_corrected_and_not_removed(school, kind):
    """No link leads to a refusal; the address says why."""
    transfer = End(Cause.TRANSFER, uuid4(), OCTOBER, TODAY)
    joan = school.has_mentor(a_mentor().ended(transfer))
    tara = somebody(2, "Tara Taken").ended(transfer)
    school.has(tara)
    user, page = school.user(), f"/school/{kind}/{(tara if kind == 'ects' else joan).id}"
    shown = user.get(page).text

    assert f'href="{page}/leaving"' in shown
    assert f'href="{page}/leaving/withdraw"' not in shown
    assert 'data-rule="leaving"' in _post(user, f"{page}/leaving/withdraw").text


def test_a_last_day_that_passed_long_ago_cannot_be_changed(school):
    """The page has no links to it, and its address says why."""
    left = somebody(2, "Leda Left", period=Period(date(2024, 9, 1), date(2025, 7, 18)))
    school.has(left)
    user, page = school.user(), f"/school/ects/{left.id}"
    answer = _post(user, f"{page}/leaving", **_day(TODAY))

    assert "/leaving" not in user.get(page).text
    assert answer.status_code == 200
    assert 'data-rule="leaving"' in answer.text
    assert "The last day has passed, so it can no longer be changed." in text_of(answer.text)
