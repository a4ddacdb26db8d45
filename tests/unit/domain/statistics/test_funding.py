"""ECTs by eligibility for funding: what is published, and what must not be worked out."""

from __future__ import annotations

from itertools import product

import pytest

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.people.funding import Funding
from ect_registration.domain.statistics.counting import Area, CountedEct
from ect_registration.domain.statistics.funding import COLUMNS, published_by_funding

YEAR = AcademicYear(2025)
UP_TO = range(8)  # small counts, and a few that are not


def ects_of(yes=0, no=0, not_known=0):
    """Return so many ECTs of each kind."""
    many = {Funding.YES: yes, Funding.NO: no, Funding.NOT_KNOWN: not_known}
    return [
        CountedEct(Area(), None, None, frozenset(), funding)
        for funding, count in many.items()
        for _ in range(count)
    ]


def counts_of(*many, total=None):
    """Return the published counts: the total, yes, no, not known."""
    rows = published_by_funding(YEAR, ects_of(*many), sum(many) if total is None else total)
    return [row["ect_count"] for row in rows]


def test_england_has_a_row_for_each_answer_and_for_all():
    """In the form of the other table."""
    rows = published_by_funding(YEAR, ects_of(yes=7, no=6), 13)

    assert {tuple(row) for row in rows} == {COLUMNS}
    assert [row["eligible_for_funding"] for row in rows] == ["Total", "Yes", "No", "Not known"]
    assert {(row["time_period"], row["country_name"]) for row in rows} == {("202526", "England")}


@pytest.mark.parametrize(
    ("many", "published"),
    [
        pytest.param((7, 6, 0), [13, 7, 6, 0], id="no small count"),
        pytest.param((7, 3, 0), [10, "c", "c", 0], id="a small one and its complement"),
        pytest.param((9, 7, 3), [19, 9, "c", "c"], id="the smaller of two others"),
        pytest.param((9, 1, 2), [12, 9, "c", "c"], id="two small ones hide each other"),
        pytest.param((9, 1, 1), [11, "c", "c", "c"], id="two that could only be one each"),
    ],
)
def test_small_counts_are_suppressed(many, published):
    """With as few others as possible."""
    assert counts_of(*many) == published


def test_where_the_total_is_suppressed_nothing_but_zero_is_shown():
    """The other table has suppressed it, and it must not come back here."""
    assert counts_of(7, 6, 0, total="c") == ["c", "c", "c", 0]


@pytest.mark.parametrize("many", [each for each in product(UP_TO, repeat=3) if sum(each) > 4])
def test_no_reader_works_out_a_small_count(many):
    """Who tries every table that would look the same finds another value for each small count."""
    total, *shown = counts_of(*many)
    possible = [
        guess
        for guess in product(range(total + 1), repeat=3)
        if sum(guess) == total
        and all(
            guessed > 0 if seen == "c" else guessed == seen
            for guessed, seen in zip(guess, shown, strict=True)
        )
    ]

    for at, count in enumerate(many):
        if 0 < count < 5:
            assert len({guess[at] for guess in possible}) > 1
