"""The published table: its columns, places and counts."""

from __future__ import annotations

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.training import Programme
from ect_registration.domain.statistics.counting import Area, CountedEct
from ect_registration.domain.statistics.publication import COLUMNS, published

LONDON = Area("London", "E12000007", "Camden", "202", "E09000007")
LEEDS = Area("Yorkshire and the Humber", "E12000003", "Leeds", "383", "E08000035")
NOWHERE = Area()

YEAR = AcademicYear(2025)


def an_ect(area=LONDON, mentors=(), **changes):
    """Return a provider-led ECT who works full time."""
    values = {"programme": Programme.PROVIDER_LED, "working_pattern": WorkingPattern.FULL_TIME}
    return CountedEct(area, mentors=frozenset(mentors), **(values | changes))


def rows_of(ects, *areas):
    """Return the rows, with one school in each area."""
    return published(YEAR, ects, dict.fromkeys(areas or (LONDON, LEEDS), 1))


def the_row(rows, place="", programme="Total", pattern="Total"):
    """Return the row of a local authority or region by name; without one, of the country."""
    (row,) = (
        row
        for row in rows
        if (row["la_name"] or row["region_name"]) == place
        and (row["programme"], row["working_pattern"]) == (programme, pattern)
    )
    return row


def test_columns_are_those_of_the_published_form():
    """In this order, for every place, programme and working pattern."""
    rows = rows_of([])

    assert {tuple(row) for row in rows} == {COLUMNS}
    assert len(rows) == (1 + 2 + 2) * 4 * 4
    assert [row["geographic_level"] for row in rows[::16]] == [
        "National",
        "Regional",
        "Regional",
        "Local authority",
        "Local authority",
    ]


def test_a_place_has_its_codes_and_names():
    """Those of the places that contain it as well; what it lacks is empty."""
    rows = rows_of([])
    columns = COLUMNS[2:10]

    assert [the_row(rows)[column] for column in columns] == [
        *("National", "E92000001", "England", "", "", "", "", "")
    ]
    assert [the_row(rows, "London")[column] for column in columns] == [
        *("Regional", "E92000001", "England", "E12000007", "London", "", "", "")
    ]
    assert [the_row(rows, "Leeds")[column] for column in columns] == [
        *("Local authority", "E92000001", "England", "E12000003", "Yorkshire and the Humber"),
        *("E08000035", "383", "Leeds"),
    ]


def test_a_year_is_written_as_one_number():
    """As in other statistics of the Department for Education."""
    turn = published(AcademicYear(1999), [], {LONDON: 1})

    assert {row["time_period"] for row in rows_of([])} == {"202526"}
    assert {row["time_period"] for row in turn} == {"199900"}
    assert {row["time_identifier"] for row in turn} == {"Academic year"}


def test_everybody_counts_in_every_total():
    """A mentor of several ECTs counts once wherever they are counted."""
    ects = [an_ect(mentors=["1", "2"]) for _ in range(6)]
    ects += [an_ect(LEEDS, mentors=[str(number)]) for number in range(1, 8)]
    ects += [an_ect(LEEDS) for _ in range(9)]
    row = the_row(rows_of(ects))

    assert (row["ect_count"], row["ects_with_mentor_count"], row["mentor_count"]) == (22, 13, 7)


def test_what_is_not_known_is_counted_as_such():
    """Records brought in may lack a programme or a working pattern, schools an authority."""
    ects = [an_ect(NOWHERE, programme=None, working_pattern=None) for _ in range(5)]
    rows = rows_of(ects, LONDON, NOWHERE)
    region, authority = (
        row
        for row in rows
        if row["region_name"] == "Not known"
        and (row["programme"], row["working_pattern"]) == ("Not known", "Not known")
    )

    assert (region["geographic_level"], region["ect_count"]) == ("Regional", 5)
    assert (authority["la_name"], authority["ect_count"]) == ("Not known", 5)
    assert the_row(rows, programme="Not known")["ect_count"] == 5
    assert the_row(rows, pattern="Full time")["ect_count"] == 0


def test_a_local_authority_is_one_place_whatever_single_schools_say():
    """Most of its schools are right about its name and region; without a code its name counts."""
    stale = Area("London", "E12000007", "Leeds City", "383", None)
    by_name = Area("London", "E12000007", "Brent", None, None)
    rows = published(YEAR, [an_ect(stale)] * 5, {LEEDS: 9, stale: 1, by_name: 1})

    assert [row["la_name"] for row in rows[::16] if row["la_name"]] == ["Leeds", "Brent"]
    assert the_row(rows, "Leeds")["ect_count"] == 5
    assert the_row(rows, "London")["ect_count"] == 0
