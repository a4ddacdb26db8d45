"""What pages say of a mentor's training."""

from __future__ import annotations

from collections.abc import Sequence

from ect_registration.domain.rules.mentor_training import MentorTraining
from ect_registration.domain.training import Programme
from ect_registration.mentoring_case import MentoringCase
from ect_registration.use_cases.planning_mentors import Assigned
from entrypoints.web.mentors.details import why_not

NONE_SET_UP = (
    "No mentor training has been set up, because the ECT’s training is school-led. It may be "
    "offered when the mentor is given an ECT whose training is provider-led"
)


def training_answer(case: MentoringCase) -> str:
    """What becomes of the mentor's training, in a line."""
    if not case.provider_led:
        return "None is set up: the ECT’s training is school-led"
    if case.open_training is not None:
        return "Already set up, and goes on as it is"
    because = why_not(case)
    return "Open to them" if because is None else f"Not open to them: {because}"


def details_go_to(lead_provider: str) -> str:
    """What the school is told, and need not do."""
    return (
        f"We will pass the mentor’s details on to {lead_provider}, who will contact your school. "
        "You do not need to contact it separately"
    )


def training_said(assigned: Assigned) -> Sequence[str]:
    """What is finished, and what happens next, after the assignment."""
    name, lead_provider = assigned.mentor.teacher.name, assigned.lead_provider
    if lead_provider is not None and _begins_with(assigned):
        return [f"{name} can get funded mentor training", details_go_to(lead_provider)]
    if lead_provider is not None:
        return [f"The mentor training of {name} with {lead_provider} goes on as it is"]
    if assigned.training is MentorTraining.NOT_ELIGIBLE:
        return [f"{name} cannot get funded mentor training. They can be a mentor without it"]
    return [NONE_SET_UP]


def _begins_with(assigned: Assigned) -> bool:
    """Whether the training was set up for this ECT, and not earlier or elsewhere."""
    if assigned.ect.programme is not Programme.PROVIDER_LED:
        return False
    first_days = {
        mentorship.period.started_on
        for mentorship in assigned.ect.mentorships
        if mentorship.mentor == assigned.mentor.id and not mentorship.withdrawn
    }
    return any(training.period.started_on in first_days for training in assigned.mentor.trainings)
