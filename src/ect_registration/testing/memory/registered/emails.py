"""Who holds which email address, in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import attrs

from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.values import Trn
from ect_registration.ports.errors import Conflict
from ect_registration.ports.stored.holds import Hold
from ect_registration.testing.memory.guarantees import must_be_known
from ect_registration.testing.memory.state import State, Work


@attrs.frozen
class MemoryEmails:
    """Claims by address."""

    _work: Work

    def holders(self, email: Email, today: date) -> Sequence[Trn]:
        """Returns the holders in order of TRN."""
        return sorted(set(_open_with(self._work.state, email, today)))

    def claim(self, email: Email, trn: Trn, today: date) -> None:
        """Claims an address; two TRNs of one person share a claim."""
        with self._work.writing(Hold.email(email), Hold.person(trn)) as state:
            must_be_known("teacher", trn, state.teachers)
            holder = state.claims.setdefault(email, trn)
            if trn in state.one_person(holder):
                return
            if not state.one_person(holder).isdisjoint(_open_with(state, email, today)):
                raise Conflict("an email address in use for another person")
            state.claims[email] = trn


def _open_with(state: State, email: Email, today: date) -> Iterator[Trn]:
    people: tuple[EctAtSchool | MentorAtSchool, ...] = (
        *state.ects.values(),
        *state.mentors.values(),
    )
    for somebody in people:
        if somebody.withdrawn:
            continue
        if somebody.email == email and somebody.period.is_open(today):
            yield somebody.teacher.trn
