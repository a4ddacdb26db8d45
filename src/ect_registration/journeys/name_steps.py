"""The steps and gates about a person's name, which registering an ECT and a mentor share."""

from __future__ import annotations

from typing import Protocol

from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.mentor_draft import MentorDraft
from ect_registration.domain.people.teacher import Teacher, TeacherRecord
from ect_registration.domain.rules import name
from ect_registration.journeys.engine import Case, Gate, Journey, Step


class PersonCase(Case, Protocol):
    """A case about a person whom TRS is asked for: an ECT or a new mentor."""

    @property
    def draft(self) -> EctDraft | MentorDraft:
        """The answers so far."""

    @property
    def proven(self) -> bool:
        """Whether the school has shown that it knows the person."""

    @property
    def record(self) -> TeacherRecord:
        """What TRS said, once proven."""

    @property
    def teacher(self) -> Teacher:
        """The person with the names that will be shown from now on."""


def asks_same_person(case: PersonCase) -> bool:
    """Whether the corrected name is so different that the school is asked about it."""
    return case.proven and name.is_another_name(case.record.name, case.teacher.corrected_name)


def is_same_person(case: PersonCase) -> bool:
    """Whether the school said that it is the same person, of the name that TRS has now."""
    answer = case.draft.same_person
    return answer is not None and answer.is_yes_to(case.record.name)


def _no_asks_for_the_name_again(_: PersonCase, after: PersonCase) -> tuple[str, ...]:
    """Returns the answers that a no makes void: the name was another person's."""
    answer = after.draft.same_person
    return () if answer is None or answer.same else ("name", "same_person")


NAME_STEPS: Journey[PersonCase] = (
    Step(
        "name",
        answers=("name",),
        missing_message=lambda _: name.NAME_CONFIRMED_OR_CORRECTED.needs("corrected_name"),
        answered=lambda case: case.draft.name is not None,
        still_valid=lambda case: bool(case.teacher.name),
        clears=lambda _before, _after: ("same_person",),
    ),
    Gate(
        name.NAME_CONFIRMED_OR_CORRECTED,
        lambda case: name.check_name_confirmed_or_corrected(
            case.record.name, case.teacher.corrected_name
        ),
    ),
    Step(
        "same-person",
        answers=("same_person",),
        missing_message=lambda case: name.needs_same_person(case.record),
        applies=asks_same_person,
        answered=is_same_person,
        clears=_no_asks_for_the_name_again,
    ),
    Gate(
        name.NAME_SAME_PERSON,
        lambda case: name.check_name_same_person(
            case.record, case.teacher.corrected_name, same_person=is_same_person(case)
        ),
        applies=asks_same_person,
    ),
)
