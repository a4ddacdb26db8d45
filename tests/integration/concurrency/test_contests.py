"""Eight processes at once: exactly one wins, and every loser hears the rule."""

from __future__ import annotations

from contest_rounds import ATTEMPTS_A_ROUND, PEOPLE_A_ROUND, hold_round
from contests import TODAY, contest_ports, reference_data, ring
from ect_registration.domain.values import Urn
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.operating.verify_history import verify_history
from ect_registration.use_cases.school.ects import list_ects
from entrypoints.bootstrap import check_database

ROUNDS = 50  # 2,000 attempts on each database


def test_exactly_one_wins_and_every_loser_hears_the_rule(database: str) -> None:
    """One registration, one holder of an address and one record a journey, under load."""
    count = (ROUNDS + 1) * PEOPLE_A_ROUND
    ports = contest_ports(database, count)
    load_world(reference_data(), "test", ports)
    with ring(database, count) as contestants:
        faults = [
            fault for number in range(ROUNDS) for fault in hold_round(number, contestants, ports)
        ]

    assert ROUNDS * ATTEMPTS_A_ROUND >= 2000
    assert faults == []
    findings = check_database(database, TODAY, declared_only=False)
    assert [found for found in findings if not found["in_force"]] == []
    assert {chain.fault for chain in verify_history(ports)} == {None}
    registered = [ect for urn in ("100001", "100002") for ect in list_ects(Urn(urn), ports)]
    assert len({ect.trn for ect in registered}) == len(registered)
