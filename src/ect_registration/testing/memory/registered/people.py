"""What there is about one person, in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import attrs

from ect_registration.domain.drafts.saved_journey import SavedJourney
from ect_registration.domain.notice import Role
from ect_registration.domain.records.history import Change
from ect_registration.domain.records.kept_data import is_about
from ect_registration.domain.values import Trn, Urn
from ect_registration.testing.memory.state import Work


@attrs.frozen
class MemoryPeople:
    """Looks up what is kept about a person by TRN."""

    _work: Work

    def trns(self, trn: Trn) -> Sequence[Trn]:
        """Returns the TRNs in order, the given one among them."""
        return sorted(self._work.state.one_person(trn))

    def with_periods(self, ids: Collection[UUID]) -> Sequence[Trn]:
        """Returns the TRNs in order, each once."""
        state = self._work.state
        ects = {ect.teacher.trn for ect in state.ects.values() if ect.id in ids}
        mentors = {mentor.teacher.trn for mentor in state.mentors.values() if mentor.id in ids}
        return sorted(ects | mentors)

    def here(self, urn: Urn, trns: Collection[Trn], today: date) -> Collection[tuple[Trn, Role]]:
        """Returns each TRN with the roles of its person at the school."""
        state = self._work.state
        here = {
            *(
                (e.teacher.trn, Role.ECT)
                for e in state.ects.values()
                if e.school == urn and not e.withdrawn and (e.completed or e.period.is_open(today))
            ),
            *(
                (m.teacher.trn, Role.MENTOR)
                for m in state.mentors.values()
                if m.school == urn and not m.withdrawn and m.period.is_open(today)
            ),
        }
        return {
            (trn, role)
            for trn in trns
            for role in Role
            if any((same, role) in here for same in state.one_person(trn))
        }

    def email_addresses(self, trns: Collection[Trn]) -> Sequence[str]:
        """Returns the addresses in alphabetical order."""
        claims = self._work.state.claims.items()
        return sorted(email.key for email, holder in claims if holder in trns)

    def journeys(self, trns: Collection[Trn]) -> Sequence[SavedJourney]:
        """Returns the journeys, latest use first."""
        about = [j for j in self._work.state.journeys.values() if is_about(j, trns)]
        return sorted(about, key=lambda journey: journey.used_at, reverse=True)

    def history(self, trns: Collection[Trn]) -> Sequence[Change]:
        """Returns the changes oldest first, as they were written."""
        return [change for change in self._work.state.history if change.trn in trns]
