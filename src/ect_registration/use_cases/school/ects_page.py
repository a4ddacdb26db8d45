"""The ECTs page of a school: a search, twenty ECTs at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import attrs

from ect_registration.domain.records.announcement import ToTell
from ect_registration.domain.search.ect_needs import EctsInNeed, Need
from ect_registration.domain.search.ect_search import (
    EctsFound,
    EctsWanted,
    SearchWords,
    ShownStatus,
)
from ect_registration.domain.values import Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.journeys.unfinished import Unfinished, unfinished_in
from ect_registration.use_cases.notifying.announcing import to_tell
from ect_registration.use_cases.school.ects import EctSummary, summary_of
from ect_registration.use_cases.school.paging import (
    A_PAGE,
    MOST_PAGES,
    page_asked_for,
    pages_for,
    skipped_before,
)
from ect_registration.use_cases.transactions import Actor, Ports

MOST_OF_A_KIND = 5  # ECTs named for one thing to do


@attrs.frozen
class ToDo:
    """What the school should do about some ECTs."""

    need: Need
    ects: Sequence[EctSummary]  # the first of them
    more: int  # how many others there are

    @property
    def many(self) -> int:
        """Returns the number of ECTs with this need."""
        return len(self.ects) + self.more


@attrs.frozen
class EctsPage:
    """Some of the ECTs that were asked for, and how many there are in all."""

    ects: Sequence[EctSummary]
    counts: Mapping[ShownStatus, int]  # of those with the words, whatever status was asked for
    found: int  # on all pages together
    number: int
    pages: int
    unfinished: Sequence[Unfinished]  # what the user who looks may take up again
    # On the first page of the whole list:
    to_do: Sequence[ToDo] = ()  # most urgent first
    to_tell: ToTell = attrs.Factory(ToTell)

    @property
    def everybody(self) -> int:
        """Returns how many ECTs match the words, whatever their status."""
        return sum(self.counts.values())


def page_of_ects(
    actor: Actor, typed: str, status: ShownStatus | None, number: int, ports: Ports
) -> EctsPage:
    """Returns a page of ECTs: mentor required first, then latest registration.

    A page number past the end returns the last page.
    """
    today = ports.clock.today()
    words, number = SearchWords.parse(typed), page_asked_for(number)
    whole = status is None and not words.words and number == 1
    wanted = EctsWanted(actor.school, today, words, status, MOST_OF_A_KIND if whole else 0)
    with ports.reading() as uow:
        found = _page(wanted, number, uow)
        many = _how_many(found, status)
        pages = pages_for(many)
        if number > pages:
            number, found = pages, _page(wanted, pages, uow)
        unfinished = unfinished_in(uow, actor, ports)
        told = to_tell(actor.school, today, uow) if whole else ToTell()
    return EctsPage(
        ects=[summary_of(ect, today) for ect in found.ects],
        counts=dict.fromkeys(ShownStatus, 0) | dict(found.counts),
        found=many,
        number=number,
        pages=pages,
        unfinished=unfinished,
        to_do=_to_do(found.in_need, today),
        to_tell=told,
    )


def _to_do(found: EctsInNeed, today: date) -> Sequence[ToDo]:
    return [
        ToDo(
            need,
            [summary_of(ect, today) for ect in found.ects[need]],
            found.counts[need] - len(found.ects[need]),
        )
        for need in Need
        if need in found.counts
    ]


def every_ect(
    school: Urn, typed: str, status: ShownStatus | None, ports: Ports
) -> Sequence[EctSummary]:
    """Returns every ECT on all pages together."""
    today = ports.clock.today()
    wanted = EctsWanted(school, today, SearchWords.parse(typed), status)
    with ports.reading() as uow:
        found = uow.ects.look(wanted, 0, A_PAGE * MOST_PAGES)
    return [summary_of(ect, today) for ect in found.ects]


def _page(wanted: EctsWanted, number: int, uow: UnitOfWork) -> EctsFound:
    return uow.ects.look(wanted, skipped_before(number), A_PAGE)


def _how_many(found: EctsFound, status: ShownStatus | None) -> int:
    return sum(found.counts.values()) if status is None else found.counts.get(status, 0)
