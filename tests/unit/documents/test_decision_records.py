"""Decision records are numbered without gaps, share one head, and stand in the index."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from decisions import FOLDER, INDEX, ROOT, records, wanted

RECORDS = records()
EVERY_FILE = sorted(
    path
    for part in ("docs", "src", "tests", "tools")
    for path in (ROOT / part).rglob("*")
    if path.suffix in {".md", ".py", ".csv", ".html", ".sql", ".toml"}
)


def test_numbers_heads_index_and_references_are_up_to_date() -> None:
    """Running tools/decisions.py would change no file."""
    assert sorted(str(path) for path in wanted()) == [], "run .venv/bin/python tools/decisions.py"


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.before.name)
def test_a_record_has_a_title_a_status_and_a_day(record) -> None:
    """The head says what was decided, whether it holds, and since when."""
    assert record.title[0].isupper()
    assert re.fullmatch(r"accepted|superseded by \[.+\]\(.+\.md\)", record.status)
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", record.decided_on)
    assert all(word in record.body for word in ("Context", "Decision"))


def test_records_are_referred_to_by_file_name() -> None:
    """A bare number would lead to another record after the next merge."""
    bare = re.compile(r"\bdecisions?,? (?:number |record )?0\d{3}\b", re.IGNORECASE)

    assert [path for path in EVERY_FILE if bare.search(path.read_text("utf-8"))] == []


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Returns a project into which two branches with records of their own were merged."""
    folder = tmp_path / FOLDER
    folder.mkdir(parents=True)
    for name in ("0001-order", "0007-emails", "0007-accounts"):
        title = name[5:].capitalize()
        head = f"# {title}\n\nStatus: accepted\nDate: 2026-11-24\n\n"
        (folder / f"{name}.md").write_text(f"{head}**Context.** See 0007-emails.md.\n", "utf-8")
    (tmp_path / "README.md").write_text("[why](docs/decisions/0042-emails.md)\n", "utf-8")
    return tmp_path


def test_merged_records_are_numbered_in_their_order(project: Path) -> None:
    """The same number twice is no obstacle: the words of the file name decide."""
    names = [record.path.name for record in records(project)]

    assert names == ["0001-order.md", "0002-accounts.md", "0003-emails.md"]


def test_references_follow_a_record_from_any_old_number(project: Path) -> None:
    """References inside the records and outside are mended, and the index lists every record."""
    texts = wanted(project)

    assert texts[Path("README.md")] == "[why](docs/decisions/0003-emails.md)\n"
    assert "See 0003-emails.md." in str(texts[FOLDER / "0001-order.md"])
    assert texts[FOLDER / "0007-emails.md"] is None
    assert "| 0002 | [Accounts](0002-accounts.md) | accepted | 2026-11-24 |" in str(texts[INDEX])


def test_two_records_of_one_name_are_refused(project: Path) -> None:
    """A reference to one of them could not be told from a reference to the other."""
    (project / FOLDER / "0009-order.md").write_text("# Order\n\n**Context.**\n", "utf-8")

    with pytest.raises(SystemExit, match="Two decision records are called order"):
        wanted(project)


def test_a_record_without_a_title_is_refused(project: Path) -> None:
    """The message says how a record begins."""
    (project / FOLDER / "0009-untitled.md").write_text("Context\n", "utf-8")

    with pytest.raises(SystemExit, match="begin it with '# ' and its title"):
        records(project)
