"""A school whose users look at its ECTs, in this process."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Self

import attrs

from builders import NOW, TODAY, URN, a_registration, a_school, a_world, an_ect
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.sessions import Person
from ect_registration.domain.values import Trn, Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.transactions import Ports
from integration.web.foundation import memory_ports, sign_in
from integration.web.one_app import Client, client_on
from unit.use_cases.town import town

OTHER_URN = Urn("100002")


def somebody(number: int, name: str = "", **changes: Any) -> EctAtSchool:
    """One of many ECTs, registered that many hours ago."""
    ect = an_ect(
        teacher=Teacher(Trn(f"{3000000 + number}"), name or f"Teacher {number:03}"),
        email=Email(f"ect{number}@example.org"),
        registration=a_registration(registered_at=NOW - timedelta(hours=number)),
    )
    return attrs.evolve(ect, **changes)


@attrs.frozen
class School:
    """The service, and who is registered."""

    ports: Ports

    @classmethod
    def of(cls, ports: Ports | None = None) -> Self:
        """Two schools, nobody registered."""
        schools = (a_school(), a_school(urn=OTHER_URN, name="Fenwick Academy"))
        return cls(ports or memory_ports(a_world(schools=schools)))

    @classmethod
    def in_town(cls) -> Self:
        """With everything that there is to choose from in the small town; nobody registered."""
        ports = memory_ports()
        load_world(town(), "operator", ports)
        return cls.of(ports)

    def user(self, user: str = "user-1", urn: Urn = URN) -> Client:
        """Somebody who is signed in."""
        client = client_on(self.ports)
        sign_in(client, self.ports, Person(user, "Hannah"), urn)
        return client

    def has(self, *ects: EctAtSchool) -> None:
        """These are registered."""
        with self.ports.unit_of_work() as uow:
            uow.hold([Hold.EVERYTHING])
            for ect in ects:
                _add(ect, uow)
                uow.ects.add(ect)
            uow.commit()

    def has_mentor(self, mentor: MentorAtSchool) -> MentorAtSchool:
        """Somebody to mentor them."""
        with self.ports.unit_of_work() as uow:
            uow.hold([Hold.EVERYTHING])
            _add(mentor, uow)
            uow.mentors.add(mentor)
            uow.commit()
        return mentor


def _add(person: EctAtSchool | MentorAtSchool, uow: UnitOfWork) -> None:
    uow.teachers.save(person.teacher)
    if person.email is not None and person.period.is_open(TODAY):
        uow.emails.claim(person.email, person.teacher.trn, TODAY)


def names_on(page: str) -> Sequence[str]:
    """The ECTs on a page, in order."""
    return re.findall(r'<th scope="row"[^>]*>\s*<a [^>]*>([^<]*)</a>', page)


def text_of(page: str) -> str:
    """What a page says, on one line."""
    main = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())
