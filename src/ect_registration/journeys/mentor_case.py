"""Two cases: a new mentor for an ECT, and a mentor from here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Self
from uuid import UUID

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.people.endings import NOBODY
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import Mentorship
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.rules.mentors.mentor import ended_elsewhere, open_elsewhere
from ect_registration.domain.values import Trn, Urn
from ect_registration.journeys.mentoring_case import Mentoring, MentoringCase
from ect_registration.journeys.person_case import PersonCase


@attrs.frozen
class MentorCase(MentoringCase, PersonCase):
    """A person to be registered as a mentor, and assigned to an ECT."""

    facts: Mentoring
    draft: MentorDraft
    known: tuple[Teacher, ...] = ()
    schools: Mapping[Urn, str] = attrs.Factory(dict)  # what those where they mentor are called
    email_holders: tuple[Trn, ...] = ()

    def forgetting(self, names: Collection[str]) -> Self:
        """Returns the case without these answers."""
        return attrs.evolve(self, draft=self.draft.forgetting(names)) if names else self

    @property
    def asks_start_date(self) -> bool:
        """Says whether the person was a mentor before, at any school."""
        return bool(self.facts.periods)

    @cached_property
    def elsewhere(self) -> Sequence[MentorAtSchool]:
        """Returns the person's open mentor periods at other schools."""
        return open_elsewhere(self.facts.periods, self.school, self.today)

    @property
    def only_here(self) -> bool:
        """Says whether the answer was yes; an unanswered question is never yes."""
        return self.draft.only_here is True and bool(self.elsewhere)

    @property
    def start_date(self) -> date | None:
        """Returns today, or the answer if a start date is asked for; None if unanswered."""
        return self.draft.start_date if self.asks_start_date else self.today

    @property
    def mentor_period(self) -> Period | None:
        """Returns the new mentor period, which has no last day; None without a start date."""
        return None if self.start_date is None else Period(self.start_date)

    def ended_elsewhere(
        self, by: UUID = NOBODY
    ) -> Sequence[tuple[MentorAtSchool, MentorAtSchool]]:
        """Returns the periods that mentoring only here ends, before and after.

        ``by`` is the id of the period here. Those that end sooner keep their days.
        """
        if not self.only_here or self.start_date is None:
            return ()
        return ended_elsewhere(self.facts.periods, self.school, self.start_date, self.today, by)

    @cached_property
    def ended(self) -> Sequence[tuple[MentorAtSchool, MentorAtSchool]]:
        """Returns the periods that mentoring only here cuts short, before and after."""
        return [both for both in self.ended_elsewhere() if both[0].period != both[1].period]

    @property
    def ends_training(self) -> bool:
        """Says whether a period that ends at another school has training that is open today."""
        return any(before.open_training(self.today) for before, _ in self.ended)

    @cached_property
    def periods_from_now_on(self) -> Sequence[MentorAtSchool]:
        """Returns the mentor's periods, with those that end elsewhere already ended."""
        after = {before.id: after for before, after in self.ended}
        return [after.get(mentor.id, mentor) for mentor in self.facts.periods]


@attrs.frozen
class AssignmentCase(MentoringCase):
    """A mentor of this school, to be assigned."""

    facts: Mentoring
    draft: AssignmentDraft
    mentor: MentorAtSchool

    @property
    def person(self) -> frozenset[Trn]:
        """Returns the TRNs under which the mentor has mentored."""
        return frozenset(mentor.teacher.trn for mentor in self.facts.periods)

    def forgetting(self, names: Collection[str]) -> Self:
        """Returns the case without these answers."""
        return attrs.evolve(self, draft=self.draft.forgetting(names)) if names else self

    @property
    def mentor_period(self) -> Period:
        """Returns the mentor's existing period at this school."""
        return self.mentor.period

    @property
    def replaced(self) -> Sequence[Mentorship]:
        """Returns the ECT's other open mentorships: a mentor does not replace their own."""
        return [each for each in super().replaced if each.mentor != self.mentor.id]

    @property
    def periods_from_now_on(self) -> Sequence[MentorAtSchool]:
        """Returns the mentor's periods unchanged, as no period ends elsewhere."""
        return self.facts.periods
