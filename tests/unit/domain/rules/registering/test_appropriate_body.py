from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_school, an_appropriate_body
from ect_registration.domain.decisions import Allowed, Blocked, Kind, Rule
from ect_registration.domain.rules.registering.programme import (
    APPROPRIATE_BODY_INDEPENDENT,
    APPROPRIATE_BODY_STATE_FUNDED,
    appropriate_body_rule,
    bodies_on_offer,
    check_appropriate_body,
)
from ect_registration.domain.school import AppropriateBody, BodyKind, School, SchoolType
from strategies import appropriate_bodies, days, schools

TODAY = date(2025, 9, 10)
DAY = timedelta(1)
LAST = date(2025, 12, 31)

STATE_FUNDED = a_school()
SECTION_41 = a_school(type=SchoolType.INDEPENDENT, section_41=True)
INDEPENDENT = a_school(type=SchoolType.INDEPENDENT)

HUB = an_appropriate_body(name="Hub", active_until=LAST)
ISTIP = an_appropriate_body(name="ISTIP", kind=BodyKind.NATIONAL)
COUNCIL = an_appropriate_body(name="Council", kind=BodyKind.LOCAL_AUTHORITY)
BODIES = (ISTIP, HUB, COUNCIL)


@pytest.mark.parametrize(
    ("school", "rule", "offered"),
    [
        pytest.param(
            STATE_FUNDED,
            APPROPRIATE_BODY_STATE_FUNDED,
            ("Hub",),
            id="appropriate-body-state-funded",
        ),
        pytest.param(
            SECTION_41,
            APPROPRIATE_BODY_INDEPENDENT,
            ("Hub", "ISTIP"),
            id="appropriate-body-independent with section 41 funding",
        ),
        pytest.param(
            INDEPENDENT,
            APPROPRIATE_BODY_INDEPENDENT,
            ("Hub",),
            id="appropriate-body-independent without it",
        ),
        pytest.param(
            a_school(section_41=True),
            APPROPRIATE_BODY_STATE_FUNDED,
            ("Hub",),
            id="appropriate-body-state-funded whatever its funding",
        ),
    ],
)
def test_the_appropriate_bodies_on_offer_depend_on_the_school(
    school: School, rule: Rule, offered: tuple[str, ...]
) -> None:
    """Hubs for everybody, national bodies with section 41 funding, local authorities never."""
    assert appropriate_body_rule(school) == rule
    assert bodies_on_offer(school, BODIES, TODAY, TODAY) == offered


@pytest.mark.parametrize(
    ("registered_on", "start_date", "offered"),
    [
        pytest.param(TODAY, LAST, ("Hub",), id="starting on the hub's last active day"),
        pytest.param(TODAY, LAST + DAY, (), id="starting the day after it"),
        pytest.param(LAST, TODAY, ("Hub",), id="registered on the hub's last active day"),
        pytest.param(LAST + DAY, TODAY, (), id="registered the day after it"),
        pytest.param(date(2020, 9, 1), TODAY, ("Hub",), id="registered long before"),
        pytest.param(
            date(2020, 9, 1), date(2020, 9, 1), ("Hub",), id="on the hub's first active day"
        ),
        pytest.param(date(2020, 8, 31), date(2020, 8, 31), (), id="the day before it"),
    ],
)
def test_the_appropriate_bodies_on_offer_depend_on_the_later_day(
    registered_on: date, start_date: date, offered: tuple[str, ...]
) -> None:
    """A body is active on the later of registration day and start date, or not on offer."""
    assert bodies_on_offer(STATE_FUNDED, BODIES, registered_on, start_date) == offered


@given(schools, st.lists(appropriate_bodies(), max_size=5), days, days)
def test_no_school_is_ever_offered_a_local_authority(
    school: School, bodies: list[AppropriateBody], registered_on: date, start_date: date
) -> None:
    """The offer is sorted, and holds active hubs and national bodies only."""
    offered = bodies_on_offer(school, bodies, registered_on, start_date)
    active = [b for b in bodies if b.is_active(max(registered_on, start_date))]

    assert list(offered) == sorted(offered)
    assert set(offered) <= {b.name for b in active if b.kind is not BodyKind.LOCAL_AUTHORITY}


@pytest.mark.parametrize("rule", [APPROPRIATE_BODY_STATE_FUNDED, APPROPRIATE_BODY_INDEPENDENT])
def test_an_appropriate_body_is_taken_refused_or_a_slip(rule: Rule) -> None:
    """One we know and do not offer is refused; a name we never heard of is not valid."""
    tells = "Select an appropriate body from the list"
    offered, known = ["Hub"], {"Hub", "Council"}

    assert check_appropriate_body(rule, "Hub", offered, known) == Allowed(rule, {"offered": 1})
    assert check_appropriate_body(rule, "Council", offered, known) == Blocked(
        rule, {"offered": 1}, Kind.REFUSED, "appropriate_body", tells
    )
    for slip in ("Hubb", "hub", "", "<b>Hub</b>"):
        assert check_appropriate_body(rule, slip, offered, known) == Blocked(
            rule, {"offered": 1}, Kind.INVALID, "appropriate_body", tells
        )
