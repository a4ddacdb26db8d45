"""What everybody may know of a school."""

from __future__ import annotations

from ect_registration.domain.school import School
from ect_registration.domain.values import Urn
from ect_registration.use_cases.ports import Ports


def find_school(urn: Urn, ports: Ports) -> School | None:
    """None when we do not know it."""
    with ports.reading() as uow:
        return uow.schools.find(urn)
