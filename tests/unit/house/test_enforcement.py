"""A rule says where it is enforced, and a command or a page gets there."""

from __future__ import annotations

import pytest

from ect_registration.domain.catalogue import CATALOGUE
from ect_registration.domain.decisions import Rule
from unit.house.reachability import reachable

DATABASE = "database: "


def _unreachable(rule: Rule) -> list[str]:
    places = [place for place in rule.enforced_by if not place.startswith(DATABASE)]
    return [place for place in places if place not in reachable()]


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_a_rule_is_in_force_or_says_what_it_waits_for(rule: Rule):
    """A rule that nothing reaches must be marked, and a mark must go once something does."""
    unreachable = _unreachable(rule)

    assert bool(unreachable) == bool(rule.waits_for), (
        f"{rule.id}: nothing in entrypoints reaches {', '.join(unreachable)}: call it from a"
        " command or a page, or say in waits_for which one is missing"
        if unreachable
        else f"{rule.id} is reached by a command or a page: remove waits_for"
    )


def test_the_search_for_what_is_reached_finds_what_is_known():
    """A search that reached everything, or nothing, would hold no rule to the truth."""
    known = "ect_registration.domain.rules.identifying.email.check_email_in_use"

    assert known in reachable()
    assert "ect_registration.domain.rules.identifying.email.no_such_check" not in reachable()
