"""Decides whether a user who signed in with DfE Sign-in may use the service."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import attrs

from ect_registration.domain.decisions import Allowed, Blocked, Decision
from ect_registration.domain.rules.access import check_school_sign_in
from ect_registration.domain.rules.operating.schools import check_acting_for_successor
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
    with ports.reading() as uow:
        latest = latest_successions({school.urn for school in schools}, uow)
        known = uow.schools.with_urns({each.successor for each in latest.values()})
    successors = {school.urn: school for school in known}
    return {urn: (each, successors[each.successor]) for urn, each in latest.items()}


def latest_successions(urns: Collection[Urn], uow: UnitOfWork) -> Mapping[Urn, Succession]:
    """Returns what has taken the place of schools, where that has been replaced as well.

    Each step is looked up for all of them at once.
    """
    steps: dict[Urn, Succession] = {}
    asked, asking = set[Urn](), set(urns)
    while asking:
        found = uow.schools.successions_of(asking)
        steps |= {step.school: step for step in found}
        asked |= asking
        asking = {step.successor for step in found} - asked
    return {urn: latest for urn in sorted(urns) if (latest := _latest(urn, steps)) is not None}


def _latest(urn: Urn, steps: Mapping[Urn, Succession]) -> Succession | None:
    """Returns the last step from this school, and nothing beyond a school already passed."""
    latest, at, seen = None, urn, {urn}
    while (step := steps.get(at)) is not None and step.successor not in seen:
        at = step.successor
        seen.add(at)
        latest = Succession(urn, at, step.moved_on)
    return latest


def _all_of(person: Person, listed: Sequence[Organisation]) -> Sequence[Organisation]:
    """Returns the listed organisations, and the chosen one even if the list lacks it."""
    chosen = person.organisation
    if chosen is None or chosen.id in {organisation.id for organisation in listed}:
        return listed
    return [chosen, *listed]


def _schools_among(organisations: Sequence[Organisation], ports: Ports) -> Mapping[str, School]:
    """Returns the schools that the service knows, by the organisation's id."""
    given = ((organisation.id, _urn_of(organisation)) for organisation in organisations)
    urns = {id: urn for id, urn in given if urn is not None}
    with ports.reading() as uow:
        schools = {school.urn: school for school in uow.schools.with_urns(set(urns.values()))}
    return {id: schools[urn] for id, urn in urns.items() if urn in schools}


def _urn_of(organisation: Organisation) -> Urn | None:
    try:
        return Urn.parse(organisation.urn or "")
    except InvalidValue:
        return None
