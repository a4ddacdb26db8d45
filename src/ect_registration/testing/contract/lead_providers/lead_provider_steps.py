"""What the tests of lead providers do to a store, and how they look at it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import attrs

from ect_registration.domain.email import Email
from ect_registration.domain.lead_providers.records import (
    Kind,
    Seen,
    SeenSchool,
)
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.training import Training, TrainingId
from ect_registration.domain.school import OrganisationKind
from ect_registration.domain.values import Trn
from ect_registration.ports.stored.lead_providers import Wanted, WantedSchools
from ect_registration.testing.examples import (
    DELIVERY_PARTNER,
    LEAD_PROVIDER,
    NOW,
    THIS_YEAR,
    TODAY,
    URN,
    a_mentor,
    a_mentorship,
    a_partnership,
    a_teacher,
    a_training,
    an_ect,
)
from ect_registration.testing.memory.teacher_records import MemoryTeacherRecords
from ect_registration.testing.steps import (
    Store,
    adding_ect,
    adding_mentor,
    keep,
    seen,
)
from ect_registration.use_cases.lead_providers import following
from ect_registration.use_cases.transactions import Ports


class MovingClock:
    """Tells another moment each time, on a day that stays."""

    def __init__(self, seconds: float = 1) -> None:
        self._moments = (NOW + timedelta(seconds=seconds * number) for number in count(1))

    def today(self) -> date:
        """Returns the day of the examples."""
        return TODAY

    def now(self) -> datetime:
        """Returns a moment so many seconds after the one before."""
        return next(self._moments)

    def stamp(self) -> datetime:
        """Returns the moment of the examples."""
        return NOW


def ports_on(store: Store, seconds: float = 1) -> Ports:
    """Returns ports on a store, with a clock that moves by so many seconds."""
    return Ports(
        unit_of_work=store.unit_of_work,
        reading=store.reading,
        teacher_records=MemoryTeacherRecords(()),
        clock=MovingClock(seconds),
        new_id=uuid4,
        pause=lambda _: None,
    )


def new_training(**changes: Any) -> Training:
    """Returns training of the examples under an id of its own."""
    return attrs.evolve(a_training(), id=TrainingId(uuid4()), **changes)


def everything_followed(store: Store, seconds: float = 1) -> None:
    """Shows lead providers everything that changed."""
    ports = ports_on(store, seconds)
    while following.follow(ports):
        pass


def records_seen(store: Store, kind: Kind = Kind.PARTICIPANT, **narrowed: Any) -> Sequence[Seen]:
    """Returns what the lead provider of the examples sees now."""
    everything_followed(store)
    everything = Wanted(lead_provider=LEAD_PROVIDER, kind=kind, day=TODAY)
    wanted = attrs.evolve(everything, **narrowed)
    return seen(store, lambda uow: uow.seen.look(wanted, 0, 100))


def schools_seen(store: Store, **narrowed: Any) -> Sequence[SeenSchool]:
    """Returns the schools that the lead provider of the examples sees now."""
    everything_followed(store)
    this_year = WantedSchools(lead_provider=LEAD_PROVIDER, cohort=THIS_YEAR.starts_in)
    wanted = attrs.evolve(this_year, **narrowed)
    return seen(store, lambda uow: uow.seen.look_at_schools(wanted, 0, 100))


def school_seen(store: Store, urn: str = URN.digits, **narrowed: Any) -> SeenSchool:
    """Returns the one school with this URN as it is seen now."""
    [school] = schools_seen(store, urn=urn, **narrowed)
    return school


def ids_of_partners(store: Store) -> dict[str, UUID]:
    """Returns the ids of delivery partners by name."""
    kind = OrganisationKind.DELIVERY_PARTNER
    return {
        each.name: each.id for each in seen(store, lambda uow: uow.organisations.of_kind(kind))
    }


def register_interested(store: Store, number: int = 1, **changes: Any) -> EctAtSchool:
    """Registers an ECT whose training waits for the lead provider."""
    ect = an_ect(
        **{
            "teacher": a_teacher(trn=Trn(f"100000{number}")),
            "email": Email(f"ect{number}@example.org"),
            "trainings": (new_training(),),
        }
        | changes
    )
    keep(store, adding_ect(ect))
    return ect


def register_confirmed(store: Store, number: int = 1, **changes: Any) -> EctAtSchool:
    """Registers an ECT whose training is confirmed."""
    report_partnership(store)
    trainings = (new_training(delivery_partner=DELIVERY_PARTNER),)
    return register_interested(store, number, **{"trainings": trainings} | changes)


def report_partnership(store: Store) -> None:
    """Reports the partnership of the examples, once."""
    if not seen(store, lambda uow: uow.partnerships.of_school(URN)):
        keep(
            store,
            lambda uow: uow.partnerships.add(a_partnership()),
            lambda uow: uow.partnerships.confirm_waiting(a_partnership(), TODAY),
        )


def register_mentored(store: Store, **changes: Any) -> MentorAtSchool:
    """Gives a confirmed ECT a mentor."""
    mentor = a_mentor(**changes)
    report_partnership(store)
    keep(store, adding_mentor(mentor))
    ect = an_ect(trainings=(new_training(delivery_partner=DELIVERY_PARTNER),))
    keep(
        store,
        adding_ect(attrs.evolve(ect, mentorships=(a_mentorship(mentor, period=mentor.period),))),
    )
    return mentor
