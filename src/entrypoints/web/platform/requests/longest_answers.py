"""How many seconds a request may take before it is answered.

All waiting counts: for connections, other writers, statements, tries again and TRS.
"""

from __future__ import annotations

from flask import request

PAGE = 5.0  # seconds
ASKS_TRS = 8.0  # of which TRS has four at most: see ECT_TRS_DEADLINE
CONFIRMATION = 10.0  # longer, as the page could not say whether the answers were saved

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
