from __future__ import annotations

from ect_registration.domain.decisions import (
    Allowed,
    Blocked,
    Kind,
    OurDecision,
    Policy,
    Rule,
)

RULE = Rule(
    id="a-rule",
    says="A rule decides.",
    source=Policy("Giving an ECT’s email address"),
    enforced_by=(),
    tells="Enter a day from {earliest}",
)


def test_a_rule_allows_with_its_evidence() -> None:
    """What a decision was made on stays beside it."""
    assert RULE.allows(earliest="2025-09-01") == Allowed(RULE, {"earliest": "2025-09-01"})


def test_a_rule_refuses_in_its_own_words() -> None:
    """Names in braces come from the evidence."""
    assert RULE.refuses(earliest="2025-09-01") == Blocked(
        RULE, {"earliest": "2025-09-01"}, Kind.REFUSED, None, "Enter a day from 2025-09-01"
    )


def test_a_rule_refuses_in_other_words_and_at_a_field() -> None:
    """Where another answer could be given, the refusal names it."""
    assert RULE.refuses("Too late by {days} days", field="start_date", days=3) == Blocked(
        RULE, {"days": 3}, Kind.REFUSED, "start_date", "Too late by 3 days"
    )


def test_a_rule_finds_an_answer_invalid() -> None:
    """It says which one, in its own words or others."""
    assert RULE.finds_invalid("start_date", earliest="today") == Blocked(
        RULE, {"earliest": "today"}, Kind.INVALID, "start_date", "Enter a day from today"
    )
    assert RULE.finds_invalid("start_date", "No such day", day="x").message == "No such day"


def test_a_rule_needs_an_answer() -> None:
    """It says which one, in its own words or others."""
    assert RULE.needs("start_date", earliest="today") == Blocked(
        RULE, {"earliest": "today"}, Kind.NEEDS, "start_date", "Enter a day from today"
    )
    assert RULE.needs("start_date", "Give a day", day="x") == Blocked(
        RULE, {"day": "x"}, Kind.NEEDS, "start_date", "Give a day"
    )


def test_a_rule_cannot_tell() -> None:
    """Nobody can decide now, and no answer would help."""
    assert RULE.cannot_tell(earliest="today") == Blocked(
        RULE, {"earliest": "today"}, Kind.UNAVAILABLE, None, "Enter a day from today"
    )


def test_evidence_is_never_read_as_wording() -> None:
    """Braces in a name stay braces."""
    assert RULE.refuses(earliest="{rule.id}").message == "Enter a day from {rule.id}"


def test_a_source_says_who_says_so() -> None:
    """The policy's section, or why we decided ourselves."""
    assert str(Policy("Checking answers")) == "Policy: Checking answers"
    assert str(OurDecision("nobody else did")) == "Decision: nobody else did"
