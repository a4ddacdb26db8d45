"""Answers that a rule may count on, because the journey asked for them before."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


class Unanswered(Exception):
    """Our bug: a rule was asked about an answer that the journey has not reached."""


def given(answer: T | None) -> T:
    """Returns the answer. Raises Unanswered without one."""
    if answer is None:
        raise Unanswered
    return answer
