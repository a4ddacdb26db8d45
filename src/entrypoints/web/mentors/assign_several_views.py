"""Assigning several ECTs to one mentor: which ECTs, and who trains the mentor.

Nothing is kept until all is answered: the ECTs chosen travel in the address of each question, and
in what its form posts. All answers may be posted at once, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.mentors.mentor_training import (
    FUNDED_MENTOR_TRAINING,
    MENTOR_LEAD_PROVIDER,
)
from ect_registration.domain.rules.registering.programme import LEAD_PROVIDER_NOT_AVAILABLE
from ect_registration.use_cases.school.assign_several_ects import (
    Asked,
    EctsToChoose,
    Refused,
    ask_about_training,
    assign_several,
    choose_ects,
)
from ect_registration.use_cases.school.mentors import MentorSummary
from entrypoints.web.ects.views import DONE
from entrypoints.web.mentors import details, wording
from entrypoints.web.mentors.done import what_was_done
from entrypoints.web.mentors.forms import EctsForm, TrainingForm
from entrypoints.web.platform.access import current_actor, for_school_users
from entrypoints.web.platform.context import current_ports
from entrypoints.web.platform.errors import not_found
from entrypoints.web.platform.messages import message_of

TRAINING, LEAD_PROVIDER = "training", "lead-provider"
RULES = {TRAINING: FUNDED_MENTOR_TRAINING, LEAD_PROVIDER: MENTOR_LEAD_PROVIDER}
MOST = 90  # ECTs in an address; servers take some 4,000 bytes

blueprint = Blueprint("assign_several", __name__, url_prefix="/school/mentors/<uuid:id>/assign")


@blueprint.route("", methods=["GET", "POST"])
@for_school_users
def which(id: UUID) -> ResponseReturnValue:
    """Asks which ECTs the mentor will support, and assigns them."""
    choice = choose_ects(MentorId(id), current_actor(), current_ports())
    if isinstance(choice, Blocked):
        return _not_here(choice)
    form = EctsForm(ect=request.args.getlist("ect"))
    form.offer(choice)
    if form.validate_on_submit():
        return _assign(choice, form.ect.ids)
    form.drop_unasked()
    page = render_template(
        "mentors/assign.html", form=form, mentor=choice.mentor, here=_address(choice.mentor.id)
    )
    return page, 422 if form.errors else 200


@blueprint.route(f"/<any('{TRAINING}','{LEAD_PROVIDER}'):step>", methods=["GET", "POST"])
@for_school_users
def question(id: UUID, step: str) -> ResponseReturnValue:
    """Shows the page about the mentor's training, or leads to the one that applies."""
    if request.method == "POST":
        return which(id)
    form, mentor = EctsForm(ect=request.args.getlist("ect")), MentorId(id)
    chosen, another = form.ect.ids if form.validate() else [], step == LEAD_PROVIDER
    ahead = ask_about_training(
        mentor, chosen, current_actor(), current_ports(), another_provider=another
    )
    if isinstance(ahead, Blocked):
        return _not_here(ahead)
    if isinstance(ahead.outcome, Refused):
        return _refused(ahead.choice.mentor, chosen, ahead.outcome)
    if ahead.outcome is None:
        return redirect(_address(mentor, [ect.id for ect in ahead.choice.ects]), 303)
    if _step_of(ahead.outcome) != step:
        return redirect(_address(mentor, chosen, _step_of(ahead.outcome)), 303)
    return _ask(ahead.choice, chosen, ahead.outcome, TrainingForm())


def _assign(choice: EctsToChoose, chosen: Sequence[EctId]) -> ResponseReturnValue:
    mentor, form = choice.mentor, TrainingForm()
    outcome = assign_several(mentor.id, chosen, form.answer, current_actor(), current_ports())
    if isinstance(outcome, Refused):
        return _refused(mentor, chosen, outcome)
    if isinstance(outcome, Asked):
        return _go_on(choice, chosen, outcome, form)
    flash(what_was_done(outcome, len(chosen), current_ports().clock.today()), DONE)
    return redirect(url_for("mentors.mentor", id=mentor.id), 303)


def _go_on(
    choice: EctsToChoose, chosen: Sequence[EctId], asked: Asked, form: TrainingForm
) -> ResponseReturnValue:
    """Leads to the next question, or shows this one again with an error."""
    step = _step_of(asked)
    if step == LEAD_PROVIDER and form.names_lead_provider:
        form.find_fault(asked.fault)
    elif len(chosen) <= MOST:
        return redirect(_address(choice.mentor.id, chosen, step), 303)
    return _ask(choice, chosen, asked, form)


def _ask(
    choice: EctsToChoose, chosen: Sequence[EctId], asked: Asked, form: TrainingForm
) -> ResponseReturnValue:
    step, mentor = _step_of(asked), choice.mentor
    if step == LEAD_PROVIDER:
        form.offer(asked.case)
    page = render_template(
        f"mentors/{step}.html",
        form=form,
        rule=LEAD_PROVIDER_NOT_AVAILABLE.id if form.lead_provider.errors else RULES[step].id,
        case=asked.case,
        mentor=mentor,
        chosen=chosen,
        names=[ect.name for ect in choice.ects if ect.id in chosen],
        here=_address(mentor.id, step=step),
        back=_address(mentor.id, chosen, TRAINING if step == LEAD_PROVIDER else ""),
        why_not=details.why_not(asked.case),
        next_steps=wording.details_go_to(
            asked.case.ect.lead_provider or "", asked.case.delivery_partner
        ),
    )
    return page, 422 if form.errors else 200


def _refused(
    mentor: MentorSummary, chosen: Sequence[EctId], refused: Refused
) -> ResponseReturnValue:
    if refused.ect is None:
        not_found(refused.blocked)
    return render_template(
        "mentors/refused.html",
        mentor=mentor,
        ect=refused.ect,
        back=_address(mentor.id, chosen),
        rule=refused.blocked.rule.id,
        message=message_of(refused.blocked),
    )


def _not_here(blocked: Blocked) -> ResponseReturnValue:
    """Answers that the mentor is unknown, or has left the school."""
    if blocked.rule is OWN_SCHOOL_ONLY:
        not_found(blocked)
    return render_template(
        "mentors/left.html",
        back=url_for("mentors.mentors"),
        rule=blocked.rule.id,
        message=message_of(blocked),
    )


def _step_of(asked: Asked) -> str:
    return LEAD_PROVIDER if asked.case.asks_lead_provider else TRAINING


def _address(mentor: MentorId, chosen: Sequence[EctId] = (), step: str = "") -> str:
    """Returns the address of a question, with the chosen ECTs where there is room for them."""
    ects = list(chosen) if len(chosen) <= MOST else []
    if step:
        return url_for("assign_several.question", id=mentor, step=step, ect=ects)
    return url_for("assign_several.which", id=mentor, ect=ects)
