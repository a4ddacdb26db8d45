"""What a change comes to: the periods, trainings and mentorships that it begins, ends or moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.endings import Row
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import Mentorship
from ect_registration.domain.people.training import Training
from ect_registration.domain.values import Urn


class Part(StrEnum):
    """What begins, ends or moves."""

    PERIOD = "period"
    TRAINING = "training"
    MENTORSHIP = "mentorship"


@attrs.frozen
class Effect:
    """What happens to one row. Without days it does not stand: it never did, or is withdrawn."""

    part: Part
    school: Urn
    person: str  # who is at the school, trained or mentored, by the name that is shown
    other: str | None  # the mentor of a mentorship, the lead provider of a training
    before: Period | None
    after: Period | None
    confirmed: bool = False  # of a training: a delivery partner is known


def effects_on_ect(before: EctAtSchool, after: EctAtSchool) -> Sequence[Effect]:
    """Returns what happens to an ECT's period, trainings and mentorships, in this order."""
    name, school = after.teacher.name, after.school
    period = [(Part.PERIOD, None, before, after, False)]
    trainings = _changed_trainings(before.trainings, after.trainings)
    old = {mentorship.id: mentorship for mentorship in before.mentorships}
    mentorships = [
        (Part.MENTORSHIP, m.mentor_teacher.name, old.get(m.id), m, False)
        for m in after.mentorships
    ]
    return list(_effects(name, school, [*period, *trainings, *mentorships]))


def effects_on_mentor(before: MentorAtSchool, after: MentorAtSchool) -> Sequence[Effect]:
    """Returns what happens to a mentor's period and trainings, in this order."""
    period = [(Part.PERIOD, None, before, after, False)]
    trainings = _changed_trainings(before.trainings, after.trainings)
    return list(_effects(after.teacher.name, after.school, [*period, *trainings]))


_Rows = tuple[Part, str | None, Row | None, Row, bool]


def _changed_trainings(before: Iterable[Training], after: Iterable[Training]) -> list[_Rows]:
    old = {training.id: training for training in before}
    return [
        (Part.TRAINING, t.lead_provider, old.get(t.id), t, t.delivery_partner is not None)
        for t in after
    ]


def _effects(name: str, school: Urn, rows: Iterable[_Rows]) -> Iterator[Effect]:
    for part, other, before, after, confirmed in rows:
        was, becomes = _days(before), _days(after)
        if was != becomes:
            yield Effect(part, school, name, other, was, becomes, confirmed)


def _days(row: Row | None) -> Period | None:
    return None if row is None or row.withdrawn else row.period


def mentorships_changed(
    before: EctAtSchool, after: EctAtSchool
) -> Iterator[tuple[Mentorship, Mentorship]]:
    """Yields each mentorship that has other days, before and after; new ones are left out."""
    old = {mentorship.id: mentorship for mentorship in before.mentorships}
    for mentorship in after.mentorships:
        was = old.get(mentorship.id, mentorship)
        if _days(was) != _days(mentorship):
            yield was, mentorship
