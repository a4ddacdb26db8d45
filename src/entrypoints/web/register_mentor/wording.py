"""What pages say of a mentor's training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ect_registration.domain.people.training import Programme
from ect_registration.domain.rules.mentors.mentor_training import MentorTraining
from ect_registration.journeys.mentoring_case import MentoringCase
from ect_registration.use_cases.registering.outcomes import Assigned
from entrypoints.web.mentors.details import why_not
from entrypoints.web.mentors.wording import CAN_CHECK, NoFundedTraining, details_go_to

# Who trains a mentor after their time here is not said, nor that somebody does.
NONE_SET_UP = "No mentor training has been set up with this assignment"

NOT_PROVIDER_LED: Mapping[Programme | None, str] = {
    Programme.SCHOOL_LED: "the ECT’s training is school-led",
    None: "the ECT’s training programme is not known",
}


def training_answer(case: MentoringCase) -> str:
    """What becomes of the mentor's training, in a line."""
    if not case.provider_led:
        return f"None is set up: {NOT_PROVIDER_LED[case.ect.programme]}"
    if case.open_training is not None:
        return "Already set up, and goes on as it is"
    because = why_not(case)
    return "Open to them" if because is None else because.answer


def training_said(assigned: Assigned, *, told: bool) -> Sequence[str]:
    """What is finished, and what happens next, after the assignment.

    ``told``: funded training came up with this ECT, and began if it is open to the mentor.
    """
    name, lead_provider = assigned.mentor.teacher.name, assigned.lead_provider
    if lead_provider is not None and told:
        return [f"{name} can get funded mentor training", details_go_to(lead_provider)]
    if lead_provider is not None:
        return [f"The mentor training of {name} with {lead_provider} goes on as it is"]
    if assigned.training is MentorTraining.NOT_ELIGIBLE and assigned.not_funded is not None:
        why = NoFundedTraining.of(assigned.not_funded)
        check = "" if why.certain else f" {CAN_CHECK}."
        return [f"{name} {why.heading}.{check} They can be a mentor without it"]
    return [_none_set_up(assigned.ect.programme)]


def _none_set_up(programme: Programme | None) -> str:
    if programme is Programme.PROVIDER_LED:
        return NONE_SET_UP
    return (
        f"No mentor training has been set up, because {NOT_PROVIDER_LED[programme]}. It may be "
        "offered when the mentor is given an ECT whose training is provider-led"
    )
