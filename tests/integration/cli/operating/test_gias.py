"""`ect gias import` and `ect schools`: what Get Information About Schools publishes, as files."""

from __future__ import annotations

import pytest

from integration.cli.gias_files import HEADER, LINKS, closed, school, table
from integration.cli.terminal import ect
from integration.cli.town import NEWCOMER, PARTNER, PROVIDER, VETERAN, a_registration

NEW, OTHER = "200001", "200002"


@pytest.fixture
def gias(settings, tmp_path):
    """The import of some rows and links."""

    def run(rows, links=(), *options, **more):
        extract, linked = tmp_path / "extract.csv", tmp_path / "links.csv"
        given = rows if isinstance(rows, bytes) else table(HEADER, rows)
        extract.write_bytes(given)
        linked.write_bytes(
            table(LINKS, (dict(zip(LINKS, link, strict=False)) for link in links or ()))
        )
        with_links = () if links is None else ("--links", str(linked))
        return ect("gias", "import", str(extract), *with_links, *options, **(settings | more))

    return run


def shown(settings, urn):
    """A school as reference data has it."""
    ran = ect("reference", "show", "schools", urn, "--format", "json", **settings)
    return ran.json[0] if ran.status == 0 else None


def test_a_school_is_as_it_is_published(gias, settings):
    """By the names of the columns, in Windows-1252; nothing of people is kept or shown."""
    ran = gias([school(NEW)], (), "--format", "json")

    assert ran.status == 0
    assert shown(settings, NEW) == {
        "urn": NEW,
        "name": f"St Éloi’s {NEW}",
        "type": "state_funded",
        "section_41": False,
        "status": "open",
        "in_england": True,
        "opened_on": "1998-09-01",
        "closed_on": None,
        "local_authority": "City of Amberton",
        "region": "London",
        "phase": None,
        "la_code": "201",
        "new_la_code": "E09000001",
        "ukprn": None,
    }
    assert ran.json["counts"]["added"] == 1
    assert "Secretive" not in ran.out + ran.err


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_a_second_import_has_no_difference(gias, form):
    """In every format."""
    gias([school(NEW)])
    ran = gias([school(NEW)], (), "--format", form)

    assert (ran.status, NEW in ran.out) == (0, False)
    if form == "json":
        assert (ran.json["difference"], ran.json["counts"]["unchanged"]) == ([], 1)
    else:
        assert "Unchanged: 1" in ran.err


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"type": "Other independent special school"}, {"type": "independent"}),
        (
            {"type": "Other independent school", "Section41Approved (name)": "APPROVED"},
            {"type": "independent", "section_41": True},
        ),
        ({"type": "Welsh establishment"}, {"type": "not_eligible", "in_england": False}),
        ({"status": "Open, but proposed to close"}, {"status": "proposed_to_close"}),
        ({"OpenDate": "01/09/2014"}, {"opened_on": "2014-09-01"}),
        ({"OpenDate": " "}, {"opened_on": None}),
        ({"EstablishmentName": 'The "Little"  School, A'}, {"name": 'The "Little" School, A'}),
    ],
)
def test_what_is_published_is_read_as_it_is_meant(gias, settings, changes, found):
    """Types, states and dates in both orders of years."""
    gias([school(NEW, **changes)])
    row = shown(settings, NEW)

    assert {name: row[name] for name in found} == found


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (school("12"), "URN, 5 to 7 digits"),
        (school(NEW, status="Unheard of"), "There is no status Unheard of"),
        (school(NEW, OpenDate="31-02-2020"), "not a day like 31-08-2025"),
        (school(NEW, CloseDate="12-31-2020"), "not a day like 31-08-2025"),
        (school(NEW, EstablishmentName=" "), "It has no name"),
        (school(NEW, EstablishmentName="x" * 201), "more than 200 characters"),
    ],
)
def test_a_row_that_is_wrong_is_left_out_and_listed(gias, settings, row, reason):
    """The others are imported."""
    ran = gias([row, school(OTHER)], (), "--format", "json")
    [left] = ran.json["left_for_people"]

    assert (ran.status, reason in left["reason"], "Row 2" in left["reason"]) == (0, True, True)
    assert shown(settings, OTHER) is not None
    assert shown(settings, NEW) is None


def test_rows_in_pieces_twice_and_of_a_new_kind_are_listed(gias):
    """A file that was cut off says so at its end."""
    text = table(HEADER, [school(NEW, type="Space school"), school(NEW), school(OTHER)])
    ran = gias(text[:-40], (), "--format", "json")
    reasons = [left["reason"] for left in ran.json["left_for_people"]]

    assert reasons == [
        "Its type is not known, so it cannot register: Space school",
        "Row 3: another row has this URN. The first one counts",
        "Row 4: its values do not fit the header",
    ]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        (b"", "columns are missing: URN"),
        (b"URN,EstablishmentName\n", "columns are missing: TypeOfEstablishment (name)"),
        (table((*HEADER, "URN"), []), "columns are there twice: URN"),
        ("URN".encode("utf-16"), "save the file as CSV UTF-8"),
        (table(HEADER, [school(NEW, EstablishmentName="x" * 200_000)]), "cannot be read"),
    ],
)
def test_a_file_that_is_no_extract_changes_nothing(gias, settings, text, advice):
    """Exit status 2, and what to do."""
    before = ect("reference", "export", "schools", **settings).out
    ran = gias(text)

    assert (ran.status, ran.out, advice in ran.err) == (2, "", True)
    assert ect("reference", "export", "schools", **settings).out == before


def test_a_file_of_which_nothing_is_right_is_no_extract(gias, settings):
    """It stops, before it has listed millions of rows."""
    before = ect("reference", "export", "schools", **settings).out
    ran = gias(table(HEADER, []) + b"no,row\r\n" * 10_001)

    assert (ran.status, "10,000 rows are not right" in ran.err) == (2, True)
    assert ect("reference", "export", "schools", **settings).out == before


def test_a_file_in_utf_8_is_read_too(gias, settings):
    """With a byte order mark."""
    gias(table(HEADER, [school(NEW)], "utf-8-sig"))

    assert shown(settings, NEW)["name"] == f"St Éloi’s {NEW}"


def _registered(settings):
    """Maya, at a school with a partnership."""
    document = {"school": NEWCOMER, "lead_provider": PROVIDER, "delivery_partner": PARTNER}
    ect("partnerships", "report", "--from", "-", stdin=document | {"year": 2025}, **settings)
    ran = ect("register-ect", "--from", "-", stdin=a_registration(), **settings)
    assert ran.status == 0
    return ran.json["ect"]["id"]


def _ids(settings, urn):
    return [row["id"] for row in ect("ects", "--school", urn, "--format", "json", **settings).json]


def test_a_school_that_was_replaced_has_its_records_at_the_successor(gias, settings):
    """Guarantees and history hold; a second run changes nothing."""
    id = _registered(settings)
    given = ([closed(NEWCOMER), school(NEW)], [(NEWCOMER, NEW, "", "Successor")], "--yes")
    looked_at = gias(*given, "--dry-run", "--format", "json")
    ran = gias(*given, "--format", "json")
    again = gias(*given, "--format", "json")

    assert looked_at.json == ran.json
    assert (ran.json["counts"]["moved"], ran.json["left_for_people"]) == (1, [])
    assert again.json["difference"] == []
    assert (_ids(settings, NEWCOMER), _ids(settings, NEW)) == ([], [id])
    found = ect("find", NEWCOMER, "--format", "json", **settings).json
    assert [row["urn"] for row in found] == [NEWCOMER, NEW]
    assert ect("db", "check", **settings).status == 0
    assert ect("history", "verify", **settings).status == 0


def test_an_import_that_closes_many_schools_stops(gias, settings):
    """Until it is given --yes."""
    ran = gias([closed(NEWCOMER), closed(VETERAN)])

    assert (ran.status, ran.out) == (1, "")
    assert "2 of 2 schools" in ran.err
    assert "--yes" in ran.err
    assert shown(settings, NEWCOMER)["status"] == "open"


def test_a_school_without_a_successor_ends_60_days_after_it_closed(gias, settings):
    """Until then it is left for people; without links nothing is known of successors."""
    _registered(settings)
    rows = [closed(NEWCOMER, "02-09-2025")]
    without = gias(rows, None, "--yes", "--format", "json")
    waiting = gias(rows, (), "--format", "json")
    ended = gias(rows, (), "--format", "json", ECT_TODAY="2025-11-01")
    [row] = ect("ects", "--school", NEWCOMER, "--format", "json", **settings).json

    assert "Give --links" in without.json["left_for_people"][0]["reason"]
    assert "ends on 2025-11-01" in waiting.json["left_for_people"][0]["reason"]
    assert (ended.json["counts"]["ended"], row["finished_on"]) == (1, "2025-09-02")
    assert ect("db", "check", **settings).status == 0


def test_a_school_is_ended_and_moved_by_hand(gias, settings):
    """What cannot be decided from the files; a dry run changes nothing."""
    id = _registered(settings)
    gias([closed(NEWCOMER, ""), school(NEW)], (), "--yes")
    end = ("schools", "end", NEWCOMER, "--on", "2025-09-05")
    move = ("schools", "move", "--from", NEWCOMER, "--to", NEW)

    assert ect(*end, "--dry-run", **settings).json == {
        "outcome": "ended", "people": 1, "dry_run": True
    }  # fmt: skip
    assert ect(*end, **settings).json == {"outcome": "ended", "people": 1}
    assert ect(*move, "--dry-run", **settings).json["dry_run"] is True
    moved = ect(*move, **settings)
    [row] = ect("ects", "--school", NEW, "--format", "json", **settings).json

    assert (moved.json["ects"], moved.json["partnerships"]) == (1, 1)
    assert (moved.json["other_delivery_partner"], moved.json["taken_up"]) == ([], [])
    assert (row["id"], row["finished_on"]) == (id, None)
    assert ect("db", "check", **settings).status == 0


def test_a_mistyped_last_day_of_a_school_is_corrected(gias, settings):
    """Running it again with the right day does; a day that cannot be right is refused."""
    _registered(settings)
    gias([closed(NEWCOMER, "")], (), "--yes")
    last_days = []
    for day in ("2025-09-02", "2025-09-05", "2025-09-03"):
        ran = ect("schools", "end", NEWCOMER, "--on", day, **settings)
        [row] = ect("ects", "--school", NEWCOMER, "--format", "json", **settings).json
        last_days.append((ran.json["people"], row["finished_on"]))
        assert ect("db", "check", **settings).status == 0
    to_come = ect("schools", "end", NEWCOMER, "--on", "2025-09-11", **settings)
    too_early = ect("schools", "end", NEWCOMER, "--on", "1998-08-31", **settings)

    assert last_days == [(1, "2025-09-02"), (1, "2025-09-05"), (1, "2025-09-03")]
    for ran in (to_come, too_early):
        assert (ran.verdict, ran.json["field"]) == (
            (2, "invalid", "school-opens-and-closes"),
            "on",
        )
    assert to_come.json["message"] == (
        "Give a day with --on that is not after today, 10 September 2025"
    )
    assert ect("history", "verify", **settings).status == 0


def test_some_of_a_school_are_moved_by_their_ids(gias, settings):
    """Where several schools came after one; an id that is nobody's there moves nothing."""
    assert gias([school(NEW)]).status == 0
    before = ect("ects", "--school", VETERAN, "--format", "json", **settings).json
    goes, *others = [row["id"] for row in before]
    move = ("schools", "move", "--from", VETERAN, "--to", NEW)
    unknown = ect(*move, "00000000-0000-4000-8000-000000000000", **settings)
    moved = ect(*move, goes, **settings)
    there = ect("ects", "--school", NEW, "--format", "json", **settings).json
    stayed = ect("ects", "--school", VETERAN, "--format", "json", **settings).json

    assert (unknown.status, unknown.json["rule"]) == (2, "own-school-only")
    assert (moved.status, moved.json["ects"], moved.json["mentors"]) == (0, 1, 0)
    assert [row["id"] for row in there] == [goes]
    assert [row["id"] for row in stayed] == others
    assert ect(*move, "no-id", **settings).status == 2


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("end", VETERAN, "--on", "2025-09-05"), 1),
        (("end", "199999", "--on", "2025-09-05"), 2),
        (("end", VETERAN, "--on", "soon"), 2),
        (("move", "--from", VETERAN, "--to", VETERAN), 2),
        (("move", "--from", VETERAN, "--to", "199999"), 2),
        (("move", "--from", VETERAN, "--to", "x"), 2),
    ],
)
def test_what_cannot_be_moved_or_ended_is_told(settings, arguments, status):
    """By the rule, or as a mistake in what was given."""
    assert ect("schools", *arguments, **settings).status == status


def test_nobody_moves_to_a_school_that_has_closed(gias, settings):
    """As where --from and --to are given the wrong way round; whole schools, and people by id."""
    assert gias([closed(NEW), school(OTHER)], (), "--yes").status == 0
    [goes, *_] = ect("ects", "--school", VETERAN, "--format", "json", **settings).json
    move = ("schools", "move", "--from", VETERAN, "--to", NEW)
    for arguments in (move, (*move, goes["id"]), (*move, "--dry-run")):
        ran = ect(*arguments, **settings)

        assert ran.verdict == (1, "refused", "school-opens-and-closes")
    assert goes in ect("ects", "--school", VETERAN, "--format", "json", **settings).json


def test_a_dry_run_shows_what_moves_to_a_school_that_opens_again(gias, settings):
    """In the same file as the school that closes into it."""
    _registered(settings)
    gias([closed(NEW)], (), "--yes")
    given = ([closed(NEWCOMER), school(NEW)], [(NEWCOMER, NEW, "", "Successor")], "--yes")
    looked_at = gias(*given, "--dry-run", "--format", "json")

    assert looked_at.json == gias(*given, "--format", "json").json
    assert looked_at.json["counts"]["moved"] == 1


def test_a_long_difference_is_cut_in_a_table_only(gias):
    """CSV and JSON have all of it."""
    rows = [school(str(300000 + number)) for number in range(150)]
    shown_in_a_table = gias(rows, (), "--dry-run")
    in_csv = gias(rows, (), "--dry-run", "--format", "csv")

    assert "more lines of difference: --format csv has them all" in shown_in_a_table.err
    assert len(in_csv.out.splitlines()) > 1500
