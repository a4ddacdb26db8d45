"""Sessions kept in the store: begin, look up, go on, switch school, end."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import attrs

from ect_registration.domain.email import Email
from ect_registration.domain.policy import SESSION_IDLE, SESSION_IN_ALL
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.operating.operators import OPERATOR_IS_NAMED
from ect_registration.domain.school import School
from ect_registration.domain.sessions import Person, Session, SessionId
from ect_registration.domain.values import InvalidValue, Urn
from ect_registration.ports.errors import Contention, Unavailable
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.transactions import Ports, transact

AT_ONCE = 0.1  # seconds, for what a page does on the side


def begin_session(
    person: Person,
    schools: Sequence[School],
    key: str,
    ports: Ports,
    former: SessionId | None = None,
    why_not: str = "",
) -> Session:
    """Signs a user in; with one school they act for it at once. ``former`` ends.

    ``why_not``: why they have no school, when they have none.
    Names are shown and nothing else, so that one too long is cut rather than refused.
    """
    now = ports.clock.now()
    session = Session(
        id=SessionId(ports.new_id()),
        key=key,
        user=person.user,
        name=person.name[:255],
        begun_at=now,
        used_at=now,
        school=schools[0] if len(schools) == 1 else None,
        schools=tuple(school.urn for school in schools),
        signed_in_as=_signed_in_as(person)[:1000],
        why_not=why_not,
        proof=person.proof,
        email=_address_of(person),
    )
    return _replace(former, session, ports)


def _address_of(person: Person) -> str:
    """Returns the user's email address, or an empty text for what no email can be sent to."""
    try:
        return Email.parse(person.email).address
    except InvalidValue:
        return ""


def _signed_in_as(person: Person) -> str:
    organisation = person.organisation.name if person.organisation else ""
    who = person.email or person.name
    return f"{who}, {organisation}" if organisation else who


def switch_school(session: Session, urn: Urn, key: str, ports: Ports) -> Session | None:
    """Moves the session to another of the user's schools, under a new key; else None.

    The twelve hours since signing in go on.
    """
    if urn not in session.schools:
        return None
    with ports.reading() as uow:
        school = uow.schools.find(urn)
    if school is None:
        return None
    switched = attrs.evolve(
        session,
        id=SessionId(ports.new_id()),
        key=key,
        school=school,
        used_at=ports.clock.now(),
    )
    return _replace(session.id, switched, ports)


def _replace(former: SessionId | None, session: Session, ports: Ports) -> Session:
    def work(uow: UnitOfWork) -> Session:
        if former is not None:
            uow.sessions.remove(former)
        uow.sessions.add(session)
        uow.commit()
        return session

    return transact(ports, work)


def look_up_session(key: str, ports: Ports) -> Session | None:
    """Returns a session without extending it; None when it has ended for any reason."""
    with ports.reading() as uow:
        session = uow.sessions.find(key)
    if session is None or session.is_over(ports.clock.now()):
        return None
    return session


def use_session(session: Session, ports: Ports) -> Session:
    """Starts the idle time of a session again; writes once a minute at most.

    The user does not wait for that: what cannot be written at once is left to the next use.
    """
    now = ports.clock.now()
    if not session.is_to_be_noted(now):
        return session
    try:
        with ports.unit_of_work(deadline=ports.deadline.within(AT_ONCE)) as uow:
            uow.sessions.use(session.key, now)
            uow.commit()
    except (Contention, Unavailable):
        return session
    return attrs.evolve(session, used_at=now)


def every_session(ports: Ports) -> Sequence[Session]:
    """Returns the sessions that have not ended, latest use first."""
    now = ports.clock.now()
    with ports.reading() as uow:
        return [session for session in uow.sessions.everybody() if not session.is_over(now)]


def bring_sessions(sessions: Sequence[Session], ports: Ports) -> None:
    """Copies sessions into another store, so that users stay signed in."""

    def work(uow: UnitOfWork) -> None:
        for session in sessions:
            uow.sessions.add(session)
        uow.commit()

    transact(ports, work)


def end_sessions(ids: Collection[SessionId], ports: Ports) -> int:
    """Signs users out at their next click, and returns the number of sessions ended."""

    def work(uow: UnitOfWork) -> int:
        ended = sum(uow.sessions.remove(id) for id in ids)
        uow.commit()
        return ended

    return transact(ports, work)


def revoke_sessions(sessions: Sequence[Session], operator: str, ports: Ports) -> int:
    """Signs users out for an operator, and returns the number of sessions ended.

    Who was signed out, and from which school, stands in history.
    """

    def work(uow: UnitOfWork) -> int:
        ended = [session for session in sessions if uow.sessions.remove(session.id)]
        uow.history.add([_revoked(session, operator, ports) for session in ended])
        uow.commit()
        return len(ended)

    return transact(ports, work)


def _revoked(session: Session, operator: str, ports: Ports) -> Change:
    school = None if session.school is None else session.school.urn.digits
    return Change(
        at=ports.clock.stamp(),
        actor=operator,
        school=None,
        what=What.SESSION_REVOKED,
        rules=(OPERATOR_IS_NAMED.id,),
        about=session.id,
        before={"user": session.user, "school": school},
    )


def purge_sessions(ports: Ports) -> int:
    """Removes the sessions that are over, and returns the number removed."""
    now = ports.clock.now()

    def work(uow: UnitOfWork) -> int:
        removed = uow.sessions.remove_over(
            used=now - SESSION_IDLE.value, begun=now - SESSION_IN_ALL.value
        )
        uow.commit()
        return removed

    return transact(ports, work)


def names_of_users(users: Collection[str], ports: Ports) -> Mapping[str, str]:
    """Returns users' names at their last sign-in, for their colleagues to see."""
    with ports.reading() as uow:
        return uow.sessions.names(users)


def schools_of(session: Session, ports: Ports) -> Sequence[School]:
    """Returns the schools that the user can choose from, by name."""
    with ports.reading() as uow:
        schools = uow.schools.with_urns(session.schools)
    return sorted(schools, key=lambda school: school.name)
