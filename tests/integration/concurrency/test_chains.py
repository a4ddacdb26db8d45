"""Eight processes write history at once: every line gets its place, and nobody waits for ever."""

from __future__ import annotations

from datetime import UTC, datetime

import attrs

from contests import CONTESTANTS, contest_ports, ring
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.school import School
from ect_registration.domain.values import Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.operating.verify_history import Verified, verify_history
from ect_registration.use_cases.transactions import Ports, transact

NOW = datetime(2025, 9, 10, 9, 30, tzinfo=UTC)
SCHOOLS = tuple(Urn(f"{number}") for number in range(100_001, 100_005))
TIMES = 8


@attrs.frozen
class Write:
    """The same changes again and again, each time in one unit of work."""

    schools: tuple[Urn | None, ...]

    def __call__(self, ports: Ports) -> str:
        """How often it had to be tried."""
        tries = 0

        def work(uow: UnitOfWork) -> None:
            nonlocal tries
            tries += 1
            for school in self.schools:
                uow.history.add([Change(NOW, "contestant", school, What.EMAIL_CHANGED)])
            uow.commit()

        for _ in range(TIMES):
            transact(ports, work)
        return str(tries)


def _schools(uow: UnitOfWork) -> None:
    for urn in SCHOOLS:
        uow.schools.save(School(urn, f"School {urn}"))
    uow.commit()


def test_no_line_gets_lost_and_none_is_out_of_place(database: str) -> None:
    """Whatever the order in which the schools come up."""
    ports = contest_ports(database, 0)
    transact(ports, _schools)
    forward = (*SCHOOLS, None)
    with ring(database, 0) as contestants:
        heard = contestants.hold([Write(forward), Write(forward[::-1])] * (CONTESTANTS // 2))

    assert [word for word in heard if not word.isdigit()] == []
    assert verify_history(ports) == [
        Verified(name, CONTESTANTS * TIMES, None) for name in (*map(str, SCHOOLS), "none")
    ]


def test_schools_are_not_in_each_others_way(database: str) -> None:
    """Units of two schools need no second try; SQLite has them take turns anyway."""
    ports = contest_ports(database, 0)
    transact(ports, _schools)
    transact(ports, lambda uow: (uow.history.add(_first()), uow.commit()))
    alone = [Write((SCHOOLS[number % 4],)) for number in range(4)]
    with ring(database, 0) as contestants:
        heard = contestants.hold([*alone, *[Write(())] * 4])

    assert heard[:4] == [str(TIMES)] * 4


def _first() -> list[Change]:
    return [Change(NOW, "contestant", school, What.EMAIL_CHANGED) for school in SCHOOLS]
