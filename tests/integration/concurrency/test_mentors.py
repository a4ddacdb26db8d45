"""Eight processes at once about mentors: one wins, losers hear the rule, nothing is broken."""

from __future__ import annotations

from contests import TODAY, contest_ports, reference_data, ring
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.operating.verify_history import verify_history
from entrypoints.bootstrap import check_database
from mentor_contests import ATTEMPTS_A_ROUND, PEOPLE_A_ROUND, hold_mentor_round

ROUNDS = 5  # 280 attempts on each database


def test_exactly_one_mentor_wins_and_nothing_is_broken(database: str) -> None:
    """One mentor for an ECT, one period and one training for a mentor, one email address."""
    count = (ROUNDS + 1) * PEOPLE_A_ROUND
    ports = contest_ports(database, count)
    load_world(reference_data(), "test", ports)
    with ring(database, count) as contestants:
        faults = [
            fault
            for number in range(ROUNDS)
            for fault in hold_mentor_round(number, contestants, ports)
        ]

    assert ROUNDS * ATTEMPTS_A_ROUND >= 280
    assert faults == []
    findings = check_database(database, TODAY, declared_only=False)
    assert [found for found in findings if not found["in_force"]] == []
    assert {chain.fault for chain in verify_history(ports)} == {None}
