from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import attrs
import pytest

from builders import DELIVERY_PARTNER, HUB, LEAD_PROVIDER, THIS_YEAR
from ect_registration.domain.decisions import Allowed, Blocked, Kind
from ect_registration.domain.people.ect import EctId, WorkingPattern
from ect_registration.domain.rules.check_answers import (
    DECIDED_AGAIN,
    SAVED_AS_SHOWN,
    TRN_CANNOT_CHANGE,
    Preview,
    check_saved_as_shown,
)

SHOWN = Preview(
    trs_name="Asha Marlowe",
    name="Asha Lee",
    email="asha@example.org",
    started_on=date(2025, 9, 1),
    working_pattern=WorkingPattern.FULL_TIME,
    expected_training_start_year=THIS_YEAR,
    appropriate_body=HUB,
    lead_provider=LEAD_PROVIDER,
    delivery_partner=DELIVERY_PARTNER,
)


def test_saved_as_shown_lets_the_same_on() -> None:
    """What would be saved equals what the school saw."""
    assert check_saved_as_shown(SHOWN, attrs.evolve(SHOWN)) == Allowed(SAVED_AS_SHOWN, {})


@pytest.mark.parametrize(
    ("now", "changed"),
    [
        pytest.param({"trs_name": "Asha Greene"}, "trs_name", id="the name in TRS"),
        pytest.param({"name": "Asha Greene"}, "name", id="the name to show"),
        pytest.param(
            {"expected_training_start_year": THIS_YEAR.plus(1)},
            "expected_training_start_year",
            id="the expected year, over midnight of 31 August",
        ),
        pytest.param({"email": "other@example.org"}, "email", id="the address"),
        pytest.param({"started_on": date(2025, 9, 2)}, "started_on", id="the first day"),
        pytest.param(
            {"working_pattern": WorkingPattern.PART_TIME}, "working_pattern", id="the pattern"
        ),
        pytest.param(
            {"ends_elsewhere": (EctId(UUID(int=1)),)},
            "ends_elsewhere",
            id="whose registration elsewhere ends",
        ),
        pytest.param({"appropriate_body": "Another"}, "appropriate_body", id="the body"),
        pytest.param({"lead_provider": None}, "lead_provider", id="the lead provider"),
        pytest.param({"delivery_partner": None}, "delivery_partner", id="the delivery partner"),
        pytest.param(
            {"trs_name": "Asha Greene", "name": "Asha Greene", "delivery_partner": "Another"},
            "trs_name, name, delivery_partner",
            id="several of them",
        ),
    ],
)
def test_saved_as_shown_names_what_changed(now: dict[str, Any], changed: str) -> None:
    """Nothing is saved; the change is named, never its values."""
    assert check_saved_as_shown(SHOWN, attrs.evolve(SHOWN, **now)) == Blocked(
        SAVED_AS_SHOWN,
        {"changed": changed},
        Kind.REFUSED,
        None,
        "Something changed while you were checking your answers. Check them again",
    )


def test_trn_cannot_change_says_what_to_do_instead() -> None:
    """A different teacher is a new registration."""
    assert TRN_CANNOT_CHANGE.tells == "Start again to register a different teacher"


def test_decided_again_says_to_start_again() -> None:
    """A record that was merged or deactivated since is not the one that was proven."""
    assert DECIDED_AGAIN.tells == (
        "The teacher’s record has changed since you found it. Start again"
    )
