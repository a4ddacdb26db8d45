"""Changing an ECT's email address."""

from __future__ import annotations

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.change_draft import EctChangeDraft
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.use_cases.changing.change_ect import change_ect
from ect_registration.use_cases.transactions import Actor, Ports


def change_email(id: EctId, email: Email, actor: Actor, ports: Ports) -> EctAtSchool | Blocked:
    """The ECT with another address, or the rule that is against it."""
    changes = EctChangeDraft(ect=id, asked=frozenset({"email"}), email=email)
    outcome = change_ect(changes, actor, ports)
    return outcome if isinstance(outcome, Blocked) else outcome.ect
