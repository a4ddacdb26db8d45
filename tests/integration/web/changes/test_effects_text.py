"""What check pages say of days: those to come, those that have passed, and those elsewhere."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from builders import LEAD_PROVIDER, TODAY, URN
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.effects import Effect, Part
from entrypoints.web.changes.effects_text import effect_lines
from integration.web.school import OTHER_URN

FIRST, PASSED, TO_COME = date(2025, 9, 1), date(2025, 9, 5), date(2025, 10, 24)
TRAINING = Effect(Part.TRAINING, URN, "Asha", LEAD_PROVIDER, Period(FIRST), Period(FIRST))
PERIOD = attrs.evolve(TRAINING, part=Part.PERIOD, other=None)
MENTORSHIP = attrs.evolve(TRAINING, part=Part.MENTORSHIP, other="Joan")


def _says(effect, before, after, school=URN):
    [line] = effect_lines(
        [attrs.evolve(effect, before=before, after=after, school=school)], URN, TODAY
    )
    return line


@pytest.mark.parametrize(
    ("effect", "says"),
    [
        (PERIOD, "The last day of Asha at your school will be 24 October 2025"),
        (TRAINING, f"The training of Asha with {LEAD_PROVIDER} will end on 24 October 2025"),
        (MENTORSHIP, "Joan will stop mentoring Asha on 24 October 2025"),
    ],
)
def test_a_last_day_to_come(effect, says):
    """It will happen."""
    assert _says(effect, Period(FIRST), Period(FIRST, TO_COME)) == says


@pytest.mark.parametrize(
    ("effect", "says"),
    [
        (PERIOD, "the last day of Asha at your school was 5 September 2025"),
        (TRAINING, f"the training of Asha with {LEAD_PROVIDER} ended on 5 September 2025"),
        (MENTORSHIP, "Joan stopped mentoring Asha on 5 September 2025"),
    ],
)
def test_a_last_day_that_has_passed(effect, says):
    """It has happened, and is written down now."""
    line = _says(effect, Period(FIRST, TO_COME), Period(FIRST, PASSED))

    assert line == f"We will record that {says} instead of 24 October 2025"


def test_a_first_day_that_has_passed():
    """Of what moves, and of what comes back."""
    moved = _says(MENTORSHIP, Period(FIRST), Period(PASSED))
    back = _says(MENTORSHIP, None, Period(PASSED, TO_COME))

    assert moved == (
        "We will record that Joan started to mentor Asha on 5 September 2025 instead of "
        "1 September 2025"
    )
    assert back == (
        "We will record that Joan started to mentor Asha on 5 September 2025. "
        "Joan will stop mentoring Asha on 24 October 2025"
    )


def test_what_begins_and_ends_on_days_to_come():
    """Each in its own words."""
    days = Period(date(2025, 10, 1), TO_COME)

    assert _says(MENTORSHIP, None, days) == (
        "Joan will start to mentor Asha on 1 October 2025. "
        "Joan will stop mentoring Asha on 24 October 2025"
    )


@pytest.mark.parametrize(
    ("effect", "says"),
    [
        (TRAINING, f"The training of Asha with {LEAD_PROVIDER} at their other school will end"),
        (
            attrs.evolve(TRAINING, other=None),
            "The training of Asha at their other school will end",
        ),
        (MENTORSHIP, "Mentoring at their other school will end"),
    ],
)
def test_days_at_another_school(effect, says):
    """The place comes before the days, of which there may be two."""
    line = _says(effect, Period(FIRST), Period(FIRST, TO_COME), OTHER_URN)
    moved = _says(effect, Period(FIRST, TO_COME), Period(FIRST, date(2025, 10, 31)), OTHER_URN)

    assert line == f"{says} on 24 October 2025"
    assert moved == f"{says} on 31 October 2025 instead of 24 October 2025"
