from __future__ import annotations

import csv
from datetime import date

import pytest

from builders import HUB, LEAD_PROVIDER, a_mentor, a_mentorship, a_registration, a_training
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.training import ProgrammeChoices
from integration.web.school import OTHER_URN, School, somebody

LEFT = Period(date(2024, 9, 1), date(2025, 7, 18))
COLUMNS = [
    "Name", "TRN", "Email address", "Status", "Start date", "Last day", "Working pattern",
    "Expected training start year", "Programme", "Training", "Lead provider", "Delivery partner",
    "Appropriate body", "Mentor", "Days without a mentor",
]  # fmt: skip


@pytest.fixture
def school() -> School:
    """Nobody is registered yet."""
    return School.of()


def _rows(school, query="", **user):
    answer = school.user(**user).get(f"/school/ects.csv{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(answer.get_data().decode("utf-8-sig").splitlines()))


def test_the_file_has_everything_about_each_ect(school):
    """In words, with days that spreadsheets understand."""
    mentor = school.has_mentor(a_mentor())
    ect = somebody(1, "Zoë Çelik", trainings=(a_training(),), mentorships=(a_mentorship(mentor),))
    school.has(ect)

    assert [list(row) for row in _rows(school)] == [COLUMNS]
    assert [list(row.values()) for row in _rows(school)] == [
        [
            "Zoë Çelik", "3000001", "ect1@example.org", "Registered", "2025-09-01", "",
            "Full time", "2025 to 2026", "Provider-led",
            "Waiting for the lead provider to confirm", LEAD_PROVIDER, "", HUB, "Joan Thackeray",
            "",
        ]
    ]  # fmt: skip


def test_what_is_not_known_is_empty(school):
    """For whoever counts."""
    unknown = a_registration(choices=ProgrammeChoices(None, None))
    school.has(somebody(1, registration=unknown, working_pattern=None, period=LEFT))
    [row] = _rows(school)

    assert (row["Status"], row["Last day"]) == ("Left", "2025-07-18")
    assert {row[column] for column in [*COLUMNS[8:], "Working pattern"]} == {""}


def test_the_file_has_all_pages(school):
    """In the order of the page."""
    school.has(*(somebody(number) for number in range(1, 46)))

    assert [row["Name"] for row in _rows(school, "?page=2")] == [
        f"Teacher {number:03}" for number in range(1, 46)
    ]


def test_an_address_that_is_not_known_is_an_empty_cell(school):
    """As whatever else is not known of a record brought in."""
    school.has(somebody(1, email=None))

    assert [row["Email address"] for row in _rows(school)] == [""]


def test_the_file_follows_search_and_filter(school):
    """What is on the pages is in the file."""
    school.has(somebody(1, "Leda Left", period=LEFT), somebody(2, "Leda Here"), somebody(3))

    assert [row["Name"] for row in _rows(school, "?search=leda&status=left")] == ["Leda Left"]
    assert len(_rows(school, "?search=leda")) == 2
    assert _rows(school, "?search=nobody") == []


def test_the_file_is_the_schools_own(school):
    """Nobody else's ECTs are in it."""
    school.has(somebody(1), somebody(2, school=OTHER_URN))

    assert [row["TRN"] for row in _rows(school, urn=OTHER_URN)] == ["3000002"]


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"])  # noqa: RUF001
def test_nothing_in_the_file_is_a_formula(school, begins):
    """A spreadsheet shows a name that looks like one, and does not run it."""
    name = f"{begins}HYPERLINK(A1)"
    school.has(somebody(1, name))

    assert _rows(school)[0]["Name"] == f"'{name}"


def test_nothing_in_the_file_steers_a_terminal_or_reorders_text(school):
    """Names that were kept before they were looked at can hold such characters."""
    school.has(somebody(1, "As\x1b[2Jha \u202eMar\x9blowe"))

    assert _rows(school)[0]["Name"] == "As[2Jha Marlowe"


def test_the_file_is_kept_under_a_name(school):
    """It says whose it is and of which day, browsers do not show it, and nobody keeps a copy."""
    answer = school.user().get("/school/ects.csv")

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert (
        answer.headers["Content-Disposition"] == "attachment; filename=ects-100001-2025-09-10.csv"
    )
    assert answer.headers["Cache-Control"] == "no-store"
