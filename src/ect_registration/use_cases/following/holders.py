"""Asks TRS about the holders of an address, before another person is refused it.

Two records of one person may have been merged since either was looked up: then the address is the
person's own.
"""

from __future__ import annotations

from collections.abc import Sequence

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.email import Email
from ect_registration.domain.policy import HOLDER_LOOKUP_LIFE
from ect_registration.domain.rules.identifying.email import EMAIL_IN_USE
from ect_registration.domain.rules.school_year.following import Concern
from ect_registration.domain.values import Trn
from ect_registration.ports.errors import NotShown, Rejected, Unavailable
from ect_registration.use_cases.following.one_person import follow, note
from ect_registration.use_cases.transactions import Ports

SERVICE = "service"  # who looks up the holder of an address, in history


def is_worth_asking_again(stop: Blocked | None, email: Email, ports: Ports) -> bool:
    """Says whether TRS was asked who has the address that is refused, so that it may be free.

    Asks outside any unit of work. When TRS is away, or was asked within a day, the refusal stands.
    """
    return stop is not None and stop.rule is EMAIL_IN_USE and follow_holders(email, ports)


def follow_holders(email: Email, ports: Ports) -> bool:
    """Looks up the holders of an address in TRS; says whether TRS told anything new."""
    learnt = False
    for trn in _not_asked_lately(email, ports):
        asked_at = ports.clock.now()
        try:
            follow(trn, ports.teacher_records.by_trn(trn), asked_at, SERVICE, ports)
            learnt = True
        except NotShown:
            note(trn, asked_at, Concern.NOT_SHOWN, ports)
        except Rejected:
            note(trn, asked_at, Concern.NOT_FOLLOWED, ports)
        except Unavailable:
            break
    return learnt


def _not_asked_lately(email: Email, ports: Ports) -> Sequence[Trn]:
    oldest = ports.clock.now() - HOLDER_LOOKUP_LIFE.value
    with ports.reading() as uow:
        holders = uow.emails.holders(email, ports.clock.today())
        asked = {trn: uow.trs_lookups.last(trn) for trn in holders}
    return [trn for trn, last in asked.items() if last is None or last.asked_at < oldest]
