"""A lookup of a person in TRS that no school asked for."""

from __future__ import annotations

from datetime import datetime

import attrs

from ect_registration.domain.rules.school_year.following import Concern
from ect_registration.domain.values import Trn


@attrs.frozen
class TrsLookup:
    """The latest lookup of the teacher with this TRN, and why operators should have a look."""

    trn: Trn
    asked_at: datetime
    concern: Concern | None = None
