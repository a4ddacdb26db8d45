"""What a lookup in TRS can teach, and how it is told in history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum

import attrs

from ect_registration.domain.decisions import Evidence, Rule
from ect_registration.domain.people.teacher import TeacherRecord
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.values import Trn
from ect_registration.use_cases.merged_trns import Merge, Rows


class Learnt(StrEnum):
    """What came of looking a person up in TRS."""

    NAME_CHANGED = "name_changed"
    FACTS_CHANGED = "facts_changed"  # qualification or induction
    COMPLETED = "completed"
    REOPENED = "reopened"
    MERGED = "merged"
    MERGE_LEFT = "merge_left"  # to operators: a guarantee or a prohibition forbids it
    PROHIBITED = "prohibited"
    NOT_FOUND = "not_found"
    NOT_SHOWN = "not_shown"
    NOT_FOLLOWED = "not_followed"
    MEANWHILE = "looked_up_meanwhile"  # by another run


@attrs.frozen
class Told:
    """A record as TRS showed it, and who writes what follows, when."""

    record: TeacherRecord
    asked_at: datetime
    user: str
    at: datetime
    today: date

    def line(self, what: What, rule: Rule, trn: Trn, before: Evidence, after: Evidence) -> Change:
        """Returns a line of history about a person, at no school."""
        return Change(self.at, self.user, None, what, (rule.id,), trn, None, before, after)

    def merge(self, old: Trn) -> Merge:
        """Returns what TRS says of a TRN that it did not keep."""
        return Merge(old, self.record.trn, self.user, self.at)

    def lines(self, change: Change, rows: Rows) -> Iterator[Change]:
        """Yields a line for each of these periods, in the history of its school.

        Without any it is one about the person alone.
        """
        if not rows:
            yield change
        for row in rows:
            yield attrs.evolve(change, school=row.school, trn=row.teacher.trn, about=row.id)
