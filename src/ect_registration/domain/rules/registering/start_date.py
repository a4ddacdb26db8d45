"""When an ECT starts at a school, and how they work there."""

from __future__ import annotations

from datetime import date

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.decisions import Allowed, Decision, OurDecision, Policy, Rule
from ect_registration.domain.policy import YEARS_AHEAD, YEARS_BACK
from ect_registration.domain.school import TrainingYear

START_DATE_RANGE = Rule(
    id="start-date-range",
    says=f"The start date is a real date from {YEARS_BACK} before the current one to the end of "
    f"the {YEARS_AHEAD} after it.",
    source=OurDecision("older starts belong to earlier programmes; later ones are not planned"),
    enforced_by=("ect_registration.domain.rules.registering.start_date.check_start_date_range",),
    tells="Enter a start date from {earliest} to {latest}",
)

CANNOT_REGISTER_YET = Rule(
    id="cannot-register-yet",
    says="The expected training start year must be open for registration.",
    source=OurDecision("lead providers for a year are known only once it has opened"),
    enforced_by=(
        "ect_registration.domain.rules.registering.start_date.check_cannot_register_yet",
    ),
    tells="You cannot register ECTs for the {year} academic year yet",
)

WORKING_PATTERN = Rule(
    id="working-pattern",
    says="Full time or part time is always asked.",
    source=Policy("Giving an ECT’s working pattern"),
    details=OurDecision("empty only on records brought in from elsewhere"),
    enforced_by=(
        "ect_registration.domain.people.ect.WorkingPattern",
        "ect_registration.journeys.register_ect.REGISTER_ECT",
    ),
    tells="Select if the ECT works full time or part time",
)

EXPECTED_TRAINING_START_YEAR = Rule(
    id="expected-training-start-year",
    says="Training is expected in the academic year that contains the later of the registration "
    "day and the start date.",
    source=Policy("Generating an expected training start year"),
    enforced_by=(
        "ect_registration.domain.rules.registering.start_date.expected_training_start_year",
    ),
)


def range_of_start_dates(today: date) -> tuple[date, date]:
    """Returns the first and the last day that may be given."""
    current = AcademicYear.containing(today)
    return current.plus(-YEARS_BACK.value).first_day, current.plus(YEARS_AHEAD.value).last_day


def check_start_date_range(
    start_date: date, today: date, possible: tuple[date, date] | None = None
) -> Decision:
    """Decides on the whole range, both ends included.

    ``possible`` holds the days to name instead, where other rules leave fewer of them.
    """
    earliest, latest = range_of_start_dates(today)
    if earliest <= start_date <= latest:
        return START_DATE_RANGE.allows(earliest=earliest.isoformat(), latest=latest.isoformat())
    first, last = (day.isoformat() for day in possible or (earliest, latest))
    return START_DATE_RANGE.finds_invalid("start_date", earliest=first, latest=last)


def expected_training_start_year(registered_on: date, start_date: date) -> AcademicYear:
    """Returns the year of the start date or of the registration, whichever is later.

    An ECT cannot train before they start, nor before a lead provider has their details.
    """
    return AcademicYear.containing(max(registered_on, start_date))


def check_expected_training_start_year(registered_on: date, start_date: date) -> Allowed:
    """Returns an allowed decision with the expected training start year as evidence."""
    year = expected_training_start_year(registered_on, start_date)
    return EXPECTED_TRAINING_START_YEAR.allows(year=year.starts_in)


def check_cannot_register_yet(training_year: TrainingYear) -> Decision:
    """Refuses a start in a year not open for registration; one never opened is closed."""
    year = str(training_year.year)
    if training_year.open_for_registration:
        return CANNOT_REGISTER_YET.allows(year=year)
    return CANNOT_REGISTER_YET.refuses(field="start_date", year=year)
