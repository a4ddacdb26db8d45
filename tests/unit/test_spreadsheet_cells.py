"""What a cell of a CSV file holds."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect_registration.domain.text import without_controls, without_invisible
from ect_registration.domain.values import InvalidValue, Trn
from entrypoints.text.csv_lines import Line, read_csv
from entrypoints.text.csv_text import as_csv
from entrypoints.text.spreadsheet_cells import (
    FORMULA,
    day_in,
    defused,
    text_in,
    trn_in,
    yes_or_no_in,
)

TRN, DAY = Trn("8000001"), date(2023, 7, 4)
ONE_LINE = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs"))
# Names are kept without what cannot be seen, and without what changes the order of text.
VISIBLE = st.text(ONE_LINE).map(lambda text: without_invisible(without_controls(text)))


@pytest.mark.parametrize(
    "cell",
    [
        "8000001",
        "'8000001",
        "’8000001",
        "8000001.0",
        "8000001.00",
        "8000001,0",
        "'8000001.0",
        '="8000001"',
        '="8000001.0"',
        "RP 80/00001",
        "\u200b8000001\u00a0",
    ],
)
def test_a_trn_is_read_as_files_write_it(cell):
    """With what keeps it a text, and as the number that it is not."""
    assert trn_in(cell) == TRN


@pytest.mark.parametrize("cell", ["12345", "12345.0", "'12345", '="0012345"', "012345"])
def test_leading_zeros_come_back(cell):
    """A spreadsheet takes a TRN for a number."""
    assert trn_in(cell) == Trn("0012345")


@pytest.mark.parametrize(
    "cell",
    ["", "1234", "1234.0", "8000001.5", "8000001.", "8.000001E+06", "8,000,001", "80000010",
     "=8000001", '="8000001"&""', '="8000001', "0x7a1201", "٨٠٠٠٠٠١"],
)  # fmt: skip
def test_what_may_be_another_number_is_no_trn(cell):
    """Fewer than five digits, decimals, rounded numbers and formulas."""
    with pytest.raises(InvalidValue):
        trn_in(cell)


@pytest.mark.parametrize("cell", ["'8000001", "8000001.0", '="8000001"'])
def test_only_files_have_these_forms(cell):
    """In a form or in JSON they are a slip."""
    with pytest.raises(InvalidValue):
        Trn.parse(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "2023-07-04",
        "'2023-07-04",
        '="2023-07-04"',
        "2023-07-04T00:00:00Z",
        "2023-07-04T00:00:00",
        "2023-07-04T00:00:00.000Z",
        "2023-07-04T00:00:00.0000000",
        "2023-07-04T00:00:00+01:00",
        "2023-07-04 00:00:00",
        "2023-07-04 00:00",
        "2023-07-04 00:00:00 UTC",
        "04/07/2023",
        "4/7/2023",
        "04-07-2023",
        "04/07/2023 00:00",
        "04/07/2023 0:00",
        "2023\u201107\u201104",
    ],
)
def test_a_day_is_read_as_files_write_it(cell):
    """Day before month, and with the midnight that databases add."""
    assert day_in(cell) == DAY


@pytest.mark.parametrize(
    "cell",
    ["", "45111", "07/14/2023", "04/07/23", "04/07-2023", "4 July 2023", "2023-7-4", "2023-02-29",
     "2023-07-03T23:00:00Z", "2023-07-04T09:30:00", "2023-07-04T00:00:05", "2023-07-04T00:00:00-05:00",  # noqa: E501
     "2023-07-04T", "00:00", "2023-07-04T00:00:00Z00:00", "٠٤/٠٧/٢٠٢٣"],  # noqa: RUF001
)  # fmt: skip
def test_what_may_be_another_day_is_none(cell):
    """Told with what to give instead, under the rule of the caller."""
    with pytest.raises(InvalidValue) as caught:
        day_in(cell, rule="start-date-range")

    assert caught.value.rule == "start-date-range"
    assert "14/07/2023" in caught.value.message


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("TRUE", True),
        ("'yes", True),
        ("1.0", True),
        ("0.0", False),
        ('="no"', False),
        ("N", False),
    ],
)
def test_an_answer_is_read_in_words_and_numbers(cell, answer):
    """A data frame with an empty cell makes numbers of them."""
    assert yes_or_no_in(cell) is answer


@pytest.mark.parametrize("cell", ["", "maybe", "2", "1.5", "truee"])
def test_any_other_answer_is_none(cell):
    """It is asked for again."""
    with pytest.raises(InvalidValue, match="Give true or false"):
        yes_or_no_in(cell)


@pytest.mark.parametrize("name", ["'t Hooft", "’t Hooft", "D'Arcy", "Anne-Marie", '"Ada" Verne'])
def test_a_text_keeps_what_is_its_own(name):
    """Also an apostrophe at its beginning."""
    assert text_in(name) == name


@given(st.text() | st.builds(str.__add__, st.sampled_from(["'", "''", *FORMULA]), st.text()))
def test_what_we_write_is_read_back(text):
    """Whatever was defused; and nothing that is written begins a formula."""
    written = defused(text)

    assert text_in(written) == text
    assert not written.startswith(FORMULA)


@given(
    st.lists(
        st.fixed_dictionaries({"Name": VISIBLE.filter(bool), "TRN": st.integers(0, 9_999_999)})
    )
)
def test_our_own_files_are_read_back(rows):
    """Cell by cell, with the mark at the beginning that Excel wants."""
    text = "\ufeff" + as_csv([{**row, "TRN": f"{row['TRN']:07}"} for row in rows], ("Name", "TRN"))
    lines = [
        line for line in read_csv(text.encode(), ("name", "trn")).lines if isinstance(line, Line)
    ]
    found = [
        {"Name": text_in(line.cells["name"]), "TRN": int(str(trn_in(line.cells["trn"])))}
        for line in lines
    ]

    assert found == rows
