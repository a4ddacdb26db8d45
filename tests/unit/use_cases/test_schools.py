from __future__ import annotations

from builders import URN, a_school
from ect_registration.use_cases.schools import find_school
from unit.use_cases.service import Service
from unit.use_cases.town import UNKNOWN_SCHOOL, town


def test_a_school_is_found_by_its_urn():
    """What everybody may know of it."""
    ports = Service.of(town()).ports

    assert find_school(URN, ports) == a_school()
    assert find_school(UNKNOWN_SCHOOL, ports) is None
