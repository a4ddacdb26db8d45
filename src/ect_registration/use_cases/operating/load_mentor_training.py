"""Bringing in what DfE's records say of mentors' earlier training."""

from __future__ import annotations

from collections.abc import Collection

from ect_registration.domain.decisions import Evidence
from ect_registration.domain.people.mentor import MentorTrainingHistory
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.mentors.mentor_training import FUNDED_MENTOR_TRAINING
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.transactions import Ports, transact


def load_mentor_training(items: Collection[MentorTrainingHistory], user: str, ports: Ports) -> int:
    """Sets each TRN to what is given, all or nothing, and returns the number changed.

    The later of two items about one TRN counts. Loading again changes nothing. Raises Unavailable
    without a database.
    """

    def work(uow: UnitOfWork) -> int:
        uow.hold([Hold.EVERYTHING])
        changed = save_mentor_training(items, user, ports, uow)
        uow.commit()
        return changed

    return transact(ports, work)


def save_mentor_training(
    items: Collection[MentorTrainingHistory], user: str, ports: Ports, uow: UnitOfWork
) -> int:
    """Saves mentors' earlier training in the caller's unit of work; returns the number changed."""
    latest = {item.trn: item for item in items}
    known = {each.trn: each for each in uow.mentors.training_history(latest)}
    changed = [item for trn, item in latest.items() if known.get(trn) != item]
    for item in changed:
        uow.mentors.save_training_history(item)
    uow.history.add(_change(item, known.get(item.trn), user, ports) for item in changed)
    return len(changed)


def _change(
    after: MentorTrainingHistory, before: MentorTrainingHistory | None, user: str, ports: Ports
) -> Change:
    return Change(
        at=ports.clock.stamp(),
        actor=user,
        school=None,
        what=What.MENTOR_TRAINING_LOADED,
        rules=(FUNDED_MENTOR_TRAINING.id,),
        trn=after.trn,
        before={} if before is None else _plain(before),
        after=_plain(after),
    )


def _plain(item: MentorTrainingHistory) -> Evidence:
    days = {"completed_on": item.completed_on, "timed_out_on": item.timed_out_on}
    return {
        "early_roll_out": item.early_roll_out,
        **{name: day.isoformat() if day else None for name, day in days.items()},
    }
