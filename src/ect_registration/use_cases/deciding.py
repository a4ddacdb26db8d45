"""Deciding a case on fresh facts, inside whatever unit of work is open."""

from __future__ import annotations

from datetime import date

import attrs

from ect_registration.case import EctCase
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.draft import EctDraft
from ect_registration.domain.values import Urn
from ect_registration.journey import Progress, walk
from ect_registration.ports.store import UnitOfWork
from ect_registration.register_ect import REGISTER_ECT
from ect_registration.use_cases.gathering import gather


@attrs.frozen
class Decided:
    """A case, and how far it gets."""

    case: EctCase
    progress: Progress[EctCase]

    @property
    def stop(self) -> Blocked | None:
        """The block, or else what has still to be answered; None: ready to be saved."""
        if self.progress.blocked is not None:
            return self.progress.blocked
        step = self.progress.path[-1]
        return step.asks(self.case) if step.asks is not None else None


def decide(draft: EctDraft, school: Urn, today: date, uow: UnitOfWork) -> Decided | Blocked:
    """Gather and walk; blocked at once by an unknown school."""
    case = gather(draft, school, today, uow)
    if isinstance(case, Blocked):
        return case
    return Decided(case, walk(REGISTER_ECT, case))


def before_the_search(school: Urn, today: date, uow: UnitOfWork) -> Blocked | None:
    """What keeps a school from searching at all: TRS is not asked then."""
    decided = decide(EctDraft(), school, today, uow)
    return decided if isinstance(decided, Blocked) else decided.progress.blocked
