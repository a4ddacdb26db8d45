"""Limits in time: on wrong facts and other attempts, and on unfinished journeys."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ect_registration.domain.decisions import Decision, OurDecision, Policy, Rule
from ect_registration.domain.policy import (
    JOURNEY_LIFE,
    TRS_ANSWER_LIFE,
    WRONG_FACTS_BY_ONE_USER,
    WRONG_FACTS_ON_ONE_PERSON,
    Limit,
)

TOO_MANY_ATTEMPTS = Rule(
    id="too-many-attempts",
    says="After too many wrong facts by one user or on one person, the search waits and TRS is "
    "not called; after questions about too many email addresses, no address is looked up.",
    source=OurDecision(
        "otherwise a patient guesser would be told who was born when, and who is registered"
    ),
    enforced_by=(
        "ect_registration.domain.rules.identifying.limits.check_too_many_attempts",
        "ect_registration.use_cases.signing_in.limits.limited",
        "ect_registration.use_cases.signing_in.limits.count_in",
    ),
    tells="You have tried too many times. Try again at {try_again_at}",
)

JOURNEYS_EXPIRE = Rule(
    id="journeys-expire",
    says=f"An unfinished journey ends after {JOURNEY_LIFE} without use; a submitted one shows its "
    f"confirmation for {JOURNEY_LIFE}.",
    source=Policy("Finding an ECT’s record in the Teaching Record System"),
    details=OurDecision("a working day and a night are enough to find a missing answer"),
    enforced_by=("ect_registration.use_cases.journeys.saved_journeys.open_journey",),
    tells=f"This registration was not finished within {JOURNEY_LIFE}. Start again",
)

HISTORY = Rule(
    id="history",
    says="Every change writes who, when, what and under which rule, in the same transaction; "
    "history is never edited.",
    source=OurDecision("schools and DfE must be able to see how a record came about"),
    enforced_by=(
        "ect_registration.ports.stored.records.History",
        "database: history is append-only",
        "database: history is chained",
        "ect_registration.use_cases.operating.verify_history.verify_history",
    ),
)


def check_too_many_attempts(
    by_user: Iterable[datetime], on_trn: Iterable[datetime], now: datetime
) -> Decision:
    """Decides on wrong facts by this user, and by any user on this TRN or ones merged with it."""
    return _decided(
        _free_again_at(by_user, WRONG_FACTS_BY_ONE_USER.value, now),
        _free_again_at(on_trn, WRONG_FACTS_ON_ONE_PERSON.value, now),
    )


def check_limit(moments: Iterable[datetime], limit: Limit, now: datetime) -> Decision:
    """Decides on the moments of anything else that is limited."""
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
    """Says whether a journey has expired since its last use, or its submission if finished."""
    return now - last_moment >= JOURNEY_LIFE.value


def is_stale(answered_at: datetime, now: datetime) -> bool:
    """Says whether an answer of TRS is too old; one from the future is not trusted either."""
    return abs(now - answered_at) > TRS_ANSWER_LIFE.value
