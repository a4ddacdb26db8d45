"""Reads what one lead provider sees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

import attrs

from ect_registration.domain.lead_providers.records import Kind, Seen, SeenSchool
from ect_registration.domain.lead_providers.tokens import TokenId
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.lead_providers import Order, Shown, Wanted, WantedSchools
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
    that it has read already. What left the list meanwhile lets the others move up: so a page
    begins earlier by as many as may have left, and shows some again, rather than leave one out.
    """
    follow(ports)
    with ports.reading() as uow:
        begun, skip = _begun(page, list, uow), page.skip
        if begun is not None and page.number > 1:
            left = _removed_since(begun, uow)
            if wanted.order is Order.UPDATED or _may_lose(wanted):
                left += uow.seen.count_changed_after(_not_narrowed(wanted), begun.until)
            skip = max(0, skip - left)
        found = uow.seen.look(wanted, skip, page.size)
    _begin(page, list, begun, ports)
    return [_shown_by(begun, each) for each in found]


def _may_lose(wanted: Wanted) -> bool:
    """Says whether a record that changes may no longer be wanted."""
    given = (wanted.cohorts, wanted.training_status, wanted.delivery_partners)
    return any(each is not None for each in given)


def _not_narrowed(wanted: Wanted) -> Wanted:
    return attrs.evolve(wanted, cohorts=None, training_status=None, delivery_partners=None)


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
        begun, skip = _begun(page, list, uow), page.skip
        if begun is not None and page.number > 1:
            skip = max(0, skip - uow.seen.count_schools_changed_after(wanted, begun.until))
        found = uow.seen.look_at_schools(wanted, skip, page.size)
    _begin(page, list, begun, ports)
    return [_shown_by(begun, each) for each in found]


def _begun(page: Page, list: List, uow: UnitOfWork) -> Shown | None:
    """Returns how far changes were shown when the first page of this list was read."""
    if page.number == 1:
        return uow.seen.shown()
    return uow.tokens.list_begun(list.token, list.asked)


def _removed_since(begun: Shown, uow: UnitOfWork) -> int:
    now = uow.seen.shown()
    return 0 if now is None else now.removed - begun.removed


def _shown_by(begun: Shown | None, shown: S) -> S:
    if begun is None or shown.updated_at <= begun.until:
        return shown
    return attrs.evolve(shown, updated_at=begun.until)


def _begin(page: Page, list: List, shown: Shown | None, ports: Ports) -> None:
    """Keeps how far changes were shown on the first page, for the pages after it."""
    if page.number > 1 or shown is None:
        return

    def work(uow: UnitOfWork) -> None:
        uow.tokens.begin_list(list.token, list.asked, shown)
        uow.commit()

    transact(ports, work)


def one_school(lead_provider: str, cohort: int, id: UUID, ports: Ports) -> SeenSchool | None:
    """Returns a school that may register, or has anything in that year; else None."""
    follow(ports)
    with ports.reading() as uow:
        return uow.seen.find_school(lead_provider, cohort, id)
