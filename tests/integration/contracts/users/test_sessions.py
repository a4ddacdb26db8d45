from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import attrs

from builders import NOW, a_school, a_session
from ect_registration.domain.sessions import SessionId
from ect_registration.domain.values import Urn
from integration.contracts.steps import OTHER_URN, keep, outcome, seen


def _adding(*sessions):
    return lambda uow: [uow.sessions.add(session) for session in sessions]


def _found(store, session):
    return seen(store, lambda uow: uow.sessions.find(session.key))


def _everybody(store):
    return seen(store, lambda uow: uow.sessions.everybody())


def _result(store, action):
    results = []
    keep(store, lambda uow: results.append(action(uow)))
    return results[0]


def test_an_unknown_key_finds_nobody(store):
    """Also when others are signed in."""
    keep(store, _adding(a_session()))

    assert _found(store, a_session()) is None


def test_a_session_is_found_as_it_was(store):
    """With everything about it."""
    session = a_session(
        schools=(a_school().urn, OTHER_URN), signed_in_as="Hannah, Larkfield", proof="an.id.token"
    )
    keep(store, _adding(session))

    assert _found(store, session) == session


def test_a_session_may_have_no_school(store):
    """Somebody who has to choose one, or has none."""
    session = a_session(school=None, schools=(), why_not="no-role")
    keep(store, _adding(session))

    assert _found(store, session) == session


def test_a_key_and_an_id_belong_to_one_session(store):
    """A second one is refused, whoever it is."""
    session = a_session()
    keep(store, _adding(session))

    assert outcome(store, _adding(a_session(key=session.key))) == "conflict"
    assert outcome(store, _adding(a_session(id=session.id))) == "conflict"


def test_a_session_is_for_a_school_that_we_know(store):
    """Or for none."""
    session = a_session(school=a_school(urn=Urn("999999")))

    assert outcome(store, _adding(session)) == "conflict"


def test_the_school_is_shown_as_it_is_now(store):
    """Its name may change while somebody is signed in."""
    session, renamed = a_session(), a_school(name="Larkfield Academy")
    keep(store, _adding(session), lambda uow: uow.schools.save(renamed))

    assert _found(store, session) == attrs.evolve(session, school=renamed)


def test_everybody_comes_latest_use_first(store):
    """Of all schools."""
    first, second = a_session(), a_session(user="user-2", used_at=NOW + timedelta(minutes=1))
    keep(store, _adding(first, second))

    assert _everybody(store) == [second, first]


def test_a_use_is_written_down(store):
    """One that came late changes nothing, nor does one of a session that is gone."""
    session, later = a_session(), NOW + timedelta(minutes=1)
    keep(store, _adding(session))
    keep(
        store,
        lambda uow: uow.sessions.use(session.key, later),
        lambda uow: uow.sessions.use(session.key, NOW),
        lambda uow: uow.sessions.use(a_session().key, later),
    )

    assert _everybody(store) == [attrs.evolve(session, used_at=later)]


def test_a_removed_session_is_gone(store):
    """The others stay."""
    session, other = a_session(), a_session(user="user-2")
    keep(store, _adding(session, other))

    assert _result(store, lambda uow: uow.sessions.remove(session.id)) is True
    assert _result(store, lambda uow: uow.sessions.remove(SessionId(uuid4()))) is False
    assert _everybody(store) == [other]


def test_sessions_that_are_over_are_removed(store):
    """Used or begun at that very moment counts; the answer is how many."""
    earlier = NOW - timedelta(hours=1)
    unused = a_session(user="user-1", begun_at=earlier, used_at=earlier)
    long = a_session(user="user-2", begun_at=earlier - timedelta(hours=9))
    on = a_session(user="user-3")
    keep(store, _adding(unused, long, on))
    begun = earlier - timedelta(hours=9)

    assert _result(store, lambda uow: uow.sessions.remove_over(earlier, begun)) == 2
    assert _everybody(store) == [on]


def test_names_are_those_of_the_latest_sign_in(store):
    """They outlive the session; whoever never signed in has none."""
    former, session = a_session(name="Hannah Abbott"), a_session(name="Hannah Abbott-Sesay")
    keep(store, _adding(former), _adding(session))
    keep(store, lambda uow: uow.sessions.remove(session.id))

    names = seen(store, lambda uow: uow.sessions.names({"user-1", "user-2"}))

    assert names == {"user-1": "Hannah Abbott-Sesay"}
    assert _found(store, former) == attrs.evolve(former, name="Hannah Abbott-Sesay")
    assert seen(store, lambda uow: uow.sessions.names(())) == {}
