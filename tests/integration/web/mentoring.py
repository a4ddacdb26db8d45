"""A school user who gives an ECT a mentor, at a test client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import attrs

from builders import URN, a_mentor
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool, MentorTrainingHistory
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import Trn
from ect_registration.domain.world import World
from integration.web.registering import BORN, Registering, Seen, a_date
from unit.use_cases.mentoring import JOANS_EMAIL, a_provider_led_ect
from unit.use_cases.service import Service
from unit.use_cases.town import THIS_YEAR_ONLY, town

JOAN = "2000001"

# What is answered of somebody who was never a mentor before, and of others.
ANSWERS: Mapping[str, Mapping[str, str]] = {
    "find": {"trn": JOAN, **BORN},
    "name": {"name_is_correct": "yes"},
    "email": {"email": JOANS_EMAIL},
    "only-here": {"only_here": "no"},
    "start-date": a_date("start_date", 15, 9, 2025),
    "training": {},
    "lead-provider": {"lead_provider": THIS_YEAR_ONLY},
}


def somebody_else(number: int, name: str, *days: Any, **changes: Any) -> MentorAtSchool:
    """One of several mentors."""
    mentor = a_mentor(
        teacher=Teacher(Trn(f"{2000000 + number}"), name),
        email=Email(f"mentor{number}@example.org"),
    )
    return attrs.evolve(mentor, **({"period": Period(*days)} if days else {}), **changes)


@attrs.define
class Mentoring(Registering):
    """One user and one ECT, in one journey at a time."""

    ect: str = ""
    way: str = "register-mentor"

    @classmethod
    def of(
        cls, ect: EctAtSchool | None = None, world: World | None = None, *mentors: MentorAtSchool
    ) -> Self:
        """The ECT is registered, and so are the mentors; Asha, whose training is provider-led."""
        service, ect = Service.of(world or town()), ect or a_provider_led_ect()
        for mentor in mentors:
            service.has_mentor(mentor)
        service.has_ect(ect)
        user = cls.at(service, school=URN)
        user.ect = str(ect.id)
        return user

    @property
    def question(self) -> str:
        """Where it is asked who the mentor will be."""
        return f"/school/ects/{self.ect}/mentor"

    def address(self, step: str) -> str:
        """Of a page of the journey."""
        if step.startswith("/"):
            return step
        return f"/school/ects/{self.ect}/{self.way}/{self.journey}/{step}"

    def begin(self, *, change: bool = False) -> Seen:
        """A journey that registers a new mentor."""
        return self.choose("new", change=change)

    def choose(self, mentor: object, *, change: bool = False) -> Seen:
        """Say who the mentor will be."""
        seen = self.post(self.question + ("?change=yes" if change else ""), mentor=str(mentor))
        self.follow(seen)
        return seen

    def follow(self, seen: Seen) -> None:
        """From now on it is the journey of this page."""
        if seen.answer.location:
            self.way, self.journey = seen.answer.location.split("/")[-3:-1]

    def answer(self, step: str, **instead: object) -> Seen:
        """The usual answer, or another one."""
        assert instead or step in ANSWERS, (
            f"give {step} its answer in ANSWERS of tests/integration/web/mentoring.py"
        )
        return self.post(step, instead or ANSWERS[step])

    def go_on(self, until: str = "check-answers", **instead: Mapping[str, object]) -> Seen:
        """Answer whatever is asked as usual; ``instead``, by step with underscores."""
        if not self.journey:
            self.begin()
        answers = {**ANSWERS, **{step.replace("_", "-"): a for step, a in instead.items()}}
        seen = self.get("find")
        while seen.step != until and seen.step in answers:
            before = seen.step
            seen = self.post(before, answers[before])
            if seen.step == before:
                return seen
        return self.get(seen.step)

    def mentors(self, *trns: str) -> list[MentorAtSchool]:
        """Their periods, at every school."""
        with self.service.store.reading() as uow:
            return list(uow.mentors.of_people([Trn(trn) for trn in trns or [JOAN]]))

    def mentor_of_the_ect(self) -> list[str]:
        """Who mentors the ECT, or will."""
        (ect,) = [each for each in self.service.ects_of() if str(each.id) == self.ect]
        today = self.service.clock.today()
        return [each.mentor_teacher.name for each in ect.open_mentorships(today)]

    def had_training(self, **history: Any) -> None:
        """Joan, under earlier programmes."""
        known = MentorTrainingHistory(Trn(JOAN), **history)
        self.service.do(lambda uow: uow.mentors.save_training_history(known))
