"""Every row of the page of the demo, at the pages of the service."""

from __future__ import annotations

import pytest

from entrypoints.demo.tries import demo_tries
from integration.web.trying import Outcome, Trying
from unit.documents.test_demo_world import mentor_rows, rows

TRIES = list(zip(demo_tries(), [*rows(), *mentor_rows()], strict=True))


@pytest.fixture(scope="module")
def trying(tmp_path_factory):
    """One demo for all of them: to begin takes longer than to try."""
    with Trying.in_the_demo(tmp_path_factory.mktemp("demo")) as trying:
        yield trying


def _of(on_pages):
    return [
        pytest.param(said.school, row, id=f"{said.trn} at {said.school}, {row}")
        for said, row in TRIES
        if said.on_pages is on_pages
    ]


@pytest.mark.parametrize(("school", "row"), _of(on_pages=True))
def test_what_the_demo_says_comes_true_on_the_pages(trying, school, row):
    """The outcome and the rule are those of the row."""
    outcome = trying.at(school).try_(row)

    assert outcome == Outcome(row.kind, outcome.rules)
    assert row.rule in outcome.rules


@pytest.mark.parametrize(("school", "row"), _of(on_pages=False))
def test_what_is_only_for_the_command_line_cannot_be_had_on_pages(trying, school, row):
    """There is no link, it is not on offer or it is not asked."""
    outcome = trying.at(school).try_(row)

    assert outcome is None or outcome.kind is not row.kind
