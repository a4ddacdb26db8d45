"""Contests: eight processes try the same thing at the same moment, on one database.

Tests hold some hundred of them on each database, `make soak` many thousands. A contest is a list
of attempts, one a process; what comes back is what each came to, in a word.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from multiprocessing.pool import Pool
from multiprocessing.synchronize import Barrier
from uuid import uuid4

import attrs

from adapters.sql.store import SqlStore
from adapters.system_clock import FixedDayClock
from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.drafts.ect_draft import EctDraft, NameAnswer, ReuseAnswer
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.training import Programme
from ect_registration.domain.rules.check_answers import Preview
from ect_registration.domain.school import AppropriateBody, BodyKind, LeadProvider, School
from ect_registration.domain.values import Trn, Urn
from ect_registration.domain.world import InvalidWorld, OpenYear, TrsPerson, World, WorldMentor
from ect_registration.testing.memory.teacher_records import MemoryTeacherRecords
from ect_registration.use_cases.journeys import answering, saved_journeys
from ect_registration.use_cases.journeys.ect_journey import ECT_JOURNEY
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.registering.outcomes import Registered
from ect_registration.use_cases.registering.register_ect import register_ect, submit_ect
from ect_registration.use_cases.transactions import Actor, Ports
from entrypoints.bootstrap import pause

CONTESTANTS = 8
PATIENCE = 300  # seconds, for the slowest of eight processes to start on a busy machine
TODAY = date(2025, 9, 10)
BORN_ON = date(1999, 1, 31)
YEAR = AcademicYear(2025)
SCHOOLS = (Urn("100001"), Urn("100002"))
HUB, PROVIDER = "Alpha Teaching School Hub", "Teach First"

REGISTERED, EMAIL_IN_USE = "registered", "email-in-use"


def actor(school: int) -> Actor:
    """Somebody at one of the two schools."""
    return Actor("contestant", SCHOOLS[school])


def people(count: int) -> list[TrsPerson]:
    """Invented teachers, none of whom anybody has registered."""
    return [
        TrsPerson(Trn(f"{number:07}"), "Ada", f"Number {number}", date_of_birth=BORN_ON)
        for number in range(1, count + 1)
    ]


def reference_data() -> World:
    """Two schools that may register in an open year."""
    return World(
        academic_years=(OpenYear(YEAR, open_for_registration=True),),
        schools=tuple(School(urn, f"School {urn}") for urn in SCHOOLS),
        appropriate_bodies=(AppropriateBody(HUB, BodyKind.TEACHING_SCHOOL_HUB),),
        lead_providers=(LeadProvider(PROVIDER, frozenset({YEAR})),),
    )


def contest_ports(database: str, count: int) -> Ports:
    """Ports of one process on the database, for as long as it keeps them."""
    store = SqlStore.at(database)
    return Ports(
        unit_of_work=store.unit_of_work,
        reading=store.reading,
        teacher_records=MemoryTeacherRecords(people(count)),
        clock=FixedDayClock(TODAY),
        new_id=uuid4,
        pause=pause,
    )


# Attempts: plain values that go to a process, and come to a word there.


@attrs.frozen
class Register:
    """A teacher at a school, from one document."""

    trn: str
    school: str
    email: str

    def __call__(self, ports: Ports) -> str:
        """Registered, or the rule that refused."""
        document = {
            "school": self.school,
            "trn": self.trn,
            "date_of_birth": BORN_ON.isoformat(),
            "email": self.email,
            "start_date": "2025-09-01",
            "working_pattern": "full_time",
            "appropriate_body": HUB,
            "programme": "provider_led",
            "lead_provider": PROVIDER,
        }
        outcome = register_ect(document, "contestant", ports)
        return REGISTERED if isinstance(outcome, Registered) else outcome.rule.id


@attrs.frozen
class BringInMentor:
    """A mentor period with an email address."""

    trn: str
    email: str

    def __call__(self, ports: Ports) -> str:
        """Registered, or the rule that the address broke."""
        trn, email = Trn(self.trn), Email(self.email)
        world = World(
            trs_people=(TrsPerson(trn, "Mo", "Mentor"),),
            mentors=(WorldMentor(SCHOOLS[0], trn, email, Period(date(2025, 9, 1))),),
        )
        try:
            load_world(world, "contestant", ports)
        except InvalidWorld as mistake:
            return EMAIL_IN_USE if mistake.path == "mentors[0].email" else str(mistake)
        return REGISTERED


@attrs.frozen
class Submit:
    """A journey that is ready, as check answers showed it."""

    journey: JourneyId
    shown: Preview

    def __call__(self, ports: Ports) -> str:
        """The id of the ECT that it registered, or the rule that refused."""
        outcome = submit_ect(self.journey, self.shown, actor(0), ports)
        return str(outcome.ect.id) if isinstance(outcome, Registered) else outcome.rule.id


Attempt = Callable[[Ports], str]


def ready_journey(trn: Trn, ports: Ports, who: Actor, start_date: date) -> Submit:
    """A journey at check answers."""
    id = saved_journeys.start(who, ports)
    answering.find_teacher(ECT_JOURNEY, id, trn, BORN_ON, who, ports)
    for step, given in (
        ("name", {"name": NameAnswer()}),
        ("registered-before", {"registered_before_seen": True}),
        ("email", {"email": Email(f"{uuid4().hex}@example.org")}),
        ("start-date", {"start_date": start_date}),
        ("working-pattern", {"working_pattern": WorkingPattern.FULL_TIME}),
        ("reuse-choices", {"reuse": ReuseAnswer(wanted=False)}),  # ignored where none are offered
        ("appropriate-body", {"appropriate_body": HUB}),
        ("programme", {"programme": Programme.PROVIDER_LED}),
        ("lead-provider", {"lead_provider": PROVIDER}),
    ):
        answering.answer(ECT_JOURNEY, id, step, _giving(given), who, ports)
    standing = saved_journeys.look(ECT_JOURNEY, id, who, ports)
    assert isinstance(standing, saved_journeys.Standing)
    return Submit(id, standing.decided.case.preview)


def _giving(given: dict[str, object]) -> Callable[[EctDraft], EctDraft]:
    return lambda draft: attrs.evolve(draft, **given)


# The ring: processes that wait for each other, then all try at once.

_ports: Ports
_barrier: Barrier


def _enter(database: str, count: int, barrier: Barrier) -> None:
    global _ports, _barrier
    _ports, _barrier = contest_ports(database, count), barrier


def _try(attempt: Attempt) -> str:
    _barrier.wait(PATIENCE)
    try:
        return attempt(_ports)
    except Exception as error:  # noqa: BLE001 - the contest reports it: nothing may be raised
        return f"{type(error).__name__}: {error}"


@attrs.frozen
class Ring:
    """Eight processes on one database."""

    pool: Pool

    def hold(self, attempts: Sequence[Attempt]) -> list[str]:
        """Let every process make one attempt, all at once."""
        assert len(attempts) == CONTESTANTS
        return self.pool.map(_try, attempts, chunksize=1)


@contextmanager
def ring(database: str, count: int) -> Iterator[Ring]:
    """A ring for contests about so many people."""
    context = multiprocessing.get_context("forkserver")  # it imports, once, what all of them need
    context.set_forkserver_preload(["entrypoints.bootstrap", "psycopg"])
    arguments = (database, count, context.Barrier(CONTESTANTS))
    with context.Pool(CONTESTANTS, _enter, arguments) as pool:
        yield Ring(pool)
