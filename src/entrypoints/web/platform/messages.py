"""Messages of rules for users: dates in words instead of ISO dates."""

from __future__ import annotations

from collections.abc import Mapping

from ect_registration.domain.decisions import Blocked, Decision, Plain
from entrypoints.text.dates_in_words import in_words


def message_of(blocked: Blocked) -> str:
    """Returns the rule's message for the user."""
    return in_words(blocked.message)


def evidence_of(decision: Decision) -> Mapping[str, Plain]:
    """Returns the evidence of a decision, with dates in words."""
    return {
        name: in_words(value) if isinstance(value, str) else value
        for name, value in decision.because.items()
    }
