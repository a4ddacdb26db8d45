"""Numbers the decision records without gaps, mends what refers to them and writes their index.

Run it after merging branches that added records under numbers of their own. A record is known by
the words of its file name, which are unique: a reference with an old number still finds it.
``--check`` changes nothing and says what is out of date.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import attrs

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path("docs/decisions")
INDEX = FOLDER / "README.md"
FILE_NAME = re.compile(r"\b(\d{4})-([a-z0-9-]+)\.md\b")
HEAD = re.compile(
    r"# (?:\d{4}\W+)?(?P<title>.+)\n+(?:Status: (?P<status>.+)\n)?(?:Date: (?P<date>.+)\n+)?"
)
STATUS = "accepted"
PARTS = ("docs", "src", "tests", "tools")
REFERRING = {".csv", ".html", ".js", ".md", ".mako", ".py", ".sql", ".toml", ".yaml", ".yml"}
INTRODUCTION = """\
# Decisions

Each page says what was decided where the policy and the interfaces leave a choice: the context,
the decision and its consequence. A decision that no longer holds keeps its page, with the status
`superseded by` and the page that took its place.

To add one, write `docs/decisions/NNNN-words-of-the-title.md` with the next number and the same
head as the others, then run `.venv/bin/python tools/decisions.py`. It numbers the pages without
gaps, mends the references to them and writes this index.

| number | decision | status | date |
|---|---|---|---|
"""


@attrs.frozen
class Record:
    """One decision record as it should be: its new file name, and the parts of its head."""

    before: Path
    number: int
    slug: str
    title: str
    status: str
    decided_on: str
    body: str

    @property
    def path(self) -> Path:
        """Returns the path that the record should have."""
        return FOLDER / f"{self.number:04}-{self.slug}.md"

    @property
    def text(self) -> str:
        """Returns the record with the head that all records share."""
        head = f"# {self.title}\n\nStatus: {self.status}\nDate: {self.decided_on}\n\n"
        return head + self.body

    @property
    def row(self) -> str:
        """Returns the line of the record in the index."""
        link = f"[{self.title}]({self.path.name})"
        return f"| {self.number:04} | {link} | {self.status} | {self.decided_on} |\n"


def records(root: Path = ROOT) -> list[Record]:
    """Returns every record in the order of the numbers, each with the number it should have."""
    paths = sorted(path.relative_to(root) for path in (root / FOLDER).glob("[0-9]*.md"))
    return [_record(root, path, number) for number, path in enumerate(paths, 1)]


def _record(root: Path, path: Path, number: int) -> Record:
    text = (root / path).read_text("utf-8")
    head, name = HEAD.match(text), FILE_NAME.fullmatch(path.name)
    if head is None or name is None:
        raise SystemExit(f"{path}: name it NNNN-words.md and begin it with '# ' and its title")
    return Record(
        before=path,
        number=number,
        slug=name[2],
        title=head["title"].strip(),
        status=head["status"] or STATUS,
        decided_on=head["date"] or _first_committed(root, path),
        body=text[head.end() :],
    )


def _first_committed(root: Path, path: Path) -> str:
    """Returns the day of the first commit of a file, or today when it has none."""
    log = ["git", "log", "--follow", "--diff-filter=A", "--format=%as", "--", str(path)]
    days = subprocess.run(log, cwd=root, capture_output=True, text=True, check=False).stdout
    return days.split()[-1] if days.split() else date.today().isoformat()  # noqa: DTZ011 the author's day


def wanted(root: Path = ROOT) -> dict[Path, str | None]:
    """Returns each file that has to change with its new text, or None where it has to go."""
    kept = records(root)
    repeated = [slug for slug, count in Counter(r.slug for r in kept).items() if count > 1]
    if repeated:
        raise SystemExit(f"Two decision records are called {', '.join(repeated)}: rename one")
    names = {record.slug: record.path.name for record in kept}
    texts: dict[Path, str | None] = {r.before: None for r in kept if r.before != r.path}
    texts |= {record.path: _mended(record.text, names) for record in kept}
    texts[INDEX] = INTRODUCTION + "".join(record.row for record in kept)
    for path in _referring(root):
        if path.parent != FOLDER:
            texts[path] = _mended((root / path).read_text("utf-8"), names)
    return {path: text for path, text in texts.items() if _now(root / path) != text}


def _now(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None


def _referring(root: Path) -> list[Path]:
    """Returns every file of the project that may name a record."""
    files = [*root.glob("*.md"), *(path for name in PARTS for path in (root / name).rglob("*.*"))]
    return sorted(p.relative_to(root) for p in files if p.suffix in REFERRING and p.is_file())


def _mended(text: str, names: dict[str, str]) -> str:
    return FILE_NAME.sub(lambda found: names.get(found[2], found[0]), text)


def main(arguments: list[str]) -> int:
    """Writes what has to change, or only lists it with ``--check``; 1 when the check fails."""
    changes = wanted()
    for path, text in changes.items():
        if "--check" in arguments:
            print(f"{path}: out of date")
        else:
            print(f"{path}: {'written' if text else 'moved'}")
            _write(ROOT / path, text)
    return 1 if changes and "--check" in arguments else 0


def _write(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink()
    else:
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
