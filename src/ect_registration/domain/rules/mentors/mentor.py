"""Who may become a mentor at a school, and from when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from ect_registration.domain.calendar import day_after, day_before
from ect_registration.domain.decisions import (
    Allowed,
    Blocked,
    Decision,
    OurDecision,
    Policy,
    Rule,
)
from ect_registration.domain.people.endings import NOBODY, Cause, End
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.rules.periods import previous_school
from ect_registration.domain.rules.periods.previous_school import OVERLAPS_PREVIOUS
from ect_registration.domain.rules.periods.transfer import possible_starts
from ect_registration.domain.rules.registering.start_date import range_of_start_dates
from ect_registration.domain.values import Trn, Urn

FINDING_A_MENTOR = Policy("Finding a mentor’s record in the Teaching Record System")
NEW_OR_REGISTERED = Policy("Deciding if the mentor is new or a previously registered mentor")

OWN_MENTOR = Rule(
    id="own-mentor",
    says="An ECT cannot be their own mentor.",
    source=NEW_OR_REGISTERED,
    enforced_by=(
        "ect_registration.domain.rules.mentors.mentor.check_own_mentor",
        "database: nobody mentors themself",
    ),
    tells="An ECT cannot be their own mentor. Choose another person",
)

MENTOR_RECORD = Rule(
    id="mentor-record",
    says="A mentor needs a TRN and a record that matches; qualified teacher status and induction "
    "do not matter.",
    source=FINDING_A_MENTOR,
    enforced_by=("ect_registration.journeys.register_mentor.REGISTER_MENTOR",),
)

MENTOR_ALREADY_HERE = Rule(
    id="mentor-already-here",
    says="A person who is already a mentor at this school is assigned as they are, and not "
    "registered again.",
    source=OurDecision("a second record would split one person's mentoring and training"),
    enforced_by=(
        "ect_registration.domain.rules.mentors.mentor.check_mentor_already_here",
        "database: no two overlapping mentor periods of a teacher at a school",
    ),
    tells="This person is already a mentor at your school. Assign them to the ECT",
)

MENTOR_ELSEWHERE = Rule(
    id="mentor-elsewhere",
    says="The school is asked whether a mentor at another school will mentor only here; yes ends "
    "the other periods the day before, and no keeps them.",
    source=OurDecision("mentors may work at two schools; only the new school can say"),
    enforced_by=("ect_registration.domain.rules.mentors.mentor.ended_elsewhere",),
    tells="Select yes if they will mentor only at your school",
)

MENTOR_START_DATE = Rule(
    id="mentor-start-date",
    says="A mentor starts today, or on the day that the school gives if they were one before.",
    source=OurDecision("the day matters only where it could fall into an earlier period"),
    enforced_by=(
        "ect_registration.domain.rules.mentors.mentor.check_mentor_start_date",
        "ect_registration.domain.rules.mentors.mentor.check_corrected_mentor_start",
        "database: no two overlapping mentor periods of a teacher at a school",
    ),
    tells="Enter a start date from {earliest} to {latest}",
)

MENTOR_DETAILS = Rule(
    id="mentor-details",
    says="A mentor's email address and name follow the same rules as an ECT's.",
    source=Policy("Giving a mentor’s email address"),
    enforced_by=("ect_registration.journeys.register_mentor.REGISTER_MENTOR",),
)

NO_DAY_ONLY_HERE = (
    "There is no day on which this person can start as a mentor only at your school, because of "
    "when they start at another school. Select no, or contact support for this service"
)
NOT_ASKED = "Leave out the start date. A person who has not been a mentor before starts today"


def check_own_mentor(mentor: Collection[Trn], ect: Collection[Trn]) -> Decision:
    """Refuses when any known TRN of the mentor is also one of the ECT's."""
    if not set(mentor).isdisjoint(ect):
        return OWN_MENTOR.refuses()
    return OWN_MENTOR.allows()


def check_mentor_already_here(
    periods: Iterable[MentorAtSchool], school: Urn, today: date
) -> Decision:
    """Refuses a mentor with an open period here, and names its public id to assign them by."""
    for mentor in periods:
        if mentor.school == school and mentor.period.is_open(today):
            return MENTOR_ALREADY_HERE.refuses(mentor=str(mentor.id))
    return MENTOR_ALREADY_HERE.allows()


def open_elsewhere(
    periods: Iterable[MentorAtSchool], school: Urn, today: date
) -> Sequence[MentorAtSchool]:
    """Returns the person's mentor periods at other schools that have not finished."""
    return [m for m in periods if m.school != school and m.period.is_open(today)]


def check_mentor_elsewhere(
    periods: Iterable[MentorAtSchool], school: Urn, *, only_here: bool, today: date
) -> Allowed:
    """Returns an allowed decision with the answer and the number of periods as evidence."""
    elsewhere = open_elsewhere(periods, school, today)
    return MENTOR_ELSEWHERE.allows(periods=len(elsewhere), only_here=only_here)


def ended_elsewhere(
    periods: Iterable[MentorAtSchool],
    school: Urn,
    start_date: date,
    today: date,
    by: UUID = NOBODY,
) -> Sequence[tuple[MentorAtSchool, MentorAtSchool]]:
    """Returns each period that mentoring only here ends, before and after.

    One that ended sooner keeps its days, and this end in case it should come back. ``by`` is the
    id of the period that starts here.
    """
    end = End(Cause.TRANSFER, by, day_before(start_date), today)
    return previous_school.ended_elsewhere((m for m in periods if m.school != school), end, today)


def range_of_mentor_starts(
    periods: Collection[MentorAtSchool], school: Urn, *, only_here: bool, today: date
) -> tuple[date, date] | None:
    """Returns the first and the last day on which a mentor may start here; None without one."""
    elsewhere = open_elsewhere(periods, school, today) if only_here else ()
    free_from = _free_from(periods, school, elsewhere, today)
    return possible_starts(free_from, [mentor.period for mentor in elsewhere], today)


def check_corrected_mentor_start(start_date: date, registered_on: date) -> Decision:
    """Decides on a corrected first day, as of the day on which the mentor was registered."""
    first, last = range_of_start_dates(registered_on)
    if first <= start_date <= last:
        return MENTOR_START_DATE.allows(start_date=start_date.isoformat(), asked=True)
    return MENTOR_START_DATE.finds_invalid("start_date", **_from_to(first, last))


def needs_corrected_mentor_start(registered_on: date) -> Blocked:
    """Asks for a corrected first day, as of the day on which the mentor was registered."""
    return MENTOR_START_DATE.needs("start_date", **_from_to(*range_of_start_dates(registered_on)))


def _from_to(first: date, last: date) -> dict[str, str]:
    return {"earliest": first.isoformat(), "latest": last.isoformat()}


def _free_from(
    periods: Iterable[MentorAtSchool],
    school: Urn,
    elsewhere: Iterable[MentorAtSchool],
    today: date,
) -> Sequence[date]:
    """Returns the first day that each period leaves free: finished here, or to end elsewhere."""
    taken = [m.period.finished_on for m in periods if m.school == school]
    finished = [day for day in taken if day is not None and day < today]
    return [day_after(day) for day in (*finished, *(m.period.started_on for m in elsewhere))]


def check_only_here_leaves_a_day(
    periods: Collection[MentorAtSchool], school: Urn, *, only_here: bool, today: date
) -> Decision:
    """Refuses an answer to "only here?" that no start date would fit."""
    days = range_of_mentor_starts(periods, school, only_here=only_here, today=today)
    if days is None:
        return OVERLAPS_PREVIOUS.refuses(NO_DAY_ONLY_HERE, field="only_here", earliest=None)
    return OVERLAPS_PREVIOUS.allows(periods=len(periods))


def check_mentor_start_date(
    given: date | None,
    periods: Sequence[MentorAtSchool],
    school: Urn,
    *,
    only_here: bool,
    today: date,
) -> Decision:
    """Decides on the start date ``given``, which is None when it was not asked for.

    The days named satisfy ``transfer-too-far-ahead`` too, which is decided after this.
    """
    start_date = given or today
    if not periods:
        if start_date != today:
            return MENTOR_START_DATE.finds_invalid("start_date", NOT_ASKED)
        return MENTOR_START_DATE.allows(start_date=start_date.isoformat(), asked=False)
    whole = range_of_start_dates(today)
    elsewhere = open_elsewhere(periods, school, today) if only_here else ()
    first = max([whole[0], *_free_from(periods, school, elsewhere, today)])
    if not first <= start_date <= whole[1]:
        days = range_of_mentor_starts(periods, school, only_here=only_here, today=today)
        return MENTOR_START_DATE.finds_invalid("start_date", **_from_to(*days or whole))
    return MENTOR_START_DATE.allows(start_date=start_date.isoformat(), asked=True)
