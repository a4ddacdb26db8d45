"""Registering the ECTs of a file: what is done, what is told, and what is left."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from integration.cli.simulators import simulator
from integration.cli.terminal import ect
from integration.cli.town import (
    BORN,
    CLOSED,
    LEAVER,
    MAYA,
    MERGED,
    NEWCOMER,
    NUMBERS,
    OMAR,
    PASSED,
    RETAINED,
    SECRETS,
    UNKNOWN,
    a_registration,
)

KEYS = list(a_registration())
NONE_OF_ANY = {
    "rows": 0,
    "registered": 0,
    "done_before": 0,
    "refused": 0,
    "needs": 0,
    "invalid": 0,
    "unavailable": 0,
}
NEW = [{"trn": MAYA}, {"trn": LEAVER}, {"trn": MERGED}]


def a_row(**changes):
    """A row of somebody at the newcomer's, in a spreadsheet's words."""
    trn = changes.get("trn", MAYA)
    row = a_registration(trn=trn, email=f"{trn}@example.org", reuse_previous_choices="") | changes
    return {key: "" if value is None else value for key, value in row.items()}


def a_file(*rows, keys=KEYS, **writing):
    """A CSV file, as bytes."""
    text = io.StringIO()
    writer = csv.DictWriter(text, keys, extrasaction="ignore", **writing)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def register(settings, text, *options):
    """Register the ECTs of a file that comes on standard input."""
    return ect("bulk", "register-ects", "-", *options, stdin=text, **settings)


def counts(rows, **those):
    """What is counted."""
    return NONE_OF_ANY | {"rows": rows} | those


def report_in(path: Path):
    """The rows of a report."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


def at(settings, school):
    """The TRNs of the ECTs of a school."""
    listed = ect("ects", "--school", school, "--format", "json", **settings).json
    return sorted(row["trn"] for row in listed)


def test_each_row_is_registered_or_refused_on_its_own(settings, tmp_path):
    """Standard output counts; the report says of each row that is left what is the matter."""
    report = tmp_path / "report.csv"
    text = a_file(
        a_row(),
        a_row(trn=PASSED),
        a_row(trn=LEAVER, working_pattern=""),
        a_row(trn=RETAINED, email="not an address"),
        a_row(trn=OMAR, school=CLOSED),
        a_row(trn=UNKNOWN),
    )
    ran = register(settings, text, "--report", str(report))

    assert (ran.status, ran.json) == (1, counts(6, registered=1, refused=3, needs=1, invalid=1))
    assert [
        (row["row"], row["trn"], row["outcome"], row["rule"], row["field"], row["trs_name"])
        for row in report_in(report)
    ] == [
        ("3", PASSED, "refused", "induction-passed", "", "Maya Okonkwo"),
        ("4", LEAVER, "needs", "working-pattern", "working_pattern", "Lena Vance"),
        ("5", RETAINED, "invalid", "email-format", "email", ""),
        ("6", OMAR, "refused", "school-cannot-register", "", ""),
        ("7", UNKNOWN, "refused", "trn-not-found", "", ""),
    ]
    assert at(settings, NEWCOMER) == [MAYA]


def in_lines(*rows):
    """A file of JSON lines, as bytes."""
    return "".join(f"{json.dumps(row)}\n" for row in rows).encode()


def test_json_lines_are_registered_as_csv_is(settings, tmp_path):
    """Keys that a line has no use for may be left out, and the report has lines too."""
    report = tmp_path / "report.jsonl"
    row = {key: value for key, value in a_registration(trn=MAYA).items() if value is not None}
    wrong = a_row(trn=LEAVER, working_pattern=None)
    ran = register(settings, in_lines(row, wrong), "--report", str(report))
    told = [json.loads(line) for line in report.read_text("utf-8").splitlines()]

    assert (ran.status, ran.json) == (1, counts(2, registered=1, needs=1))
    assert [(each["row"], each["trn"], each["rule"]) for each in told] == [
        (2, LEAVER, "working-pattern")
    ]
    assert at(settings, NEWCOMER) == [MAYA]


@pytest.mark.parametrize(
    ("lines", "row", "says"),
    [
        (b'{"school": "100001"}\n[]\n', 2, "Give one JSON object in each line"),
        (b'{"school": "100001"', 1, "Give one JSON object in each line"),
        (b'{"a":' * 30_000, 1, "Give one JSON object in each line"),
        (b'{"school": "1", "shoe_size": 9}', 1, "This key is not known: shoe_size"),
        (b'{"trn": "1", "trn": "2"}', 1, "Give trn once"),
        (b'{"email": {"at": 1}}', 1, "Give email as text"),
        (b'{"email": "a\\u0000"}', 1, "Give email as text"),
        (b'{"email": "\\ud800"}', 1, "Give email as text"),
    ],
    ids=["no object", "cut off", "too long", "unknown", "twice", "nested", "NUL", "half"],
)
def test_json_lines_that_are_not_right_do_nothing(settings, lines, row, says):
    """Told with the line."""
    ran = register(settings, lines)

    assert (ran.status, ran.json["field"]) == (2, f"row {row}")
    assert ran.json["message"].startswith(says)


def test_given_again_a_file_registers_nobody_twice(settings):
    """What was done before is counted as such, and all is well."""
    text = a_file(*(a_row(**each) for each in NEW))
    first, again = register(settings, text), register(settings, text)

    assert (first.status, first.json) == (0, counts(3, registered=3))
    assert (again.status, again.json) == (0, counts(3, done_before=3))
    assert at(settings, NEWCOMER) == sorted([MAYA, LEAVER, RETAINED])


def test_a_dry_run_saves_nothing(settings, tmp_path):
    """It counts and reports what would happen."""
    report = tmp_path / "report.csv"
    text = a_file(a_row(), a_row(trn=LEAVER, email=f"{MAYA}@example.org"))
    ran = register(settings, text, "--dry-run", "--report", str(report))

    assert ran.json == counts(2, registered=1, refused=1) | {"dry_run": True}
    assert [row["rule"] for row in report_in(report)] == ["email-in-use"]
    assert at(settings, NEWCOMER) == []


SPELLINGS = {
    "as it is": {},
    "British dates": {"date_of_birth": "23/11/1997", "start_date": "01/09/2025"},
    "decimal": {"trn": f"{MAYA}.0", "school": f"{NEWCOMER}.0"},
    "an apostrophe before a number": {"trn": f"'{MAYA}"},
    "a formula": {"trn": f'="{MAYA}"'},
    "midnight": {"start_date": "2025-09-01 00:00:00"},
    "blanks": {"email": f" {MAYA}@example.org ", "programme": " provider_led "},
    "no to reusing": {"reuse_previous_choices": "FALSE"},
    "a number instead of the day": {
        "date_of_birth": "1992-04-24",
        "national_insurance_number": NUMBERS[MAYA],
    },
}


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_cells_are_read_as_spreadsheets_write_them(settings, spelling):
    """Each of these is the same row."""
    row = a_row() | {"email": f"{MAYA}@example.org"} | spelling
    ran = register(settings, a_file(row))

    assert (ran.status, ran.json) == (0, counts(1, registered=1))
    assert at(settings, NEWCOMER) == [MAYA]


@pytest.mark.parametrize(
    "reshaped",
    [
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.replace(b"Hall", "Höll".encode("windows-1252")),
        lambda text: b"sep=,\r\n" + text,
        lambda text: text.replace(b"\r\n", b"\n"),
        lambda text: text.replace(b",", b";"),
        lambda text: text + b",,,,,,,,,,,\r\n\r\n",
        lambda text: text.replace(b"school,trn", b"School, TRN "),
    ],
    ids=["BOM", "Windows-1252", "delimiter line", "LF", "semicolons", "blank rows", "capitals"],
)
def test_files_are_read_as_spreadsheets_save_them(settings, reshaped):
    """Marks, encodings, delimiters and ends of lines may differ; so may the case of the header."""
    text = a_file(a_row(corrected_name="Maya Okonkwo-Hall"))
    ran = register(settings, reshaped(text))

    assert (ran.status, ran.json) == (0, counts(1, registered=1))


def test_columns_may_come_in_any_order_and_some_may_be_left_out(settings):
    """Without a column nothing is given under its key."""
    left_out = {"national_insurance_number", "corrected_name", "reuse_previous_choices"}
    keys = sorted(set(KEYS) - left_out)
    ran = register(settings, a_file(a_row(), keys=keys))

    assert ran.json == counts(1, registered=1)


def test_a_report_names_forms_of_dates_that_are_read(settings, tmp_path):
    """As they are to be written in the file, and not as words."""
    report = tmp_path / "report.csv"
    register(settings, a_file(a_row(start_date="1 September 2025")), "--report", str(report))
    [row] = report_in(report)

    assert row["message"].startswith("Give a date as 2023-07-14 or 14/07/2023, day before month")


def test_a_row_is_numbered_as_in_a_spreadsheet(settings, tmp_path):
    """Blank rows count, and a cell over two lines is in one row."""
    report = tmp_path / "report.csv"
    text = a_file(a_row(corrected_name="Maya\nOkonkwo"), a_row(trn=PASSED))
    head, rest = text.split(b"\r\n", 1)
    register(settings, head + b"\r\n\r\n" + rest, "--report", str(report))

    assert [row["row"] for row in report_in(report)] == ["4"]


UNUSABLE = {
    "nothing": (b"", "row 1", "The file is empty"),
    "a header alone": (a_file(), "row 1", "no rows"),
    "a column missing": (
        a_file(a_row(), keys=[key for key in KEYS if key != "email"]),
        "row 1",
        "Columns are missing: email.",
    ),
    "a column not known": (a_file(a_row(), keys=[*KEYS, "shoe_size"]), "row 1", "shoe_size"),
    "a column twice": (
        a_file(a_row()).replace(b"corrected_name", b"email"),
        "row 1",
        "more than once: email",
    ),
    "a TRN twice": (a_file(a_row(), a_row(trn=f"'{MAYA}")), "row 3", "in row 2 too"),
    "half a quotation": (a_file(a_row()) + b'"100002,', "row 3", "quotation marks"),
    "too few cells": (a_file(a_row()) + b"100002,1000002\r\n", "row 3", "Give 12 values"),
    "too many cells": (a_file(a_row()).rstrip() + b",more\r\n", "row 2", "Give 12 values"),
    "UTF-16": (a_file(a_row()).decode().encode("utf-16"), "row 1", "CSV UTF-8"),
    "a workbook": (b"PK\x03\x04rest", "row 1", "workbook"),
    "a NUL": (a_file(a_row()).replace(b"full_time", b"full\0time"), "row 1", "CSV UTF-8"),
    "neither encoding": (a_file(a_row()) + b"\x81\x8d", "row 3", "CSV UTF-8"),
    "too many rows": (
        a_file(*(a_row(trn=f"{3_000_000 + n}") for n in range(50_001))),
        "row 50002",
        "at most 50,000 rows",
    ),
}


@pytest.mark.parametrize(("text", "place", "says"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_file_that_cannot_be_used_does_nothing(settings, text, place, says):
    """The place is told, and what to do; not even rows that are right are registered."""
    ran = register(settings, text)

    assert (ran.status, ran.json["outcome"], ran.json["field"]) == (2, "invalid", place)
    assert says in ran.json["message"]
    assert at(settings, NEWCOMER) == []


def test_a_huge_file_is_refused(settings):
    """It is not read to its end."""
    ran = register(settings, b"x" * 25_000_001)

    assert ran.status == 2
    assert "divide it" in ran.json["message"]


@pytest.mark.parametrize("written", [a_file, lambda row: in_lines({v: k for k, v in row.items()})])
def test_a_file_without_names_of_columns_tells_no_secret(settings, written):
    """Its first row stands where they should be, or values where keys should."""
    row = a_row(national_insurance_number="JK246810B")
    text = written(row)
    ran = register(settings, text.partition(b"\r\n")[2] or text)

    assert (ran.status, ran.json["field"]) == (2, "row 1")
    assert not [secret for secret in (row["date_of_birth"], "JK246810B") if secret in ran.out]


def test_a_secret_in_the_wrong_column_is_told_nowhere(settings, tmp_path):
    """A report shows a TRN and a URN, and nothing else that was typed."""
    report = tmp_path / "report.csv"
    moved = a_row(trn=BORN[MAYA], school=NUMBERS[MAYA], date_of_birth=NUMBERS[MAYA])
    ran = register(settings, a_file(moved), "--report", str(report))

    assert ran.json == counts(1, invalid=1)
    assert [(row["school"], row["trn"]) for row in report_in(report)] == [("", "")]
    assert not any(secret in report.read_text() for secret in SECRETS)


def test_without_a_report_the_rows_are_told(settings):
    """The first of them, and that there may be a report."""
    ran = register(settings, a_file(a_row(trn=PASSED)))

    row, advice = ran.err.splitlines()

    assert row.startswith("Row 2: induction-passed: ")
    assert advice == (
        "1 row is not registered. Correct the file, then give it again: no one is registered "
        "twice. --report FILE writes all of them."
    )


@pytest.mark.parametrize("name", ["no/such/folder.csv", "."])
def test_a_report_that_cannot_be_written_stops_before_anything_is_done(settings, tmp_path, name):
    """It would be missed at the end of a long run."""
    ran = register(settings, a_file(a_row()), "--report", str(tmp_path / name))

    assert ran.status == 2
    assert at(settings, NEWCOMER) == []


def test_a_report_never_takes_the_place_of_the_file(settings, tmp_path):
    """The file is what is to be corrected."""
    file = tmp_path / "september.csv"
    file.write_bytes(a_file(a_row(trn=PASSED)))
    before = file.read_bytes()
    ran = ect("bulk", "register-ects", str(file), "--report", str(file), **settings)

    assert (ran.status, file.read_bytes()) == (2, before)


def test_trs_out_of_reach_stops_the_run(settings, tmp_path):
    """Rows that were right are reported as unavailable, with exit status 3."""
    report = tmp_path / "report.csv"
    away = {"ECT_TRS_URL": "http://127.0.0.1:9", "ECT_TRS_API_KEY": "simulator-key"}
    text = a_file(a_row(), a_row(trn=OMAR, email="no"))
    ran = register(settings | away, text, "--report", str(report))

    assert (ran.status, ran.json) == (3, counts(2, unavailable=1, invalid=1))
    assert [row["rule"] for row in report_in(report)] == ["trs-unavailable", "email-format"]


def test_over_http_many_are_found_in_one_call(settings, town):
    """Who was merged or gave another date is asked for alone."""
    with simulator(town) as simulated:
        ran = register(settings | simulated.settings, a_file(*(a_row(**each) for each in NEW)))
        calls = simulated.calls

    assert ran.json == counts(3, registered=3)
    assert calls == {"find": 1, "person": 2}


def test_nothing_of_the_file_is_kept(settings, tmp_path):
    """The database holds what was registered, and no second fact in any form."""
    register(settings, a_file(*(a_row(**each) for each in NEW)))
    database = Path(settings["ECT_DATABASE_URL"].removeprefix("sqlite:///"))
    kept = b"".join(path.read_bytes() for path in database.parent.glob("ect.db*"))

    assert not any(secret.encode() in kept for secret in SECRETS)


def test_a_run_without_a_database_says_what_to_do(settings, tmp_path):
    """Before anything is asked of TRS."""
    nowhere = settings | {"ECT_DATABASE_URL": f"sqlite:///{tmp_path / 'none.db'}"}
    ran = register(nowhere, a_file(a_row()))

    assert (ran.status, ran.json["outcome"], ran.json["rows"]) == (3, "unavailable", 1)


def test_history_says_who_gave_the_file(settings):
    """Each registration stands in history as one."""
    register(settings, a_file(a_row()))
    history = ect("person", MAYA, "--history", "--format", "json", **settings).json

    assert [(line["what"], line["actor"].partition(":")[0]) for line in history] == [
        ("ect-registered", "operator")
    ]


def test_whoever_gives_a_file_in_production_gives_a_name(settings):
    """A dry run writes nothing, and needs none."""
    production = settings | {"ECT_ENV": "production"}
    ran = register(production, a_file(a_row()))

    assert (ran.status, "operator-is-named" in ran.err) == (2, True)


def test_history_has_the_name_that_was_given(settings):
    """It stands in history beside the account."""
    register(settings, a_file(a_row()), "--as", "Rosa Lind")
    [line] = ect("person", MAYA, "--history", "--format", "json", **settings).json

    assert line["actor"].startswith("operator:Rosa Lind (")
