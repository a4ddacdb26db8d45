from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

import pytest

from builders import LEAD_PROVIDER
from ect_registration.domain.decisions import Blocked
from unit.changing.properties import CHECKERS
from unit.changing.situations.mentor_situations import SITUATIONS
from unit.changing.situations.situation import Situation
from unit.changing.trying import MENTORS, Answers, Tried, about_the_person, first_days, tried
from unit.use_cases.town import NO_LONGER, THIS_YEAR_ONLY, UNHEARD_OF

PROVIDERS = (LEAD_PROVIDER, THIS_YEAR_ONLY, NO_LONGER, UNHEARD_OF)


def _answers(here: Situation) -> Iterator[Answers]:
    """One by one, and a first day together with a lead provider."""
    at = here.row.registered_at
    days = first_days(here, here.row.period.started_on if at is None else at.date())
    yield from about_the_person(here)
    yield from ({"start-date": day} for day in days)
    yield from ({"lead-provider": provider} for provider in PROVIDERS)
    for day, provider in product(days, PROVIDERS[:2]):
        yield {"start-date": day, "lead-provider": provider}


@cache
def _every_change(name: str) -> tuple[Tried, ...]:
    """Once for all tests."""
    here = SITUATIONS[name]()
    return tuple(tried(MENTORS, here, given) for given in _answers(here))


@pytest.mark.parametrize("name", SITUATIONS)
@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker.__name__)
def test_whatever_a_school_changes_of_a_mentor(name, checker):
    """In whatever situation the mentor is, it holds what the checker says."""
    assert list(checker(_every_change(name))) == [], (
        "where the rules of changes are meant to differ, change the model: `refusals` in "
        "tests/unit/changing/models/mentor_model.py"
    )


def test_every_rule_on_changes_of_a_mentor_is_met():
    """In one situation or another."""
    outcomes = [each.saved for name in SITUATIONS for each in _every_change(name)]

    assert {each.rule.id for each in outcomes if isinstance(each, Blocked)} == {
        "own-school-only",
        "details-can-change",
        "name-same-person",
        "email-in-use",
        "mentor-start-date",
        "start-date-correction",
        "overlaps-previous",
        "transfer-too-far-ahead",
        "mentor-lead-provider",
        "lead-provider-not-available",
    }
