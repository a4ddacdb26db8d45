"""The pages that change details: a question, those that follow from it, and a check page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ect_registration.domain.attempts import Attempted
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.decisions import Kind as BlockKind
from ect_registration.domain.email import address_of
from ect_registration.domain.notice import Role
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.check_answers import SAVED_AS_SHOWN
from ect_registration.journeys.change_case import EctChangeCase
from ect_registration.journeys.engine import Progress
from ect_registration.use_cases.following.holders import is_worth_asking_again
from ect_registration.use_cases.signing_in.limits import count
from entrypoints.web.changes.acts import Look
from entrypoints.web.changes.details import (
    KINDS,
    SAME_PERSON,
    Case,
    Change,
    Draft,
    Kind,
    amended,
    look_of,
)
from entrypoints.web.changes.sealed_answers import seal, unseal
from entrypoints.web.changes.views import NOTHING_CHANGED, digest_of
from entrypoints.web.ects.views import DONE, UNCHANGED
from entrypoints.web.journeys.questions import Question
from entrypoints.web.platform.access import current_actor, for_school_users
from entrypoints.web.platform.context import current_ports
from entrypoints.web.platform.csrf import stale_answers
from entrypoints.web.platform.errors import not_found, too_many_attempts
from entrypoints.web.platform.messages import message_of

TITLE, BUTTON = "Check the change", "Save the change"
SAVED = "You have saved the change"

blueprint = Blueprint("details", __name__, url_prefix="/school")


def ask(kind: Kind, id: UUID, what: str) -> ResponseReturnValue:
    """Shows the question of a change; a post leads to what follows from the answer."""
    return _ask(kind, id, what, what, kind.begin(id, what))


def ask_more(kind: Kind, id: UUID, what: str, token: str, step: str) -> ResponseReturnValue:
    """Shows a question that an earlier answer made necessary."""
    return _ask(kind, id, what, step, _draft(kind, id, what, token))


def check(kind: Kind, id: UUID, what: str, token: str) -> ResponseReturnValue:
    """Shows what a change comes to; a post saves it, if that is still what was shown."""
    who, ports, draft = current_actor(), current_ports(), _draft(kind, id, what, token)
    change = kind.look(draft, who, ports)
    if isinstance(change, Blocked):
        return _lead_on(kind, id, what, draft, change)
    look = look_of(change, who)
    if not change.changed:
        return _said(kind, id, NOTHING_CHANGED, UNCHANGED)
    if request.method != "POST" or stale_answers():
        return _check_page(kind, id, what, look)
    if request.form.get("shown") != digest_of(look):
        return _check_page(kind, id, what, look, changed=True)
    return _save(kind, id, what, draft, change, look)


def _save(
    kind: Kind, id: UUID, what: str, draft: Draft, change: Change, look: Look
) -> ResponseReturnValue:
    who = current_actor()
    saved = kind.write(draft, who, current_ports(), shown=change)
    if not isinstance(saved, Blocked):
        return _said(kind, id, SAVED)
    if saved.rule is SAVED_AS_SHOWN:
        now = kind.look(draft, who, current_ports())
        look = look if isinstance(now, Blocked) else look_of(now, who)
        return _check_page(kind, id, what, look, changed=True)
    return _lead_on(kind, id, what, draft, saved)


def _ask(kind: Kind, id: UUID, what: str, step: str, draft: Draft) -> ResponseReturnValue:
    walked = kind.walk(draft, current_actor(), current_ports())
    if isinstance(walked, Blocked):
        not_found(walked)
    case, progress = walked
    if progress.blocked is not None and progress.at is None:
        return _stop(kind, id, progress.blocked)
    asked = kind.forms[step]
    form = asked() if request.method == "POST" else asked(**_given(kind, case, asked, what, step))
    form.offer(case)
    if form.validate_on_submit():
        answered = _answer(kind, id, what, step, amended(form, draft, case), case, form)
        if answered is not None:
            return answered
    return _question(kind, id, what, step, form, case)


def _given(
    kind: Kind, case: Case, asked: type[Question[Any, Any]], what: str, step: str
) -> dict[str, Any]:
    """Returns what the record says now; a question that follows begins unanswered."""
    return dict(kind.present(case, asked)) if step == what else {}


def _answer(
    kind: Kind,
    id: UUID,
    what: str,
    step: str,
    draft: Draft,
    case: Case,
    form: Question[Any, Any],
) -> ResponseReturnValue | None:
    """Leads on from an answer; None when there is an error to show at its field."""
    if step == SAME_PERSON and draft.same_person is not None and not draft.same_person.same:
        return redirect(_address(kind, "question", id, what), 303)
    who, ports = current_actor(), current_ports()
    if step == "email" and address_of(draft.email) != _present_email(case):
        barred = count(Attempted.EMAIL_QUESTION, who.user, ports)
        if barred is not None:
            return too_many_attempts(barred, _address(kind, "question", id, what))
    change = kind.look(draft, who, ports)
    stop = change if isinstance(change, Blocked) else None
    if draft.email is not None and is_worth_asking_again(stop, draft.email, ports):
        change = kind.look(draft, who, ports)
    if isinstance(change, Blocked):
        if change.field is not None and change.field in form:
            form.breaks(change)
            return None
        return _lead_on(kind, id, what, draft, change)
    if not change.changed:
        return _said(kind, id, NOTHING_CHANGED, UNCHANGED)
    return redirect(_address(kind, "check", id, what, token=_seal(kind, id, what, draft)), 303)


def _lead_on(
    kind: Kind, id: UUID, what: str, draft: Draft, blocked: Blocked
) -> ResponseReturnValue:
    """Leads to the question that is open, or shows the rule that refuses."""
    walked = kind.walk(draft, current_actor(), current_ports())
    if isinstance(walked, Blocked):
        not_found(walked)
    progress: Progress[Any] = walked[1]
    if blocked.kind is BlockKind.REFUSED or progress.at is None:
        return _stop(kind, id, blocked, what)
    step = progress.at.id
    if what not in FOLLOWS[kind.role].get(step, ()):
        return redirect(_address(kind, "question", id, what), 303)
    token, page = _seal(kind, id, what, draft), step.replace("-", "_")
    return redirect(_address(kind, page, id, what, token=token, step=step), 303)


def _question(
    kind: Kind, id: UUID, what: str, step: str, form: Question[Any, Any], case: Case
) -> ResponseReturnValue:
    follows = step != what
    page = render_template(
        "changes/details.html",
        back=_address(kind, "question", id, what) if follows else _page_of(kind, id),
        case=case,
        form=form,
        name=case.teacher.name if follows else _name(case),
        programme_address=_address(kind, "question", id, "programme")
        if kind.role is Role.ECT
        else None,
        role=kind.role.value,
        rule=form.rule.id if form.errors else None,
        section=kind.folder,
        step=step,
    )
    return page, 422 if form.errors else 200


def _record(case: Case) -> EctAtSchool | MentorAtSchool:
    return case.ect if isinstance(case, EctChangeCase) else case.mentor


def _name(case: Case) -> str:
    return _record(case).teacher.name


def _present_email(case: Case) -> str | None:
    return address_of(_record(case).email)


def _check_page(
    kind: Kind, id: UUID, what: str, look: Look, *, changed: bool = False
) -> ResponseReturnValue:
    return render_template(
        "changes/check.html",
        act={"title": TITLE, "button": BUTTON, "role": kind.role.value},
        back=_address(kind, "question", id, what),
        changed=changed,
        look=look,
        rule=SAVED_AS_SHOWN.id if changed else None,
        section=kind.folder,
        shown=digest_of(look),
        stale=stale_answers(),
    )


def _stop(kind: Kind, id: UUID, blocked: Blocked, what: str | None = None) -> ResponseReturnValue:
    if blocked.rule is OWN_SCHOOL_ONLY:
        not_found(blocked)
    return render_template(
        "changes/stopped.html",
        act={"role": kind.role.value},
        back=_page_of(kind, id) if what is None else _address(kind, "question", id, what),
        message=message_of(blocked),
        page=_page_of(kind, id),
        rule=blocked.rule.id,
        section=kind.folder,
    )


def _said(kind: Kind, id: UUID, message: str, banner: str = DONE) -> ResponseReturnValue:
    flash(message, banner)
    return redirect(_page_of(kind, id), 303)


def _draft(kind: Kind, id: UUID, what: str, token: str) -> Draft:
    answers = unseal(token, f"change/{what}", id, current_actor())
    draft = None if answers is None else kind.from_text(answers["draft"])
    if draft is None:
        abort(404)
    return draft


def _seal(kind: Kind, id: UUID, what: str, draft: Draft) -> str:
    return seal({"draft": kind.to_text(draft)}, f"change/{what}", id, current_actor())


def _address(kind: Kind, page: str, id: UUID, what: str, **more: Any) -> str:
    return url_for(f"details.{kind.role.value}_{page}", id=id, what=what, **more)


def _page_of(kind: Kind, id: UUID) -> str:
    return url_for("ects.ect" if kind.role is Role.ECT else "mentors.mentor", id=id)


FOLLOWS: Mapping[
    Role, Mapping[str, Sequence[str]]
] = {  # the questions that answers may make necessary
    Role.ECT: {SAME_PERSON: ("name",), "lead-provider": ("programme", "start-date")},
    Role.MENTOR: {SAME_PERSON: ("name",)},
}


def _any(name: str, values: Iterable[str]) -> str:
    """Returns the part of an address that is one of these values."""
    return f"<any({','.join(map(repr, values))}):{name}>"


def _add(kind: Kind, rule: str, page: str, view: Callable[..., ResponseReturnValue]) -> None:
    bound = partial(view, kind)
    bound.__dict__["__name__"] = page
    blueprint.add_url_rule(
        f"/{kind.folder}/<uuid:id>/change/{rule}",
        f"{kind.role.value}_{page}",
        for_school_users(bound),
        methods=["GET", "POST"],
    )


for _kind in KINDS:
    _what = _any("what", _kind.steps)
    _add(_kind, _what, "question", ask)
    _add(_kind, f"{_what}/<token>/check-answers", "check", check)
    for _step, _whats in FOLLOWS[_kind.role].items():
        _rule = f"{_any('what', _whats)}/<token>/{_any('step', [_step])}"
        _add(_kind, _rule, f"{_step.replace('-', '_')}", ask_more)
