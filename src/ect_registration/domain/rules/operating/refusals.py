"""Which refusals support can look up, and for how long."""

from __future__ import annotations

from datetime import date, timedelta

from ect_registration.domain.decisions import Decision, OurDecision, Rule
from ect_registration.domain.policy import REFUSAL_LIFE
from ect_registration.domain.rules.registering.eligibility import (
    INDUCTION_EXEMPT,
    INDUCTION_FAILED,
    INDUCTION_PASSED,
    PROHIBITED_FROM_TEACHING,
)

REFUSALS_KEPT = Rule(
    id="refusals-kept",
    says="A refusal after a proof of identity keeps school, TRN, rule, day and user for "
    f"{REFUSAL_LIFE}, for support; one by induction or prohibition is only counted.",
    source=OurDecision("a school asks why a person was refused, and the draft alone does not say"),
    enforced_by=(
        "ect_registration.domain.rules.operating.refusals.check_refusals_kept",
        "ect_registration.use_cases.operating.refusals.keep_refusals",
        "ect_registration.use_cases.operating.refusals.purge_refusals",
    ),
)

# They say something of a person that only TRS should keep.
ONLY_COUNTED = {
    rule.id
    for rule in (INDUCTION_PASSED, INDUCTION_FAILED, INDUCTION_EXEMPT, PROHIBITED_FROM_TEACHING)
}


def check_refusals_kept(rule: Rule, *, proven: bool) -> Decision:
    """Decides whether a refusal under this rule keeps the person; ``kept`` has the answer.

    No person is kept without a proof of identity.
    """
    return REFUSALS_KEPT.allows(kept=proven and rule.id not in ONLY_COUNTED)


def first_day_kept(today: date) -> date:
    """Returns the day before which refusals are removed."""
    return today - timedelta(days=REFUSAL_LIFE.value)
