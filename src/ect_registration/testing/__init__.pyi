from ect_registration.testing.contract.ect_periods import EctPeriods as EctPeriods
from ect_registration.testing.contract.email_claims import EmailClaims as EmailClaims
from ect_registration.testing.contract.following_trs import FollowingTrs as FollowingTrs
from ect_registration.testing.contract.holding import HoldingRecords as HoldingRecords
from ect_registration.testing.contract.kept_history import KeptHistory as KeptHistory
from ect_registration.testing.contract.kept_notices import KeptNotices as KeptNotices
from ect_registration.testing.contract.kept_refusals import KeptRefusals as KeptRefusals
from ect_registration.testing.contract.lead_providers.listed_schools import (
    ListedSchools as ListedSchools,
)
from ect_registration.testing.contract.many_ects import ManyEctsAtOnce as ManyEctsAtOnce
from ect_registration.testing.contract.saved_journeys import SavedJourneys as SavedJourneys
from ect_registration.testing.contract.savepoints import Savepoints as Savepoints
from ect_registration.testing.contract.lead_providers.seen_lists import SeenLists as SeenLists
from ect_registration.testing.contract.lead_providers.seen_people import SeenPeople as SeenPeople
from ect_registration.testing.contract.lead_providers.seen_schools import (
    SeenSchools as SeenSchools,
)
from ect_registration.testing.contract.lead_providers.tokens_of_lead_providers import (
    TokensOfLeadProviders as TokensOfLeadProviders,
)
from ect_registration.testing.contract.units_of_work import UnitsOfWork as UnitsOfWork
from ect_registration.testing.contract.unreached import UnreachedPeople as UnreachedPeople
from ect_registration.testing.clock import FixedClock as FixedClock
from ect_registration.testing.contract.store_contract import StoreContract as StoreContract
from ect_registration.testing.memory.store import MemoryStore as MemoryStore
from ect_registration.testing.memory.teacher_records import (
    MemoryTeacherRecords as MemoryTeacherRecords,
)
from ect_registration.testing.ports import memory_ports as memory_ports
from ect_registration.testing.steps import Store as Store
from ect_registration.testing.steps import furnish as furnish
