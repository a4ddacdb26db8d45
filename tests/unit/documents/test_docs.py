"""The examples in the documentation run."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from ect_registration.domain.catalogue import CATALOGUE

ROOT = Path(__file__).resolve().parents[3]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMES_OF_PLACES = (
    r"`((?!\S*(?:NNNN|email-personal|first-post))(?:src|tests|tools|docs)/[\w./*-]+)`"
)
EXAMPLES = [
    pytest.param(code, id=f"{page.relative_to(ROOT)}:{number}")
    for page in PAGES
    for number, code in enumerate(
        re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL), 1
    )
]
LINKS = [
    pytest.param(page, target, id=f"{page.relative_to(ROOT)}: {target}")
    for page in PAGES
    for target in sorted(set(re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))))
]


@pytest.mark.parametrize("code", EXAMPLES)
def test_an_example_runs_as_it_stands(code: str) -> None:
    """What a reader copies does what the page says."""
    exec(compile(code, "example", "exec"), {})


@pytest.mark.parametrize(("page", "target"), LINKS)
def test_a_link_leads_somewhere(page: Path, target: str) -> None:
    """No page points at a file that is not there."""
    assert (page.parent / target).exists()


NAMED = [
    pytest.param(place, id=f"{page.relative_to(ROOT)}: {place}")
    for page in PAGES
    if page.name != "CHANGELOG.md"
    for place in sorted(set(re.findall(NAMES_OF_PLACES, page.read_text("utf-8"))))
]
COMMANDS = sorted(
    {name for page in PAGES for name in re.findall(r"`make ([a-z]+)[ `]", page.read_text("utf-8"))}
)


@pytest.mark.parametrize("place", NAMED)
def test_a_file_or_folder_that_is_named_exists(place: str) -> None:
    """A page that sends readers to a folder which was moved wastes their time."""
    assert list(ROOT.glob(place))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_make_command_that_is_named_exists(name: str) -> None:
    """Each one is a target with a line of help."""
    assert re.search(rf"^{name}:.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


CHANGE_LOG = (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_change_log_has_released_versions_newest_first() -> None:
    """Each with its day; what is not released yet stands above them."""
    headings = re.findall(r"^## (.+)$", CHANGE_LOG, re.MULTILINE)
    released = [heading for heading in headings if heading != "Unreleased"]
    days = [re.fullmatch(r"\d+\.\d+\.\d+ – (\d{4}-\d\d-\d\d)", text) for text in released]

    assert all(days)
    assert headings[-len(released) :] == released
    assert released == sorted(
        released, key=lambda text: [int(part) for part in text.split()[0].split(".")], reverse=True
    )


def test_the_change_log_names_rules_that_there_are() -> None:
    """A line that begins with the name of a rule is about a rule of the catalogue."""
    opening = re.findall(r"^- ((?:`[a-z-]+`(?:, )?)+):", CHANGE_LOG, re.MULTILINE)
    named = {name for names in opening for name in re.findall(r"`([a-z-]+)`", names)}

    assert named
    assert sorted(named - {rule.id for rule in CATALOGUE}) == []


PACKAGES = [
    pytest.param(package, id=str(package.relative_to(ROOT)))
    for folder in ("ect_registration/use_cases", "adapters")
    for package in sorted((ROOT / "src" / folder).glob("*/__init__.py"))
]


@pytest.mark.parametrize("package", PACKAGES)
def test_the_readme_has_a_row_for_each_package(package: Path) -> None:
    """A row says what the docstring of a package of use cases or adapters says."""
    says = (ast.get_docstring(ast.parse(package.read_text("utf-8"))) or "").splitlines()[0]
    row = f"| `{package.parent.relative_to(ROOT)}` | {says.removesuffix('.')} |"

    assert row in (ROOT / "README.md").read_text("utf-8").splitlines()
