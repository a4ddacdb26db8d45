"""Figures of policy stand once, with who says so and the day from which they hold."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from ect_registration.domain import policy
from ect_registration.domain.catalogue import CATALOGUE
from ect_registration.domain.decisions import Rule
from ect_registration.domain.policy import FIGURES, Figure, Limit, in_words

NUMBER = re.compile(
    r"\b([0-9]+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
    r" (months?|days?|hours?|minutes?|years?|academic years?|characters)\b"
)


def test_every_figure_is_listed_once():
    """A list that forgot one would leave it out of the documents."""
    named = [value for value in vars(policy).values() if isinstance(value, Figure)]

    assert list(FIGURES) == named, "add it to FIGURES in src/ect_registration/domain/policy.py"
    assert len({figure.id for figure in FIGURES}) == len(FIGURES)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_a_figure_says_who_decided_it_and_since_when(figure):
    """A number without a reason cannot be changed with confidence."""
    assert str(figure.source)
    assert isinstance(figure.holds_from, date)


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (timedelta(hours=24), "24 hours"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(minutes=15), "15 minutes"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(minutes=1), "1 minute"),
    ],
)
def test_a_duration_is_written_as_people_say_it(duration, words):
    """Whole hours are hours, anything else is minutes."""
    assert in_words(duration) == words


def test_a_limit_is_written_with_its_window():
    """As documents for operators have it."""
    assert str(Limit(10, timedelta(minutes=15))) == "10 in 15 minutes"


def test_a_share_is_written_with_its_sign():
    """GOV.UK writes 1%, without a blank."""
    assert str(policy.CLOSING_AT_ONCE) == "1%"


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_the_sentences_of_a_rule_take_their_figures_from_policy(rule: Rule):
    """A number that is written out would stay when the figure changes."""
    figures = " ".join(map(str, FIGURES))
    text = " ".join((rule.says, rule.tells, str(rule.details or "")))
    numbers = [found[0] for found in NUMBER.finditer(text)]

    assert [each for each in numbers if not re.search(rf"\b{each}\b", figures)] == [], (
        "make it a Figure in src/ect_registration/domain/policy.py, and quote that in the sentence"
    )
