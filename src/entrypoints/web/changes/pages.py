"""The pages that all changes of a record have in common."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Generic, Protocol, TypeVar
from uuid import UUID

import attrs
from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.notice import Role
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.check_answers import SAVED_AS_SHOWN
from ect_registration.domain.rules.identifying.limits import JOURNEYS_EXPIRE
from entrypoints.web.changes.sealed_answers import Answers, Expired, unseal
from entrypoints.web.ects.views import DONE, UNCHANGED
from entrypoints.web.forms.fields import Form
from entrypoints.web.platform.access import current_actor
from entrypoints.web.platform.csrf import stale_answers
from entrypoints.web.platform.errors import not_found
from entrypoints.web.platform.messages import message_of

P = TypeVar("P")

FOLDERS: Mapping[Role, str] = {Role.ECT: "ects", Role.MENTOR: "mentors"}  # of addresses


@attrs.frozen
class ChangePreview(Generic[P]):
    """What a change would come to, as its check page shows it."""

    name: str  # of the person
    lines: Sequence[str]  # what follows, each a sentence without its full stop
    plan: P  # what the use case planned, which has to be the same when it saves
    rows: Sequence[tuple[str, str]] = ()  # what changes, and to what
    told: Sequence[str] = ()  # who is told, each a sentence without its full stop

    @property
    def digest(self) -> str:
        """Returns a short text that differs when the check page shows something else."""
        shown = repr((self.lines, self.rows, self.told))
        return hashlib.sha256(shown.encode()).hexdigest()[:32]


PreviewOrBlocked = ChangePreview[P] | Blocked


class Show(Protocol[P]):
    """Shows what a change comes to, or why there is nothing to check."""

    def __call__(
        self, preview: PreviewOrBlocked[P], *, changed: bool = False
    ) -> ResponseReturnValue:
        """Returns the page; ``changed`` says that it is not what was shown before."""


@attrs.frozen
class ChangePages:
    """The pages of one change of an ECT's or a mentor's record."""

    role: Role
    title: ClassVar[str]  # of the check page
    button: ClassVar[str]
    done: ClassVar[str]  # the banner afterwards, without names: a cookie carries it
    unchanged: ClassVar[str] = "Nothing has changed because the record already says this"
    warns: ClassVar[bool] = False  # the button ends or undoes something

    def person_page(self, id: UUID) -> str:
        """Returns the address of the page of the ECT or the mentor."""
        return url_for("ects.ect" if self.role is Role.ECT else "mentors.mentor", id=id)

    def page_afterwards(self, id: UUID) -> str:
        """Returns the address of the page that shows the banner."""
        return self.person_page(id)

    def question_page(
        self, template: str, form: Form, back: str, **values: object
    ) -> ResponseReturnValue:
        """Shows a question, with the errors of its answer."""
        section = FOLDERS[self.role]
        page = render_template(
            template, back=back, form=form, role=self.role, section=section, **values
        )
        return page, 422 if form.errors else 200

    def unsealed(self, token: str, path: str, id: UUID, question: str) -> Answers:
        """Returns the answers of a change; those of another user or record are not found.

        After a day there is a page that leads to the question again.
        """
        try:
            answers = unseal(token, path, id, current_actor())
        except Expired:
            abort(make_response(self._expired_page(id, question), 404))
        return abort(404) if answers is None else answers

    def answers_given(self, path: str, id: UUID) -> Answers:
        """Returns the answers that the user came back to; none where they cannot be read."""
        try:
            return unseal(request.args.get("given", ""), path, id, current_actor()) or {}
        except Expired:
            return {}

    def _expired_page(self, id: UUID, question: str) -> str:
        return render_template(
            "changes/expired.html",
            page=self.person_page(id),
            question=question,
            role=self.role,
            rule=JOURNEYS_EXPIRE.id,
            section=FOLDERS[self.role],
        )

    def check_or_write(
        self,
        id: UUID,
        look: Callable[[], PreviewOrBlocked[P]],
        write: Callable[[P], object],
        show: Show[P],
    ) -> ResponseReturnValue:
        """Shows what a change comes to; a post writes it, if that is still what was shown."""
        preview = look()
        if isinstance(preview, Blocked) or request.method != "POST" or stale_answers():
            return show(preview)
        if request.form.get("shown") != preview.digest:
            return show(preview, changed=True)
        outcome = write(preview.plan)
        if not isinstance(outcome, Blocked):
            return self.say_done(id)
        if outcome.rule is SAVED_AS_SHOWN:  # another user was quicker
            return show(look(), changed=True)
        return show(outcome)

    def check_page(
        self, id: UUID, preview: ChangePreview[P], back: str, *, changed: bool = False
    ) -> str:
        """Shows what a change comes to; ``changed`` says that it is not what was shown before."""
        return render_template(
            "changes/check.html",
            back=back,
            button=self.button,
            changed=changed,
            page=self.person_page(id),
            preview=preview,
            rule=SAVED_AS_SHOWN.id if changed else None,
            section=FOLDERS[self.role],
            stale=stale_answers(),
            title=self.title,
            warns=self.warns,
        )

    def stop_page(self, id: UUID, blocked: Blocked, back: str | None = None) -> str:
        """Shows the rule that refuses a change; a record of another school is not found.

        ``back``: the question with the answer that the rule is about, if it is about one.
        """
        if blocked.rule is OWN_SCHOOL_ONLY:
            not_found(blocked)
        page = self.person_page(id)
        return render_template(
            "changes/stopped.html",
            back=back or page,
            message=message_of(blocked),
            page=page,
            question=back if blocked.field is not None else None,
            role=self.role,
            rule=blocked.rule.id,
            section=FOLDERS[self.role],
        )

    def say_done(self, id: UUID) -> ResponseReturnValue:
        """Leads to a banner that says what has been done."""
        flash(self.done, DONE)
        return redirect(self.page_afterwards(id), 303)

    def say_unchanged(self, id: UUID) -> ResponseReturnValue:
        """Leads to a banner that says that there was nothing to change."""
        flash(self.unchanged, UNCHANGED)
        return redirect(self.page_afterwards(id), 303)
