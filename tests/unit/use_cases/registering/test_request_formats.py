from __future__ import annotations

from datetime import date

import pytest

from builders import TODAY
from ect_registration.domain.drafts.ect_draft import NameAnswer
from ect_registration.domain.email import Email
from ect_registration.domain.values import PersonName, Trn
from ect_registration.use_cases.registering.documents import InvalidRequest
from ect_registration.use_cases.registering.ect_document import EctRequest
from unit.use_cases.town import NUMBER, the_document

WIDE_DIGITS = "".join(chr(0xFF10 + digit) for digit in (1, 2, 3, 4, 5, 6, 7))


def _read(**changes):
    return EctRequest.parse(the_document(**changes), TODAY)


def _field_and_rule(**changes):
    with pytest.raises(InvalidRequest) as raised:
        _read(**changes)
    return raised.value.field, raised.value.rule


@pytest.mark.parametrize(
    "trn",
    ["abcdefg", "1234", "12345678", "١٢٣٤٥٦٧", WIDE_DIGITS, "123 456 x", "", " ", "\x00"],
)
def test_a_wrong_trn_is_named(trn):
    """Letters, too few, too many, digits of other scripts, nothing."""
    assert _field_and_rule(trn=trn) == ("trn", "two-facts")


@pytest.mark.parametrize(
    ("typed", "trn"),
    [("RP 12/34567", "1234567"), ("rp12-34567", "1234567"), (" 12 345 ", "0012345")],
)
def test_a_trn_is_read_as_people_write_it(typed, trn):
    """With its old prefix, blanks, slashes and hyphens."""
    assert _read(trn=typed).person.trn == Trn(trn)


@pytest.mark.parametrize(
    "day",
    ["31/01/1999", "1999-13-01", "1999-31-01", "1999-02-29", "1999-1-31", "99-01-31", "", "٢٠٢٥"],
)
def test_a_date_that_is_none_is_named(day):
    """Other notations, days and months swapped, a 29 February that never was."""
    assert [_field_and_rule(date_of_birth=day), _field_and_rule(start_date=day)] == [
        ("date_of_birth", "two-facts"),
        ("start_date", "start-date-range"),
    ]


@pytest.mark.parametrize("born_on", ["2007-09-11", "1924-09-10", "0001-01-01", "9999-12-31"])
def test_nobody_is_a_child_or_that_old(born_on):
    """18 to 100 completed years."""
    assert _field_and_rule(date_of_birth=born_on) == ("date_of_birth", "two-facts")


@pytest.mark.parametrize("born_on", ["2007-09-10", "1924-09-11", "2000-02-29"])
def test_a_birthday_counts_from_its_own_morning(born_on):
    """The youngest and the oldest on this day, and a real 29 February."""
    assert _read(date_of_birth=born_on).person.date_of_birth == date.fromisoformat(born_on)


@pytest.mark.parametrize("typed", ["AB123456C", "ab 12 34 56 c", "AB-12-34-56-C"])
def test_a_national_insurance_number_is_read_as_people_write_it(typed):
    """Case, blanks and hyphens do not matter."""
    assert _read(national_insurance_number=typed).person.national_insurance_number == NUMBER


@pytest.mark.parametrize(
    "typed", ["BG123456C", "DA123456C", "AO123456C", "AB12345C", "AB123456E", "", "AB123456"]
)
def test_a_wrong_national_insurance_number_is_named(typed):
    """Barred prefixes and letters, too few digits, no last letter."""
    assert _field_and_rule(national_insurance_number=typed) == (
        "national_insurance_number",
        "two-facts",
    )


@pytest.mark.parametrize(
    "email",
    [
        "",
        "asha",
        "asha@example",
        "a@b@example.org",
        "as ha@example.org",
        f"{'a' * 243}@example.org",
    ],
    ids=["empty", "no @", "no dot", "two @", "a blank", "255 characters"],
)
def test_a_wrong_email_is_named(email):
    """Under its own rule."""
    assert _field_and_rule(email=email) == ("email", "email-format")


def test_an_international_email_is_read():
    """Its domain compares as punycode."""
    assert _read(email=" asha@bücher.example ").draft.email == Email("asha@xn--bcher-kva.example")


@pytest.mark.parametrize(
    "name",
    ["", "  ", "x" * 71, "Asha\x00", "\u202eewolraM"],
    ids=["empty", "blank", "71 characters", "NUL", "override"],
)
def test_a_wrong_name_is_named(name):
    """Under its own rule."""
    assert _field_and_rule(corrected_name=name) == (
        "corrected_name",
        "name-confirmed-or-corrected",
    )


@pytest.mark.parametrize(
    "name", ["أشا مارلو", "Asha 🎓 Marlowe", "<b>Asha</b>", "x" * 70, "O'Neill-Ní Dhomhnaill"]
)
def test_a_name_may_be_of_any_script(name):
    """Markup is a name like any other: pages escape it."""
    assert _read(corrected_name=f" {name}  ").draft.name == NameAnswer(PersonName(name))


@pytest.mark.parametrize("school", ["", "1234", "10000001", "school", WIDE_DIGITS[1:]])
def test_a_wrong_urn_is_named(school):
    """Whether the school is known comes later."""
    assert _field_and_rule(school=school) == ("school", "own-school-only")


@pytest.mark.parametrize("value", ["", "full time", "FULL_TIME", "yes"])
def test_a_working_pattern_is_one_of_two(value):
    """As it is written in the documentation."""
    assert _field_and_rule(working_pattern=value) == ("working_pattern", "working-pattern")


@pytest.mark.parametrize("value", ["", "provider-led", "FIP", "SCHOOL_LED"])
def test_a_programme_is_one_of_two(value):
    """As it is written in the documentation."""
    assert _field_and_rule(programme=value) == ("programme", "training-programme")


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("working_pattern", "full time", "Give full_time or part_time"),
        ("programme", "provider-led", "Give provider_led or school_led"),
    ],
)
def test_a_value_that_is_not_known_is_told_which_are(key, value, told):
    """The words of a page, such as "full time", are what was given already."""
    with pytest.raises(InvalidRequest) as caught:
        _read(**{key: value})

    assert caught.value.message == told


@pytest.mark.parametrize("key", [key for key, given in the_document().items() if given])
@pytest.mark.parametrize("odd", ["\u200b", "\ufeff", "\u2060", "\u00ad", "\u200f", "\u00a0"])
def test_what_cannot_be_seen_changes_no_answer(key, odd):
    """In front of and behind every text of a document."""
    given = the_document()[key]

    assert _read(**{key: f"{odd}{given}{odd}"}) == _read()
