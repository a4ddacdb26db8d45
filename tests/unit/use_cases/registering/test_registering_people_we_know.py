from __future__ import annotations

from datetime import date

import pytest

from builders import a_teacher, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.use_cases.registering.outcomes import Registered
from unit.use_cases.town import BRAM, OTHER_SCHOOL


def _bram_here(**changes):
    return an_ect(teacher=a_teacher(trn=BRAM), email=Email("bram@example.org"), **changes)


@pytest.mark.parametrize(
    ("period", "completed", "rule"),
    [
        (Period(date(2024, 9, 1)), False, "already-in-progress-here"),
        (Period(date(2026, 9, 1)), False, "already-in-progress-here"),
        (Period(date(2024, 9, 1), date(2025, 9, 10)), False, "already-in-progress-here"),
        (Period(date(2024, 9, 1)), True, "already-completed-here"),
        (Period(date(2023, 9, 1), date(2025, 7, 31)), True, "already-completed-here"),
    ],
    ids=["open", "not begun", "leaves today", "open and completed", "completed and gone"],
)
def test_somebody_in_progress_or_completed_here_is_refused(service, period, completed, rule):
    """A leaver until the end of their last day; completed whatever the dates."""
    service.has_ect(_bram_here(period=period, completed=completed))
    outcome = service.register(trn=str(BRAM))

    assert (outcome.rule.id, outcome.kind) == (rule, "refused")


def test_somebody_who_left_here_may_return(service):
    """From the day after their last."""
    service.has_ect(_bram_here(period=Period(date(2024, 9, 1), date(2025, 8, 31))))
    outcome = service.register(trn=str(BRAM), start_date="2025-09-01")

    assert isinstance(outcome, Registered)


def test_a_return_may_not_overlap_what_has_finished(service):
    """The earliest day that would do is named."""
    service.has_ect(_bram_here(period=Period(date(2024, 9, 1), date(2025, 9, 9))))
    outcome = service.register(trn=str(BRAM), start_date="2025-09-09")

    assert (outcome.rule.id, outcome.field, outcome.because["earliest"]) == (
        "overlaps-previous",
        "start_date",
        "2025-09-10",
    )


def test_somebody_elses_email_is_refused(service):
    """And it is not said whose it is."""
    service.has_ect(_bram_here())
    outcome = service.register(email="BRAM@example.org")

    assert (outcome.rule.id, outcome.field, str(BRAM) in outcome.message) == (
        "email-in-use",
        "email",
        False,
    )


def test_an_email_of_somebody_who_left_may_be_used(service):
    """From the day after their last."""
    service.has_ect(_bram_here(period=Period(date(2024, 9, 1), date(2025, 9, 9))))

    assert isinstance(service.register(email="bram@example.org"), Registered)


def test_the_same_person_may_keep_their_email(service):
    """In any school."""
    service.has_ect(an_ect(school=OTHER_SCHOOL, period=Period(date(2024, 9, 1))))

    assert isinstance(service.register(email="Asha.Marlowe@example.org"), Registered)
