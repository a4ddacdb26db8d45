"""`ect statistics`: the published form."""

from __future__ import annotations

import csv
import io

import pytest

from ect_registration.domain.statistics.funding import COLUMNS as FUNDING_COLUMNS
from ect_registration.domain.statistics.publication import COLUMNS
from integration.cli.terminal import ect


def rows_of(ran):
    """The rows of a CSV file, after its header."""
    return list(csv.DictReader(io.StringIO(ran.out)))


def test_the_published_form_is_csv(settings):
    """Every place, programme and working pattern, with nothing else on standard output."""
    ran = ect("statistics", **settings)
    rows = rows_of(ran)

    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[0].split(",") == list(COLUMNS)
    assert {row["time_period"] for row in rows} == {"202526"}
    assert len(rows) == 3 * 16  # the country, and schools whose region is not known


def test_a_small_count_is_suppressed(settings):
    """The town registered two ECTs in 2024."""
    ran = ect("statistics", "--year", "2024", "--format", "json", **settings)

    assert {row["time_period"] for row in ran.json} == {"202425"}
    assert ran.json[0]["ect_count"] == "c"
    assert {row["ect_count"] for row in ran.json} == {"c", 0}


@pytest.mark.parametrize("year", ["0", "202", "2101"])
def test_a_year_that_is_none_is_refused(settings, year):
    """In one line, before the database is looked at: no period of statistics has its name."""
    ran = ect("statistics", "--year", year, **settings)

    assert (ran.status, ran.out) == (2, "")
    assert "--year" in ran.err


def test_eligibility_for_funding_is_a_table_of_its_own(settings):
    """Of England; what the other table suppresses is suppressed in it."""
    ran = ect("statistics", "--funding", "--year", "2024", **settings)
    rows = rows_of(ran)

    assert (ran.status, ran.err) == (0, "")
    assert list(rows[0]) == list(FUNDING_COLUMNS)
    assert [row["eligible_for_funding"] for row in rows] == ["Total", "Yes", "No", "Not known"]
    assert {row["ect_count"] for row in rows} <= {"c", "0"}
