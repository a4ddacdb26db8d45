"""What a check page shows of changed details: each value before and after, and what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ect_registration.domain.people.effects import Effect, Part
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.rules.mentors.mentor_training import TrainingThen
from ect_registration.domain.values import Urn
from ect_registration.use_cases.changing.change_outcomes import EctChange, MentorChange
from entrypoints.text.dates_in_words import in_words
from entrypoints.web.changes.effects_text import effect_lines, new_gap_lines
from entrypoints.web.changes.pages import ChangePreview
from entrypoints.web.changes.told_text import told_of_ect_change, told_of_mentor_change
from entrypoints.web.ects.wording import NO_PARTNER_YET, PATTERNS, PROGRAMMES, TRAININGS, WAITING
from entrypoints.web.mentors.wording import CAN_CHECK
from entrypoints.web.platform.template_globals import academic_year

Rows = Sequence[tuple[str, str]]

NOUNS = {
    "corrected_name": "Name",
    "email": "Email address",
    "working_pattern": "Working pattern",
    "start_date": "Start date",
    "appropriate_body": "Appropriate body",
    "programme": "Training programme",
    "lead_provider": "Lead provider",
}
WORDS: Mapping[str, str] = {
    **{str(key): said for key, said in PATTERNS.items()},
    **{str(key): said for key, said in PROGRAMMES.items()},
}

# What becomes of the training of an ECT's mentor, where none begins.
MENTOR_TRAINING: Mapping[TrainingThen | None, str] = {
    TrainingThen.STAYS: "The mentor’s own training stays as it is",
    TrainingThen.NOT_ELIGIBLE: "No training will be set up for the mentor, because our records "
    f"say that they cannot get funded training. {CAN_CHECK}",
    TrainingThen.NONE: "No training will be set up for the mentor, because the lead provider does "
    "not work in the mentor’s training year. You can choose another lead provider for them when "
    "you next assign them to an ECT",
}


def ect_preview(change: EctChange, school: Urn, today: date) -> ChangePreview[EctChange]:
    """Returns what a check page shows of a change of an ECT's details."""
    gaps = new_gap_lines([(change.before, change.ect)], today)
    lines = [*_lines(change, school, today), *gaps]
    if change.mentor_training in MENTOR_TRAINING:
        lines.append(MENTOR_TRAINING[change.mentor_training])
    rows = [*_rows(change, change.ect.teacher), *_training_rows(change)]
    told = tuple(told_of_ect_change(change, today))
    return ChangePreview(change.before.teacher.name, lines, change, rows, told)


def mentor_preview(change: MentorChange, school: Urn, today: date) -> ChangePreview[MentorChange]:
    """Returns what a check page shows of a change of a mentor's details."""
    lines = [*_lines(change, school, today), *new_gap_lines(change.ects, today)]
    rows, told = _rows(change, change.mentor.teacher), tuple(told_of_mentor_change(change, today))
    return ChangePreview(change.before.teacher.name, lines, change, rows, told)


def _rows(change: EctChange | MentorChange, after: Teacher) -> Rows:
    old, new = change.in_history
    names = {"corrected_name": (change.before.teacher.name, after.name)}
    return [
        (NOUNS[key], _from_to(*names.get(key, (old[key], new[key])))) for key in change.changed
    ]


def _training_rows(change: EctChange) -> Rows:
    """Returns what changes with others: the expected year, the partner, and how sure it is."""
    rows = []
    if change.expected_years is not None:
        then, now = map(academic_year, change.expected_years)
        rows.append(("Expected training start year", _from_to(then, now)))
    partners = change.delivery_partners
    if partners is not None:
        rows.append(("Delivery partner", _from_to(partners[0], partners[1] or NO_PARTNER_YET)))
    if change.training_states is not None:
        was, becomes = (TRAININGS.get(state, WAITING) for state in change.training_states)
        rows.append(("Training", _from_to(was, becomes)))
    return rows


def _lines(change: EctChange | MentorChange, school: Urn, today: date) -> Sequence[str]:
    return effect_lines(
        [each for each in change.effects if not _is_in_a_row(each, school)], school, today
    )


def _is_in_a_row(effect: Effect, school: Urn) -> bool:
    """Says whether a row shows the effect already: the start date of the record itself."""
    before, after = effect.before, effect.after
    if effect.part is not Part.PERIOD or effect.school != school or not (before and after):
        return False
    return before.finished_on == after.finished_on


def _from_to(old: object, new: object) -> str:
    instead = f", instead of {_in_words(old, within=True)}" if old is not None else ""
    return f"{_in_words(new)}{instead}" if new is not None else f"None{instead}"


def _in_words(value: object, *, within: bool = False) -> str:
    """Returns a value in words, which begin with a small letter ``within`` a sentence."""
    words = WORDS.get(str(value))
    if words is None:
        return in_words(str(value))
    return words.lower() if within else words
