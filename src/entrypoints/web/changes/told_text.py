"""Who is told of a change, in sentences: lead providers, schools, and the ECT or mentor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.training import Training, TrainingState
from ect_registration.domain.rules.registering.programme import what_happens_next
from ect_registration.domain.rules.school_year.changing import ended_by
from ect_registration.domain.values import Urn
from ect_registration.use_cases.changing.change_outcomes import EctChange, MentorChange
from ect_registration.use_cases.changing.undo.undo_plans import Undoing
from entrypoints.text.dates_in_words import long_date
from entrypoints.web.mentors.wording import details_go_to


def told_of_ect_change(change: EctChange, today: date) -> Iterator[str]:
    """Yields who is told of a change of an ECT's details, and of what it sets up for a mentor."""
    training = change.ect.training
    chosen, states = "lead_provider" in change.changed, change.training_states
    confirmed = states is not None and states[1] is TrainingState.CONFIRMED
    if training is not None and (chosen or confirmed):
        next_steps = what_happens_next(training.lead_provider, training.delivery_partner)
        if next_steps is not None:
            yield next_steps
            yield from _emailed(change.ect) if chosen else ()
    yield from told_of_ends([(change.before, change.ect)], today)
    for pair in change.mentors:
        yield from _told_of_beginnings(*pair)


def told_of_mentor_change(change: MentorChange, today: date) -> Iterator[str]:
    """Yields who is told of a change of a mentor's details."""
    before, after = change.before, change.mentor
    if "lead_provider" in change.changed:
        yield from _told_of_beginnings(before, after)
        yield from _emailed(after)
    yield from told_of_ends([(before, after)], today)


def told_of_undoing(plan: Undoing, school: Urn, today: date) -> Iterator[str]:
    """Yields who is told that a registration is undone: the person, lead providers and schools."""
    before, after = plan.undone
    if before == after:
        return
    if after.email is not None:
        name = after.teacher.name
        yield f"We will email {name} to say that they are no longer registered at your school"
    yield from told_of_ends([pair for pair in plan.pairs if pair[1].school == school], today)
    if any(ended_by(before, other) for other, _ in plan.pairs):
        yield "We will tell their other school that you have undone the registration"


def told_of_ends(
    pairs: Iterable[tuple[EctAtSchool | MentorAtSchool, EctAtSchool | MentorAtSchool]],
    today: date,
) -> Sequence[str]:
    """Returns what lead providers are told of training that ends, or goes on longer.

    They are those that knew of it, because they had confirmed it.
    """
    told = [
        f"We will tell {before.lead_provider} that {news.format(p=person_after.teacher.name)}"
        for person, person_after in pairs
        for before, after in _in_both(person.trainings, person_after.trainings)
        if before.delivery_partner is not None and (news := _news_of(before, after, today))
    ]
    return list(dict.fromkeys(told))


def _in_both(
    before: Iterable[Training], after: Iterable[Training]
) -> Iterator[tuple[Training, Training]]:
    now = {training.id: training for training in after}
    return ((each, now[each.id]) for each in before if not each.withdrawn and each.id in now)


def _news_of(before: Training, after: Training, today: date) -> str | None:
    """Returns what the lead provider is told; None when the training ends as before."""
    same = (before.lead_provider, before.delivery_partner is None)
    last_day = after.period.finished_on
    if after.withdrawn or (after.lead_provider, after.delivery_partner is None) != same:
        return "they no longer train {p}"
    if last_day == before.period.finished_on:
        return None
    if last_day is None:
        return "the training of {p} will continue"
    if last_day < today:
        return "they no longer train {p}"
    return f"the training of {{p}} will end on {long_date(last_day)}"


def _told_of_beginnings(before: MentorAtSchool, after: MentorAtSchool) -> Iterator[str]:
    known = {training.id for training in before.trainings}
    for training in after.trainings:
        if training.id not in known and training.lead_provider is not None:
            yield details_go_to(training.lead_provider, training.delivery_partner)


def _emailed(person: EctAtSchool | MentorAtSchool) -> Iterator[str]:
    if person.email is not None:
        yield f"We will email {person.teacher.name} about their new lead provider"
