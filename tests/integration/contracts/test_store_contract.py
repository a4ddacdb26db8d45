from __future__ import annotations

import pytest

from builders import an_ect
from ect_registration.ports.errors import Contention
from ect_registration.ports.stored.holds import Hold
from ect_registration.testing import StoreContract
from integration.contracts.steps import furnish, keep, registered


class TestStores(StoreContract):
    """The suite that the library gives to embedders, on each of our stores."""

    @pytest.fixture
    def store(self, empty_store):
        """The suite wants a store that nothing was written to."""
        return empty_store


def test_waiting_too_long_for_what_others_hold_is_contention(opening):
    """The same again may well succeed."""
    with opening(patience=0.2) as store:
        furnish(store)
        ect = registered(store, an_ect())
        holds = [Hold.person(ect.teacher.trn)]
        with store.unit_of_work() as uow:
            uow.hold(holds)
            with pytest.raises(Contention):
                keep(store, holds=holds)

        keep(store, holds=holds)
