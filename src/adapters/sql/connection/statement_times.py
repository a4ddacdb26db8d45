"""Tells when each statement begins and ends, by its text and never with its values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

End = Callable[[], object]
ENDS = "statement_ends"
EVENTS = ("before_cursor_execute", "after_cursor_execute", "handle_error")


@contextmanager
def observed_statements(begins: Callable[[str, str], End]) -> Iterator[None]:
    """Calls ``begins`` with the kind of database and the text of every statement of this process.

    What it returns is called at the end of the statement, also after an error.
    """

    def before(connection: Any, _: object, statement: str, *__: object) -> None:
        connection.info[ENDS] = begins(connection.dialect.name, statement)

    def after(connection: Any, *_: object) -> None:
        _end(connection)

    def failed(context: Any) -> None:
        if context.connection is not None:
            _end(context.connection)

    told: tuple[Callable[..., None], ...] = (before, after, failed)
    listeners = list(zip(EVENTS, told, strict=True))
    for name, listener in listeners:
        event.listen(sa.Engine, name, listener)
    try:
        yield
    finally:
        for name, listener in listeners:
            event.remove(sa.Engine, name, listener)


def _end(connection: Any) -> None:
    end = connection.info.pop(ENDS, None)
    if end is not None:
        end()
