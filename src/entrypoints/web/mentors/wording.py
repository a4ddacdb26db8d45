"""The words that pages use for mentors and their training."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

import attrs

from ect_registration.domain.rules.mentors.mentor_training import MentorTraining, NotFunded
from ect_registration.domain.search.mentor_search import MentorStatus
from ect_registration.use_cases.school.mentors import MentorSummary

WHICH_LEAD_PROVIDER = "Which lead provider will set up the mentor’s training?"

STATUSES = {
    MentorStatus.MENTORING: "Mentoring",
    MentorStatus.NO_ECTS: "No ECTs",
    MentorStatus.LEFT: "Left",
}
COLOURS = {
    MentorStatus.MENTORING: "green",
    MentorStatus.NO_ECTS: "blue",
    MentorStatus.LEFT: "grey",
}

TRAININGS: Mapping[MentorTraining, str] = {
    MentorTraining.CONFIRMED: "Funded training, confirmed",
    MentorTraining.EXPRESSION_OF_INTEREST: "Funded training, waiting for the lead provider "
    "to confirm",
    MentorTraining.NOT_ELIGIBLE: "Not eligible for funded training, according to our records",
    MentorTraining.NONE: "Not set up",
}

WHY_NOT: Mapping[NotFunded, str] = {
    NotFunded.EARLY_ROLL_OUT: "they took part in the early roll-out of mentor training",
    NotFunded.COMPLETED: "they have completed mentor training before",
    NotFunded.TIMED_OUT: "they started mentor training before and did not finish it in the time "
    "allowed",
}
CAN_CHECK = "Your lead provider can check this"


@attrs.frozen
class NoFundedTraining:
    """Why our records speak against funded training, and whether that is certain."""

    because: str
    certain: bool

    @classmethod
    def of(cls, why: NotFunded) -> Self:
        """Returns the reason in words; only one that ran out of time may have changed since."""
        return cls(WHY_NOT[why], certain=why is not NotFunded.TIMED_OUT)

    @property
    def answer(self) -> str:
        """Returns the text on check answers."""
        if self.certain:
            return f"Not available, because {self.because}"
        return f"Not set up, because our records say that {self.because}. {CAN_CHECK}"

    @property
    def in_a_row(self) -> str:
        """Returns the text on the mentor's page, after "Why"."""
        said = f"{self.because[:1].upper()}{self.because[1:]}"
        return said if self.certain else f"{said}, according to our records. {CAN_CHECK}"

    @property
    def heading(self) -> str:
        """Returns the words after the mentor's name in a title."""
        return CANNOT if self.certain else MAY_NOT


CANNOT = "cannot get funded mentor training"
MAY_NOT = "may not be able to get funded mentor training"


def training_of(mentor: MentorSummary) -> str:
    """Returns the state of the mentor's training, with the lead provider."""
    stands = TRAININGS[mentor.training]
    return f"{stands} ({mentor.lead_provider})" if mentor.lead_provider else stands


def details_go_to(lead_provider: str, delivery_partner: str | None) -> str:
    """Returns what the school is told about the lead provider of the mentor's training.

    Without a delivery partner the lead provider has not confirmed yet.
    """
    then = (
        " when they confirm that they work with your school"
        if delivery_partner is None
        else ", who will contact your school"
    )
    return (
        f"We will pass the mentor’s details on to {lead_provider}{then}. "
        "You do not need to contact them separately"
    )
