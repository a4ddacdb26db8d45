"""The rows and lines of the pages about mentors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from ect_registration.domain.people.training import Training
from ect_registration.domain.rules.mentors.mentor_training import why_not_funded
from ect_registration.domain.rules.periods.status import AtSchool
from ect_registration.domain.search.mentor_search import Mentored
from ect_registration.journeys.mentoring_case import MentoringCase
from ect_registration.use_cases.school.mentors_page import MentorDetails
from entrypoints.text.dates_in_words import long_date
from entrypoints.web.changes.links import Link
from entrypoints.web.ects.details import days_of
from entrypoints.web.ects.wording import TAGS
from entrypoints.web.mentors.wording import TRAININGS, NoFundedTraining
from entrypoints.web.platform.template_globals import academic_year

UNDONE = TAGS[AtSchool.UNDONE]

Rows = Sequence[tuple[str, str] | tuple[str, str, Sequence[Link]]]


def training_rows(found: MentorDetails, change: Callable[[str, str], Sequence[Link]]) -> Rows:
    """Returns rows about the mentor's training now, and earlier at this school."""
    mentor = found.summary
    links = change("lead-provider", "lead provider") if found.trains_here else ()
    why = NoFundedTraining.of(found.not_funded).in_a_row if found.not_funded else ""
    rows: Rows = [
        ("Status", TRAININGS[mentor.training]),
        ("Reason", why if mentor.lead_provider is None else ""),
        ("Lead provider", _lead_provider(found), links),
    ]
    return [*rows, *_earlier(found)]


def _lead_provider(found: MentorDetails) -> str:
    """Returns the lead provider, and whether another school, unnamed, set up the training."""
    provider = found.summary.lead_provider or ""
    return (
        f"{provider} (set up through another school)" if found.is_trained_elsewhere else provider
    )


def _earlier(found: MentorDetails) -> Rows:
    return [
        (
            f"Training {days_of(training.period)}",
            f"{_providers(training)}, academic year {academic_year(training.year)}",
        )
        for training in found.trainings
    ]


def _providers(training: Training) -> str:
    partner = training.delivery_partner or "delivery partner not confirmed yet"
    return f"{training.lead_provider}, {partner}"


def why_not(case: MentoringCase) -> NoFundedTraining | None:
    """Returns why the mentor cannot get funded training; None when they can."""
    because = why_not_funded(case.facts.training_history, case.today)
    return NoFundedTraining.of(because) if because else None


def days(mentored: Mentored, today: date) -> str:
    """Returns the days of a mentorship, with the last day if there is one."""
    first = mentored.period.started_on
    if mentored.period.finished_on is not None:
        return days_of(mentored.period)
    return f"{'since' if first <= today else 'from'} {long_date(first)}"
