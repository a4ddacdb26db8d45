"""Answers that say what a record says already: they change nothing, so no rule decides them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import attrs

from ect_registration.domain.drafts.change_draft import EctChangeDraft, MentorChangeDraft
from ect_registration.domain.email import address_of
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.rules.identifying.name import correction_of
from ect_registration.journeys.change_case import LEAD_PROVIDER

D = TypeVar("D", EctChangeDraft, MentorChangeDraft)

# What a lead provider is decided together with.
_BEARS_ON_LEAD_PROVIDER = {"programme", "start-date"}


def ect_answers_that_differ(ect: EctAtSchool, changes: EctChangeDraft) -> EctChangeDraft:
    """Returns the changes without the answers that are as the record has them.

    A lead provider stays beside another programme or start date, which decide about it too.
    """
    same = {
        **_same_about_a_person(ect, changes),
        "working-pattern": changes.working_pattern is ect.working_pattern,
        "appropriate-body": changes.appropriate_body == ect.appropriate_body,
        "programme": changes.programme is ect.programme,
    }
    changes = _without(same, changes)
    alone = changes.asked.isdisjoint(_BEARS_ON_LEAD_PROVIDER)
    same_provider = alone and changes.lead_provider == ect.lead_provider
    return _without({LEAD_PROVIDER: same_provider}, changes)


def mentor_answers_that_differ(
    mentor: MentorAtSchool, lead_provider: str | None, changes: MentorChangeDraft
) -> MentorChangeDraft:
    """Returns the changes without the answers that are as the record has them.

    ``lead_provider`` is that of the mentor's training.
    """
    same = _same_about_a_person(mentor, changes)
    return _without({**same, LEAD_PROVIDER: changes.lead_provider == lead_provider}, changes)


def _same_about_a_person(
    row: EctAtSchool | MentorAtSchool, changes: EctChangeDraft | MentorChangeDraft
) -> Mapping[str, bool]:
    teacher, name = row.teacher, changes.name
    return {
        "name": name is not None
        and correction_of(teacher.trs_name, name.corrected) == teacher.corrected_name,
        "email": address_of(changes.email) == address_of(row.email),
        "start-date": changes.start_date == row.period.started_on,
    }


def _without(same: Mapping[str, bool], changes: D) -> D:
    """Returns the changes without these steps, where they were answered."""
    answers = {step: step.replace("-", "_") for step, is_same in same.items() if is_same}
    given = {step: name for step, name in answers.items() if getattr(changes, name) is not None}
    asked = changes.asked - given.keys()
    return attrs.evolve(changes.forgetting(given.values()), asked=asked)
