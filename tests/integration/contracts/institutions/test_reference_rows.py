"""Reference data row by row is the same on every store."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    ECT_TRN,
    LEAD_PROVIDER,
    MENTOR_TRN,
    TERM_STARTS,
    THIS_YEAR,
    TODAY,
    URN,
    a_mentor,
    a_partnership,
    a_training,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.training import TrainingId
from ect_registration.domain.reference.tables import TABLES, ReferenceKind
from ect_registration.domain.school import ClosedDays, OrganisationKind
from ect_registration.ports.stored.offers import TrainedPerson
from integration.contracts.steps import (
    OTHER_LEAD_PROVIDER,
    OTHER_URN,
    keep,
    outcome,
    registered,
    seen,
    taken_on,
)

YEAR = THIS_YEAR.starts_in
PARTNERSHIP_ROW = {
    "school": URN.digits,
    "lead_provider": LEAD_PROVIDER,
    "year": YEAR,
    "delivery_partner": DELIVERY_PARTNER,
    "active": True,
}
ORGANISATIONS = {kind: table.organisation for kind, table in TABLES.items() if table.organisation}
NEW = {
    ReferenceKind.ACADEMIC_YEARS: {"year": 2030, "open_for_registration": False},
    ReferenceKind.CLOSED_DAYS: {
        "from": date(2026, 8, 17),
        "to": date(2026, 8, 31),
        "message": "We are moving house",
        "active": True,
    },
    ReferenceKind.SCHOOLS: {
        "urn": "200001",
        "name": "Brook School",
        "type": "independent",
        "section_41": True,
        "status": "proposed_to_open",
        "in_england": False,
        "opened_on": date(2026, 9, 1),
        "closed_on": None,
        "local_authority": "City of Amberton",
        "region": "London",
        "phase": "Primary",
        "la_code": "201",
        "new_la_code": "E09000001",
        "ukprn": "11500017",
    },
    ReferenceKind.APPROPRIATE_BODIES: {
        "id": str(uuid4()),
        "name": "Gamma Hub",
        "kind": "national",
        "active_from": date(2020, 9, 1),
        "active_until": None,
    },
    ReferenceKind.LEAD_PROVIDERS: {"id": str(uuid4()), "name": "Brightwater"},
    ReferenceKind.DELIVERY_PARTNERS: {"id": str(uuid4()), "name": "Gorse Learning"},
    ReferenceKind.LEAD_PROVIDER_YEARS: {
        "lead_provider": LEAD_PROVIDER,
        "year": 2030,
        "active": True,
    },
    ReferenceKind.PAIRINGS: {
        "lead_provider": LEAD_PROVIDER,
        "delivery_partner": DELIVERY_PARTNER,
        "year": 2030,
        "active": True,
    },
    ReferenceKind.PARTNERSHIPS: PARTNERSHIP_ROW,
}
CHANGES = {
    ReferenceKind.ACADEMIC_YEARS: {"open_for_registration": True},
    ReferenceKind.CLOSED_DAYS: {"to": date(2026, 9, 2), "message": None, "active": False},
    ReferenceKind.SCHOOLS: {"status": "closed", "closed_on": date(2026, 8, 31), "phase": None},
    ReferenceKind.APPROPRIATE_BODIES: {"active_until": date(2026, 8, 31)},
    ReferenceKind.LEAD_PROVIDER_YEARS: {"active": False},
    ReferenceKind.PAIRINGS: {"active": False},
    ReferenceKind.PARTNERSHIPS: {"active": False},
}


def _rows(store, kind):
    return list(seen(store, lambda uow: uow.reference.rows(kind)))


def _save(kind, *rows):
    return lambda uow: uow.reference.save(kind, rows)


@pytest.mark.parametrize("kind", ReferenceKind)
def test_a_row_that_is_added_is_found_as_it_was_among_the_others(store, kind):
    """In the order of the keys, with every column."""
    before = _rows(store, kind)
    keep(store, _save(kind, NEW[kind]))
    after = _rows(store, kind)

    assert [row for row in after if row not in before] == [NEW[kind]]
    assert [row for row in before if row not in after] == []
    assert [tuple(row) for row in after] == [TABLES[kind].names] * len(after)


@pytest.mark.parametrize("kind", CHANGES)
def test_a_row_that_is_saved_again_is_set_to_what_is_given(store, kind):
    """And no other row changes."""
    keep(store, _save(kind, NEW[kind]))
    before = _rows(store, kind)
    changed = NEW[kind] | CHANGES[kind]
    keep(store, _save(kind, changed))
    after = _rows(store, kind)

    assert len(after) == len(before)
    assert [row for row in after if row not in before] == [changed]


@pytest.mark.parametrize("kind", ORGANISATIONS)
def test_an_organisation_that_is_added_has_the_id_that_was_given(store, kind):
    """Saving it again keeps the name that it has: renaming is another thing."""
    row = NEW[kind]
    keep(store, _save(kind, row), _save(kind, row | {"name": "Another name"}))
    found = seen(store, lambda uow: uow.organisations.of_kind(ORGANISATIONS[kind]))

    assert [str(each.id) for each in found if each.name == row["name"]] == [row["id"]]


@pytest.mark.parametrize("kind", ORGANISATIONS)
def test_an_organisation_with_the_name_of_another_is_refused(store, kind):
    """Whatever the case."""
    keep(store, _save(kind, NEW[kind]))
    again = NEW[kind] | {"id": str(uuid4()), "name": str(NEW[kind]["name"]).upper()}

    assert outcome(store, _save(kind, again)) == "conflict"


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        pytest.param(ReferenceKind.LEAD_PROVIDER_YEARS, {"lead_provider": "Nobody"}, id="year"),
        pytest.param(ReferenceKind.PAIRINGS, {"lead_provider": "Nobody"}, id="pairing"),
        pytest.param(ReferenceKind.PAIRINGS, {"delivery_partner": "Nobody"}, id="partner"),
        pytest.param(ReferenceKind.PARTNERSHIPS, {"school": "199999"}, id="school"),
        pytest.param(ReferenceKind.PARTNERSHIPS, {"year": 2031}, id="never together"),
        pytest.param(ReferenceKind.CLOSED_DAYS, {"to": date(2026, 8, 16)}, id="backwards"),
    ],
)
def test_a_row_that_leads_nowhere_is_refused(store, kind, changes):
    """By the store as well as by the rules."""
    assert outcome(store, _save(kind, NEW[kind] | changes)) == "conflict"


def test_an_active_row_is_offered_and_an_inactive_one_is_not(store):
    """What schools choose from follows the rows."""
    pair = (LEAD_PROVIDER, DELIVERY_PARTNER)
    year = {"lead_provider": LEAD_PROVIDER, "year": YEAR, "active": False}
    pairing = {"lead_provider": pair[0], "delivery_partner": pair[1], "year": YEAR}
    keep(
        store,
        _save(ReferenceKind.LEAD_PROVIDER_YEARS, year),
        _save(ReferenceKind.PAIRINGS, pairing | {"active": False}),
        _save(ReferenceKind.ACADEMIC_YEARS, {"year": YEAR, "open_for_registration": False}),
    )
    offer = seen(store, lambda uow: uow.offers.training_year(THIS_YEAR))

    assert LEAD_PROVIDER not in offer.lead_providers
    assert pair not in offer.pairs
    assert not offer.open_for_registration


def test_rows_name_a_renamed_organisation_by_its_present_name(store):
    """Ended partnerships and inactive years as well."""
    keep(store, _save(ReferenceKind.PARTNERSHIPS, PARTNERSHIP_ROW | {"active": False}))
    before = _rows(store, ReferenceKind.LEAD_PROVIDER_YEARS)

    def rename(uow):
        kind = OrganisationKind.LEAD_PROVIDER
        [one] = [each for each in uow.organisations.of_kind(kind) if each.name == LEAD_PROVIDER]
        uow.organisations.rename(one, "Brightwater")

    keep(store, rename)

    assert _rows(store, ReferenceKind.PARTNERSHIPS) == [
        PARTNERSHIP_ROW | {"lead_provider": "Brightwater", "active": False}
    ]
    assert [row["year"] for row in before if row["lead_provider"] == LEAD_PROVIDER] == [
        row["year"]
        for row in _rows(store, ReferenceKind.LEAD_PROVIDER_YEARS)
        if row["lead_provider"] == "Brightwater"
    ]


def test_a_partnership_that_has_ended_is_not_among_those_of_its_school(store):
    """It is found by itself, and can be taken up again with another delivery partner."""
    keep(store, _save(ReferenceKind.PARTNERSHIPS, PARTNERSHIP_ROW | {"active": False}))
    older = PARTNERSHIP_ROW | {"active": False, "year": YEAR - 1}
    keep(store, _save(ReferenceKind.PARTNERSHIPS, older))

    def ended(urn=URN):
        return list(seen(store, lambda uow: uow.partnerships.ended_of_school(urn)))

    assert list(seen(store, lambda uow: uow.partnerships.of_school(URN))) == []
    assert seen(store, lambda uow: uow.offers.to_school(URN, THIS_YEAR)).partnerships == ()
    assert [each.year.starts_in for each in ended()] == [YEAR, YEAR - 1]
    assert ended(OTHER_URN) == []

    keep(store, lambda uow: uow.partnerships.add(a_partnership()))
    assert [each.year.starts_in for each in ended()] == [YEAR - 1]
    assert list(seen(store, lambda uow: uow.partnerships.of_school(URN))) == [a_partnership()]
    assert outcome(store, lambda uow: uow.partnerships.add(a_partnership())) == "conflict"


def _trained(store):
    """An ECT with a training that has ended, one that goes on and one withdrawn; a mentor."""
    confirmed = {"delivery_partner": DELIVERY_PARTNER}
    past = Period(TERM_STARTS, TODAY.replace(day=2))
    later = Period(TODAY.replace(day=3), None)
    keep(store, lambda uow: uow.partnerships.add(a_partnership()))
    trainings = tuple(
        a_training(id=TrainingId(uuid4()), period=period, **confirmed, **more)
        for period, more in ((past, {}), (later, {}), (later, {"withdrawn": True}))
    )
    ect = registered(store, an_ect(trainings=trainings))
    of_mentor = a_training(id=TrainingId(uuid4()), **confirmed)
    mentor = taken_on(store, a_mentor(trainings=(of_mentor,)))
    return ect, mentor


def _partners(store, ect, mentor):
    def both(uow):
        found = uow.ects.find(ect.id).trainings + uow.mentors.find(mentor.id).trainings
        return [training.delivery_partner for training in found]

    return seen(store, both)


def test_releasing_makes_trainings_that_have_not_ended_wait_again(store):
    """Of ECTs and mentors; what has ended or was withdrawn stays as it is."""
    ect, mentor = _trained(store)
    elsewhere = a_partnership(lead_provider=OTHER_LEAD_PROVIDER)
    people = []
    for partnership in (elsewhere, a_partnership(), a_partnership()):
        keep(store, lambda uow, it=partnership: people.append(uow.partnerships.release(it, TODAY)))

    waiting = [
        TrainedPerson(ECT_TRN, ect.id, None),
        TrainedPerson(MENTOR_TRN, mentor.id, None),
    ]
    assert list(map(list, people)) == [[], waiting, []]
    assert _partners(store, ect, mentor) == [DELIVERY_PARTNER, None, DELIVERY_PARTNER, None]


def test_trainings_follow_the_delivery_partner_of_their_partnership(store):
    """A partnership that is corrected is corrected for everybody whom it trains."""
    ect, mentor = _trained(store)
    other = {"id": str(uuid4()), "name": "Gorse Learning"}
    corrected = a_partnership(delivery_partner=other["name"])

    def concerned(partnership):
        return list(seen(store, lambda uow: uow.partnerships.confirmed_otherwise(partnership)))

    before = [
        concerned(each)
        for each in (corrected, a_partnership(), attrs.evolve(corrected, year=THIS_YEAR.plus(1)))
    ]
    pairing = {"lead_provider": LEAD_PROVIDER, "delivery_partner": other["name"], "year": YEAR}
    keep(
        store,
        _save(ReferenceKind.DELIVERY_PARTNERS, other),
        _save(ReferenceKind.PAIRINGS, pairing | {"active": True}),
        _save(ReferenceKind.PARTNERSHIPS, PARTNERSHIP_ROW | {"delivery_partner": other["name"]}),
    )

    by_others = [
        *[TrainedPerson(ECT_TRN, ect.id, DELIVERY_PARTNER)] * 2,
        TrainedPerson(MENTOR_TRN, mentor.id, DELIVERY_PARTNER),
    ]
    assert _partners(store, ect, mentor) == [other["name"]] * 4
    assert before == [by_others, [], []]
    assert concerned(corrected) == []
    assert [each.delivery_partner for each in concerned(a_partnership())] == [other["name"]] * 3


def test_closed_days_that_count_are_active_and_have_not_passed(store):
    """In the order in which they begin."""
    row = NEW[ReferenceKind.CLOSED_DAYS]
    later = row | {"from": date(2026, 10, 1), "to": date(2026, 10, 2), "message": None}
    keep(
        store,
        _save(ReferenceKind.CLOSED_DAYS, later),
        _save(ReferenceKind.CLOSED_DAYS, row),
        _save(ReferenceKind.CLOSED_DAYS, row | {"from": date(2026, 8, 1), "active": False}),
        _save(ReferenceKind.CLOSED_DAYS, row | {"from": date(2026, 1, 1), "to": date(2026, 1, 2)}),
    )

    def on(day):
        return list(seen(store, lambda uow: uow.offers.closed_days(day)))

    assert [days.first_day for days in on(date(2026, 1, 3))] == [row["from"], later["from"]]
    assert on(row["to"]) == [
        ClosedDays(row["from"], row["to"], row["message"]),
        ClosedDays(later["from"], later["to"]),
    ]
    assert [days.first_day for days in on(date(2026, 9, 1))] == [later["from"]]
