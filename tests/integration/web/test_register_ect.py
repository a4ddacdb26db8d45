"""Registering an ECT page by page: the way through."""

from __future__ import annotations

from datetime import date

import pytest
from builders import ECT_TRN, HUB, LEAD_PROVIDER, DELIVERY_PARTNER, an_ect
from integration.web.registering import ANSWERS, START, Registering, a_date

from ect_registration.domain.calendar import Period
from ect_registration.domain.values import Urn
from ect_registration.journey import Step
from ect_registration.register_ect import REGISTER_ECT
from entrypoints.web.register_ect.forms import FORMS
from unit.use_cases.town import ISTIP, INDEPENDENT, NUMBER, OTHER_SCHOOL

ASKING = [step.id for step in REGISTER_ECT if isinstance(step, Step) and step.asks is not None]


@pytest.fixture
def school() -> Registering:
    """A user of Larkfield, which has registered nobody yet."""
    return Registering.in_town()


def test_every_step_that_asks_has_a_form():
    """And no form is for a step that does not exist."""
    assert list(FORMS) == ASKING
