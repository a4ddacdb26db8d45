"""Looks for words in the names and TRNs of teachers."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from adapters.sql.connection.transaction import Values
from adapters.sql.tables.people import teachers
from ect_registration.domain.search.ect_search import SearchWords

_ESCAPE = "\\"


def has_words(many: int) -> list[sa.ColumnElement[bool]]:
    """Returns conditions on a teacher, one for each of so many words.

    They are those of ``SearchWords.are_in``; the tests of the store hold the two to each other.
    """
    return [_has(n) for n in range(many)]


def _has(n: int) -> sa.ColumnElement[bool]:
    word, start = (sa.bindparam(f"{name}_{n}", type_=sa.Text()) for name in ("word", "start"))
    return sa.or_(
        teachers.c.searched_name.like(word, escape=_ESCAPE),
        teachers.c.joined_name.like(start, escape=_ESCAPE),
        teachers.c.trn.like(word, escape=_ESCAPE),
    )


def values_of(words: SearchWords) -> Values:
    """Returns the values that these conditions ask for."""
    return {
        f"{bind}_{n}": contains(before + word)
        for n, word in enumerate(words.words)
        for bind, before in (("word", ""), ("start", " "))
    }


def contains(word: str) -> str:
    """Returns a pattern for text anywhere; nothing in it means anything but itself."""
    for special in (_ESCAPE, "%", "_"):
        word = word.replace(special, _ESCAPE + special)
    return f"%{word}%"


class ByCharacter(FunctionElement[str]):
    """Orders text by its characters' numbers, as databases do not agree about alphabets."""

    type = sa.Text()
    inherit_cache = True


@compiles(ByCharacter)
def _sqlite(element: ByCharacter, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(ByCharacter, "postgresql")
def _postgresql(element: ByCharacter, compiler: SQLCompiler, **options: Any) -> str:
    return f'{compiler.process(element.clauses, **options)} COLLATE "C"'
