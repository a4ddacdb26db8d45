from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import DELIVERY_PARTNER, MENTOR_TRN, THIS_YEAR, a_mentor, a_training
from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.decisions import Allowed, Blocked, Kind
from ect_registration.domain.people.mentor import MentorAtSchool, MentorPast, MentorTrainingHistory
from ect_registration.domain.people.training import Programme, Training
from ect_registration.domain.rules.mentors.mentor_training import (
    FUNDED_MENTOR_TRAINING,
    MENTOR_LEAD_PROVIDER,
    ONE_OPEN_MENTOR_TRAINING,
    SCHOOL_LED_ECT_MENTOR,
    MentorTraining,
    NotFunded,
    check_funded_mentor_training,
    check_mentor_lead_provider,
    check_one_open_mentor_training,
    check_school_led_ect_mentor,
    how_training_stands,
    mentor_training_year,
    open_training_of,
    training_told,
    what_training_means,
    why_not_funded,
)
from ect_registration.domain.rules.registering.programme import TRAINING_PROGRAMME
from ect_registration.domain.values import Trn, Urn
from strategies import academic_years, days, training_histories

TODAY = date(2025, 9, 10)
DAY = timedelta(1)
TERM, HALF_TERM = date(2025, 9, 1), date(2025, 10, 24)
NEXT_YEAR = THIS_YEAR.plus(1)
OLD_TRN = Trn("2000009")
OTHER_SCHOOL = Urn("100002")
CANNOT = "They cannot get funded mentor training, as "
PERHAPS_NOT = (
    "Our records say that they started mentor training before and did not finish it in the time "
    "allowed, so no funded training is set up; your lead provider can check"
)

histories = st.lists(training_histories, max_size=3)


def _history(
    *, early: bool = False, completed: date | None = None, timed_out: date | None = None
) -> MentorTrainingHistory:
    return MentorTrainingHistory(MENTOR_TRN, early, completed, timed_out)


@pytest.mark.parametrize(
    ("history", "because"),
    [
        pytest.param([], None, id="nothing known"),
        pytest.param([_history()], None, id="known, and nothing against it"),
        pytest.param([_history(early=True)], NotFunded.EARLY_ROLL_OUT, id="early roll-out"),
        pytest.param([_history(completed=TODAY)], NotFunded.COMPLETED, id="completed today"),
        pytest.param([_history(completed=TODAY + DAY)], None, id="completes tomorrow"),
        pytest.param([_history(timed_out=TODAY)], NotFunded.TIMED_OUT, id="out of time today"),
        pytest.param([_history(timed_out=TODAY + DAY)], None, id="out of time tomorrow"),
        pytest.param(
            [_history(completed=TODAY, timed_out=TODAY)],
            NotFunded.COMPLETED,
            id="completed, and out of time before that",
        ),
        pytest.param(
            [_history(early=True, completed=TODAY)],
            NotFunded.EARLY_ROLL_OUT,
            id="early roll-out, and completed",
        ),
        pytest.param(
            [_history(), MentorTrainingHistory(OLD_TRN, early_roll_out=True)],
            NotFunded.EARLY_ROLL_OUT,
            id="under a TRN that was merged",
        ),
    ],
)
def test_funded_mentor_training(
    history: Sequence[MentorTrainingHistory], because: NotFunded | None
) -> None:
    """Open to everybody but for three reasons, each of which counts from its day on."""
    assert why_not_funded(history, TODAY) == because
    assert check_funded_mentor_training(history, TODAY) == Allowed(
        FUNDED_MENTOR_TRAINING, {"funded": because is None, "because": because}
    )


@pytest.mark.parametrize(
    ("because", "words"),
    [
        (None, "They can get funded mentor training. We will pass their details on to Harbour"),
        (NotFunded.EARLY_ROLL_OUT, f"{CANNOT}they took part in its early roll-out"),
        (NotFunded.COMPLETED, f"{CANNOT}they have completed it"),
        (NotFunded.TIMED_OUT, PERHAPS_NOT),
    ],
)
def test_funded_mentor_training_is_told_of(because: NotFunded | None, words: str) -> None:
    """To whom the details go, or why there is none."""
    assert what_training_means(because, "Harbour") == words


@given(histories, days, days, st.data())
def test_funded_training_that_is_gone_never_comes_back(
    history: list[MentorTrainingHistory], one: date, other: date, data: st.DataObject
) -> None:
    """Days pass one way; and the order in which facts are known does not matter."""
    earlier, later = sorted((one, other))
    shuffled = data.draw(st.permutations(history))

    assert why_not_funded(history, earlier) == why_not_funded(shuffled, earlier)
    if why_not_funded(history, later) is None:
        assert why_not_funded(history, earlier) is None


def _mentor(*trainings: Training) -> list[object]:
    return [a_mentor(trainings=(training,)) for training in trainings]


@pytest.mark.parametrize(
    ("training", "is_open"),
    [
        pytest.param(a_training(), True, id="begun"),
        pytest.param(a_training(period=Period(TERM, TODAY)), True, id="on its last day"),
        pytest.param(a_training(period=Period(TERM, TODAY - DAY)), False, id="the day after it"),
        pytest.param(a_training(period=Period(HALF_TERM)), True, id="to come"),
        pytest.param(a_training(withdrawn=True), False, id="withdrawn"),
    ],
)
def test_one_open_mentor_training(training: Training, is_open: bool) -> None:
    """One that has not ended stands against another, at whichever school it is."""
    found = open_training_of([a_mentor(), a_mentor(trainings=(training,))], TODAY)

    assert found == (training if is_open else None)
    assert check_one_open_mentor_training(found) == Allowed(
        ONE_OPEN_MENTOR_TRAINING, {"open": is_open}
    )


def test_one_open_mentor_training_of_two_is_the_one_that_is_to_come() -> None:
    """One ends with a school, and the next begins at another, or at the same."""
    ends, begins = a_training(period=Period(TERM, TODAY)), a_training(period=Period(TODAY + DAY))

    assert open_training_of(_mentor(ends, begins), TODAY) == begins
    assert open_training_of(_mentor(begins, ends), TODAY) == begins
    assert open_training_of([a_mentor(trainings=(ends, begins))], TODAY) == begins
    assert open_training_of([a_mentor()], TODAY) is None


@pytest.mark.parametrize(
    ("programme", "because", "words"),
    [
        (Programme.SCHOOL_LED, "school_led", "Leave this out: training is school-led"),
        (None, None, "Leave this out: the ECT’s training programme is not known"),
    ],
)
def test_school_led_ect_mentor(
    programme: Programme | None, because: str | None, words: str
) -> None:
    """Nothing is promised; a lead provider beside it is a contradiction.

    So it is for an ECT who was brought in without a programme.
    """
    assert check_school_led_ect_mentor(programme, names_lead_provider=False) == Allowed(
        SCHOOL_LED_ECT_MENTOR, {"programme": because}
    )
    assert check_school_led_ect_mentor(programme, names_lead_provider=True) == Blocked(
        TRAINING_PROGRAMME, {}, Kind.INVALID, "lead_provider", words
    )


@pytest.mark.parametrize(
    ("expected", "first_day", "year"),
    [
        pytest.param(2025, date(2026, 8, 31), 2025, id="begins on the last day of the year"),
        pytest.param(2025, date(2026, 9, 1), 2026, id="begins on the first day of the next"),
        pytest.param(2024, TODAY, 2025, id="a mentor for somebody who began last year"),
        pytest.param(2026, TODAY, 2026, id="an ECT who is to begin next year"),
    ],
)
def test_mentor_lead_provider_works_in_the_mentors_training_year(
    expected: int, first_day: date, year: int
) -> None:
    """The later of the ECT's expected year and the year in which the mentorship begins."""
    assert mentor_training_year(AcademicYear(expected), first_day) == AcademicYear(year)


@given(academic_years, days)
def test_a_mentor_is_never_trained_before_the_mentorship_or_the_ect(
    expected: AcademicYear, first_day: date
) -> None:
    """Training starts in a year that neither of them is ahead of."""
    year = mentor_training_year(expected, first_day)

    assert year >= expected
    assert year.last_day >= first_day
    assert year in {expected, AcademicYear.containing(first_day)}


@pytest.mark.parametrize("another", [True, False])
def test_mentor_lead_provider_is_put_on_record(another: bool) -> None:
    """In which year, and whether it is not the ECT's."""
    assert check_mentor_lead_provider(NEXT_YEAR, another=another) == Allowed(
        MENTOR_LEAD_PROVIDER, {"year": 2026, "another": another}
    )


@pytest.mark.parametrize(
    ("training", "history", "stands"),
    [
        pytest.param(None, _history(), MentorTraining.NONE, id="none yet"),
        pytest.param(
            None, _history(completed=TODAY), MentorTraining.NOT_ELIGIBLE, id="completed before"
        ),
        pytest.param(
            a_training(), _history(), MentorTraining.EXPRESSION_OF_INTEREST, id="no partnership"
        ),
        pytest.param(
            a_training(delivery_partner=DELIVERY_PARTNER),
            _history(),
            MentorTraining.CONFIRMED,
            id="a partnership",
        ),
        pytest.param(
            a_training(),
            _history(timed_out=TODAY),
            MentorTraining.EXPRESSION_OF_INTEREST,
            id="an open training speaks first",
        ),
    ],
)
def test_how_training_stands(
    training: Training | None, history: MentorTrainingHistory, stands: MentorTraining
) -> None:
    """As the mentors page and the output of a command have it."""
    assert how_training_stands(training, [history], TODAY) is stands


def _at(urn: Urn, period: Period, lead_provider: str) -> MentorAtSchool:
    training = a_training(period=period, lead_provider=lead_provider)
    return a_mentor(school=urn, period=period, trainings=(training,))


@pytest.mark.parametrize(
    ("here", "there", "told"),
    [
        pytest.param(Period(TERM), Period(TERM), "There", id="at both schools"),
        pytest.param(Period(TERM, HALF_TERM), Period(HALF_TERM), "There", id="both on one day"),
        pytest.param(Period(TERM, HALF_TERM), Period(HALF_TERM + DAY), None, id="leaves"),
        pytest.param(Period(TERM, TODAY), Period(TERM), "There", id="on the last day here"),
        pytest.param(Period(TERM, TODAY - DAY), Period(TERM), None, id="has left"),
        pytest.param(Period(HALF_TERM), Period(TERM, HALF_TERM - DAY), None, id="comes"),
        pytest.param(Period(TERM), Period(TERM, TODAY), "There", id="on the last day there"),
        pytest.param(Period(TERM), Period(TERM, TODAY - DAY), None, id="has left there"),
    ],
)
def test_own_school_only_is_told_of_training(
    here: Period, there: Period, told: str | None
) -> None:
    """That of another school while they are at both; what comes after is not this school's."""
    mentor = a_mentor(period=here)
    past = MentorPast([mentor, _at(OTHER_SCHOOL, there, "There")])

    assert training_told(mentor, past, TODAY)[1] == told


def test_own_school_only_is_told_of_every_training_of_its_own() -> None:
    """Also of one that begins when they come back, and why there is none."""
    mentor, again = a_mentor(period=Period(TERM, TODAY - DAY)), Period(HALF_TERM)
    back = MentorPast([mentor, _at(mentor.school, again, "Here")])
    never = MentorPast([mentor], [_history(completed=TODAY)])

    assert training_told(mentor, back, TODAY) == (MentorTraining.EXPRESSION_OF_INTEREST, "Here")
    assert training_told(mentor, never, TODAY) == (MentorTraining.NOT_ELIGIBLE, None)
