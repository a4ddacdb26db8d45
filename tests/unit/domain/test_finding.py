from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import TODAY, a_mentor, a_mentorship, a_teacher, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.search.ect_search import (
    LONGEST_SEARCH,
    MOST_WORDS,
    SearchWords,
    ShownStatus,
    run_together,
    shown_status_of,
)
from ect_registration.domain.text import folded
from ect_registration.domain.values import PersonName, Trn
from strategies import teachers

LEFT = Period(date(2024, 9, 1), date(2025, 9, 9))


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, ShownStatus.MENTOR_REQUIRED),
        ({"mentorships": (a_mentorship(a_mentor()),)}, ShownStatus.REGISTERED),
        ({"period": LEFT}, ShownStatus.LEFT),
        ({"period": LEFT, "completed": True}, ShownStatus.COMPLETED),
    ],
)
def test_status_and_status_are_one_word(changes, status):
    """Only an ECT in progress needs a mentor or has one."""
    assert shown_status_of(an_ect(**changes), TODAY) is status


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", ()),
        ("  Marlowe,  asha j. ", ("marlowe", "asha", "j")),
        ("asha Asha", ("asha",)),
        ("1234567", ("1234567",)),
        ("RP 12/34567", ("1234567",)),
        ("rp12-34", ("1234",)),
        ("12 34567", ("1234567",)),
        ("RP", ("rp",)),
        ("marlowe 1234567", ("marlowe", "1234567")),
    ],
)
def test_typed_text_becomes_words(typed, words):
    """A TRN is one word, however it is typed."""
    assert SearchWords.parse(typed).words == words


def test_nobody_can_look_for_endless_text():
    """What is beyond any name does not count."""
    many = SearchWords.parse(" ".join(f"w{n}" for n in range(20)))

    assert SearchWords.parse("9" * 5000).words == ("9" * LONGEST_SEARCH,)
    assert len(many.words) == MOST_WORDS


@given(teachers, st.randoms(use_true_random=False))
def test_people_are_found_by_the_words_of_their_name(teacher, random):
    """In any order; the name is the one that is shown."""
    words = folded(teacher.name).split()
    random.shuffle(words)

    assert SearchWords(tuple(words)).are_in(teacher)
    assert SearchWords.parse(teacher.trn.digits).are_in(teacher)


def test_a_name_that_was_corrected_is_not_looked_for():
    """Nobody would see why it was found."""
    teacher = a_teacher(trn=Trn("1000001"), corrected_name=PersonName("Asha Quinn"))

    assert SearchWords.parse("quinn 100").are_in(teacher)
    assert not SearchWords.parse("marlowe").are_in(teacher)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Łukasz Ørsted", "lukasz orsted"),
        ("Elif Yıldız", "yildiz"),  # noqa: RUF001
        ("Æthel Þórr", "aethel thorr"),
        ("Đặng Đức", "dang duc"),
        ("Siân O’Malley", "sian omalley"),
        ("Siân O’Malley", "o malley"),
        ("Patrick O'Brien", "obrien"),
        ("Anne-Marie Hill", "annemarie"),
        ("Anne-Marie Hill", "anne marie"),
        ("Anne Marie Hill", "annemarie"),
        ("Anne Marie Hill", "ANNE-MARIE"),
        ("Annemarie Hill", "anne-marie"),
        ("Annemarie Hill", "anne marie"),
        ("Anne-Marie Hill", "annemariehill"),
        ("Jan van den Berg", "vandenberg"),
        ("Jan van den Berg", "denb"),
        ("Aisha al-Rashid", "alrashid aisha"),
        ("Iain MacDonald", "mac donald"),
    ],
)
def test_names_are_found_as_they_are_typed_plainly(name, typed):
    """Accents, letters with marks, apostrophes, hyphens and blanks aside."""
    assert SearchWords.parse(typed).are_in(a_teacher(trs_name=name))


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Michelle Evans", "lee"), ("Steve Ansell", "evans"), ("Anne-Marie Hill", "nnemarie")],
)
def test_letters_that_only_meet_are_no_match(name, typed):
    """What spans two words is looked for from the beginning of a word on."""
    assert not SearchWords.parse(typed).are_in(a_teacher(trs_name=name))


@pytest.mark.parametrize(
    ("name", "together"),
    [("", ""), ("cher", ""), ("asha marlowe", " ashamarlowe"), ("a b c", " abc bc")],
)
def test_words_of_a_name_are_run_together(name, together):
    """From each word on, but the last, which is there already."""
    assert run_together(name) == together
