"""docs/glossary.md holds: each word once, each with a name that the code has."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import get_type_hints

import attrs
import pytest

GLOSSARY = Path(__file__).resolve().parents[3] / "docs" / "glossary.md"
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in GLOSSARY.read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| word |")
]
WORDS = [word for row in ROWS for word in row[0].split(", ")]
NAMES = sorted(
    set(
        re.findall(
            r"`((?:ect_registration|adapters|entrypoints|trs_simulator)\.[\w.]+)`",
            GLOSSARY.read_text("utf-8"),
        )
    )
)


def _found(dotted: str) -> bool:
    """Whether a module, or something in it, has this name."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        return _has(found, parts[length:])
    return False


def _has(owner: object, names: list[str]) -> bool:
    for name in names:
        if isinstance(owner, type) and attrs.has(owner) and name in get_type_hints(owner):
            return True
        if not hasattr(owner, name):
            return False
        owner = getattr(owner, name)
    return True


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_word_has_a_name_in_the_code_a_meaning_and_a_limit(row: list[str]) -> None:
    """What a word is not helps as much as what it is."""
    word, name, is_, is_not = row

    assert all([word, is_, is_not])
    assert name.strip("`") in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_the_glossary_is_in_the_code(name: str) -> None:
    """A word whose name was changed or removed has to change here as well."""
    assert _found(name), f"docs/glossary.md names {name}, which is not in src"


def test_a_word_stands_once() -> None:
    """One word means one thing."""
    assert sorted({word for word in WORDS if WORDS.count(word) > 1}) == []


def test_a_name_stands_for_one_word() -> None:
    """One thing has one word."""
    names = [row[1] for row in ROWS]

    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_a_missing_name_is_noticed() -> None:
    """Else the test of the names would hold whatever the glossary says."""
    assert not _found("ect_registration.domain.values.Nothing")
    assert not _found("nowhere.at.all")
