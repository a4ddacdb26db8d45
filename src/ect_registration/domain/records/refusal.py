"""A refusal that support can look up, or that is only counted."""

from __future__ import annotations

from datetime import date

import attrs

from ect_registration.domain.notice import Role
from ect_registration.domain.values import Trn, Urn


@attrs.frozen
class RefusedPerson:
    """Who was refused, at which school, and which user met the refusal."""

    trn: Trn
    school: Urn
    user: str


@attrs.frozen
class Refusal:
    """One rule that stopped a registration on a day."""

    day: date
    rule: str
    role: Role
    person: RefusedPerson | None = None  # None: it only counts


@attrs.frozen
class RefusalsCounted:
    """How often a rule stopped registrations on a day, without persons."""

    day: date
    rule: str
    role: Role
    number: int
