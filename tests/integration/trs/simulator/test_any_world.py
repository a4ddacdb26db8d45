"""Whoever is on record and whatever goes wrong, a client never says what is not so."""

from __future__ import annotations

from datetime import date

import attrs
from hypothesis import given
from hypothesis import strategies as st

from ect_registration.domain.people.teacher import InductionStatus, TeacherRecord
from ect_registration.domain.values import NationalInsuranceNumber, Trn
from ect_registration.domain.world import TrsPerson
from ect_registration.testing.memory.teacher_records import MemoryTeacherRecords
from integration.trs import contract
from integration.trs.support import ASKING, StillTime, http_of, outcome_of, records_on
from trs_simulator.app import simulator_app
from trs_simulator.faults import Fault, FaultKind
from trs_simulator.people import More
from trs_simulator.persons import INCLUDES

# Few of each, so that lookups often meet somebody, sometimes with the right second fact.
TRNS = [Trn(f"500000{number}") for number in range(6)]
DAYS = [date(1980, 2, 29), date(1999, 12, 31), date(2000, 1, 1)]
NUMBERS = [NationalInsuranceNumber(f"AB12345{number}C") for number in range(3)]
STATUSES = ["None", "RequiredToComplete", "InProgress", "Exempt", "Passed", "Failed"]

days, numbers, trns = st.sampled_from(DAYS), st.sampled_from(NUMBERS), st.sampled_from(TRNS)
names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
    str.strip
)
categories = st.sampled_from(
    ["Prohibition from teaching", "Failed induction", "TRA Decision (SoS)", "Flag"]
)


@st.composite
def people(draw):
    """Up to six, some merged into each other, some no longer active."""
    chosen = draw(st.lists(trns, unique=True, max_size=6))
    return [draw(_person(trn, chosen)) for trn in chosen]


@st.composite
def _person(draw, trn, everybody):
    merged_into = draw(st.none() | st.sampled_from(everybody))
    return TrsPerson(
        trn,
        draw(names),
        draw(names),
        middle_name=draw(st.just("") | names),
        date_of_birth=draw(st.none() | days),
        national_insurance_number=draw(st.none() | numbers),
        state="merged" if merged_into else draw(st.sampled_from(["active", "deactivated"])),
        merged_into=merged_into,
        induction_status=draw(st.sampled_from([*STATUSES, "FailedInWales", "Postponed"])),
        qts_from=draw(st.none() | st.dates(date(1970, 1, 1), date(2025, 1, 1))),
        alert_categories=tuple(draw(st.lists(categories, max_size=2))),
    )


asking = st.one_of(
    st.tuples(st.just("by_date_of_birth"), trns, days),
    st.tuples(st.just("by_national_insurance_number"), trns, numbers),
    st.tuples(st.just("by_trn"), trns),
)


def _answer(records, question):
    name, *facts = question
    return outcome_of(lambda: getattr(records, name)(*facts))


@given(people(), st.lists(asking, max_size=8))
def test_over_http_everybody_is_who_they_are_in_memory(world, questions):
    """The two adapters of one port agree about every world."""
    simulator, in_memory = simulator_app(world), MemoryTeacherRecords(world)
    # A client each: one gives up for a while on a TRS that has several records it cannot show.
    answers = [_answer(records_on(simulator), question) for question in questions]

    assert answers == [_answer(in_memory, question) for question in questions]


faults = st.lists(
    st.builds(
        Fault,
        kind=st.sampled_from(FaultKind),
        times=st.integers(1, 4),
        trn=st.none() | trns.map(str),
        status=st.sampled_from([500, 502, 503, 504]),
        retry_after=st.sampled_from([None, "0", "2", "90", "soon"]),
    ),
    max_size=4,
)


def _same(answer):
    """Without the one thing that a fault may change in an answer: it makes it unknown."""
    if isinstance(answer, TeacherRecord):
        return attrs.evolve(answer, induction=InductionStatus.UNKNOWN)
    return answer


@given(people(), st.lists(asking, max_size=6), faults)
def test_whatever_goes_wrong_an_answer_is_right_or_there_is_none(world, questions, going_wrong):
    """An outage never reads as a fact about a teacher."""
    time = StillTime()
    simulator = simulator_app(world, pause=lambda seconds: None, clock=lambda: time.seconds)
    for fault in going_wrong:
        simulator.faults.add(fault)
    records, in_memory = records_on(simulator, timing=time.timing), MemoryTeacherRecords(world)
    for question in questions:
        answer, right = _answer(records, question), _answer(in_memory, question)

        assert answer in ["unavailable", right, _same(right)]


INDUCTION_DATES = st.none() | st.dates(date(1990, 1, 1), date(2025, 1, 1))


@given(
    people(),
    st.builds(
        More,
        induction_started_on=INDUCTION_DATES,
        induction_completed_on=INDUCTION_DATES,
        exemption_reasons=st.tuples(names),
        eyts_from=INDUCTION_DATES,
    ),
    st.lists(st.sampled_from(sorted(INCLUDES)), unique=True),
)
def test_every_record_that_is_shown_is_as_agreed(world, more, includes):
    """Whatever is on it, except for a status that nobody has met."""
    world = [attrs.evolve(person, induction_status="Passed") for person in world]
    http = http_of(simulator_app(world, more={person.trn: more for person in world}))
    by_name = {name.lower(): name for name in contract.INCLUDED}
    schema = contract.person_with(*(by_name[include] for include in includes))
    query = {"include": ",".join(includes)}
    for person in world:
        response = http.get(f"/v3/persons/{person.trn}", params=query, headers=ASKING)
        shown = response.status_code == 200

        contract.check(response.json(), schema) if shown else None
