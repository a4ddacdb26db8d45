"""Organisations under ids that stay, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import uuid4

import attrs

from ect_registration.domain.drafts.saved_journey import AnyDraft
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.training import ProgrammeChoices, Training
from ect_registration.domain.school import (
    Organisation,
    OrganisationId,
    OrganisationKind,
    Pairing,
    Partnership,
    ProviderYear,
)
from ect_registration.domain.text import name_key
from ect_registration.ports.errors import Conflict
from ect_registration.ports.stored.holds import Hold
from ect_registration.testing.memory.guarantees import must_be_known
from ect_registration.testing.memory.state import State, Work

T = TypeVar("T", ProviderYear, Pairing, Partnership, ProgrammeChoices, Training, AnyDraft)

_ROWS = {
    OrganisationKind.APPROPRIATE_BODY: "appropriate_bodies",
    OrganisationKind.LEAD_PROVIDER: "lead_providers",
    OrganisationKind.DELIVERY_PARTNER: "delivery_partners",
}


@attrs.frozen
class MemoryOrganisations:
    """Everything else in the state speaks of them by name, and is changed with the name."""

    _work: Work

    def of_kind(self, kind: OrganisationKind) -> Sequence[Organisation]:
        """Returns all of a kind by name, with former names that no other has taken since."""
        state = self._work.state
        these = (each for each in state.organisations.values() if each.kind is kind)
        return sorted((_with_former_names(state, each) for each in these), key=lambda o: o.name)

    def rename(self, organisation: Organisation, name: str) -> None:
        """Renames an organisation, and keeps the name that it had as a former name."""
        with self._work.writing(Hold.REFERENCE_DATA) as state:
            must_be_known("organisation", organisation.id, state.organisations)
            before = state.organisations[organisation.id]
            holder = known_as(state, before.kind, name)
            if holder not in {None, before}:
                raise Conflict("the name of another organisation")
            if holder is None:
                former = (before.kind, name_key(before.name))
                state.former_names[former] = (before.name, before.id)
            spell(state, before, name)


def known_as(state: State, kind: OrganisationKind, name: str) -> Organisation | None:
    """Returns the organisation with this name, whatever its case, accents and blanks."""
    key = name_key(name)
    these = (each for each in state.organisations.values() if each.kind is kind)
    return next((each for each in these if name_key(each.name) == key), None)


def keep_name(state: State, kind: OrganisationKind, name: str) -> None:
    """Gives a known organisation the spelling given, and a new one an id."""
    known = known_as(state, kind, name)
    if known is None:
        new = OrganisationId(uuid4())
        state.organisations[new] = Organisation(new, kind, name)
    else:
        spell(state, known, name)


def spell(state: State, organisation: Organisation, name: str) -> None:
    """Write this name wherever the organisation is spoken of, as a database need not."""
    if name != organisation.name:
        state.organisations[organisation.id] = attrs.evolve(organisation, name=name)
        _Spelling(organisation.kind, organisation.name, name).in_all(state)


def _with_former_names(state: State, organisation: Organisation) -> Organisation:
    former = (name for name, id in state.former_names.values() if id == organisation.id)
    return attrs.evolve(organisation, former_names=tuple(sorted(former)))


@attrs.frozen
class _Spelling:
    """One name for another, in the attribute that is called after the kind of organisation."""

    attribute: OrganisationKind
    before: str
    after: str

    def in_all(self, state: State) -> None:
        """Changes the name wherever it was saved, reported, registered or answered."""
        self._in_offers(state)
        partnerships = map(self.of, state.partnerships.values())
        state.partnerships = {(p.school, p.lead_provider, p.year): p for p in partnerships}
        state.ended_partnerships = set(map(self.of, state.ended_partnerships))
        state.ects = {id: self._of_ect(ect) for id, ect in state.ects.items()}
        state.mentors = {
            id: attrs.evolve(mentor, trainings=tuple(map(self.of, mentor.trainings)))
            for id, mentor in state.mentors.items()
        }
        state.journeys = {
            id: attrs.evolve(journey, draft=self.of(journey.draft))
            for id, journey in state.journeys.items()
        }

    def of(self, thing: T) -> T:
        """Returns the thing, under the new name if it names the organisation."""
        if getattr(thing, self.attribute, None) != self.before:
            return thing
        changed: dict[str, Any] = {self.attribute: self.after}
        return attrs.evolve(thing, **changed)

    def _in_offers(self, state: State) -> None:
        state.provider_years = set(map(self.of, state.provider_years))
        state.pairings = set(map(self.of, state.pairings))
        state.delivery_partners = {
            name: attrs.evolve(partner, works_with=frozenset(map(self.of, partner.works_with)))
            for name, partner in state.delivery_partners.items()
        }
        rows = getattr(state, _ROWS[self.attribute])
        rows[self.after] = attrs.evolve(rows.pop(self.before), name=self.after)

    def _of_ect(self, ect: EctAtSchool) -> EctAtSchool:
        registration, body = ect.registration, ect.changed_body
        is_changed = self.attribute is OrganisationKind.APPROPRIATE_BODY and body == self.before
        return attrs.evolve(
            ect,
            registration=attrs.evolve(registration, choices=self.of(registration.choices)),
            trainings=tuple(map(self.of, ect.trainings)),
            changed_body=self.after if is_changed else body,
        )
