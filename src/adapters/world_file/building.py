"""Turns the rows of a file into a world: periods and choices put together, names looked up."""

from __future__ import annotations

import attrs

from adapters.world_file.file_format import DeliveryPartnerRow, EctRow, WorldFile
from ect_registration.domain.people.training import ProgrammeChoices
from ect_registration.domain.school import DeliveryPartner, Pairing
from ect_registration.domain.world import World, WorldEct, WorldMentor, WorldMentorship


def world_of(file: WorldFile) -> World:
    """Returns the world of the file, item by item, in the order of the file."""
    parts = {field.name: getattr(file, field.name) for field in attrs.fields(WorldFile)}
    return World(
        **parts
        | {
            "delivery_partners": tuple(_partner(row) for row in file.delivery_partners),
            "ects": tuple(_ect(row) for row in file.ects),
            "mentors": tuple(
                WorldMentor(row.school, row.trn, row.email, row.period) for row in file.mentors
            ),
            "mentorships": tuple(
                WorldMentorship(row.school, row.ect_trn, row.mentor_trn, row.period)
                for row in file.mentorships
            ),
        }
    )


def _partner(row: DeliveryPartnerRow) -> DeliveryPartner:
    pairings = (
        Pairing(cooperation.lead_provider, row.name, year)
        for cooperation in row.works_with
        for year in cooperation.years
    )
    return DeliveryPartner(row.name, frozenset(pairings))


def _ect(row: EctRow) -> WorldEct:
    return WorldEct(
        school=row.school,
        trn=row.trn,
        email=row.email,
        period=row.period,
        registered_on=row.registered_on or row.started_on,
        choices=ProgrammeChoices(row.appropriate_body, row.programme, row.lead_provider),
        working_pattern=row.working_pattern,
        completed=row.completed,
    )
