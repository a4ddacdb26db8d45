"""Every figure of policy: its value, who says so and the day from which it holds.

Sentences of rules, messages, pages and documents are made from these figures, so that a figure
changes in one place.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Generic, TypeVar

import attrs

from ect_registration.domain.calendar import months_after
from ect_registration.domain.decisions import OurDecision, Policy, Source

SINCE_2025 = date(2025, 9, 1)


@attrs.frozen
class Limit:
    """A number of attempts in a sliding window."""

    attempts: int
    window: timedelta

    def __str__(self) -> str:
        return f"{self.attempts} in {in_words(self.window)}"


V = TypeVar("V", int, timedelta, Limit)


@attrs.frozen
class Figure(Generic[V]):
    """One figure of policy."""

    id: str  # under which a document quotes it
    value: V
    source: Source
    unit: str = ""  # of a plain number
    holds_from: date = SINCE_2025

    def __str__(self) -> str:
        value: object = self.value
        text = in_words(value) if isinstance(value, timedelta) else str(value)
        return f"{text}%" if self.unit == "%" else f"{text} {self.unit}".rstrip()


def in_words(duration: timedelta) -> str:
    """Returns ``24 hours``, ``1 hour`` or ``15 minutes``."""
    minutes = duration // timedelta(minutes=1)
    number, unit = (minutes // 60, "hour") if minutes % 60 == 0 else (minutes, "minute")
    return f"{number} {unit}{'' if number == 1 else 's'}"


MONTHS_AHEAD = Figure(
    "months-ahead",
    4,
    OurDecision("schools know of a leaver about a term ahead"),
    unit="months",
)
DAYS_TO_CORRECT = Figure(
    "days-to-correct",
    28,
    OurDecision("a mistake is noticed within some weeks, and old records must rest"),
    unit="days",
)
CLOSED_WITHOUT_SUCCESSOR = Figure(
    "closed-without-successor",
    60,
    OurDecision("links between schools are published some weeks after a closing day"),
    unit="days",
)
CLOSING_AT_ONCE = Figure(
    "closing-at-once",
    1,
    OurDecision("fewer schools close in a month, and more mean that the file is not whole"),
    unit="%",
)
ACTING_FOR_SUCCESSOR = Figure(
    "acting-for-successor",
    90,
    OurDecision("users get access to a new organisation within a term"),
    unit="days",
)
YEARS_BACK = Figure(
    "years-back",
    2,
    OurDecision("older starts belong to earlier programmes"),
    unit="academic years",
)
YEARS_AHEAD = Figure(
    "years-ahead",
    1,
    OurDecision("starts after the next academic year are not planned"),
    unit="academic year",
)
YOUNGEST = Figure("youngest", 18, OurDecision("a younger age is a slip of the pen"))
OLDEST = Figure("oldest", 100, OurDecision("a greater age is a slip of the pen"))
LONGEST_NAME = Figure(
    "longest-name",
    70,
    OurDecision("badges and emails can show no longer name"),
    unit="characters",
)
WRONG_FACTS_BY_ONE_USER = Figure(
    "wrong-facts-by-one-user",
    Limit(10, timedelta(minutes=15)),
    OurDecision("a user mistypes a few times, a guesser hundreds of times"),
)
WRONG_FACTS_ON_ONE_PERSON = Figure(
    "wrong-facts-on-one-person",
    Limit(6, timedelta(hours=1)),
    OurDecision("several users must not guess one date of birth together"),
)
EMAIL_QUESTIONS = Figure(
    "email-questions",
    Limit(40, timedelta(hours=1)),
    OurDecision("a user registers dozens of ECTs in a day, and corrects a few addresses"),
)
SIGN_INS = Figure(
    "sign-ins",
    Limit(60, timedelta(minutes=15)),
    OurDecision("a school shares one network address"),
)
DOWNLOADS = Figure(
    "downloads", Limit(30, timedelta(minutes=15)), OurDecision("no user reads a file every minute")
)
LONGEST_WINDOW = Figure(
    "longest-window",
    max(
        limit.value.window
        for limit in (
            WRONG_FACTS_BY_ONE_USER,
            WRONG_FACTS_ON_ONE_PERSON,
            EMAIL_QUESTIONS,
            SIGN_INS,
            DOWNLOADS,
        )
    ),
    OurDecision("an attempt that no window counts any more is of no use"),
)
LEAD_PROVIDER_REQUESTS = Figure(
    "lead-provider-requests",
    Limit(1000, timedelta(minutes=5)),
    OurDecision("the live service's programming interface has the same limit"),
)
JOURNEY_LIFE = Figure(
    "journey-life",
    timedelta(hours=24),
    Policy("Finding an ECT’s record in the Teaching Record System"),
)
TRS_ANSWER_LIFE = Figure(
    "trs-answer-life",
    timedelta(hours=1),
    OurDecision("a journey may take a day, and people change meanwhile"),
)
HOLDER_LOOKUP_LIFE = Figure(
    "holder-lookup-life",
    timedelta(days=1),
    OurDecision("TRS merges records overnight at most, and its calls are for searches"),
)
COMPLETION_FOLLOWED = Figure(
    "completion-followed",
    timedelta(days=365),
    OurDecision(
        "an outcome given by mistake is put right within a year, and few calls are for it"
    ),
)
SESSION_IDLE = Figure(
    "session-idle", timedelta(hours=2), OurDecision("a lesson and a break are no absence")
)
SESSION_IN_ALL = Figure(
    "session-in-all", timedelta(hours=12), OurDecision("a role that was taken away must end")
)
NOTICE_LIFE = Figure(
    "notice-life",
    90,
    OurDecision("after a term no school asks whether an email was sent"),
    unit="days",
)
REFUSAL_LIFE = Figure(
    "refusal-life",
    90,
    OurDecision("a school asks within a term why it could not register a person"),
    unit="days",
)
NOTICE_PATIENCE = Figure(
    "notice-patience",
    timedelta(hours=72),
    OurDecision("after three days without Notify, news of a registration is no news"),
)
SMALLEST_COUNT = Figure(
    "smallest-count",
    5,
    OurDecision("a smaller count in a statistic could point at a person"),
    unit="people",
)

FIGURES: tuple[Figure[int] | Figure[timedelta] | Figure[Limit], ...] = (
    MONTHS_AHEAD,
    DAYS_TO_CORRECT,
    CLOSED_WITHOUT_SUCCESSOR,
    CLOSING_AT_ONCE,
    ACTING_FOR_SUCCESSOR,
    YEARS_BACK,
    YEARS_AHEAD,
    YOUNGEST,
    OLDEST,
    LONGEST_NAME,
    WRONG_FACTS_BY_ONE_USER,
    WRONG_FACTS_ON_ONE_PERSON,
    EMAIL_QUESTIONS,
    SIGN_INS,
    DOWNLOADS,
    LONGEST_WINDOW,
    LEAD_PROVIDER_REQUESTS,
    JOURNEY_LIFE,
    TRS_ANSWER_LIFE,
    HOLDER_LOOKUP_LIFE,
    COMPLETION_FOLLOWED,
    SESSION_IDLE,
    SESSION_IN_ALL,
    NOTICE_LIFE,
    REFUSAL_LIFE,
    NOTICE_PATIENCE,
    SMALLEST_COUNT,
)


def latest_ending(today: date) -> date:
    """Returns the last day on which a school may make a period end, or begin one that ends it."""
    return months_after(today, MONTHS_AHEAD.value)
