"""Who the mentor of an ECT will be, and assigning one who is here already."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import attrs
import pytest

from builders import LEAD_PROVIDER, TODAY, a_mentor, a_mentorship, a_training, an_ect
from ect_registration.domain.calendar import Period
from entrypoints.web.register_mentor.forms import ASSIGNING_FORMS
from integration.web.mentoring import Mentoring, somebody_else
from integration.web.registering import Registering
from integration.web.school import somebody
from unit.use_cases.mentoring import (
    a_provider_led_ect,
    a_school_led_ect,
    an_ect_without_programme,
)
from unit.use_cases.town import OTHER_SCHOOL, THIS_YEAR_ONLY

JOAN = a_mentor()
COMING = somebody_else(2, "Kit Alder", date(2025, 11, 3))
LEAVING = somebody_else(3, "Lou Birch", date(2024, 9, 2), date(2025, 10, 24))
GONE = somebody_else(4, "Max Cole", date(2023, 9, 1), date(2025, 7, 31))
NOT_HERE = somebody_else(5, "Nia Dunn", school=OTHER_SCHOOL)
TRAINED = somebody_else(6, "Ola Eden", trainings=(a_training(),))
EVERYBODY = (JOAN, COMING, LEAVING, GONE, NOT_HERE, TRAINED)


@pytest.fixture
def user() -> Mentoring:
    """Asha needs a mentor, and there are some."""
    return Mentoring.of(None, None, *EVERYBODY)


def _mentored(**changes):
    """Joan mentors Asha already."""
    return a_provider_led_ect(mentorships=(a_mentorship(JOAN),), **changes)


def test_the_question_offers_everybody_who_mentors_here(user):
    """By name, those who are coming or leaving marked, and somebody new at the end."""
    page = user.get(user.question)
    inputs = page.html.split('name="mentor"')[1:]
    values = [part.partition('value="')[2].partition('"')[0] for part in inputs]

    assert page.title.startswith("Who will mentor Asha Marlowe?")
    assert values == [*(str(m.id) for m in (JOAN, COMING, LEAVING, TRAINED)), "new"]
    assert "Kit Alder TRN 2000002, starts on 3 November 2025" in page.says
    assert (
        "Lou Birch TRN 2000003, leaves on 24 October 2025, when the assignment will end"
        in page.says
    )
    assert page.back == f"/school/ects/{user.ect}"


def test_the_question_says_how_many_ects_a_mentor_has(user):
    """A mentor with ECTs has their number in the hint, and one without has none."""
    for number in (1, 2):
        user.service.has_ect(somebody(number, mentorships=(a_mentorship(TRAINED),)))
    user.service.has_ect(somebody(3, mentorships=(a_mentorship(JOAN),)))
    said = user.get(user.question).says

    assert "TRN 2000006, mentors 2 ECTs" in said
    assert "TRN 2000001, mentors 1 ECT " in said
    assert said.count("mentors") == 3  # and in the sentence above


def test_a_school_without_mentors_registers_a_new_one():
    """There is only one answer: a button."""
    user = Mentoring.of()
    page = user.get(user.question)

    assert "Your school has no mentors to assign" in page.says
    assert page.hidden("mentor") == "new"
    assert 'type="radio"' not in page.html


@pytest.mark.parametrize("chosen", [{}, {"mentor": "x"}])
def test_where_there_is_no_mentor_by_now_the_answer_is_no_error(chosen):
    """The page asks no question to which an error could lead."""
    user = Mentoring.of()
    page = user.post(user.question, chosen)

    assert (page.status, page.errors) == (200, {})
    assert "Your school has no mentors to assign" in page.says
    assert not page.title.startswith("Error: ")


@pytest.mark.parametrize("chosen", [{}, {"mentor": ""}, {"mentor": "x"}, {"mentor": "\x00 "}])
def test_one_of_them_must_be_chosen(user, chosen):
    """The message leads to the first of them."""
    page = user.post(user.question, chosen)

    assert (page.status, page.rule) == (422, "existing-or-new-mentor")
    assert page.title.startswith("Error: ")
    assert page.errors == {"mentor": "Select a mentor, or select to register a new mentor"}


@pytest.mark.parametrize("mentor", [NOT_HERE.id, uuid4()])
def test_who_is_not_of_this_school_is_not_found(user, mentor):
    """As somebody who does not exist."""
    assert user.post(user.question, mentor=str(mentor)).status == 404


def test_who_has_left_has_no_day_in_common(user):
    """Their id was known, and they were not on the list."""
    page = user.post(user.question, mentor=str(GONE.id))

    assert (page.status, page.rule) == (200, "no-day-in-common")
    assert f'href="{user.question}"' in page.html


def test_the_first_provider_led_ect_brings_funded_training(user):
    """Told before anybody is assigned; continue assigns."""
    asked = user.choose(JOAN.id)
    told = user.get("training")
    before = user.mentor_of_the_ect()
    sent = user.post("training")
    done = user.get("done")

    assert (asked.step, told.rule, told.back) == (
        "training",
        "funded-mentor-training",
        user.question,
    )
    assert "Joan Thackeray can get funded mentor training" in told.says
    assert (before, sent.step) == ([], "done")
    assert user.mentor_of_the_ect() == ["Joan Thackeray"]
    assert f"pass the mentor’s details on to {LEAD_PROVIDER}" in done.says
    assert "is registered as a mentor" not in done.says


def test_training_is_told_with_the_first_ect_alone(user):
    """Of two on one day, the second finds it open."""
    user.choose(JOAN.id)
    user.post("training")
    other = somebody(1)
    user.service.has_ect(other)
    user.ect = str(other.id)
    user.choose(JOAN.id)

    assert f"will continue their mentor training with {LEAD_PROVIDER}" in user.get("done").says


def test_another_lead_provider_can_be_named(user):
    """Choosing one assigns."""
    user.choose(JOAN.id)
    asked = user.post("training", another_provider="yes")
    wrong = [user.post("lead-provider"), user.post("lead-provider", lead_provider="Nobody")]
    sent = user.post("lead-provider", lead_provider=THIS_YEAR_ONLY)

    assert (asked.step, sent.step) == ("lead-provider", "done")
    assert [page.status for page in wrong] == [422, 422]
    assert wrong[0].rule == "lead-provider-not-available"
    assert list(wrong[1].errors) == ["lead_provider"]
    assert f"details on to {THIS_YEAR_ONLY}" in user.get("done").says


def test_who_is_trained_already_is_assigned_at_once(user):
    """There is nothing to ask."""
    sent = user.choose(TRAINED.id)

    assert sent.step == "done"
    assert "Ola Eden will continue their mentor training with" in user.get("done").says
    assert user.mentor_of_the_ect() == ["Ola Eden"]


def test_for_a_school_led_ect_somebody_is_assigned_at_once():
    """Nothing is promised."""
    user = Mentoring.of(a_school_led_ect(), None, JOAN)
    sent = user.choose(JOAN.id)

    assert sent.step == "done"
    assert "No mentor training has been set up" in user.get("done").says


def test_for_an_ect_without_a_programme_none_is_made_up():
    """Records that were brought in may have none."""
    user = Mentoring.of(an_ect_without_programme(), None, JOAN)
    sent, done = user.choose(JOAN.id), user.get("done")

    assert sent.step == "done"
    assert "set up, because the ECT’s training programme is not known. It may be" in done.says
    assert "school-led" not in done.says


def test_who_trains_a_leaver_next_is_not_said(user):
    """The confirmation says no more than the page about the mentor."""
    begins = date(2025, 11, 3)
    training = a_training(period=Period(begins), lead_provider=THIS_YEAR_ONLY)
    there = {"school": OTHER_SCHOOL, "trainings": (training,)}
    user.service.has_mentor(somebody_else(3, "Lou Birch", begins, **there))
    sent, done = user.choose(LEAVING.id), user.get("done")
    shown = user.get(f"/school/mentors/{LEAVING.id}")

    assert sent.step == "done"
    assert "No mentor training has been set up with this assignment. What" in done.says
    assert "Mentor training Status Not set up" in shown.says
    assert THIS_YEAR_ONLY not in done.says + shown.says


def test_who_leaves_mentors_until_then(user):
    """The confirmation says so."""
    user.choose(LEAVING.id)
    user.post("training")

    assert "from 10 September 2025 to 24 October 2025" in user.get("done").says


def test_looking_assigns_nobody(user):
    """Whatever page is asked for; where only the confirming is left, a button does it."""
    user.choose(JOAN.id)
    steps = [user.get(step).step for step in ("lead-provider", "done", "stopped")]
    user.service.do(_is_trained)
    resumed = user.get(user.address("").rstrip("/"))
    page = user.get("done")
    before = user.mentor_of_the_ect()
    sent = user.post("done")

    assert steps == ["training", "training", "training"]
    assert resumed.step == "done"
    assert page.says.endswith("The mentor has not been assigned yet. Assign this mentor")
    assert (before, sent.step) == ([], "done")
    assert user.mentor_of_the_ect() == ["Joan Thackeray"]


def _is_trained(uow):
    """Joan, by a lead provider who came first."""
    mentor = uow.mentors.find(JOAN.id)
    training = a_training(period=Period(TODAY))
    uow.mentors.change(mentor, attrs.evolve(mentor, trainings=(training,)))


def test_confirming_twice_assigns_once(user):
    """A reload, a double click, the other pages afterwards."""
    user.choose(JOAN.id)
    steps = [user.post(step).step for step in ("training", "training", "done")]

    assert steps == ["done", "done", "done"]
    assert {user.get(step).step for step in (*ASSIGNING_FORMS, "stopped", "done")} == {"done"}
    assert user.mentor_of_the_ect() == ["Joan Thackeray"]


def test_a_mentor_can_be_changed():
    """Asked for by name; the present one is not offered."""
    user = Mentoring.of(_mentored(), None, JOAN, TRAINED)
    page = user.get(f"{user.question}?change=yes")
    sent = user.choose(TRAINED.id, change=True)

    assert "Their mentor is Joan Thackeray. The mentor you choose will replace them" in page.says
    assert str(JOAN.id) not in page.html
    assert (sent.step, user.mentor_of_the_ect()) == ("check-answers", ["Joan Thackeray"])
    assert (user.register().step, user.mentor_of_the_ect()) == ("done", ["Ola Eden"])


def test_a_slip_takes_nobodys_mentor_away():
    """Without the change being asked for it is refused, and the way to ask is shown."""
    user = Mentoring.of(_mentored(), None, JOAN, TRAINED)
    seen = [user.get(user.question), user.post(user.question, mentor=str(TRAINED.id))]

    assert {(page.status, page.rule) for page in seen} == {(200, "one-mentor-at-a-time")}
    assert f'href="{user.question}?change=yes"' in seen[0].html
    assert user.mentor_of_the_ect() == ["Joan Thackeray"]


def test_the_same_mentor_has_nothing_to_take_over():
    """Their id was posted although they are not on the list."""
    user = Mentoring.of(_mentored(), None, JOAN)
    page = user.post(f"{user.question}?change=yes", mentor=str(JOAN.id))

    assert page.rule == "one-mentor-at-a-time"
    assert "They are this ECT’s mentor already" in page.says


@pytest.mark.parametrize(
    ("ect", "why"),
    [
        (an_ect(period=Period(date(2024, 9, 2), date(2025, 7, 18))), "has left your school"),
        (an_ect(completed=True), "has completed their induction"),
        (an_ect(withdrawn=True), "(ECT) at your school was undone"),
    ],
)
def test_who_is_not_in_progress_is_given_no_mentor(ect, why):
    """The page says why."""
    user = Mentoring.of(ect, None, JOAN)
    page = user.get(user.question)

    assert (page.status, page.rule) == (200, "mentor-now-or-later")
    assert why in page.says
    assert user.post(user.question, mentor="new").rule == "mentor-now-or-later"


def test_an_ect_of_another_school_is_not_found():
    """As one who does not exist."""
    user = Mentoring.of(an_ect(school=OTHER_SCHOOL))
    other = f"/school/ects/{uuid4()}/mentor"

    assert [user.get(path).status for path in (user.question, other)] == [404, 404]
    assert user.post(user.question, mentor="new").status == 404


def test_an_ect_who_mentors_is_not_offered_themself(user):
    """Their id is refused as well."""
    themself = somebody_else(7, "Asha Marlowe", teacher=a_provider_led_ect().teacher)
    user.service.has_mentor(themself)
    page = user.get(user.question)
    refused = user.post(user.question, mentor=str(themself.id))

    assert str(themself.id) not in page.html
    assert (refused.status, refused.rule) == (200, "own-mentor")


def test_somebody_else_was_quicker(user):
    """The journey stops where it is, and nobody is assigned twice."""
    user.choose(JOAN.id)
    other = Mentoring.at(user.service, user="user-2")
    other.ect = user.ect
    other.choose(TRAINED.id)
    sent = user.post("training")
    page = user.get("stopped")

    assert (sent.step, page.rule) == ("stopped", "one-mentor-at-a-time")
    assert user.get("done").step == "stopped"
    assert user.post("done").step == "stopped"
    assert user.mentor_of_the_ect() == ["Ola Eden"]


def test_who_was_just_registered_is_prompted_to_assign_a_mentor():
    """Right on the confirmation, and from the ECTs page later."""
    registering = Registering.in_town()
    registering.go_on()
    registering.register()
    (ect,) = registering.service.ects_of()
    question = f'href="/school/ects/{ect.id}/mentor"'

    assert question in registering.get("done").html
    assert question in registering.get("/school/ects").html
    assert question in registering.get(f"/school/ects/{ect.id}").html


def test_the_prompt_is_gone_once_there_is_a_mentor(user):
    """The status is registered, and the mentor can be changed."""
    user.choose(TRAINED.id)
    listed, shown = user.get("/school/ects"), user.get(f"/school/ects/{user.ect}")

    assert "Registered" in listed.says
    assert "Mentor: Ola Eden" in listed.says
    assert f'href="{user.question}"' not in listed.html + shown.html
    assert f'href="{user.question}?change=yes"' in shown.html
    assert f'href="/school/mentors/{TRAINED.id}?ect={user.ect}"' in shown.html


def test_a_change_that_is_to_come_shows_both_mentors():
    """The present one and the next."""
    user = Mentoring.of(_mentored(), None, JOAN, COMING)
    user.choose(COMING.id, change=True)
    user.post("training")
    user.register()
    said = user.get(f"/school/ects/{user.ect}").says

    listed = user.get("/school/ects").says
    replacing = user.get(f"{user.question}?change=yes").says

    assert "Joan Thackeray then Kit Alder from 3 November 2025" in listed
    assert "Joan Thackeray, then Kit Alder from 3 November 2025" in replacing
    assert "The mentor you choose will replace all of them" in replacing
    assert "Next mentor Kit Alder from 3 November 2025" in said
    assert "Mentor Joan Thackeray from 1 September 2025 to 2 November 2025" in said


def test_a_change_that_is_to_come_can_be_cancelled():
    """The present mentor is offered, the one to come is not."""
    user = Mentoring.of(_mentored(), None, JOAN, COMING)
    user.choose(COMING.id, change=True)
    user.post("training")
    user.register()
    question = user.get(f"{user.question}?change=yes")
    user.choose(JOAN.id, change=True)
    user.post("training")
    cancelling = user.get("check-answers").says
    user.register()

    assert (
        "Next mentor Kit Alder, whose assignment from 3 November 2025 will be cancelled "
        "New mentor Joan Thackeray Change new mentor Mentors the ECT from 1 September 2025 "
        "Days without a mentor None"
    ) in cancelling
    assert "their mentor now, and no other mentor will replace them" in question.says
    assert str(COMING.id) not in question.html
    assert user.mentor_of_the_ect() == ["Joan Thackeray"]


def test_a_mentor_who_leaves_first_is_not_all_that_is_needed():
    """The confirmation says until when, and so does the ECTs page."""
    user = Mentoring.of(None, None, LEAVING)
    user.choose(LEAVING.id)
    user.post("training")
    done = user.get("done").says

    assert "Lou Birch mentors Asha Marlowe from 10 September 2025 to 24 October 2025" in done
    assert "No mentor from 25 October 2025. You can change the mentor if another one can" in done
    assert "You do not need to do anything else" not in done
    assert "Mentor: Lou Birch until 24 October 2025 No mentor from 25 October 2025" in (
        user.get("/school/ects").says
    )


def test_whoever_takes_over_from_two_is_told_of_both_in_history():
    """The one of today and the one to come."""
    user = Mentoring.of(_mentored(), None, JOAN, COMING, TRAINED)
    user.choose(COMING.id, change=True)
    user.post("training")
    user.register()
    user.choose(TRAINED.id, change=True)
    user.register()
    said = user.get(f"/school/ects/{user.ect}").says

    assert "Ola Eden assigned as mentor instead of Joan Thackeray and Kit Alder" in said


def test_a_post_that_was_open_for_too_long_begins_nothing(user):
    """The question is shown again with what was chosen."""
    data = {"csrf_token": "old", "mentor": str(JOAN.id)}
    answer = user.client.post(user.question, data=data)

    assert answer.status_code == 400
    assert f'value="{JOAN.id}" checked' in answer.text
    assert user.mentor_of_the_ect() == []
