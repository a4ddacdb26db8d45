"""Pages and answers of journeys ask the database little, however far a journey has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
from ect_registration.domain.email import Email
from ect_registration.use_cases.journeys.saved_journeys import Standing
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
from unit.use_cases.visit import ANSWERS as ECT_ANSWERS
from unit.use_cases.visit import MENTOR_ANSWERS, AssignmentVisit, MentorVisit, Visit

MOST = 6
ANOTHER_NAME = {"name_is_correct": "no", "corrected_name": "Olu Quinn"}
ANOTHER_PROVIDER: Mapping[str, object] = {"another_provider": True}
OTHER_EMAIL = Email("somebody.else@example.org")
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


def _asked_twice(visit: Visit, answers: Mapping[str, Mapping[str, object]]) -> Sequence[str]:
    """The answers that ask the database a question more than once, when they are given again."""
    twice = []
    for step, answer in answers.items():
        with recorded() as statements:
            assert isinstance(visit.give(step, **answer), Standing), step
        questions = Counter((text, str(values)) for text, values, _ in statements)
        twice += [step] if max(questions.values()) > 1 else []
    return twice


def test_an_answer_about_an_ect_asks_nothing_twice(service: Service) -> None:
    """What was looked up for the other answers is used for the new one."""
    visit = Visit.complete(service)
    given = {step: answer for step, answer in ECT_ANSWERS.items() if _shows(visit, step)}

    assert _asked_twice(visit, given | {"email": {"email": OTHER_EMAIL}}) == []


def test_an_answer_about_a_mentor_asks_nothing_twice(service: Service) -> None:
    """Who mentors and is trained elsewhere, and is trained here by another lead provider."""
    trained = a_training(period=SINCE)
    service.has_mentor(a_mentor(school=OTHER_SCHOOL, period=SINCE, trainings=(trained,)))
    ect = service.has_ect(a_provider_led_ect())
    visit = MentorVisit.at_check_answers(service, ect, training=ANOTHER_PROVIDER)
    given = MENTOR_ANSWERS | {"training": ANOTHER_PROVIDER, "email": {"email": OTHER_EMAIL}}

    assert _asked_twice(visit, given) == []


def test_an_answer_about_an_assignment_asks_nothing_twice(service: Service) -> None:
    """What is on offer is the same before and after."""
    mentor = service.has_mentor(somebody_else(2, "Ola Eden"))
    visit = AssignmentVisit.of(service, service.has_ect(a_provider_led_ect()), mentor)
    given = {step: MENTOR_ANSWERS[step] for step in ("training", "lead-provider")}

    assert _asked_twice(visit, given | {"training": ANOTHER_PROVIDER}) == []


def _shows(visit: Visit, step: str) -> bool:
    return visit.look().decided.progress.shows(step)
