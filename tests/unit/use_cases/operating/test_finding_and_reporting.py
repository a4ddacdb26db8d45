"""What operators look up and count; whom somebody looked up stands in history."""

from __future__ import annotations

from datetime import timedelta

import attrs
import pytest

from builders import ECT_TRN, MENTOR_TRN, NOW, TODAY, URN, a_change, a_mentor, a_teacher, an_ect
from ect_registration.domain.notice import Role
from ect_registration.domain.records.history import What
from ect_registration.domain.records.refusal import Refusal, RefusedPerson
from ect_registration.domain.school import Succession
from ect_registration.domain.values import PersonName, Trn
from ect_registration.ports.stored.holds import Hold, Holding
from ect_registration.testing.steps import adding_ect, adding_mentor, keep
from ect_registration.use_cases.operating import look_up as looking
from ect_registration.use_cases.operating.look_up import look_up
from ect_registration.use_cases.operating.refusals import keep_refusals
from ect_registration.use_cases.operating.reports import corrected_names, merges_left, outcomes
from unit.use_cases.service import Service
from unit.use_cases.town import OTHER_SCHOOL, town

USER = "operator:sam"
ZOE, OLD = Trn("3000002"), Trn("3000001")
ZOES_NAME = {"name": "Zoë Quill-O’Brien", "trs_name": "Zoe Quill"}


@pytest.fixture
def service() -> Service:
    """The town with a mentor and two ECTs, one of whom has a corrected name."""
    service = Service.of(town())
    zoe = a_teacher(trn=ZOE, trs_name="Zoe Quill", corrected_name=PersonName("Zoë Quill-O’Brien"))
    ect = an_ect(teacher=zoe, email=None)
    keep(service.store, adding_ect(an_ect()), adding_mentor(a_mentor()), adding_ect(ect))
    return service


def _history(service):
    with service.ports.reading() as uow:
        return list(uow.lookups.changes(NOW - timedelta(days=9999), {What.LOOKED_UP}))


def _happened(service, *changes):
    keep(service.store, lambda uow: uow.history.add(changes))


@pytest.mark.parametrize(
    ("typed", "trns"),
    [
        ("quill", [ZOE]),
        ("asha.marlowe", [ECT_TRN]),
        (str(MENTOR_TRN), [MENTOR_TRN]),
        ("nobody at all", []),
        ("Ω@example.org", []),
    ],
)
def test_whoever_is_shown_was_looked_up(service, typed, trns):
    """Nobody shown, nothing written."""
    found = look_up(typed, USER, service.ports)

    assert [each.trn for each in found.people] == trns
    assert [(line.trn, line.actor) for line in _history(service)] == [(trn, USER) for trn in trns]


def test_schools_are_looked_up_without_a_trace(service):
    """They are no persons."""
    found = look_up(str(URN), USER, service.ports)

    assert [school.urn for school in found.schools] == [URN]
    assert not found.is_cut_short
    assert _history(service) == []


def test_a_school_that_was_replaced_is_found_with_its_successor(service):
    """By the URN that people know, and the one that has its people."""
    replaced = Succession(URN, OTHER_SCHOOL, service.clock.today())
    keep(service.store, lambda uow: uow.schools.move_records(replaced))
    found = look_up(str(URN), USER, service.ports)

    assert [school.urn for school in found.schools] == [URN, OTHER_SCHOOL]


def test_a_search_that_finds_more_than_is_shown_says_so(service, monkeypatch):
    """And only who is shown was looked up."""
    monkeypatch.setattr(looking, "MOST", 1)
    found = look_up("@example.org", USER, service.ports)

    assert (len(found.people), found.is_cut_short) == (1, True)
    assert len(_history(service)) == 1


def test_a_corrected_name_is_reported_with_what_is_left_of_it(service):
    """All of them, or those registered under one since a day."""
    [found] = corrected_names(service.ports)

    assert (found.trn, found.trs_name, found.name) == (ZOE, "Zoe Quill", ZOES_NAME["name"])
    assert 0 < found.kept < 1
    assert corrected_names(service.ports, TODAY) == []
    _happened(service, a_change(at=NOW, what=What.ECT_REGISTERED, trn=ZOE, after=ZOES_NAME))
    assert corrected_names(service.ports, TODAY) == [found]
    assert corrected_names(service.ports, TODAY + timedelta(days=1)) == []


def test_merges_that_are_left_to_operators_are_reported(service):
    """The old record first."""
    assert merges_left(service.ports) == []
    old = an_ect(teacher=a_teacher(trn=OLD), email=None)
    keep(service.store, adding_ect(old), lambda uow: uow.teachers.merge(OLD, ZOE))

    assert [(one.trn, two.trn) for one, two in merges_left(service.ports)] == [(OLD, ZOE)]


def test_outcomes_are_counted_by_day_without_persons(service):
    """A corrected name counts twice: as a registration and as a correction."""
    plain = a_change(at=NOW, what=What.ECT_REGISTERED, after={"name": "A", "trs_name": "A"})
    mentor = attrs.evolve(plain, what=What.MENTOR_REGISTERED, after=ZOES_NAME)
    _happened(service, plain, plain, mentor)

    assert [
        (each.day, each.what, each.who, each.number) for each in outcomes(service.ports, TODAY)
    ] == [
        (NOW.date(), "name_corrected", "mentor", 1),
        (NOW.date(), "registered", "ect", 2),
        (NOW.date(), "registered", "mentor", 1),
    ]


def test_refusals_and_numbers_asked_for_are_counted_by_rule(service):
    """With a person or without."""
    person = RefusedPerson(ZOE, URN, "user-1")
    keep_refusals(
        [
            Refusal(TODAY, "email-in-use", Role.MENTOR, person),
            *[Refusal(TODAY, "induction-passed", Role.ECT)] * 2,
            Refusal(TODAY, "date-of-birth-differs", Role.ECT),
        ],
        service.ports,
    )

    assert [
        (each.what, each.rule, each.who, each.number) for each in outcomes(service.ports, TODAY)
    ] == [
        ("national_insurance_number_asked", "date-of-birth-differs", "ect", 1),
        ("refused", "email-in-use", "mentor", 1),
        ("refused", "induction-passed", "ect", 2),
    ]


def test_who_holds_everything_has_to_hold_nothing_else():
    """And what is written without being held is named by its kind alone."""
    holding = Holding()
    with pytest.raises(RuntimeError, match="is written and not held"):
        holding.must_have([Hold.person(ZOE)])
    holding.take([Hold.EVERYTHING])
    holding.must_have([Hold.person(ZOE)])
