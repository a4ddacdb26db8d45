"""No rule without a source, a sentence, wording, a place where it is enforced, and a test."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.sql.guarantees.all_guarantees import GUARANTEES
from ect_registration.domain.catalogue import CATALOGUE
from ect_registration.domain.decisions import OurDecision, Policy, Rule
from entrypoints.cli.rules import markdown_page, markdown_table
from unit.house.refusals import blocking_without_words

ROOT = Path(__file__).resolve().parents[3]
TESTS = ROOT / "tests"

# P: stated by the policy. D: our decision. + : a rule of the policy with details of our own.
EXPECTED = """
P+ school-sign-in
P  unlimited-users
P  own-school-only
D  school-cannot-register
D  registration-closed
P+ two-facts
P+ trn-not-found
P  date-of-birth-differs
P  details-do-not-match
D  proof-bound-to-journey
P  secrets-never-written
D  too-many-attempts
P  no-trn
D  trs-unavailable
P  already-in-progress-here
P  already-completed-here
P  induction-passed
P+ induction-failed
P  induction-exempt
D  prohibited-from-teaching
P  qts-not-needed
D  unknown-induction-status
P+ funded-training
D  follows-merges
D  completed-by-trs
D  names-follow-trs
D  decided-again
D  registered-before
D  overlaps-previous
D  transfer-ends-previous
P+ name-confirmed-or-corrected
D  name-same-person
P  corrected-name-shown
P  name-corrections-monitored
P+ email-format
P+ email-in-use
P  email-can-change
D  email-in-use-under-load
D  start-date-range
D  transfer-too-far-ahead
D  cannot-register-yet
P+ working-pattern
P  expected-training-start-year
P+ appropriate-body-state-funded
P  appropriate-body-independent
P  training-programme
P  lead-provider-not-available
D  confirmed-or-interest
P+ told-what-happens
P+ reuse-offered
P+ reuse-partnership-this-year
P  reuse-partnership-earlier-year
P  reuse-without-partnership
P  reuse-not-valid
P  reuse-answer
P  trn-cannot-change
P  start-date-change
P  reused-choice-change
D  other-change
D  decided-in-the-transaction
D  saved-as-shown
D  one-registration
P  starts-mentor-required
P+ mentor-now-or-later
P  existing-or-new-mentor
P  own-mentor
P  mentor-record
D  mentor-already-here
D  mentor-elsewhere
D  mentor-start-date
P  mentor-details
P+ funded-mentor-training
D  mentor-lead-provider
D  school-led-ect-mentor
D  one-open-mentor-training
P  mentor-all-or-nothing
D  mentorship-dates
D  no-day-in-common
D  one-mentor-at-a-time
P+ mentor-required-or-registered
D  no-mentor-yet
P  in-progress-completed-left
D  leaving
D  ends-keep-their-cause
D  details-can-change
D  start-date-correction
D  programme-change
D  lead-provider-change
D  appropriate-body-change
D  mentor-change
D  mentor-removed
D  registered-by-mistake
D  previous-school-told
P+ lead-provider-sees
D  lead-provider-confirms
D  updated-when-seen-to-change
P+ journeys-expire
D  reference-changes
D  organisations-keep-their-identity
D  notices
D  operator-is-named
D  school-opens-and-closes
D  school-replaced
D  school-merged
D  bulk-is-many-ones
D  refusals-kept
P+ statistics
D  history
"""

# The headings of the policy that rules may name.
SECTIONS = {
    "School admins in Register early career teachers",
    "Getting access to the service via DfE Sign-in",
    "Finding an ECT’s record in the Teaching Record System",
    "Checking the ECT is eligible to be registered for training",
    "Confirming or correcting an ECT’s name",
    "Giving an ECT’s email address",
    "Giving an ECT’s working pattern",
    "Generating an expected training start year",
    "Reusing previous programme details when registering an ECT",
    "Giving an ECT’s appropriate body when the school isn’t reusing previous programme details",
    "Giving an ECT’s training programme",
    "Giving an ECT’s lead provider",
    "Checking answers for the registration of an ECT",
    "Deciding if the mentor is new or a previously registered mentor",
    "Finding a mentor’s record in the Teaching Record System",
    "Assigning a mentor through the ECTs page",
    "Giving a mentor’s email address",
    "Checking if a mentor can receive mentor training",
    "Checking answers for the registration of a new mentor",
}

# Those that a person may meet as refused, not valid, needing an answer, or unavailable.
WORDED = {
    "school-sign-in",
    "own-school-only",
    "school-cannot-register",
    "registration-closed",
    "two-facts",
    "trn-not-found",
    "date-of-birth-differs",
    "details-do-not-match",
    "too-many-attempts",
    "trs-unavailable",
    "already-in-progress-here",
    "already-completed-here",
    "induction-passed",
    "induction-failed",
    "induction-exempt",
    "prohibited-from-teaching",
    "unknown-induction-status",
    "decided-again",
    "overlaps-previous",
    "name-confirmed-or-corrected",
    "name-same-person",
    "email-format",
    "email-in-use",
    "start-date-range",
    "transfer-too-far-ahead",
    "cannot-register-yet",
    "working-pattern",
    "appropriate-body-state-funded",
    "appropriate-body-independent",
    "training-programme",
    "lead-provider-not-available",
    "reuse-offered",
    "reuse-not-valid",
    "reuse-answer",
    "own-mentor",
    "mentor-already-here",
    "mentor-elsewhere",
    "mentor-start-date",
    "mentor-now-or-later",
    "no-day-in-common",
    "one-mentor-at-a-time",
    "leaving",
    "details-can-change",
    "start-date-correction",
    "mentor-removed",
    "registered-by-mistake",
    "lead-provider-confirms",
    "journeys-expire",
    "saved-as-shown",
    "organisations-keep-their-identity",
    "operator-is-named",
    "school-opens-and-closes",
    "school-replaced",
    "school-merged",
}

every_rule = pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)


def _origin(rule: Rule) -> str:
    origin = "P" if isinstance(rule.source, Policy) else "D"
    return f"{origin}{'+' if rule.details else ''}".ljust(2)


def test_the_catalogue_is_whole_and_in_order() -> None:
    """Every rule once, where a school meets it, and stated by whoever states it."""
    rules = [f"{_origin(rule)} {rule.id}" for rule in CATALOGUE]

    assert rules == EXPECTED.strip().splitlines(), (
        "EXPECTED in tests/unit/house/test_catalogue.py and CATALOGUE in "
        "src/ect_registration/domain/catalogue.py differ"
    )


@every_rule
def test_a_rule_has_a_source(rule: Rule) -> None:
    """A section that the policy has, or the reason of a decision."""
    for source in (rule.source, rule.details):
        if isinstance(source, OurDecision):
            assert source.why.strip()

    assert not isinstance(rule.source, Policy) or rule.source.section in SECTIONS


@every_rule
def test_a_rule_says_one_sentence(rule: Rule) -> None:
    """It begins with a capital and ends in a full stop, the only one."""
    assert rule.says[0].isupper()
    assert rule.says.endswith(".")
    assert ". " not in rule.says


@every_rule
def test_a_rule_has_wording_where_somebody_may_meet_it(rule: Rule) -> None:
    """Words that end without a full stop, as error messages do, and never apologise."""
    assert rule.tells or rule.id not in WORDED
    assert not rule.tells.endswith(".")
    assert not {"please", "sorry", "invalid"} & set(rule.tells.lower().split())


def test_a_rule_that_blocks_is_listed_with_its_wording() -> None:
    """Whatever can stop a school is known to have words."""
    assert sorted(blocking_without_words() - WORDED) == [], (
        "add these rules to WORDED in tests/unit/house/test_catalogue.py"
    )


@every_rule
def test_a_rule_is_enforced_somewhere(rule: Rule) -> None:
    """Every place named is there: in the code, or among the guarantees of the database."""
    guarantees = {guarantee.name for guarantee in GUARANTEES}
    kept_by_database = {
        place.removeprefix("database: ")
        for place in rule.enforced_by
        if place.startswith("database: ")
    }

    assert rule.enforced_by
    assert kept_by_database <= guarantees
    for place in rule.enforced_by:
        assert place.startswith("database: ") or _resolves(place)


def _resolves(dotted: str) -> bool:
    module, _, name = dotted.rpartition(".")
    return hasattr(importlib.import_module(module), name)


def _names_of_tests(path: Path) -> Iterator[str]:
    """What pytest shows of a test that asserts something: its name, and ids of situations."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and _asserts(node):
            yield node.name.replace("_", "-")
            for part in node.decorator_list:
                yield from _strings(part)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.param":
            yield from (text for k in node.keywords if k.arg == "id" for text in _strings(k.value))


def _strings(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _asserts(test: ast.FunctionDef) -> bool:
    """Says whether a test can fail: it has an assertion, or expects an error."""
    return any(
        isinstance(node, ast.Assert)
        or (isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.raises")
        for node in ast.walk(test)
    )


def _tested() -> set[str]:
    """The rules that some test names; the longest id counts where one contains another."""
    ids = sorted((rule.id for rule in CATALOGUE), key=len, reverse=True)
    tested = set()
    for path in TESTS.rglob("test_*.py"):
        if path == Path(__file__).resolve():
            continue
        for name in _names_of_tests(path):
            remaining = name
            for id in ids:
                if id in remaining:
                    tested.add(id)
                    remaining = remaining.replace(id, "")
    return tested


@pytest.fixture(scope="module")
def tested() -> set[str]:
    """Read once."""
    return _tested()


@every_rule
def test_a_rule_has_a_test(rule: Rule, tested: set[str]) -> None:
    """Some test carries its id in its name, or in the name of a situation."""
    assert rule.id in tested, f"add a test named after {rule.id} to tests/unit/domain/rules"


def test_the_page_of_the_rules_is_up_to_date() -> None:
    """It is what `ect rules --markdown-page` prints, with the table of all rules first."""
    page = (ROOT / "docs" / "rules.md").read_text("utf-8")

    assert page == markdown_page(), "run .venv/bin/ect rules --markdown-page > docs/rules.md"
    assert markdown_table() in page


def test_the_table_leads_to_each_rule() -> None:
    """Every row links to the part of the page that is about its rule."""
    page = markdown_page()

    for rule in CATALOGUE:
        assert f"| [`{rule.id}`](#{rule.id}) | {rule.says}" in page
        assert f"\n## {rule.id}\n" in page
