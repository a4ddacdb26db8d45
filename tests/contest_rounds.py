"""The four contests, and what must come of each. One round holds them all: 40 attempts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

import attrs

from contests import (
    CONTESTANTS,
    EMAIL_IN_USE,
    REGISTERED,
    SCHOOLS,
    Attempt,
    BringInMentor,
    Register,
    Ring,
    actor,
    ready_journey,
)
from ect_registration.domain.values import Trn
from ect_registration.use_cases.transactions import Ports

IN_PROGRESS, OVERLAPS = "already-in-progress-here", "overlaps-previous"
PEOPLE_A_ROUND = 3 + 2 * CONTESTANTS
ATTEMPTS_A_ROUND = 5 * CONTESTANTS


@attrs.frozen
class Contest:
    """Attempts at once, and the words that the losers may come to."""

    name: str
    attempts: Sequence[Attempt]
    losers: frozenset[str]

    def faults(self, words: Sequence[str]) -> list[str]:
        """What went wrong: not exactly one winner, or a loser with the wrong word."""
        counted = Counter(words)
        winners = counted.pop(REGISTERED, 0)
        faults = [] if winners == 1 else [f"{self.name}: {winners} winners"]
        return faults + [f"{self.name}: {word}" for word in counted if word not in self.losers]


def contests(round_number: int) -> Iterator[Contest]:
    """The contests of one round, about people of its own."""
    trns = [f"{round_number * PEOPLE_A_ROUND + n:07}" for n in range(1, PEOPLE_A_ROUND + 1)]
    here, there = str(SCHOOLS[0]), str(SCHOOLS[1])
    yield Contest(
        "one ECT at one school",
        [Register(trns[0], here, f"a{trns[0]}@example.org")] * CONTESTANTS,
        frozenset({IN_PROGRESS}),
    )
    yield Contest(
        "one ECT at two schools",
        [
            Register(trns[1], (here, there)[n % 2], f"a{trns[1]}@example.org")
            for n in range(CONTESTANTS)
        ],
        frozenset({IN_PROGRESS, OVERLAPS}),
    )
    email = f"shared{round_number}@example.org"
    yield Contest(
        "one email address for eight people",
        [
            Register(trn, here, email) if n % 2 else BringInMentor(trn, email)
            for n, trn in enumerate(trns[3 : 3 + CONTESTANTS])
        ],
        frozenset({EMAIL_IN_USE}),
    )
    mine = f"Own{round_number}@example.org"
    yield Contest(
        "one email address in two spellings",
        [
            Register(trn, (here, there)[n % 2], mine if n % 2 else mine.lower())
            for n, trn in enumerate(trns[3 + CONTESTANTS :])
        ],
        frozenset({EMAIL_IN_USE}),
    )


def hold_round(round_number: int, ring: Ring, ports: Ports) -> list[str]:
    """Hold every contest of a round; the faults found."""
    faults: list[str] = []
    for contest in contests(round_number):
        faults += contest.faults(ring.hold(contest.attempts))
    trn = Trn(f"{round_number * PEOPLE_A_ROUND + 3:07}")
    ids = ring.hold([ready_journey(trn, ports, actor(0), date(2025, 9, 1))] * CONTESTANTS)
    return faults + _faults_of_journey(ids)


def _faults_of_journey(ids: Sequence[str]) -> list[str]:
    """However often a journey is submitted, everybody is shown the one registration."""
    if len(set(ids)) != 1:
        return [f"one journey submitted eight times: {sorted(set(ids))}"]
    try:
        UUID(ids[0])
    except ValueError:
        return [f"one journey submitted eight times: {ids[0]}"]
    return []
