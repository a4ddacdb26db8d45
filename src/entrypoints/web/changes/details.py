"""The details of an ECT and of a mentor that can change, and what changing them comes to."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.change_draft import EctChangeDraft, MentorChangeDraft
from ect_registration.domain.drafts.ect_draft import NameAnswer
from ect_registration.domain.drafts.mentor_draft import MentorDraft
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.journeys.change_case import EctChangeCase, MentorChangeCase, ect_as_changed
from ect_registration.journeys.engine import Progress
from ect_registration.use_cases.changing import change_ect, change_mentor
from ect_registration.use_cases.changing.change_outcomes import EctChange, MentorChange
from ect_registration.use_cases.transactions import Actor, Ports
from entrypoints.web.changes.details_preview import ect_preview, mentor_preview
from entrypoints.web.changes.pages import PreviewOrBlocked
from entrypoints.web.journeys.questions import Question
from entrypoints.web.register_ect import forms as ect_forms
from entrypoints.web.register_mentor import forms as mentor_forms

EitherChange = TypeVar("EitherChange", bound=EctChange | MentorChange)
D = TypeVar("D", bound=EctChangeDraft | MentorChangeDraft)
C = TypeVar("C", bound=EctChangeCase | MentorChangeCase)
AnyForm = Question[Any, Any]  # a form of registering takes the draft and case of a change as well

SAME_PERSON = "same-person"


class Details(ABC, Generic[D, C, EitherChange]):
    """The details of an ECT, or of a mentor."""

    steps: ClassVar[Collection[str]]  # what can be changed
    follows: ClassVar[Mapping[str, Collection[str]]]  # a question that may follow, and after which
    forms: ClassVar[Mapping[str, type[AnyForm]]]
    draft_type: type[D]

    @abstractmethod
    def begin(self, id: UUID, what: str) -> D:
        """Returns a draft without answers, of a change of one detail."""

    @abstractmethod
    def id_of(self, draft: D) -> UUID:
        """Returns the id of the record that a draft is about."""

    @abstractmethod
    def record_of(self, case: C) -> EctAtSchool | MentorAtSchool:
        """Returns the record as it is before the change."""

    @abstractmethod
    def present(self, case: C, form: type[AnyForm]) -> Mapping[str, object]:
        """Returns what the record says now, as the answers of a form."""

    @abstractmethod
    def walk(self, draft: D, who: Actor, ports: Ports) -> tuple[C, Progress[C]] | Blocked:
        """Returns the case of a change and how far its answers get."""

    @abstractmethod
    def look(self, draft: D, who: Actor, ports: Ports) -> PreviewOrBlocked[EitherChange]:
        """Returns what saving the answers would come to, or what stops it."""

    @abstractmethod
    def write(
        self, draft: D, who: Actor, ports: Ports, shown: EitherChange
    ) -> EitherChange | Blocked:
        """Saves the answers if they come to what was shown, or returns what stops it."""


class EctDetails(Details[EctChangeDraft, EctChangeCase, EctChange]):
    """The details of an ECT."""

    steps = (
        "name",
        "email",
        "working-pattern",
        "start-date",
        "appropriate-body",
        "programme",
        "lead-provider",
    )
    follows: ClassVar = {
        SAME_PERSON: ("name",),
        "appropriate-body": ("start-date",),
        "lead-provider": ("programme", "start-date"),
    }
    forms = ect_forms.FORMS
    draft_type = EctChangeDraft

    def begin(self, id: UUID, what: str) -> EctChangeDraft:
        """Returns a draft without answers, of a change of one detail."""
        return EctChangeDraft(EctId(id), frozenset({what}))

    def id_of(self, draft: EctChangeDraft) -> UUID:
        """Returns the id of the ECT that a draft is about."""
        return draft.ect

    def record_of(self, case: EctChangeCase) -> EctAtSchool:
        """Returns the ECT as they are before the change."""
        return case.ect

    def present(self, case: EctChangeCase, form: type[AnyForm]) -> Mapping[str, object]:
        """Returns what the record says now, as the answers of a form."""
        now = ect_as_changed(case.ect, EctChangeDraft(case.ect.id, frozenset()))
        return form.given(attrs.evolve(now, lead_provider=case.ect.lead_provider))

    def walk(self, draft: EctChangeDraft, who: Actor, ports: Ports) -> change_ect.Walked | Blocked:
        """Returns the case of a change and how far its answers get."""
        return change_ect.walk_ect_change(draft, who, ports)

    def look(self, draft: EctChangeDraft, who: Actor, ports: Ports) -> PreviewOrBlocked[EctChange]:
        """Returns what saving the answers would come to, or what stops it."""
        change = change_ect.look_at_ect_change(draft, who, ports)
        if isinstance(change, Blocked):
            return change
        return ect_preview(change, who.school, ports.clock.today())

    def write(
        self, draft: EctChangeDraft, who: Actor, ports: Ports, shown: EctChange
    ) -> EctChange | Blocked:
        """Saves the answers if they come to what was shown, or returns what stops it."""
        return change_ect.change_ect(draft, who, ports, shown=shown)


class MentorDetails(Details[MentorChangeDraft, MentorChangeCase, MentorChange]):
    """The details of a mentor."""

    steps = ("name", "email", "start-date", "lead-provider")
    follows: ClassVar = {SAME_PERSON: ("name",)}
    forms = mentor_forms.FORMS
    draft_type = MentorChangeDraft

    def begin(self, id: UUID, what: str) -> MentorChangeDraft:
        """Returns a draft without answers, of a change of one detail."""
        return MentorChangeDraft(MentorId(id), frozenset({what}))

    def id_of(self, draft: MentorChangeDraft) -> UUID:
        """Returns the id of the mentor that a draft is about."""
        return draft.mentor

    def record_of(self, case: MentorChangeCase) -> MentorAtSchool:
        """Returns the mentor as they are before the change."""
        return case.mentor

    def present(self, case: MentorChangeCase, form: type[AnyForm]) -> Mapping[str, object]:
        """Returns what the record says now, as the answers of a form."""
        training = case.mentor.open_training(case.today)
        return form.given(
            MentorDraft(
                ect=EctId(case.mentor.id),  # no step reads it
                search=case.draft.search,
                name=NameAnswer(case.mentor.teacher.corrected_name),
                email=case.mentor.email,
                start_date=case.mentor.period.started_on,
                lead_provider=None if training is None else training.lead_provider,
            )
        )

    def walk(
        self, draft: MentorChangeDraft, who: Actor, ports: Ports
    ) -> change_mentor.Walked | Blocked:
        """Returns the case of a change and how far its answers get."""
        return change_mentor.walk_mentor_change(draft, who, ports)

    def look(
        self, draft: MentorChangeDraft, who: Actor, ports: Ports
    ) -> PreviewOrBlocked[MentorChange]:
        """Returns what saving the answers would come to, or what stops it."""
        change = change_mentor.look_at_mentor_change(draft, who, ports)
        if isinstance(change, Blocked):
            return change
        return mentor_preview(change, who.school, ports.clock.today())

    def write(
        self, draft: MentorChangeDraft, who: Actor, ports: Ports, shown: MentorChange
    ) -> MentorChange | Blocked:
        """Saves the answers if they come to what was shown, or returns what stops it."""
        return change_mentor.change_mentor(draft, who, ports, shown=shown)
