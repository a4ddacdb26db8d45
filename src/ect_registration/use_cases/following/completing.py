"""Inductions that TRS says are over, and those that it opens again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import attrs

from ect_registration.domain.decisions import Evidence
from ect_registration.domain.people.completing import completed, reopened
from ect_registration.domain.people.completion import Outcome
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.school_year.following import (
    COMPLETED_BY_TRS,
    is_open,
    outcome_of,
)
from ect_registration.domain.values import Trn
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.changing.beside import (
    extents_of_mentors,
    other_ect_periods,
    standing_again,
)
from ect_registration.use_cases.changing.records import (
    about_row,
    mentorships_moved,
    with_email_lost,
)
from ect_registration.use_cases.following.told import Learnt, Told


def follow_induction(told: Told, trns: Collection[Trn], uow: UnitOfWork) -> set[Learnt]:
    """Marks open ECT periods completed, or takes back the marks that TRS set.

    The caller holds the person, and the addresses of periods that TRS withdrew.
    """
    ects = uow.ects.of_people(trns, withdrawn=True)
    outcome = outcome_of(told.record.induction)
    if outcome is not None:
        return {Learnt.COMPLETED for _ in _complete(ects, outcome, told, uow)}
    if is_open(told.record.induction):
        return {Learnt.REOPENED for _ in _reopen(ects, told, uow)}
    return set()


def _complete(
    ects: Sequence[EctAtSchool], outcome: Outcome, told: Told, uow: UnitOfWork
) -> Iterator[EctAtSchool]:
    for ect in ects:
        if ect.withdrawn or not ect.period.is_open(told.today):
            continue
        after = completed(ect, outcome, told.record.induction_completed_on, told.today)
        if after != ect:
            uow.ects.change(ect, after)
            uow.history.add(_told_lines(What.ECT_COMPLETED, ect, after, told))
            yield after


def _reopen(ects: Sequence[EctAtSchool], told: Told, uow: UnitOfWork) -> Iterator[EctAtSchool]:
    for ect in ects:
        if ect.completion is None:
            continue
        beside = [other.standing for other in other_ect_periods(ect, uow)]
        back = reopened(ect, told.today, beside, extents_of_mentors([ect], uow))
        after = standing_again(ect, back, uow, told.today, keep=True)
        uow.ects.change(ect, after)
        uow.history.add(_told_lines(What.ECT_REOPENED, ect, after, told))
        yield after


def _told_lines(
    what: What, before: EctAtSchool, after: EctAtSchool, told: Told
) -> Iterator[Change]:
    """Yields the line about the period, then those about its mentorships."""
    old, new = (_outcome_of(each) for each in (before, after))
    line = told.line(what, COMPLETED_BY_TRS, before.teacher.trn, {}, {})
    of_period = about_row(attrs.evolve(line, before=old, after=new), after)
    yield with_email_lost(of_period, before, after)
    yield from mentorships_moved(line, before, after)


def _outcome_of(ect: EctAtSchool) -> Evidence:
    said = ect.completion
    return {
        "outcome": said.outcome.value if said else None,
        "outcome_on": said.day.isoformat() if said and said.day else None,
        "completed": ect.completed,
        "withdrawn": ect.withdrawn,
    }
