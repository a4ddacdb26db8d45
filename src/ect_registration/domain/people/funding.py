"""What is said of an ECT's eligibility for funding for training."""

from __future__ import annotations

from enum import StrEnum


class Funding(StrEnum):
    """An ECT's eligibility for funding."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


class FundingNeed(StrEnum):
    """What an ECT still needs to be eligible for funding."""

    QTS = "qts"
    INDUCTION_PERIOD = "induction_period"
