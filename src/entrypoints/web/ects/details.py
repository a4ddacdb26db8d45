"""The parts of the page of one ECT."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.people.mentorship import MentorId, Mentorship
from ect_registration.domain.people.training import Programme, Training
from ect_registration.domain.rules.registering.programme import what_happens_next
from ect_registration.use_cases.school.ect_details import EctDetails
from ect_registration.use_cases.school.ects import EctSummary
from entrypoints.text.dates_in_words import long_date
from entrypoints.web.changes.links import Link
from entrypoints.web.ects import wording
from entrypoints.web.platform.template_globals import academic_year

Rows = Sequence[tuple[str, str] | tuple[str, str, Sequence[Link]]]


def training_rows(ect: EctSummary, change: Callable[[str, str], Sequence[Link]]) -> Rows:
    """Returns the rows about an ECT's training, with the links that change them."""
    programme = wording.PROGRAMMES[ect.programme] if ect.programme else wording.UNKNOWN
    led = ect.programme is Programme.PROVIDER_LED
    provider_links = change("lead-provider", "lead provider") if led else ()
    return [
        ("Programme", programme, change("programme", "programme")),
        ("Expected training start year", academic_year(ect.expected_training_start_year)),
        ("Lead provider", wording.lead_provider_of(ect), provider_links),
        ("Delivery partner", wording.delivery_partner_of(ect)),
        ("Training", wording.training_of(ect)),
    ]


def waiting_for(ect: EctSummary) -> str | None:
    """Returns what happens while an expression of interest waits; None when none does."""
    return (
        what_happens_next(ect.lead_provider, ect.delivery_partner)
        if wording.is_waiting(ect)
        else None
    )


def earlier_trainings(details: EctDetails) -> Sequence[str]:
    """Returns a line for each training period before the latest."""
    return [_training(training) for training in details.trainings[1:]]


@attrs.frozen
class MentorLine:
    """A present, future or earlier mentor of an ECT."""

    says: str
    id: MentorId
    name: str
    days: str


def mentor_lines(details: EctDetails, today: date) -> Sequence[MentorLine]:
    """Returns the present mentor, the next mentors, then earlier mentors, latest first."""
    over = [each for each in details.mentorships if each.period.is_finished(today)]
    standing = [each for each in reversed(details.mentorships) if each not in over]
    return [_mentor(mentorship, today) for mentorship in [*standing, *over]]


def _mentor(mentorship: Mentorship, today: date) -> MentorLine:
    period = mentorship.period
    if period.is_finished(today):
        says = "Earlier mentor"
    else:
        says = "Mentor" if period.started_on <= today else "Next mentor"
    name = mentorship.mentor_teacher.name
    return MentorLine(says, mentorship.mentor, name, days_of(period))


def _training(training: Training) -> str:
    names = [wording.PROGRAMMES[training.programme], training.lead_provider]
    names.append(training.delivery_partner)
    return f"{', '.join(filter(None, names))}, {days_of(training.period)}"


def days_of(period: Period) -> str:
    """Returns a period in words, with its last day if that is known: ``on 9 September 2025``."""
    first, last = long_date(period.started_on), long_date(period.finished_on)
    if first == last:
        return f"on {first}"
    return f"from {first} to {last}" if last else f"from {first}"
