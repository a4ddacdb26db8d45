"""One mentor for one ECT: whether, from when and until when."""

from __future__ import annotations

from datetime import date

from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Allowed, Decision, OurDecision, Policy, Rule
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.rules.mentors.mentor import NEW_OR_REGISTERED
from ect_registration.domain.rules.periods.status import AtSchool, at_school

MENTOR_NOW_OR_LATER = Rule(
    id="mentor-now-or-later",
    says="An ECT in progress is given a mentor right after registering or at any time later.",
    source=Policy("Assigning a mentor through the ECTs page"),
    details=OurDecision("an ECT who has left or completed needs no mentor"),
    enforced_by=("ect_registration.domain.rules.mentors.mentoring.check_mentor_now_or_later",),
    tells="This ECT is no longer in progress at your school, so you cannot assign them a mentor",
)

EXISTING_OR_NEW_MENTOR = Rule(
    id="existing-or-new-mentor",
    says="A school first says whether the mentor is one that it has registered, or a new one.",
    source=NEW_OR_REGISTERED,
    enforced_by=("ect_registration.use_cases.school.choose_mentor.choose_mentor",),
    tells="Select a mentor, or select to register a new mentor",
)

MENTORSHIP_DATES = Rule(
    id="mentorship-dates",
    says="A mentorship runs from the latest of today, the ECT's and the mentor's first day, to "
    "the earlier of their last days.",
    source=OurDecision("no ECT is mentored before both have started or after either has left"),
    enforced_by=(
        "ect_registration.domain.rules.mentors.mentoring.mentorship_period",
        "database: mentorship lies inside both periods",
    ),
)

NO_DAY_IN_COMMON = Rule(
    id="no-day-in-common",
    says="A mentorship that would begin after the last day of either is refused.",
    source=OurDecision("a mentorship without a day would say that an ECT has support"),
    enforced_by=("ect_registration.domain.rules.mentors.mentoring.check_no_day_in_common",),
    tells="The mentor and the ECT are not at your school at the same time from today",
)

ONE_MENTOR_AT_A_TIME = Rule(
    id="one-mentor-at-a-time",
    says="An ECT has one mentor at a time; another takes over only when asked for by name.",
    source=OurDecision("a slip must not take an ECT's mentor away"),
    enforced_by=(
        "ect_registration.domain.rules.mentors.mentoring.check_one_mentor_at_a_time",
        "database: one mentor at a time per ECT",
    ),
    tells="This ECT already has a mentor. To assign a different one, change the mentor",
)

MENTOR_ALL_OR_NOTHING = Rule(
    id="mentor-all-or-nothing",
    says="Confirming registers the mentor, assigns them and completes the ECT's registration, or "
    "does none of it.",
    source=Policy("Checking answers for the registration of a new mentor"),
    enforced_by=("ect_registration.use_cases.registering.register_mentor.submit_mentor",),
)

THE_SAME = "They are this ECT’s mentor already"


def check_mentor_now_or_later(ect: EctAtSchool, today: date) -> Decision:
    """Refuses an ECT who has left or completed; one who has not begun yet is in progress."""
    state = at_school(ect, today)
    if state is not AtSchool.IN_PROGRESS:
        return MENTOR_NOW_OR_LATER.refuses(at_school=state.value)
    return MENTOR_NOW_OR_LATER.allows()


def check_one_mentor_at_a_time(
    ect: EctAtSchool, today: date, *, replace: bool, by: MentorId | None = None
) -> Decision:
    """Refuses a second mentor unless replacing, and a replacement by the last mentor again."""
    mentors = [mentorship.mentor for mentorship in ect.open_mentorships(today)]
    if mentors and not replace:
        return ONE_MENTOR_AT_A_TIME.refuses()
    if by is not None and mentors[-1:] == [by]:
        return ONE_MENTOR_AT_A_TIME.refuses(THE_SAME)
    return ONE_MENTOR_AT_A_TIME.allows(replaces=len(mentors))


def mentorship_period(today: date, ect: Period, mentor: Period) -> Period | None:
    """Returns a mentorship's days; None if it would begin after either's last day."""
    first_day = max(today, ect.started_on, mentor.started_on)
    last_days = [day for day in (ect.finished_on, mentor.finished_on) if day is not None]
    last_day = min(last_days, default=None)
    return None if last_day is not None and last_day < first_day else Period(first_day, last_day)


def check_no_day_in_common(period: Period | None) -> Decision:
    """Refuses when ``mentorship_period`` found no day in common."""
    if period is None:
        return NO_DAY_IN_COMMON.refuses()
    return NO_DAY_IN_COMMON.allows()


def check_mentorship_dates(period: Period) -> Allowed:
    """Returns an allowed decision with the mentorship's days as evidence."""
    last_day = period.finished_on.isoformat() if period.finished_on else None
    return MENTORSHIP_DATES.allows(started_on=period.started_on.isoformat(), finished_on=last_day)
