"""A year without a developer, as the operators' guide tells it: its commands are run here.

After each step every guarantee is in force, the history is whole, and the lists are right.
"""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import attrs
import pytest

from integration.cli.a_year import files
from integration.cli.terminal import ECT, Ran, ect, environment, heard

GUIDE = Path(__file__).parents[4] / "docs" / "operating" / "a-year.md"
STEP = re.compile(r"^```sh\n# (\d+ \w+ \d{4})(.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PATIENCE = 600  # seconds, for a step


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A folder for the files of the year, and a database that is not there yet."""
    (tmp_path / "notices").mkdir()
    return Office(tmp_path)


def test_the_guides_year_can_be_run_without_a_developer(office: Office) -> None:
    """Every command of it, in order, on its day."""
    steps = STEP.findall(GUIDE.read_text(encoding="utf-8"))
    assert [day + later for day, later, _ in steps] == list(YEAR)

    for day, later, commands in steps:
        before, after, status = YEAR[day + later]
        before(office.folder)
        office.on(day)
        ran = office.run(commands)
        assert ran.status == status, (day, ran.out, ran.err)
        after(office, ran)
        office.is_in_order()


@attrs.define
class Office:
    """Where operators work."""

    folder: Path
    today: str = ""

    def on(self, day: str) -> None:
        """It is this day from now on."""
        self.today = datetime.strptime(day, "%d %B %Y").date().isoformat()  # noqa: DTZ007 -- a day has no zone

    @property
    def settings(self) -> dict[str, str]:
        """Those of every command."""
        return {
            "ECT_ENV": "test",
            "ECT_TODAY": self.today,
            "ECT_DATABASE_URL": f"sqlite:///{self.folder / 'ect.db'}",
            "ECT_TRS_URL": f"world:{self.folder / 'trs.json'}",
            "ECT_NOTICES_DIR": str(self.folder / "notices"),
            "ECT_OPERATOR": "Ada Obi",
        }

    def run(self, commands: str) -> Ran:
        """Type commands into a shell, which stops at the first that fails."""
        path = f"{Path(ECT).parent}{os.pathsep}{os.environ['PATH']}"
        ran = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands],
            cwd=self.folder,
            env=environment(self.settings) | {"PATH": path},
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        return heard(ran.returncode, ran.stdout, ran.stderr)

    def rows(self, *arguments: str) -> Sequence[Mapping[str, str]]:
        """What a command lists."""
        ran = ect(*arguments, "--format", "csv", **self.settings)
        assert ran.status == 0, ran.err
        return list(csv.DictReader(io.StringIO(ran.out)))

    def ects(self, school: str) -> Counter[str]:
        """How many ECTs a school has, by where they are in their induction."""
        return Counter(row["at_school"] for row in self.rows("ects", "--school", school))

    def ect(self, trn: str, school: str) -> Mapping[str, str]:
        """One of them, who is there once."""
        [row] = [row for row in self.rows("ects", "--school", school) if row["trn"] == trn]
        return row

    def mentors(self, school: str) -> set[str]:
        """The TRNs of a school's mentors."""
        return {row["trn"] for row in self.rows("mentors", "--school", school)}

    def file(self, name: str) -> Sequence[Mapping[str, str]]:
        """The rows of a file that a command wrote."""
        with (self.folder / name).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    def is_in_order(self) -> None:
        """Guarantees are in force and the history is whole."""
        for command in (("db", "check"), ("history", "verify")):
            checked = ect(*command, **self.settings)
            assert checked.status == 0, checked.out


def nothing(_: Path) -> None:
    """No file comes from elsewhere."""


def _is_there(office: Office, ran: Ran) -> None:
    assert all(office.ects(str(urn)) == {"in_progress": 1} for urn in files.ECTS)
    assert all(office.mentors(str(urn)) == {trn} for urn, trn in files.MENTORS.items())
    assert {row["training"] for row in office.rows("ects", "--school", files.LARKFIELD)} == {
        "confirmed"
    }


def _is_prepared(office: Office, ran: Ran) -> None:
    years = office.rows("reference", "show", "lead-provider-years")
    pairs = office.rows("reference", "show", "pairings")
    assert {row["lead_provider"] for row in years if row["year"] == "2026"} == {
        "Teach Further",
        "Ambition Institute",
        "Beacon Learning",
    }
    assert [row["lead_provider"] for row in pairs if row["active"] == "false"] == [
        "Ambition Institute"
    ]
    assert office.ect(files.ECTS[150001], files.LARKFIELD)["lead_provider"] == "Teach Further"
    for kind in ("lead-providers", "pairings", "schools"):
        again = ect(
            "reference", "import", kind, str(office.folder / "backup" / f"{kind}.csv"),
            "--format", "csv", **office.settings,
        )  # fmt: skip
        assert (again.status, len(again.out.splitlines())) == (0, 1)  # no difference


def _is_open(office: Office, ran: Ran) -> None:
    [year] = office.rows("reference", "show", "academic-years", "2026")
    [days] = office.rows("reference", "show", "closed-days")
    assert year["open_for_registration"] == "true"
    assert days["to"] == "2026-08-21"


def _schools_followed(office: Office, ran: Ran) -> None:
    assert office.ects(files.NEW_NORTHGATE) == {"in_progress": 1}
    assert office.ects(files.LARKFIELD) == {"in_progress": 2}
    assert office.ects(files.EAST_INFANT) == {"in_progress": 1}
    assert office.mentors(files.EAST_INFANT) == {files.MENTORS[150006]}
    moved = office.rows("reference", "show", "partnerships")
    assert files.EAST_JUNIOR in {row["school"] for row in moved}
    assert office.ects(files.WESTBROOK) == {"in_progress": 1}  # 60 days have not passed


def _nobody_yet(office: Office, ran: Ran) -> None:
    assert office.ects(files.MILLBROOK) == {"in_progress": 1}
    assert '"registered": 496' in ran.out


def _all_but_mistakes(office: Office, ran: Ran) -> None:
    left = {row["trn"]: row["rule"] for row in office.file("to-correct.csv")}
    assert left == {
        files.WRONG_BIRTHDAY: "date-of-birth-differs",
        files.WRONG_EMAIL: "email-format",
        files.UNKNOWN_BODY: "appropriate-body-state-funded",
        files.HAS_PASSED: "induction-passed",
    }
    assert sum(office.ects(urn)["in_progress"] for urn in files.BY_ROW) == 496 + 4


def _all_who_can(office: Office, ran: Ran) -> None:
    assert [row["trn"] for row in office.file("to-correct.csv")] == [files.HAS_PASSED]
    assert sum(office.ects(urn)["in_progress"] for urn in files.BY_ROW) == 499 + 4


def _helped(office: Office, ran: Ran) -> None:
    imogen = office.ect(files.IMOGEN, files.LARKFIELD)
    assert (imogen["email"], imogen["status"]) == ("imogen@larkfield.example.org", "registered")
    assert office.ect(files.LEAVES, files.LARKFIELD)["finished_on"] == "2026-12-18"
    assert files.MISTAKEN not in {
        row["trn"] for row in office.rows("ects", "--school", files.LARKFIELD)
    }


def _confirmed(office: Office, ran: Ran) -> None:
    assert office.ect("8000201", files.MILLBROOK)["training"] == "confirmed"
    assert '"token": "ect_lp_' in (office.folder / "token.json").read_text(encoding="utf-8")
    assert len(list((office.folder / "notices").iterdir())) >= 3


def _followed(office: Office, ran: Ran) -> None:
    assert office.ects(files.WESTBROOK) == {"left": 1}
    passed = office.ect(files.PASSES, files.LARKFIELD)
    assert (passed["at_school"], passed["finished_on"]) == ("completed", "")
    assert office.ect(files.RENAMED, files.LARKFIELD)["name"] == "Tobias Newname"
    assert (
        office.ect(files.RETAINED, files.LARKFIELD)["email"] == f"{files.MERGED}@trust.example.org"
    )
    assert files.MERGED not in {
        row["trn"] for row in office.rows("ects", "--school", files.LARKFIELD)
    }
    assert list(office.rows("report", "merges")) == []


def _counted(office: Office, ran: Ran) -> None:
    rows = office.file("ects_202627.csv")
    whole = [row for row in rows if row["geographic_level"] == "National"]
    assert whole[0]["ect_count"] == "498"


Before = Callable[[Path], None]
After = Callable[[Office, Ran], None]

# What comes from elsewhere before each step, what is seen after it, and its exit status.
YEAR: Mapping[str, tuple[Before, After, int]] = {
    "1 June 2026": (files.of_june, _is_there, 0),
    "15 June 2026": (nothing, _is_prepared, 0),
    "1 July 2026": (nothing, _is_open, 0),
    "1 September 2026": (files.of_september, _schools_followed, 0),
    "7 September 2026": (files.of_the_trust, _nobody_yet, 1),
    "7 September 2026, later": (nothing, _all_but_mistakes, 1),
    "9 September 2026": (files.of_the_trust_mended, _all_who_can, 1),
    "21 September 2026": (nothing, _helped, 0),
    "1 October 2026": (nothing, _confirmed, 0),
    "10 November 2026": (files.of_november, _followed, 0),
    "1 February 2027": (nothing, _counted, 0),
}
