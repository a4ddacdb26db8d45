from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import product

import pytest

from builders import HUB, LEAD_PROVIDER
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.training import Programme
from unit.changing.properties import CHECKERS
from unit.changing.situations.ect_situations import SITUATIONS
from unit.changing.situations.situation import USED, Situation
from unit.changing.trying import ECTS, Answers, Tried, about_the_person, first_days, tried
from unit.use_cases.town import CLOSING_HUB, COUNCIL, ISTIP, NO_LONGER, THIS_YEAR_ONLY, UNHEARD_OF

BODIES = (HUB, CLOSING_HUB, ISTIP, COUNCIL, UNHEARD_OF)
PROVIDERS = (LEAD_PROVIDER, THIS_YEAR_ONLY, NO_LONGER, UNHEARD_OF)
ENDS_OF_A_YEAR = (date(2026, 8, 31), date(2026, 9, 1))


def _one_by_one(here: Situation) -> Iterator[Answers]:
    """As on pages: one question, and whatever it makes necessary."""
    yield from about_the_person(here)
    yield from ({"working-pattern": pattern} for pattern in WorkingPattern)
    for day in first_days(here, here.row.registration.registered_at.date()):
        yield {"start-date": day}
    yield from ({"appropriate-body": body} for body in BODIES)
    yield from ({"programme": programme} for programme in Programme)
    yield from ({"lead-provider": provider} for provider in PROVIDERS)
    for programme, provider in product(Programme, PROVIDERS):
        yield {"programme": programme, "lead-provider": provider}
    for day, provider in product((here.today, *ENDS_OF_A_YEAR), PROVIDERS[:3]):
        yield {"start-date": day, "lead-provider": provider}


def _together(here: Situation) -> Iterator[Answers]:
    """As in documents: several at once."""
    days = (here.row.period.started_on, here.today, *ENDS_OF_A_YEAR)
    for day, programme in product(days, Programme):
        yield {"start-date": day, "programme": programme}
    for day, body in product(days, BODIES[:2]):
        yield {"start-date": day, "appropriate-body": body}
    name = {"name": "Asha Reid", "working-pattern": WorkingPattern.PART_TIME}
    yield {**name, "email": "free@example.org"}
    yield {**name, "email": str(USED)}


@cache
def _every_change(name: str) -> tuple[Tried, ...]:
    """Once for all tests."""
    here = SITUATIONS[name]()
    return tuple(tried(ECTS, here, given) for given in (*_one_by_one(here), *_together(here)))


@pytest.mark.parametrize("name", SITUATIONS)
@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker.__name__)
def test_whatever_a_school_changes_of_an_ect(name, checker):
    """In whatever situation the ECT is, it holds what the checker says."""
    assert list(checker(_every_change(name))) == [], (
        "where the rules of changes are meant to differ, change the model: `refusals` in "
        "tests/unit/changing/models/ect_answers.py or ect_model.py"
    )


def test_changes_are_saved_in_many_ways():
    """Else there would be little to check."""
    saved = [
        each
        for name in SITUATIONS
        for each in _every_change(name)
        if not isinstance(each.saved, Blocked) and each.saved.changed
    ]

    assert len(saved) > 800


def test_every_rule_on_changes_of_an_ect_is_met():
    """In one situation or another."""
    outcomes = [each.saved for name in SITUATIONS for each in _every_change(name)]

    assert {each.rule.id for each in outcomes if isinstance(each, Blocked)} == {
        "own-school-only",
        "details-can-change",
        "name-same-person",
        "email-in-use",
        "start-date-range",
        "start-date-correction",
        "overlaps-previous",
        "transfer-too-far-ahead",
        "cannot-register-yet",
        "appropriate-body-state-funded",
        "appropriate-body-independent",
        "training-programme",
        "lead-provider-not-available",
    }
