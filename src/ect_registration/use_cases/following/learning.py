"""A new name in TRS, and what it says of qualification and induction by now."""

from __future__ import annotations

from collections.abc import Iterable

from ect_registration.domain.decisions import Evidence
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.teacher import Teacher, TrsFacts
from ect_registration.domain.records.history import What
from ect_registration.domain.rules.school_year.following import (
    NAMES_FOLLOW_TRS,
    with_facts_of_trs,
    with_name_of_trs,
)
from ect_registration.domain.rules.school_year.funding import FUNDED_TRAINING
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.following.told import Learnt, Told
from ect_registration.use_cases.merged_trns import Rows


def learn(told: Told, known: Iterable[Teacher], rows: Rows, uow: UnitOfWork) -> set[Learnt]:
    """Keeps what TRS says of a person, under every TRN that they are known by.

    ``rows`` are their periods that are open: their schools are told. What was learnt after TRS
    was asked, as at a registration meanwhile, stays.
    """
    learnt = set()
    for teacher in known:
        if teacher.facts is not None and teacher.facts.seen_at > told.asked_at:
            continue
        named = with_name_of_trs(teacher, told.record.name)
        after = with_facts_of_trs(named, TrsFacts.of(told.record, told.asked_at))
        theirs = [row for row in rows if row.teacher.trn == teacher.trn]
        if named is not teacher:
            _tell_of_name(teacher, named, told, theirs, uow)
            learnt.add(Learnt.NAME_CHANGED)
        if after is not named:
            _tell_of_facts(teacher, after, told, theirs, uow)
            learnt.add(Learnt.FACTS_CHANGED)
        if after is not teacher:
            uow.teachers.save(after)
    return learnt


def _tell_of_name(
    before: Teacher, after: Teacher, told: Told, rows: Rows, uow: UnitOfWork
) -> None:
    line = told.line(
        What.TRS_NAME_CHANGED,
        NAMES_FOLLOW_TRS,
        before.trn,
        {"trs_name": before.trs_name, "name": before.name},
        {"trs_name": after.trs_name, "name": after.name},
    )
    uow.history.add(told.lines(line, rows))


def _tell_of_facts(
    before: Teacher, after: Teacher, told: Told, rows: Rows, uow: UnitOfWork
) -> None:
    """Writes what is new. Schools are told of their ECTs: of mentors it does not matter."""
    old, new = (_facts(each.facts) for each in (before, after))
    differing = [key for key in new if key not in old or old[key] != new[key]]
    line = told.line(
        What.TRS_FACTS_CHANGED,
        FUNDED_TRAINING,
        before.trn,
        {key: old[key] for key in differing if key in old},
        {key: new[key] for key in differing},
    )
    ects = [row for row in rows if isinstance(row, EctAtSchool)]
    uow.history.add(told.lines(line, ects))


def _facts(facts: TrsFacts | None) -> Evidence:
    if facts is None:
        return {}
    days = {
        "induction_started_on": facts.induction_started_on,
        "induction_completed_on": facts.induction_completed_on,
    }
    return {
        "has_qts": facts.has_qts,
        "induction": facts.induction.value,
        **{key: day.isoformat() if day else None for key, day in days.items()},
    }
