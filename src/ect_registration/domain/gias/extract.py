"""An extract of Get information about schools."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from ect_registration.domain.gias.links import Successions
from ect_registration.domain.school import School
from ect_registration.domain.values import Urn


@attrs.frozen
class Extract:
    """Schools as GIAS has them, the columns that it says, and what came after what."""

    schools: Mapping[Urn, School]
    columns: frozenset[str]
    successions: Successions | None = None  # None: nothing is known of successors
