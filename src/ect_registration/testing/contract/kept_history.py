"""History is added to and never altered, in a chain for each school."""

from __future__ import annotations

from datetime import timedelta, timezone
from functools import partial
from uuid import uuid4

from ect_registration.domain.records.history import Change, What
from ect_registration.domain.records.history_chain import Head, Link, fault_in, line_of
from ect_registration.domain.values import Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.testing.examples import NOW, URN, a_change, a_school
from ect_registration.testing.steps import OTHER_URN, Action, Store, keep, outcome, seen


def _adding(*changes: Change) -> Action:
    return lambda uow: uow.history.add(changes)


def _of_school(store: Store, urn: Urn = URN) -> list[Change]:
    return list(seen(store, lambda uow: uow.history.of_school(urn)))


def _chains(store: Store) -> dict[str, tuple[list[Link], Head | None]]:
    """Return the lines and the head of each chain, by the chain's name."""

    def look(uow: UnitOfWork) -> dict[str, tuple[list[Link], Head | None]]:
        return {
            chain.name: (list(uow.history.links(chain.name, None, 100)), chain.head)
            for chain in uow.history.chains()
        }

    return seen(store, look)


def _saving(urn: Urn, uow: UnitOfWork) -> None:
    uow.schools.save(a_school(urn=urn))


class KeptHistory:
    """History is added to and never altered, in a chain for each school."""

    def test_a_change_comes_back_as_it_was_written(self, store: Store) -> None:
        """Time, user, rules and the values before and after are kept."""
        change = a_change(
            before={"finished_on": None, "completed": False, "name": "Zoë “Zo” Ng\u00a0| <b>"},
            after={"finished_on": "2025-12-19", "completed": True, "year": 2025},
        )
        keep(store, _adding(change))

        assert _of_school(store) == [change]

    def test_a_change_may_be_about_no_school_and_nobody(self, store: Store) -> None:
        """Such a change is in no school's history."""
        keep(store, _adding(a_change(school=None, trn=None, about=None, rules=())))

        assert _of_school(store) == []

    def test_a_schools_history_comes_oldest_first(self, store: Store) -> None:
        """Changes come in the order in which they were written, without another school's."""
        first, second = a_change(what=What.ECT_TRANSFERRED), a_change()
        third = a_change(at=NOW + timedelta(hours=1), what=What.EMAIL_CHANGED)
        keep(store, _adding(first, second), _adding(a_change(school=OTHER_URN)))
        keep(store, _adding(third))

        assert _of_school(store) == [first, second, third]

    def test_the_history_of_one_period_comes_oldest_first(self, store: Store) -> None:
        """Changes about other people, or written by another school, are left out."""
        id = uuid4()
        first, second = a_change(about=id), a_change(about=id, what=What.EMAIL_CHANGED)
        elsewhere = a_change(about=id, school=OTHER_URN)
        keep(
            store, _adding(first, a_change(about=uuid4()), elsewhere, a_change(about=None), second)
        )

        assert list(seen(store, lambda uow: uow.history.about(URN, id))) == [first, second]
        assert list(seen(store, lambda uow: uow.history.about(URN, uuid4()))) == []

    def test_history_without_changes_is_empty(self, store: Store) -> None:
        """An empty list of changes adds nothing."""
        keep(store, _adding())

        assert _of_school(store) == []

    def test_a_change_is_about_a_school_that_we_know(self, store: Store) -> None:
        """A dangling URN is refused."""
        assert outcome(store, _adding(a_change(school=Urn("999999")))) == "conflict"

    def test_every_school_has_a_chain_and_so_have_changes_of_no_school(self, store: Store) -> None:
        """Chains come in order of name, and each has its lines unaltered."""
        keep(store, _adding(a_change(school=None), a_change(school=OTHER_URN), a_change()))
        keep(store, _adding(a_change(), a_change(school=None)), _adding(a_change()))
        chains = _chains(store)

        assert [(name, head and head.number) for name, (_, head) in chains.items()] == [
            ("100001", 3),
            ("100002", 1),
            ("none", 2),
        ]
        assert {fault_in(links, head) for links, head in chains.values()} == {None}

    def test_lines_of_a_chain_come_a_few_at_a_time(self, store: Store) -> None:
        """A reader asks for the lines after a number and gets them in order."""
        changes = [a_change(actor=f"user-{number}") for number in range(1, 6)]
        keep(store, _adding(*changes))
        links = seen(store, lambda uow: uow.history.links("100001", 2, 2))

        assert [(link.number, link.line[1]) for link in links] == [(3, "user-3"), (4, "user-4")]
        assert list(seen(store, lambda uow: uow.history.links("100001", 5, 2))) == []

    def test_a_line_is_kept_to_the_letter_in_every_store(self, store: Store) -> None:
        """Seals can be compared only if every store keeps the same text."""
        change = a_change(
            at=NOW.astimezone(timezone(timedelta(hours=5))), before={"name": "Zoë “Zo”"}
        )
        nobody = a_change(school=None, trn=None, about=None)
        keep(store, _adding(change, nobody))
        chains = _chains(store)

        assert list(chains["100001"][0][0].line) == list(line_of(change))
        assert list(chains["none"][0][0].line) == list(line_of(nobody))

    def test_a_chain_is_seen_by_the_unit_that_writes_it(self, store: Store) -> None:
        """The unit of work sees the chain before others do."""
        with store.unit_of_work() as uow:
            id = uuid4()
            change = a_change(about=id)
            uow.history.add([change])
            within = [chain.name for chain in uow.history.chains()]
            links = uow.history.links("100001", None, 10)
            about = uow.history.about(URN, id)

        assert (within, len(links), list(about)) == (["100001"], 1, [change])
        assert _chains(store) == {}

    def test_many_chains_can_be_written_at_once(self, store: Store) -> None:
        """More chains than one SQL statement can update are written correctly."""
        urns = [Urn(f"{number}") for number in range(200_000, 200_250)]
        keep(store, *(partial(_saving, urn) for urn in urns))
        keep(store, _adding(*(a_change(school=urn) for urn in reversed(urns))))
        chains = _chains(store)

        assert list(chains) == [str(urn) for urn in urns]
        assert {fault_in(links, head) for links, head in chains.values()} == {None}
