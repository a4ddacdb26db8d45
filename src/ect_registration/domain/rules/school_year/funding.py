"""Decides whether an ECT is eligible for funding for training, and what is missing."""

from __future__ import annotations

import attrs

from ect_registration.domain.decisions import OurDecision, Policy, Rule
from ect_registration.domain.people.funding import Funding, FundingNeed
from ect_registration.domain.people.teacher import InductionStatus, TrsFacts

FUNDED_TRAINING = Rule(
    id="funded-training",
    says="An ECT is eligible for funding with qualified teacher status and an induction period "
    "that an appropriate body has reported and that has not ended; until then they may be "
    "registered.",
    source=Policy("Checking the ECT is eligible to be registered for training"),
    details=OurDecision("schools and lead providers want to know what is missing"),
    enforced_by=("ect_registration.domain.rules.school_year.funding.funding_of",),
)


@attrs.frozen
class FundedTraining:
    """An ECT's eligibility for funding, with what is missing."""

    funding: Funding
    needs: tuple[FundingNeed, ...] = ()


# Nothing brings these to an end that would be followed by another induction period.
_OVER = {
    InductionStatus.PASSED,
    InductionStatus.FAILED,
    InductionStatus.FAILED_IN_WALES,
    InductionStatus.EXEMPT,
}


def funding_of(facts: TrsFacts | None, *, completed: bool) -> FundedTraining:
    """Returns whether an ECT is eligible for funding, by what TRS said when it was last asked.

    ``facts`` is None where TRS was never asked, as for records brought in from elsewhere.
    """
    if completed:
        return FundedTraining(Funding.NO)
    if facts is None or facts.induction is InductionStatus.UNKNOWN:
        return FundedTraining(Funding.NOT_KNOWN)
    if facts.induction in _OVER:
        return FundedTraining(Funding.NO)
    has_period = facts.induction is InductionStatus.IN_PROGRESS
    missing = {FundingNeed.QTS: not facts.has_qts, FundingNeed.INDUCTION_PERIOD: not has_period}
    needs = tuple(need for need, is_missing in missing.items() if is_missing)
    return FundedTraining(Funding.NO if needs else Funding.YES, needs)
