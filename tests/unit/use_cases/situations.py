"""Histories of a town, and registrations that somebody may try in it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from builders import HUB, LEAD_PROVIDER, URN, a_partnership, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import Trn
from unit.use_cases.service import Service
from unit.use_cases.town import (
    BRAM,
    CLOSED,
    CLOSING_HUB,
    COUNCIL,
    INDEPENDENT,
    ISTIP,
    LAST_YEAR,
    NO_LONGER,
    NOBODY,
    OLD_TRN,
    OTHER_SCHOOL,
    PASSED,
    PROHIBITED,
    RETAINED_TRN,
    THIS_YEAR_ONLY,
    UNHEARD_OF,
    UNKNOWN_STATUS,
    town,
)

TRNS = [Trn("1000001"), BRAM, OLD_TRN, RETAINED_TRN]
ADDRESSES = ["asha.marlowe@example.org", *(f"{trn}@example.org" for trn in TRNS)]
days = st.dates(date(2025, 9, 1), date(2026, 8, 31)) | st.sampled_from(
    [date(2023, 8, 31), date(2024, 9, 2), date(2025, 8, 31), date(2026, 9, 1), date(2027, 9, 1)]
)


@st.composite
def histories(draw: st.DrawFn) -> list[EctAtSchool]:
    """Up to four periods of up to four people, none of whom is in two places at once."""
    ects: list[EctAtSchool] = []
    for _ in range(draw(st.integers(0, 4))):
        first = draw(st.dates(date(2022, 9, 1), date(2026, 2, 1)))
        length = draw(st.none() | st.integers(0, 500))
        last = None if length is None else first + timedelta(length)
        trn = draw(st.sampled_from(TRNS))
        ect = an_ect(
            id=EctId(draw(st.uuids(version=4))),
            school=draw(st.sampled_from([URN, OTHER_SCHOOL, INDEPENDENT])),
            teacher=Teacher(trn, f"Teacher {trn}"),
            email=Email(f"{trn}@example.org"),
            period=Period(first, last),
            completed=draw(st.booleans()),
        )
        theirs = [other for other in ects if other.teacher == ect.teacher]
        if not any(other.period.overlaps(ect.period) for other in theirs):
            ects.append(ect)
    return ects


@st.composite
def services(draw: st.DrawFn) -> Service:
    """The town, with a history and perhaps partnerships."""
    service = Service.of(town(open_next_year=draw(st.booleans())))
    for ect in draw(histories()):
        service.has_ect(ect)
    for year in draw(st.sets(st.sampled_from([LAST_YEAR, LAST_YEAR.plus(1)]))):
        partnership = a_partnership(year=year)
        service.do(lambda uow, kept=partnership: uow.partnerships.add(kept))
    return service


people = st.sampled_from(TRNS) | st.sampled_from([PASSED, PROHIBITED, UNKNOWN_STATUS, NOBODY])
schools = st.sampled_from([URN, OTHER_SCHOOL, INDEPENDENT, CLOSED]).map(str)
bodies = st.just(HUB) | st.sampled_from([CLOSING_HUB, ISTIP, COUNCIL, UNHEARD_OF])
providers = st.just(LEAD_PROVIDER) | st.sampled_from([THIS_YEAR_ONLY, NO_LONGER, UNHEARD_OF])
chosen = st.fixed_dictionaries(
    {
        "appropriate_body": st.none() | bodies,
        "programme": st.just("provider_led"),
        "lead_provider": st.none() | providers,
    }
)
school_led = st.fixed_dictionaries(
    {
        "appropriate_body": bodies,
        "programme": st.just("school_led"),
        "lead_provider": st.none(),
    }
)
reused = st.just(
    {
        "reuse_previous_choices": True,
        "appropriate_body": None,
        "programme": None,
        "lead_provider": None,
    }
)
facts = st.fixed_dictionaries(
    {"start_date": days.map(date.isoformat)},
    optional={
        "school": schools,
        "trn": people.map(str),
        "email": st.sampled_from(ADDRESSES),
        "date_of_birth": st.sampled_from(["1999-01-31", "1998-01-31"]),
        "national_insurance_number": st.sampled_from([None, "AB123456C", "CE654321A"]),
        "corrected_name": st.sampled_from([None, "Asha Quinn"]),
        "working_pattern": st.sampled_from([None, "full_time", "part_time"]),
    },
)
registrations = st.builds(
    lambda about, programme: about | programme, facts, st.just({}) | chosen | school_led | reused
)
