"""All rules of one registration with evidence, against a bare chain of ifs on the same objects."""

from __future__ import annotations

from datetime import date

import attrs

from bench.measuring import Measure, interleaved
from builders import (
    a_draft,
    a_partnership,
    a_registration,
    a_school,
    a_training_year,
    an_appropriate_body,
    an_ect,
)
from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.people.teacher import InductionStatus, TeacherRecord
from ect_registration.domain.school import BodyKind, SchoolStatus, SchoolType
from ect_registration.domain.values import Urn
from ect_registration.journeys.ect_case import EctCase
from ect_registration.journeys.engine import walk
from ect_registration.journeys.register_ect import REGISTER_ECT

LIMIT = 30.0
CASES = 200
TODAY = date(2025, 9, 10)


def a_case() -> EctCase:
    """A returning teacher, at a school with history and partnerships and twelve bodies."""
    elsewhere = Period(date(2023, 9, 1), date(2024, 7, 20))
    return EctCase(
        draft=a_draft(),
        today=TODAY,
        school=a_school(),
        latest_registration=a_registration(),
        periods=(an_ect(school=Urn("100002"), period=elsewhere),),
        bodies=(
            an_appropriate_body(),
            *(an_appropriate_body(name=f"Hub {number}") for number in range(11)),
        ),
        training_year=a_training_year(),
        partnerships=(a_partnership(), a_partnership(year=AcademicYear(2024))),
    )


def chain_of_ifs(case: EctCase) -> str | None:  # noqa: C901, PLR0915 - that is the point
    """Every condition of the rules, with no evidence and nothing to read."""
    school, draft, today, record = case.school, case.draft, case.today, case.record
    refused = None
    if school.status is SchoolStatus.CLOSED or not school.in_england:
        refused = "school"
    if school.type is SchoolType.INDEPENDENT and not school.section_41:
        refused = "school"
    for ect in case.periods:
        if ect.school == school.urn and (
            ect.completed or ect.period.finished_on is None or ect.period.finished_on >= today
        ):
            refused = "here"
    refused = _induction(record) or refused
    for holder in case.email_holders:
        if holder not in record.trns:
            refused = "email"
    start = case.start_date
    year = today.year if today.month >= 9 else today.year - 1
    if not date(year - 2, 9, 1) <= start <= date(year + 2, 8, 31):
        refused = "range"
    later = max(start, today)
    expected = AcademicYear(later.year if later.month >= 9 else later.year - 1)
    if not case.year.open_for_registration:
        refused = "year"
    for ect in case.periods:
        last = ect.period.finished_on
        if start <= (last if last is not None and last < today else ect.period.started_on):
            refused = "overlap"
    offered = [
        body.name
        for body in case.bodies
        if body.kind is BodyKind.TEACHING_SCHOOL_HUB and body.is_active(later)
    ]
    latest = case.latest_registration
    if latest is not None and latest.choices.appropriate_body in offered:
        for partnership in case.partnerships:
            if partnership.lead_provider == latest.choices.lead_provider and (
                partnership.year == expected
            ):
                pair = (partnership.lead_provider, partnership.delivery_partner)
                refused = refused if pair in case.year.pairs else "reuse"
    if draft.appropriate_body not in offered:
        refused = "body"
    if draft.lead_provider not in case.year.lead_providers:
        refused = "provider"
    for partnership in case.partnerships:
        if partnership.lead_provider == draft.lead_provider and partnership.year == expected:
            break
    return refused


def _induction(record: TeacherRecord) -> str | None:
    if record.induction is InductionStatus.PASSED:
        return "passed"
    if record.induction in {InductionStatus.FAILED, InductionStatus.FAILED_IN_WALES}:
        return "failed"
    if record.induction is InductionStatus.EXEMPT:
        return "exempt"
    if record.prohibited or record.induction is InductionStatus.UNKNOWN:
        return "prohibited"
    return None


def measure() -> list[Measure]:
    """One figure."""
    case = a_case()
    assert walk(REGISTER_ECT, case).path[-1].id == "check-answers"
    assert chain_of_ifs(case) is None

    def rules() -> None:
        for fresh in [attrs.evolve(case) for _ in range(CASES)]:  # nothing worked out before
            walk(REGISTER_ECT, fresh)

    def ifs() -> None:
        for fresh in [attrs.evolve(case) for _ in range(CASES)]:
            chain_of_ifs(fresh)

    ours, floor = interleaved(rules, ifs, 30)
    note = f"{ours / CASES * 1e6:.0f} µs against {floor / CASES * 1e6:.0f} µs"
    return [Measure("all rules of one registration", ours / floor, LIMIT, note=note)]
