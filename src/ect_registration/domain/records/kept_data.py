"""Everything that is kept about one person, who has a right to see it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import attrs

from ect_registration.domain.attempts import Attempt
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft
from ect_registration.domain.drafts.saved_journey import SavedJourney
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool, MentorTrainingHistory
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.records.history import Change
from ect_registration.domain.records.refusal import Refusal
from ect_registration.domain.records.trs_lookup import TrsLookup
from ect_registration.domain.values import Trn


@attrs.frozen
class Held:
    """All that is kept about a person, under every TRN that is known to be theirs."""

    trns: Sequence[Trn]
    teachers: Sequence[Teacher]
    email_addresses: Sequence[str]  # that they hold: no other person can use them
    ects: Sequence[EctAtSchool]
    mentors: Sequence[MentorAtSchool]
    mentored: Sequence[EctAtSchool]  # other people: of interest are their mentorships
    mentor_training: Sequence[MentorTrainingHistory]
    journeys: Sequence[SavedJourney]
    history: Sequence[Change]
    refusals: Sequence[Refusal]
    trs_lookups: Sequence[TrsLookup]
    wrong_facts: Sequence[Attempt]

    @property
    def is_nothing(self) -> bool:
        """Says whether no school has ever registered or looked for the person."""
        return not any(attrs.astuple(self, recurse=False)[1:])


def is_about(journey: SavedJourney, trns: Collection[Trn]) -> bool:
    """Says whether its answers are about the person with these TRNs."""
    draft = journey.draft
    if isinstance(draft, AssignmentDraft) or draft.search is None:
        return False
    record = draft.search.record
    found = frozenset[Trn]() if record is None else record.trns
    return not ({draft.search.trn} | found).isdisjoint(trns)
