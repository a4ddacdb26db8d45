"""What an embedder needs to try the library and to test a store: nothing here is for production.

``StoreContract`` needs pytest, and is imported only when it is asked for.
"""

from ect_registration._lazy import importing

_NAMES_BY_MODULE = {
    "clock": "FixedClock",
    "contract.store_contract": "StoreContract",
    "memory.store": "MemoryStore",
    "memory.teacher_records": "MemoryTeacherRecords",
    "ports": "memory_ports",
}

__all__, __getattr__, __dir__ = importing(__name__, _NAMES_BY_MODULE)
