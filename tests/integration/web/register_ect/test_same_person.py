"""The page that asks whether a name that is quite another is the same person's: both journeys."""

from __future__ import annotations

import pytest

from integration.web.mentoring import Mentoring
from integration.web.registering import START, Registering

RULE = "name-same-person"
ANOTHER = {"name_is_correct": "no", "corrected_name": "Olu Quinn"}
YES, NO = {"same_person": "yes"}, {"same_person": "no"}
NOUN = "same person as on the teacher record"
TRS_NAMES = {"ECT": "Asha Marlowe", "mentor": "Joan Thackeray"}
TRNS = {"ECT": "1000001", "mentor": "2000001"}


@pytest.fixture(params=["ECT", "mentor"])
def who(request) -> str:
    """Who is registered."""
    return request.param


@pytest.fixture
def user(who) -> Registering:
    """With nothing answered."""
    user = Registering.in_town() if who == "ECT" else Mentoring.of()
    user.begin()
    return user


@pytest.fixture
def asked(user) -> Registering:
    """At the question."""
    user.go_on(until="same-person", name=ANOTHER)
    return user


@pytest.fixture
def checking(user) -> Registering:
    """At check answers, after a yes."""
    user.go_on(name=ANOTHER, same_person=YES)
    return user


def test_another_name_is_asked_about(who, asked):
    """With the TRN and both names side by side, and no answer preselected."""
    page = asked.get("same-person")

    assert (page.status, page.rule, page.errors) == (200, RULE, {})
    assert page.title.startswith("Is this the same person? – ")
    assert page.back == asked.address("name")
    assert (
        f"TRN {TRNS[who]} Name on the teacher record {TRS_NAMES[who]} Name you entered Olu Quinn"
        in page.says
    )
    assert " checked" not in page.html
    assert page.html.count("<h1") == 1


@pytest.mark.parametrize("fields", [{}, {"same_person": "perhaps"}, {"same_person": "true"}])
def test_without_an_answer_it_is_asked_again(asked, fields):
    """With an error that leads to the first of the radios."""
    page = asked.post("same-person", fields)

    assert (page.status, page.rule, page.errors) == (
        422,
        RULE,
        {"same_person": "Select yes if this is the same person"},
    )
    assert page.title.startswith("Error: ")
    assert asked.get("email").step == "same-person"


def test_yes_goes_on(asked):
    """To the next question; back shows the yes."""
    sent = asked.post("same-person", YES)

    assert sent.step == "email"
    assert asked.get("email").back == asked.address("same-person")
    assert 'value="yes" checked' in asked.get("same-person").html


def test_no_goes_back_to_the_name(asked):
    """The name was another person's, so nothing is filled in; it is not asked about again."""
    sent = asked.post("same-person", NO)
    page = asked.get("name")

    assert (sent.status, sent.step, page.status) == (303, "name", 200)
    assert (page.value("corrected_name"), " checked" in page.html) == ("", False)
    assert asked.get("same-person").step == "name"
    assert asked.post("name", name_is_correct="yes").step == "email"


def test_back_shows_what_was_typed(asked):
    """For a slip in the name alone."""
    page = asked.get("name")

    assert page.value("corrected_name") == "Olu Quinn"


def test_a_name_that_shares_a_word_is_not_asked_about(who, user):
    """A married name, for one; the address of the question leads on."""
    first = TRS_NAMES[who].split()[0]
    married = {"name_is_correct": "no", "corrected_name": f"{first} Quinn"}
    user.go_on(until="email", name=married)

    assert user.get("same-person").step == "email"
    assert user.post("same-person", NO).step == "email"
    assert user.get("email").status == 200


def test_check_answers_shows_the_answer(checking):
    """And where it changes."""
    page = checking.get("check-answers")

    assert "Same person as on the teacher record Yes" in page.says
    assert page.changes[NOUN] == checking.address("same-person?change=yes")
    assert checking.get(page.changes[NOUN]).back == checking.address("check-answers")


def test_what_was_said_is_registered_and_told(who, checking):
    """The record's history says that it was confirmed."""
    done = checking.register()
    said = checking.get("done")
    link = "/school/ects/" if who == "ECT" else "/school/mentors/"
    ids = [part[:36] for part in said.html.split(f'href="{link}')[1:] if part[8:9] == "-"]

    assert (done.step, "Olu Quinn" in said.says) == ("done", True)
    if who == "ECT":
        record = checking.get(f"{link}{ids[0]}")
    else:
        [mentor] = checking.mentors()
        record = checking.get(f"{link}{mentor.id}")
    assert "The school confirmed that this is the same person" in record.says


def test_no_at_check_answers_asks_for_the_name_and_keeps_the_rest(checking):
    """Then it is back at check answers."""
    sent = checking.post("same-person?change=yes", NO)
    again = checking.post("name", name_is_correct="yes")

    assert (sent.step, again.step) == ("name", "check-answers")
    assert NOUN not in checking.get("check-answers").changes


@pytest.mark.parametrize(
    ("name", "step"),
    [("Ola Quinn", "same-person"), ("Olu Quinn", "check-answers")],
    ids=["another", "as before"],
)
def test_a_changed_name_is_asked_about_again(checking, name, step):
    """The same name is not; after a yes nothing else is asked."""
    fields = {"name_is_correct": "no", "corrected_name": name}
    sent = checking.post("name?change=yes", fields)

    assert sent.step == step
    if step == "same-person":
        assert " checked" not in checking.get("same-person").html
        assert checking.post("same-person", YES).step == "check-answers"


def test_what_is_typed_is_text(who, user):
    """Not markup, in the question as everywhere."""
    name = {"name_is_correct": "no", "corrected_name": "<b>Olu</b> <i>Quinn</i>"}
    page = user.go_on(until="same-person", name=name)

    assert "&lt;b&gt;Olu&lt;/b&gt;" in page.html
    assert "<b>Olu" not in page.html


def test_nobody_else_sees_the_question(asked):
    """The journey belongs to the user who began it."""
    path = asked.address("same-person")
    stranger = Registering.at(asked.service, user="user-2")

    assert stranger.get(path).status == 404
    assert stranger.post(path, YES).status == 404
    assert asked.get("same-person").status == 200


def test_the_page_offers_to_start_again(who, asked):
    """For those who see that it is another person's record."""
    to = START if who == "ECT" else asked.question

    assert f'href="{to}"' in asked.get("same-person").html
