"""Docstrings and comments of src name who or what is meant, in the usual words."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[3] / "src"
INSTEAD = "say who is meant, such as the user, the school, an operator, a person or no row"
WORDS = re.compile(
    r"\b(anew|everybody|likewise|nobody|somebody|themself|whoever|whom|whomever)\b", re.IGNORECASE
)
COMMENTS = {
    ".css": r"(?s)/\*.*?\*/",
    ".html": r"(?s)\{#.*?#\}",
    ".js": r"//.*",
    ".sql": r"--.*",
}
NAMED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
BUILT = SRC / "entrypoints" / "web" / "static"


def _comments(text: str) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def _docstrings(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, NAMED):
            yield ast.get_docstring(node) or ""


def _explanations(path: Path) -> list[str]:
    text = path.read_text("utf-8")
    if path.suffix in COMMENTS:
        return re.findall(COMMENTS[path.suffix], text)
    return [*_comments(text), *_docstrings(text)]


SOURCES = [
    pytest.param(path, id=str(path.relative_to(SRC)))
    for path in sorted(SRC.rglob("*"))
    if path.suffix in {".py", *COMMENTS} and BUILT not in path.parents
]


@pytest.mark.parametrize("path", SOURCES)
def test_an_explanation_says_who_is_meant(path: Path) -> None:
    """A reader should not have to guess who "whoever" and "somebody" are."""
    found = [word for text in _explanations(path) for word in WORDS.findall(text)]

    assert found == [], INSTEAD
