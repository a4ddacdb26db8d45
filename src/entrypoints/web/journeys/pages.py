"""The pages of a journey. Everything follows from where the journey is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Generic

import attrs
from flask import render_template, request
from flask.typing import ResponseReturnValue

from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.identifying.limits import TOO_MANY_ATTEMPTS
from ect_registration.use_cases.journeys.journey_type import C, D
from ect_registration.use_cases.journeys.saved_journeys import Standing
from entrypoints.web.journeys.questions import Question
from entrypoints.web.journeys.refused import note_refused, note_searched
from entrypoints.web.journeys.urls import Place, refusal, shows
from entrypoints.web.platform.access import current_actor
from entrypoints.web.platform.context import current_ports
from entrypoints.web.platform.csrf import stale_answers
from entrypoints.web.platform.errors import not_found, too_many_attempts, trs_unavailable
from entrypoints.web.platform.messages import evidence_of, message_of

Shown = Mapping[str, object]


@attrs.frozen
class Pages(Generic[D, C]):
    """The pages of one type of journey, and where what they are sent leads."""

    place: Place[D, C]
    templates: str  # the folder they are in
    forms: Mapping[str, type[Question[D, C]]]

    def extras(self, _page: str, _case: C) -> Shown:
        """Returns what one page shows besides its question."""
        return {}

    def onward(self, standing: Standing[C]) -> ResponseReturnValue:
        """Leads on from an answer that was given."""
        return self.place.go_on(standing)

    def question(self, id: JourneyId, step_id: str) -> ResponseReturnValue:
        """Shows a question, or takes the answer to it."""
        asked = self.forms[step_id]
        form = asked() if request.method == "POST" else None
        if form is not None and "again" not in request.form and form.validate():
            answered = self._send(form, id)
            if answered is not None:
                return answered
        standing = self.place.look_at(id)
        posted = form is not None or stale_answers()
        if shows(standing, step_id) or (posted and asked.begins_anew(standing)):
            return self._ask(standing, asked, form)
        return self.place.go_on(standing)

    def stopped(self, id: JourneyId) -> ResponseReturnValue:
        """Shows why a rule stops the journey."""
        standing = self.place.look_at(id)
        blocked = refusal(standing)
        if blocked is None:
            return self.place.go_on(standing)
        return self.stop(blocked, standing)

    def stop(
        self, blocked: Blocked, standing: Standing[C] | None = None, back: str | None = None
    ) -> ResponseReturnValue:
        """Shows why a rule stops the user and what to do, or that it cannot be decided now."""
        if blocked.kind is Kind.UNAVAILABLE:
            return trs_unavailable(self.place.start, blocked)
        if blocked.kind is not Kind.REFUSED or blocked.rule is OWN_SCHOOL_ONLY:
            not_found(blocked)
        if standing is not None:
            note_refused(blocked, standing)
        step = None if standing is None else standing.decided.progress.at
        mend = (
            None
            if standing is None or step is None
            else self.place.address(standing.journey.id, step.id)
        )
        return render_template(
            f"{self.templates}/stopped/{blocked.rule.id}.html",
            rule=blocked.rule.id,
            back=back or mend or self.place.start,
            because=evidence_of(blocked),
            message=message_of(blocked),
            mend=mend,
            **(self._always() if standing is None else self._about(standing)),
        )

    def show(self, page: str, standing: Standing[C], **more: object) -> str:
        """Renders a page of the journey, with the values that every page has."""
        extras = self.extras(page, standing.decided.case)
        return render_template(
            f"{self.templates}/{page}.html", **self._about(standing), **extras, **more
        )

    def _send(self, form: Question[D, C], id: JourneyId) -> ResponseReturnValue | None:
        """Returns where an answer leads; None when the form has an error to show."""
        outcome = form.send(self.place.journey_type, id, current_actor(), current_ports())
        if isinstance(outcome, Standing):
            return self.onward(outcome)
        if not isinstance(outcome, Blocked):
            standing = self.place.look_at(outcome)
            note_searched(standing)
            return self.onward(standing)
        address = self.place.address(id, form.step)
        if outcome.rule is TOO_MANY_ATTEMPTS:
            return too_many_attempts(outcome, address, form.kept, form.step)
        if outcome.kind is Kind.UNAVAILABLE:
            return trs_unavailable(address, outcome, form.kept)
        if outcome.field is None or outcome.field not in form:
            return self._barred(outcome, self.place.look_at(id))
        form.breaks(outcome)
        return None

    def _barred(self, blocked: Blocked, standing: Standing[C]) -> ResponseReturnValue:
        """Shows the rule that refuses an answer which was not saved."""
        if refusal(standing) is not None or blocked.kind is not Kind.REFUSED:
            return self.place.go_on(standing)
        return self.stop(blocked, standing)

    def _ask(
        self, standing: Standing[C], asked: type[Question[D, C]], form: Question[D, C] | None
    ) -> ResponseReturnValue:
        """Shows one question, with the posted form or the answers given before."""
        case = standing.decided.case
        if form is not None and form.broken is not None:
            note_refused(form.broken, standing)
        form = form or asked(**asked.given(self.place.journey_type.draft_of(case)))
        form.offer(case)
        _say_what_became_wrong(form, standing)
        back = self.place.back_from(standing, asked.step, changing="change" in request.args)
        page = self.show(asked.step, standing, form=form, rule=_rule_of(form), back=back)
        return page, 422 if form.errors else 200

    def _always(self) -> Shown:
        return {**self.place.about, "start": self.place.start}

    def _about(self, standing: Standing[C]) -> Shown:
        return {
            **self._always(),
            "case": standing.decided.case,
            "at": partial(self.place.address, standing.journey.id),
            "stale": stale_answers(),
        }


def _rule_of(form: Question[D, C]) -> str | None:
    """Returns the rule that an answer breaks, or for which the question is asked."""
    if form.errors:
        return form.rule.id
    return None if form.because is None else form.because.id


def _say_what_became_wrong(form: Question[D, C], standing: Standing[C]) -> None:
    """Adds an error for an answer that was right when given and no longer is."""
    blocked = standing.decided.progress.blocked
    if blocked is None or form.errors or blocked.kind is not Kind.INVALID:
        return
    if blocked.field is not None and blocked.field in form:
        form.breaks(blocked)
