from __future__ import annotations

from datetime import date

import attrs
import pytest

from builders import a_mentor, a_mentorship, a_training, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.training import Training

FIRST, TODAY = date(2025, 9, 1), date(2025, 10, 1)
EASTER, SUMMER = date(2026, 3, 31), date(2026, 7, 31)
JOAN, IDRIS = a_mentor(), a_mentor()


def test_the_training_of_an_ect_is_the_latest() -> None:
    """However the trainings are ordered; one that was withdrawn does not count."""
    earlier = a_training(period=Period(FIRST, EASTER))
    later = a_training(period=Period(date(2026, 4, 1)))
    withdrawn = a_training(period=Period(SUMMER), withdrawn=True)

    assert an_ect(trainings=(later, withdrawn, earlier)).training == later
    assert an_ect(trainings=(withdrawn, earlier)).training == earlier


@pytest.mark.parametrize(
    "trainings",
    [
        pytest.param((), id="none was set up"),
        pytest.param((a_training(withdrawn=True),), id="the only one was withdrawn"),
    ],
)
def test_an_ect_may_have_no_training(trainings: tuple[Training, ...]) -> None:
    """Then there is none to show."""
    assert an_ect(trainings=trainings).training is None


def test_open_mentorships_are_current_and_coming_ones() -> None:
    """In the order in which they begin, without those that are over or withdrawn."""
    over = a_mentorship(JOAN, period=Period(FIRST, date(2025, 9, 30)))
    current = a_mentorship(JOAN, period=Period(FIRST, TODAY))
    coming = a_mentorship(IDRIS, period=Period(EASTER))
    withdrawn = a_mentorship(IDRIS, withdrawn=True)
    ect = an_ect(mentorships=(coming, withdrawn, over, current))

    assert ect.open_mentorships(TODAY) == (current, coming)


def test_an_ect_leaves_with_training_and_mentorship() -> None:
    """All three end on the last day."""
    training, mentorship = a_training(), a_mentorship(JOAN)
    ect = an_ect(trainings=(training,), mentorships=(mentorship,))
    to_easter = Period(FIRST, EASTER)

    assert ect.ending(to_easter) == attrs.evolve(
        ect,
        period=to_easter,
        trainings=(attrs.evolve(training, period=to_easter),),
        mentorships=(attrs.evolve(mentorship, period=to_easter),),
    )


@pytest.mark.parametrize(
    ("last_day", "mentor_leaves", "mentorship_ends"),
    [
        pytest.param(SUMMER, None, SUMMER, id="corrected to later"),
        pytest.param(FIRST, None, FIRST, id="corrected to earlier"),
        pytest.param(None, None, None, id="withdrawn"),
        pytest.param(SUMMER, EASTER, EASTER, id="corrected, but the mentor leaves before"),
        pytest.param(None, SUMMER, SUMMER, id="withdrawn, but the mentor leaves"),
    ],
)
def test_leaving_of_an_ect_can_be_corrected(
    last_day: date | None, mentor_leaves: date | None, mentorship_ends: date | None
) -> None:
    """Training and mentorship move along, a mentorship as far as its mentor stays."""
    to_easter = Period(FIRST, EASTER)
    training = a_training(period=to_easter)
    mentorship = a_mentorship(JOAN, period=to_easter)
    ect = an_ect(period=to_easter, trainings=(training,), mentorships=(mentorship,))

    assert ect.leaving(last_day, {JOAN.id: mentor_leaves}) == attrs.evolve(
        ect,
        period=Period(FIRST, last_day),
        trainings=(attrs.evolve(training, period=Period(FIRST, last_day)),),
        mentorships=(attrs.evolve(mentorship, period=Period(FIRST, mentorship_ends)),),
    )


def test_leaving_of_an_ect_takes_a_mentor_nobody_asked_about_as_staying() -> None:
    """Only mentors who leave set a limit."""
    to_easter = Period(FIRST, EASTER)
    mentorship = a_mentorship(JOAN, period=to_easter)
    ect = an_ect(period=to_easter, mentorships=(mentorship,))

    assert ect.leaving(None, {IDRIS.id: EASTER}).mentorships == (
        attrs.evolve(mentorship, period=Period(FIRST)),
    )


@pytest.mark.parametrize(
    ("ect_leaves", "before", "after", "mentorship_ends"),
    [
        pytest.param(None, None, EASTER, EASTER, id="reported"),
        pytest.param(None, EASTER, None, None, id="withdrawn"),
        pytest.param(SUMMER, EASTER, None, SUMMER, id="withdrawn, but the ECT leaves"),
    ],
)
def test_leaving_of_a_mentor_moves_their_mentorships_only(
    ect_leaves: date | None,
    before: date | None,
    after: date | None,
    mentorship_ends: date | None,
) -> None:
    """Those of other mentors stay, even when they end on the same day."""
    hers = a_mentorship(JOAN, period=Period(FIRST, before))
    his = a_mentorship(IDRIS, period=Period(FIRST, before))
    ect = an_ect(period=Period(FIRST, ect_leaves), mentorships=(hers, his))

    moved = ect.mentor_leaving(JOAN.id, Period(FIRST, before), Period(FIRST, after))

    assert moved == attrs.evolve(
        ect, mentorships=(attrs.evolve(hers, period=Period(FIRST, mentorship_ends)), his)
    )


def test_leaving_of_a_mentor_ends_their_training_too() -> None:
    """What ended with the period moves along; an earlier end of its own stays."""
    training, over = a_training(), a_training(period=Period(FIRST, TODAY))
    mentor = a_mentor(trainings=(training, over))

    assert mentor.leaving(EASTER) == attrs.evolve(
        mentor,
        period=Period(FIRST, EASTER),
        trainings=(attrs.evolve(training, period=Period(FIRST, EASTER)), over),
    )
    assert mentor.leaving(EASTER).leaving(None) == mentor


def test_a_mentor_who_stays_after_all_stops_where_the_next_one_begins() -> None:
    """Withdrawing a last day never makes two mentorships of an ECT overlap."""
    leaver = a_mentorship(JOAN, period=Period(FIRST, EASTER))
    withdrawn = a_mentorship(IDRIS, period=Period(TODAY), withdrawn=True)
    successor = a_mentorship(IDRIS, period=Period(date(2026, 4, 20)))
    ect = an_ect(mentorships=(leaver, withdrawn, successor))

    moved = ect.mentor_leaving(JOAN.id, Period(FIRST, EASTER), Period(FIRST))

    assert [m.period for m in moved.mentorships] == [
        Period(FIRST, date(2026, 4, 19)),
        Period(TODAY),
        Period(date(2026, 4, 20)),
    ]


@pytest.mark.parametrize(
    ("elsewhere", "until"),
    [
        pytest.param([], None, id="none elsewhere"),
        pytest.param([Period(SUMMER)], date(2026, 7, 30), id="one that begins later"),
        pytest.param([Period(SUMMER), Period(date(2026, 5, 1))], date(2026, 4, 30), id="two"),
        pytest.param([Period(date(2024, 9, 1), FIRST)], None, id="one that was over before"),
        pytest.param([Period(FIRST, FIRST)], None, id="one that began on the same day"),
    ],
)
def test_training_of_a_mentor_who_stays_after_all_stops_where_the_next_one_begins(
    elsewhere: list[Period], until: date | None
) -> None:
    """At another school; one that was withdrawn there is not in the way."""
    training = a_training(period=Period(FIRST, EASTER))
    mentor = a_mentor(period=Period(FIRST, EASTER), trainings=(training,))
    others = [a_training(period=period) for period in elsewhere]
    withdrawn = a_training(period=Period(date(2026, 4, 1)), withdrawn=True)

    assert mentor.leaving(None, [withdrawn, *others]) == attrs.evolve(
        mentor,
        period=Period(FIRST),
        trainings=(attrs.evolve(training, period=Period(FIRST, until)),),
    )
