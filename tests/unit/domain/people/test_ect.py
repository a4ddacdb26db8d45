from __future__ import annotations

from datetime import date
from uuid import UUID

import attrs
import pytest

from builders import a_mentor, a_mentorship, a_teacher, a_training, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.bringing_back import Standing, TakenBack
from ect_registration.domain.people.endings import Cause, End, Extent, extent_of_whole
from ect_registration.domain.people.mentor import trainings_standing
from ect_registration.domain.people.training import Training
from ect_registration.domain.values import Trn
from endings import causes, left_on, without_causes

FIRST, TODAY = date(2025, 9, 1), date(2025, 10, 1)
EASTER, SUMMER = date(2026, 3, 31), date(2026, 7, 31)
JOAN, IDRIS = a_mentor(), a_mentor()
OTHER_TRN = Trn("3000002")


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
    left = ect.leaving(EASTER, TODAY, (), {})

    assert without_causes(left) == attrs.evolve(
        ect,
        period=to_easter,
        trainings=(attrs.evolve(training, period=to_easter),),
        mentorships=(attrs.evolve(mentorship, period=to_easter),),
    )
    assert {tuple(causes(row)) for row in (left, *left.trainings, *left.mentorships)} == {
        ((Cause.LEAVING, EASTER),)
    }


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
    training, mentorship = a_training(), a_mentorship(JOAN)
    ect = an_ect(trainings=(training,), mentorships=(mentorship,))
    mentors = {JOAN.id: extent_of_whole(a_mentor(period=Period(FIRST, mentor_leaves)))}

    moved = left_on(ect, EASTER).leaving(last_day, TODAY, (), mentors)

    assert without_causes(moved) == attrs.evolve(
        ect,
        period=Period(FIRST, last_day),
        trainings=(attrs.evolve(training, period=Period(FIRST, last_day)),),
        mentorships=(attrs.evolve(mentorship, period=Period(FIRST, mentorship_ends)),),
    )


def test_leaving_of_an_ect_takes_a_mentor_nobody_asked_about_as_staying() -> None:
    """Only mentors who leave set a limit."""
    ect = an_ect(mentorships=(a_mentorship(JOAN),))
    mentors = {IDRIS.id: extent_of_whole(a_mentor(period=Period(FIRST, EASTER)))}

    assert left_on(ect, EASTER).leaving(None, TODAY, (), mentors) == ect


def test_an_ect_who_stays_after_all_stays_until_they_begin_elsewhere() -> None:
    """Cut to the day before the next period, and for that reason."""
    ect, next_one = an_ect(trainings=(a_training(),)), an_ect(period=Period(SUMMER))

    stays = left_on(ect, EASTER).leaving(None, TODAY, [next_one.standing], {})

    assert [row.period.finished_on for row in (stays, *stays.trainings)] == [date(2026, 7, 30)] * 2
    assert stays.ends[0].is_of(Cause.TRANSFER, next_one.id)


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
    joan = attrs.evolve(JOAN, period=Period(FIRST, before))
    hers = a_mentorship(JOAN, period=Period(TODAY, before))
    his = a_mentorship(IDRIS, period=Period(FIRST, date(2025, 9, 30)))
    also = a_mentorship(IDRIS, period=Period(EASTER, EASTER), withdrawn=True)
    ect = an_ect(period=Period(FIRST, ect_leaves), mentorships=(his, hers, also))

    moved = ect.mentor_leaving(joan, after, TODAY, {JOAN.id: extent_of_whole(JOAN)})

    assert without_causes(moved).mentorships == (
        his,
        attrs.evolve(hers, period=Period(TODAY, mentorship_ends)),
        also,
    )


def test_leaving_of_a_mentor_ends_their_training_too() -> None:
    """What ended with the period moves along; an earlier end of its own stays."""
    training = a_training(period=Period(TODAY))
    over = a_training(period=Period(FIRST, date(2025, 9, 30)))
    mentor = a_mentor(trainings=(training, over))
    left = mentor.leaving(EASTER, TODAY)

    assert without_causes(left) == attrs.evolve(
        mentor,
        period=Period(FIRST, EASTER),
        trainings=(attrs.evolve(training, period=Period(TODAY, EASTER)), over),
    )
    assert left.leaving(None, TODAY) == mentor
    transferred = mentor.ended(End(Cause.TRANSFER, IDRIS.id, EASTER, TODAY))
    assert transferred.leaving(EASTER, TODAY).leaving(None, TODAY) == transferred


def test_a_mentor_who_stays_after_all_stops_where_the_next_one_begins() -> None:
    """Withdrawing a last day never makes two mentorships of an ECT overlap."""
    leaver = a_mentorship(JOAN, period=Period(FIRST, EASTER))
    withdrawn = a_mentorship(IDRIS, period=Period(TODAY), withdrawn=True)
    successor = a_mentorship(IDRIS, period=Period(date(2026, 4, 20)))
    ect = an_ect(mentorships=(leaver, withdrawn, successor))
    joan = attrs.evolve(JOAN, period=Period(FIRST, EASTER))

    moved = ect.mentor_leaving(joan, None, TODAY, {JOAN.id: Extent(Period(FIRST))})

    assert [m.period for m in moved.mentorships] == [
        Period(FIRST, date(2026, 4, 19)),
        Period(TODAY),
        Period(date(2026, 4, 20)),
    ]
    assert moved.mentorships[0].ends[0].is_of(Cause.REPLACEMENT, IDRIS.id)


def test_a_mentor_who_comes_back_stands_behind_whoever_mentors_by_then() -> None:
    """A mentorship that would begin while another goes on stays withdrawn."""
    coming = a_mentorship(JOAN, period=Period(SUMMER))
    ect = an_ect(mentorships=(coming,)).mentor_ended(JOAN, _left(JOAN.id, EASTER))
    assigned = ect.mentored_from_then_on(a_mentorship(IDRIS, period=Period(TODAY)), IDRIS, TODAY)
    joan = left_on(JOAN, EASTER)

    moved = assigned.mentor_leaving(joan, None, TODAY, {JOAN.id: Extent(Period(FIRST))})

    assert [(m.withdrawn, m.period) for m in moved.mentorships] == [
        (True, Period(SUMMER)),
        (False, Period(TODAY)),
    ]


@pytest.mark.parametrize("ends_again", [False, True])
def test_a_mentor_who_is_the_ect_by_now_never_comes_back(ends_again: bool) -> None:
    """TRS has merged the two since the mentorship was withdrawn, perhaps not for the last time."""
    coming = a_mentorship(JOAN, period=Period(SUMMER))
    ect = an_ect(teacher=a_teacher(trn=OTHER_TRN), mentorships=(coming,))
    left = ect.ended(_left(ect.id, EASTER))
    [withdrawn] = left.mentorships
    one = attrs.evolve(withdrawn, mentor_teacher=left.teacher)
    same_person = attrs.evolve(left, mentorships=(one,))
    joan = {JOAN.id: Extent(Period(FIRST))}

    both = left.leaving(None, TODAY, (), joan)
    back = same_person.leaving(None, TODAY, (), joan)
    if ends_again:
        back = back.leaving(EASTER, TODAY, (), joan).leaving(None, TODAY, (), joan)

    assert [(m.withdrawn, m.period) for m in both.mentorships] == [(False, Period(SUMMER))]
    assert [(m.withdrawn, m.period) for m in back.mentorships] == [(True, Period(SUMMER))]
    assert back.period == Period(FIRST)
    assert causes(back.mentorships[0]) == [(Cause.CHANGED, date(2026, 7, 30))]
    assert back.mentorships[0].ends[0].by == ect.id


def test_a_replacement_that_is_taken_back_gives_the_days_to_the_mentor_before() -> None:
    """Up to the day before whoever came after the replacement."""
    first = a_mentorship(JOAN)
    kamal = a_mentor()
    ect = an_ect(mentorships=(first,))
    ect = ect.mentored_from_then_on(a_mentorship(IDRIS, period=Period(TODAY)), IDRIS, TODAY)
    ect = ect.mentored_from_then_on(a_mentorship(kamal, period=Period(EASTER)), kamal, TODAY)
    undone = ect.mentor_ended(IDRIS, End(Cause.UNDONE, IDRIS.id, date(2025, 8, 31), TODAY))

    back = undone.mentor_taken_back(JOAN.id, TakenBack(Cause.REPLACEMENT, IDRIS.id, TODAY), {})

    assert [(m.withdrawn, m.period) for m in back.mentorships] == [
        (False, Period(FIRST, date(2026, 3, 30))),
        (True, Period(TODAY, date(2026, 3, 30))),
        (False, Period(EASTER)),
    ]


def test_a_mentorship_has_the_causes_of_both_whose_time_it_lies_in() -> None:
    """So that it is longer when one of them stays after all."""
    joan = left_on(JOAN, EASTER)
    ect = left_on(an_ect(), SUMMER)
    mentored = ect.mentored_from_then_on(a_mentorship(joan, period=Period(TODAY)), joan, TODAY)
    [mentorship] = mentored.mentorships
    stays = mentored.mentor_leaving(joan, None, TODAY, {JOAN.id: Extent(Period(FIRST))})

    assert causes(mentorship) == [(Cause.LEAVING, SUMMER), (Cause.LEAVING, EASTER)]
    assert stays.mentorships[0].period == Period(TODAY, SUMMER)


@pytest.mark.parametrize(
    ("elsewhere", "until"),
    [
        pytest.param([], None, id="none elsewhere"),
        pytest.param([Period(SUMMER)], date(2026, 7, 30), id="one that begins later"),
        pytest.param([Period(SUMMER), Period(date(2026, 5, 1))], date(2026, 4, 30), id="two"),
        pytest.param([Period(date(2024, 9, 1), date(2025, 8, 31))], None, id="one that was over"),
    ],
)
def test_training_of_a_mentor_who_stays_after_all_stops_where_the_next_one_begins(
    elsewhere: list[Period], until: date | None
) -> None:
    """At another school; one that was withdrawn there is not in the way."""
    training = a_training(period=Period(FIRST, EASTER))
    mentor = a_mentor(period=Period(FIRST, EASTER), trainings=(training,))
    withdrawn = a_training(period=Period(date(2026, 4, 1)), withdrawn=True)
    there = a_mentor(trainings=(withdrawn, *(a_training(period=each) for each in elsewhere)))

    stays = mentor.leaving(None, TODAY, (), trainings_standing([there]))

    assert without_causes(stays) == attrs.evolve(
        mentor,
        period=Period(FIRST),
        trainings=(attrs.evolve(training, period=Period(FIRST, until)),),
    )
    assert all(end.is_of(Cause.TRANSFER, there.id) for end in stays.trainings[0].ends)


def test_a_mentor_who_returned_stays_until_then() -> None:
    """A second period at the school stands in the way of the first."""
    mentor = a_mentor(period=Period(FIRST, EASTER))
    again = a_mentor(period=Period(SUMMER))

    stays = mentor.leaving(None, TODAY, [again.standing])

    assert stays.period == Period(FIRST, date(2026, 7, 30))
    assert again.standing == Standing(Period(SUMMER), Cause.TRANSFER, again.id)


def test_the_appropriate_body_is_the_one_chosen_until_it_is_changed() -> None:
    """What was chosen at registration stays as it was."""
    ect = an_ect()
    chosen = ect.registration.choices.appropriate_body
    changed = attrs.evolve(ect, changed_body="Another Hub")

    assert (ect.appropriate_body, changed.appropriate_body) == (chosen, "Another Hub")
    assert changed.registration == ect.registration


def _left(by: UUID, last_day: date) -> End:
    return End(Cause.LEAVING, by, last_day, TODAY)
