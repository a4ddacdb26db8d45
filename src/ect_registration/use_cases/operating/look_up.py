"""Finds people and schools for operators, and records each lookup of a person in history."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import attrs

from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.operating.operators import OPERATOR_IS_NAMED
from ect_registration.domain.school import School
from ect_registration.domain.search.ect_search import SearchWords
from ect_registration.domain.text import cleaned
from ect_registration.domain.values import Trn
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.lookups import FoundPeriod
from ect_registration.use_cases.signing_in.sign_in import latest_successions
from ect_registration.use_cases.transactions import Ports, transact

MOST = 100  # of either kind


@attrs.frozen
class Found:
    """What was found, and whether there is more of it than is shown."""

    people: Sequence[FoundPeriod]
    schools: Sequence[School]
    is_cut_short: bool


def look_up(typed: str, user: str, ports: Ports) -> Found:
    """Returns people by a part of a name, TRN or email address, and schools by name or URN.

    What has taken the place of a school is found with it. History records that this user looked
    up each person who is shown.
    """
    words, address = SearchWords.parse(typed), _address_in(typed)
    with ports.reading() as uow:
        people = uow.lookups.people(words, address, MOST + 1)
        schools = uow.lookups.schools(words, MOST + 1)
        successors = _successors_of(schools[:MOST], uow)
    shown = people[:MOST]
    record_looking_up([each.trn for each in shown], user, ports)
    cut_short = len(people) > MOST or len(schools) > MOST
    return Found(shown, [*schools[:MOST], *successors], cut_short)


def _successors_of(schools: Sequence[School], uow: UnitOfWork) -> Sequence[School]:
    """Returns what has taken the place of these schools and is not among them."""
    found = {school.urn for school in schools}
    latest = latest_successions(found, uow).values()
    return uow.schools.with_urns({each.successor for each in latest} - found)


def record_looking_up(trns: Collection[Trn], user: str, ports: Ports) -> None:
    """Writes in history that the user looked these people up; nothing without people."""
    if not trns:
        return

    def work(uow: UnitOfWork) -> None:
        at = ports.clock.stamp()
        rules = (OPERATOR_IS_NAMED.id,)
        uow.history.add(
            Change(at, user, None, What.LOOKED_UP, rules, trn) for trn in sorted(set(trns))
        )
        uow.commit()

    transact(ports, work)


def _address_in(typed: str) -> str:
    """Returns a part of an email address as it is compared; empty if it can be none."""
    part = cleaned(typed)
    return part.lower() if part.isascii() and " " not in part else ""
