"""What to tell a program that left an answer out, where the rule's own words need more."""

from __future__ import annotations

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.rules.periods.previous_school import (
    REGISTERED_BEFORE,
    possible_ect_starts,
)
from ect_registration.domain.rules.registering.programme import (
    LEAD_PROVIDER_NOT_AVAILABLE,
    appropriate_body_rule,
)
from ect_registration.domain.rules.registering.start_date import (
    START_DATE_RANGE,
    range_of_start_dates,
)
from ect_registration.journeys.ect_case import EctCase

LOOK = "Look at where the teacher was registered before, then continue"


def look_at_previous_school(_: EctCase) -> Blocked:
    """Asks a program to acknowledge the page about the previous school."""
    return REGISTERED_BEFORE.needs("registered_before_seen", LOOK)


def start_date(case: EctCase) -> Blocked:
    """Names the first and the last start date that would do."""
    days = possible_ect_starts(case.periods, case.today) or range_of_start_dates(case.today)
    earliest, latest = (day.isoformat() for day in days)
    return START_DATE_RANGE.needs("start_date", earliest=earliest, latest=latest)


def appropriate_body(case: EctCase) -> Blocked:
    """Asks for an appropriate body, and says why if a yes to reuse had nothing to reuse."""
    wanted = case.draft.reuse is not None and case.draft.reuse.wanted
    rule = case.reuse.decision.rule if wanted else appropriate_body_rule(case.school)
    return rule.needs("appropriate_body")


def lead_provider(case: EctCase) -> Blocked:
    """Asks for a lead provider that works in the ECT's expected training year."""
    return LEAD_PROVIDER_NOT_AVAILABLE.needs("lead_provider", year=str(case.expected_year))
