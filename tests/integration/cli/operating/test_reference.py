"""`ect reference`: looking at reference data, and changing it row by row."""

from __future__ import annotations

import json
import os

import pytest

from adapters.sql.store import SqlStore
from ect_registration.domain.values import Urn
from entrypoints.cli.terminal.operator import account_of
from integration.cli.terminal import ect
from integration.cli.town import NEWCOMER, PARTNER, PROVIDER, VETERAN, a_registration

KINDS = (
    "academic-years", "closed-days", "schools", "appropriate-bodies", "lead-providers",
    "delivery-partners", "lead-provider-years", "pairings", "partnerships",
)  # fmt: skip


def reference(settings, *arguments, stdin=b"", **more):
    """What `ect reference` says."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    return ect("reference", *arguments, stdin=given, **(settings | more))


def difference(ran):
    """Key, column, before and after of every line."""
    return [(each["key"], each["column"], each["before"], each["after"]) for each in ran.json]


def test_everything_that_is_exported_comes_back_without_a_difference(settings, tmp_path):
    """A folder of files, one for each kind, closed days and an odd name included."""
    reference(settings, "import", "lead-providers", "-", stdin='name\n"=Oak, ""Ash"" & Élan"\n')
    reference(settings, "import", "closed-days", "-", stdin="from,to\n17/08/2026,2026-08-31\n")
    ran = reference(settings, "export", "--to", str(tmp_path / "all"))
    files = sorted((tmp_path / "all").iterdir())

    assert (ran.status, ran.out) == (0, "")
    assert [file.stem for file in files] == sorted(KINDS)
    for file in files:
        again = reference(settings, "import", file.stem, str(file), "--format", "json")
        assert (again.status, again.json) == (0, [])


def test_a_command_that_only_reads_does_not_speak_of_changes(settings):
    """An unknown key, and a year for which there is nothing to prepare."""
    shown = reference(settings, "show", "academic-years", "2050")
    prepared = reference(settings, "prepare-year", "2050")

    assert (shown.status, prepared.status) == (2, 2)
    assert "2050" in shown.err
    assert "2050" in prepared.err
    assert "changed" not in shown.err + prepared.err


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_exported_to_standard_output(settings, kind):
    """As import reads it, in Windows-1252 and with a byte order mark too."""
    text = reference(settings, "export", kind).out
    for given in (text.encode(), text.encode("utf-8-sig"), text.encode("cp1252")):
        ran = reference(settings, "import", kind, "-", stdin=given)

        assert (ran.status, ran.err) == (0, "There is no difference.\n")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_shown_as_json_lines_comes_back_without_a_difference(settings, kind):
    """A row in each line."""
    reference(settings, "import", "closed-days", "-", stdin="from,to\n2026-08-17,2026-08-31\n")
    lines = reference(settings, "show", kind, "--format", "jsonl").out
    ran = reference(settings, "import", kind, "-", stdin=lines)

    assert (ran.status, ran.err) == (0, "There is no difference.\n")


@pytest.mark.parametrize("name", ["'=Oak", "''=Oak", '="Oak"', "=Oak", "'Oak", "+Oak", "-Oak"])
def test_a_text_of_json_lines_is_exact(settings, name):
    """It is no cell of a spreadsheet, in which apostrophes keep formulas from being ones."""
    rows = json.dumps({"name": name})
    ran = reference(settings, "import", "lead-providers", "-", "--format", "json", stdin=rows)
    lines = reference(settings, "show", "lead-providers", "--format", "jsonl").out
    again = reference(settings, "import", "lead-providers", "-", stdin=lines)

    assert [after for *_, after in difference(ran)] == [name]
    assert again.err == "There is no difference.\n"


def test_json_lines_change_only_the_keys_that_each_has(settings):
    """Null empties a column, and a key left out keeps it."""
    rows = f'{{"urn": "{VETERAN}", "region": "London", "phase": "Primary"}}\n'
    reference(settings, "import", "schools", "-", stdin=rows)
    lines = f'{{"urn": "{VETERAN}", "region": null}}\n'
    ran = reference(settings, "import", "schools", "-", "--format", "json", stdin=lines)

    assert difference(ran) == [(VETERAN, "region", "London", None)]


def test_a_dry_run_prints_what_the_run_prints_and_changes_nothing(settings):
    """As JSON, CSV and table."""
    rows = f"urn,status\n{VETERAN},proposed_to_close\n"
    given = ("import", "schools", "-", "--format", "json")
    first = reference(settings, *given, "--dry-run", stdin=rows)
    second = reference(settings, *given, "--dry-run", stdin=rows)
    done = reference(settings, *given, stdin=rows)

    assert first.json == second.json == done.json
    assert difference(done) == [(VETERAN, "status", "open", "proposed_to_close")]
    assert first.err == "Dry run: nothing was changed.\n"
    assert done.err == "Lines of difference: 1.\n"


def test_a_difference_can_be_read_by_a_spreadsheet(settings):
    """One line each, with the kind."""
    ran = reference(
        settings, "set", "academic-years", "2025", "open_for_registration=no", "--format", "csv"
    )

    assert ran.out.splitlines() == [
        "kind,key,column,before,after",
        "academic-years,2025,open_for_registration,true,false",
    ]


def test_a_change_names_the_operator_in_history(settings):
    """With the account beside it; `--as` goes before ECT_OPERATOR."""
    arguments = ("set", "schools", VETERAN, "phase=Primary", "--as", "Ada Obi")
    reference(settings, *arguments, ECT_OPERATOR="Somebody else")
    shown = reference(settings, "show", "schools", VETERAN, "--format", "json")
    with SqlStore.at(settings["ECT_DATABASE_URL"]).reading() as uow:
        [*_, line] = uow.history.of_school(Urn(VETERAN))

    assert shown.json[0]["phase"] == "Primary"
    assert line.actor == f"operator:Ada Obi ({account_of(os.getuid())})"


def test_in_production_a_change_needs_a_name_and_a_dry_run_does_not(settings):
    """`operator-is-named`."""
    production = {key: value for key, value in settings.items() if key != "ECT_TODAY"}
    production |= {"ECT_ENV": "production"}
    arguments = ("set", "schools", VETERAN, "phase=Primary")
    refused = reference(production, *arguments)

    assert refused.status == 2
    assert "--as NAME" in refused.err
    assert reference(production, *arguments, "--dry-run").status == 0
    assert reference(production, *arguments, "--as", "Ada Obi").status == 0


@pytest.mark.parametrize("name", ["", " Ada", "A\tB", "x" * 101])
def test_a_name_that_cannot_stand_in_history_is_told(settings, name):
    """As for the setting."""
    ran = reference(settings, "set", "schools", VETERAN, "phase=x", "--as", name)

    assert (ran.status, "--as must" in ran.err) == (2, True)


def test_a_key_has_its_parts_joined_by_commas(settings):
    """Quoted as in CSV where a part has a comma; a name alone need not be."""
    reference(settings, "import", "lead-providers", "-", stdin='name\n"Oak, Ash"\n')
    year = f'"Oak, Ash",{2025}'
    rows = 'lead_provider,year\n"Oak, Ash",2025\n'
    reference(settings, "import", "lead-provider-years", "-", stdin=rows)

    assert reference(settings, "show", "lead-providers", "Oak, Ash").status == 0
    ran = reference(settings, "set", "lead-provider-years", year, "active=no", "--format", "json")
    assert difference(ran) == [(year, "active", True, False)]


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("show", "school"), "Did you mean schools?"),
        (("show", "nothing"), "Give one of: academic-years"),
        (("show", "schools", "199999"), "There is no 199999 among the schools"),
        (("show", "schools", "x"), "URN, 5 to 7 digits"),
        (("show", "pairings", "a,b"), "Give the key as lead_provider,delivery_partner,year"),
        (("set", "schools", VETERAN), "Missing argument"),
        (("set", "schools", VETERAN, "phase"), "Give COLUMN=VALUE"),
        (("set", "schools", VETERAN, "phas=x"), "Did you mean phase?"),
        (("set", "schools", VETERAN, "urn=100002"), "urn is part of the key"),
        (("set", "schools", VETERAN, "phase=x", "phase=y"), "Give phase once"),
        (("set", "schools", VETERAN, "opened_on=soon"), "opened_on: Give a date"),
        (("set", "schools", VETERAN, "section_41=maybe"), "section_41: Give true or false"),
        (("set", "academic-years", "2050", "open_for_registration=yes"), "There is no 2050"),
        (("set", "academic-years", "20x5", "open_for_registration=yes"), "like 2025"),
        (("export",), "Give a kind, or a folder with --to"),
        (("export", "schools", "--to", "x"), "Give a kind, or a folder with --to"),
        (("prepare-year", "2090"), "nothing to prepare"),
        (("prepare-year", "20"), "from 1900 to 2100"),
    ],
)
def test_what_cannot_be_is_told_in_a_line(settings, arguments, advice):
    """What was wrong, and what to do."""
    ran = reference(settings, *arguments)

    assert (ran.status, ran.out) == (2, "")
    assert advice in " ".join(ran.err.split())


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        pytest.param("", "The file is empty", id="empty"),
        pytest.param("name\nX\n", "Columns are missing: urn", id="no key"),
        pytest.param("urn,nam\n100001,X\n", "Columns are not known: nam", id="unknown column"),
        pytest.param("urn,name,name\n", "Columns are there more than once: name", id="twice"),
        pytest.param('urn,name\n100001,"Half', "This row cannot be read", id="half a file"),
        pytest.param("urn,name\n100001\n", "line 2: Give 2 values", id="half a row"),
        pytest.param(b"urn,name\n100001,\x00X\n", "Save the file as CSV UTF-8", id="a NUL"),
        pytest.param("urn,name\n".encode("utf-16"), "Save the file as CSV UTF-8", id="UTF-16"),
        pytest.param("urn,opened_on\n100001,31/02/2020\n", "line 2, column opened_on", id="day"),
        pytest.param("urn,opened_on\n100001,13/31/2020\n", "line 2, column opened_on", id="US"),
        pytest.param("urn,status\n1,x\n", "line 2, column urn", id="URN"),
        pytest.param("urn,name\n100001,A\n100001,B\n", "Line 2 is about 100001 too", id="double"),
    ],
)
def test_a_file_that_is_not_right_changes_nothing(settings, text, advice):
    """Status 2, the place, and what to do; as JSON too."""
    before = reference(settings, "export", "schools").out
    ran = reference(settings, "import", "schools", "-", stdin=text)
    as_json = reference(settings, "import", "schools", "-", "--format", "json", stdin=text)

    assert (ran.status, ran.out) == (2, "")
    assert advice in ran.err
    assert ran.err.endswith("Nothing was changed.\n")
    assert (as_json.status, as_json.json["outcome"]) == (2, "invalid")
    assert reference(settings, "export", "schools").out == before


def test_a_file_that_is_too_large_is_not_read(settings):
    """It says how much can be."""
    ran = reference(settings, "import", "schools", "-", stdin=b"x" * 50_000_001)

    assert (ran.status, "at most 50,000,000 bytes" in ran.err) == (2, True)


def test_a_year_is_prepared_as_files_that_import_takes(settings, tmp_path):
    """Printed to look at, or written into a folder."""
    printed = reference(settings, "prepare-year", "2026")
    as_json = reference(settings, "prepare-year", "2026", "--format", "json")
    reference(settings, "prepare-year", "2026", "--to", str(tmp_path))

    assert f"{PROVIDER},2026,true" in printed.out
    assert f"{PROVIDER},{PARTNER},2026,true" in printed.out
    assert list(as_json.json) == ["lead-provider-years", "pairings"]
    for kind in as_json.json:
        ran = reference(settings, "import", kind, str(tmp_path / f"{kind}.csv"))
        assert ran.status == 0
    pair = ("show", "pairings", f"{PROVIDER},{PARTNER},2026", "--format", "json")
    assert reference(settings, *pair).json[0]["active"] is True


def test_a_folder_that_cannot_be_written_is_told(settings, tmp_path):
    """It may be a file."""
    (tmp_path / "file").write_text("")
    ran = reference(settings, "export", "--to", str(tmp_path / "file" / "below"))

    assert (ran.status, "cannot be written to" in ran.err) == (2, True)


def test_kinds_are_completed(settings):
    """By the shell, from what was typed."""
    words = {"COMP_WORDS": "ect reference show lead", "COMP_CWORD": "3"}
    ran = ect(**settings, **words, _ECT_COMPLETE="bash_complete")

    assert [line.rpartition(",")[2] for line in ran.out.split()] == [
        "lead-providers",
        "lead-provider-years",
    ]


def test_a_partnership_is_imported_and_ended(settings):
    """What becomes of trainings stands in the difference, before it happens."""
    ect("register-ect", "--from", "-", stdin=a_registration(), **settings)
    key = f"{NEWCOMER},{PROVIDER},2025"
    rows = f"school,lead_provider,year,delivery_partner\n{key},{PARTNER}\n"
    end = ("set", "partnerships", key, "active=false", "--format", "json")
    added = reference(settings, "import", "partnerships", "-", "--format", "json", stdin=rows)
    looked_at = reference(settings, *end, "--dry-run")
    ended = reference(settings, *end)
    [row] = ect("ects", "--school", NEWCOMER, "--format", "json", **settings).json

    waiting, confirmed = "1 expression_of_interest", "1 confirmed"
    assert difference(added)[-1] == (key, "trainings", waiting, confirmed)
    assert difference(looked_at) == difference(ended)
    assert difference(ended) == [
        (key, "active", True, False),
        (key, "trainings", confirmed, waiting),
    ]
    assert (row["training"], row["delivery_partner"]) == ("expression_of_interest", None)
