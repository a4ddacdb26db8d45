"""Eight processes on one person: changes, leaving and undoing at once, and nothing is broken."""

from __future__ import annotations

from contests import TODAY, contest_ports, reference_data, ring
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.operating.verify_history import verify_history
from entrypoints.bootstrap import check_database
from year_contests import ATTEMPTS_A_ROUND, PEOPLE_A_ROUND, hold_year_round

ROUNDS = 6  # 96 attempts on each database


def test_everything_at_once_to_one_ect_is_done_or_refused_by_a_rule(database: str) -> None:
    """Records, guarantees and histories hold, whoever comes first."""
    count = (ROUNDS + 1) * PEOPLE_A_ROUND
    ports = contest_ports(database, count)
    load_world(reference_data(), "test", ports)
    with ring(database, count) as contestants:
        faults = [
            fault
            for number in range(ROUNDS)
            for fault in hold_year_round(number, contestants, ports)
        ]

    assert ROUNDS * ATTEMPTS_A_ROUND >= 96
    assert faults == []
    findings = check_database(database, TODAY, declared_only=False)
    assert [found for found in findings if not found["in_force"]] == []
    assert {chain.fault for chain in verify_history(ports)} == {None}
