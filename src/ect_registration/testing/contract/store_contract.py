"""The suite that holds a store to its contract, as one class."""

from __future__ import annotations

import pytest

from ect_registration.testing.contract.ect_periods import EctPeriods
from ect_registration.testing.contract.email_claims import EmailClaims
from ect_registration.testing.contract.following_trs import FollowingTrs
from ect_registration.testing.contract.holding import HoldingRecords
from ect_registration.testing.contract.kept_history import KeptHistory
from ect_registration.testing.contract.kept_notices import KeptNotices
from ect_registration.testing.contract.kept_refusals import KeptRefusals
from ect_registration.testing.contract.lead_providers.listed_schools import ListedSchools
from ect_registration.testing.contract.lead_providers.seen_lists import SeenLists
from ect_registration.testing.contract.lead_providers.seen_people import SeenPeople
from ect_registration.testing.contract.lead_providers.seen_schools import SeenSchools
from ect_registration.testing.contract.lead_providers.tokens_of_lead_providers import (
    TokensOfLeadProviders,
)
from ect_registration.testing.contract.many_ects import ManyEctsAtOnce
from ect_registration.testing.contract.saved_journeys import SavedJourneys
from ect_registration.testing.contract.savepoints import Savepoints
from ect_registration.testing.contract.units_of_work import UnitsOfWork
from ect_registration.testing.contract.unreached import UnreachedPeople
from ect_registration.testing.steps import Store, furnish


class StoreContract(
    UnitsOfWork,
    HoldingRecords,
    Savepoints,
    EctPeriods,
    ManyEctsAtOnce,
    EmailClaims,
    FollowingTrs,
    KeptHistory,
    KeptNotices,
    KeptRefusals,
    ListedSchools,
    SavedJourneys,
    SeenLists,
    SeenPeople,
    SeenSchools,
    TokensOfLeadProviders,
    UnreachedPeople,
):
    """Subclass it in a pytest module and give it a fixture ``store``: an empty one for each test.

    A store has ``unit_of_work()`` for writing and ``reading()`` for looking.
    """

    @pytest.fixture(autouse=True)
    def _furnished(self, store: Store) -> None:
        """Save the schools and organisations that the tests are about."""
        furnish(store)
