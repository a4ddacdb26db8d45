from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given

from builders import a_school
from ect_registration.domain.decisions import Allowed, Blocked, Kind
from ect_registration.domain.rules.access import (
    OWN_SCHOOL_ONLY,
    REGISTRATION_CLOSED,
    SCHOOL_CANNOT_REGISTER,
    SCHOOL_SIGN_IN,
    UNKNOWN_SCHOOL,
    check_registration_closed,
    check_school_cannot_register,
    check_school_sign_in,
    unknown_school,
)
from ect_registration.domain.school import ClosedDays, School, SchoolStatus, SchoolType
from ect_registration.domain.sessions import Organisation
from strategies import schools

SCHOOL = a_school()
OURS, COUNCIL = Organisation("1", "Larkfield School", "100001"), Organisation("2", "A council")
INDEPENDENT = SchoolType.INDEPENDENT


@pytest.mark.parametrize(
    ("school", "evidence"),
    [
        pytest.param({}, "state_funded", id="state funded and open"),
        pytest.param(
            {"status": SchoolStatus.PROPOSED_TO_CLOSE},
            "state_funded",
            id="proposed to close counts as open",
        ),
        pytest.param(
            {"type": INDEPENDENT, "section_41": True},
            "independent",
            id="independent with section 41 funding",
        ),
        pytest.param({"section_41": True}, "state_funded", id="section 41 matters to no other"),
    ],
)
def test_school_cannot_register_lets_eligible_schools_on(
    school: dict[str, Any], evidence: str
) -> None:
    """Open, in England, and state funded or independent with section 41 funding."""
    assert check_school_cannot_register(a_school(**school)) == Allowed(
        SCHOOL_CANNOT_REGISTER, {"type": evidence}
    )


@pytest.mark.parametrize(
    ("school", "reason"),
    [
        pytest.param({"status": SchoolStatus.CLOSED}, "it is closed", id="closed"),
        pytest.param({"in_england": False}, "it is not in England", id="in Wales"),
        pytest.param(
            {"type": SchoolType.NOT_ELIGIBLE, "section_41": True},
            "it is not a type of school that can register ECTs",
            id="a type that is not eligible, whatever its funding",
        ),
        pytest.param(
            {"type": INDEPENDENT},
            "it is an independent school without section 41 funding",
            id="independent without section 41 funding",
        ),
        pytest.param(
            {"type": INDEPENDENT, "in_england": False, "status": SchoolStatus.CLOSED},
            "it is closed",
            id="all three: the first reason is told",
        ),
        pytest.param(
            {"type": INDEPENDENT, "in_england": False},
            "it is not in England",
            id="two of them: likewise",
        ),
        pytest.param(
            {"type": INDEPENDENT, "section_41": True, "in_england": False},
            "it is not in England",
            id="section 41 funding does not help outside England",
        ),
    ],
)
def test_school_cannot_register_says_why(school: dict[str, Any], reason: str) -> None:
    """A school that may not register is told the reason."""
    assert check_school_cannot_register(a_school(**school)) == Blocked(
        SCHOOL_CANNOT_REGISTER,
        {"reason": reason},
        Kind.REFUSED,
        None,
        f"Your school cannot register early career teachers (ECTs): {reason}",
    )


@pytest.mark.parametrize(
    ("opened_on", "evidence"),
    [
        pytest.param(None, None, id="nobody knows when"),
        pytest.param(date(2026, 9, 1), "2026-09-01", id="on a day that is known"),
    ],
)
def test_school_cannot_register_before_it_has_opened(
    opened_on: date | None, evidence: str | None
) -> None:
    """It may come back, so it is not told what a closed one is."""
    to_open = a_school(status=SchoolStatus.PROPOSED_TO_OPEN, opened_on=opened_on)

    assert check_school_cannot_register(to_open) == Blocked(
        SCHOOL_CANNOT_REGISTER,
        {"reason": "it has not opened yet", "opens_on": evidence},
        Kind.REFUSED,
        None,
        "Your school cannot register early career teachers (ECTs) yet: it has not opened yet. "
        "Come back when Get information about schools shows it as open",
    )


@given(schools)
def test_school_cannot_register_depends_on_no_name_or_number(school: School) -> None:
    """Two schools of one kind are treated alike."""
    alike = a_school(
        type=school.type,
        section_41=school.section_41,
        status=school.status,
        in_england=school.in_england,
        opened_on=school.opened_on,
    )

    assert check_school_cannot_register(school) == check_school_cannot_register(alike)


@pytest.mark.parametrize(
    ("organisations", "known", "replaced", "why", "because"),
    [
        ((), (), False, "no-organisation", "you do not belong to an organisation"),
        ((COUNCIL,), (), False, "not-a-school", "your organisation is not a school that we know"),
        ((OURS,), (SCHOOL,), False, "no-role", "you do not have the role for your school"),
        (
            (OURS,),
            (SCHOOL,),
            True,
            "school-replaced",
            "another school has taken the place of yours",
        ),
    ],
)
def test_school_sign_in_refuses_whoever_has_no_role_at_a_school(
    organisations: tuple[Organisation, ...],
    known: tuple[School, ...],
    replaced: bool,
    why: str,
    because: str,
) -> None:
    """The first thing that is missing is told."""
    decision = check_school_sign_in(organisations, known, (), replaced=replaced)

    assert decision == SCHOOL_SIGN_IN.refuses(why=why, because=because)
    assert decision.message == f"You cannot use this service yet: {because}"


def test_school_sign_in_speaks_of_another_school_only_where_there_is_one() -> None:
    """Unless it is known, whoever has no role lacks the role."""
    assert check_school_sign_in((OURS,), (SCHOOL,), ()) == check_school_sign_in(
        (OURS,), (SCHOOL,), (), replaced=False
    )


def test_own_school_only_asks_for_a_school_that_is_known() -> None:
    """A URN of no school is an answer to be corrected, as it may have a slip in it."""
    assert unknown_school() == OWN_SCHOOL_ONLY.finds_invalid("school", UNKNOWN_SCHOOL)


def test_school_sign_in_lets_in_whoever_has_the_role() -> None:
    """At one school or more."""
    assert check_school_sign_in((OURS, COUNCIL), (SCHOOL,), (SCHOOL,)) == Allowed(
        SCHOOL_SIGN_IN, {"schools": 1}
    )


AUGUST = ClosedDays(date(2026, 8, 17), date(2026, 8, 31), "We are moving house")


@pytest.mark.parametrize(
    ("closed", "today", "opens_on"),
    [
        pytest.param([], date(2026, 8, 20), None, id="nothing closed"),
        pytest.param([AUGUST], date(2026, 8, 16), None, id="the day before"),
        pytest.param([AUGUST], date(2026, 8, 17), "2026-09-01", id="the first closed day"),
        pytest.param([AUGUST], date(2026, 8, 31), "2026-09-01", id="the last closed day"),
        pytest.param([AUGUST], date(2026, 9, 1), None, id="the day it opens again"),
        pytest.param(
            [attrs.evolve(AUGUST, active=False)],
            date(2026, 8, 20),
            None,
            id="taken back",
        ),
        pytest.param(
            [ClosedDays(date(2026, 9, 1), date(2026, 9, 2)), AUGUST],
            date(2026, 8, 20),
            "2026-09-03",
            id="closed again on the day after",
        ),
        pytest.param(
            [AUGUST, ClosedDays(date(2026, 8, 1), date(2026, 8, 20))],
            date(2026, 8, 3),
            "2026-09-01",
            id="overlapping days",
        ),
        pytest.param(
            [AUGUST, ClosedDays(date(2026, 9, 2), date(2026, 9, 2))],
            date(2026, 8, 31),
            "2026-09-01",
            id="one day open in between",
        ),
    ],
)
def test_registration_closed(closed: list[ClosedDays], today: date, opens_on: str | None) -> None:
    """From a day to a day, both inclusive; the day is named on which it opens again."""
    decision = check_registration_closed(closed, today)

    assert decision.because.get("opens_on") == opens_on
    assert isinstance(decision, Blocked) == (opens_on is not None)


def test_registration_closed_says_what_operators_say() -> None:
    """The message of the days, where they have one."""
    decision = check_registration_closed([AUGUST], date(2026, 8, 20))

    assert decision == REGISTRATION_CLOSED.refuses(
        opens_on="2026-09-01", message="We are moving house"
    )
    assert decision.message.endswith("Registering opens again on 2026-09-01")
