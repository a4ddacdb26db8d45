"""Brings in the ECTs, mentors and mentorships of a world."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Self
from uuid import UUID

import attrs

from ect_registration.domain.decisions import Blocked, Evidence
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool, EctId, Registration
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId, Mentorship, MentorshipId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.people.training import Training, TrainingId
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.identifying.email import check_email_in_use
from ect_registration.domain.rules.registering.programme import partnership_with
from ect_registration.domain.rules.registering.start_date import expected_training_start_year
from ect_registration.domain.values import Trn, Urn
from ect_registration.domain.world import (
    InvalidWorld,
    World,
    WorldEct,
    WorldMentor,
    WorldMentorship,
)
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.transactions import Ports


@attrs.frozen
class People:
    """Adds a world's people within one unit of work. Each method says whether it added."""

    names: Mapping[Trn, str]
    user: str
    ports: Ports
    uow: UnitOfWork

    @classmethod
    def of(cls, world: World, user: str, ports: Ports, uow: UnitOfWork) -> Self:
        """Returns a loader that takes people's names from the people of TRS."""
        return cls({person.trn: person.name for person in world.trs_people}, user, ports, uow)

    def add_ect(self, item: WorldEct) -> bool:
        """Adds an ECT unless this TRN has a period at this school from this day."""
        teacher = self._teacher(item.trn)
        periods = self.uow.ects.of_people([teacher.trn], withdrawn=True)
        if any(_is_same(ect, item) for ect in periods):
            return False
        if item.email is not None and item.period.is_open(self._today):
            self._claim(item.email, teacher.trn)
        ect = self._ect(item, teacher)
        self.uow.ects.add(ect)
        self._wrote(item.school, teacher.trn, ect.id)
        return True

    def add_mentor(self, item: WorldMentor) -> bool:
        """Adds a mentor unless this TRN has a period at this school from this day."""
        teacher = self._teacher(item.trn)
        periods = self.uow.mentors.of_people([teacher.trn], withdrawn=True)
        if any(_is_same(mentor, item) for mentor in periods):
            return False
        if item.email is not None and item.period.is_open(self._today):
            self._claim(item.email, teacher.trn)
        id = MentorId(self.ports.new_id())
        self.uow.mentors.add(MentorAtSchool(id, item.school, teacher, item.email, item.period))
        self._wrote(item.school, teacher.trn, id)
        return True

    def add_mentorship(self, item: WorldMentorship) -> bool:
        """Adds a mentorship unless the pair has one from this day, however it ended since."""
        if self._is_there(item):
            return False
        ect = self._containing_ect(item)
        mentor = self._containing_mentor(item)
        id = MentorshipId(self.ports.new_id())
        mentorship = Mentorship(id, mentor.id, mentor.teacher, item.period)
        after = attrs.evolve(ect, mentorships=(*ect.mentorships, mentorship))
        self.uow.ects.change(ect, after)
        last_day = item.period.finished_on
        assigned: Evidence = {
            "mentor": mentor.teacher.name,
            "started_on": item.period.started_on.isoformat(),
            "finished_on": last_day.isoformat() if last_day else None,
        }
        self._wrote(item.school, ect.teacher.trn, ect.id, assigned)
        return True

    @property
    def _today(self) -> date:
        return self.ports.clock.today()

    def _teacher(self, trn: Trn) -> Teacher:
        known = {teacher.trn: teacher for teacher in self.uow.teachers.known_as([trn])}
        if known:
            return known.get(trn) or next(iter(known.values()))
        teacher = Teacher(trn, self.names[trn])
        self.uow.teachers.save(teacher)
        return teacher

    def _claim(self, email: Email, trn: Trn) -> None:
        holders = self.uow.emails.holders(email, self._today)
        decision = check_email_in_use(holders, self._trns(trn))
        if isinstance(decision, Blocked):
            raise InvalidWorld("email", decision.message, decision.rule.id)
        self.uow.emails.claim(email, trn, self._today)

    def _ect(self, item: WorldEct, teacher: Teacher) -> EctAtSchool:
        year = expected_training_start_year(item.registered_on, item.period.started_on)
        registered_at = datetime.combine(item.registered_on, time(), UTC)
        return EctAtSchool(
            id=EctId(self.ports.new_id()),
            school=item.school,
            teacher=teacher,
            email=item.email,
            period=item.period,
            registration=Registration(registered_at, year, item.choices, brought_in=True),
            working_pattern=item.working_pattern,
            completed=item.completed,
            trainings=self._trainings(item),
        )

    def _trainings(self, item: WorldEct) -> tuple[Training, ...]:
        """Returns one training for the whole period; none when the programme is not known."""
        programme, lead_provider = item.choices.programme, item.choices.lead_provider
        if programme is None:
            return ()
        year = expected_training_start_year(item.registered_on, item.period.started_on)
        delivery_partner = None
        if lead_provider is not None:
            partnerships = self.uow.partnerships.of_school(item.school)
            found = partnership_with(partnerships, lead_provider, year)
            delivery_partner = found.delivery_partner if found else None
        id = TrainingId(self.ports.new_id())
        return (Training(id, item.period, programme, year, lead_provider, delivery_partner),)

    def _is_there(self, item: WorldMentorship) -> bool:
        mentor, started_on = self._trns(item.mentor), item.period.started_on
        return any(
            mentorship.mentor_teacher.trn in mentor and mentorship.period.started_on == started_on
            for ect in self.uow.ects.of_people(self._trns(item.ect))
            if ect.school == item.school
            for mentorship in ect.mentorships
        )

    def _containing_ect(self, item: WorldMentorship) -> EctAtSchool:
        for ect in self.uow.ects.of_people(self._trns(item.ect)):
            if ect.school == item.school and ect.period.contains(item.period):
                return ect
        raise InvalidWorld("ect_trn", "There is no ECT period at this school that contains it")

    def _containing_mentor(self, item: WorldMentorship) -> MentorAtSchool:
        for mentor in self.uow.mentors.of_people(self._trns(item.mentor)):
            if mentor.school == item.school and mentor.period.contains(item.period):
                return mentor
        raise InvalidWorld(
            "mentor_trn", "There is no mentor period at this school that contains it"
        )

    def _trns(self, trn: Trn) -> list[Trn]:
        return [teacher.trn for teacher in self.uow.teachers.known_as([trn])]

    def _wrote(self, school: Urn, trn: Trn, about: UUID, after: Evidence | None = None) -> None:
        change = Change(
            at=self.ports.clock.stamp(),
            actor=self.user,
            school=school,
            what=What.BROUGHT_IN,
            trn=trn,
            about=about,
            after=after or {},
        )
        self.uow.history.add([change])


def _is_same(period: EctAtSchool | MentorAtSchool, item: WorldEct | WorldMentor) -> bool:
    return (period.school, period.period.started_on) == (item.school, item.period.started_on)
