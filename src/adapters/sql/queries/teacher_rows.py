"""Converts rows of teachers to values of the domain and back."""

from __future__ import annotations

from typing import Any

from ect_registration.domain.people.teacher import InductionStatus, Teacher, TrsFacts
from ect_registration.domain.search.ect_search import run_together
from ect_registration.domain.text import folded
from ect_registration.domain.values import PersonName, Trn

Row = Any  # a named tuple, by the names of the columns
Values = dict[str, object]


def teacher_from_row(row: Row) -> Teacher:
    """Returns the teacher in their own row, or in the row of their period."""
    corrected = row.corrected_name
    return Teacher(
        Trn(row.trn),
        row.trs_name,
        corrected and PersonName(corrected),
        facts_from_row(row),
        getattr(row, "trs_name_changed_since", False),
    )


def facts_from_row(row: Row) -> TrsFacts | None:
    """Returns what TRS said; None where it was never asked, or the row does not have it."""
    if getattr(row, "seen_in_trs_at", None) is None:
        return None
    return TrsFacts(
        has_qts=row.has_qts,
        induction=InductionStatus(row.induction_status),
        seen_at=row.seen_in_trs_at,
        induction_started_on=row.induction_started_on,
        induction_completed_on=row.induction_completed_on,
    )


def _facts_to_row(facts: TrsFacts | None) -> Values:
    return {
        "has_qts": facts and facts.has_qts,
        "induction_status": facts and facts.induction,
        "induction_started_on": facts and facts.induction_started_on,
        "induction_completed_on": facts and facts.induction_completed_on,
        "seen_in_trs_at": facts and facts.seen_at,
    }


def teacher_to_row(teacher: Teacher) -> Values:
    """Returns the columns of the teacher's TRN and names."""
    corrected = teacher.corrected_name
    searched = folded(teacher.name)
    return {
        "trn": teacher.trn.digits,
        "trs_name": teacher.trs_name,
        "corrected_name": corrected and corrected.text,
        "searched_name": searched,
        "joined_name": run_together(searched),
        "trs_name_changed_since": teacher.trs_name_changed_since,
        **_facts_to_row(teacher.facts),
    }
