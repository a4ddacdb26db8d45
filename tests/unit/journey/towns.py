"""Where the journeys are explored: four schools, and small alphabets of answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

import attrs

from builders import (
    DELIVERY_PARTNER,
    HUB,
    LEAD_PROVIDER,
    NOW,
    TERM_STARTS,
    THIS_YEAR,
    TODAY,
    URN,
    a_teacher,
    an_ect,
    choices,
)
from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.drafts.ect_draft import (
    EctDraft,
    NameAnswer,
    ReuseAnswer,
    SamePersonAnswer,
)
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import Registration, WorkingPattern
from ect_registration.domain.people.teacher import Search
from ect_registration.domain.people.training import Programme
from ect_registration.domain.school import Partnership
from ect_registration.domain.values import PersonName, Trn, Urn
from ect_registration.journeys.ect_case import EctCase
from ect_registration.journeys.engine import Journey
from ect_registration.journeys.register_ect import REGISTER_ECT
from ect_registration.use_cases.journeys.ect_journey import ECT_JOURNEY
from unit.journey import facts
from unit.journey.exploring import Exploration, Given, explore
from unit.use_cases.service import Service
from unit.use_cases.town import (
    ANOTHER_DAY,
    ANOTHER_NUMBER,
    BORN_ON,
    BRAM,
    CLOSED,
    CLOSING_HUB,
    COUNCIL,
    INDEPENDENT,
    ISTIP,
    LAST_YEAR,
    NO_LONGER,
    NOBODY,
    NUMBER,
    OLD_TRN,
    OTHER_SCHOOL,
    PASSED,
    THIS_YEAR_ONLY,
    UNFUNDED,
    town,
)

ASHA, MOVED = Trn("1000001"), Trn("1000024")
FREE, USED = Email("free@example.org"), Email("used@example.org")
IN_THE_PAST, NEXT_YEAR_STARTS = date(2024, 9, 1), date(2026, 9, 1)
AFTER_THE_HUB_CLOSED, TOO_EARLY = date(2025, 11, 1), date(2022, 1, 1)


@attrs.frozen
class Town:
    """One school, and what its users might answer."""

    school: Urn
    service: Service
    bodies: tuple[str, ...] = (HUB, CLOSING_HUB, COUNCIL)
    names: tuple[NameAnswer, ...] = (NameAnswer(),)
    patterns: tuple[WorkingPattern, ...] = (WorkingPattern.FULL_TIME,)
    people: tuple[Trn, ...] = (ASHA, BRAM, MOVED, OLD_TRN, PASSED, NOBODY)

    def answers(self, step: str, case: EctCase) -> Iterable[Given]:
        """Everything that is given at a step."""
        records = self.service.ports.teacher_records
        match step:
            case "find":
                facts = [(trn, BORN_ON) for trn in self.people]
                facts.append((ASHA, ANOTHER_DAY))
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
            case "reuse-choices":
                offered = case.reuse.offered
                return [{"reuse": ReuseAnswer(wanted, offered)} for wanted in (True, False)]
            case _:
                return self._choices(step)

    def _choices(self, step: str) -> Iterable[Given]:
        alphabet: dict[str, tuple[str, tuple[object, ...]]] = {
            "name": ("name", self.names),
            "registered-before": ("registered_before_seen", (True,)),
            "email": ("email", (FREE, USED)),
            "start-date": (
                "start_date",
                (TERM_STARTS, IN_THE_PAST, AFTER_THE_HUB_CLOSED, NEXT_YEAR_STARTS, TOO_EARLY),
            ),
            "working-pattern": ("working_pattern", self.patterns),
            "appropriate-body": ("appropriate_body", self.bodies),
            "programme": ("programme", tuple(Programme)),
            "lead-provider": ("lead_provider", (LEAD_PROVIDER, THIS_YEAR_ONLY, NO_LONGER)),
            "check-answers": ("", ()),
        }
        assert step in alphabet, f"give {step} its answers in tests/unit/journey/towns.py"
        name, answers = alphabet[step]
        return [{name: answer} for answer in answers]


def _people(service: Service, school: Urn, **bram: object) -> None:
    """Bram came to this school this term, and somebody to a closed one a year ago."""
    service.has_ect(an_ect(school=school, teacher=a_teacher(trn=BRAM), email=USED, **bram))
    moved = an_ect(school=CLOSED, teacher=a_teacher(trn=MOVED), period=Period(IN_THE_PAST))
    service.has_ect(attrs.evolve(moved, email=Email("moved@example.org")))


def _partnership(service: Service, school: Urn, year: AcademicYear) -> None:
    partnership = Partnership(school, LEAD_PROVIDER, DELIVERY_PARTNER, year)
    service.do(lambda uow: uow.partnerships.add(partnership))


def _state_funded() -> Town:
    """Registered before, with a partnership for this year; the next year is open."""
    service = Service.of(town(open_next_year=True))
    _people(service, URN)
    _partnership(service, URN, THIS_YEAR)
    return Town(
        URN,
        service,
        names=(NameAnswer(), NameAnswer(PersonName("Asha Quinn"))),
        patterns=tuple(WorkingPattern),
    )


def _never_registered() -> Town:
    """Nobody was ever registered here, and the next year is not open."""
    service = Service.of(town())
    _people(service, URN)
    return Town(OTHER_SCHOOL, service)


def _independent() -> Town:
    """Section 41 funding; registered with the panel, and a partnership of last year."""
    service = Service.of(town(open_next_year=True))
    previous = Registration(NOW, LAST_YEAR, choices(appropriate_body=ISTIP))
    _people(service, INDEPENDENT, registration=previous)
    _partnership(service, INDEPENDENT, LAST_YEAR)
    return Town(INDEPENDENT, service, bodies=(ISTIP, CLOSING_HUB, COUNCIL))


def _cannot_register() -> Town:
    """Independent, without the funding."""
    return Town(UNFUNDED, Service.of(town()))


def a_hamlet() -> Town:
    """The independent school, where only one person is looking for work."""
    return attrs.evolve(_independent(), people=(MOVED, NOBODY))


TOWNS = {
    "state funded": _state_funded,
    "never registered": _never_registered,
    "independent": _independent,
    "cannot register": _cannot_register,
}


@cache
def explored(name: str) -> Exploration:
    """Once for all tests."""
    return explored_with(REGISTER_ECT, TOWNS[name]())


def explored_with(journey: Journey[EctCase], here: Town) -> Exploration:
    """With another declaration."""
    with here.service.store.reading() as uow:

        @cache
        def gathered(draft: EctDraft) -> EctCase:
            case = ECT_JOURNEY.gather(draft, here.school, TODAY, uow)
            assert isinstance(case, EctCase)
            return case

        return explore(journey, facts, EctDraft(), gathered, here.answers)
