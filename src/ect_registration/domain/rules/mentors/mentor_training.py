"""Funded training for mentors: who can get it, with which provider, and in which year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

import attrs

from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.decisions import Allowed, Decision, OurDecision, Policy, Rule
from ect_registration.domain.people.mentor import MentorAtSchool, MentorPast, MentorTrainingHistory
from ect_registration.domain.people.training import Programme, Training, latest_standing
from ect_registration.domain.rules.registering.programme import TRAINING_PROGRAMME

TRAINING_OF_MENTORS = Policy("Checking if a mentor can receive mentor training")

FUNDED_MENTOR_TRAINING = Rule(
    id="funded-mentor-training",
    says="With their first provider-led ECT a mentor gets funded training, unless they took part "
    "in the early roll-out, completed it, or did not finish it in time; the school is told.",
    source=TRAINING_OF_MENTORS,
    details=OurDecision("the first is one that finds no training of theirs open"),
    enforced_by=("ect_registration.domain.rules.mentors.mentor_training.why_not_funded",),
    tells="They can get funded mentor training. We will pass their details on to {lead_provider}",
)

MENTOR_LEAD_PROVIDER = Rule(
    id="mentor-lead-provider",
    says="A mentor is trained by the ECT's lead provider, or by another that the school names "
    "and that works in the mentor's training year.",
    source=OurDecision("the policy is working on how a school names a different one"),
    enforced_by=("ect_registration.domain.rules.mentors.mentor_training.mentor_training_year",),
)

SCHOOL_LED_ECT_MENTOR = Rule(
    id="school-led-ect-mentor",
    says="No training is set up or promised for the mentor of a school-led ECT; a later "
    "provider-led ECT may bring it.",
    source=OurDecision("the policy has still to define what happens"),
    enforced_by=(
        "ect_registration.domain.rules.mentors.mentor_training.check_school_led_ect_mentor",
    ),
)

ONE_OPEN_MENTOR_TRAINING = Rule(
    id="one-open-mentor-training",
    says="A person has one open mentor training at most: it stays at the school where it is, "
    "unless that period ends.",
    source=OurDecision("two would be funded twice"),
    enforced_by=(
        "ect_registration.domain.rules.mentors.mentor_training.open_training_of",
        "database: no two overlapping mentor trainings of a teacher",
    ),
)

LEFT_OUT = "Leave this out: training is school-led"
NOT_KNOWN = "Leave this out: the ECT’s training programme is not known"


class NotFunded(StrEnum):
    """Why a person cannot get funded mentor training."""

    EARLY_ROLL_OUT = "early_roll_out"
    COMPLETED = "completed"
    TIMED_OUT = "timed_out"


NOT_FUNDED = {
    NotFunded.EARLY_ROLL_OUT: "they took part in its early roll-out",
    NotFunded.COMPLETED: "they have completed it",
}

# Not a certain no: a lead provider may have granted more time than our records show.
PERHAPS_NOT_FUNDED = (
    "Our records say that they started mentor training before and did not finish it in the time "
    "allowed, so no funded training is set up; your lead provider can check"
)


class MentorTraining(StrEnum):
    """How a mentor's training stands."""

    CONFIRMED = "confirmed"
    EXPRESSION_OF_INTEREST = "expression_of_interest"
    NOT_ELIGIBLE = "not_eligible"
    NONE = "none"


class TrainingThen(StrEnum):
    """What becomes of a mentor's training when they are given an ECT."""

    BEGINS = "begins"
    STAYS = "stays"  # it is set up already, here or elsewhere
    NOT_ELIGIBLE = "not_eligible"
    NONE = "none"  # none is set up: the ECT is not provider-led, or the mentor is leaving


def why_not_funded(history: Iterable[MentorTrainingHistory], today: date) -> NotFunded | None:
    """Returns why the person cannot get funded training today; None when they can.

    The history under any of the person's TRNs counts.
    """
    known = list(history)
    if any(each.early_roll_out for each in known):
        return NotFunded.EARLY_ROLL_OUT
    if any(_by(each.completed_on, today) for each in known):
        return NotFunded.COMPLETED
    if any(_by(each.timed_out_on, today) for each in known):
        return NotFunded.TIMED_OUT
    return None


def _by(day: date | None, today: date) -> bool:
    return day is not None and day <= today


def check_funded_mentor_training(history: Iterable[MentorTrainingHistory], today: date) -> Allowed:
    """Returns an allowed decision that says whether the mentor can get funded training."""
    because = why_not_funded(history, today)
    return FUNDED_MENTOR_TRAINING.allows(funded=because is None, because=because)


def what_training_means(because: NotFunded | None, lead_provider: str | None) -> str:
    """Returns what the school is told of a mentor's funded training."""
    if because is NotFunded.TIMED_OUT:
        return PERHAPS_NOT_FUNDED
    if because is not None:
        return f"They cannot get funded mentor training, as {NOT_FUNDED[because]}"
    return FUNDED_MENTOR_TRAINING.tells.format(lead_provider=lead_provider)


def open_training_of(periods: Iterable[MentorAtSchool], day: date) -> Training | None:
    """Returns the person's mentor training that is open on that day, at any school.

    When one is about to end and the next has not begun, it is the next.
    """
    trainings = [training for mentor in periods if (training := mentor.open_training(day))]
    return latest_standing(trainings)


def check_one_open_mentor_training(open_training: Training | None) -> Allowed:
    """Returns an allowed decision that says whether a training is open, so no other is set up."""
    return ONE_OPEN_MENTOR_TRAINING.allows(open=open_training is not None)


def check_school_led_ect_mentor(
    programme: Programme | None, *, names_lead_provider: bool
) -> Decision:
    """Refuses a lead provider named for training that will not be set up.

    ``programme`` is not provider-led; None is that of an ECT who was brought in without one.
    """
    if names_lead_provider:
        why = NOT_KNOWN if programme is None else LEFT_OUT
        return TRAINING_PROGRAMME.finds_invalid("lead_provider", why)
    return SCHOOL_LED_ECT_MENTOR.allows(programme=programme)


def mentor_training_year(expected: AcademicYear, first_day: date) -> AcademicYear:
    """Returns the later of the ECT's expected year and that of the mentorship's first day."""
    return max(expected, AcademicYear.containing(first_day))


def check_mentor_lead_provider(year: AcademicYear, *, another: bool) -> Allowed:
    """Returns an allowed decision with the year, and whether the provider is not the ECT's."""
    return MENTOR_LEAD_PROVIDER.allows(year=year.starts_in, another=another)


def how_training_stands(
    open_training: Training | None, history: Iterable[MentorTrainingHistory], today: date
) -> MentorTraining:
    """Returns the state of an open training, or else whether the person could get one."""
    if open_training is not None:
        return MentorTraining(open_training.state.value)
    if why_not_funded(history, today) is not None:
        return MentorTraining.NOT_ELIGIBLE
    return MentorTraining.NONE


def training_told(
    mentor: MentorAtSchool, past: MentorPast, today: date
) -> tuple[MentorTraining, str | None]:
    """Returns the training status and lead provider that this period's school may know."""
    training = training_seen(mentor, past, today)
    stands = how_training_stands(training, past.training_history, today)
    return stands, training.lead_provider if training else None


def training_seen(mentor: MentorAtSchool, past: MentorPast, today: date) -> Training | None:
    """Returns the person's open training, if this period's school may know of it.

    A school that they have left, or are leaving, does not learn who trains them next, and one that
    has undone their registration does not learn who trains them elsewhere.
    """
    return open_training_of(_seen_from(mentor, past.periods, today), today)


def _seen_from(
    mentor: MentorAtSchool, periods: Iterable[MentorAtSchool], today: date
) -> Sequence[MentorAtSchool]:
    """Returns the school's periods, and elsewhere's training during the mentor's time here."""
    here = [each for each in periods if each.school == mentor.school]
    if mentor.withdrawn or mentor.period.is_finished(today):
        return here
    elsewhere = (each for each in periods if each.school != mentor.school)
    return [*here, *(_trained_during(mentor.period, each) for each in elsewhere)]


def _trained_during(days: Period, mentor: MentorAtSchool) -> MentorAtSchool:
    meanwhile = tuple(each for each in mentor.trainings if each.period.overlaps(days))
    return attrs.evolve(mentor, trainings=meanwhile)
