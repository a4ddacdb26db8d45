"""What a school can do with a record: a question, a check page, and what is written."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import ClassVar, Generic
from uuid import UUID

import attrs
from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field

from ect_registration.domain.decisions import Blocked
from ect_registration.use_cases.changing.subjects import name_of
from ect_registration.use_cases.transactions import Actor, Ports
from entrypoints.web.changes.pages import ChangePages, ChangePreview, P, PreviewOrBlocked
from entrypoints.web.changes.sealed_answers import Answers, seal
from entrypoints.web.forms.dates import DateParts
from entrypoints.web.forms.fields import Form, Text
from entrypoints.web.platform.access import current_actor, for_school_users
from entrypoints.web.platform.context import current_ports
from entrypoints.web.platform.errors import not_found
from entrypoints.web.platform.messages import message_of


@attrs.frozen
class Act(ChangePages, ABC, Generic[P]):
    """One thing to do with the record of an ECT or a mentor."""

    path: ClassVar[str]  # of its address, below the person's
    form_type: ClassVar[type[Form]]
    template: ClassVar[str]  # of its question

    @abstractmethod
    def look(self, id: UUID, answers: Answers, who: Actor, ports: Ports) -> PreviewOrBlocked[P]:
        """Returns what the act would come to, or the rule that refuses it."""

    @abstractmethod
    def write(self, id: UUID, answers: Answers, who: Actor, ports: Ports, shown: P) -> object:
        """Writes what was shown, or returns the rule that refuses it."""

    def suggested_answers(self, _today: date) -> Mapping[str, object]:
        """Returns the answers that the question begins with."""
        return {}

    @property
    def endpoint(self) -> str:
        """Returns the name of the view of the question."""
        return f"{self.role}_{self.path.replace('/', '_').replace('-', '_')}"

    @for_school_users
    def ask(self, id: UUID) -> ResponseReturnValue:
        """Shows the question; a post leads to the check page."""
        name = self._name(id)
        posted = request.method == "POST"
        form = self.form_type(**({} if posted else self._answers_shown(id)))
        if form.validate_on_submit():
            answered = self._go_on(id, form)
            if answered is not None:
                return answered
        return self.question_page(self.template, form, self.person_page(id), name=name)

    @for_school_users
    def check(self, id: UUID, token: str) -> ResponseReturnValue:
        """Shows what the act comes to; a post writes it, if that is still what was shown."""
        who, ports = current_actor(), current_ports()
        answers = self.unsealed(token, self.path, id, self._question(id))
        return self.check_or_write(
            id,
            partial(self.look, id, answers, who, ports),
            partial(self.write, id, answers, who, ports),
            partial(self._show, id, answers),
        )

    def _go_on(self, id: UUID, form: Form) -> ResponseReturnValue | None:
        """Leads to the check page, or to a refusal; None when there is an error to show."""
        who, answers = current_actor(), _answers(form)
        preview = self.look(id, answers, who, current_ports())
        if isinstance(preview, Blocked) and preview.field is not None and preview.field in form:
            form.add_error(preview.field, message_of(preview))
            return None
        if isinstance(preview, Blocked) or _is_empty(preview):
            return self._show(id, answers, preview)
        token = seal(answers, self.path, id, who)
        return redirect(url_for(f"changes.{self.endpoint}_check", id=id, token=token), 303)

    def _show(
        self, id: UUID, answers: Answers, preview: PreviewOrBlocked[P], *, changed: bool = False
    ) -> ResponseReturnValue:
        """Shows what the act comes to, or why there is nothing to check."""
        question = self._question(id)
        if isinstance(preview, Blocked):
            return self._ask_again(id, answers, preview, question) or self.stop_page(id, preview)
        if _is_empty(preview):
            return self.say_unchanged(id)
        return self.check_page(id, preview, self._question_with(id, answers), changed=changed)

    def _ask_again(
        self, id: UUID, answers: Answers, blocked: Blocked, question: str
    ) -> ResponseReturnValue | None:
        """Shows the question with an answer that is not valid any more, or None if it has none.

        A last day that could be given yesterday may be one of the past today.
        """
        form = self.form_type()
        if blocked.field is None or blocked.field not in form:
            return None
        form.process(data={field.name: _as_data(field, answers) for field in form})
        form.add_error(blocked.field, message_of(blocked))
        page, name = self.person_page(id), self._name(id)
        return self.question_page(self.template, form, page, name=name, action=question)

    def _question(self, id: UUID, given: str | None = None) -> str:
        """Returns the address of the question; ``given``: answers that it shows, sealed."""
        return url_for(f"changes.{self.endpoint}", id=id, given=given)

    def _question_with(self, id: UUID, answers: Answers) -> str:
        """Returns the address of the question, which then shows its answers again."""
        given = seal(answers, self.path, id, current_actor()) if answers else None
        return self._question(id, given)

    def _answers_shown(self, id: UUID) -> Mapping[str, object]:
        """Returns the answers that the user came back to, or those to begin with."""
        answers = self.answers_given(self.path, id)
        if not answers:
            return self.suggested_answers(current_ports().clock.today())
        return {field.name: _as_data(field, answers) for field in self.form_type()}

    def _name(self, id: UUID) -> str:
        name = name_of(self.role, id, current_actor(), current_ports())
        if isinstance(name, Blocked):
            not_found(name)
        return name


def _is_empty(preview: ChangePreview[P]) -> bool:
    return not preview.lines and not preview.rows


def _answers(form: Form) -> Answers:
    """Returns the answers of a form as texts."""
    return {field.name: _as_text(field) for field in form if field.data is not None}


def _as_text(field: object) -> str:
    if isinstance(field, DateParts):
        return "" if field.data is None else field.data.isoformat()
    return str(field.parsed if isinstance(field, Text) else getattr(field, "data", ""))


def _as_data(field: Field, answers: Answers) -> object:
    """Returns the answer to a field as its form has it."""
    text = answers.get(field.name)
    return date.fromisoformat(text) if text and isinstance(field, DateParts) else text
