"""`make soak`: 100,000 attempts in contests of eight, on SQLite and again on PostgreSQL."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import contest_rounds
import mentor_contests
import year_contests
from contest_rounds import hold_round
from contests import TODAY, contest_ports, reference_data, ring
from ect_registration.use_cases.operating.load_world import load_world
from entrypoints.bootstrap import check_database, upgrade_database
from integration.postgresql import fresh_postgresql_url
from mentor_contests import hold_mentor_round
from year_contests import hold_year_round

ATTEMPTS = 100_000
ATTEMPTS_A_ROUND = sum(
    each.ATTEMPTS_A_ROUND for each in (contest_rounds, mentor_contests, year_contests)
)


def soak(name: str, database: str, attempts: int) -> list[str]:
    """The faults found in so many attempts."""
    rounds = -(-attempts // ATTEMPTS_A_ROUND)
    # Nobody takes part in contests of two kinds.
    first = (rounds + 1) * contest_rounds.PEOPLE_A_ROUND // mentor_contests.PEOPLE_A_ROUND + 1
    of_a_year = (
        (first + rounds + 1) * mentor_contests.PEOPLE_A_ROUND // year_contests.PEOPLE_A_ROUND
    )
    count = (of_a_year + rounds + 1) * year_contests.PEOPLE_A_ROUND
    ports = contest_ports(database, count)
    load_world(reference_data(), "soak", ports)
    faults: list[str] = []
    with ring(database, count) as contestants:
        for number in range(rounds):
            found = hold_round(number, contestants, ports)
            found += hold_mentor_round(first + number, contestants, ports)
            found += hold_year_round(of_a_year + number, contestants, ports)
            faults += found
            if found or number % 100 == 0:
                done = (number + 1) * ATTEMPTS_A_ROUND
                print(f"{name}: {done} attempts, {len(faults)} faults", *found, flush=True)
    findings = check_database(database, TODAY, declared_only=False)
    return faults + [str(found) for found in findings if not found["in_force"]]


def main() -> int:
    """So many attempts on each database; exit status 1 when anything went wrong."""
    attempts = int(sys.argv[1]) if len(sys.argv) > 1 else ATTEMPTS
    with tempfile.TemporaryDirectory() as folder:
        sqlite = f"sqlite:///{Path(folder) / 'soak.db'}"
        upgrade_database(sqlite)
        faults = soak("SQLite", sqlite, attempts)
        faults += soak("PostgreSQL", fresh_postgresql_url(), attempts)
    print("\n".join(faults[:50]) or "No faults.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
