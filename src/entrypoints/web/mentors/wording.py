"""How pages say what the rules say about mentors."""

from __future__ import annotations

from collections.abc import Mapping

from ect_registration.domain.rules.mentor_training import MentorTraining, NotFunded
from ect_registration.use_cases.mentors import MentorSummary

WHICH_LEAD_PROVIDER = "Which lead provider will set up the mentor’s training?"

TRAININGS: Mapping[MentorTraining, str] = {
    MentorTraining.CONFIRMED: "Funded training, confirmed",
    MentorTraining.EXPRESSION_OF_INTEREST: "Funded training, waiting for the lead provider "
    "to confirm",
    MentorTraining.NOT_ELIGIBLE: "Not eligible for funded training",
    MentorTraining.NONE: "None set up",
}

WHY_NOT: Mapping[NotFunded, str] = {
    NotFunded.EARLY_ROLL_OUT: "they took part in the early roll-out of mentor training",
    NotFunded.COMPLETED: "they have completed mentor training before",
    NotFunded.TIMED_OUT: "they started mentor training before and did not finish it in time",
}


def training_of(mentor: MentorSummary) -> str:
    """How training stands, and with whom."""
    stands = TRAININGS[mentor.training]
    return f"{stands} ({mentor.lead_provider})" if mentor.lead_provider else stands


def details_go_to(lead_provider: str) -> str:
    """What the school is told, and need not do."""
    return (
        f"We will pass the mentor’s details on to {lead_provider}, who will contact your school. "
        "You do not need to contact them separately"
    )
