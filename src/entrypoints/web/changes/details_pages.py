"""The pages that change details: a question, those that follow from it, and a check page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Generic
from uuid import UUID

import attrs
from cattrs.errors import BaseValidationError
from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ect_registration.domain.attempts import Attempted
from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.drafts.ect_draft import SamePersonAnswer
from ect_registration.domain.email import address_of
from ect_registration.domain.notice import Role
from ect_registration.domain.rules.registering.programme import (
    APPROPRIATE_BODY_INDEPENDENT,
    APPROPRIATE_BODY_STATE_FUNDED,
    LEAD_PROVIDER_NOT_AVAILABLE,
)
from ect_registration.journeys.engine import Progress
from ect_registration.use_cases.following.holders import is_worth_asking_again
from ect_registration.use_cases.signing_in.limits import count
from entrypoints.web.changes.details import SAME_PERSON, AnyForm, C, D, Details, EitherChange
from entrypoints.web.changes.pages import ChangePages, PreviewOrBlocked
from entrypoints.web.changes.sealed_answers import seal
from entrypoints.web.forms.fields import Form
from entrypoints.web.journeys.questions import YES
from entrypoints.web.journeys.signed_preview import CONVERTER
from entrypoints.web.platform.access import current_actor, for_school_users
from entrypoints.web.platform.context import current_ports
from entrypoints.web.platform.errors import not_found, too_many_attempts

# The rules of answers that are chosen from a list: another choice mends a refusal.
OF_LISTS = (
    APPROPRIATE_BODY_STATE_FUNDED,
    APPROPRIATE_BODY_INDEPENDENT,
    LEAD_PROVIDER_NOT_AVAILABLE,
)


@attrs.frozen
class DetailsPages(ChangePages, Generic[D, C, EitherChange]):
    """The pages that change the details of an ECT, or of a mentor."""

    details: Details[D, C, EitherChange]
    title = "Check the change"
    button = "Save the change"
    done = "You have saved the change"

    @for_school_users
    def ask(self, id: UUID, what: str) -> ResponseReturnValue:
        """Shows the question of a change; a post leads to what follows from the answer."""
        return self._ask(self.details.begin(id, what), what)

    @for_school_users
    def ask_more(self, id: UUID, what: str, token: str, step: str) -> ResponseReturnValue:
        """Shows a question that an earlier answer made necessary."""
        return self._ask(self._unseal(id, what, token), step)

    @for_school_users
    def check(self, id: UUID, what: str, token: str) -> ResponseReturnValue:
        """Shows what a change comes to; a post saves it, if that is still what was shown."""
        draft, who, ports = self._unseal(id, what, token), current_actor(), current_ports()
        return self.check_or_write(
            id,
            partial(self.details.look, draft, who, ports),
            partial(self.details.write, draft, who, ports),
            partial(self._show, draft),
        )

    def _show(
        self, draft: D, preview: PreviewOrBlocked[EitherChange], *, changed: bool = False
    ) -> ResponseReturnValue:
        """Shows what a change comes to, or why there is nothing to check."""
        if isinstance(preview, Blocked):
            return self._lead_on(draft, preview)
        id = self.details.id_of(draft)
        if not preview.plan.changed:
            return self.say_unchanged(id)
        return self.check_page(id, preview, self._back_from(draft), changed=changed)

    def _ask(self, draft: D, step: str) -> ResponseReturnValue:
        case, progress = self._walk(draft)
        if progress.blocked is not None and progress.at is None:
            return self.stop_page(self.details.id_of(draft), progress.blocked)
        asked = self.details.forms[step]
        posted = request.method == "POST"
        form = asked(**({} if posted else self._answers_shown(draft, step, case)))
        form.offer(case)
        if "again" not in request.form and form.validate_on_submit():
            answered = self._answer(_amended(form, draft, case), step, case, form)
            if answered is not None:
                return answered
        return self._show_question(draft, step, case, form)

    def _show_question(
        self, draft: D, step: str, case: C, form: AnyForm, action: str = ""
    ) -> ResponseReturnValue:
        details, begins, programme = self.details, step in draft.asked, None
        if self.role is Role.ECT:
            programme = self._address("question", draft, what="programme")
        return self.question_page(
            "changes/details.html",
            form,
            self.person_page(details.id_of(draft)) if begins else self._back_from(draft, step),
            action=action,
            case=case,
            name=details.record_of(case).teacher.name if begins else case.teacher.name,
            programme_address=programme,
            rule=form.rule.id if form.errors else None,
            step=step,
        )

    def _answer(self, draft: D, step: str, case: C, form: AnyForm) -> ResponseReturnValue | None:
        """Leads on from an answer; None when there is an error to show at its field."""
        if step == SAME_PERSON and draft.same_person is not None and not draft.same_person.same:
            return redirect(self._back_from(draft, SAME_PERSON), 303)
        who, ports = current_actor(), current_ports()
        email_now = self.details.record_of(case).email
        if step == "email" and address_of(draft.email) != address_of(email_now):
            barred = count(Attempted.EMAIL_QUESTION, who.user, ports)
            if barred is not None:
                address = self._question_address(draft)
                return too_many_attempts(barred, address, form.kept, step, changing=True)
        preview = self.details.look(draft, who, ports)
        stop = preview if isinstance(preview, Blocked) else None
        if draft.email is not None and is_worth_asking_again(stop, draft.email, ports):
            preview = self.details.look(draft, who, ports)
        if isinstance(preview, Blocked):
            if _is_at_a_field(preview, form):
                form.breaks(preview)
                return None
            return self._lead_on(draft, preview)
        if not preview.plan.changed:
            return self.say_unchanged(self.details.id_of(draft))
        return redirect(self._address("check", draft, token=self._seal(draft)), 303)

    def _lead_on(self, draft: D, blocked: Blocked) -> ResponseReturnValue:
        """Leads to the question that is open or asks again, or shows the rule that refuses."""
        case, progress = self._walk(draft)
        step = progress.at
        asked = None if step is None else self.details.forms.get(step.id)
        if asked is not None and blocked.kind is not Kind.NEEDS:
            form = asked()
            form.process(data=asked.given(draft))
            if _is_at_a_field(blocked, form):  # an answer that is not valid any more
                form.offer(case)
                form.breaks(blocked)
                action = self._step_address(draft, asked.step)
                return self._show_question(draft, asked.step, case, form, action)
        if blocked.kind is Kind.REFUSED or step is None:
            return self.stop_page(self.details.id_of(draft), blocked, self._back_from(draft))
        return redirect(self._step_address(draft, step.id), 303)

    def _walk(self, draft: D) -> tuple[C, Progress[C]]:
        walked = self.details.walk(draft, current_actor(), current_ports())
        if isinstance(walked, Blocked):
            not_found(walked)
        return walked

    def _answers_shown(self, draft: D, step: str, case: C) -> Mapping[str, object]:
        """Returns the answer that the user came back to; else what the record says now."""
        details, form = self.details, self.details.forms[step]
        given = self._given(details.id_of(draft), _what(draft))
        if given is not None and _answer_to(given, step) is not None:
            return {_field_of(SAME_PERSON): YES} if step == SAME_PERSON else form.given(given)
        return details.present(case, form) if step in draft.asked else {}

    def _given(self, id: UUID, what: str) -> D | None:
        """Returns the draft that the user came back to; None where it cannot be read."""
        answers = self.answers_given(f"change/{what}", id)
        try:
            return CONVERTER.loads(answers["draft"], self.details.draft_type)
        except (BaseValidationError, KeyError, ValueError):
            return None

    def _back_from(self, draft: D, step: str | None = None) -> str:
        """Returns the address of the last question answered before a step, with its answer.

        Without a step it is the last one before the check page.
        """
        answered = [
            each
            for each, after in self.details.follows.items()
            if not draft.asked.isdisjoint(after) and _answer_to(draft, each) is not None
        ]
        before = [_what(draft), *answered]
        last = before[before.index(step) - 1] if step in before else before[-1]
        no_answer: dict[str, Any] = {_field_of(last): None}
        unanswered = attrs.evolve(draft, **no_answer)
        return self._step_address(unanswered, last, given=self._seal(draft))

    def _question_address(self, draft: D) -> str:
        return self._address("question", draft)

    def _step_address(self, draft: D, step: str, **parts: str) -> str:
        """Returns the address of a question: the first of the change, or one that follows."""
        if draft.asked.isdisjoint(self.details.follows.get(step, ())):
            return self._address("question", draft, **parts)
        page, token = _field_of(step), self._seal(draft)
        return self._address(page, draft, token=token, step=step, **parts)

    def _address(self, page: str, draft: D, **parts: Any) -> str:
        parts = {"id": self.details.id_of(draft), "what": _what(draft), **parts}
        return url_for(f"details.{self.role}_{page}", **parts)

    def _seal(self, draft: D) -> str:
        answers = {"draft": CONVERTER.dumps(draft)}
        return seal(answers, f"change/{_what(draft)}", self.details.id_of(draft), current_actor())

    def _unseal(self, id: UUID, what: str, token: str) -> D:
        """Returns the draft; one of another user or version is not found."""
        question = self._question_address(self.details.begin(id, what))
        answers = self.unsealed(token, f"change/{what}", id, question)
        try:
            return CONVERTER.loads(answers["draft"], self.details.draft_type)
        except (BaseValidationError, ValueError):
            abort(404)


def _is_at_a_field(blocked: Blocked, form: Form) -> bool:
    """Says whether a block is an error at a field, and no refusal with a page of its own."""
    if blocked.kind is Kind.REFUSED and blocked.rule not in OF_LISTS:
        return False
    return blocked.field is not None and blocked.field in form


def _field_of(step: str) -> str:
    """Returns the name of a step's answer in a draft; its view is called the same."""
    return step.replace("-", "_")


def _answer_to(draft: D, step: str) -> object:
    return getattr(draft, _field_of(step))


def _what(draft: D) -> str:
    """Returns the detail that a change is about: pages change one at a time."""
    (what,) = draft.asked
    return what


def _amended(form: AnyForm, draft: D, case: C) -> D:
    """Returns the draft with the answers of a form."""
    if form.step == SAME_PERSON:
        same = form.data["same_person"] == YES
        return attrs.evolve(draft, same_person=SamePersonAnswer(same, case.record.name))
    amended: D = form.amend(draft)
    return amended
