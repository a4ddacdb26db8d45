"""People, schools and delivery partners as lead providers know them, in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID, uuid4

from ect_registration.domain.lead_providers.person import Person
from ect_registration.domain.lead_providers.records import IdChange
from ect_registration.domain.lead_providers.schools import SchoolFacts
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.people.training import TrainingState
from ect_registration.domain.school import OrganisationKind, Pairing
from ect_registration.domain.values import Trn
from ect_registration.testing.memory.shown import Retired
from ect_registration.testing.memory.state import State

Partner = tuple[str, tuple[Pairing, ...]]


def give_ids(state: State) -> None:
    """Gives an id to every person and school that has none."""
    for trn in state.teachers:
        state.seen.people.setdefault(trn, uuid4())
    for urn in state.schools:
        state.seen.schools.setdefault(urn, uuid4())


def people(state: State) -> Iterator[Person]:
    """Yields every person who is known by their own record, as they are now."""
    for trn, teacher in state.teachers.items():
        id = state.seen.people[trn]
        if id not in state.seen.retired:
            yield _person(id, teacher, state)


def _person(id: UUID, teacher: Teacher, state: State) -> Person:
    ects = [each for each in state.ects.values() if each.teacher.trn == teacher.trn]
    mentored_by = {m.mentor_teacher.trn for ect in ects for m in ect.mentorships}
    family = state.one_person(teacher.trn)
    return Person(
        id=id,
        teacher=teacher,
        ects=sorted(ects, key=lambda each: each.period.started_on),
        mentors=sorted(
            (each for each in state.mentors.values() if each.teacher.trn == teacher.trn),
            key=lambda each: each.period.started_on,
        ),
        training_history=[
            state.training_history[trn] for trn in sorted(family & state.training_history.keys())
        ],
        ids_of_mentors={trn: state.seen.people[trn] for trn in mentored_by},
        mentors_ects_of=frozenset(_lead_providers_of_ects(teacher.trn, state)),
        id_changes=tuple(
            IdChange(old, id, retired.at)
            for old, retired in sorted(state.seen.retired.items(), key=lambda pair: pair[1].at)
            if retired.into == id
        ),
    )


def _lead_providers_of_ects(mentor: Trn, state: State) -> Iterator[str]:
    """Yields the lead providers that train a mentor's ECTs on a day of the mentorship."""
    for ect in state.ects.values():
        mentored = [
            each.period
            for each in ect.mentorships
            if each.mentor_teacher.trn == mentor and not each.withdrawn
        ]
        for training in ect.trainings:
            confirmed = training.state is TrainingState.CONFIRMED and not training.withdrawn
            if confirmed and any(training.period.overlaps(period) for period in mentored):
                yield str(training.lead_provider)


def mentors_of(ids: Collection[UUID], state: State) -> frozenset[UUID]:
    """Returns those who mentor these ECTs, or did."""
    return frozenset(
        state.seen.people[mentorship.mentor_teacher.trn]
        for ect in state.ects.values()
        if state.seen.people[ect.teacher.trn] in ids
        for mentorship in ect.mentorships
    )


def retire_merged(state: State, now: datetime) -> None:
    """Retires people whose record was merged into another, and has no period left."""
    at_schools = {each.teacher.trn for each in state.ects.values()}
    at_schools |= {each.teacher.trn for each in state.mentors.values()}
    for old, retained in state.merges:
        known = old in state.teachers and retained in state.teachers
        if known and old not in at_schools:
            _retire(state.seen.people[old], state.seen.people[retained], state, now)


def _retire(old: UUID, into: UUID, state: State, now: datetime) -> None:
    """Retires a person, unless that was done; who was retired into them is led on."""
    if old in state.seen.retired:
        return
    while into in state.seen.retired:
        into = state.seen.retired[into].into
    state.seen.retired[old] = Retired(into, now)
    for id, retired in state.seen.retired.items():
        if retired.into == old:
            state.seen.retired[id] = Retired(into, retired.at)


def schools(state: State) -> Iterator[SchoolFacts]:
    """Yields every school with its training and partnerships, as they are now."""
    active = set(state.partnerships.values()) - state.ended_partnerships
    for urn, school in state.schools.items():
        ects = [t for e in state.ects.values() if e.school == urn for t in e.trainings]
        mentors = [t for m in state.mentors.values() if m.school == urn for t in m.trainings]
        theirs = (each for each in active if each.school == urn)
        yield SchoolFacts(
            id=state.seen.schools[urn],
            school=school,
            trainings=[*ects, *mentors],
            of_ects=frozenset(training.id for training in ects),
            partnerships=sorted(theirs, key=lambda each: (each.year, each.lead_provider)),
        )


def delivery_partners(state: State) -> Iterator[tuple[UUID, Partner]]:
    """Yields every delivery partner with its name and the lead providers it works with."""
    for organisation in state.organisations.values():
        if organisation.kind is OrganisationKind.DELIVERY_PARTNER:
            partner = state.delivery_partners[organisation.name]
            yield organisation.id, (partner.name, tuple(sorted(partner.works_with)))
