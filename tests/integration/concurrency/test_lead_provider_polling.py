"""A lead provider's program asks for changes while eight processes write, and misses none."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import attrs
import pytest

from contests import (
    CONTESTANTS,
    PROVIDER,
    TODAY,
    YEAR,
    Register,
    contest_ports,
    reference_data,
    ring,
)
from contests import SCHOOLS as URNS
from ect_registration.domain.lead_providers.records import Kind, Participant, Seen
from ect_registration.domain.lead_providers.tokens import Token
from ect_registration.domain.school import DeliveryPartner, Pairing, Partnership
from ect_registration.domain.values import PersonName, Trn
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.ports.stored.lead_providers import Wanted
from ect_registration.use_cases.lead_providers.following import follow
from ect_registration.use_cases.lead_providers.reading import List, Page, page_of_records
from ect_registration.use_cases.lead_providers.tokens import create_token
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.transactions import Ports, transact

EACH = 6  # people that each process registers, and renames as often
PARTNER = "Lantern Learning Alliance"
NAMES = ("Ada Bell", "Ada Marlowe")


@attrs.frozen
class RegisterAndRename:
    """Registers people one after the other, and renames each twice."""

    first: int

    def __call__(self, ports: Ports) -> str:
        """Returns what became of the registrations."""
        words = set()
        for number in range(self.first, self.first + EACH):
            trn = f"{number:07}"
            school = str(URNS[number % len(URNS)])
            words.add(Register(trn, school, f"ect{number}@example.org")(ports))
            for name in NAMES:
                _rename(Trn(trn), name, ports)
        return " ".join(sorted(words))


def _rename(trn: Trn, name: str, ports: Ports) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.hold([Hold.person(trn)])
        [teacher] = uow.teachers.known_as([trn])
        uow.teachers.save(attrs.evolve(teacher, corrected_name=PersonName(name)))
        uow.commit()

    transact(ports, work)


@attrs.define
class Program:
    """Asks for what changed since the latest moment it was shown, again and again."""

    ports: Ports
    list: List
    mirror: dict[UUID, Seen] = attrs.Factory(dict)
    latest: datetime | None = None
    too_early: list[Seen] = attrs.Factory(list)

    def ask(self) -> None:
        """Asks for every page."""
        since, number = self.latest, 1
        while True:
            found = page_of_records(_wanted(since), Page(number, 5), self.list, self.ports)
            for seen in found:
                if since is not None and seen.updated_at < since:
                    self.too_early.append(seen)
                self.mirror[seen.id] = seen
                self.latest = max(self.latest or seen.updated_at, seen.updated_at)
            if not found:
                return
            number += 1

    def ask_until(self, over: threading.Event) -> None:
        """Asks until everybody has finished."""
        while not over.is_set():
            self.ask()


def _program(number: int, database: str, people: int) -> Program:
    ports = contest_ports(database, people)
    token = create_token(PROVIDER, None, f"ect_lp_{number}", "contests", ports)
    assert isinstance(token, Token)
    return Program(ports, List(token.id, "f" * 64))


def _everything(ports: Ports) -> Sequence[Seen]:
    with ports.reading() as uow:
        return uow.seen.look(_wanted(), 0, 3000)


def _wanted(since: datetime | None = None) -> Wanted:
    return Wanted(lead_provider=PROVIDER, kind=Kind.PARTICIPANT, day=TODAY, updated_since=since)


def _reference_data() -> object:
    pairing = Pairing(PROVIDER, PARTNER, YEAR)
    return attrs.evolve(
        reference_data(),
        delivery_partners=(DeliveryPartner(PARTNER, frozenset({pairing})),),
        partnerships=tuple(Partnership(urn, PROVIDER, PARTNER, YEAR) for urn in URNS),
    )


@pytest.mark.parametrize("programs", [2])
def test_a_program_that_asks_from_its_latest_moment_misses_nothing(
    database: str, programs: int
) -> None:
    """Each ends with what everybody sees who reads all of it afresh, and was shown no past."""
    people = CONTESTANTS * EACH
    load_world(_reference_data(), "contests", contest_ports(database, people))  # type: ignore[arg-type]
    asking = [_program(number, database, people) for number in range(programs)]
    over = threading.Event()
    threads = [threading.Thread(target=each.ask_until, args=(over,)) for each in asking]
    with ring(database, people) as contestants:
        for thread in threads:
            thread.start()
        attempts = [RegisterAndRename(1 + EACH * number) for number in range(CONTESTANTS)]
        words = contestants.hold(attempts)
        over.set()
        for thread in threads:
            thread.join()

    ports = contest_ports(database, people)
    while follow(ports):
        pass
    everybody = {seen.id: seen for seen in _everything(ports)}
    for program in asking:
        program.ask()
    assert set(words) == {"registered"}
    assert len(everybody) == people
    names = {
        each.record.full_name
        for each in everybody.values()
        if isinstance(each.record, Participant)
    }
    assert names == {NAMES[-1]}
    for program in asking:
        assert program.too_early == []
        assert program.mirror == everybody
