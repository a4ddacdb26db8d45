"""One ECT with everything that their school may know of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

import attrs

from ect_registration.domain.decisions import Allowed, Blocked, Evidence
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import Mentorship
from ect_registration.domain.people.training import Training
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.periods.leaving import check_leaving, last_day_can_change
from ect_registration.domain.rules.school_year.changing import check_details_can_change
from ect_registration.domain.rules.school_year.undoing import check_ect_registered_by_mistake
from ect_registration.domain.values import Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.changing.records import ELSEWHERE
from ect_registration.use_cases.changing.registration_days import ect_registered_on
from ect_registration.use_cases.school.ects import EctSummary, summary_of
from ect_registration.use_cases.transactions import Ports

P = TypeVar("P", Training, Mentorship)


@attrs.frozen
class Event:
    """One thing that happened to an ECT's registration."""

    at: datetime
    actor: str | None  # None when a user at another school did it: they are not shown
    what: What
    before: Evidence
    after: Evidence


@attrs.frozen
class EctDetails:
    """One ECT as their school sees them, on one day."""

    summary: EctSummary
    trainings: Sequence[Training]  # those not withdrawn, latest first
    mentorships: Sequence[Mentorship]  # those not withdrawn, latest first
    history: Sequence[Event]  # latest first
    last_day_can_change: bool = False
    last_day_can_be_removed: bool = False
    can_be_undone: bool = False
    can_change: bool = False


def ect_in_detail(id: EctId, school: Urn, ports: Ports) -> EctDetails | Blocked:
    """Returns one ECT; another school's ECT is refused exactly as an unknown one."""
    today = ports.clock.today()
    with ports.reading() as uow:
        ect = uow.ects.find(id)
        if ect is None or ect.school != school:
            return OWN_SCHOOL_ONLY.refuses()
        history = history_of(ect, uow)
    return EctDetails(
        summary=summary_of(ect, today),
        trainings=_standing(ect.trainings),
        mentorships=_standing(ect.mentorships),
        history=history,
        last_day_can_change=last_day_can_change(ect, today),
        last_day_can_be_removed=isinstance(check_leaving(ect, None, today), Allowed),
        can_change=isinstance(check_details_can_change(ect, today), Allowed),
        can_be_undone=not ect.withdrawn
        and isinstance(
            check_ect_registered_by_mistake(ect, ect_registered_on(ect), today), Allowed
        ),
    )


def history_of(somebody: EctAtSchool | MentorAtSchool, uow: UnitOfWork) -> Sequence[Event]:
    """Returns what happened to this period at its school, latest first."""
    changes = uow.history.about(somebody.school, somebody.id)
    return [_event(change) for change in reversed(changes)]


def _event(change: Change) -> Event:
    elsewhere = change.what in {What.ECT_TRANSFERRED, What.MENTOR_MOVED}
    elsewhere = elsewhere or ELSEWHERE in change.after
    actor = None if elsewhere else change.actor
    return Event(change.at, actor, change.what, change.before, change.after)


def _standing(parts: Sequence[P]) -> Sequence[P]:
    kept = [part for part in parts if not part.withdrawn]
    return sorted(kept, key=lambda part: part.period.started_on, reverse=True)
