"""Changing details: the questions of registering, asked about one record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from cattrs.errors import BaseValidationError

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.change_draft import EctChangeDraft, MentorChangeDraft
from ect_registration.domain.drafts.ect_draft import NameAnswer, SamePersonAnswer
from ect_registration.domain.drafts.mentor_draft import MentorDraft
from ect_registration.domain.notice import Role
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.effects import Effect, Part
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.rules.programme import what_happens_next
from ect_registration.domain.values import Urn
from ect_registration.journeys.change_case import (
    EctChangeCase,
    MentorChangeCase,
    ect_as_changed,
)
from ect_registration.journeys.engine import Progress
from ect_registration.use_cases.changing.change_ect import (
    change_ect,
    look_at_ect_change,
    walk_ect_change,
)
from ect_registration.use_cases.changing.change_mentor import (
    change_mentor,
    look_at_mentor_change,
    walk_mentor_change,
)
from ect_registration.use_cases.changing.change_outcomes import EctChange, MentorChange
from ect_registration.use_cases.transactions import Actor, Ports
from entrypoints.text.dates_in_words import in_words
from entrypoints.web.changes.acts import Look
from entrypoints.web.changes.effects_text import effect_lines
from entrypoints.web.ects.wording import PATTERNS, PROGRAMMES, TRAININGS, WAITING
from entrypoints.web.journeys.questions import Question
from entrypoints.web.journeys.signed_preview import CONVERTER
from entrypoints.web.platform.template_globals import academic_year
from entrypoints.web.register_ect import forms as ect_forms
from entrypoints.web.register_mentor import forms as mentor_forms

Draft = EctChangeDraft | MentorChangeDraft
Case = EctChangeCase | MentorChangeCase
Change = EctChange | MentorChange
AnyForm = type[Question[Any, Any]]

SAME_PERSON = "same-person"
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


@attrs.frozen
class Kind:
    """How the details of an ECT, or of a mentor, are changed."""

    role: Role
    folder: str
    steps: Sequence[str]  # what can be changed
    forms: Mapping[str, AnyForm]
    draft: type[Draft]
    begin: Callable[[UUID, str], Draft]
    walk: Callable[[Any, Actor, Ports], tuple[Any, Progress[Any]] | Blocked]
    look: Callable[[Any, Actor, Ports], Change | Blocked]
    write: Callable[..., Change | Blocked]
    present: Callable[[Any, AnyForm], Mapping[str, object]]

    def to_text(self, draft: Draft) -> str:
        """Returns the answers of a change as text."""
        return CONVERTER.dumps(draft)

    def from_text(self, text: str) -> Draft | None:
        """Returns the answers of a change; None for text of another version."""
        try:
            return CONVERTER.loads(text, self.draft)
        except (BaseValidationError, ValueError):
            return None


def amended(form: Question[Any, Any], draft: Draft, case: Case) -> Draft:
    """Returns the answers with those of this form."""
    if form.step == SAME_PERSON:
        answer = SamePersonAnswer(form.data["same_person"] == "yes", case.record.name)
        return attrs.evolve(draft, same_person=answer)
    amended: Draft = form.amend(draft)
    return amended


def look_of(change: Change, who: Actor) -> Look:
    """Returns what a check page shows of a change."""
    old, new = change.in_history
    after = change.ect if isinstance(change, EctChange) else change.mentor
    names = {"corrected_name": (change.before.teacher.name, after.teacher.name)}
    rows = [
        (NOUNS[key], _from_to(*names.get(key, (old[key], new[key])))) for key in change.changed
    ]
    effects = [each for each in change.effects if not _is_in_a_row(each, who.school)]
    lines = list(effect_lines(effects, who.school))
    next_steps = None
    if isinstance(change, EctChange):
        rows += _training_rows(change)
        if change.keeps_mentor_training:
            lines.append("The mentor’s own training stays as it is")
        if "lead_provider" in change.changed and change.ect.lead_provider:
            training = change.ect.training
            partner = training.delivery_partner if training else None
            next_steps = what_happens_next(change.ect.lead_provider, partner)
    return Look(change.before.teacher.name, lines, rows, next_steps)


def _is_in_a_row(effect: Effect, school: Urn) -> bool:
    """Whether a row says it already: the start date of the record itself."""
    before, after = effect.before, effect.after
    if effect.part is not Part.PERIOD or effect.school != school or not (before and after):
        return False
    return before.finished_on == after.finished_on


def _training_rows(change: EctChange) -> list[tuple[str, str]]:
    """Returns what a start date changes beside the days: the expected year, and how sure it is."""
    years, states = change.expected_years, change.training_states
    rows = []
    if years is not None:
        then, now = map(academic_year, years)
        rows.append(("Expected training start year", _from_to(then, now)))
    if states is not None:
        was, becomes = (TRAININGS.get(state, WAITING) for state in states)
        rows.append(("Training", _from_to(was, becomes)))
    return rows


def _from_to(old: object, new: object) -> str:
    instead = f", instead of {_said(old, within=True)}" if old is not None else ""
    return f"{_said(new)}{instead}" if new is not None else f"None{instead}"


def _said(value: object, *, within: bool = False) -> str:
    """Returns a value in words; ``within`` a sentence they begin with a small letter."""
    word = WORDS.get(str(value))
    if word is None:
        return in_words(str(value))
    return word.lower() if within else word


def _present_ect(case: EctChangeCase, form: AnyForm) -> Mapping[str, object]:
    """Returns what the record says now, as the answers of a form."""
    now = ect_as_changed(case.ect, EctChangeDraft(case.ect.id, frozenset()))
    return form.given(attrs.evolve(now, lead_provider=case.ect.lead_provider))


def _present_mentor(case: MentorChangeCase, form: AnyForm) -> Mapping[str, object]:
    training = case.mentor.open_training(case.today)
    return form.given(
        MentorDraft(
            ect=EctId(case.mentor.id),  # nobody asks for it
            search=case.draft.search,
            name=NameAnswer(case.mentor.teacher.corrected_name),
            email=case.mentor.email,
            start_date=case.mentor.period.started_on,
            lead_provider=None if training is None else training.lead_provider,
        )
    )


KINDS = (
    Kind(
        Role.ECT,
        "ects",
        (
            "name",
            "email",
            "working-pattern",
            "start-date",
            "appropriate-body",
            "programme",
            "lead-provider",
        ),
        ect_forms.FORMS,
        EctChangeDraft,
        lambda id, step: EctChangeDraft(EctId(id), frozenset({step})),
        walk_ect_change,
        look_at_ect_change,
        change_ect,
        _present_ect,
    ),
    Kind(
        Role.MENTOR,
        "mentors",
        ("name", "email", "start-date", "lead-provider"),
        mentor_forms.FORMS,
        MentorChangeDraft,
        lambda id, step: MentorChangeDraft(MentorId(id), frozenset({step})),
        walk_mentor_change,
        look_at_mentor_change,
        change_mentor,
        _present_mentor,
    ),
)
