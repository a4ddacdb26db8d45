"""Operators find people and schools, and look at reports."""

from __future__ import annotations

from datetime import date

from builders import ECT_TRN, URN, a_teacher, an_ect
from ect_registration.domain.email import Email
from ect_registration.domain.records.history import What
from ect_registration.domain.values import Trn
from ect_registration.use_cases.operating.look_up import MOST, look_up
from ect_registration.use_cases.operating.reports import (
    Counted,
    corrected_names,
    merges_left,
    outcomes,
)
from unit.use_cases.service import USER
from unit.use_cases.town import BRAM, OLD_TRN, RETAINED_TRN


def looked_up(service):
    """Whom history has as looked up, and by whom."""
    with service.store.reading() as uow:
        changes = uow.lookups.changes(service.clock.now(), {What.LOOKED_UP})
        return [(change.actor, change.trn) for change in changes]


def test_whoever_is_found_stands_in_history_as_looked_up(service):
    """Once for each person; nobody found is nothing to record."""
    service.register()
    found = look_up("marlowe", "operator:rosa", service.ports)
    nobody = look_up("nobody at all", "operator:rosa", service.ports)

    assert [each.trn for each in found.people] == [ECT_TRN]
    assert (nobody.people, nobody.schools, nobody.is_cut_short) == ([], [], False)
    assert looked_up(service) == [("operator:rosa", ECT_TRN)]


def test_an_address_and_a_school_are_found_as_well(service):
    """By any part of an address, a name or a URN."""
    service.register()

    assert [each.trn for each in look_up("LOWE@Exam", USER, service.ports).people] == [ECT_TRN]
    assert [each.urn for each in look_up("larkfield", USER, service.ports).schools] == [URN]


def test_a_long_list_is_cut_short_and_says_so(service):
    """Those who are not shown were not looked up."""
    for number in range(MOST + 1):
        teacher = a_teacher(trn=Trn(f"{4_000_000 + number}"), trs_name=f"Ann Other {number}")
        service.has_ect(an_ect(teacher=teacher, email=Email(f"ann{number}@example.org")))
    found = look_up("other", USER, service.ports)

    assert (len(found.people), found.is_cut_short) == (MOST, True)
    assert len(looked_up(service)) == MOST


def test_name_corrections_monitored_ranks_those_that_leave_least_first(service):
    """Of everybody, or of those who were registered so lately."""
    service.register(corrected_name="Asha Marlowe-Hill")
    changed = {"corrected_name": "Bram Vance", "trn": str(BRAM), "email": "bram@example.org"}
    service.clock.wait(days=2)
    service.register(**changed)

    ranked = corrected_names(service.ports)
    assert [each.trn for each in ranked] == [BRAM, ECT_TRN]
    assert ranked[0].kept < ranked[1].kept == 1
    assert [each.trn for each in corrected_names(service.ports, date(2025, 9, 11))] == [BRAM]


def test_merges_that_moved_nothing_are_left_to_operators(service):
    """Both people are named."""
    service.has_ect(an_ect(teacher=a_teacher(trn=OLD_TRN), email=Email("old@example.org")))
    service.has_ect(an_ect(teacher=a_teacher(trn=RETAINED_TRN), email=Email("new@example.org")))
    service.register(trn=str(OLD_TRN), email="third@example.org")

    [(old, retained)] = merges_left(service.ports)
    assert (old.trn, retained.trn) == (OLD_TRN, RETAINED_TRN)


def test_outcomes_are_counted_by_day_without_persons(service):
    """Registrations, and those under a corrected name."""
    service.register(corrected_name="Asha Hill")
    service.register(trn=str(BRAM), email="bram@example.org")

    assert outcomes(service.ports, date(2025, 9, 1)) == [
        Counted(date(2025, 9, 10), "name_corrected", "ect", 1),
        Counted(date(2025, 9, 10), "registered", "ect", 2),
    ]
    assert outcomes(service.ports, date(2025, 9, 11)) == []
