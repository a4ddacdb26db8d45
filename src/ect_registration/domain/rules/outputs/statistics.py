"""Which ECTs and mentors count in the statistics of a year."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.decisions import OurDecision, Policy, Rule
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.training import Programme
from ect_registration.domain.policy import SMALLEST_COUNT
from ect_registration.domain.rules.school_year.funding import funding_of
from ect_registration.domain.statistics.counting import Area, CountedEct
from ect_registration.domain.values import Trn

STATISTICS = Rule(
    id="statistics",
    says="Statistics count each ECT once, in the expected training start year, at the school of "
    "their latest period up to its end, with the people who mentor them, and suppress counts of "
    f"fewer than {SMALLEST_COUNT} and others from which one could be worked out.",
    source=Policy("School admins in Register early career teachers"),
    details=OurDecision("a small count could point at a person, so it is not published"),
    enforced_by=(
        "ect_registration.domain.statistics.suppression.suppressed_in",
        "ect_registration.use_cases.operating.statistics.statistics_of",
        "ect_registration.use_cases.operating.statistics.funding_statistics_of",
    ),
)


def period_that_counts(periods: Collection[EctAtSchool], year: AcademicYear) -> EctAtSchool | None:
    """Returns the period at which a person counts in a year; None when they count in another.

    ``periods`` are all of the person's, under any TRN, without those that were withdrawn. Their
    year is the earliest in which training was expected to start.
    """
    years = [period.registration.expected_training_start_year for period in periods]
    if not years or min(years) != year:
        return None
    begun = [period for period in periods if period.period.started_on <= year.last_day]
    return max(begun, key=lambda period: period.period.started_on, default=None)


def counted(
    period: EctAtSchool, year: AcademicYear, area: Area, person_of: Callable[[Trn], Trn]
) -> CountedEct:
    """Returns what counts of an ECT: what had begun by the end of the year, not withdrawn."""
    mentorships = [
        each
        for each in period.mentorships
        if not each.withdrawn and each.period.started_on <= year.last_day
    ]
    return CountedEct(
        area=area,
        programme=_programme(period, year),
        working_pattern=period.working_pattern,
        mentors=frozenset(person_of(each.mentor_teacher.trn).digits for each in mentorships),
        funding=funding_of(period.teacher.facts, completed=period.is_completed).funding,
    )


def _programme(period: EctAtSchool, year: AcademicYear) -> Programme | None:
    begun: Sequence[tuple[int, Programme]] = [
        (training.period.started_on.toordinal(), training.programme)
        for training in period.trainings
        if not training.withdrawn and training.period.started_on <= year.last_day
    ]
    latest = max(begun, key=lambda found: found[0], default=None)
    return period.registration.choices.programme if latest is None else latest[1]
