from __future__ import annotations

from datetime import date

import pytest

from builders import DELIVERY_PARTNER, HUB, LEAD_PROVIDER, TERM_STARTS, a_partnership
from ect_registration.domain.drafts.ect_draft import ReuseAnswer
from ect_registration.domain.people.training import Programme
from ect_registration.domain.rules.registering.reuse import (
    REUSE_NOT_VALID,
    REUSE_OFFERED,
    REUSE_PARTNERSHIP_THIS_YEAR,
    Reuse,
)
from ect_registration.journeys.register_ect import step_that_changes
from ect_registration.use_cases.operating.partnerships import report_partnership
from unit.use_cases.service import Service
from unit.use_cases.town import BRAM, town
from unit.use_cases.visit import Visit

IN_NEXT_YEAR = date(2026, 9, 1)  # when the delivery partner no longer works with the provider
YES, NO = {"reuse": ReuseAnswer(wanted=True)}, {"reuse": ReuseAnswer(wanted=False)}


@pytest.fixture
def service() -> Service:
    """Larkfield has registered Bram, and has a partnership for this year."""
    service = Service.of(town(open_next_year=True))
    report_partnership(a_partnership(), "provider", service.ports)
    service.register(trn=str(BRAM), email="bram.okafor@example.org")
    return service


def _offered(visit):
    return visit.look().decided.case.reuse


def _given(visit):
    draft = visit.draft
    return draft.reuse, draft.appropriate_body, draft.programme, draft.lead_provider


def test_yes_goes_straight_to_check_answers(service):
    """Which shows all four."""
    visit = Visit.complete(service, reuse_choices=YES)
    shown = visit.preview

    assert (visit.at, shown.appropriate_body, shown.lead_provider, shown.delivery_partner) == (
        "check-answers",
        HUB,
        LEAD_PROVIDER,
        DELIVERY_PARTNER,
    )


def test_no_asks_the_questions(service):
    """And carries nothing over; the delivery partner is never asked for."""
    visit = Visit.complete(service, reuse_choices=NO, appropriate_body={})
    unanswered = _given(visit)[1:]
    visit.go_on()

    assert (unanswered, [step.id for step in visit.look().decided.progress.path][-5:]) == (
        (None, None, None),
        ["reuse-choices", "appropriate-body", "programme", "lead-provider", "check-answers"],
    )


def test_a_delivery_partner_is_shown_although_nothing_is_reused(service):
    """The partnership of the expected year gives it."""
    visit = Visit.complete(service, reuse_choices=NO)

    assert visit.preview.delivery_partner == DELIVERY_PARTNER


def test_changing_no_to_yes_forgets_the_choices_given_instead(service):
    """All of them."""
    visit = Visit.complete(service, reuse_choices=NO)
    visit.give("reuse-choices", **YES)

    assert (_given(visit), visit.at) == ((*YES.values(), None, None, None), "check-answers")


def test_changing_yes_to_no_asks_the_questions(service):
    """Nothing is carried over."""
    visit = Visit.complete(service, reuse_choices=YES)
    visit.give("reuse-choices", **NO)

    assert (_given(visit), visit.at) == ((*NO.values(), None, None, None), "appropriate-body")


@pytest.mark.parametrize("step", ["appropriate-body", "programme", "lead-provider"])
def test_reused_choice_change_leads_to_the_question_about_reuse(service, step):
    """They change together."""
    visit = Visit.complete(service, reuse_choices=YES)
    progress = visit.look().decided.progress
    leads_to = step_that_changes(visit.look().decided.case, step)

    assert (leads_to, progress.shows(leads_to), progress.shows(step)) == (
        "reuse-choices",
        True,
        False,
    )


@pytest.mark.parametrize("step", ["name", "email", "start-date", "working-pattern"])
def test_other_change_leads_to_its_own_question(service, step):
    """Reused choices or not."""
    visit = Visit.complete(service, reuse_choices=YES)

    assert step_that_changes(visit.look().decided.case, step) == step


@pytest.mark.parametrize("step", ["appropriate-body", "programme", "lead-provider"])
def test_changing_a_choice_that_is_not_reused_leads_to_its_own_question(service, step):
    """Each on its own."""
    visit = Visit.complete(service, reuse_choices=NO)

    assert step_that_changes(visit.look().decided.case, step) == step


def test_a_later_start_withdraws_reuse(service):
    """And asks the questions instead."""
    visit = Visit.complete(service, reuse_choices=YES)
    visit.give("start-date", start_date=IN_NEXT_YEAR)

    assert (_given(visit), visit.at, _offered(visit).decision.rule) == (
        (None, None, None, None),
        "appropriate-body",
        REUSE_NOT_VALID,
    )


def test_a_later_start_keeps_the_choices_that_still_fit(service):
    """Nothing was reused, so the withdrawal of reuse asks nothing."""
    visit = Visit.complete(service, reuse_choices=NO)
    visit.give("start-date", start_date=IN_NEXT_YEAR)

    assert (_given(visit), visit.at) == (
        (None, HUB, Programme.PROVIDER_LED, LEAD_PROVIDER),
        "check-answers",
    )


def test_an_earlier_start_offers_reuse_again(service):
    """The choices given instead are forgotten until it is answered."""
    visit = Visit.complete(service, start_date={"start_date": IN_NEXT_YEAR})
    before = visit.at
    visit.give("start-date", start_date=TERM_STARTS)

    assert (before, _given(visit), visit.at, _offered(visit).decision.rule) == (
        "check-answers",
        (None, None, None, None),
        "reuse-choices",
        REUSE_PARTNERSHIP_THIS_YEAR,
    )


def test_another_start_in_the_same_year_asks_nothing(service):
    """Neither of a yes nor of a no."""
    one, other = (Visit.complete(service, reuse_choices=answer) for answer in (YES, NO))
    before = [_given(one), _given(other)]
    for visit in (one, other):
        visit.give("start-date", start_date=date(2025, 10, 1))

    assert ([_given(one), _given(other)], one.at, other.at) == (
        before,
        "check-answers",
        "check-answers",
    )


def test_a_school_that_never_registered_anybody_is_not_asked():
    """The questions are asked silently."""
    visit = Visit.complete(Service.of(town()))

    assert (visit.look().decided.progress.shows("reuse-choices"), _offered(visit)) == (
        False,
        Reuse(REUSE_OFFERED.allows(offered=False)),
    )
