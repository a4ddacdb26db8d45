"""Eight processes guess at once: together they get no more answers than one would."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import attrs
import pytest

from contests import BORN_ON, CONTESTANTS, SCHOOLS, contest_ports, reference_data, ring
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.ect_draft import EctDraft, NameAnswer
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.email import Email
from ect_registration.domain.values import Trn
from ect_registration.domain.world import TrsPerson
from ect_registration.testing.memory.teacher_records import MemoryTeacherRecords
from ect_registration.use_cases.journeys import saved_journeys
from ect_registration.use_cases.journeys.answering import answer_on_a_page, find_teacher
from ect_registration.use_cases.journeys.ect_journey import ECT_JOURNEY
from ect_registration.use_cases.journeys.teacher_search import search_on_a_page
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.transactions import Actor, Ports

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


def answers(database: str, guesses: Sequence[Callable[[Ports], str]]) -> int:
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


OLD, RETAINED = "9000001", "9000002"
MERGED = (
    TrsPerson(Trn(OLD), "Olga", "Former", state="merged", merged_into=Trn(RETAINED)),
    TrsPerson(Trn(RETAINED), "Olga", "Latter", date_of_birth=BORN_ON),
)


@attrs.frozen
class GuessAtMerged(Guess):
    """The same about somebody who has two TRNs; nobody here has seen the merge yet."""

    def __call__(self, ports: Ports) -> str:
        """How many of them TRS answered."""
        return super().__call__(attrs.evolve(ports, teacher_records=MemoryTeacherRecords(MERGED)))


@pytest.mark.parametrize("trns", [(OLD,), (OLD, RETAINED), (RETAINED, OLD, RETAINED, OLD)])
def test_somebody_with_two_trns_has_six_wrong_facts_as_anybody(
    database: str, trns: tuple[str, ...]
) -> None:
    """Twenty-four or more at once, under one TRN, the other, or both in turn."""
    each = [trns[number % len(trns) :] + trns[: number % len(trns)] for number in range(8)]
    times = 3 if len(trns) == 1 else 2
    guesses = [GuessAtMerged(f"user-{n}", trns * times) for n, trns in enumerate(each)]

    assert answers(database, guesses) == 6


@attrs.frozen
class AskAboutEmails:
    """So many addresses, in a journey of one's own."""

    name: str
    times: int = 6

    def __call__(self, ports: Ports) -> str:
        """How many of the questions were answered."""
        who = Actor("user-1", SCHOOLS[0])
        id = saved_journeys.start(who, ports)
        found = find_teacher(ECT_JOURNEY, id, Trn("0000001"), BORN_ON, who, ports)
        assert found == id
        self._give(id, "name", who, ports, name=NameAnswer())
        asked = [Email(f"{self.name}-{number}@example.org") for number in range(self.times)]
        told = [self._give(id, "email", who, ports, email=email) for email in asked]
        return str(sum(not isinstance(one, Blocked) for one in told))

    def _give(self, id: JourneyId, step: str, who: Actor, ports: Ports, **given: object) -> object:
        def change(draft: EctDraft) -> EctDraft:
            return attrs.evolve(draft, **given)

        return answer_on_a_page(ECT_JOURNEY, id, step, change, who, ports)


def test_one_user_asks_about_forty_addresses_wherever_they_ask(database: str) -> None:
    """Eight tabs at eight servers, forty-eight addresses."""
    load_world(reference_data(), "loader", contest_ports(database, CONTESTANTS))

    assert answers(database, [AskAboutEmails(f"person-{n}") for n in range(CONTESTANTS)]) == 40
