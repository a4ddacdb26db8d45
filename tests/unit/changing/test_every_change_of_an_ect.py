from __future__ import annotations

from functools import cache

import pytest

from ect_registration.domain.catalogue import CATALOGUE
from ect_registration.domain.decisions import Blocked
from unit.changing.rows import everything
from unit.changing.situations import SITUATIONS
from unit.changing.trying import Tried, one_by_one, together, tried


@cache
def every_change_of(name: str) -> tuple[Tried, ...]:
    """Once for all tests."""
    here = SITUATIONS[name]()
    return tuple(tried(here, given) for given in (*one_by_one(here), *together(here)))


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_change_is_refused_by_a_rule_or_leads_to_the_check_page(name):
    """A refusal has a rule of the catalogue and words, and is the same on the page."""
    for each in every_change_of(name):
        if isinstance(each.shown, Blocked):
            assert each.shown.rule in CATALOGUE and each.shown.message, each.given
            assert each.saved == each.shown, each.given
        else:
            _, progress = each.walked
            assert progress.shows("check-answers"), each.given


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_change_is_refused_when_a_rule_is_against_it_and_only_then(name):
    """Going by the records alone."""
    for each in every_change_of(name):
        rule = each.saved.rule.id if isinstance(each.saved, Blocked) else None
        assert rule in (each.model.refusals or {None}), (each.given, each.model.refusals)


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_refused_change_and_the_same_again_write_nothing(name):
    """Not even history."""
    for each in every_change_of(name):
        if isinstance(each.saved, Blocked) or not each.model.changed:
            assert each.after == each.before, each.given


@pytest.mark.parametrize("name", SITUATIONS)
def test_what_is_saved_is_what_was_shown_and_what_the_answers_mean(name):
    """Of the ECT, of the mentor, and of what the registration had ended elsewhere."""
    for each in every_change_of(name):
        if not isinstance(each.saved, Blocked):
            assert each.saved.as_shown == each.shown.as_shown, each.given
            assert everything(each.after) == each.model.expected, each.given
            assert bool(each.saved.changed) == bool(each.model.changed), each.given
            lines = len(each.after.history) - len(each.before.history)
            assert bool(lines) == bool(each.model.changed), each.given


def test_every_rule_on_changes_is_met():
    """In one situation or another."""
    outcomes = [each.saved for name in SITUATIONS for each in every_change_of(name)]

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
