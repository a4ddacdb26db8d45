"""Refuses what was tried too often. The store does the counting, so all servers share it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ect_registration.domain.attempts import Attempt, Attempted, AttemptId
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.teacher import Search
from ect_registration.domain.policy import (
    DOWNLOADS,
    EMAIL_QUESTIONS,
    LONGEST_WINDOW,
    SIGN_INS,
    WRONG_FACTS_BY_ONE_USER,
    WRONG_FACTS_ON_ONE_PERSON,
    Limit,
)
from ect_registration.domain.rules.identifying.limits import check_limit, check_too_many_attempts
from ect_registration.domain.values import Trn
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.merged_trns import Merge
from ect_registration.use_cases.transactions import Actor, Ports, transact

LIMITS: Mapping[Attempted, Limit] = {
    Attempted.SIGN_IN: SIGN_INS.value,
    Attempted.DOWNLOAD: DOWNLOADS.value,
    Attempted.EMAIL_QUESTION: EMAIL_QUESTIONS.value,
}


def count(what: Attempted, key: str, ports: Ports) -> Blocked | None:
    """Counts one more sign-in, download or question; blocked when there were too many lately.

    ``key`` is whose they are: a user, or an address on the network before anybody is known.
    """

    def work(uow: UnitOfWork) -> Blocked | None:
        uow.hold([Hold.counter(what, key)])
        barred = count_in(uow, what, key, ports)
        if barred is None:
            uow.commit()
        return barred

    return transact(ports, work)


def count_in(uow: UnitOfWork, what: Attempted, key: str, ports: Ports) -> Blocked | None:
    """Count one more in a unit of work of the caller, who holds the counter and commits.

    Blocked, nothing is counted.
    """
    limit, now = LIMITS[what], ports.clock.now()
    decision = check_limit(uow.attempts.by(what, key, now - limit.window), limit, now)
    if isinstance(decision, Blocked):
        return decision
    uow.attempts.add(Attempt(AttemptId(ports.new_id()), what, key, now))
    return None


def limited(
    ask: Callable[[], Search | Blocked], trn: Trn, actor: Actor, ports: Ports
) -> Search | Blocked:
    """Ask TRS for this TRN, unless there were too many wrong facts about its person.

    The fact counts as a wrong one before TRS is asked, and until it turns out to be right: else
    many at once would all pass the limit.
    """
    counted = _count_as_wrong(trn, actor, ports)
    if isinstance(counted, Blocked):
        return counted
    found = ask()
    if isinstance(found, Blocked):
        _write(ports, lambda uow: uow.attempts.remove(counted.id))  # TRS has not told anything
        return found
    barred = _count_with_merged(counted, trn, actor, ports)
    if barred is not None:
        return barred
    if found.record is not None:
        _write(ports, lambda uow: uow.attempts.forget_wrong_facts(actor.user, trn))
    return found


def purge_attempts(ports: Ports) -> int:
    """Removes the attempts that no longer count, and returns the number removed."""
    until = ports.clock.now() - LONGEST_WINDOW.value
    return _write(ports, lambda uow: uow.attempts.remove_until(until))


def _count_as_wrong(trn: Trn, actor: Actor, ports: Ports) -> Attempt | Blocked:
    now = ports.clock.now()

    def work(uow: UnitOfWork) -> Attempt | Blocked:
        uow.hold([Hold.counter(Attempted.WRONG_FACT, actor.user), Hold.person(trn)])
        by_user = uow.attempts.by(
            Attempted.WRONG_FACT, actor.user, now - WRONG_FACTS_BY_ONE_USER.value.window
        )
        on_person = uow.attempts.on(trn, now - WRONG_FACTS_ON_ONE_PERSON.value.window)
        decision = check_too_many_attempts(by_user, on_person, now)
        if isinstance(decision, Blocked):
            return decision
        attempt = Attempt(AttemptId(ports.new_id()), Attempted.WRONG_FACT, actor.user, now, trn)
        uow.attempts.add(attempt)
        uow.commit()
        return attempt

    return transact(ports, work)


def _count_with_merged(counted: Attempt, trn: Trn, actor: Actor, ports: Ports) -> Blocked | None:
    """Keep the merge that TRS has shown, and withhold its answer from one attempt too many.

    Before the merge was known each TRN was counted alone, and both may have let six through. The
    merge is kept in the unit of work that counts them together, so that whatever is counted later
    counts with both. An answer that is withheld has told nothing: its attempt counts no more.
    """
    retained = ports.teacher_records.merged_into(trn)
    if retained is None:
        return None
    now = ports.clock.now()

    def work(uow: UnitOfWork) -> Blocked | None:
        counter = Hold.counter(counted.what, counted.key)
        uow.hold([counter, Hold.person(trn), Hold.person(retained)])
        Merge(trn, retained, actor.user, ports.clock.stamp()).keep(uow)
        is_counted = uow.attempts.remove(counted.id)
        others = uow.attempts.on(trn, now - WRONG_FACTS_ON_ONE_PERSON.value.window)
        decision = check_too_many_attempts((), others, now)
        barred = decision if isinstance(decision, Blocked) else None
        if barred is None and is_counted:
            uow.attempts.add(counted)
        uow.commit()
        return barred

    return transact(ports, work)


def _write(ports: Ports, write: Callable[[UnitOfWork], int]) -> int:
    def work(uow: UnitOfWork) -> int:
        written = write(uow)
        uow.commit()
        return written

    return transact(ports, work)
