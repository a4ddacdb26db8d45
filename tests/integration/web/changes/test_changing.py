"""Changing details on the pages: one question, a check page, and a banner."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    ECT_TRN,
    HUB,
    LEAD_PROVIDER,
    MENTOR_TRN,
    a_mentor,
    a_mentorship,
    a_partnership,
    a_training,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.mentor import MentorTrainingHistory
from ect_registration.domain.people.training import Programme
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.operating.partnerships import report_partnership
from ect_registration.use_cases.registering.register_ect import register_ect
from integration.web.changes.test_leaving import _confirm, _post, _shown
from integration.web.foundation import memory_ports
from integration.web.registering import a_date
from integration.web.school import OTHER_URN, School, somebody, text_of
from unit.use_cases.town import BRAM, CLOSING_HUB, CLOSING_ON, THIS_YEAR_ONLY, the_document, town

SCHOOL_LED = a_training(programme=Programme.SCHOOL_LED, lead_provider=None)
LEFT = Period(date(2024, 9, 1), date(2025, 7, 18))


@pytest.fixture
def school() -> School:
    """With everything that there is to choose from; nobody is registered."""
    return School.in_town()


@pytest.fixture
def joan(school):
    """A mentor with training."""
    return school.has_mentor(a_mentor(trainings=(a_training(),)))


@pytest.fixture
def asha(school, joan):
    """An ECT whose training waits for a lead provider."""
    ect = somebody(
        1,
        "Asha Marlowe",
        mentorships=(a_mentorship(joan),),
        trainings=(a_training(),),
    )
    school.has(ect)
    return ect


def _ect(school, ect):
    with school.ports.reading() as uow:
        return uow.ects.find(ect.id)


def _said_of(user, page, **answer):
    """What the check page says after an answer."""
    return text_of(user.get(_post(user, page, **answer).location).text)


def _back(answer):
    """Where the back link of a page leads."""
    return unescape(re.search(r'<a href="([^"]*)" class="govuk-back-link"', answer.text)[1])


def _filled_in(page):
    """Each answer that the page of a question shows."""
    fields = re.findall(r"<input[^>]*>", page.text)
    shown = [each for each in fields if "radio" not in each or " checked" in each]
    pairs = (re.search(r'name="([^"]*)"', each) for each in shown)
    values = (re.search(r'value="([^"]*)"', each) for each in shown)
    return {name[1]: value[1] for name, value in zip(pairs, values, strict=True) if name and value}


CHANGES = {
    "name": {"name_is_correct": "no", "corrected_name": "Asha Quinn"},
    "email": {"email": "asha.quinn@example.org"},
    "working-pattern": {"working_pattern": "part_time"},
    "start-date": a_date("start_date", 8, 9, 2025),
    "programme": {"programme": "school_led"},
    "lead-provider": {"lead_provider": THIS_YEAR_ONLY},
}
SAYS = {
    "name": "Name Asha Quinn, instead of Asha Marlowe",
    "email": "Email address asha.quinn@example.org, instead of ect1@example.org",
    "working-pattern": "Working pattern Part time, instead of full time",
    "start-date": "Start date 8 September 2025, instead of 1 September 2025",
    "programme": "Training programme School-led, instead of provider-led",
    "lead-provider": f"Lead provider {THIS_YEAR_ONLY}, instead of {LEAD_PROVIDER}",
}
HISTORY = {
    "name": "Changed name to Asha Quinn",
    "email": "Changed email address from ect1@example.org to asha.quinn@example.org",
    "working-pattern": "Changed working pattern from full time to part time",
    "start-date": "Changed start date from 1 September 2025 to 8 September 2025",
    "programme": (
        "Changed training programme from provider-led to school-led "
        f"and lead provider from {LEAD_PROVIDER} to none"
    ),
    "lead-provider": f"Changed lead provider from {LEAD_PROVIDER} to {THIS_YEAR_ONLY}",
}


@pytest.mark.parametrize("what", CHANGES)
def test_each_detail_of_an_ect_changes_by_one_question_and_a_check_page(school, asha, what):
    """From a link on the page: three pages and four clicks, and the page says so."""
    user, page = school.user(), f"/school/ects/{asha.id}"
    before = _ect(school, asha)
    linked = f'href="{page}/change/{what}"' in user.get(page).text
    asked = user.get(f"{page}/change/{what}")
    answer = _post(user, f"{page}/change/{what}", **CHANGES[what])
    said, done = _confirm(user, answer)

    assert (linked, asked.status_code) == (True, 200)
    assert re.fullmatch(rf"{page}/change/{what}/[^/]+/check-answers", answer.location)
    assert SAYS[what] in said
    assert (done.status_code, done.location) == (303, page)
    shown = text_of(user.get(page).text)
    assert "You have saved the change." in shown
    assert HISTORY[what] in shown
    assert _ect(school, asha) != before


def test_the_history_says_that_a_name_is_the_one_of_the_teacher_record_again(school, asha):
    """A correction that is taken back has no new value to be told."""
    user, page = school.user(), f"/school/ects/{asha.id}"
    for name in (CHANGES["name"], {"name_is_correct": "yes"}):
        _confirm(user, _post(user, f"{page}/change/name", **name))

    assert "Changed name back to the one on the teacher record" in text_of(user.get(page).text)


def test_the_check_page_says_what_ends_and_what_begins(school, asha):
    """Training with the one lead provider, then with the other."""
    user, page = school.user(), f"/school/ects/{asha.id}"
    answer = _post(user, f"{page}/change/lead-provider", lead_provider=THIS_YEAR_ONLY)
    said, _ = _confirm(user, answer)

    assert f"The training of Asha Marlowe with {LEAD_PROVIDER} will be cancelled" in said
    assert f"The training of Asha Marlowe with {THIS_YEAR_ONLY} will start on" in said
    assert f"{THIS_YEAR_ONLY}" in text_of(user.get(page).text)


def test_the_check_page_of_an_ect_says_who_is_told(school, joan):
    """The next lead provider, the ECT, and the last one, if they had confirmed the training."""
    report_partnership(a_partnership(), "operator", school.ports)
    waiting, confirmed = (
        somebody(number, name, trainings=(a_training(delivery_partner=partner),))
        for number, name, partner in ((1, "Asha", None), (2, "Bram", DELIVERY_PARTNER))
    )
    school.has(waiting, confirmed)
    user = school.user()
    of_waiting, of_confirmed = (
        _said_of(user, f"/school/ects/{ect.id}/change/lead-provider", lead_provider=THIS_YEAR_ONLY)
        for ect in (waiting, confirmed)
    )

    assert f"pass the ECT’s details on to {THIS_YEAR_ONLY} when they confirm" in of_waiting
    assert "We will email Asha about their new lead provider." in of_waiting
    assert "no longer train" not in of_waiting
    assert f"We will tell {LEAD_PROVIDER} that they no longer train Bram." in of_confirmed
    assert f"Delivery partner Not confirmed yet, instead of {DELIVERY_PARTNER}" in of_confirmed


def test_the_check_page_of_a_mentor_says_who_is_told(school):
    """Lead providers and the mentor are told of another lead provider, and of nothing else."""
    report_partnership(a_partnership(), "operator", school.ports)
    training = a_training(delivery_partner=DELIVERY_PARTNER)
    mentor = school.has_mentor(a_mentor(trainings=(training,)))
    user, page = school.user(), f"/school/mentors/{mentor.id}/change"
    said = _said_of(user, f"{page}/lead-provider", lead_provider=THIS_YEAR_ONLY)
    other = _said_of(user, f"{page}/email", email="new@example.org")

    assert f"pass the mentor’s details on to {THIS_YEAR_ONLY} when they confirm" in said
    assert "We will email Joan Thackeray about their new lead provider." in said
    assert f"We will tell {LEAD_PROVIDER} that they no longer train Joan Thackeray." in said
    assert "We will" not in other


def test_the_check_page_of_a_start_date_says_who_is_told():
    """Of training that is confirmed in the one year, and not in the other."""
    school = School.of(memory_ports(town(open_next_year=True)))
    report_partnership(a_partnership(), "operator", school.ports)
    this, following = "2026-08-31", "2026-09-01"
    said = {}
    for trn, first, then in ((ECT_TRN, this, following), (BRAM, following, this)):
        document = the_document(start_date=first, trn=str(trn), email=f"{trn}@example.org")
        ect = register_ect(document, "user-1", school.ports).ect
        page, day = f"/school/ects/{ect.id}/change/start-date", date.fromisoformat(then)
        fields = a_date("start_date", day.day, day.month, day.year)
        said[then] = _said_of(school.user(), page, **fields)

    assert f"We will tell {LEAD_PROVIDER} that they no longer train" in said[following]
    assert f"pass the ECT’s details on to {LEAD_PROVIDER}, who" in said[this]
    assert all("We will email" not in each for each in said.values())


def test_a_programme_that_sets_up_mentor_training_says_who_gets_the_details(school):
    """The ECT's and the mentor's."""
    mentor = school.has_mentor(a_mentor())
    ect = somebody(1, "Asha", mentorships=(a_mentorship(mentor),), trainings=(SCHOOL_LED,))
    school.has(ect)
    user, page = school.user(), f"/school/ects/{ect.id}/change/programme"
    more = _post(user, page, programme="provider_led")
    answer = _post(user, more.location, lead_provider=LEAD_PROVIDER)
    said = text_of(user.get(answer.location).text)

    assert f"pass the ECT’s details on to {LEAD_PROVIDER}" in said
    assert f"pass the mentor’s details on to {LEAD_PROVIDER}" in said


NEXT_YEAR = Period(date(2026, 9, 2))


@pytest.mark.parametrize(
    ("mentor", "history", "provider", "says"),
    [
        (a_mentor(trainings=(a_training(),)), None, LEAD_PROVIDER, "own training stays as it is"),
        (
            a_mentor(),
            MentorTrainingHistory(MENTOR_TRN, early_roll_out=True),
            LEAD_PROVIDER,
            "because our records say that they cannot get funded training",
        ),
        (
            a_mentor(period=NEXT_YEAR),
            None,
            THIS_YEAR_ONLY,
            "does not work in the mentor’s training",
        ),
    ],
)
def test_a_programme_that_sets_up_no_mentor_training_says_why(
    school, mentor, history, provider, says
):
    """Training stays, cannot be had, or is with a lead provider that does not work that year."""
    mentor = school.has_mentor(mentor)
    mentorship = a_mentorship(
        mentor, period=Period(max(date(2025, 9, 1), mentor.period.started_on))
    )
    ect = somebody(1, "Asha", mentorships=(mentorship,), trainings=(SCHOOL_LED,))
    school.has(ect)
    if history is not None:
        with school.ports.unit_of_work() as uow:
            uow.hold([Hold.person(history.trn)])
            uow.mentors.save_training_history(history)
            uow.commit()
    user, page = school.user(), f"/school/ects/{ect.id}/change/programme"
    more = _post(user, page, programme="provider_led")
    answer = _post(user, more.location, lead_provider=provider)
    said = text_of(user.get(answer.location).text)

    assert says in said
    assert "pass the mentor’s details" not in said


def test_the_check_page_names_days_that_lose_their_mentor(school, asha, joan):
    """A mentor who begins later leaves a gap; another change of theirs leaves none."""
    user, page = school.user(), f"/school/mentors/{joan.id}/change"
    later = _said_of(user, f"{page}/start-date", **a_date("start_date", 1, 10, 2025))
    other = _said_of(user, f"{page}/email", email="new@example.org")

    assert "Asha Marlowe needs a mentor from 10 September 2025 to 30 September" in later
    assert "needs a mentor" not in other


def test_the_check_page_says_when_the_expected_year_moves():
    """And that the lead provider has confirmed the training of that year; history says it too."""
    school = School.of(memory_ports(town(open_next_year=True)))
    report_partnership(a_partnership(), "operator", school.ports)
    document = the_document(start_date="2026-09-01")
    ect = register_ect(document, "user-1", school.ports).ect
    user, page = school.user(), f"/school/ects/{ect.id}"
    answer = _post(user, f"{page}/change/start-date", **a_date("start_date", 31, 8, 2026))
    said, _ = _confirm(user, answer)

    assert "Expected training start year 2025 to 2026, instead of 2026 to 2027" in said
    assert "Training Confirmed by the lead provider, instead of Waiting for the lead" in said
    assert f"Delivery partner {DELIVERY_PARTNER}" in said
    after = text_of(user.get(page).text)
    assert (
        "Changed start date from 1 September 2026 to 31 August 2026. "
        "The expected training start year is now 2025 to 2026"
    ) in after


def test_the_question_shows_what_the_record_says_now(school, asha):
    """The same answer changes nothing, and the page says so."""
    user, page = school.user(), f"/school/ects/{asha.id}"
    asked = user.get(f"{page}/change/email").text
    answer = _post(user, f"{page}/change/email", email="ect1@example.org")

    assert 'value="ect1@example.org"' in asked
    assert answer.location == page
    shown = text_of(user.get(page).text)
    assert "Important Nothing has changed" in shown
    assert "Success" not in shown


@pytest.mark.parametrize("what", CHANGES)
def test_back_from_the_check_page_shows_what_was_answered(school, asha, what):
    """Not what the record says still; from there, back leads to the ECT."""
    user, page = school.user(), f"/school/ects/{asha.id}"
    check = user.get(_post(user, f"{page}/change/{what}", **CHANGES[what]).location)
    question = user.get(_back(check))
    answers = _filled_in(question).items()

    assert CHANGES[what].items() <= answers
    assert _back(question) == page
    again = _post(user, _back(check), **CHANGES[what])
    assert SAYS[what] in text_of(user.get(again.location).text)


def test_back_leads_through_each_question_of_a_change(school, asha):
    """From the check page to the lead provider, then to the programme, each with its answer."""
    user, page = school.user(), f"/school/ects/{asha.id}"
    _confirm(user, _post(user, f"{page}/change/programme", programme="school_led"))
    asked = _post(user, f"{page}/change/programme", programme="provider_led")
    check = user.get(_post(user, asked.location, lead_provider=LEAD_PROVIDER).location)
    provider = user.get(_back(check))
    programme = user.get(_back(provider))
    checked_again = _post(user, _back(check), lead_provider=THIS_YEAR_ONLY)

    assert _filled_in(provider)["lead_provider"] == LEAD_PROVIDER
    assert _filled_in(programme)["programme"] == "provider_led"
    assert _back(programme) == page
    assert f"Lead provider {THIS_YEAR_ONLY}" in text_of(user.get(checked_again.location).text)


@pytest.mark.parametrize("given", ["", "x", "é", "of another question"])
def test_a_question_with_answers_that_cannot_be_read_shows_the_record(school, asha, given):
    """As it does without any."""
    user, page = school.user(), f"/school/ects/{asha.id}/change"
    if given == "of another question":
        given = _post(user, f"{page}/email", email="new@example.org").location.split("/")[-2]
    question = user.get(f"{page}/working-pattern", query_string={"given": given})

    assert question.status_code == 200
    assert _filled_in(question)["working_pattern"] == "full_time"


def test_a_start_date_asks_for_the_appropriate_body_when_it_is_over_by_then(school):
    """One more question; the check page shows both, and saves both."""
    document = the_document(appropriate_body=CLOSING_HUB, start_date=CLOSING_ON.isoformat())
    ect = register_ect(document, "user-1", school.ports).ect
    user, page = school.user(), f"/school/ects/{ect.id}"
    later = CLOSING_ON + timedelta(days=1)
    day = a_date("start_date", later.day, later.month, later.year)
    more = _post(user, f"{page}/change/start-date", **day)
    asked = user.get(more.location)
    said, done = _confirm(user, _post(user, more.location, appropriate_body=HUB))

    assert more.location.endswith("/appropriate-body")
    assert asked.status_code == 200
    assert f"Appropriate body {HUB}, instead of {CLOSING_HUB}" in said
    assert done.location == page
    assert _ect(school, ect).appropriate_body == HUB


def test_a_very_different_name_is_asked_about_once(school, asha):
    """Yes leads to the check page, no back to the name."""
    user, page = school.user(), f"/school/ects/{asha.id}"
    name = {"name_is_correct": "no", "corrected_name": "Zoe Long"}
    asked = _post(user, f"{page}/change/name", **name)
    question = user.get(asked.location)
    no = _post(user, asked.location, same_person="no")
    nothing = _post(user, asked.location)
    yes = _post(user, asked.location, same_person="yes")
    said, _ = _confirm(user, yes)

    assert asked.location.endswith("/same-person")
    assert "Is this the same person?" in question.text
    assert no.location.startswith(f"{page}/change/name?")
    assert 'value="Zoe Long"' in user.get(no.location).text
    assert nothing.status_code == 422
    assert "Name Zoe Long, instead of Asha Marlowe" in said
    assert _ect(school, asha).teacher.name == "Zoe Long"
    history = "Changed name to Zoe Long. The school confirmed that this is the same person"
    assert history in text_of(user.get(page).text)


def test_a_change_to_provider_led_asks_for_the_lead_provider(school, asha):
    """As registering does; a lead provider that is not on offer is an error."""
    user, page = school.user(), f"/school/ects/{asha.id}"
    _confirm(user, _post(user, f"{page}/change/programme", programme="school_led"))
    without = user.get(page).text
    asked = _post(user, f"{page}/change/programme", programme="provider_led")
    wrong = _post(user, asked.location, lead_provider="Nobody")
    right = _post(user, asked.location, lead_provider=LEAD_PROVIDER)
    said, _ = _confirm(user, right)

    assert f'href="{page}/change/lead-provider"' not in without
    assert asked.location.endswith("/lead-provider")
    assert (wrong.status_code, 'data-rule="lead-provider-not-available"' in wrong.text) == (
        422,
        True,
    )
    assert "Training programme Provider-led, instead of school-led" in said
    assert _ect(school, asha).lead_provider == LEAD_PROVIDER


def test_questions_about_other_addresses_have_a_limit(school, asha, joan):
    """Forty in an hour, of ECTs and mentors together; the address of now is no question."""
    user = school.user()
    ect, mentor = f"/school/ects/{asha.id}/change/email", f"/school/mentors/{joan.id}/change/email"
    own = [_post(user, ect, email=asha.email.address).status_code for _ in range(41)]
    asked = [
        _post(user, page, email=f"person-{number}@example.org").status_code
        for number in range(20)
        for page in (ect, mentor)
    ]
    barred = [_post(user, page, email="one.more@example.org") for page in (ect, mentor)]

    assert {*own, *asked} == {303}
    assert [page.status_code for page in barred] == [429, 429]


def test_an_email_address_of_another_person_is_refused(school, asha):
    """The page does not say whose it is."""
    other = somebody(2, "Bram Other")
    school.has(other)
    answer = _post(school.user(), f"/school/ects/{asha.id}/change/email", email="ect2@example.org")

    assert answer.status_code == 200  # a page of its own, which leads back to the question
    assert 'data-rule="email-in-use"' in answer.text
    assert _back(answer).startswith(f"/school/ects/{asha.id}/change/email?")
    assert f'<a class="govuk-link" href="{_back(answer)}">Change your answer</a>' in answer.text
    assert 'value="ect2@example.org"' in school.user().get(_back(answer)).text
    assert "Bram" not in answer.text


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("email", {"email": "nobody"}),
        ("email", {}),
        ("name", {"name_is_correct": "no", "corrected_name": " "}),
        ("working-pattern", {"working_pattern": "sometimes"}),
        ("start-date", a_date("start_date", 31, 2, 2025)),
        ("start-date", a_date("start_date", 1, 9, 1999)),
        ("appropriate-body", {"appropriate_body": "Nobody"}),
        ("programme", {}),
        ("lead-provider", {"lead_provider": ""}),
    ],
)
def test_an_answer_that_cannot_be_is_an_error_at_its_field(school, asha, what, fields):
    """Nothing is changed."""
    answer = _post(school.user(), f"/school/ects/{asha.id}/change/{what}", **fields)

    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert _ect(school, asha) == _ect(school, asha)


def test_a_change_that_another_made_void_is_not_saved(school, asha):
    """A colleague has changed the same meanwhile: the check page is shown again."""
    user, page = school.user(), f"/school/ects/{asha.id}"
    mine = _post(user, f"{page}/change/email", email="mine@example.org")
    seen = _shown(user.get(mine.location).text)
    theirs = school.user("colleague")
    _confirm(theirs, _post(theirs, f"{page}/change/email", email="theirs@example.org"))
    late = _post(user, mine.location, shown=seen)

    assert late.status_code == 200
    assert 'data-rule="saved-as-shown"' in late.text
    assert "mine@example.org, instead of theirs@example.org" in text_of(late.text)
    assert _ect(school, asha).email.address == "theirs@example.org"


@pytest.mark.parametrize("changes", [{"period": LEFT}, {"completed": True}])
def test_somebody_who_left_or_completed_cannot_be_changed(school, changes):
    """The page has no links, and the address says why."""
    ect = somebody(9, "Leda Left", **changes)
    school.has(ect)
    user, page = school.user(), f"/school/ects/{ect.id}"
    answer = user.get(f"{page}/change/email")

    assert "/change/" not in user.get(page).text
    assert 'data-rule="details-can-change"' in answer.text


def test_details_of_a_mentor_change_too(school, joan, asha):
    """Name, email, start date and lead provider; what moves along is said."""
    user, page = school.user(), f"/school/mentors/{joan.id}"
    said = {}
    for what, fields in (
        ("name", {"name_is_correct": "no", "corrected_name": "Joan Thackeray-Bell"}),
        ("email", {"email": "joan.new@example.org"}),
        ("start-date", a_date("start_date", 8, 9, 2025)),
        ("lead-provider", {"lead_provider": THIS_YEAR_ONLY}),
    ):
        assert f'href="{page}/change/{what}"' in user.get(page).text
        said[what], done = _confirm(user, _post(user, f"{page}/change/{what}", **fields))
        assert done.location == page

    assert "Name Joan Thackeray-Bell, instead of Joan Thackeray" in said["name"]
    assert "Email address joan.new@example.org" in said["email"]
    assert "Start date 8 September 2025" in said["start-date"]
    assert f"Lead provider {THIS_YEAR_ONLY}" in said["lead-provider"]


def test_the_start_date_of_a_mentor_is_asked_for_in_words_for_any_day(school, joan):
    """It may have passed years ago."""
    asked = school.user().get(f"/school/mentors/{joan.id}/change/start-date")

    assert "What is their start date as a mentor at your school?" in text_of(asked.text)


def test_changes_of_another_school_are_not_found(school, asha, joan):
    """Questions and check pages answer as those of an unknown record."""
    user, other = school.user(), school.user(urn=OTHER_URN)
    page = f"/school/ects/{asha.id}"
    begun = _post(user, f"{page}/change/email", email="new@example.org").location
    token = begun.split("/")[-2]

    for client, path in (
        (other, f"{page}/change/email"),
        (other, begun),
        (school.user("colleague"), begun),
        (user, f"/school/ects/{uuid4()}/change/email"),
        (user, f"{page}/change/name/{token}/check-answers"),
        (user, f"{page}/change/email/{token}x/lead-provider"),
        (user, f"{page}/change/trn"),
    ):
        assert client.get(path).status_code == 404
        assert _post(client, path, email="x@example.org").status_code == 404


def test_an_ect_without_an_email_address_is_among_what_needs_doing(school, joan):
    """The line leads to the question."""
    ect = attrs.evolve(somebody(4, "Cleo", mentorships=(a_mentorship(joan),)), email=None)
    school.has(ect)
    page = school.user().get("/school/ects").text

    assert f'href="/school/ects/{ect.id}/change/email">Add an email address for Cleo</a>' in page
    assert HUB in page


def test_the_history_of_a_mentor_says_what_became_of_a_mentorship(school, asha, joan):
    """Not only that it began: it moves, ends or is undone with the record of the ECT."""
    user, page = school.user(), f"/school/ects/{asha.id}"
    moved = "Mentor of Asha Marlowe from 8 September 2025, because the ECT’s start date was"
    ended = "Last day as mentor of Asha Marlowe is 24 October 2025, because they were removed as"
    undone = "No longer the mentor of Asha Marlowe, because the ECT’s registration was undone"
    for act, fields, says in (
        ("change/start-date", a_date("start_date", 8, 9, 2025), moved),
        ("mentor/remove", a_date("last_day", 24, 10, 2025), ended),
        ("undo", {}, undone),
    ):
        _confirm(user, _post(user, f"{page}/{act}", **fields))
        assert says in text_of(user.get(f"/school/mentors/{joan.id}").text)
