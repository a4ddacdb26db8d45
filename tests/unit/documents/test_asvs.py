"""docs/security/asvs.csv: every requirement has an answer, and what it points at is there.

Identifiers and levels are those of the OWASP Application Security Verification Standard 5.0
(CC BY-SA 4.0, https://owasp.org/asvs); the words are ours.
"""

from __future__ import annotations

import ast
import csv
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
COLUMNS = ["id", "level", "applies", "met", "how", "shown_by"]

# The level of each requirement of each section, in order: V1.1.1 is of level 2, V1.5.1 of 1.
TABLE = """
V1.1 22  V1.2 1111122223  V1.3 112222222223  V1.4 222  V1.5 123
V2.1 122  V2.2 112  V2.3 12223  V2.4 23
V3.1 3  V3.2 113  V3.3 12223  V3.4 11222233  V3.5 11122333  V3.6 3  V3.7 22333
V4.1 12233  V4.2 23333  V4.3 22  V4.4 1222
V5.1 2  V5.2 112333  V5.3 113  V5.4 222
V6.1 122  V6.2 111111112222  V6.3 11223333  V6.4 112233  V6.5 22222333  V6.6 2223
V6.7 33  V6.8 2222
V7.1 222  V7.2 1111  V7.3 22  V7.4 11222  V7.5 223  V7.6 22
V8.1 1233  V8.2 1123  V8.3 133  V8.4 23
V9.1 111  V9.2 1222
V10.1 22  V10.2 223  V10.3 22223  V10.4 1111122222233333  V10.5 22222  V10.6 22  V10.7 222
V11.1 2233  V11.2 22233  V11.3 11233  V11.4 1222  V11.5 23  V11.6 23  V11.7 33
V12.1 12233  V12.2 11  V12.3 22223
V13.1 2333  V13.2 222223  V13.3 2233  V13.4 1222233
V14.1 22  V14.2 12223333  V14.3 122
V15.1 12233  V15.2 12233  V15.3 1222222  V15.4 3333
V16.1 2  V16.2 22222  V16.3 2222  V16.4 222  V16.5 2223
V17.1 23  V17.2 22223333  V17.3 22
"""
LEVELS = TABLE.split()
WANTED = [
    (f"{section}.{number}", level)
    for section, levels in zip(LEVELS[::2], LEVELS[1::2], strict=True)
    for number, level in enumerate(levels, 1)
    if level in "12"
]

with (ROOT / "docs/security/asvs.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
POINTERS = sorted({pointer for row in ROWS for pointer in row["shown_by"].split()})


@cache
def _functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_requirement_of_levels_1_and_2_has_its_row():
    """In the order of the standard, with its level."""
    assert len(WANTED) == 253
    assert [(row["id"], row["level"]) for row in ROWS] == WANTED
    assert all(list(row) == COLUMNS for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_row_says_whether_and_how(row):
    """What applies is met, partly met or not, and points at something; else it says why not."""
    answers = {"yes": {"yes", "partly", "no"}, "no": {""}}

    assert row["met"] in answers[row["applies"]]
    assert row["how"]
    assert bool(row["shown_by"]) == (row["applies"] == "yes")


@pytest.mark.parametrize("pointer", POINTERS)
def test_what_a_row_points_at_is_there(pointer):
    """A file, or a test in it."""
    name, _, test = pointer.partition("::")
    path = ROOT / name

    assert path.is_file()
    assert not test or test in _functions(path)


def test_the_threat_model_points_at_what_is_there():
    """Tests and tools by their names."""
    text = (ROOT / "docs/security/threat-model.md").read_text("utf-8")
    named = [word for word in text.split("`")[1::2] if word.startswith("tests/")]

    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).is_file()] == []
