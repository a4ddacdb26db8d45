"""What follows when the Teaching Record System (TRS) says something else of a person by now."""

from __future__ import annotations

from enum import StrEnum

import attrs

from ect_registration.domain.decisions import OurDecision, Rule
from ect_registration.domain.people.completion import Outcome
from ect_registration.domain.people.teacher import (
    InductionStatus,
    NoMatch,
    Teacher,
    TeacherRecord,
    TrsFacts,
)

FOLLOWS_MERGES = Rule(
    id="follows-merges",
    says="A TRN that TRS has merged is an alias of the retained one; periods move under the "
    "retained TRN if no guarantee breaks, and else the pair is listed for operators.",
    source=OurDecision("two records of one person would let the person be in two places at once"),
    enforced_by=(
        "ect_registration.use_cases.following.merging.follow_merge",
        "ect_registration.use_cases.following.holders.is_worth_asking_again",
    ),
)

COMPLETED_BY_TRS = Rule(
    id="completed-by-trs",
    says="An induction that TRS says is passed, failed or exempt marks every open ECT period of "
    "the person completed, and training and mentorships end; TRS takes back only marks that it "
    "set; a person now prohibited or not found is listed for operators, and nothing changes.",
    source=OurDecision("TRS knows when an induction is over, and schools should not have to say"),
    enforced_by=(
        "ect_registration.domain.rules.school_year.following.outcome_of",
        "ect_registration.domain.rules.school_year.following.concern_about",
        "ect_registration.use_cases.following.completing.follow_induction",
    ),
)

NAMES_FOLLOW_TRS = Rule(
    id="names-follow-trs",
    says="A new name in TRS is kept; a correction stays shown, and operators are shown "
    "corrections that were made before the name in TRS last changed.",
    source=OurDecision("a correction may have been about the very name that TRS has changed"),
    enforced_by=("ect_registration.domain.rules.school_year.following.with_name_of_trs",),
)


class Concern(StrEnum):
    """Why operators have to check a person that was looked up in TRS."""

    PROHIBITED = "prohibited"
    NOT_FOUND = "not_found"  # the TRN is unknown by now, or its record deactivated
    NOT_SHOWN = "not_shown"  # TRS answers, but cannot show this record
    NOT_FOLLOWED = "not_followed"  # the store refuses what would follow


_OUTCOMES = {
    InductionStatus.PASSED: Outcome.PASSED,
    InductionStatus.FAILED: Outcome.FAILED,
    InductionStatus.FAILED_IN_WALES: Outcome.FAILED,
    InductionStatus.EXEMPT: Outcome.EXEMPT,
}
_OPEN = {
    InductionStatus.NONE,
    InductionStatus.REQUIRED_TO_COMPLETE,
    InductionStatus.IN_PROGRESS,
}


def outcome_of(induction: InductionStatus) -> Outcome | None:
    """Returns what an induction came to; None while it is open, and for an unknown status."""
    return _OUTCOMES.get(induction)


def is_open(induction: InductionStatus) -> bool:
    """Says whether TRS has the induction before its end. An unknown status says nothing."""
    return induction in _OPEN


def concern_about(answer: TeacherRecord | NoMatch) -> Concern | None:
    """Returns why nothing may follow from an answer; None when what it says is followed."""
    if isinstance(answer, NoMatch):
        return Concern.NOT_FOUND
    return Concern.PROHIBITED if answer.prohibited else None


def with_name_of_trs(teacher: Teacher, name: str) -> Teacher:
    """Returns a teacher with the name that TRS has now; a correction stays, older by then.

    A record that has lost its name leaves the one that is kept.
    """
    if name in {"", teacher.trs_name}:
        return teacher
    is_corrected = teacher.corrected_name is not None
    return attrs.evolve(teacher, trs_name=name, trs_name_changed_since=is_corrected)


def with_facts_of_trs(teacher: Teacher, facts: TrsFacts) -> Teacher:
    """Returns a teacher with what TRS says now; the same one if it says nothing new."""
    kept = teacher.facts
    if kept is not None and attrs.evolve(kept, seen_at=facts.seen_at) == facts:
        return teacher
    return attrs.evolve(teacher, facts=facts)
