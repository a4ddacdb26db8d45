"""The words that pages use for a mentor's training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ect_registration.domain.people.training import Programme
from ect_registration.domain.rules.check_answers import AssignmentPreview, MentorPreview
from ect_registration.domain.rules.mentors.mentor_training import MentorTraining, TrainingThen
from ect_registration.journeys.mentoring_case import MentoringCase
from ect_registration.use_cases.registering.outcomes import Assigned
from entrypoints.web.mentors.details import why_not
from entrypoints.web.mentors.wording import CAN_CHECK, NoFundedTraining, details_go_to

# The page does not say who trains a mentor after their time here, nor that they are trained.
NONE_SET_UP = "No mentor training has been set up with this assignment"

NOT_PROVIDER_LED: Mapping[Programme | None, str] = {
    Programme.SCHOOL_LED: "the ECT’s training is school-led",
    None: "the ECT’s training programme is not known",
}


def training_answer(about: MentoringCase, shown: AssignmentPreview | MentorPreview) -> str:
    """Returns what becomes of the mentor's training, in one line."""
    because = why_not(about)
    match shown.training:
        case TrainingThen.BEGINS:
            return "Available"
        case TrainingThen.STAYS:
            return f"Already set up with {shown.lead_provider} and will continue"
        case TrainingThen.NOT_ELIGIBLE if because is not None:
            return because.answer
    if about.provider_led:
        return "Not set up with this assignment"
    return f"Not set up, because {NOT_PROVIDER_LED[about.ect.programme]}"


def training_said(assigned: Assigned, *, told: bool) -> Sequence[str]:
    """Returns sentences about the mentor's training after the assignment.

    ``told``: funded training came up with this ECT, and began if it is open to the mentor.
    """
    name, lead_provider = assigned.mentor.teacher.name, assigned.lead_provider
    if lead_provider is not None and told:
        next_steps = details_go_to(lead_provider, assigned.delivery_partner)
        return [f"{name} can get funded mentor training", next_steps]
    if lead_provider is not None:
        return [f"{name} will continue their mentor training with {lead_provider}"]
    if assigned.training is MentorTraining.NOT_ELIGIBLE and assigned.not_funded is not None:
        why = NoFundedTraining.of(assigned.not_funded)
        check = "" if why.certain else f" {CAN_CHECK}."
        return [f"{name} {why.heading}.{check} They can still be a mentor"]
    return [_none_set_up(assigned.ect.programme)]


def _none_set_up(programme: Programme | None) -> str:
    if programme is Programme.PROVIDER_LED:
        return NONE_SET_UP
    return (
        f"No mentor training has been set up, because {NOT_PROVIDER_LED[programme]}. It may be "
        "offered when you assign the mentor to an ECT whose training is provider-led"
    )
