"""What an operator gives: rows of a table, and the mistakes in them."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from ect_registration.domain.reference.columns import Row


@attrs.frozen
class GivenRow:
    """Some columns of one row. ``line`` is its place in a file; None where there is no file.

    Without ``key`` the values say which row is meant; with it they may give it another name.
    """

    values: Row
    line: int | None = None
    key: Row | None = None


@attrs.frozen
class RowMistake:
    """What is wrong in which line and column, and what to do about it."""

    line: int | None
    column: str | None
    message: str

    def __str__(self) -> str:
        places = []
        if self.line is not None:
            places.append(f"line {self.line}")
        if self.column is not None:
            places.append(f"column {self.column}")
        return f"{', '.join(places)}: {self.message}" if places else self.message


@attrs.define
class InvalidReference(Exception):
    """Mistakes in what was given, in the order in which it was given. Nothing was changed."""

    mistakes: Sequence[RowMistake]

    def __str__(self) -> str:
        return "; ".join(map(str, self.mistakes))
