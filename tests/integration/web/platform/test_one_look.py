"""A page that changes nothing looks at the store once, and lets go of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import attrs
import pytest
from flask.testing import FlaskClient

from ect_registration.domain.school import School
from ect_registration.domain.values import Urn
from ect_registration.ports.deadline import NEVER, Deadline
from ect_registration.ports.errors import Unavailable
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.transactions import Ports
from entrypoints.web.platform.access import open_to_everybody
from entrypoints.web.platform.context import current_ports
from integration.web.foundation import OVER_HTTP, memory_ports, new_app

SCHOOL = Urn("100001")


def find_school(urn: Urn, ports: Ports) -> School | None:
    """As a use case would."""
    with ports.reading() as uow:
        return uow.schools.find(urn)


class Watched:
    """Ports whose looks are counted; ``open`` are those that have not ended."""

    def __init__(self) -> None:
        self.looks, self.open = 0, 0
        self.plain = memory_ports()

    @property
    def ports(self) -> Ports:
        """The same store, watched."""
        return attrs.evolve(self.plain, reading=self._reading)

    @contextmanager
    def _reading(self, deadline: Deadline = NEVER) -> Iterator[UnitOfWork]:
        self.looks, self.open = self.looks + 1, self.open + 1
        try:
            with self.plain.reading(deadline) as uow:
                yield uow
        finally:
            self.open -= 1


def _client(watched: Watched, view: Callable[[], str]) -> FlaskClient:
    app = new_app(watched.ports, OVER_HTTP)
    app.add_url_rule("/page", "page", open_to_everybody(view), methods=["GET", "POST"])
    return app.test_client()


def test_a_page_looks_once_however_much_it_asks() -> None:
    """Two use cases see the same moment, and the look has ended with the page."""
    watched = Watched()

    def view() -> str:
        names = [find_school(SCHOOL, current_ports()).name for _ in range(2)]
        return f"{watched.open} {len(set(names))}"

    page = _client(watched, view).get("/page")

    assert (page.text, watched.looks, watched.open) == ("1 1", 1, 0)


def test_what_is_posted_looks_afresh_each_time() -> None:
    """Between two looks it may have written, or waited for TRS."""
    watched = Watched()

    def view() -> str:
        for _ in range(2):
            find_school(SCHOOL, current_ports())
        return f"{watched.open}"

    headers = {"Sec-Fetch-Site": "same-origin"}
    app = _client(watched, view)
    app.application.config["WTF_CSRF_ENABLED"] = False
    page = app.post("/page", headers=headers)

    assert (page.text, watched.looks) == ("0", 2)


def test_what_a_page_writes_it_sees() -> None:
    """Writing ends the look that came before."""
    watched = Watched()

    def view() -> str:
        ports = current_ports()
        find_school(SCHOOL, ports)
        with ports.unit_of_work() as uow:
            still_open = watched.open
            uow.commit()
        find_school(SCHOOL, ports)
        return f"{still_open}"

    page = _client(watched, view).get("/page")

    assert (page.text, watched.looks, watched.open) == ("0", 2, 0)


@pytest.mark.parametrize("error", [Unavailable("database"), LookupError("of ours")])
def test_a_look_that_failed_is_over(error: Exception) -> None:
    """The page that says so can look again."""
    watched = Watched()

    def view() -> str:
        ports = current_ports()
        try:
            with ports.reading():
                raise error
        except type(error):
            return f"{watched.open} {find_school(SCHOOL, ports) is not None}"

    page = _client(watched, view).get("/page")

    assert (page.text, watched.looks, watched.open) == ("0 True", 2, 0)
