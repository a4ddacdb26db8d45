"""The rows of a file are as many registrations, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import attrs
import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from builders import ECT_TRN, THIS_YEAR, URN, a_draft, a_partnership, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.notice import NoticeState
from ect_registration.domain.values import Trn
from ect_registration.ports.deadline import NEVER, Deadline
from ect_registration.ports.errors import Conflict, Unavailable
from ect_registration.use_cases.bulk.deciding import decide
from ect_registration.use_cases.bulk.facts import RowFacts
from ect_registration.use_cases.bulk.register_many import register_many
from ect_registration.use_cases.bulk.rows import FileRow, Proven
from ect_registration.use_cases.registering.documents import InvalidRequest
from ect_registration.use_cases.registering.outcomes import Registered
from ect_registration.use_cases.transactions import Tells
from unit.use_cases.registering.test_registering_outcomes import OUTCOMES, REUSE
from unit.use_cases.service import USER, Service
from unit.use_cases.town import (
    BRAM,
    CLOSED,
    LAST_YEAR,
    MENTOR_TRN,
    NOBODY,
    OLD_TRN,
    OTHER_SCHOOL,
    PASSED,
    RETAINED_TRN,
    UNKNOWN_SCHOOL,
    WITHOUT_QTS,
    person,
    the_document,
    town,
)

BRAMS = {"trn": str(BRAM), "email": "bram@example.org"}
NOORS = {"trn": str(WITHOUT_QTS), "email": "noor@example.org"}
OLGAS = {"trn": str(OLD_TRN), "email": "olga@example.org"}


def rows_of(*changes):
    """Return a file with the example changed in these ways, a row each."""
    documents = [the_document(**each) for each in changes]
    return [
        FileRow(number, document["school"], document["trn"], document)
        for number, document in enumerate(documents, 2)
    ]


def given(service, *changes, dry_run=False):
    """Return what became of these rows."""
    return list(register_many(rows_of(*changes), USER, service.ports, dry_run=dry_run))


def words(results):
    """Return each outcome, with the rule that stands against it."""
    return [(each.word.value, _rule(each.why_not)) for each in results]


def _rule(why_not):
    rule = getattr(why_not, "rule", None)
    return rule if rule is None or isinstance(rule, str) else rule.id


def alone(service, **changes):
    """Return what one registration comes to, in the same words."""
    try:
        outcome = service.register(**changes)
    except InvalidRequest as mistake:
        return "invalid", mistake.rule, mistake.field
    if isinstance(outcome, Registered):
        return "registered", None, None
    return outcome.kind.value, outcome.rule.id, outcome.field


def kept(service):
    """Return what is kept of everybody, without ids."""
    with service.store.reading() as uow:
        ects = [
            attrs.evolve(ect, id=None, trainings=(), mentorships=(), ends=_causes(ect.ends))
            for urn in (URN, OTHER_SCHOOL)
            for ect in uow.ects.at_school(urn)
        ]
        trainings = [
            [(each.programme, each.lead_provider, each.delivery_partner) for each in ect.trainings]
            for urn in (URN, OTHER_SCHOOL)
            for ect in uow.ects.at_school(urn)
        ]
        history = [
            attrs.evolve(change, about=None)
            for urn in (URN, OTHER_SCHOOL)
            for change in uow.history.of_school(urn)
            if change.actor == USER
        ]
        return ects, trainings, history, list(uow.partnerships.of_school(URN))


def _causes(ends):
    """Return why and when something ended, without the id of what ended it."""
    return tuple(attrs.evolve(end, by=None) for end in ends)


@pytest.mark.parametrize(("changes", "rule", "kind", "field"), OUTCOMES.values(), ids=OUTCOMES)
def test_a_row_comes_to_what_one_registration_comes_to(service, changes, rule, kind, field):
    """Every outcome of registering, with its rule and field, is that of a row."""
    [result] = given(service, changes)

    assert (result.word.value, _rule(result.why_not)) == (kind, rule)
    assert getattr(result.why_not, "field", None) == field


FILE = [
    {},
    {**BRAMS, "email": "ASHA.Marlowe@example.org"},
    {**BRAMS, "school": str(OTHER_SCHOOL), "programme": "school_led", "lead_provider": None},
    {**NOORS, **REUSE},
    {"trn": str(PASSED), "email": "pia@example.org"},
    {**OLGAS},
    {"trn": str(RETAINED_TRN), "email": "olga.two@example.org"},
    {"trn": str(NOBODY), "email": "nobody@example.org"},
    {"school": str(CLOSED), "trn": str(MENTOR_TRN)},
    {"email": "not an address"},
    {"school": str(OTHER_SCHOOL), "start_date": "2025-09-08", "email": "asha@example.org"},
    {**NOORS, "school": str(OTHER_SCHOOL), "start_date": "2025-09-09", "email": "n@example.org"},
]


@pytest.fixture
def partnered():
    """A service of a school whose partnership of last year is there to be reused."""
    service = Service.of(town())
    service.do(lambda uow: uow.partnerships.add(a_partnership(year=LAST_YEAR)))
    service.has_ect(
        an_ect(
            id=an_ect().id,
            teacher=attrs.evolve(an_ect().teacher, trn=Trn("3300001")),
            email=Email("earlier@example.org"),
            school=URN,
        )
    )
    return service


def test_a_file_leaves_what_its_registrations_would_leave(partnered):
    """Records, trainings, partnerships and history are those of one after the other."""
    other = Service.of(town())
    other.do(lambda uow: uow.partnerships.add(a_partnership(year=LAST_YEAR)))
    with partnered.store.reading() as uow:
        for ect in uow.ects.at_school(URN):
            other.has_ect(ect)
    results = given(partnered, *FILE)
    expected = [alone(other, **changes) for changes in FILE]

    assert [
        (*word, getattr(each.why_not, "field", None))
        for word, each in zip(words(results), results, strict=True)
    ] == expected
    assert kept(partnered) == kept(other)
    assert {word for word, *_ in expected} >= {"registered", "refused", "invalid"}


def test_a_dry_run_says_what_would_become_of_each_row(partnered):
    """Rows see those before them, although nothing is written."""
    before = kept(partnered)
    foreseen = given(partnered, *FILE, dry_run=True)

    assert kept(partnered) == before
    assert words(foreseen) == words(given(partnered, *FILE))


def test_a_dry_run_goes_on_beyond_what_is_kept_together(service):
    """A file longer than one step is foreseen as one."""
    people = [person(Trn(f"{4_000_000 + n}"), "Ann", f"Other {n}") for n in range(205)]
    service.trs_now_says(*people)
    rows = [
        {"trn": str(each.trn), "email": f"ann.{n % 204}@example.org"}
        for n, each in enumerate(people)
    ]
    foreseen = words(given(service, *rows, dry_run=True))

    assert foreseen == [("registered", None)] * 204 + [("refused", "email-in-use")]
    assert words(given(service, *rows)) == foreseen


def test_given_again_what_was_registered_is_done_before(partnered):
    """Nobody is registered twice, and nothing is written."""
    first = given(partnered, *FILE)
    before = kept(partnered)
    again = given(partnered, *FILE)
    registered = [each.number for each in first if each.word == "registered"]

    # Asha and Noor went on to another school in the same file.
    moved = {2, 5}
    assert [each.number for each in again if each.word == "done_before"] == [
        number for number in registered if number not in moved
    ]
    assert kept(partnered) == before


@pytest.mark.parametrize(
    "change",
    [
        {"email": "another@example.org"},
        {"start_date": "2025-09-02"},
        {"working_pattern": "part_time"},
        {"programme": "school_led", "lead_provider": None},
    ],
    ids=str,
)
def test_what_differs_was_not_done_before(service, change):
    """The person is in progress here, but not as this row says."""
    given(service, {})

    assert words(given(service, change)) == [("refused", "already-in-progress-here")]


def test_reused_choices_were_done_before_whatever_they_were(service):
    """By now another registration may be the latest of the school."""
    given(service, BRAMS, {**REUSE})
    given(service, {**NOORS, "programme": "school_led", "lead_provider": None})

    assert words(given(service, {**REUSE})) == [("done_before", None)]


def test_somebody_who_left_was_not_done_before(service):
    """A row may bring back who has left."""
    service.has_ect(
        an_ect(
            period=Period(date(2025, 9, 1), date(2025, 9, 5)),
            email=Email("asha.marlowe@example.org"),
        )
    )

    assert words(given(service, {"start_date": "2025-09-08"})) == [("registered", None)]
    assert words(given(service, {})) == [("refused", "already-in-progress-here")]


def test_a_row_with_a_mistake_in_a_cell_is_not_looked_up(service):
    """Its mistake is its outcome."""
    mistake = InvalidRequest("two-facts", "date_of_birth", "Give a date")
    [result] = register_many([FileRow(2, "100001", "", mistake)], USER, service.ports)

    assert (result.outcome, result.trs_name, service.records.asked) == (mistake, None, [])


def test_the_name_is_told_once_the_person_was_found(service):
    """It stands beside what a rule refused, and not beside a wrong fact."""
    found, wrong = given(service, {"trn": str(PASSED)}, {"date_of_birth": "1998-01-31"})

    assert (found.trs_name, wrong.trs_name) == ("Pia Passmore", None)


def test_who_matches_is_found_in_one_call(service):
    """One by one, TRS is asked only for those that the call left out."""
    given(service, {}, BRAMS, {**NOORS, "date_of_birth": "1998-01-31"}, OLGAS)

    assert service.records.asked == ["date of birth", "date of birth"]


def test_a_number_in_place_of_the_date_proves_a_person_too(service):
    """As with one registration."""
    changes = {"date_of_birth": "1998-01-31", "national_insurance_number": "AB123456C"}

    assert words(given(service, changes)) == [("registered", None)]


@attrs.define
class Failing:
    """TRS, out of reach for many at once, or for these people alone."""

    records: object
    trns: frozenset = frozenset()
    asked: list = attrs.field(factory=list)

    def matching(self, born_on):
        """Find nobody at once."""
        if not self.trns:
            raise Unavailable("TRS", "it is away")
        return {}

    def by_date_of_birth(self, trn, born_on):
        """Fail on some records."""
        self.asked.append(trn)
        if trn in self.trns:
            raise Unavailable("TRS", "it failed")
        return self.records.by_date_of_birth(trn, born_on)


def test_a_run_stops_when_trs_is_out_of_reach(service):
    """Nobody is asked for alone then, and every row that was right is unavailable."""
    service.ports = attrs.evolve(service.ports, teacher_records=Failing(service.records))
    results = given(service, {}, BRAMS, {"email": "no"})

    assert words(results) == [
        ("unavailable", "trs-unavailable"),
        ("unavailable", "trs-unavailable"),
        ("invalid", "email-format"),
    ]
    assert service.ports.teacher_records.asked == []


def test_a_record_that_trs_fails_on_stops_no_other(service):
    """Some records fail for ever."""
    failing = Failing(service.records, frozenset({BRAM}))
    service.ports = attrs.evolve(service.ports, teacher_records=failing)

    assert words(given(service, BRAMS, {})) == [
        ("unavailable", "trs-unavailable"),
        ("registered", None),
    ]


def test_three_failures_in_a_row_stop_a_run(service):
    """Then it is TRS itself, which is left alone; an answer in between starts the count again."""
    trns = [Trn(f"{4_000_000 + n}") for n in range(700)]
    service.trs_now_says(*(person(trn, "Ann", "Other") for trn in trns))
    failing = Failing(service.records, frozenset(trns) - {trns[2]})
    service.ports = attrs.evolve(service.ports, teacher_records=failing)
    results = given(service, *({"trn": str(trn), "email": f"a{trn}@example.org"} for trn in trns))

    assert failing.asked == trns[:6]
    assert [each.number for each in results if each.word == "registered"] == [4]
    assert len(results) == 700


@attrs.define
class StubbornMany:
    """Many ECTs, in whose way something is when these people are written together."""

    unit: object
    refuses: object  # given the TRNs written at once

    def __getattr__(self, name: str) -> object:
        return getattr(self.unit.many_ects, name)

    def add(self, ects, today):
        """Write, unless something is in the way."""
        if self.refuses(frozenset(ect.teacher.trn for ect in ects)):
            with self.unit._work.writing():
                raise Conflict("something in the way")
        self.unit.many_ects.add(ects, today)


@attrs.define
class Stubborn:
    """A unit of work with such many ECTs."""

    unit: object
    refuses: object

    def __getattr__(self, name: str) -> object:
        return getattr(self.unit, name)

    @property
    def many_ects(self):
        """Return those in whose way something is."""
        return StubbornMany(self.unit, self.refuses)


def in_the_way(service, refuses):
    """Put something in the way of rows that are written."""
    opened = service.ports.unit_of_work

    @contextmanager
    def unit_of_work(deadline: Deadline = NEVER) -> Iterator[Stubborn]:
        with opened(deadline) as unit:
            yield Stubborn(unit, refuses)

    service.ports = attrs.evolve(service.ports, unit_of_work=unit_of_work)


def test_a_conflict_takes_no_other_row_along(service):
    """Where rows cannot be written together, each is written in a step of its own."""
    in_the_way(service, lambda trns: len(trns) > 1)

    assert words(given(service, {}, BRAMS, {"trn": str(PASSED)})) == [
        ("registered", None),
        ("registered", None),
        ("refused", "induction-passed"),
    ]
    assert len(service.history()) == 2


def test_a_row_in_a_conflict_is_decided_again_alone(service):
    """What was in the way is gone then, or a rule says what it was."""
    refused = iter([True, True, False])
    in_the_way(service, lambda trns: ECT_TRN in trns and next(refused))

    assert words(given(service, {}, BRAMS)) == [("registered", None), ("registered", None)]
    assert {ect.teacher.trn for ect in service.ects_of(ECT_TRN, BRAM)} == {ECT_TRN, BRAM}


def test_a_row_that_was_rolled_back_is_no_fact_for_those_after_it(service):
    """Choices that nothing keeps are not reused; the row itself is decided again at the end."""
    refused = iter([True, True, False])
    in_the_way(service, lambda trns: ECT_TRN in trns and next(refused))
    left_out = dict.fromkeys(("appropriate_body", "programme", "lead_provider"))
    reused = BRAMS | left_out | {"reuse_previous_choices": True}

    assert words(given(service, {}, reused)) == [("registered", None), ("needs", "reuse-offered")]
    assert len(service.ects_of(BRAM)) == 0


def test_an_empty_file_does_nothing(service):
    """There is nothing to say of it."""
    assert given(service) == []


def test_row_facts_answer_as_the_store_does_for_what_was_not_gathered(service):
    """Schools, offers and people alike; and with what earlier rows have changed."""
    given(service, {})
    with service.store.reading() as uow:
        facts = RowFacts(uow)

        assert facts.with_latest_registration(URN) == uow.schools.with_latest_registration(URN)
        assert facts.with_latest_registration(CLOSED)[1] is None
        assert facts.offers.to_school(URN, THIS_YEAR) == uow.offers.to_school(URN, THIS_YEAR)
        assert facts.with_offer(URN, THIS_YEAR) == uow.schools.with_offer(URN, THIS_YEAR)
        assert facts.known_as([ECT_TRN]) == uow.ects.known_as([ECT_TRN])
        email, today = Email("asha.marlowe@example.org"), service.clock.today()
        assert facts.holders(email, today) == [ECT_TRN]
        closed = [facts.closed_days(today) for _ in range(2)]  # read once
        assert closed == [uow.offers.closed_days(today)] * 2


def test_secrets_do_not_show_in_a_row():
    """A row that is printed has neither of the two."""
    assert "1999" not in repr(rows_of({})[0])


def test_rows_may_come_as_they_are_needed(service):
    """A file is read while its first rows are registered."""
    rows = iter(rows_of({}, BRAMS))

    assert [each.word for each in register_many(rows, USER, service.ports)] == ["registered"] * 2


POOL = [
    *FILE,
    {**BRAMS},
    {**NOORS},
    {**BRAMS, "school": str(OTHER_SCHOOL), "start_date": "2025-09-09", **REUSE},
    {**REUSE},
    {
        "school": str(OTHER_SCHOOL),
        "start_date": "2025-10-06",
        "corrected_name": "Asha Marlowe-Oak",
    },
    {**NOORS, "email": "asha.marlowe@example.org"},
]


@given_any(st.lists(st.sampled_from(POOL), max_size=7))
def test_bulk_is_many_ones(changes):
    """Whatever the order of rows and whoever is in them."""
    together, one_by_one = Service.of(town()), Service.of(town())
    for service in (together, one_by_one):
        service.do(lambda uow: uow.partnerships.add(a_partnership(year=LAST_YEAR)))
        service.register(**OLGAS)
    foreseen = words(given(together, *changes, dry_run=True))
    results = words(given(together, *changes))
    expected = [alone(one_by_one, **each)[:2] for each in changes]

    assert [_as_alone(word) for word in results] == expected
    assert kept(together) == kept(one_by_one)
    assert foreseen == results


def _as_alone(word):
    """Return what one registration says of somebody who was registered before."""
    return ("refused", "already-in-progress-here") if word == ("done_before", None) else word


def test_people_are_told_when_the_operator_says_so(service):
    """Each has a notice of their own, in the transaction of their row; without a word nobody."""
    given(service, {})
    list(register_many(rows_of(BRAMS), USER, service.ports, tells=Tells.PEOPLE))
    with service.store.reading() as uow:
        waiting = uow.outbox.in_states([NoticeState.WAITING], 10)

    [bram] = service.ects_of(BRAM)
    assert [kept.notice.about for kept in waiting] == [bram.id]


def test_a_school_that_went_meanwhile_is_told_so(service):
    """A row found before its school was removed comes to what one registration would."""
    with service.store.reading() as uow:
        row = Proven(2, UNKNOWN_SCHOOL, a_draft())

        assert decide(row, service.clock.today(), RowFacts(uow)).rule.id == "own-school-only"


def test_an_offer_without_a_start_date_is_not_gathered(service):
    """A row needs one, but a proof may be kept without."""
    row = Proven(2, URN, a_draft(start_date=None, email=None))
    with service.store.reading() as uow:
        facts = RowFacts(uow)
        facts.gather(uow, [row], service.clock.today())

        assert decide(row, service.clock.today(), facts).rule.id == "email-format"


def test_a_transfer_of_somebody_without_an_address_is_one_too(service):
    """Records that were brought in may lack one."""
    service.has_ect(an_ect(school=OTHER_SCHOOL, email=None, period=Period(date(2024, 9, 1))))

    assert words(given(service, {})) == [("registered", None)]
