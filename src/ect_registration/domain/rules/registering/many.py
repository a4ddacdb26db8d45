"""Registering many at once."""

from __future__ import annotations

from ect_registration.domain.decisions import OurDecision, Rule

BULK_IS_MANY_ONES = Rule(
    id="bulk-is-many-ones",
    says="Each row of a file is registered or refused on its own, exactly as one registration is.",
    source=OurDecision("a file is a way to type less, not a way around a rule"),
    enforced_by=("ect_registration.use_cases.bulk.register_many.register_many",),
)
