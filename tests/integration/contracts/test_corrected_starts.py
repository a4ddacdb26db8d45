"""A mentor's corrected first day, with all that moves along: memory and databases agree.

Rows must be written in an order in which nothing overlaps at any moment.
"""

from __future__ import annotations

import pytest

from builders import ECT_TRN, HUB, LEAD_PROVIDER, MENTOR_TRN, URN
from ect_registration.use_cases.changing.change_documents import change_mentor_by
from ect_registration.use_cases.changing.undo.undoing import undo_mentor
from ect_registration.use_cases.registering.register_ect import register_ect
from ect_registration.use_cases.registering.register_mentor import register_mentor
from ect_registration.use_cases.transactions import Actor
from integration.contracts.stores import STORES
from integration.contracts.test_a_school_year import Side
from unit.use_cases.town import BRAM, OTHER_SCHOOL, PASSED


def _ect(side, school, trn):
    document = {
        "school": str(school),
        "trn": str(trn),
        "date_of_birth": "1999-01-31",
        "email": f"{trn}@example.org",
        "start_date": "2025-09-01",
        "working_pattern": "full_time",
        "appropriate_body": HUB,
        "programme": "provider_led",
        "lead_provider": LEAD_PROVIDER,
    }
    return register_ect(document, "user", side.ports).ect


def _mentor(side, ect, trn, **more):
    document = {
        "school": str(ect.school),
        "ect": str(ect.id),
        "trn": str(trn),
        "date_of_birth": "1999-01-31",
        "email": f"{trn}@example.org",
        **more,
    }
    return register_mentor(document, "user", side.ports).mentor


def _seen(kind, starts):
    """What is kept after each step: registered, corrected, and at last undone."""
    with STORES[kind]() as store:
        side = Side(store)
        _mentor(side, _ect(side, OTHER_SCHOOL, BRAM), MENTOR_TRN)
        ect = _ect(side, URN, ECT_TRN)
        _mentor(side, ect, PASSED)
        side.clock.wait(days=5)
        only_here = {"only_here": True, "replace": True, "start_date": "2025-10-24"}
        joan = _mentor(side, ect, MENTOR_TRN, **only_here)
        yield side.everything()
        for start in starts:
            document = {"school": str(URN), "start_date": start}
            assert change_mentor_by(joan.id, document, "user", side.ports).changed
            yield side.everything()
        undo_mentor(joan.id, Actor("user", URN), side.ports)
        yield side.everything()


@pytest.mark.parametrize("kind", [kind for kind in STORES if kind != "memory"])
@pytest.mark.parametrize(
    "starts", [("2025-10-01", "2025-11-03"), ("2025-11-03", "2025-10-01"), ("2025-09-20",)]
)
def test_a_corrected_first_day_comes_to_the_same_in_every_store(kind, starts):
    """Whom the mentor replaced here, and whom they mentored elsewhere, stop the day before."""
    assert list(_seen(kind, starts)) == list(_seen("memory", starts))
