from ect_registration.testing.clock import FixedClock as FixedClock
from ect_registration.testing.contract.store_contract import StoreContract as StoreContract
from ect_registration.testing.memory.store import MemoryStore as MemoryStore
from ect_registration.testing.memory.teacher_records import (
    MemoryTeacherRecords as MemoryTeacherRecords,
)
from ect_registration.testing.ports import memory_ports as memory_ports
