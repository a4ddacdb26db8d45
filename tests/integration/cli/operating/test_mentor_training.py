"""`ect mentor-training load`: lines that are right are kept, and the others told."""

from __future__ import annotations

import pytest

from integration.cli.mentor_town import FINISHED, LATE, NEW, NOOR, PIONEER
from integration.cli.terminal import ect, ect_process

HEADER = "trn,early_roll_out,completed_on,timed_out_on"
LOAD = ("mentor-training", "load", "-")


def load(desk, text):
    """What loading this text comes to."""
    given = text if isinstance(text, bytes) else text.encode()
    return ect(*LOAD, stdin=given, **desk.settings)


def lines(*rows):
    """A file with these lines."""
    return "\n".join([HEADER, *rows]) + "\n"


def told(ran):
    """Line and column of every mistake."""
    return [(mistake["line"], mistake["column"]) for mistake in ran.json["mistakes"]]


def test_a_line_sets_what_is_known(desk):
    """Loading it again changes nothing."""
    text = lines(f"{NOOR},true,,", f"{NEW},false,2023-07-14,", f"{LATE},no,,2024-08-31")
    first, second = load(desk, text), load(desk, text)
    counted = {"outcome": "loaded", "mistakes": []}

    assert (first.status, first.json, first.err) == (
        0,
        {**counted, "changed": 3, "unchanged": 0},
        "",
    )
    assert second.json == {**counted, "changed": 0, "unchanged": 3}
    assert desk.one("mentors", NOOR)["training"] == "not_eligible"
    assert desk.register().json["mentor"]["training"] == "not_eligible"


def test_a_line_can_take_back_what_was_loaded(desk):
    """Each TRN is what the last file says."""
    load(desk, lines(f"{NOOR},true,,"))
    load(desk, lines(f"{NOOR},false,,"))

    assert desk.one("mentors", NOOR)["training"] == "none"


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeff{HEADER}\r\n{NOOR},TRUE,,\r\n",
        f"{HEADER.replace(',', ';')}\r\n{NOOR};TRUE;;\r\n",
        f"sep=;\r\n{HEADER.replace(',', ';')}\r\n{NOOR};Yes;;\r\n",
        "\t".join(HEADER.split(",")) + f"\r\n{NOOR}\tY\t\t\r\n",
        f'"trn","early_roll_out","completed_on","timed_out_on"\r\n"{NOOR}","yes","",""\r\n',
        f"\r\n\r\n{HEADER}\r\n\r\n,,,\r\n{NOOR},true,,\r\n ,, ,\r\n",
        f"{HEADER}\r{NOOR},true,,\r",
        f"{HEADER}\n{NOOR},true,,",
        f"{HEADER},,\n{NOOR},true,,,,\n",
        f" TRN , Early_Roll_Out ,completed_on,timed_out_on\n {NOOR} , true , , \n",
        f"timed_out_on,completed_on,early_roll_out,trn\n,,true,{NOOR}\n",
        f"{HEADER}\nRP{NOOR[:2]}/{NOOR[2:]},true,,\n",
        f"{HEADER}\n{NOOR},true,,\n{NOOR},TRUE,,\n",
        f"{HEADER}\n{NOOR},1,,\n",
        f"{HEADER}\n{NOOR},,2023-07-14,\n",
        f"{HEADER}\n'{NOOR},true,,\n",
        f"{HEADER}\n{NOOR}.0,1.0,,\n",
        f'{HEADER}\n="{NOOR}",true,,\n',
        f'{HEADER}\n"=""{NOOR}""",true,,\n',
        f"{HEADER}\n{NOOR},no,2023-07-14T00:00:00Z,\n",
        f"{HEADER}\n{NOOR},no,2023-07-14 00:00:00,\n",
        f"{HEADER}\n{NOOR},no,14/07/2023,\n",
        f"{HEADER}\n{NOOR},no,4/7/2023,\n",
    ],
    ids=[
        "byte order mark",
        "semicolons",
        "a spreadsheet's word on semicolons",
        "tabs",
        "quoted",
        "blank lines",
        "ends of lines of old",
        "no end of the last line",
        "empty columns",
        "blanks",
        "another order",
        "a TRN as people type it",
        "the same twice",
        "a number for yes",
        "only a date",
        "an apostrophe before a TRN",
        "a number with decimals",
        "a formula that is a text",
        "a formula that is a text, quoted",
        "a moment",
        "a moment of a data frame",
        "day before month",
        "day before month without zeros",
    ],
)
def test_a_file_may_look_as_spreadsheets_make_it(desk, text):
    """One line, in one spelling or another."""
    ran = load(desk, text)

    assert (ran.status, ran.json["changed"], ran.json["mistakes"]) == (0, 1, [])


def test_leading_zeros_may_have_gone(desk):
    """A spreadsheet takes a TRN for a number."""
    ran = load(desk, lines("12345,true,,", "0012345,true,,"))

    assert (ran.json["changed"], ran.json["mistakes"]) == (1, [])


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        (f"{NOOR},,,", ["early_roll_out"]),
        (f"{NOOR},maybe,,", ["early_roll_out"]),
        (f"{NOOR},2,,", ["early_roll_out"]),
        (f"{NOOR},no,07/14/2023,", ["completed_on"]),
        (f"{NOOR},no,14/07/23,", ["completed_on"]),
        (f"{NOOR},no,2023-07-13T23:00:00Z,", ["completed_on"]),
        (f"{NOOR}.5,no,,", ["trn"]),
        (f'="{NOOR}"&"",no,,', ["trn"]),
        (f"{NOOR},no,45121,", ["completed_on"]),
        (f"{NOOR},no,2023-14-07,", ["completed_on"]),
        (f"{NOOR},no,2023-02-29,", ["completed_on"]),
        (f"{NOOR},no,\u0662\u0660\u0662\u0663-07-14,", ["completed_on"]),
        (f"{NOOR},no,,1899-12-31", ["timed_out_on"]),
        (f"{NOOR},no,,2101-01-01", ["timed_out_on"]),
        ("1.23E+06,no,,", ["trn"]),
        ("1234,no,,", ["trn"]),
        (",no,,", ["trn"]),
        ("=1+1,no,,", ["trn"]),
        ("\u0661\u0662\u0663\u0664\u0665\u0666\u0667,no,,", ["trn"]),
        ("x,maybe,never,today", ["trn", "early_roll_out", "completed_on", "timed_out_on"]),
        (f"{NOOR},no,", [None]),
        (f"{NOOR},no,,,more", [None]),
        (NOOR, [None]),
        (f'"{NOOR},no,,', [None]),
        (f'{NOOR},"no"t,,', [None]),
        ("\x00,no,,", ["trn"]),
    ],
)
def test_a_line_that_is_not_right_is_left_out(desk, row, columns):
    """Told with its place and what to do; the line before and the one after are loaded."""
    ran = load(desk, lines(f"{PIONEER},false,,", row, f"{FINISHED},true,,"))

    assert (ran.status, ran.json["outcome"], ran.json["changed"]) == (2, "partly_loaded", 2)
    assert told(ran) == [(3, column) for column in columns]
    assert all(mistake["message"] for mistake in ran.json["mistakes"])
    assert (
        ran.line == "1 line was not loaded. Correct the mistakes listed, then load the file again."
    )


def test_mistakes_quote_nothing(desk):
    """Somebody may have given the wrong file."""
    ran = load(desk, lines("Ada Lovelace,1985-12-10,Countess,no"))

    assert not [word for word in ("Ada", "1985", "Countess") if word in ran.out + ran.err]


def test_nobody_knows_which_of_two_lines_is_right(desk):
    """Neither is loaded."""
    ran = load(desk, lines(f"{NOOR},true,,", f"{NEW},true,,", f"RP{NOOR},false,,"))

    assert (ran.status, ran.json["changed"], told(ran)) == (2, 1, [(2, "trn"), (4, "trn")])
    assert desk.one("mentors", NOOR)["training"] == "none"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"", 1),
        (b"\r\n\r\n", 1),
        (f"{NOOR},true,,\n", 1),
        ("trn,early_roll_out,completed_on\n", 1),
        (f"{HEADER},trn\n", 1),
        (f"\n\n{HEADER.upper()}X\n", 3),
        (f"{HEADER}\n{NOOR},true,,\n".encode() + b"\x81,no,,\n", 3),
        (f"{HEADER}\n{NOOR},true,,\n\u0142,no,,\n".encode() + b"\xe9,no,,\n", 4),
        (f"\ufeff{HEADER}\n".encode() + b"\xe9,no,,\n", 2),
        (f"{HEADER}\n{NOOR},true,,\n".encode("utf-16"), 1),
        (f"{HEADER}\n{NOOR},true,,\n".encode("utf-16-le"), 1),
        (f"{HEADER}\n{NOOR},true,,\n".encode("utf-16-be"), 1),
        (f"{HEADER}\n{NOOR},true,,\n".encode("utf-32"), 1),
        (b"PK\x03\x04\x14\x00", 1),
    ],
    ids=[
        "nothing",
        "blank lines",
        "no header",
        "a column too few",
        "a column twice",
        "another name",
        "another encoding",
        "two encodings",
        "another encoding than the mark says",
        "UTF-16",
        "UTF-16 without a mark",
        "UTF-16 without a mark, the other way round",
        "UTF-32",
        "a workbook",
    ],
)
def test_what_is_no_such_file_is_not_loaded(desk, text, line):
    """Nothing of it is."""
    ran = load(desk, text)

    assert (ran.status, ran.json["outcome"], ran.json["field"]) == (2, "invalid", f"line {line}")
    assert desk.one("mentors", NOOR)["training"] == "none"


@pytest.mark.parametrize(
    ("header", "row", "ignored"),
    [
        (f"{HEADER},born_on", f"{NOOR},true,,,1985-12-10", ["born_on"]),
        (f"Name,{HEADER},Name", f"Noor,{NOOR},true,,,Noor", ["Name"]),
        (f",{HEADER},", f"0,{NOOR},true,,,", []),
        (f"{HEADER},\x1b[2J{'x' * 100}", f"{NOOR},true,,,", [("[2J" + "x" * 100)[:50]]),
    ],
    ids=["one", "before and after", "a data frame's own", "what a terminal would obey"],
)
def test_other_columns_are_named_and_ignored(desk, header, row, ignored):
    """Nothing of what is in them is told."""
    ran = load(desk, f"{header}\n{row}\n")
    told = f"Columns that were ignored: {', '.join(ignored)}\n" if ignored else ""

    assert (ran.status, ran.json["changed"], ran.json["mistakes"]) == (0, 1, [])
    assert (ran.json.get("ignored_columns", []), ran.err) == (ignored, told)
    assert "1985" not in ran.out


def test_a_file_may_be_as_excel_saves_it(desk):
    """Letters beyond ASCII in the encoding of Windows, in a column that is not read or that is."""
    name = f"{HEADER},Name\n{NOOR},true,,,No\u00e9r\n".encode("windows-1252")
    no_number = lines("é,no,,").encode("windows-1252")

    assert (load(desk, name).status, load(desk, name).json["mistakes"]) == (0, [])
    assert told(load(desk, no_number)) == [(2, "trn")]


@pytest.mark.parametrize(
    ("beginning", "advice"),
    [
        (b"\xff\xfet\x00r\x00n\x00", "Save the file as CSV UTF-8"),
        (b"PK\x03\x04", "Save the file as CSV: this is a workbook, or a ZIP file"),
        (b"\xd0\xcf\x11\xe0", "Save the file as CSV: this is a workbook"),
    ],
)
def test_another_kind_of_file_is_told_what_to_save(desk, beginning, advice):
    """In words that a spreadsheet has in its menu."""
    assert load(desk, beginning).json["message"] == advice


def test_a_header_alone_changes_nothing(desk):
    """And is right."""
    assert (load(desk, HEADER).status, load(desk, HEADER).json["changed"]) == (0, 0)


def test_thousands_of_lines_are_loaded_in_parts(desk):
    """More than go into one transaction."""
    rows = [f"{3_000_000 + number},no,2023-07-14," for number in range(1_201)]
    ran = load(desk, lines(*rows))
    again = load(desk, lines(*rows, f"{NOOR},true,,"))

    assert (ran.json["changed"], again.json["changed"], again.json["unchanged"]) == (
        1_201,
        1,
        1_201,
    )


def test_a_huge_cell_is_a_mistake_like_any_other(desk):
    """Nothing breaks on it."""
    ran = load(desk, lines("1" * 200_000 + ",no,,", f"{NOOR},true,,"))

    assert (ran.status, ran.json["changed"], [line for line, _ in told(ran)]) == (2, 1, [2])


def test_a_file_on_disk_will_do_as_well(desk, tmp_path):
    """Through the installed command."""
    file = tmp_path / "history.csv"
    file.write_text(lines(f"{NOOR},true,,"), encoding="utf-8")
    ran = ect_process("mentor-training", "load", str(file), **desk.settings)

    assert (ran.status, ran.json["changed"]) == (0, 1)


def test_without_a_database_nothing_is_loaded(desk):
    """Exit status 3."""
    gone = desk.settings | {"ECT_DATABASE_URL": "sqlite:////no/such/ect.db"}
    ran = ect(*LOAD, stdin=lines(f"{NOOR},true,,").encode(), **gone)

    assert (ran.status, ran.json["outcome"]) == (3, "unavailable")
