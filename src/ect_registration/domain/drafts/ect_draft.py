"""What a school has answered so far while registering an ECT. No secrets: only their proof."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Self

import attrs

from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.teacher import Search
from ect_registration.domain.people.training import Programme
from ect_registration.domain.rules.registering.reuse import ReusableChoices
from ect_registration.domain.values import PersonName


@attrs.frozen
class Draft:
    """What every kind of draft can do. One attribute a question; None is unanswered."""

    def forgetting(self, names: Collection[str]) -> Self:
        """Returns the draft without these answers."""
        return type(self)(**attrs.asdict(self, recurse=False) | dict.fromkeys(names))

    def taking(self, names: Collection[str], other: Self) -> Self:
        """Returns the draft with these answers taken from the other draft."""
        answers = attrs.asdict(other, recurse=False)
        return type(self)(
            **attrs.asdict(self, recurse=False) | {name: answers[name] for name in names}
        )


@attrs.frozen
class NameAnswer:
    """The answer about the name: the one in TRS is correct, or this one is."""

    corrected: PersonName | None = None


@attrs.frozen
class SamePersonAnswer:
    """The answer to whether a corrected name and the name TRS had then are one person's."""

    same: bool
    trs_name: str | None = None  # None: said by a program, of whatever name TRS has

    def is_yes_to(self, trs_name: str) -> bool:
        """Says whether the answer was yes, to this name in TRS."""
        return self.same and self.trs_name in {None, trs_name}


@attrs.frozen
class ReuseAnswer:
    """Yes or no to the choices that were offered at the time."""

    wanted: bool
    offered: ReusableChoices | None = None


@attrs.frozen
class EctDraft(Draft):
    """The answers about an ECT."""

    search: Search | None = None
    name: NameAnswer | None = None
    same_person: SamePersonAnswer | None = None
    registered_before_seen: bool | None = None
    email: Email | None = None
    start_date: date | None = None
    working_pattern: WorkingPattern | None = None
    reuse: ReuseAnswer | None = None
    appropriate_body: str | None = None
    programme: Programme | None = None
    lead_provider: str | None = None
