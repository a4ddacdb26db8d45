"""Telling people what a rule said: its evidence is written for machines, in ISO dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from ect_registration.domain.decisions import Blocked, Decision, Plain
from entrypoints.web.words import long_date

ISO_DATE = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")


def in_words(text: str) -> str:
    """Every ISO date in it becomes ``1 September 2025``."""
    return ISO_DATE.sub(lambda found: long_date(date.fromisoformat(found[0])), text)


def message_of(blocked: Blocked) -> str:
    """What the rule tells the person who meets it."""
    return in_words(blocked.message)


def evidence_of(decision: Decision) -> Mapping[str, Plain]:
    """What it was decided on, for a page to show."""
    return {
        name: in_words(value) if isinstance(value, str) else value
        for name, value in decision.because.items()
    }
