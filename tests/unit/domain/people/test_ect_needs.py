"""What a school should do about an ECT."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from builders import DELIVERY_PARTNER, a_mentor, a_mentorship, a_training, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.search.ect_needs import Need, needs_of

TODAY = date(2025, 9, 10)
DAY = timedelta(1)
MENTORED = a_mentorship(a_mentor())
CONFIRMED = a_training(delivery_partner=DELIVERY_PARTNER)


@pytest.mark.parametrize(
    ("changes", "needs"),
    [
        pytest.param({}, [], id="all is well"),
        pytest.param({"mentorships": ()}, [Need.MENTOR], id="no mentor"),
        pytest.param(
            {"mentorships": (a_mentorship(a_mentor(), period=Period(TODAY, TODAY)),)},
            [Need.MENTOR_FOR_SOME_DAYS],
            id="a mentor who leaves",
        ),
        pytest.param({"email": None}, [Need.EMAIL], id="no email address"),
        pytest.param({"trainings": (a_training(),)}, [Need.CONFIRMATION], id="not confirmed"),
        pytest.param(
            {"trainings": (a_training(period=Period(TODAY + DAY)),)},
            [],
            id="not confirmed before the first day of training",
        ),
        pytest.param(
            {"trainings": (a_training(period=Period(TODAY - DAY, TODAY - DAY)),)},
            [],
            id="training that has ended",
        ),
        pytest.param(
            {"trainings": (a_training(), a_training(withdrawn=True))},
            [Need.CONFIRMATION],
            id="withdrawn training does not count",
        ),
        pytest.param({"mentorships": (), "completed": True}, [], id="completed"),
        pytest.param(
            {"mentorships": (), "email": None, "period": Period(date(2025, 9, 1), TODAY - DAY)},
            [],
            id="left",
        ),
    ],
)
def test_what_an_ect_needs(changes: dict[str, Any], needs: list[Need]) -> None:
    """A mentor on every day, an email address, and training that is confirmed once it begins."""
    ect = an_ect(**{"mentorships": (MENTORED,), "trainings": (CONFIRMED,), **changes})

    assert needs_of(ect, TODAY) == frozenset(needs)
