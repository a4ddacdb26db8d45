"""What assigning a mentor asks of a database, at its most."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bench.registration import recorded
from contests import HUB, PROVIDER, SCHOOLS, YEAR, actor, contest_ports, people, reference_data
from ect_registration.domain.calendar import Period
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft
from ect_registration.domain.email import Email
from ect_registration.domain.people.training import Programme, ProgrammeChoices
from ect_registration.domain.world import World, WorldEct, WorldMentor, WorldMentorship
from ect_registration.use_cases.journeys import saved_journeys
from ect_registration.use_cases.journeys.mentor_journeys import ASSIGNMENT_JOURNEY
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.registering.assign_mentor import (
    look_at_assignment,
    submit_assignment,
)
from ect_registration.use_cases.registering.outcomes import Assigned
from integration.sql.databases import new_database

SCHOOL = SCHOOLS[0]
SINCE = Period(YEAR.first_day)
CHOICES = ProgrammeChoices(HUB, Programme.PROVIDER_LED, PROVIDER)


def _world() -> World:
    """An ECT, their mentor, and somebody who takes over."""
    ect, first, second = people(3)
    return World(
        trs_people=(ect, first, second),
        ects=(
            WorldEct(SCHOOL, ect.trn, Email("ect@example.org"), SINCE, date(2025, 7, 1), CHOICES),
        ),
        mentors=tuple(
            WorldMentor(SCHOOL, each.trn, Email(f"{each.trn}@example.org"), SINCE)
            for each in (first, second)
        ),
        mentorships=(WorldMentorship(SCHOOL, ect.trn, first.trn, SINCE),),
    )


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_change_of_mentor_takes_fourteen_statements(kind: str, tmp_path: Path) -> None:
    """The former mentorship ends, one begins, and so does training: the most there can be."""
    ports = contest_ports(new_database(kind, tmp_path), 3)
    load_world(reference_data(), "loader", ports)
    load_world(_world(), "loader", ports)
    ect, _, second = (each.trn for each in people(3))
    with ports.reading() as uow:
        [period] = uow.ects.of_people([ect])
        [mentor] = uow.mentors.of_people([second])
    draft = AssignmentDraft(period.id, mentor.id, replace=True, another_provider=False)
    journey = saved_journeys.start(actor(0), ports, draft)

    standing = saved_journeys.look(ASSIGNMENT_JOURNEY, journey, actor(0), ports)
    shown = look_at_assignment(standing.decided.case, ports)

    with recorded() as statements:
        outcome = submit_assignment(journey, actor(0), ports, shown)

    assert isinstance(outcome, Assigned)
    assert outcome.mentor.trainings
    assert len(statements) <= 14
