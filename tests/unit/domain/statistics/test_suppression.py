"""No count under five can be worked out from what is published."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import THIS_YEAR
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.training import Programme
from ect_registration.domain.statistics.counting import Area, CountedEct, Geography, counts_of
from ect_registration.domain.statistics.publication import SUPPRESSED, published
from ect_registration.domain.statistics.suppression import suppressed_in
from unit.domain.statistics.adversary import ECTS, MENTORS, WITH, WITHOUT, Reader, place_of

AREAS = [
    Area(f"Region {region}", f"E1200000{region}", f"Town {region}{town}", f"{region}{town}", None)
    for region in (1, 2, 3)
    for town in (1, 2, 3)
]
FULL_TIME, PART_TIME = WorkingPattern.FULL_TIME, WorkingPattern.PART_TIME
PROVIDER_LED, SCHOOL_LED = Programme.PROVIDER_LED, Programme.SCHOOL_LED


def ects(number: int, area: Area, programme, pattern, mentored: int = 0) -> list[CountedEct]:
    """So many ECTs, of whom so many have a mentor of their own."""
    return [
        CountedEct(
            area,
            programme,
            pattern,
            frozenset([f"{area}{programme}{pattern}{each}"] if each < mentored else []),
        )
        for each in range(number)
    ]


GROUPS = st.tuples(
    st.integers(1, 12),
    st.sampled_from(AREAS),
    st.sampled_from([PROVIDER_LED, PROVIDER_LED, SCHOOL_LED, None]),
    st.sampled_from([FULL_TIME, FULL_TIME, PART_TIME, None]),
    st.integers(0, 12),
)


def true_counts(people: Sequence[CountedEct]):
    """What the rows would say if nothing were suppressed, by the names of the reader."""
    geography = Geography.of(dict.fromkeys(AREAS, 1))
    counts = counts_of(people, geography)
    rows = published(THIS_YEAR, people, dict.fromkeys(AREAS, 1))
    order = [
        (place, one, other)
        for place in geography.places.all()
        for one in range(4)
        for other in range(4)
    ]
    found = {}
    for row, spot in zip(rows, order, strict=True):
        name = place_of(row), row["programme"], row["working_pattern"]
        found[ECTS, *name] = counts.ects[spot]
        found[WITH, *name] = counts.with_mentor[spot]
        found[WITHOUT, *name] = counts.ects[spot] - counts.with_mentor[spot]
        found[MENTORS, *name] = counts.mentors[spot]
    return rows, found


def check(people: Sequence[CountedEct]) -> None:
    """Let both readers try, and compare what is shown with the truth."""
    rows, true = true_counts(people)
    reader = Reader.of(rows)
    small = {name for name, count in true.items() if 0 < count < 5}
    shown = {name: count for name, count in reader.counts.items() if count is not None}

    assert small & set(shown) == set()
    assert {name: true[name] for name in shown} == shown
    assert {name for name, count in true.items() if count == 0} - {
        name for name in true if name[0] == WITHOUT
    } <= set(shown)
    assert reader.worked_out_by_subtraction() & small == set()
    assert reader.worked_out_by_bounds() & small == set()


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(groups=st.lists(GROUPS, max_size=12))
def test_statistics_cannot_be_undone_by_subtraction(groups):
    """Whatever the counts: every small one has another value that would look the same."""
    check([ect for group in groups for ect in ects(*group)])


def test_the_readers_see_through_suppression_of_small_counts_alone():
    """Otherwise they would find nothing wherever they look."""
    rows, true = true_counts(ects(3, AREAS[0], SCHOOL_LED, PART_TIME, 3) + EVERYWHERE[80:])
    careless = [
        {
            **row,
            **{
                what: SUPPRESSED if 0 < count < 5 else count
                for what in (ECTS, WITH, MENTORS)
                for count in [true[what, place_of(row), row["programme"], row["working_pattern"]]]
            },
        }
        for row in rows
    ]
    reader = Reader.of(careless)
    small = {name for name, count in true.items() if 0 < count < 5}

    assert reader.worked_out_by_subtraction() & small
    assert reader.worked_out_by_bounds() & small


@pytest.mark.parametrize("seed", range(3))
def test_a_country_with_many_counts_gives_nothing_away(seed):
    """Hundreds of ECTs, most of them alike, as in a real year."""
    chance = random.Random(seed)
    people = []
    for area in AREAS:
        for programme, pattern, most in (
            (PROVIDER_LED, FULL_TIME, 90),
            (PROVIDER_LED, PART_TIME, 12),
            (SCHOOL_LED, FULL_TIME, 10),
            (SCHOOL_LED, PART_TIME, 3),
            (None, None, 2),
        ):
            number = chance.randint(0, most)
            people += ects(number, area, programme, pattern, chance.randint(0, number))
    check(people)


@pytest.mark.parametrize(
    "people",
    [
        pytest.param(ects(1, AREAS[0], PROVIDER_LED, FULL_TIME), id="one person in all"),
        pytest.param(ects(4, AREAS[0], None, None, 4), id="everybody has a mentor"),
        pytest.param(
            [ect for area in AREAS for ect in ects(1, area, SCHOOL_LED, PART_TIME, 1)],
            id="one everywhere",
        ),
        pytest.param(
            [
                *(ect for area in AREAS for ect in ects(30, area, PROVIDER_LED, FULL_TIME, 29)),
                *ects(1, AREAS[4], None, PART_TIME),
            ],
            id="one without a mentor everywhere, and one of a kind",
        ),
    ],
)
def test_hard_cases_give_nothing_away(people):
    """Where hardly anything could be exchanged, more is suppressed."""
    check(people)


def hidden(people):
    """How many counts of ECTs, of those with a mentor and of mentors are suppressed."""
    rows = published(THIS_YEAR, people, dict.fromkeys(AREAS, 1))
    columns = ("ect_count", "ects_with_mentor_count", "mentor_count")
    return tuple(sum(row[column] == SUPPRESSED for row in rows) for column in columns)


EVERYWHERE = [
    ect
    for area in AREAS
    for programme in (PROVIDER_LED, SCHOOL_LED)
    for pattern in (FULL_TIME, PART_TIME)
    for ect in ects(20, area, programme, pattern, 10)
]


def test_large_counts_and_zeros_are_published():
    """Where no count is small, nothing is suppressed."""
    assert hidden(EVERYWHERE) == (0, 0, 0)


def test_a_small_count_hides_few_others():
    """Three others make up for one: here and next door, in two programmes or patterns."""
    people = [
        ect
        for ect in EVERYWHERE
        if (ect.area, ect.programme, ect.working_pattern) != (AREAS[0], SCHOOL_LED, PART_TIME)
    ]
    few = ects(3, AREAS[0], SCHOOL_LED, PART_TIME)

    assert hidden([*people, *few])[0] == 8


def test_too_few_without_a_mentor_hide_who_has_one():
    """The difference of two counts is a count too."""
    people = [
        ect
        for ect in EVERYWHERE
        if (ect.area, ect.programme, ect.working_pattern) != (AREAS[0], SCHOOL_LED, PART_TIME)
    ]
    nearly_all = ects(20, AREAS[0], SCHOOL_LED, PART_TIME, 18)
    counts = hidden([*people, *nearly_all])

    assert counts[0] + counts[1] == 8


def test_suppression_does_not_depend_on_chance():
    """The same counts are published each time."""
    geography = Geography.of(dict.fromkeys(AREAS, 1))
    people = ects(3, AREAS[0], SCHOOL_LED, PART_TIME) + EVERYWHERE
    counts = counts_of(people, geography)

    assert suppressed_in(counts, geography.places) == suppressed_in(counts, geography.places)
