from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import attrs

from builders import ECT_TRN, MENTOR_TRN, NOW, an_attempt
from ect_registration.domain.attempts import Attempted, AttemptId
from ect_registration.domain.values import Trn
from integration.contracts.steps import keep, outcome, seen

MINUTE = timedelta(minutes=1)


def _adding(*attempts):
    return lambda uow: [uow.attempts.add(attempt) for attempt in attempts]


def _by(store, what=Attempted.WRONG_FACT, key="user-1", after=NOW - 60 * MINUTE):
    return list(seen(store, lambda uow: uow.attempts.by(what, key, after)))


def _on(store, trn=ECT_TRN, after=NOW - 60 * MINUTE):
    return list(seen(store, lambda uow: uow.attempts.on(trn, after)))


def test_attempts_of_a_user_come_oldest_first(store):
    """Those of others, and of another kind, are not theirs."""
    later, sooner = an_attempt(at=NOW), an_attempt(at=NOW - MINUTE, trn=MENTOR_TRN)
    download = an_attempt(what=Attempted.DOWNLOAD, trn=None)
    keep(store, _adding(later, sooner, an_attempt(key="user-2"), download))

    assert _by(store) == [NOW - MINUTE, NOW]
    assert _by(store, Attempted.DOWNLOAD) == [NOW]
    assert _by(store, Attempted.SIGN_IN) == []


def test_attempts_on_a_trn_are_everybodys(store):
    """Whoever made them."""
    keep(store, _adding(an_attempt(), an_attempt(key="user-2"), an_attempt(trn=MENTOR_TRN)))

    assert _on(store) == [NOW, NOW]


def test_a_window_leaves_out_its_first_moment(store):
    """What was tried exactly so long ago counts no more."""
    keep(store, _adding(an_attempt()))
    instant = timedelta(microseconds=1)

    assert (_by(store, after=NOW), _on(store, after=NOW)) == ([], [])
    assert (_by(store, after=NOW - instant), _on(store, after=NOW - instant)) == ([NOW], [NOW])


def test_everything_about_a_trn_comes_back_as_it_was(store):
    """Oldest first."""
    later, sooner = an_attempt(), an_attempt(at=NOW - 100 * MINUTE, key="user-2")
    keep(store, _adding(later, sooner, an_attempt(trn=MENTOR_TRN)))

    assert list(seen(store, lambda uow: uow.attempts.about(ECT_TRN))) == [sooner, later]


def test_an_attempts_id_is_its_own(store):
    """A second one with the same id is refused."""
    attempt = an_attempt()
    keep(store, _adding(attempt))

    assert outcome(store, _adding(attrs.evolve(attempt, key="user-2"))) == "conflict"


def test_one_attempt_can_be_removed(store):
    """Once."""
    first, second = an_attempt(), an_attempt(at=NOW + MINUTE)
    keep(store, _adding(first, second))
    removed = []
    for _ in range(2):
        keep(store, lambda uow: removed.append(uow.attempts.remove(first.id)))
    keep(store, lambda uow: removed.append(uow.attempts.remove(AttemptId(uuid4()))))

    assert (removed, _on(store)) == ([1, 0, 0], [NOW + MINUTE])


def test_wrong_facts_of_one_user_on_one_trn_are_forgotten(store):
    """And no others."""
    others = an_attempt(key="user-2", at=NOW + MINUTE), an_attempt(trn=MENTOR_TRN)
    keep(store, _adding(an_attempt(), an_attempt(), *others))
    forgotten = []
    keep(
        store,
        lambda uow: forgotten.append(uow.attempts.forget_wrong_facts("user-1", ECT_TRN)),
    )

    assert forgotten == [2]
    assert (_by(store), _on(store)) == ([NOW], [NOW + MINUTE])


def test_old_attempts_are_removed(store):
    """Of every kind, that moment included; again, there are none."""
    old = an_attempt(at=NOW - MINUTE), an_attempt(what=Attempted.SIGN_IN, trn=None, at=NOW)
    keep(store, _adding(*old, an_attempt(at=NOW + MINUTE)))
    removed = []
    for _ in range(2):
        keep(store, lambda uow: removed.append(uow.attempts.remove_until(NOW)))

    assert (removed, _on(store)) == ([2, 0], [NOW + MINUTE])


def test_a_persons_trns_count_together(store):
    """Whichever is asked for: the old ones, and the one that TRS kept."""
    old, older, retained = Trn("0000007"), Trn("0000006"), MENTOR_TRN
    tried = [
        an_attempt(trn=trn, at=NOW + n * MINUTE) for n, trn in enumerate((old, older, retained))
    ]
    keep(store, _adding(*tried, an_attempt(trn=ECT_TRN)))
    apart = [len(_on(store, trn)) for trn in (old, older, retained)]
    keep(store, lambda uow: [uow.teachers.merge(trn, retained) for trn in (old, older)])

    assert apart == [1, 1, 1]
    assert [_on(store, trn) for trn in (old, older, retained)] == [
        [NOW + n * MINUTE for n in range(3)]
    ] * 3
    assert _on(store) == [NOW]


def test_a_persons_wrong_facts_are_forgotten_together(store):
    """Those of the user, on every TRN of the person; those of others stay."""
    old, retained = Trn("0000007"), MENTOR_TRN
    keep(store, lambda uow: uow.teachers.merge(old, retained))
    keep(store, _adding(*(an_attempt(trn=trn) for trn in (old, retained, ECT_TRN))))
    keep(store, _adding(an_attempt(trn=old, key="user-2")))
    forgotten = []
    keep(store, lambda uow: forgotten.append(uow.attempts.forget_wrong_facts("user-1", old)))

    assert (forgotten, _on(store, retained), _on(store)) == ([2], [NOW], [NOW])


def test_questions_about_email_addresses_are_counted_by_themselves(store):
    """And hold no address."""
    keep(store, _adding(an_attempt(what=Attempted.EMAIL_QUESTION, trn=None)))

    assert (_by(store, Attempted.EMAIL_QUESTION), _by(store)) == ([NOW], [])
