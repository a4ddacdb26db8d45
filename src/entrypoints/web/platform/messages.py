"""Telling people what a rule said: its evidence is written for machines, in ISO dates."""

from __future__ import annotations

from collections.abc import Mapping

from ect_registration.domain.decisions import Blocked, Decision, Plain
from entrypoints.text.dates_in_words import in_words


def message_of(blocked: Blocked) -> str:
    """What the rule tells the person who meets it."""
    return in_words(blocked.message)


def evidence_of(decision: Decision) -> Mapping[str, Plain]:
    """What it was decided on, for a page to show."""
    return {
        name: in_words(value) if isinstance(value, str) else value
        for name, value in decision.because.items()
    }
