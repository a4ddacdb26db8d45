"""One read transaction for each page, so that everything on it is from the same moment.

It also takes less time: the database begins and ends one transaction, not one for each query.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

import attrs
from flask import Flask, g, has_request_context, request

from ect_registration.ports.deadline import NEVER, Deadline
from ect_registration.ports.store import BeginReading, BeginWriting, UnitOfWork
from ect_registration.use_cases.transactions import Ports


def set_up(app: Flask) -> None:
    """Closes the request's read transaction when the response is built."""
    app.teardown_appcontext(_look_away)


def one_look_a_page(ports: Ports) -> Ports:
    """Returns ports that share one read transaction in each request that only reads.

    After a write in that request, the next read begins a new transaction.
    """
    return attrs.evolve(
        ports,
        reading=partial(_reading, ports.reading),
        unit_of_work=partial(_writing, ports.unit_of_work),
    )


@contextmanager
def _reading(begin: BeginReading, deadline: Deadline = NEVER) -> Iterator[UnitOfWork]:
    if not has_request_context() or request.method not in {"GET", "HEAD"}:
        with begin(deadline) as uow:
            yield uow
        return
    try:
        yield _look(begin, deadline)
    except BaseException:  # whatever it was, the next look is a fresh one
        _look_away()
        raise


def _writing(begin: BeginWriting, deadline: Deadline = NEVER) -> UnitOfWork:
    if has_request_context():
        _look_away()
    return begin(deadline)


def _look(begin: BeginReading, deadline: Deadline) -> UnitOfWork:
    if "look" not in g:
        with ExitStack() as look:
            seen = look.enter_context(begin(deadline))
            g.look = seen, look.pop_all()
    uow: UnitOfWork = g.look[0]
    return uow


def _look_away(_: BaseException | None = None) -> None:
    look: tuple[UnitOfWork, ExitStack] | None = g.pop("look", None)
    if look is not None:
        look[1].close()
