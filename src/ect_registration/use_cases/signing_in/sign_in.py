"""Decides whether a user who signed in with DfE Sign-in may use the service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from ect_registration.domain.decisions import Allowed, Blocked, Decision
from ect_registration.domain.rules.access import check_school_sign_in
from ect_registration.domain.rules.schools import check_acting_for_successor
from ect_registration.domain.school import School, SchoolStatus, Succession
from ect_registration.domain.sessions import Organisation, Person
from ect_registration.domain.values import InvalidValue, Urn
from ect_registration.ports.sign_in import SignIn
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.transactions import Ports


@attrs.frozen
class Admission:
    """The schools that a user may act for, and the reason when there are none."""

    person: Person
    schools: Sequence[School]
    decision: Decision
    # Schools of theirs that others have taken the place of, for which they still act.
    replaced: Sequence[Succession] = ()

    @property
    def why_not(self) -> str:
        """Returns why the user may not use the service; empty when they may."""
        return str(self.decision.because["why"]) if isinstance(self.decision, Blocked) else ""


def admit(person: Person, sign_in: SignIn, ports: Ports) -> Admission:
    """Returns the schools that the user may act for, asked afresh at each sign-in.

    Raises Unavailable: without an answer no user is let in, and no user is told that they may not.
    """
    organisations = _all_of(person, sign_in.organisations(person.user))
    known = _schools_among(organisations, ports)
    holding = sign_in.with_role(person.user, [o for o in organisations if o.id in known])
    held = {known[o.id] for o in holding}
    successions = _successions(held, ports)
    acting, today = [], ports.clock.today()
    # A school that has reopened is theirs again.
    going_on = {each for each in held if each.status is not SchoolStatus.CLOSED}
    schools = going_on | {each for each in held if each.urn not in successions}
    for succession, successor in successions.values():
        if isinstance(check_acting_for_successor(succession, today), Allowed):
            acting.append(succession)
            schools.add(successor)
    by_name = sorted(schools, key=lambda school: school.name)
    decision = check_school_sign_in(
        organisations, known.values(), by_name, replaced=bool(successions)
    )
    return Admission(person, by_name, decision, acting)


def _successions(
    schools: Iterable[School], ports: Ports
) -> Mapping[Urn, tuple[Succession, School]]:
    """Returns what has taken the place of these schools, step by step to the latest."""
    found = {}
    with ports.reading() as uow:
        for school in schools:
            succession = latest_succession(school.urn, uow)
            successor = succession and uow.schools.find(succession.successor)
            if succession and successor:
                found[school.urn] = (succession, successor)
    return found


def latest_succession(urn: Urn, uow: UnitOfWork) -> Succession | None:
    """Returns what has taken the place of a school, where that has been replaced as well."""
    latest, at, seen = None, urn, {urn}
    while (succession := uow.schools.succession_of(at)) is not None:
        at = succession.successor
        if at in seen:
            break
        seen.add(at)
        latest = Succession(urn, at, succession.moved_on)
    return latest


def _all_of(person: Person, listed: Sequence[Organisation]) -> Sequence[Organisation]:
    """Returns the listed organisations, and the chosen one even if the list lacks it."""
    chosen = person.organisation
    if chosen is None or chosen.id in {organisation.id for organisation in listed}:
        return listed
    return [chosen, *listed]


def _schools_among(organisations: Sequence[Organisation], ports: Ports) -> Mapping[str, School]:
    """Returns the schools that the service knows, by the organisation's id."""
    found = {}
    with ports.reading() as uow:
        for organisation in organisations:
            urn = _urn_of(organisation)
            school = urn and uow.schools.find(urn)
            if school:
                found[organisation.id] = school
    return found


def _urn_of(organisation: Organisation) -> Urn | None:
    try:
        return Urn.parse(organisation.urn or "")
    except InvalidValue:
        return None
