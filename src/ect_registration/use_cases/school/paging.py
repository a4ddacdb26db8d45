"""Lists of people are shown twenty at a time."""

from __future__ import annotations

A_PAGE = 20
MOST_PAGES = 1_000_000  # beyond every school there is


def page_asked_for(number: int) -> int:
    """Returns the number of a page, made one that a list could have."""
    return min(max(1, number), MOST_PAGES)


def skipped_before(number: int) -> int:
    """Returns how many people the pages before this one have."""
    return (number - 1) * A_PAGE


def pages_for(found: int) -> int:
    """Returns how many pages it takes to list so many people: an empty list has one."""
    return max(1, -(-found // A_PAGE))
