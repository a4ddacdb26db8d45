"""The ECTs a school can register a new mentor for: a search, twenty ECTs at a time."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from ect_registration.domain.search.ect_search import IN_PROGRESS, EctsWanted, SearchWords
from ect_registration.domain.values import Urn
from ect_registration.use_cases.school.ects import EctSummary, summary_of
from ect_registration.use_cases.school.paging import (
    A_PAGE,
    page_asked_for,
    pages_for,
    skipped_before,
)
from ect_registration.use_cases.transactions import Ports


@attrs.frozen
class EctsToMentor:
    """Some of the ECTs in progress: first those who need a mentor, then those who have one."""

    ects: Sequence[EctSummary]
    found: int  # on all pages together
    number: int
    pages: int


def ects_to_mentor(school: Urn, typed: str, number: int, ports: Ports) -> EctsToMentor:
    """Returns a page of the ECTs in progress that match the words, the last one at most."""
    today = ports.clock.today()
    wanted = EctsWanted(school, today, SearchWords.parse(typed), in_progress=True)
    number = page_asked_for(number)
    with ports.reading() as uow:
        found = uow.ects.look(wanted, skipped_before(number), A_PAGE)
        many = sum(found.counts.get(status, 0) for status in IN_PROGRESS)
        pages = pages_for(many)
        if number > pages:
            number, found = pages, uow.ects.look(wanted, skipped_before(pages), A_PAGE)
    return EctsToMentor([summary_of(ect, today) for ect in found.ects], many, number, pages)
