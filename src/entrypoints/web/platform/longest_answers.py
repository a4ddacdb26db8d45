"""How long a request may take before somebody gets an answer, whatever that is.

Everything that is waited for counts: connections, other writers, statements, tries again, TRS.
"""

from __future__ import annotations

from flask import request

PAGE = 5.0  # seconds
ASKS_TRS = 8.0  # of which TRS has four at most: see ECT_TRS_DEADLINE
CONFIRMATION = 10.0  # nobody likes to be told that it may have been saved, or not

# By the last part of the address, or by the blueprint where any post may be the last one.
SEARCHES = {"find", "national-insurance-number", "email"}
CONFIRMS = {"check-answers"}
ASSIGNS = {"assign_mentor", "assign_several", "choose_mentor"}


def longest_answer() -> float:
    """Returns the seconds that this request may take, by what it does."""
    if request.method != "POST":
        return PAGE
    last = request.path.rpartition("/")[2]
    if last in SEARCHES:
        return ASKS_TRS
    return CONFIRMATION if last in CONFIRMS or request.blueprint in ASSIGNS else PAGE
