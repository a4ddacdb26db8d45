"""Looks up every ECT and mentor who is here in TRS, one by one, and follows what it says.

A run may be stopped anywhere and begun again: the person looked up longest ago is next. Two runs
at once do no harm: each writes what TRS said to it last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import islice

from ect_registration.domain.rules.school_year.following import Concern
from ect_registration.domain.values import Trn
from ect_registration.ports.errors import NotShown, Rejected
from ect_registration.ports.stored.following import Concerned
from ect_registration.use_cases.following.one_person import follow, note
from ect_registration.use_cases.following.told import Learnt
from ect_registration.use_cases.transactions import Ports

AT_ONCE = 100  # people who are read together
NOT_SHOWN_IN_A_ROW = 5  # so many records are not at fault themselves


def refresh(user: str, ports: Ports, limit: int | None = None) -> Iterator[Collection[Learnt]]:
    """Looks people up, and yields what came of each. TRS is asked outside any transaction.

    Raises Unavailable when TRS is out of reach; everything that was yielded is kept.
    """
    not_shown = 0
    for trn in islice(_waiting(ports.clock.now(), ports), limit):
        asked_at = ports.clock.now()
        try:
            answer = ports.teacher_records.by_trn(trn)
        except NotShown:
            note(trn, asked_at, Concern.NOT_SHOWN, ports)
            not_shown += 1
            if not_shown == NOT_SHOWN_IN_A_ROW:
                raise
            yield {Learnt.NOT_SHOWN}
            continue
        not_shown = 0
        try:
            yield follow(trn, answer, asked_at, user, ports)
        except Rejected:
            note(trn, asked_at, Concern.NOT_FOLLOWED, ports)
            yield {Learnt.NOT_FOLLOWED}


def waiting_for_a_lookup(ports: Ports) -> int:
    """Returns how many people a run would look up that began now."""
    with ports.reading() as uow:
        return uow.trs_lookups.waiting(ports.clock.now(), ports.clock.today())


def concerns(ports: Ports) -> Sequence[Concerned]:
    """Returns people that operators have to check, as TRS was last asked about them."""
    with ports.reading() as uow:
        return uow.trs_lookups.concerns(ports.clock.today())


def _waiting(began_at: datetime, ports: Ports) -> Iterator[Trn]:
    """Yields people not looked up since then: those never looked up, then the longest ago."""
    latest: Trn | None = None
    while never := _never_asked(latest, ports):
        yield from never
        latest = never[-1]
    while before := _asked_before(began_at, ports):
        yield from before


def _never_asked(after: Trn | None, ports: Ports) -> Sequence[Trn]:
    with ports.reading() as uow:
        return uow.trs_lookups.never_asked(ports.clock.today(), after, AT_ONCE)


def _asked_before(moment: datetime, ports: Ports) -> Sequence[Trn]:
    with ports.reading() as uow:
        return uow.trs_lookups.asked_before(moment, ports.clock.today(), AT_ONCE)
