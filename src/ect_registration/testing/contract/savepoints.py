"""What a savepoint undoes, and what it leaves alone."""

from __future__ import annotations

from contextlib import suppress

import pytest

from ect_registration.domain.email import Email
from ect_registration.domain.values import Trn
from ect_registration.ports.errors import Conflict
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.testing.contract.units_of_work import Oops
from ect_registration.testing.examples import URN, a_change, a_partnership, a_teacher, an_ect
from ect_registration.testing.steps import Store, adding_ect, keep

SAM = Trn("7000001")


def _fails(uow: UnitOfWork) -> None:
    """Write a partnership, a change and an ECT, and then the partnership once more."""
    uow.partnerships.add(a_partnership())
    uow.history.add([a_change(actor="undone")])
    adding_ect(an_ect(teacher=a_teacher(trn=SAM), email=Email.parse("sam@example.org")))(uow)
    uow.partnerships.add(a_partnership())


def _oops_in_a_block(uow: UnitOfWork) -> None:
    with uow.savepoint():
        raise Oops


class Savepoints:
    """A block that ends with a Conflict is undone alone."""

    def test_a_conflict_undoes_its_block_alone(self, store: Store) -> None:
        """What came before and after the block is kept, history included."""
        first, last = an_ect(), a_partnership()
        with store.unit_of_work() as uow:
            uow.hold([Hold.EVERYTHING])
            adding_ect(first)(uow)
            uow.history.add([a_change(actor="before")])
            with pytest.raises(Conflict), uow.savepoint():
                _fails(uow)
            uow.partnerships.add(last)
            uow.history.add([a_change(actor="after")])
            uow.commit()

        with store.reading() as uow:
            assert [ect.id for ect in uow.ects.at_school(URN)] == [first.id]
            assert list(uow.partnerships.of_school(URN)) == [last]
            assert [change.actor for change in uow.history.of_school(URN)] == ["before", "after"]

    def test_history_read_in_the_block_is_undone_with_it(self, store: Store) -> None:
        """A block that looked at its own history leaves none of it, and loses none from before."""
        with store.unit_of_work() as uow:
            uow.hold([Hold.EVERYTHING])
            uow.history.add([a_change(actor="before")])
            with suppress(Conflict), uow.savepoint():
                uow.history.add([a_change(actor="undone")])
                assert len(uow.history.of_school(URN)) == 2
                _fails(uow)
            uow.commit()

        with store.reading() as uow:
            assert [change.actor for change in uow.history.of_school(URN)] == ["before"]

    def test_what_a_block_wrote_is_kept(self, store: Store) -> None:
        """A savepoint that nothing went wrong in changes nothing."""
        ect = an_ect()
        with store.unit_of_work() as uow:
            uow.hold([Hold.EVERYTHING])
            with uow.savepoint():
                adding_ect(ect)(uow)
                uow.history.add([a_change()])
            uow.commit()

        with store.reading() as uow:
            assert uow.ects.find(ect.id) == ect
            assert len(uow.history.of_school(URN)) == 1

    def test_a_conflict_after_the_block_ends_the_unit_of_work(self, store: Store) -> None:
        """Only the block is forgiving."""
        with store.unit_of_work() as uow:
            uow.hold([Hold.EVERYTHING])
            with uow.savepoint():
                uow.partnerships.add(a_partnership())
            with pytest.raises(Conflict):
                uow.partnerships.add(a_partnership())

            with pytest.raises(RuntimeError):
                uow.commit()

    def test_any_other_error_discards_everything(self, store: Store) -> None:
        """An error that is no Conflict goes on to the end of the unit of work."""
        ect = an_ect()
        with pytest.raises(Oops):
            keep(store, adding_ect(ect), _oops_in_a_block)

        with store.reading() as uow:
            assert uow.ects.find(ect.id) is None

    def test_only_writing_units_have_savepoints(self, store: Store) -> None:
        """A unit of work for reading has nothing to go back on."""
        with store.reading() as uow, pytest.raises(RuntimeError), uow.savepoint():
            pass
