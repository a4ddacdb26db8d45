"""Reading what one lead provider sees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import attrs

from ect_registration.domain.lead_providers.records import Kind, Seen, SeenSchool
from ect_registration.domain.lead_providers.tokens import TokenId
from ect_registration.ports.lead_providers import Order, Wanted, WantedSchools
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.lead_providers.following import follow
from ect_registration.use_cases.transactions import Ports, transact

S = TypeVar("S", Seen, SeenSchool)

LONGEST_PAGE = 3000


@attrs.frozen
class Page:
    """Which page of a list, of how many records each; both count from 1."""

    number: int = 1
    size: int = 100

    @property
    def skip(self) -> int:
        """Returns how many records come before the page."""
        return (self.number - 1) * self.size


@attrs.frozen
class List:
    """A list that a program reads page by page: whose it is, and a hash of what it asks for."""

    token: TokenId
    asked: str


def page_of_records(wanted: Wanted, page: Page, list: List, ports: Ports) -> Sequence[Seen]:
    """Returns a page of records as they are now; an empty one after the last.

    What changed after the first page was read stands on later pages with the moment of the first:
    the program is shown it again, with its own, when it asks from its latest moment on.
    With its own moment here, that program would pass over what changed before and stands on a page
    that it has read already.
    """
    follow(ports)
    with ports.reading() as uow:
        until, skip = _shown_until(page, list, uow), page.skip
        if until is not None and page.number > 1 and wanted.order is Order.UPDATED:
            skip = max(0, skip - uow.seen.count_changed_after(wanted, until))
        found = uow.seen.look(wanted, skip, page.size)
    _begun(page, list, until, ports)
    return [_shown_by(until, each) for each in found]


def one_record(lead_provider: str, kind: Kind, id: UUID, ports: Ports) -> Seen | None:
    """Returns one record as it is now; None when the lead provider does not see it."""
    follow(ports)
    with ports.reading() as uow:
        return uow.seen.find(lead_provider, kind, id)


def page_of_schools(
    wanted: WantedSchools, page: Page, list: List, ports: Ports
) -> Sequence[SeenSchool]:
    """Returns a page of schools, as ``page_of_records`` does of records."""
    follow(ports)
    with ports.reading() as uow:
        until, skip = _shown_until(page, list, uow), page.skip
        if until is not None and page.number > 1 and wanted.order is Order.UPDATED:
            skip = max(0, skip - uow.seen.count_schools_changed_after(wanted, until))
        found = uow.seen.look_at_schools(wanted, skip, page.size)
    _begun(page, list, until, ports)
    return [_shown_by(until, each) for each in found]


def _shown_until(page: Page, list: List, uow: UnitOfWork) -> datetime | None:
    """Returns until which moment changes are shown on a page of this list."""
    if page.number == 1:
        return uow.seen.latest()
    return uow.tokens.list_begun(list.token, list.asked)


def _shown_by(until: datetime | None, shown: S) -> S:
    if until is None or shown.updated_at <= until:
        return shown
    return attrs.evolve(shown, updated_at=until)


def _begun(page: Page, list: List, until: datetime | None, ports: Ports) -> None:
    """Keeps until when changes were shown on the first page, for the pages after it."""
    if page.number > 1 or until is None:
        return

    def work(uow: UnitOfWork) -> None:
        uow.tokens.begin_list(list.token, list.asked, until)
        uow.commit()

    transact(ports, work)


def one_school(lead_provider: str, cohort: int, id: UUID, ports: Ports) -> SeenSchool | None:
    """Returns a school that may register, or has anything in that year; else None."""
    follow(ports)
    with ports.reading() as uow:
        return uow.seen.find_school(lead_provider, cohort, id)
