from __future__ import annotations

from datetime import date, timedelta

import pytest

from builders import (
    ECT_TRN,
    NOW,
    a_journey,
    a_school,
    a_search,
    a_teacher,
    a_teacher_record,
    a_training,
    an_appropriate_body,
)
from ect_registration.domain.catalogue import CATALOGUE, rule_named
from ect_registration.domain.people.teacher import NoMatch, Teacher
from ect_registration.domain.people.training import Programme, TrainingState
from ect_registration.domain.values import PersonName, Trn

FIRST, LAST = date(2025, 9, 1), date(2026, 8, 31)
DAY = timedelta(1)


@pytest.mark.parametrize(
    ("active_from", "active_until", "day", "active"),
    [
        pytest.param(None, None, FIRST, True, id="no limits"),
        pytest.param(FIRST, None, FIRST - DAY, False, id="the day before its first"),
        pytest.param(FIRST, None, FIRST, True, id="its first active day"),
        pytest.param(None, LAST, LAST, True, id="its last active day"),
        pytest.param(None, LAST, LAST + DAY, False, id="the day after its last"),
        pytest.param(FIRST, LAST, LAST + DAY, False, id="after both"),
        pytest.param(FIRST, LAST, FIRST - DAY, False, id="before both"),
        pytest.param(FIRST, FIRST, FIRST, True, id="active for one day"),
    ],
)
def test_an_appropriate_body_is_active_between_its_days(
    active_from: date | None, active_until: date | None, day: date, active: bool
) -> None:
    """Both days are inclusive."""
    body = an_appropriate_body(active_from=active_from, active_until=active_until)

    assert body.is_active(day) is active


def test_a_record_knows_every_trn_of_its_person() -> None:
    """A merged record has two: the one that was asked for and the one TRS kept."""
    old = Trn("7654321")

    assert a_teacher_record().trns == frozenset({ECT_TRN})
    assert a_teacher_record(merged_from=old).trns == frozenset({ECT_TRN, old})


def test_a_search_proves_identity_with_a_record_only() -> None:
    """Why there was no match is no proof."""
    record = a_teacher_record()

    assert a_search(answer=record).record == record
    assert [a_search(answer=reason).record for reason in NoMatch] == [None, None, None]


def test_corrected_name_shown_wherever_there_is_one() -> None:
    """The name in TRS is kept beside it."""
    teacher = Teacher(ECT_TRN, "Asha Marlowe", PersonName("Asha Lee"))

    assert (teacher.name, teacher.trs_name) == ("Asha Lee", "Asha Marlowe")
    assert a_teacher().name == "Asha Marlowe"


@pytest.mark.parametrize(
    ("programme", "delivery_partner", "state"),
    [
        pytest.param(
            Programme.SCHOOL_LED, None, TrainingState.SCHOOL_LED, id="school-led: no provider"
        ),
        pytest.param(
            Programme.PROVIDER_LED,
            None,
            TrainingState.EXPRESSION_OF_INTEREST,
            id="no partnership yet",
        ),
        pytest.param(
            Programme.PROVIDER_LED, "Lantern", TrainingState.CONFIRMED, id="with a partnership"
        ),
    ],
)
def test_training_is_as_sure_as_its_partnership(
    programme: Programme, delivery_partner: str | None, state: TrainingState
) -> None:
    """Confirmed with a delivery partner, else an expression of interest."""
    training = a_training(programme=programme, delivery_partner=delivery_partner)

    assert training.state is state


def test_journeys_expire_by_their_last_use() -> None:
    """24 hours after it, and not a moment before."""
    journey = a_journey(used_at=NOW)
    a_day_on = NOW + timedelta(hours=24)

    assert not journey.is_over(a_day_on - timedelta(microseconds=1))
    assert journey.is_over(a_day_on)


def test_a_rule_is_found_by_its_id() -> None:
    """And nothing else is."""
    assert [rule_named(rule.id) for rule in CATALOGUE] == list(CATALOGUE)
    assert rule_named("no-such-rule") is None


@pytest.mark.parametrize(
    ("region", "code"),
    [("North East", "E12000001"), ("London", "E12000007"), ("Wales", None), (None, None)],
)
def test_a_region_of_england_has_a_code_in_statistics(
    region: str | None, code: str | None
) -> None:
    """Get information about schools names the region and leaves its statistical code out."""
    assert a_school(region=region).region_code == code
