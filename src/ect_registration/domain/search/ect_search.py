"""Searches for a school's ECTs, by words and by status."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

import attrs

from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.rules.periods.status import at_school, status_of
from ect_registration.domain.search.ect_needs import EctsInNeed
from ect_registration.domain.text import cleaned, folded
from ect_registration.domain.values import Urn

LONGEST_SEARCH = 100  # characters: more than any name has
MOST_WORDS = 10


class ShownStatus(StrEnum):
    """What lists say of an ECT: the status while in progress, or what became of them."""

    MENTOR_REQUIRED = "mentor_required"
    REGISTERED = "registered"
    COMPLETED = "completed"
    LEFT = "left"


IN_PROGRESS = frozenset({ShownStatus.MENTOR_REQUIRED, ShownStatus.REGISTERED})


def shown_status_of(ect: EctAtSchool, today: date) -> ShownStatus:
    """Returns the only status under which an ECT is listed."""
    return ShownStatus(status_of(ect, today) or at_school(ect, today))


def run_together(name: str) -> str:
    """Returns a folded name without its blanks, from its first word on and from each but the last.

    Each begins with a blank, so that a word of a search is looked for from there only: Anne-Marie
    is found by "annemarie", and Michelle Evans is not found by "lee".
    """
    words = name.split()
    return "".join(" " + "".join(words[first:]) for first in range(len(words) - 1))


@attrs.frozen
class SearchWords:
    """Words of which each has to be in a person's name or TRN, in any order."""

    words: tuple[str, ...] = ()

    @classmethod
    def parse(cls, typed: str) -> SearchWords:
        """Returns the words of any text. A TRN may have blanks and signs, or be incomplete."""
        typed = typed[:LONGEST_SEARCH]
        trn = re.sub(r"^RP|[\s/-]", "", cleaned(typed).upper())
        if re.fullmatch(r"[0-9]+", trn):
            return cls((trn,))
        return cls(tuple(dict.fromkeys(folded(typed).split()))[:MOST_WORDS])

    def are_in(self, teacher: Teacher) -> bool:
        """Says whether each word is in the name shown (but for blanks and hyphens) or the TRN."""
        name = folded(teacher.name)
        together = run_together(name)
        return all(
            word in name or f" {word}" in together or word in teacher.trn.digits
            for word in self.words
        )


@attrs.frozen
class EctsWanted:
    """The ECTs of a school that have these words and, if one is named, this status.

    ``in_progress`` leaves out those who have completed their induction or have left.
    """

    school: Urn
    today: date
    words: SearchWords = SearchWords()
    status: ShownStatus | None = None
    most_in_need: int = 0  # ECTs of the whole school to name for each need
    in_progress: bool = False


@attrs.frozen
class EctsFound:
    """How many have the words, by status, and some of those with the wanted one."""

    counts: Mapping[ShownStatus, int]  # never zero
    ects: Sequence[EctAtSchool]
    in_need: EctsInNeed = attrs.Factory(EctsInNeed)
