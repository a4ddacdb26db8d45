"""The name page of a teacher record that has no name."""

from __future__ import annotations

import attrs
import pytest

from builders import MENTOR_TRN, a_trs_person
from integration.web.mentoring import Mentoring
from integration.web.registering import Registering
from unit.use_cases.town import town

NAMELESS = a_trs_person(first_name=".", last_name="")
MESSAGE = "Enter the teacher’s full name. The teacher record does not have one"


@pytest.fixture
def user():
    """Registering the ECT whose record has no name, at the page that asks for it."""
    world = town()
    others = [each for each in world.trs_people if each.trn != NAMELESS.trn]
    user = Registering.in_town(attrs.evolve(world, trs_people=(NAMELESS, *others)))
    user.go_on(until="name")
    return user


def test_the_page_asks_for_the_name_and_plays_nothing_back(user):
    """There is no yes to choose."""
    seen = user.get("name")

    assert (seen.status, seen.hidden("name_is_correct")) == (200, "no")
    assert "What is the ECT’s full name?" in seen.title
    assert "Name on the teacher record No name" in seen.says
    assert "Yes, the name is correct" not in seen.says


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name_is_correct": "yes"}, MESSAGE),
        ({"name_is_correct": "no", "corrected_name": ""}, "Enter the teacher’s full name"),
        ({"name_is_correct": "no", "corrected_name": "."}, "Enter the teacher’s full name"),
    ],
)
def test_no_name_is_told_at_its_field(user, typed, message):
    """Not even an old page can confirm a name that is not there."""
    seen = user.post("name", typed)

    assert (seen.status, seen.step, seen.errors) == (422, "name", {"corrected_name": message})


def test_the_given_name_is_registered(user):
    """Check answers says that the record has none, and so does what happened."""
    user.post("name", name_is_correct="no", corrected_name="Asha\u200b Fenn")
    answers = user.go_on()

    assert "Name Asha Fenn" in answers.says
    assert "Name on the teacher record No name" in answers.says

    user.register()
    [ect] = user.service.ects_of(NAMELESS.trn)

    assert (ect.teacher.name, ect.teacher.trs_name) == ("Asha Fenn", "")
    assert (
        "The school entered the name Asha Fenn. The teacher record has no name"
        in user.get(f"/school/ects/{ect.id}").says
    )


def test_an_unfinished_registration_is_known_by_its_trn(user):
    """Until the name is given."""
    assert f"TRN {NAMELESS.trn}" in user.get("/school/ects/unfinished").says


def test_the_name_of_a_mentor_is_asked_for_too():
    """As that of an ECT is."""
    joan = a_trs_person(trn=MENTOR_TRN, first_name="-", last_name=".")
    others = [each for each in town().trs_people if each.trn != MENTOR_TRN]
    user = Mentoring.of(None, attrs.evolve(town(), trs_people=(joan, *others)))
    user.go_on(until="name")
    asked = user.get("name")
    refused = user.post("name", name_is_correct="yes")
    answers = user.go_on(name={"name_is_correct": "no", "corrected_name": "Joan Fenn"})

    assert "What is the mentor’s full name?" in asked.title
    assert (refused.status, refused.errors) == (422, {"corrected_name": MESSAGE})
    assert "Name Joan Fenn" in answers.says
    assert "Name on the teacher record No name" in answers.says
