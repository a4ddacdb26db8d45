"""Adds to the documentation site what is not in docs: pages at the root, and the reference.

What no site has, the code, is named instead of linked to.

MkDocs calls these functions while it builds: see ``hooks`` in mkdocs.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = ROOT / "src" / "ect_registration"
# The pages at the root of the project, with their names on the site.
FROM_THE_ROOT = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
    "LICENSE": "licence.md",
}
PARTS = {
    "domain": "Values, people, records and rules: pure functions of what they are given.",
    "journeys": "The order of questions and rules, and the engine that replays it.",
    "use_cases": "What the service does: facts are gathered, rules are decided, records written.",
    "ports": "What the use cases need from outside, as protocols.",
    "testing": "A store and teacher records in memory, to try and to test with.",
}
LINK = re.compile(r"(\]\()(?!https?:|#)([^)#\s]+)")
CODE = re.compile(r"\[([^\]]+)\]\(\.\./((?:src|tests)/[^)\s]+)\)")  # is not on the site


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages that are made here."""
    for path, text in pages():
        files.append(File.generated(config, path, content=text))
    return files


def on_page_markdown(markdown: str, **_: object) -> str:
    """Returns a page with the names of files of code instead of links to them."""
    return CODE.sub(r"\1 (`\2`)", markdown)


def pages() -> Iterator[tuple[str, str]]:
    """Returns every page that is made here, by its path on the site."""
    for name, path in FROM_THE_ROOT.items():
        yield path, _from_the_root(name)
    for part in PARTS:
        yield f"reference/{part}.md", _reference(part)
    lines = [f"- [`ect_registration.{part}`]({part}.md): {says}" for part, says in PARTS.items()]
    yield "reference/index.md", "\n".join(["# Reference", "", *lines, ""])


def _from_the_root(name: str) -> str:
    text = (ROOT / name).read_text("utf-8")
    if name == "LICENSE":
        return f"# Licence\n\n{text}"
    return LINK.sub(lambda found: found[1] + _on_the_site(found[2]), text)


def _on_the_site(target: str) -> str:
    return FROM_THE_ROOT.get(target, target.removeprefix("docs/"))


def _reference(part: str) -> str:
    modules = sorted(_modules(LIBRARY / part))
    return "\n\n".join([f"# ect_registration.{part}", PARTS[part], *map(":::{}".format, modules)])


def _modules(folder: Path) -> Iterator[str]:
    """Returns the name of each module that has something to say, in ``:::`` form."""
    for path in folder.rglob("*.py"):
        if path.name != "__init__.py" and path.read_text("utf-8").strip():
            yield " " + ".".join(path.relative_to(LIBRARY.parent).with_suffix("").parts)
