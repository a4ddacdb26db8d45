"""Showing the pages of a journey."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from ect_registration.case import EctCase
from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.rules.check_answers import SAVED_AS_SHOWN
from ect_registration.domain.rules.identity import DATE_OF_BIRTH_DIFFERS
from ect_registration.domain.rules.previous_school import TRANSFER_ENDS_PREVIOUS
from ect_registration.domain.rules.programme import what_happens_next
from ect_registration.use_cases.ects import EctSummary, summary_of
from ect_registration.use_cases.journeys import Standing
from ect_registration.use_cases.schools import find_school
from entrypoints.web.context import current_ports
from entrypoints.web.ects import wording
from entrypoints.web.ects.showing import Unfinished
from entrypoints.web.errors import trs_unavailable
from entrypoints.web.forged_posts import stale_answers
from entrypoints.web.home import HOME
from entrypoints.web.register_ect.answers import choice_rows, sections_of
from entrypoints.web.register_ect.places import CHECK_ANSWERS, START, address, back_from
from entrypoints.web.register_ect.questions import Question
from entrypoints.web.register_ect.sealing import seal
from entrypoints.web.register_ect.searching import NumberForm
from entrypoints.web.telling import evidence_of, message_of


def start(unfinished: Sequence[Unfinished]) -> str:
    """What is needed; and what can be taken up again."""
    return render_template("register_ect/start.html", back=HOME, unfinished=unfinished)


def question(
    standing: Standing[EctCase], asked: type[Question], form: Question | None
) -> ResponseReturnValue:
    """One question, with the form that was posted or the answers given before."""
    case = standing.decided.case
    form = form or asked(**asked.given(case.draft))
    form.offer(case)
    _say_what_became_wrong(form, standing)
    page = render_template(
        f"register_ect/{asked.step}.html",
        form=form,
        rule=_rule_of(form),
        back=back_from(standing, asked.step, changing="change" in request.args),
        **_about(standing),
        **ALSO_SHOWN.get(asked.step, _nothing)(case),
    )
    return page, 422 if form.errors else 200


def _rule_of(form: Question) -> str | None:
    """The rule that brought somebody to the page, or that an answer breaks."""
    if isinstance(form, NumberForm):
        return DATE_OF_BIRTH_DIFFERS.id
    return form.rule.id if form.errors else None


def _say_what_became_wrong(form: Question, standing: Standing[EctCase]) -> None:
    """An answer was right when it was given, and cannot be right any more."""
    blocked = standing.decided.progress.blocked
    if blocked is None or form.errors or blocked.kind is not Kind.INVALID:
        return
    if blocked.field is not None and blocked.field in form:
        form.add_error(blocked.field, message_of(blocked))


def _about(standing: Standing[EctCase]) -> Mapping[str, object]:
    """What the pages of every step can show."""
    return {
        "case": standing.decided.case,
        "at": partial(address, standing.journey.id),
        "stale": stale_answers(),
    }


def _nothing(_: EctCase) -> Mapping[str, object]:
    return {}


def _previous(case: EctCase) -> Mapping[str, object]:
    """Where the teacher was registered before: the proof of identity lets the school see it."""
    ect = case.previous_elsewhere
    if ect is None:
        return {}
    return {
        "previous": summary_of(ect, case.today),
        "school": find_school(ect.school, current_ports()),
        "wording": wording,
    }


def _offered(case: EctCase) -> Mapping[str, object]:
    """What a yes would save."""
    offered = case.reuse.offered
    if offered is None:
        return {}
    return {"offered": choice_rows(offered.choices, offered.delivery_partner)}


ALSO_SHOWN: Mapping[str, Callable[[EctCase], Mapping[str, object]]] = {
    "registered-before": _previous,
    "reuse-choices": _offered,
}


def check_answers(standing: Standing[EctCase], changed: Collection[str] | None) -> str:
    """Everything that would be saved. ``changed``: parts of the preview, since it was shown."""
    case, progress = standing.decided.case, standing.decided.progress
    ends = [d for d in progress.decisions if d.rule is TRANSFER_ENDS_PREVIOUS]
    return render_template(
        "register_ect/check-answers.html",
        rule=None if changed is None else SAVED_AS_SHOWN.id,
        back=back_from(standing, CHECK_ANSWERS),
        sections=sections_of(case, progress),
        changed=changed or (),
        shown=seal(case.preview, standing.journey.id),
        next_steps=what_happens_next(case.choices.lead_provider),
        leaves_on=evidence_of(ends[0])["last_day"] if ends else None,
        **_about(standing),
    )


def done(ect: EctSummary) -> str:
    """What is finished, what is not, and what happens next."""
    next_steps = what_happens_next(ect.lead_provider)
    return render_template("register_ect/done.html", ect=ect, next_steps=next_steps)


def stop(blocked: Blocked, standing: Standing[EctCase] | None = None) -> ResponseReturnValue:
    """Why a rule says no, and what to do; or that nobody can tell at the moment."""
    if blocked.kind is Kind.UNAVAILABLE:
        return trs_unavailable(START, rule=blocked.rule.id)
    if blocked.kind is not Kind.REFUSED:
        abort(404)  # the school is not one that we know
    step = None if standing is None else standing.decided.progress.at
    mend = None if standing is None or step is None else address(standing.journey.id, step.id)
    return render_template(
        f"register_ect/stopped/{blocked.rule.id}.html",
        rule=blocked.rule.id,
        back=mend or START,
        because=evidence_of(blocked),
        mend=mend,
        **({} if standing is None else _about(standing)),
    )
