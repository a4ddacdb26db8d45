"""Pages of journeys ask the database little, however far a journey has come."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from uuid import uuid4

import attrs
import pytest

from adapters.sql.store import SqlStore
from bench.registration import recorded
from builders import TERM_STARTS, a_mentor, a_mentorship, a_training, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.transactions import Ports
from entrypoints.web.register_ect.forms import FORMS
from entrypoints.web.register_mentor.forms import FORMS as MENTOR_FORMS
from integration.sql.databases import new_database
from integration.web.mentoring import Mentoring, somebody_else
from integration.web.registering import START, Registering
from unit.use_cases.mentoring import a_provider_led_ect
from unit.use_cases.service import HandClock, ListeningRecords, Service
from unit.use_cases.town import BRAM, OTHER_SCHOOL, town

MOST = 6
ANOTHER_NAME = {"name_is_correct": "no", "corrected_name": "Olu Quinn"}
CHRISTMAS, NEXT_TERM = date(2025, 12, 19), date(2026, 1, 5)
SINCE = Period(date(2024, 9, 2))


@pytest.fixture(params=["sqlite", "postgresql"])
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    """The town, in a database."""
    world = town()
    with closing(SqlStore.at(new_database(request.param, tmp_path))) as store:
        ports = Ports(
            unit_of_work=store.unit_of_work,
            reading=store.reading,
            teacher_records=ListeningRecords(world.trs_people),
            clock=HandClock(),
            new_id=uuid4,
            pause=lambda _: None,
        )
        load_world(world, "loader", ports)
        yield Service(store, ports.clock, ports.teacher_records, ports, [])


def _taken(user: Registering, *pages: str) -> dict[str, int]:
    """How many statements each page takes, the second time that it is looked at."""
    counts = {}
    for page in pages:
        assert user.get(page).status == 200, page
        with recorded() as statements:
            user.get(page)
        counts[page] = len(statements)
    return counts


def _too_many(taken: dict[str, int]) -> dict[str, int]:
    return {page: count for page, count in taken.items() if count > MOST}


def test_registering_an_ect_takes_six_statements_a_page(service: Service) -> None:
    """Who was registered elsewhere, at a school that has choices to use again."""
    service.register(trn=str(BRAM), email="bram.okafor@example.org")
    service.has_ect(an_ect(school=OTHER_SCHOOL, period=SINCE))
    user = Registering.at(service)
    taken = _taken(user, START)
    user.go_on(name=ANOTHER_NAME, same_person={"same_person": "yes"})
    seen = set(FORMS) - {"find", "national-insurance-number"}
    taken |= _taken(user, *sorted(seen), "check-answers")
    user.register()

    assert _too_many(taken | _taken(user, "done")) == {}


def test_a_journey_that_is_stopped_takes_six_statements(service: Service) -> None:
    """The rule that says no."""
    service.has_ect(an_ect(period=SINCE))
    user = Registering.at(service)
    user.go_on(until="stopped")

    assert _too_many(_taken(user, "stopped")) == {}


def test_registering_a_mentor_takes_six_statements_a_page(service: Service) -> None:
    """Who mentors and is trained elsewhere."""
    trained = a_training(period=SINCE)
    service.has_mentor(a_mentor(school=OTHER_SCHOOL, period=SINCE, trainings=(trained,)))
    ect = service.has_ect(a_provider_led_ect())
    user = attrs.evolve(Mentoring.at(service), ect=str(ect.id))
    taken = _taken(user, user.question)
    user.begin()
    taken |= _taken(user, "find", "no-trn")
    user.go_on(
        name=ANOTHER_NAME,
        same_person={"same_person": "yes"},
        only_here={"only_here": "yes"},
        training={"another_provider": "yes"},
    )
    seen = set(MENTOR_FORMS) - {"find", "national-insurance-number"}
    taken |= _taken(user, *sorted(seen), "check-answers")
    user.register()

    assert _too_many(taken | _taken(user, "done")) == {}


def test_assigning_a_mentor_takes_six_statements_a_page(service: Service) -> None:
    """Who takes over from two others, one of whom is to come."""
    mentor = service.has_mentor(somebody_else(2, "Ola Eden"))
    now, then = service.has_mentor(a_mentor()), service.has_mentor(somebody_else(3, "Kit Alder"))
    mentorships = (
        a_mentorship(now, period=Period(TERM_STARTS, CHRISTMAS)),
        a_mentorship(then, period=Period(NEXT_TERM)),
    )
    ect = service.has_ect(a_provider_led_ect(mentorships=mentorships))
    user = attrs.evolve(Mentoring.at(service), ect=str(ect.id))
    user.choose(mentor.id, change=True)
    taken = _taken(user, "training")
    user.post("training", another_provider="yes")
    taken |= _taken(user, "lead-provider")
    user.answer("lead-provider")
    taken |= _taken(user, "check-answers")
    user.register()

    assert _too_many(taken | _taken(user, "done")) == {}
