"""The name on the teacher's record, confirmed or corrected."""

from __future__ import annotations

from difflib import SequenceMatcher

from ect_registration.domain.decisions import Blocked, Decision, OurDecision, Policy, Rule
from ect_registration.domain.people.teacher import TeacherRecord
from ect_registration.domain.policy import LONGEST_NAME
from ect_registration.domain.text import folded
from ect_registration.domain.values import PersonName

NAMES = Policy("Confirming or correcting an ECT’s name")

NAME_CONFIRMED_OR_CORRECTED = Rule(
    id="name-confirmed-or-corrected",
    says="The name in TRS is played back, and the school confirms it or gives a corrected one.",
    source=NAMES,
    details=OurDecision(f"1 to {LONGEST_NAME} of any script, as badges and emails can show them"),
    enforced_by=(
        "ect_registration.domain.values.PersonName",
        "ect_registration.domain.rules.identifying.name.correction_of",
        "ect_registration.domain.rules.identifying.name.check_name_confirmed_or_corrected",
    ),
    tells="Select if the name is correct, or enter the teacher’s full name",
)

NO_NAME_ON_RECORD = "Enter the teacher’s full name. The teacher record does not have one"


def check_name_confirmed_or_corrected(trs_name: str, correction: PersonName | None) -> Decision:
    """Decides whether there is a name to show: a record without one cannot be confirmed."""
    if not trs_name and correction is None:
        return NAME_CONFIRMED_OR_CORRECTED.needs("corrected_name", NO_NAME_ON_RECORD)
    return NAME_CONFIRMED_OR_CORRECTED.allows(corrected=correction is not None)


CORRECTED_NAME_SHOWN = Rule(
    id="corrected-name-shown",
    says="A corrected name is shown from then on at every school; the latest answer wins, and "
    "TRS's name is kept beside it.",
    source=NAMES,
    enforced_by=(
        "ect_registration.domain.people.teacher.Teacher",
        "ect_registration.use_cases.registering.write_ect.write_registration",
    ),
)

NAME_CORRECTIONS_MONITORED = Rule(
    id="name-corrections-monitored",
    says="Operators can rank corrections by how little of the name in TRS is left.",
    source=NAMES,
    enforced_by=("ect_registration.domain.rules.identifying.name.share_of_name_kept",),
)


NAME_SAME_PERSON = Rule(
    id="name-same-person",
    says="When the first and last words of a corrected name both differ from the name in TRS, the "
    "school is asked once whether this is the same person: yes goes on and is recorded in "
    "history, no goes back to the name.",
    source=OurDecision(
        "a TRN and a date of birth with a slip in both can find a stranger, who would then get "
        "the teacher's name"
    ),
    enforced_by=("ect_registration.domain.rules.identifying.name.check_name_same_person",),
    tells="Check the TRN and the name. Confirm if this is the same person",
)


def check_name_same_person(
    record: TeacherRecord, corrected: PersonName | None, *, same_person: bool
) -> Decision:
    """Refuses a very different name unless the school says that it is the same person."""
    if same_person or not is_another_name(record.name, corrected):
        return NAME_SAME_PERSON.allows(same_person=same_person)
    return needs_same_person(record)


def needs_same_person(record: TeacherRecord) -> Blocked:
    """Returns what to tell a program that has not said whether this is the same person."""
    return NAME_SAME_PERSON.needs(
        "same_person",
        f"The first and last names both differ from the record with TRN {record.trn}. Check the "
        "TRN and the name. Confirm if this is the same person",
    )


def is_another_name(trs_name: str, corrected: PersonName | None) -> bool:
    """Says whether both the first and the last word of a correction differ from TRS's name.

    Case, accents and apostrophes do not count, and a hyphen counts as a blank. A name in TRS
    without any word cannot be compared, so it never differs.
    """
    if corrected is None:
        return False
    before, after = folded(trs_name).split(), folded(corrected.text).split()
    return bool(before) and before[:1] != after[:1] and before[-1:] != after[-1:]


def correction_of(trs_name: str, given: PersonName | None) -> PersonName | None:
    """Returns the correction to keep; None when the given name only repeats TRS's."""
    if given is None or given.same_as(trs_name):
        return None
    return given


def share_of_name_kept(trs_name: str, corrected: PersonName) -> float:
    """Returns how much of TRS's name is left, from 0 (none) to 1 (all), ignoring case."""
    before, after = trs_name.casefold(), corrected.text.casefold()
    kept = sum(block.size for block in SequenceMatcher(None, before, after).get_matching_blocks())
    return kept / len(before) if before else 1
