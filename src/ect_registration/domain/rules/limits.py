"""Limits in time: on wrong facts and other attempts, and on unfinished journeys."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import attrs

from ect_registration.domain.decisions import Decision, OurDecision, Policy, Rule


@attrs.frozen
class Limit:
    """So many attempts in a sliding window."""

    attempts: int
    window: timedelta


# In force since 2025.
BY_ONE_USER = Limit(10, timedelta(minutes=15))
ON_ONE_TRN = Limit(6, timedelta(minutes=60))
SIGN_INS = Limit(60, timedelta(minutes=15))
DOWNLOADS = Limit(30, timedelta(minutes=15))
EMAIL_QUESTIONS = Limit(40, timedelta(minutes=60))
LONGEST_WINDOW = timedelta(minutes=60)
JOURNEY_LIFE = timedelta(hours=24)
TRS_ANSWER_LIFE = timedelta(hours=1)

TOO_MANY_ATTEMPTS = Rule(
    id="too-many-attempts",
    says="After too many wrong facts by one user or on one person, the search waits and TRS is "
    "not called; after questions about too many email addresses, no address is looked up.",
    source=OurDecision(
        "otherwise a patient guesser would be told who was born when, and who is registered"
    ),
    enforced_by=(
        "ect_registration.domain.rules.limits.check_too_many_attempts",
        "ect_registration.use_cases.signing_in.limits.limited",
        "ect_registration.use_cases.signing_in.limits.count_in",
    ),
    tells="You have tried too many times. Try again at {try_again_at}",
)

JOURNEYS_EXPIRE = Rule(
    id="journeys-expire",
    says="An unfinished journey ends after 24 hours without use; a submitted one shows its "
    "confirmation for 24 hours.",
    source=Policy("Finding an ECT’s record in the Teaching Record System"),
    details=OurDecision("a working day and a night are enough to find a missing answer"),
    enforced_by=("ect_registration.use_cases.journeys.saved_journeys.open_journey",),
    tells="This registration was not finished within 24 hours. Start again",
)

HISTORY = Rule(
    id="history",
    says="Every change writes who, when, what and under which rule, in the same transaction; "
    "nobody edits it.",
    source=OurDecision("schools and DfE must be able to see how a record came about"),
    enforced_by=(
        "ect_registration.ports.records.History",
        "database: history is append-only",
        "database: history is chained",
        "ect_registration.use_cases.operating.verify_history.verify_history",
    ),
)


def check_too_many_attempts(
    by_user: Iterable[datetime], on_trn: Iterable[datetime], now: datetime
) -> Decision:
    """Moments of wrong facts by this user, and by anybody on this TRN or one merged with it."""
    return _decided(
        _free_again_at(by_user, BY_ONE_USER, now), _free_again_at(on_trn, ON_ONE_TRN, now)
    )


def check_limit(moments: Iterable[datetime], limit: Limit, now: datetime) -> Decision:
    """Moments of anything else that is limited."""
    return _decided(_free_again_at(moments, limit, now))


def _decided(*free_again_at: datetime | None) -> Decision:
    waits = [moment for moment in free_again_at if moment is not None]
    if not waits:
        return TOO_MANY_ATTEMPTS.allows()
    return TOO_MANY_ATTEMPTS.refuses(try_again_at=max(waits).isoformat())


def _free_again_at(moments: Iterable[datetime], limit: Limit, now: datetime) -> datetime | None:
    recent = sorted(moment for moment in moments if moment > now - limit.window)
    if len(recent) < limit.attempts:
        return None
    return recent[-limit.attempts] + limit.window


def has_expired(last_moment: datetime, now: datetime) -> bool:
    """``last_moment``: the last use of an unfinished journey, or the submission of a finished."""
    return now - last_moment >= JOURNEY_LIFE


def is_stale(answered_at: datetime, now: datetime) -> bool:
    """An answer of TRS from over an hour ago; one from the future is not to be trusted either."""
    return abs(now - answered_at) > TRS_ANSWER_LIFE
