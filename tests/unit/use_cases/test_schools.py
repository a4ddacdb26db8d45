from __future__ import annotations

from builders import URN, a_school
from unit.use_cases.town import UNKNOWN_SCHOOL

from ect_registration.use_cases.schools import find_school


def test_a_school_is_found_by_its_number(service):
    """Or it is not known."""
    found = [find_school(urn, service.ports) for urn in (URN, UNKNOWN_SCHOOL)]

    assert found == [a_school(), None]
