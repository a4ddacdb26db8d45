from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from builders import NOW, URN, a_school, a_world
from ect_registration.domain.records.history import What
from ect_registration.domain.records.history_chain import NO_SCHOOL
from ect_registration.domain.sessions import Organisation, Person, SessionId
from ect_registration.domain.values import Urn
from ect_registration.use_cases.signing_in.sessions import (
    begin_session,
    bring_sessions,
    end_sessions,
    every_session,
    look_up_session,
    names_of_users,
    purge_sessions,
    revoke_sessions,
    schools_of,
    switch_school,
    use_session,
)
from unit.use_cases.service import USER, Service

OTHER = a_school(urn=Urn("100002"), name="Fenwick Academy")
HANNAH = Person("user-1", "Hannah Abbott", "hannah@example.org")
KEY, SECOND_KEY = "1" * 64, "2" * 64


@pytest.fixture
def service():
    """Two schools."""
    return Service.of(a_world(schools=(a_school(), OTHER)))


@pytest.fixture
def begun(service):
    """Hannah, who has the role at both."""
    return begin_session(HANNAH, [OTHER, a_school()], KEY, service.ports)


@pytest.fixture
def session(service):
    """Hannah, at one of them."""
    return begin_session(HANNAH, [a_school()], KEY, service.ports)


def _look_up(service, key=KEY):
    return look_up_session(key, service.ports)


def test_with_one_school_somebody_acts_for_it_at_once(service, session):
    """There is nothing to choose."""
    assert session.school == a_school()
    assert _look_up(service) == session


def test_with_several_none_is_chosen_for_them(service, begun):
    """They choose; by name."""
    assert (begun.school, begun.schools) == (None, (OTHER.urn, URN))
    assert schools_of(begun, service.ports) == [OTHER, a_school()]


def test_what_they_signed_in_as_is_kept_for_those_without_a_school(service):
    """With the organisation they chose, if any."""
    council = attrs.evolve(HANNAH, organisation=Organisation("o", "Northmoor Council"))
    seen = [
        begin_session(person, [], str(n) * 64, service.ports, why_not="not-a-school")
        for n, person in enumerate((HANNAH, council, Person("user-2", "Owen")))
    ]

    assert [session.signed_in_as for session in seen] == [
        "hannah@example.org",
        "hannah@example.org, Northmoor Council",
        "Owen",
    ]
    assert {session.why_not for session in seen} == {"not-a-school"}


def test_signing_in_again_ends_the_former_session(service, session):
    """Its key is worth nothing any more."""
    begin_session(HANNAH, [a_school()], SECOND_KEY, service.ports, session.id)

    assert _look_up(service) is None
    assert _look_up(service, SECOND_KEY) is not None


@pytest.mark.parametrize(("idle", "there"), [(119, True), (120, False)])
def test_a_session_ends_two_hours_after_its_last_use(service, session, idle, there):
    """To the minute."""
    service.clock.wait(minutes=idle)

    assert (_look_up(service) is not None) is there
    assert (len(every_session(service.ports)) == 1) is there


def test_every_use_gives_two_hours_more_but_never_more_than_twelve_in_all(service, session):
    """However busy somebody is."""
    for _ in range(11):
        service.clock.wait(hours=1)
        session = use_session(session, service.ports)
    assert _look_up(service).ends_at == NOW + timedelta(hours=12) == session.last_moment

    service.clock.wait(hours=1)
    assert _look_up(service) is None


def test_a_use_is_written_down_once_a_minute_at_most(service, session):
    """Not every page has to write."""
    service.clock.wait(seconds=59)
    assert use_session(session, service.ports) == session

    service.clock.wait(seconds=1)
    used = use_session(session, service.ports)
    assert used.used_at == NOW + timedelta(minutes=1) == _look_up(service).used_at


def test_switching_school_makes_a_new_session_for_what_is_left_of_the_twelve_hours(service, begun):
    """The old key is worth nothing any more."""
    service.clock.wait(hours=1)
    switched = switch_school(begun, URN, SECOND_KEY, service.ports)

    assert (switched.school, switched.begun_at) == (a_school(), NOW)
    assert switched.id != begun.id
    assert _look_up(service) is None
    assert _look_up(service, SECOND_KEY) == switched


@pytest.mark.parametrize("urn", ["100003", "999999"])
def test_nobody_switches_to_a_school_without_the_role(service, urn):
    """Nor to one that is gone."""
    session = attrs.evolve(
        begin_session(HANNAH, [OTHER], KEY, service.ports), schools=(OTHER.urn, Urn("999999"))
    )

    assert switch_school(session, Urn(urn), SECOND_KEY, service.ports) is None
    assert _look_up(service).id == session.id


def test_sessions_are_ended_by_their_ids(service, session):
    """Unknown ones end nothing."""
    unknown = SessionId(uuid4())

    assert end_sessions([session.id, unknown], service.ports) == 1
    assert end_sessions([session.id], service.ports) == 0
    assert _look_up(service) is None


def test_operators_revoke_sessions_and_history_says_whose(service, session):
    """Once: a session that has ended meanwhile has no line."""
    end_sessions([session.id], service.ports)
    assert revoke_sessions([session], USER, service.ports) == 0
    again = begin_session(HANNAH, [a_school()], SECOND_KEY, service.ports)
    assert revoke_sessions([again], USER, service.ports) == 1
    with service.store.reading() as uow:
        [link] = uow.history.links(NO_SCHOOL, None, 100)

    [_, who, school, what, _, _, about, before, _] = link.line
    assert (who, school, what) == (USER, None, What.SESSION_REVOKED)
    assert about == again.id.hex
    assert json.loads(before) == {"user": again.user, "school": str(URN)}
    assert _look_up(service, SECOND_KEY) is None


def test_what_is_over_is_purged_and_purging_again_changes_nothing(service, session):
    """Those that go on stay."""
    service.clock.wait(hours=1)
    begin_session(HANNAH, [a_school()], SECOND_KEY, service.ports)
    service.clock.wait(hours=1)

    assert [purge_sessions(service.ports), purge_sessions(service.ports)] == [1, 0]
    assert _look_up(service, SECOND_KEY) is not None


def test_colleagues_can_be_named(service, session):
    """Those who have ever signed in."""
    end_sessions([session.id], service.ports)

    assert names_of_users({"user-1", "user-2"}, service.ports) == {"user-1": "Hannah Abbott"}


def test_sessions_go_on_in_another_store(service, session):
    """As when a demo begins afresh."""
    other = Service.of(a_world(schools=(a_school(), OTHER)))
    bring_sessions(every_session(service.ports), other.ports)

    assert _look_up(other) == session
