"""Registering by questions and answers at a terminal."""

from __future__ import annotations

from integration.cli.terminal import ect
from integration.cli.town import (
    ANOTHER_DAY,
    ANOTHER_NUMBER,
    BORN,
    CLOSED,
    HUB,
    LEAVER,
    MAYA,
    NEWCOMER,
    NUMBERS,
    PARTNER,
    PASSED,
    PROVIDER,
    UNKNOWN,
    VETERAN,
)
from integration.cli.typist import CTRL_D, at_a_terminal

DAY, NUMBER = "Date of birth, like 1999-01-31:", "National Insurance number"


def counted(settings):
    """The rules that have stopped somebody."""
    ran = ect("report", "outcomes", "--format", "json", **settings)
    return {row["rule"] for row in ran.json} - {None}


def find(typist, trn, born_on):
    """Give the two facts."""
    typist.types("TRN:", trn)
    typist.hides(DAY, born_on)


def answers(typist, conversation):
    """Question by question."""
    for question, answer, says in conversation:
        if question == DAY:
            typist.hides(question, answer)
        else:
            typist.types(question, answer)
        typist.reads(says)


def listed(school, settings):
    """The school's page."""
    return ect("ects", "--school", school, "--format", "json", **settings).json


def test_a_whole_registration_with_the_choices_of_last_time(settings):
    """Questions on the screen, one JSON object on standard output, and the record kept."""
    with at_a_terminal("register-ect", **settings) as typist:
        typist.reads("Press Ctrl-C to stop. We keep your answers for 24 hours")
        typist.types("School URN:", VETERAN)
        find(typist, MAYA, BORN[MAYA])
        typist.reads("The name on the teacher’s record is Maya Okonkwo.")
        typist.types("Is it correct?", "y")
        typist.types("email address", "maya@example.org")
        typist.types("First day at your school", "2025-09-01")
        typist.reads("1. Full time")
        typist.types("Working pattern:", "1")
        typist.reads(f"Appropriate body: {HUB}")
        typist.reads(f"Delivery partner: {PARTNER}")
        typist.types("Use these choices again?", "y")
        typist.reads("Check your answers")
        typist.reads("Expected training start year: 2025 to 2026")
        typist.reads(f"We will pass the ECT’s details on to {PROVIDER}")
        typist.types("What do you want to do?:", "1")
        typist.reads("They still need a mentor.")
        ran = typist.leaves()

    assert (ran.status, ran.json["outcome"]) == (0, "registered")
    assert ran.json["ect"] in listed(VETERAN, settings)
    assert ran.json["ect"]["delivery_partner"] == PARTNER


# Question, answer, and what the screen says then.
SLIPS = [
    ("School URN:", "Millbrook", "5 to 7 digits"),
    ("School URN:", "999999", "Enter the URN of a school we know"),
    ("School URN:", NEWCOMER, ""),
    ("TRN:", "123", "5 to 7 digits"),
    ("TRN:", UNKNOWN, ""),
    (DAY, "31/01/1999", "Enter a real date"),
    (DAY, "2020-01-31", "between 18 and 100 years old"),
    (DAY, ANOTHER_DAY, "cannot find the teacher’s record"),
    ("TRN:", MAYA, ""),
    (DAY, BORN[MAYA], ""),
    ("Is it correct?", "perhaps", "invalid input"),
    ("Is it correct?", "n", ""),
    ("Correct full name:", "x" * 71, "70 characters or fewer"),
    ("Correct full name:", "Maya Smith", ""),
    ("email address", "maya@example", "correct format"),
    ("email address", "lena@example.org", "already used by another person"),
    ("email address", "maya@example.org", ""),
    ("First day at your school", "2025-02-30", "Enter a real date"),
    ("First day at your school", "2022-09-01", "from 1 September 2023 to 31 August 2027"),
    ("First day at your school", "2026-09-01", "the 2026 to 2027 academic year yet"),
    ("First day at your school", "2025-09-01", "1. Full time"),
    ("Working pattern:", "3", "not in the range"),
    ("Working pattern:", "2", ""),
    ("Appropriate body:", "1", "1. Provider-led"),
    ("Training programme:", "1", ""),
    ("Lead provider:", "1", "Check your answers"),
    ("What do you want to do?:", "1", "They still need a mentor."),
]


def test_what_cannot_be_right_is_asked_again(settings):
    """Each answer in its turn, in words that say what would be right."""
    with at_a_terminal("register-ect", **settings) as typist:
        answers(typist, SLIPS)
        ran = typist.leaves()

    assert (ran.status, ran.json["ect"]["name"]) == (0, "Maya Smith")
    assert ran.json["ect"]["working_pattern"] == "part_time"


def test_another_name_is_asked_about_by_name_same_person(settings):
    """With the TRN and both names; no asks for the name again, yes goes on."""
    with at_a_terminal("register-ect", **settings) as typist:
        typist.types("School URN:", NEWCOMER)
        find(typist, MAYA, BORN[MAYA])
        for answer in ("n", "y"):
            typist.types("Is it correct?", "n")
            typist.types("Correct full name:", "Olu Quinn")
            typist.reads(f"TRN: {MAYA}")
            typist.reads("Name on the teacher’s record: Maya Okonkwo")
            typist.reads("Name you entered: Olu Quinn")
            typist.types("Is this the same person?", answer)
        answers(typist, SLIPS[16:17] + SLIPS[20:21] + SLIPS[22:])
        ran = typist.leaves()

    assert (ran.status, ran.json["ect"]["name"]) == (0, "Olu Quinn")


def test_a_refusal_ends_it_with_its_rule(settings):
    """Told on the screen, and as JSON; exit status 1."""
    with at_a_terminal("register-ect", **settings) as typist:
        typist.types("School URN:", NEWCOMER)
        find(typist, PASSED, BORN[PASSED])
        typist.reads("already passed their induction")
        ran = typist.leaves()

    assert ran.verdict == (1, "refused", "induction-passed")
    assert counted(settings) == {"induction-passed"}


def test_a_school_that_may_not_register_is_told_at_once(settings):
    """Before anybody is asked for."""
    with at_a_terminal("register-ect", **settings) as typist:
        typist.types("School URN:", CLOSED)
        typist.reads("it is closed")
        ran = typist.leaves()

    assert (ran.verdict, "TRN:" in ran.err) == ((1, "refused", "school-cannot-register"), False)


def test_stopped_with_ctrl_c_it_goes_on_where_it_was(settings):
    """Exit status 130, nothing registered; the answers are there, the two secrets are not."""
    with at_a_terminal("register-ect", **settings) as typist:
        typist.types("School URN:", NEWCOMER)
        find(typist, MAYA, BORN[MAYA])
        typist.types("Is it correct?", "y")
        typist.types("email address", "maya@example.org")
        typist.reads("First day at your school")
        typist.stops()
        stopped = typist.leaves()
    before = listed(NEWCOMER, settings)
    with at_a_terminal("register-ect", **settings) as typist:
        typist.types("School URN:", NEWCOMER)
        typist.types(f"Continue the unfinished registration of Maya Okonkwo (TRN {MAYA})?", "y")
        typist.types("First day at your school", "2025-09-01")
        typist.types("Working pattern:", "1")
        typist.types("Appropriate body:", "1")
        typist.types("Training programme:", "2")
        typist.reads("Email address: maya@example.org")
        typist.types("What do you want to do?:", "1")
        ran = typist.leaves()

    assert (stopped.status, stopped.out, before) == (130, "", [])
    assert (ran.status, ran.json["ect"]["training"]) == (0, "school_led")


def test_a_number_mends_a_date_that_differs_and_a_search_can_be_repeated(settings):
    """Both facts stay off the screen, the wrong ones too."""
    with at_a_terminal("register-ect", **settings) as typist:
        typist.types("School URN:", NEWCOMER)
        find(typist, MAYA, ANOTHER_DAY)
        typist.reads("does not match")
        typist.hides(NUMBER, ANOTHER_NUMBER)
        typist.reads("cannot find the teacher’s record with these details")
        find(typist, MAYA, ANOTHER_DAY)
        typist.hides(NUMBER, "")
        find(typist, MAYA, ANOTHER_DAY)
        typist.hides(NUMBER, "AB 12")
        typist.reads("in the correct format")
        typist.hides(NUMBER, NUMBERS[MAYA])
        typist.types("Is it correct?", "y")
        typist.reads("email address")
        typist.presses(CTRL_D)
        ran = typist.leaves()

    assert (ran.status, ran.out, "Stopped." in ran.err) == (4, "", True)


CHANGES = [
    ("Is it correct?", "y", f"registered before at the school with URN {VETERAN}"),
    ("Continue?", "", ""),
    ("email address", "lena@example.org", ""),
    ("First day at your school", "2025-09-15", ""),
    ("Working pattern:", "1", ""),
    ("Appropriate body:", "1", ""),
    ("Training programme:", "2", "7. Change the programme"),
    ("What do you want to do?:", "7", ""),
    ("Training programme:", "1", ""),
    ("Lead provider:", "1", "3. Change the email address"),
    ("What do you want to do?:", "3", ""),
    ("email address", "lena@new.example.org", "Check your answers"),
    ("What do you want to do?:", "1", ""),
]


def test_an_answer_can_be_changed_before_it_is_sent(settings):
    """Only what hangs on it is asked again."""
    with at_a_terminal("register-ect", **settings) as typist:
        typist.types("School URN:", NEWCOMER)
        find(typist, LEAVER, BORN[LEAVER])
        answers(typist, CHANGES)
        ran = typist.leaves()

    assert (ran.status, ran.json["ect"]["email"]) == (0, "lena@new.example.org")
    assert ran.json["ect"]["training"] == "expression_of_interest"


def test_trs_out_of_reach_keeps_what_was_typed_but_for_the_secrets(settings):
    """Exit status 3, and nothing registered."""
    nowhere = {"ECT_TRS_URL": "http://127.0.0.1:1", "ECT_TRS_API_KEY": "a-key"}
    with at_a_terminal("register-ect", **settings | nowhere) as typist:
        typist.types("School URN:", NEWCOMER)
        find(typist, MAYA, BORN[MAYA])
        typist.reads("not available right now")
        ran = typist.leaves()

    assert ran.verdict == (3, "unavailable", "trs-unavailable")
    assert listed(NEWCOMER, settings) == []


def test_an_operator_asks_trs_with_the_secret_hidden(settings):
    """A slip is asked again."""
    with at_a_terminal("trs", "find", MAYA, **settings) as typist:
        typist.hides(DAY, "yesterday")
        typist.reads("Enter a real date")
        typist.hides(DAY, BORN[MAYA])
        by_day = typist.leaves()
    with at_a_terminal("trs", "find", MAYA, "--by-number", **settings) as typist:
        typist.hides(NUMBER, NUMBERS[MAYA])
        by_number = typist.leaves()

    assert (by_day.status, by_day.json["outcome"]) == (0, "found")
    assert by_number.json == by_day.json


def test_slow_work_shows_a_sign_of_life(settings, town):
    """On the screen only."""
    with at_a_terminal("world", "load", str(town), **settings) as typist:
        typist.reads("Loading…")
        ran = typist.leaves()

    assert (ran.status, ran.json["outcome"]) == (0, "loaded")


def test_a_document_can_be_pasted(settings):
    """Into a terminal, after --from -."""
    with at_a_terminal("check-ect", "--from", "-", **settings) as typist:
        typist.types("Press Ctrl-D on a new line to finish", "{}")
        typist.presses(CTRL_D)
        ran = typist.leaves()

    assert (*ran.verdict, ran.json["field"]) == (2, "invalid", None, "school")
