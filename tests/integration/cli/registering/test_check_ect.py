"""`ect check-ect`: every rule of one registration, with its decision."""

from __future__ import annotations

import pytest

from ect_registration.journeys.engine import rules_of
from ect_registration.journeys.register_ect import REGISTER_ECT
from integration.cli.terminal import ect
from integration.cli.town import MAYA, NEWCOMER, PASSED, a_registration

CHECK = ("check-ect", "--from", "-")
GATES = [rule.id for rule in rules_of(REGISTER_ECT)]


def decisions(ran):
    """Rule by rule, what was decided."""
    return [(row["rule"], row["decision"]) for row in ran.json["rules"]]


def test_what_may_be_registered_is_allowed_by_every_rule_that_applies(settings):
    """In the order in which a school meets them, with what each decided on."""
    ran = ect(*CHECK, stdin=a_registration(), **settings)
    met = [rule for rule, _ in decisions(ran)]

    assert list(ran.json) == ["outcome", "ect", "dry_run", "rules"]
    assert (ran.status, ran.json["outcome"], ran.json["ect"]["id"]) == (0, "registered", None)
    assert {decision for _, decision in decisions(ran)} == {"allowed"}
    assert {"two-facts", "email-in-use", "lead-provider-not-available"} <= set(met)
    assert {tuple(row) for row in ran.json["rules"]} == {("rule", "decision", "because")}


def test_a_rule_says_what_it_was_decided_on(settings):
    """Plain values, none of them about a person."""
    ran = ect(*CHECK, stdin=a_registration(), **settings)
    because = {row["rule"]: row["because"] for row in ran.json["rules"]}

    assert because["expected-training-start-year"] == {"year": 2025}
    assert MAYA not in str(because)


def test_the_first_refusal_ends_it(settings):
    """What comes after is not reached, and said to be so."""
    ran = ect(*CHECK, stdin=a_registration(trn=PASSED), **settings)
    before, after = decisions(ran)[:8], decisions(ran)[8:]

    assert ran.verdict == (1, "refused", "induction-passed")
    assert before[-1] == ("induction-passed", "refused")
    assert {decision for _, decision in before[:-1]} == {"allowed"}
    assert after == [
        (rule, "not_reached") for rule in GATES[GATES.index("induction-passed") + 1 :]
    ]


def test_what_is_left_out_ends_it_too(settings):
    """A question without an answer."""
    ran = ect(*CHECK, stdin=a_registration(programme=None, lead_provider=None), **settings)

    assert ran.verdict == (2, "needs", "training-programme")
    assert ("training-programme", "refused") in decisions(ran)
    assert ("confirmed-or-interest", "not_reached") in decisions(ran)


@pytest.mark.parametrize("stdin", [b"nonsense", a_registration(email="maya"), {"school": 1}])
def test_a_document_that_cannot_be_right_reaches_no_rule(settings, stdin):
    """The list is there all the same."""
    ran = ect(*CHECK, stdin=stdin, **settings)

    assert (ran.status, ran.json["outcome"], ran.json["dry_run"]) == (2, "invalid", True)
    assert decisions(ran) == [(rule, "not_reached") for rule in GATES]


def test_an_unknown_school_reaches_no_rule_of_the_journey(settings):
    """TRS is not even asked."""
    ran = ect(*CHECK, stdin=a_registration(school="999999"), **settings)

    assert ran.verdict == (2, "invalid", "own-school-only")
    assert decisions(ran) == [
        ("own-school-only", "refused"),
        *((rule, "not_reached") for rule in GATES),
    ]


def test_nothing_is_written(settings):
    """However often it is asked."""
    for _ in range(2):
        assert ect(*CHECK, stdin=a_registration(), **settings).status == 0
    listed = ect("ects", "--school", NEWCOMER, "--format", "json", **settings)

    assert listed.json == []
