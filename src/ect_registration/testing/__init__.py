"""What an embedder needs to try the library and to test a store: nothing here is for production.

``StoreContract`` and its parts need pytest, and are imported only when they are asked for.
"""

from ect_registration._lazy import importing

_NAMES_BY_MODULE = {
    "clock": "FixedClock",
    "contract.ect_periods": "EctPeriods",
    "contract.email_claims": "EmailClaims",
    "contract.following_trs": "FollowingTrs",
    "contract.holding": "HoldingRecords",
    "contract.kept_history": "KeptHistory",
    "contract.kept_notices": "KeptNotices",
    "contract.kept_refusals": "KeptRefusals",
    "contract.lead_providers.listed_schools": "ListedSchools",
    "contract.many_ects": "ManyEctsAtOnce",
    "contract.saved_journeys": "SavedJourneys",
    "contract.savepoints": "Savepoints",
    "contract.lead_providers.seen_lists": "SeenLists",
    "contract.lead_providers.seen_people": "SeenPeople",
    "contract.lead_providers.seen_schools": "SeenSchools",
    "contract.store_contract": "StoreContract",
    "contract.lead_providers.tokens_of_lead_providers": "TokensOfLeadProviders",
    "contract.units_of_work": "UnitsOfWork",
    "contract.unreached": "UnreachedPeople",
    "memory.store": "MemoryStore",
    "memory.teacher_records": "MemoryTeacherRecords",
    "ports": "memory_ports",
    "steps": "Store furnish",
}

__all__, __getattr__, __dir__ = importing(__name__, _NAMES_BY_MODULE)
