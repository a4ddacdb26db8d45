from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from builders import a_search, a_teacher_record
from ect_registration.domain.decisions import Allowed, Blocked, Decision, Kind, Rule
from ect_registration.domain.people.teacher import InductionStatus, TeacherRecord
from ect_registration.domain.rules.registering.eligibility import (
    INDUCTION_EXEMPT,
    INDUCTION_FAILED,
    INDUCTION_PASSED,
    PROHIBITED_FROM_TEACHING,
    QTS_NOT_NEEDED,
    UNKNOWN_INDUCTION_STATUS,
    check_induction_exempt,
    check_induction_failed,
    check_induction_passed,
    check_prohibited_from_teaching,
    check_qts_not_needed,
    check_unknown_induction_status,
)
from ect_registration.journeys.register_ect import check_found
from strategies import teacher_records

Check = Callable[[TeacherRecord], Decision]

OF_INDUCTION: tuple[tuple[Check, Rule], ...] = (
    (check_induction_passed, INDUCTION_PASSED),
    (check_induction_failed, INDUCTION_FAILED),
    (check_induction_exempt, INDUCTION_EXEMPT),
    (check_unknown_induction_status, UNKNOWN_INDUCTION_STATUS),
)


@pytest.mark.parametrize(
    ("induction", "stopped_by"),
    [
        pytest.param("none", None, id="no induction yet"),
        pytest.param("required_to_complete", None, id="required to complete"),
        pytest.param("in_progress", None, id="in progress"),
        pytest.param("passed", INDUCTION_PASSED, id="induction-passed"),
        pytest.param("failed", INDUCTION_FAILED, id="induction-failed"),
        pytest.param("failed_in_wales", INDUCTION_FAILED, id="induction-failed in Wales"),
        pytest.param("exempt", INDUCTION_EXEMPT, id="induction-exempt"),
        pytest.param("unknown", UNKNOWN_INDUCTION_STATUS, id="unknown-induction-status"),
    ],
)
def test_an_induction_status_stops_a_registration_by_one_rule_at_most(
    induction: str, stopped_by: Rule | None
) -> None:
    """Each rule looks at its own status and lets every other go on, saying what it saw."""
    record = a_teacher_record(induction=InductionStatus(induction))

    for check, rule in OF_INDUCTION:
        decision = check(record)

        assert decision.rule == rule
        assert decision.because == {"induction": induction}
        assert isinstance(decision, Blocked) == (rule == stopped_by)


@pytest.mark.parametrize(
    ("check", "induction", "rule", "kind", "message"),
    [
        pytest.param(
            check_induction_passed,
            InductionStatus.PASSED,
            INDUCTION_PASSED,
            Kind.REFUSED,
            "This teacher has already passed their induction, so they cannot be registered as an "
            "ECT",
            id="induction-passed",
        ),
        pytest.param(
            check_induction_failed,
            InductionStatus.FAILED,
            INDUCTION_FAILED,
            Kind.REFUSED,
            "This teacher has failed their induction, so they cannot be registered as an ECT",
            id="induction-failed",
        ),
        pytest.param(
            check_induction_failed,
            InductionStatus.FAILED_IN_WALES,
            INDUCTION_FAILED,
            Kind.REFUSED,
            "This teacher has failed their induction, so they cannot be registered as an ECT",
            id="induction-failed in Wales, in the same words",
        ),
        pytest.param(
            check_induction_exempt,
            InductionStatus.EXEMPT,
            INDUCTION_EXEMPT,
            Kind.REFUSED,
            "This teacher is exempt from induction, so they do not need to be registered as an "
            "ECT",
            id="induction-exempt",
        ),
        pytest.param(
            check_unknown_induction_status,
            InductionStatus.UNKNOWN,
            UNKNOWN_INDUCTION_STATUS,
            Kind.UNAVAILABLE,
            "We cannot read the teacher’s record right now. Nothing was registered. "
            "Try again later",
            id="unknown-induction-status is neither a refusal nor an approval",
        ),
    ],
)
def test_an_induction_rule_tells_the_school(
    check: Check, induction: InductionStatus, rule: Rule, kind: Kind, message: str
) -> None:
    """The refusal says why, at no field: another answer would not help."""
    assert check(a_teacher_record(induction=induction)) == Blocked(
        rule, {"induction": induction.value}, kind, None, message
    )


def test_prohibited_from_teaching_refuses() -> None:
    """Whoever has an open prohibition is not registered."""
    assert check_prohibited_from_teaching(a_teacher_record(prohibited=True)) == Blocked(
        PROHIBITED_FROM_TEACHING,
        {"prohibited": True},
        Kind.REFUSED,
        None,
        "This person’s teacher record says that they are prohibited from teaching, so they cannot "
        "be registered",
    )


def test_prohibited_from_teaching_lets_others_on() -> None:
    """Without one there is nothing against them."""
    assert check_prohibited_from_teaching(a_teacher_record(prohibited=False)) == Allowed(
        PROHIBITED_FROM_TEACHING, {"prohibited": False}
    )


@given(teacher_records)
def test_qts_not_needed_by_anybody(record: TeacherRecord) -> None:
    """With or without QTS and an induction period it allows, and keeps what was known."""
    assert check_qts_not_needed(record) == Allowed(
        QTS_NOT_NEEDED, {"has_qts": record.has_qts, "induction": record.induction.value}
    )


@given(teacher_records)
def test_no_record_is_stopped_by_two_rules_of_induction(record: TeacherRecord) -> None:
    """One status, one reason."""
    stops = [check(record) for check, _ in OF_INDUCTION if isinstance(check(record), Blocked)]

    assert len(stops) <= 1


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, None),
        ({"induction": InductionStatus.UNKNOWN}, UNKNOWN_INDUCTION_STATUS),
        ({"induction": InductionStatus.PASSED, "prohibited": True}, INDUCTION_PASSED),
        ({"induction": InductionStatus.FAILED}, INDUCTION_FAILED),
        ({"induction": InductionStatus.EXEMPT}, INDUCTION_EXEMPT),
        ({"prohibited": True}, PROHIBITED_FROM_TEACHING),
    ],
)
def test_the_first_refusal_is_that_of_the_catalogue(changes: dict[str, Any], rule: Rule) -> None:
    """In its order: the unfinished list and ``ect trs find`` decide the same slice."""
    refusal = check_found(a_search(answer=a_teacher_record(**changes)))

    assert (refusal and refusal.rule) == rule
