"""Who is told of a change, in sentences: lead providers, schools, and the ECT or mentor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.training import Training
from ect_registration.domain.rules.changing import ended_by
from ect_registration.domain.rules.programme import what_happens_next
from ect_registration.use_cases.changing.change_outcomes import EctChange, MentorChange
from ect_registration.use_cases.changing.undo_plans import Undoing
from entrypoints.web.mentors.wording import details_go_to


def told_of_ect_change(change: EctChange) -> Iterator[str]:
    """Yields who is told of a change of an ECT's details, and of what it sets up for a mentor."""
    before, training = change.before.training, change.ect.training
    if "lead_provider" in change.changed and training is not None:
        next_steps = what_happens_next(training.lead_provider, training.delivery_partner)
        if next_steps is not None:
            yield next_steps
            yield from _emailed(change.ect)
        yield from _told_of_ends([before] if before else [], "ECT")
    for pair in change.mentors:
        yield from _told_of_beginnings(*pair)


def told_of_mentor_change(change: MentorChange) -> Iterator[str]:
    """Yields who is told of a change of a mentor's details."""
    if "lead_provider" in change.changed:
        before, after = change.before, change.mentor
        yield from _told_of_beginnings(before, after)
        yield from _emailed(after)
        ended = [each for each in before.trainings if each not in after.trainings]
        yield from _told_of_ends(ended, "mentor")


def told_of_undoing(plan: Undoing) -> Iterator[str]:
    """Yields who is told that a registration is undone: the person, and the school they left."""
    before, after = plan.undone
    if before == after:
        return
    if after.email is not None:
        name = after.teacher.name
        yield f"We will email {name} to say that they are no longer registered at your school"
    if any(ended_by(before, other) for other, _ in plan.pairs):
        yield "We will tell their other school that you have undone the registration"


def _told_of_beginnings(before: MentorAtSchool, after: MentorAtSchool) -> Iterator[str]:
    known = {training.id for training in before.trainings}
    for training in after.trainings:
        if training.id not in known and training.lead_provider is not None:
            yield details_go_to(training.lead_provider, training.delivery_partner)


def _told_of_ends(ended: Iterable[Training], role: str) -> Sequence[str]:
    """Returns which lead providers are told: those that knew, having confirmed the training."""
    return [
        f"We will tell {training.lead_provider} that they no longer train the {role}"
        for training in ended
        if training.delivery_partner is not None
    ]


def _emailed(person: EctAtSchool | MentorAtSchool) -> Iterator[str]:
    if person.email is not None:
        yield f"We will email {person.teacher.name} about their new lead provider"
