"""Worlds with people in them, and loading them."""

from __future__ import annotations

from datetime import date

import attrs

from builders import ECT_TRN, MENTOR_TRN, URN, choices
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.world import World, WorldEct, WorldMentor, WorldMentorship
from ect_registration.use_cases.operating.load_world import Loaded, load_world
from unit.use_cases.service import Service
from unit.use_cases.town import town

A_YEAR_AGO = Period(date(2024, 9, 1))
EMAIL = Email("asha.marlowe@example.org")


def a_world_ect(**changes: object) -> WorldEct:
    """Asha at Larkfield, for a year."""
    ect = WorldEct(
        school=URN,
        trn=ECT_TRN,
        email=EMAIL,
        period=A_YEAR_AGO,
        registered_on=date(2024, 7, 1),
        choices=choices(),
        working_pattern=WorkingPattern.FULL_TIME,
    )
    return attrs.evolve(ect, **changes)


def a_world_mentor(**changes: object) -> WorldMentor:
    """Joan at Larkfield, for a year."""
    mentor = WorldMentor(URN, MENTOR_TRN, Email("joan@example.org"), A_YEAR_AGO)
    return attrs.evolve(mentor, **changes)


def a_world_mentorship(**changes: object) -> WorldMentorship:
    """Joan mentors Asha."""
    return attrs.evolve(WorldMentorship(URN, ECT_TRN, MENTOR_TRN, A_YEAR_AGO), **changes)


def peopled(**changes: object) -> World:
    """The town with the three of them."""
    world = attrs.evolve(
        town(),
        ects=(a_world_ect(),),
        mentors=(a_world_mentor(),),
        mentorships=(a_world_mentorship(),),
    )
    return attrs.evolve(world, **changes)


def load(service: Service, **changes: object) -> Loaded:
    """Load that world."""
    return load_world(peopled(**changes), "loader", service.ports)
