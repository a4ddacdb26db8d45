from __future__ import annotations

import pytest

from builders import HUB, LEAD_PROVIDER
from ect_registration.domain.decisions import Kind
from ect_registration.domain.rules.registering.programme import (
    APPROPRIATE_BODY_INDEPENDENT,
    APPROPRIATE_BODY_STATE_FUNDED,
    LEAD_PROVIDER_NOT_AVAILABLE,
)
from ect_registration.use_cases.transactions import Actor
from unit.use_cases.town import COUNCIL, INDEPENDENT, ISTIP, NO_LONGER, UNHEARD_OF
from unit.use_cases.visit import Visit


@pytest.mark.parametrize(
    ("body", "kind"),
    [(COUNCIL, Kind.REFUSED), (ISTIP, Kind.REFUSED), (UNHEARD_OF, Kind.INVALID)],
)
def test_an_appropriate_body_that_is_not_on_offer_is_not_kept(service, body, kind):
    """Known or not: the answer before it stays."""
    visit = Visit.complete(service)
    blocked = visit.give("appropriate-body", appropriate_body=body)

    assert (blocked.rule, blocked.kind, blocked.field, visit.draft.appropriate_body) == (
        APPROPRIATE_BODY_STATE_FUNDED,
        kind,
        "appropriate_body",
        HUB,
    )


def test_an_independent_school_may_choose_the_panel(service):
    """And no local authority."""
    visit = Visit.complete(service, Actor("user-1", INDEPENDENT))
    visit.give("appropriate-body", appropriate_body=ISTIP)
    blocked = visit.give("appropriate-body", appropriate_body=COUNCIL)

    assert (blocked.rule, visit.draft.appropriate_body) == (APPROPRIATE_BODY_INDEPENDENT, ISTIP)


@pytest.mark.parametrize(
    ("provider", "kind"), [(NO_LONGER, Kind.REFUSED), (UNHEARD_OF, Kind.INVALID)]
)
def test_a_lead_provider_that_is_not_on_offer_is_not_kept(service, provider, kind):
    """Known or not: the answer before it stays."""
    visit = Visit.complete(service)
    blocked = visit.give("lead-provider", lead_provider=provider)

    assert (blocked.rule, blocked.kind, blocked.field, visit.draft.lead_provider) == (
        LEAD_PROVIDER_NOT_AVAILABLE,
        kind,
        "lead_provider",
        LEAD_PROVIDER,
    )


def test_a_first_answer_that_is_not_on_offer_is_not_kept_either(service):
    """The question stays open."""
    visit = Visit.complete(service, appropriate_body={"appropriate_body": UNHEARD_OF})

    assert (visit.draft.appropriate_body, visit.at) == (None, "appropriate-body")
