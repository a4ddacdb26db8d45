"""Eight processes guess at once: together they get no more answers than one would."""

from __future__ import annotations

from datetime import date

import attrs

from contests import BORN_ON, CONTESTANTS, SCHOOLS, contest_ports, ring
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.values import Trn
from ect_registration.use_cases.ports import Actor, Ports
from ect_registration.use_cases.searching import search_on_a_page

WRONG = date(1990, 2, 2)
TIMES = 4


@attrs.frozen
class Guess:
    """Wrong dates of birth for these TRNs, as one user."""

    user: str
    trns: tuple[str, ...]

    def __call__(self, ports: Ports) -> str:
        """How many of them TRS answered."""
        actor = Actor(self.user, SCHOOLS[0])
        found = [search_on_a_page(ports, actor, Trn(trn), WRONG) for trn in self.trns]
        return str(sum(not isinstance(one, Blocked) for one in found))


def answers(database: str, guesses: list[Guess]) -> int:
    """From TRS, to all of them together."""
    with ring(database, 8) as contestants:
        heard = contestants.hold(guesses)
    return sum(map(int, heard))


def test_one_trn_has_six_wrong_facts_whoever_tries(database: str) -> None:
    """Eight users at eight servers."""
    guesses = [Guess(f"user-{number}", ("0000001",) * TIMES) for number in range(CONTESTANTS)]

    assert answers(database, guesses) == 6


def test_one_user_has_ten_wrong_facts_wherever_they_try(database: str) -> None:
    """One user at eight servers; a proof is not to be had either then."""
    trns = [f"{number:07}" for number in range(1, CONTESTANTS + 1)]
    found = answers(database, [Guess("user-1", (trn,) * TIMES) for trn in trns])
    ports = contest_ports(database, CONTESTANTS)
    proof = search_on_a_page(ports, Actor("user-1", SCHOOLS[0]), Trn(trns[0]), BORN_ON)

    assert (found, isinstance(proof, Blocked)) == (10, True)
