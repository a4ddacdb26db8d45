"""The pages of every change: a question, a check page, and a banner on the person's page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.notice import Role
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.check_answers import SAVED_AS_SHOWN
from ect_registration.use_cases.changing.subjects import name_of
from entrypoints.web.changes import leaving, removing_mentor, undoing
from entrypoints.web.changes.acts import Act, Look
from entrypoints.web.changes.sealed_answers import Answers, seal, unseal
from entrypoints.web.ects.views import DONE, UNCHANGED
from entrypoints.web.forms.dates import DateParts
from entrypoints.web.forms.fields import Form, Text
from entrypoints.web.platform.access import current_actor, for_school_users
from entrypoints.web.platform.context import current_ports
from entrypoints.web.platform.csrf import stale_answers
from entrypoints.web.platform.errors import not_found
from entrypoints.web.platform.messages import message_of

ACTS: tuple[Act, ...] = (*leaving.ACTS, *undoing.ACTS, *removing_mentor.ACTS)
NOTHING_CHANGED = "Nothing has changed, because this is what the record says already"

blueprint = Blueprint("changes", __name__, url_prefix="/school")


def ask(act: Act, id: UUID) -> ResponseReturnValue:
    """Shows the question of a change; a post leads to its check page."""
    who, ports = current_actor(), current_ports()
    name = name_of(act.role, id, who, ports)
    if isinstance(name, Blocked):
        not_found(name)
    form = (
        act.form()
        if request.method == "POST"
        else act.form(**act.begins_with(ports.clock.today()))
    )
    if form.validate_on_submit():
        answered = _go_on(act, id, form)
        if answered is not None:
            return answered
    return _question(act, id, form, name)


def check(act: Act, id: UUID, token: str) -> ResponseReturnValue:
    """Shows what a change comes to; a post makes it, if that is still what was shown."""
    who, ports = current_actor(), current_ports()
    answers = unseal(token, act.path, id, who)
    if answers is None:
        abort(404)
    look = act.look(id, answers, who, ports)
    posted = request.method == "POST" and not stale_answers()
    if isinstance(look, Blocked) or look.is_empty or not posted:
        return _shown(act, id, look)
    if request.form.get("shown") != digest_of(look):
        return _shown(act, id, look, changed=True)
    outcome = act.write(id, answers, who, ports, look.read_from)
    if not isinstance(outcome, Blocked):
        return _said(act, id, act.done)
    if outcome.rule is SAVED_AS_SHOWN:  # somebody else was quicker
        return _shown(act, id, act.look(id, answers, who, ports), changed=True)
    return _stop(act, id, outcome)


def _shown(
    act: Act, id: UUID, look: Look | Blocked, *, changed: bool = False
) -> ResponseReturnValue:
    """Shows what a change comes to, or why there is nothing to check."""
    if isinstance(look, Blocked):
        return _stop(act, id, look)
    if look.is_empty:
        return _said(act, id, NOTHING_CHANGED, UNCHANGED)
    return _check_page(act, id, look, changed=changed)


def _go_on(act: Act, id: UUID, form: Form) -> ResponseReturnValue | None:
    """Leads to the check page, or to where a rule says no; None when there is an error to show."""
    who, answers = current_actor(), _answers(form)
    look = act.look(id, answers, who, current_ports())
    if isinstance(look, Blocked):
        if look.field is not None and look.field in form:
            form.add_error(look.field, message_of(look))
            return None
        return _stop(act, id, look)
    if look.is_empty:
        return _said(act, id, NOTHING_CHANGED, UNCHANGED)
    token = seal(answers, act.path, id, who)
    return redirect(url_for(f"changes.{act.endpoint}_check", id=id, token=token), 303)


def _answers(form: Form) -> Answers:
    """Returns the answers of a form as texts."""
    return {field.name: _as_text(field) for field in form if field.data is not None}


def _as_text(field: object) -> str:
    if isinstance(field, DateParts):
        return "" if field.data is None else field.data.isoformat()
    return str(field.parsed if isinstance(field, Text) else getattr(field, "data", ""))


def _question(act: Act, id: UUID, form: Form, name: str) -> ResponseReturnValue:
    page = render_template(
        act.template,
        act=act,
        back=_page_of(act.role, id),
        form=form,
        name=name,
        section=act.folder,
        stale=stale_answers(),
    )
    return page, 422 if form.errors else 200


def _check_page(act: Act, id: UUID, look: Look, *, changed: bool = False) -> ResponseReturnValue:
    return render_template(
        "changes/check.html",
        act=act,
        back=url_for(f"changes.{act.endpoint}", id=id),
        changed=changed,
        look=look,
        rule=SAVED_AS_SHOWN.id if changed else None,
        section=act.folder,
        shown=digest_of(look),
        stale=stale_answers(),
    )


def _stop(act: Act, id: UUID, blocked: Blocked) -> ResponseReturnValue:
    """Shows the rule that refuses a change."""
    if blocked.rule is OWN_SCHOOL_ONLY:
        not_found(blocked)
    return render_template(
        "changes/stopped.html",
        act=act,
        back=_page_of(act.role, id),
        message=message_of(blocked),
        rule=blocked.rule.id,
        section=act.folder,
    )


def _said(act: Act, id: UUID, message: str, banner: str = DONE) -> ResponseReturnValue:
    """Leads to the person's page, or to the list, with a banner that has no names."""
    flash(message, banner)
    lists = {Role.ECT: "ects.ects", Role.MENTOR: "mentors.mentors"}
    address = url_for(lists[act.role]) if act.leads_to_list else _page_of(act.role, id)
    return redirect(address, 303)


def _page_of(role: Role, id: UUID) -> str:
    return url_for("ects.ect" if role is Role.ECT else "mentors.mentor", id=id)


def digest_of(look: Look) -> str:
    """Returns a short text that differs when the check page shows something else."""
    return hashlib.sha256(repr((look.lines, look.rows, look.next_steps)).encode()).hexdigest()[:32]


def _view(
    function: Callable[..., ResponseReturnValue], act: Act
) -> Callable[..., ResponseReturnValue]:
    view = partial(function, act)
    view.__dict__["__name__"] = act.endpoint
    return for_school_users(view)


for _act in ACTS:
    _address = f"/{_act.folder}/<uuid:id>/{_act.path}"
    blueprint.add_url_rule(_address, _act.endpoint, _view(ask, _act), methods=["GET", "POST"])
    blueprint.add_url_rule(
        f"{_address}/<token>/check-answers",
        f"{_act.endpoint}_check",
        _view(check, _act),
        methods=["GET", "POST"],
    )
