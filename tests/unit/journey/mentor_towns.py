"""Where the journeys of mentors are explored: five ECTs, and whoever may mentor them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import attrs

from builders import (
    LEAD_PROVIDER,
    NOW,
    TERM_STARTS,
    TODAY,
    URN,
    a_mentor,
    a_mentorship,
    a_training,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.drafts.ect_draft import Draft, NameAnswer, SamePersonAnswer
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool, MentorTrainingHistory
from ect_registration.domain.people.teacher import Search, Teacher
from ect_registration.domain.values import PersonName, Trn
from ect_registration.journeys.engine import Journey
from ect_registration.use_cases.journeys.journey_type import JourneyType
from ect_registration.use_cases.journeys.mentor_journeys import ASSIGNMENT_JOURNEY, MENTOR_JOURNEY
from ect_registration.use_cases.operating.load_mentor_training import load_mentor_training
from unit.journey import mentor_facts
from unit.journey.exploring import Exploration, Given, explore
from unit.use_cases.mentoring import a_provider_led_ect, a_school_led_ect
from unit.use_cases.service import Service
from unit.use_cases.town import (
    ANOTHER_DAY,
    ANOTHER_NUMBER,
    BORN_ON,
    BRAM,
    FAILED,
    LAST_YEAR,
    NO_LONGER,
    NOBODY,
    NUMBER,
    OTHER_SCHOOL,
    PASSED,
    PROHIBITED,
    RETAINED_TRN,
    THIS_YEAR_ONLY,
    UNHEARD_OF,
    WITHOUT_QTS,
    town,
)

JOAN, ASHA = Trn("2000001"), Trn("1000001")
HERE, ELSEWHERE, LEFT, TIMED_OUT = BRAM, PASSED, RETAINED_TRN, WITHOUT_QTS
TO_COME = FAILED
FREE, USED = Email("free@example.org"), Email("used@example.org")
A_YEAR_AGO, EASTER, CHRISTMAS = date(2024, 9, 1), date(2025, 3, 31), date(2025, 12, 19)
EASTER_TO_COME = date(2026, 4, 13)
NEXT_YEAR_STARTS, TOO_EARLY = date(2026, 9, 1), date(2022, 1, 1)


@attrs.frozen
class MentorTown:
    """One school with one ECT, and what its users might answer."""

    service: Service
    kind: JourneyType[Any, Any]
    blank: Draft

    def answers(self, step: str, case: Any) -> Iterable[Given]:
        """Everything that is given at a step."""
        records = self.service.ports.teacher_records
        match step:
            case "find":
                people = (
                    JOAN,
                    ASHA,
                    HERE,
                    ELSEWHERE,
                    TO_COME,
                    LEFT,
                    TIMED_OUT,
                    PROHIBITED,
                    NOBODY,
                )
                facts = [*((trn, BORN_ON) for trn in people), (JOAN, ANOTHER_DAY)]
                found = [(trn, records.by_date_of_birth(trn, day)) for trn, day in facts]
                return [{"search": Search(trn, answer, NOW)} for trn, answer in found]
            case "national-insurance-number":
                trn = case.search.trn
                numbers = (NUMBER, ANOTHER_NUMBER)
                tried = [records.by_national_insurance_number(trn, number) for number in numbers]
                return [{"search": Search(trn, answer, NOW)} for answer in tried]
            case "same-person":
                trs_name = case.record.name
                return [{"same_person": SamePersonAnswer(yes, trs_name)} for yes in (True, False)]
            case _:
                assert step in ALPHABET, (
                    f"give {step} its answers in ALPHABET of tests/unit/journey/mentor_towns.py"
                )
                name, answers = ALPHABET[step]
                return [{name: answer} for answer in answers]


ANOTHER_NAME = NameAnswer(PersonName("Olu Quinn"))

ALPHABET: dict[str, tuple[str, tuple[object, ...]]] = {
    "name": ("name", (NameAnswer(), ANOTHER_NAME)),
    "email": ("email", (FREE, USED)),
    "only-here": ("only_here", (True, False)),
    "start-date": (
        "start_date",
        (TODAY, TERM_STARTS, CHRISTMAS, EASTER, A_YEAR_AGO, NEXT_YEAR_STARTS, TOO_EARLY),
    ),
    "training": ("another_provider", (True, False)),
    "lead-provider": (
        "lead_provider",
        (LEAD_PROVIDER, THIS_YEAR_ONLY, NO_LONGER, UNHEARD_OF),
    ),
    "check-answers": ("", ()),
    "done": ("", ()),
}


def _mentor(trn: Trn, period: Period, **changes: object) -> MentorAtSchool:
    mentor = a_mentor(teacher=Teacher(trn, f"Mentor {trn}"), email=Email(f"{trn}@example.org"))
    return attrs.evolve(mentor, period=period, **changes)


def _service(ect: EctAtSchool) -> Service:
    """One mentor here, one trained elsewhere, one to come there, one who left, one too late."""
    service = Service.of(town(open_next_year=True))
    service.has_mentor(_mentor(HERE, Period(A_YEAR_AGO), email=USED))
    trained = a_training(period=Period(A_YEAR_AGO))
    service.has_mentor(
        _mentor(ELSEWHERE, Period(A_YEAR_AGO), school=OTHER_SCHOOL, trainings=(trained,))
    )
    service.has_mentor(_mentor(LEFT, Period(A_YEAR_AGO, EASTER)))
    service.has_mentor(_mentor(TO_COME, Period(EASTER_TO_COME), school=OTHER_SCHOOL))
    late = MentorTrainingHistory(TIMED_OUT, timed_out_on=EASTER)
    load_mentor_training([late], "loader", service.ports)
    service.has_ect(ect)
    return service


def _registering(ect: EctAtSchool, *, replace: bool = False) -> MentorTown:
    return MentorTown(_service(ect), MENTOR_JOURNEY, MentorDraft(ect.id, replace))


def _of_last_year() -> EctAtSchool:
    """Whose lead provider works no longer."""
    registration = attrs.evolve(an_ect().registration, expected_training_start_year=LAST_YEAR)
    training = a_training(lead_provider=NO_LONGER, year=LAST_YEAR)
    return an_ect(trainings=(training,), registration=registration)


def _leaver() -> EctAtSchool:
    """Due to leave at Christmas."""
    until = Period(TERM_STARTS, CHRISTMAS)
    return an_ect(period=until, trainings=(a_training(period=until),))


def _mentored(*, replace: bool) -> MentorTown:
    """Somebody mentors the ECT already."""
    here = _registering(a_provider_led_ect(), replace=replace)
    by = here.service.has_mentor(_mentor(Trn("2000009"), Period(TERM_STARTS)))
    [ect] = here.service.ects_of()
    mentored = attrs.evolve(ect, mentorships=(a_mentorship(by),))
    here.service.do(lambda uow: uow.ects.change(ect, mentored))
    return here


def _taking_over(mentor: MentorAtSchool) -> MentorTown:
    """Somebody mentors the ECT already, and another mentor of the school is chosen instead."""
    here = _mentored(replace=True)
    [ect] = here.service.ects_of()
    here.service.has_mentor(mentor)
    draft = AssignmentDraft(ect.id, mentor.id, replace=True)
    return MentorTown(here.service, ASSIGNMENT_JOURNEY, draft)


def _assigning(ect: EctAtSchool, mentor: MentorAtSchool) -> MentorTown:
    service = _service(ect)
    service.has_mentor(mentor)
    return MentorTown(service, ASSIGNMENT_JOURNEY, AssignmentDraft(ect.id, mentor.id))


REGISTERING = {
    "a provider-led ECT": lambda: _registering(a_provider_led_ect()),
    "a school-led ECT": lambda: _registering(a_school_led_ect()),
    "an ECT of last year": lambda: _registering(_of_last_year()),
    "an ECT who leaves": lambda: _registering(_leaver()),
    "an ECT whose mentor changes": lambda: _mentored(replace=True),
    "an ECT with a mentor": lambda: _mentored(replace=False),
}
FRESH = _mentor(JOAN, Period(A_YEAR_AGO))
ASSIGNING = {
    "to a provider-led ECT": lambda: _assigning(a_provider_led_ect(), FRESH),
    "to a school-led ECT": lambda: _assigning(a_school_led_ect(), FRESH),
    "to an ECT of last year": lambda: _assigning(_of_last_year(), FRESH),
    "who comes when the ECT has left": lambda: _assigning(
        _leaver(), _mentor(JOAN, Period(NEXT_YEAR_STARTS))
    ),
    "who comes next year": lambda: _assigning(
        a_provider_led_ect(), _mentor(JOAN, Period(NEXT_YEAR_STARTS))
    ),
    "who is trained": lambda: _assigning(
        a_provider_led_ect(), attrs.evolve(FRESH, trainings=(a_training(),))
    ),
    "who takes over": lambda: _taking_over(FRESH),
    "who is out of time": lambda: _assigning(
        a_provider_led_ect(), _mentor(TIMED_OUT, Period(A_YEAR_AGO))
    ),
}


@cache
def explored(name: str) -> Exploration:
    """Once for all tests."""
    here = (REGISTERING | ASSIGNING)[name]()
    return explored_with(here.kind.steps, here)


def explored_with(journey: Journey[Any], here: MentorTown) -> Exploration:
    """With another declaration."""
    with here.service.store.reading() as uow:

        @cache
        def gathered(draft: Draft) -> Any:
            return here.kind.gather(draft, URN, TODAY, uow)

        return explore(journey, mentor_facts, here.blank, gathered, here.answers)
