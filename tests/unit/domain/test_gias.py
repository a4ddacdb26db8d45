"""What Get Information About Schools publishes, in our words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_school
from ect_registration.domain.gias.establishments import (
    is_in_england,
    is_left_out,
    status_named,
    type_named,
)
from ect_registration.domain.gias.links import Link, Successions
from ect_registration.domain.school import SchoolStatus, SchoolType
from ect_registration.domain.values import Urn

OPEN, CLOSED, TO_OPEN = SchoolStatus.OPEN, SchoolStatus.CLOSED, SchoolStatus.PROPOSED_TO_OPEN
A, B, C, D = (Urn(f"10000{n}") for n in range(1, 5))


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("Open", OPEN),
        ("OPEN", OPEN),
        ("Open, but proposed to close", SchoolStatus.PROPOSED_TO_CLOSE),
        ("Closed", CLOSED),
        ("Proposed to open", TO_OPEN),
        ("Quarantine", None),
        ("", None),
    ],
)
def test_a_status_is_one_of_four(name, status):
    """Any other is not guessed at."""
    assert status_named(name) is status


@pytest.mark.parametrize(
    ("name", "type", "in_england"),
    [
        ("Community school", SchoolType.STATE_FUNDED, True),
        ("Academy 16-19 converter", SchoolType.STATE_FUNDED, True),
        ("Academy 16 to 19 converter", SchoolType.STATE_FUNDED, True),
        ("Free school special", SchoolType.STATE_FUNDED, True),
        ("Children’s centre", SchoolType.STATE_FUNDED, True),
        ("Other independent school", SchoolType.INDEPENDENT, True),
        ("Other independent special school", SchoolType.INDEPENDENT, True),
        ("Online provider", SchoolType.NOT_ELIGIBLE, True),
        ("Higher education institutions", SchoolType.NOT_ELIGIBLE, True),
        ("Offshore schools", SchoolType.NOT_ELIGIBLE, False),
        ("Service children's education", SchoolType.NOT_ELIGIBLE, False),
        ("Welsh establishment", SchoolType.NOT_ELIGIBLE, False),
        ("British schools overseas", SchoolType.NOT_ELIGIBLE, False),
        ("Something that nobody knows yet", None, True),
        ("", None, True),
    ],
)
def test_a_type_says_who_pays_and_where(name, type, in_england):
    """Plurals, hyphens and kinds of apostrophe are no other type."""
    assert (type_named(name), is_in_england(name)) == (type, in_england)


@pytest.mark.parametrize(
    ("status", "closed_on", "left_out"),
    [
        (CLOSED, date(2019, 12, 31), True),
        (CLOSED, date(2020, 1, 1), False),
        (CLOSED, None, False),
        (OPEN, date(2019, 12, 31), False),
    ],
)
def test_a_school_that_closed_long_ago_is_left_out(status, closed_on, left_out):
    """Before 2020: nobody registered there with us."""
    assert is_left_out(a_school(status=status, closed_on=closed_on)) is left_out


def _successors(of, statuses, *links):
    schools = {urn: a_school(urn=urn, status=status) for urn, status in statuses.items()}
    successions = Successions.of(Link(*link) for link in links)
    return set(successions.successors(of, schools))


@pytest.mark.parametrize(
    "links",
    [
        pytest.param([(A, B, "Successor")], id="successor"),
        pytest.param([(B, A, "Predecessor")], id="predecessor"),
        pytest.param([(A, B, "Successor"), (B, A, "Predecessor")], id="both sides"),
        pytest.param([(A, B, "Successor"), (A, B, "Successor")], id="doubled"),
        pytest.param([(A, B, " successor - merged")], id="of a kind"),
        pytest.param([(A, B, "Successor"), (A, A, "Successor")], id="itself"),
        pytest.param([(A, B, "Successor"), (A, D, "Successor")], id="one that is not in the file"),
        pytest.param([(A, C, "Successor"), (C, B, "Successor")], id="by way of a closed one"),
    ],
)
def test_a_school_has_the_successor_that_links_say(links):
    """However they say it."""
    assert _successors(A, {A: CLOSED, B: OPEN, C: CLOSED}, *links) == {B}


@pytest.mark.parametrize("type", ["Other", "Sixth Form Centre Link", "Result of Amalgamation", ""])
def test_other_links_say_nothing_of_succession(type):
    """Such as those of centres."""
    assert _successors(A, {A: CLOSED, B: OPEN}, (A, B, type)) == set()


def test_a_circle_counts_as_no_successor():
    """Of closed schools, with or without the one that is asked about."""
    closed = {A: CLOSED, B: CLOSED, C: CLOSED}
    links = [(A, B, "Successor"), (B, C, "Successor"), (C, B, "Successor"), (C, A, "Successor")]

    assert _successors(A, closed, *links) == set()


def test_a_split_has_several_successors():
    """One that is proposed to open counts too."""
    statuses = {A: CLOSED, B: OPEN, C: TO_OPEN}

    assert _successors(A, statuses, (A, B, "Successor"), (A, C, "Successor - Split")) == {B, C}


@given(
    st.lists(st.tuples(st.sampled_from([A, B, C, D]), st.sampled_from([A, B, C, D]))),
    st.dictionaries(st.sampled_from([A, B, C, D]), st.sampled_from(SchoolStatus)),
)
def test_successors_are_known_and_have_not_closed(pairs, statuses):
    """Whatever the links are; the search always ends."""
    links = [(one, other, "Successor") for one, other in pairs]
    found = _successors(A, statuses, *links)

    assert A not in found
    assert all(statuses[urn] is not CLOSED for urn in found)
