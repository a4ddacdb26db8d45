"""The ECTs page of a school: whom to look for, twenty at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from ect_registration.domain.finding import EctsWanted, SearchWords, ShownStatus
from ect_registration.domain.values import Urn
from ect_registration.use_cases.ects import EctSummary, summary_of
from ect_registration.use_cases.ports import Ports

A_PAGE = 20


@attrs.frozen
class EctsPage:
    """Some of the ECTs that were asked for, and how many there are in all."""

    ects: Sequence[EctSummary]
    counts: Mapping[ShownStatus, int]  # of those with the words, whatever status was asked for
    found: int  # on all pages together
    number: int
    pages: int

    @property
    def everybody(self) -> int:
        """Those with the words, whatever their status."""
        return sum(self.counts.values())


def page_of_ects(
    school: Urn, typed: str, status: ShownStatus | None, number: int, ports: Ports
) -> EctsPage:
    """Mentor required first, then the latest registration. A page too far is the last one."""
    today = ports.clock.today()
    wanted = EctsWanted(school, today, SearchWords.parse(typed), status)
    with ports.reading() as uow:
        counts = dict.fromkeys(ShownStatus, 0) | dict(uow.ects.count(wanted))
        found = sum(counts.values()) if status is None else counts[status]
        pages = max(1, -(-found // A_PAGE))
        number = min(max(1, number), pages)
        ects = uow.ects.page(wanted, (number - 1) * A_PAGE, A_PAGE) if found else ()
    return EctsPage([summary_of(ect, today) for ect in ects], counts, found, number, pages)


def every_ect(
    school: Urn, typed: str, status: ShownStatus | None, ports: Ports
) -> Sequence[EctSummary]:
    """All pages in one."""
    today = ports.clock.today()
    wanted = EctsWanted(school, today, SearchWords.parse(typed), status)
    with ports.reading() as uow:
        ects = uow.ects.page(wanted, 0, sum(uow.ects.count(wanted).values()))
    return [summary_of(ect, today) for ect in ects]
