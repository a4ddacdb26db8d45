"""How answers are read, and what is said about those that will not do."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wtforms.validators import ValidationError

from ect_registration.domain.values import Trn
from entrypoints.web.forms.dates import PARTS, DateParts, WrongDate, read_date
from entrypoints.web.forms.fields import Choice, Form, ParsedBy, Required, Text
from entrypoints.web.forms.summary import errors_of
from integration.web.foundation import an_app

APP = an_app()
FOUR_DIGITS = "Enter the year of the start date as 4 digits"
REAL = date(2025, 9, 27)


class StaffForm(Form):
    trn = Text("TRN", [Required("Enter a TRN"), ParsedBy(Trn.parse)])
    pattern = Choice("Pattern", "Select a pattern", [("full", "Full time"), ("part", "Part time")])
    start = DateParts("Start date", what="the start date")

    def validate_start(self, field: DateParts) -> None:
        """Only to show how a range is said."""
        if field.data == date(1999, 1, 1):
            raise ValidationError("Enter a later start date")


def _posted(**typed):
    """The form as posted, on a page with answers given before."""
    with APP.test_request_context(method="POST", data=typed):
        form = StaffForm(trn="7654321", pattern="full", start=REAL)
        form.validate_on_submit()
        return form


def _start(*typed):
    return {f"start-{part}": text for part, text in zip(PARTS, typed, strict=True)}


def _parts(day, month, year):
    return dict(zip(PARTS, (day, month, year), strict=True))


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("27", "9", "2025"),
        (" 27 ", "09", "2025"),
        ("27", "sep", "2025"),
        ("27", "Sept", "2025"),
        ("27", "SEPTEMBER", "2025"),
        ("2 7", "9", "20 25"),
        ("27\u200b", "\ufeff9", "\u202a2025\u202c"),
        ("\u200927", "sep\u00ad", "20\u200b25\u3000"),
    ],
)
def test_a_date_is_read_as_people_write_it(day, month, year):
    """Blanks do not matter, and months have names."""
    assert read_date(_parts(day, month, year), "the date") == REAL


@pytest.mark.parametrize(
    ("typed", "says", "wrong"),
    [
        (("", " ", ""), "Enter the start date", PARTS),
        (("", "9", "2025"), "Enter the day of the start date", ("day",)),
        (("", "", "2025"), "Enter the day and month of the start date", ("day", "month")),
        (("27", "9", "25"), FOUR_DIGITS, ("year",)),
        (("99", "9", "25"), FOUR_DIGITS, ("year",)),
        (("27", "9", "20255"), FOUR_DIGITS, ("year",)),
        (
            ("27", "9", "\u0662\u0660\u0662\u0665"),
            FOUR_DIGITS,
            ("year",),
        ),
        (("32", "9", "2025"), "Enter a real start date", ("day",)),
        (("27", "13", "2025"), "Enter a real start date", ("month",)),
        (("27", "se", "2025"), "Enter a real start date", ("month",)),
        (("x", "y", "2025"), "Enter a real start date", ("day", "month")),
        (("31", "9", "2025"), "Enter a real start date", PARTS),
        (("29", "2", "2025"), "Enter a real start date", PARTS),
        (("1", "1", "0000"), "Enter a real start date", PARTS),
        (("-1", "9", "2025"), "Enter a real start date", ("day",)),
    ],
)
def test_a_date_that_is_none_says_which_part_to_put_right(typed, says, wrong):
    """In this order: nothing, incomplete, the year, not real."""
    with pytest.raises(WrongDate) as caught:
        read_date(_parts(*typed), "the start date")

    assert caught.value.message.startswith(says)
    assert caught.value.parts == wrong


@given(st.text(), st.text(), st.text())
def test_rubbish_in_a_date_is_a_message(day, month, year):
    """Or, by a rare chance, a date."""
    try:
        read = read_date(_parts(day, month, year), "the date")
    except WrongDate:
        return

    assert isinstance(read, date)


def test_right_answers_are_values():
    """Parsed once, and not again by the view."""
    form = _posted(trn="RP 12/34567", pattern="part", **_start("1", "9", "2025"))

    assert form.errors == {}
    assert (form.trn.parsed, form.pattern.data) == (Trn("1234567"), "part")
    assert form.start.data == date(2025, 9, 1)


def test_what_a_post_leaves_out_is_unanswered():
    """Even if it was answered before."""
    assert errors_of(_posted()) == [
        {"text": "Enter a TRN", "href": "#trn"},
        {"text": "Select a pattern", "href": "#pattern"},
        {"text": "Enter the start date", "href": "#start-day"},
    ]


def test_a_message_leads_to_the_first_wrong_part_of_a_date():
    """The others are right."""
    form = _posted(trn="1234567", pattern="full", **_start("1", "x", "2025"))

    assert [error["href"] for error in errors_of(form)] == ["#start-month"]
    assert form.start.wrong_parts == ("month",)


def test_a_date_out_of_range_is_wrong_as_a_whole():
    """The message leads to its first part."""
    form = _posted(trn="1234567", pattern="full", **_start("1", "1", "1999"))

    assert errors_of(form) == [{"text": "Enter a later start date", "href": "#start-day"}]
    assert form.start.wrong_parts == PARTS


def test_a_choice_that_is_not_on_offer_is_none():
    """Whoever edits the page gains nothing."""
    form = _posted(trn="1234567", pattern="both", **_start("1", "1", "2025"))

    assert form.errors == {"pattern": ["Select a pattern"]}


def test_a_rule_can_say_that_an_answer_will_not_do():
    """Its message stands at the question, like any other."""
    form = _posted(trn="1234567", pattern="full", **_start("1", "1", "2025"))
    form.add_error("trn", "Enter another TRN")

    assert errors_of(form) == [{"text": "Enter another TRN", "href": "#trn"}]


def test_answers_given_before_are_shown_again():
    """A page that is opened plays them back."""
    with APP.test_request_context():
        form = StaffForm(trn="7654321", start=REAL)

    assert form.trn.shown == "7654321"
    assert form.start.shown == {"day": "27", "month": "9", "year": "2025"}
    assert errors_of(form) == errors_of(None) == []


def test_invisible_characters_are_no_answer():
    """They ask for it as an empty box does."""
    invisible, empty = _posted(trn="\u200b\ufeff"), _posted(trn="")

    assert invisible["trn"].errors
    assert invisible["trn"].errors == empty["trn"].errors
