from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    ECT_TRN,
    HUB,
    LEAD_PROVIDER,
    THIS_YEAR,
    TODAY,
    URN,
    a_partnership,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.records.history import What
from ect_registration.domain.reference.tables import TABLES, ReferenceKind
from ect_registration.domain.school import SchoolStatus, SchoolType
from ect_registration.use_cases.operating.partnerships import report_partnership
from ect_registration.use_cases.operating.person import history_of
from ect_registration.use_cases.operating.reference.given import InvalidReference
from ect_registration.use_cases.operating.reference.show import prepare_year, reference_rows
from unit.use_cases.reference_rows import (
    BODIES,
    CLOSED_DAYS,
    PAIRINGS,
    PARTNERS,
    PARTNERSHIPS,
    PROVIDER_YEARS,
    PROVIDERS,
    SCHOOLS,
    YEARS,
    change,
    mistakes,
    row_of,
    rows_of,
    set_row,
)
from unit.use_cases.service import USER
from unit.use_cases.town import (
    INDEPENDENT,
    LAST_YEAR,
    NEXT_YEAR,
    NO_LONGER,
    OTHER_PARTNER,
    OTHER_SCHOOL,
    THIS_YEAR_ONLY,
)

MISSPELT = "Harbor Teacher Development"
THIS, NEXT = THIS_YEAR.starts_in, NEXT_YEAR.starts_in


def _school(urn, **values):
    return {"urn": urn.digits, **values}


def _of_no_school(service):
    with service.store.reading() as uow:
        [chain] = [each for each in uow.history.chains() if each.name == "none"]
        return uow.history.links(chain.name, None, 100)


def test_reference_changes_only_in_the_columns_that_are_given(service):
    """Closing an independent school leaves it independent."""
    told = change(service, SCHOOLS, _school(INDEPENDENT, status="closed"))
    with service.store.reading() as uow:
        school = uow.schools.find(INDEPENDENT)

    assert told == [("100003", "status", "open", "closed")]
    assert (school.type, school.section_41) == (SchoolType.INDEPENDENT, True)
    assert school.status is SchoolStatus.CLOSED


def test_reference_changes_only_in_the_rows_that_are_given(service):
    """A year more for a lead provider leaves its other years alone."""
    before = rows_of(service, PROVIDER_YEARS)
    told = change(service, PROVIDER_YEARS, {"lead_provider": THIS_YEAR_ONLY, "year": NEXT})

    assert told == [
        (f"{THIS_YEAR_ONLY},{NEXT}", "lead_provider", None, THIS_YEAR_ONLY),
        (f"{THIS_YEAR_ONLY},{NEXT}", "year", None, NEXT),
    ]
    after = rows_of(service, PROVIDER_YEARS)
    assert [row for row in after if row not in before] == [
        {"lead_provider": THIS_YEAR_ONLY, "year": NEXT, "active": True}
    ]
    assert [row for row in before if row not in after] == []


def test_a_dry_run_tells_the_same_and_changes_nothing(service):
    """Whatever is to be changed can be looked at first."""
    row = _school(OTHER_SCHOOL, name="Fenwick High School", region="London")
    before = rows_of(service, SCHOOLS)
    looked_at = change(service, SCHOOLS, row, dry_run=True)

    assert rows_of(service, SCHOOLS) == before
    assert change(service, SCHOOLS, row) == looked_at
    assert change(service, SCHOOLS, row) == []


def test_a_change_of_a_school_stands_in_its_history(service):
    """With who made it, and what it was before."""
    change(service, SCHOOLS, _school(URN, opened_on=date(1950, 9, 1), phase="Primary"))
    [line] = service.history(URN)

    assert (line.what, line.actor, line.rules) == (
        What.REFERENCE_CHANGED,
        USER,
        ("reference-changes",),
    )
    assert line.before == {"kind": "schools", "key": "100001", "opened_on": None, "phase": None}
    assert line.after == {"opened_on": "1950-09-01", "phase": "Primary"}


def test_a_change_without_a_school_stands_in_history_too(service):
    """Opening a year is nobody's school's."""
    change(service, YEARS, {"year": NEXT, "open_for_registration": True})
    [*_, link] = _of_no_school(service)

    assert "reference-changed" in link.line
    assert row_of(service, YEARS, year=NEXT) == {"year": NEXT, "open_for_registration": True}


def test_what_is_read_can_be_given_back_without_a_difference(service):
    """Of every kind, inactive rows included."""
    change(service, CLOSED_DAYS, {"from": date(2026, 8, 17), "to": date(2026, 8, 31)})
    change(service, PARTNERSHIPS, _partnership())

    for kind in ReferenceKind:
        rows = rows_of(service, kind)

        assert rows
        assert [tuple(row) for row in rows] == [TABLES[kind].names] * len(rows)
        assert change(service, kind, *rows) == []


def test_a_new_row_takes_defaults_for_what_is_left_out(service):
    """A school needs a name and no more."""
    told = change(service, SCHOOLS, {"urn": "200001", "name": "Brook School", "region": None})

    assert told == [
        ("200001", "urn", None, "200001"),
        ("200001", "name", None, "Brook School"),
    ]
    school = row_of(service, SCHOOLS, urn="200001")
    assert (school["type"], school["status"], school["in_england"]) == (
        "state_funded",
        "open",
        True,
    )


def test_an_empty_cell_empties_its_column(service):
    """And a column that is not there stays."""
    change(service, SCHOOLS, _school(URN, region="London", phase="Primary"))
    told = change(service, SCHOOLS, _school(URN, region=None))

    assert told == [("100001", "region", "London", None)]
    assert row_of(service, SCHOOLS, urn="100001")["phase"] == "Primary"


def test_blanks_and_invisible_characters_make_no_difference(service):
    """A name that was kept with some is not told as different from the file's."""
    with service.store.reading() as uow:
        school = uow.schools.find(URN)
    assert change(service, SCHOOLS, _school(URN, name=f"  {school.name}\u200b")) == []


def test_an_organisation_is_added_under_its_name(service):
    """It gets an id, which a dry run does not know yet."""
    row = {"name": "Brightwater Learning"}
    looked_at = change(service, PROVIDERS, row, dry_run=True)
    told = change(service, PROVIDERS, row)
    added = row_of(service, PROVIDERS, name="brightwater  learning")

    assert looked_at == told == [("Brightwater Learning", "name", None, "Brightwater Learning")]
    assert UUID(str(added["id"]))
    assert change(service, PROVIDERS, {"name": "BRIGHTWATER LEARNING"}) == []


def test_an_organisation_can_be_added_under_an_id(service):
    """As it has in another installation."""
    id = str(uuid4())
    change(service, BODIES, {"id": id, "name": "Gamma Hub", "kind": "teaching_school_hub"})

    assert row_of(service, BODIES, id=id)["name"] == "Gamma Hub"


def test_an_organisation_with_an_id_is_renamed(service):
    """It stays the same one: its former name still finds it, and history says so."""
    id = row_of(service, PROVIDERS, name=LEAD_PROVIDER)["id"]
    told = change(service, PROVIDERS, {"id": id, "name": "Brightwater"})
    [*_, link] = _of_no_school(service)

    assert told == [(id, "name", LEAD_PROVIDER, "Brightwater")]
    assert row_of(service, PROVIDERS, name=LEAD_PROVIDER)["id"] == id
    assert "organisation-renamed" in link.line
    assert {"lead_provider": "Brightwater", "year": THIS, "active": True} in rows_of(
        service, PROVIDER_YEARS
    )


def test_an_organisation_is_renamed_by_its_name(service):
    """A key says which row is meant, and values may give it another name."""
    told = set_row(
        service, BODIES, {"name": HUB}, name="Alpha Hub", active_until=date(2026, 8, 31)
    )

    assert told == [
        (HUB, "name", HUB, "Alpha Hub"),
        (HUB, "active_until", None, date(2026, 8, 31)),
    ]
    assert row_of(service, BODIES, name="Alpha Hub")["active_until"] == date(2026, 8, 31)


def test_a_name_that_finds_a_row_does_not_rename_it(service):
    """Case, accents and former names lead to the row, and leave its name alone."""
    row = {"name": HUB.upper(), "active_from": date(2019, 9, 1)}

    assert change(service, BODIES, row) == [
        (HUB, "active_from", date(2020, 9, 1), date(2019, 9, 1))
    ]
    assert row_of(service, BODIES, name=HUB)["name"] == HUB


@pytest.mark.parametrize(
    ("kind", "row", "told"),
    [
        pytest.param(
            PROVIDERS,
            {"id": "11111111-1111-4111-8111-111111111111", "name": LEAD_PROVIDER.lower()},
            f"line 2, column name: Enter another name: {LEAD_PROVIDER} has this one",
            id="a name that is taken",
        ),
        pytest.param(
            PROVIDERS,
            {"name": None},
            "line 2, column name: Give a value. This cannot be empty",
            id="an organisation without a name",
        ),
        pytest.param(
            PROVIDERS,
            {"id": "11111111-1111-4111-8111-111111111111"},
            "line 2, column name: Give a value. A new row needs it",
            id="a new organisation without a name",
        ),
        pytest.param(
            PROVIDERS,
            {},
            "line 2, column name: Give a value. It says which row is meant",
            id="neither id nor name",
        ),
        pytest.param(
            SCHOOLS,
            {"urn": None, "name": "X"},
            "line 2, column urn: Give a value. It says which row is meant",
            id="a row without its key",
        ),
        pytest.param(
            SCHOOLS,
            {"urn": "200001"},
            "line 2, column name: Give a value. A new row needs it",
            id="a new school without a name",
        ),
        pytest.param(
            SCHOOLS,
            _school(URN, name="A\u202eB"),
            "line 2, column name: Remove control characters, and characters that change the "
            "direction of text",
            id="text that runs backwards",
        ),
        pytest.param(
            SCHOOLS,
            _school(URN, name="x" * 201),
            "line 2, column name: Give at most 200 characters",
            id="a long name",
        ),
        pytest.param(
            SCHOOLS,
            _school(URN, type="state"),
            "line 2, column type: Give one of: state_funded, independent, not_eligible",
            id="an unknown type",
        ),
        pytest.param(
            SCHOOLS,
            _school(URN, section_41=None),
            "line 2, column section_41: Give a value. This cannot be empty",
            id="a flag that is emptied",
        ),
        pytest.param(
            SCHOOLS,
            _school(URN, opened_on=date(1066, 10, 14)),
            "line 2, column opened_on: Give a date from 1900-01-01 to 2100-12-31",
            id="a day long ago",
        ),
        pytest.param(
            YEARS,
            {"year": 20255},
            "line 2, column year: Give the first year of an academic year, like 2025",
            id="a year far away",
        ),
        pytest.param(
            CLOSED_DAYS,
            {"from": date(2026, 8, 17)},
            "line 2, column to: Give a value. A new row needs it",
            id="closed days without an end",
        ),
        pytest.param(
            CLOSED_DAYS,
            {"from": date(2026, 8, 17), "to": date(2026, 8, 16)},
            "line 2, column to: Give a day on or after from, which is 2026-08-17",
            id="closed days that end before they begin",
        ),
        pytest.param(
            PAIRINGS,
            {
                "lead_provider": "Harbor Teacher Development",
                "delivery_partner": DELIVERY_PARTNER,
                "year": THIS,
            },
            f"line 2, column lead_provider: Give the name of a lead provider we know. Did you "
            f"mean {LEAD_PROVIDER}?",
            id="a name that is misspelt",
        ),
        pytest.param(
            PAIRINGS,
            {"lead_provider": LEAD_PROVIDER, "delivery_partner": "QQQ", "year": THIS},
            "line 2, column delivery_partner: Give the name of a delivery partner we know",
            id="a name like no other",
        ),
    ],
)
def test_a_row_that_is_not_right_is_told_with_its_place(service, kind, row, told):
    """And nothing of the file is kept."""
    good = {
        PROVIDERS: {"name": "Brightwater"},
        SCHOOLS: _school(OTHER_SCHOOL, name="Another"),
    }.get(kind)
    rows = [row] if good is None else [row, good]

    assert mistakes(service, kind, *rows) == [told]


def test_two_rows_about_one_thing_are_a_mistake(service):
    """Names that differ in case or accents only are one, a new name's too; so is a former name."""
    both = "Give each row once. Line 2 is about"

    assert mistakes(service, YEARS, {"year": THIS}, {"year": THIS}) == [
        f"line 3, column year: {both} {THIS} too"
    ]
    assert mistakes(service, PROVIDERS, {"name": "Élan"}, {"name": "ELAN"}) == [
        f"line 3, column name: {both} Élan too"
    ]


def test_every_mistake_is_told(service):
    """One round is enough to mend a file."""
    rows = [_school(URN, name=None, type="x"), {"urn": "200001"}]

    assert mistakes(service, SCHOOLS, *rows) == [
        "line 2, column name: Give a value. This cannot be empty",
        "line 2, column type: Give one of: state_funded, independent, not_eligible",
        "line 3, column name: Give a value. A new row needs it",
    ]


def test_a_row_that_is_not_there_cannot_be_set(service):
    """Only an import adds."""
    with pytest.raises(InvalidReference) as error:
        set_row(service, YEARS, {"year": 2050}, open_for_registration=True)

    assert str(error.value) == (
        "There is no 2050 among the academic-years. ect reference import adds rows"
    )


def test_a_key_with_a_comma_is_quoted_as_in_csv(service):
    """So that it can be given back."""
    change(service, PROVIDERS, {"name": 'Oak, Ash & "Elm"'})
    row = {"lead_provider": 'Oak, Ash & "Elm"', "year": THIS}

    assert change(service, PROVIDER_YEARS, row)[0][0] == f'"Oak, Ash & ""Elm""",{THIS}'


def _partnership(**changes):
    return {
        "school": URN.digits,
        "lead_provider": LEAD_PROVIDER,
        "year": THIS,
        "delivery_partner": DELIVERY_PARTNER,
    } | changes


def test_a_partnership_that_is_imported_confirms_what_waits_for_it(service):
    """As reporting it does, and told as that in history."""
    service.register()
    assert service.ects_of()[0].training.delivery_partner is None
    told = change(service, PARTNERSHIPS, _partnership())
    [*_, line, person] = service.history(URN)

    assert told[-1] == (
        f"{URN},{LEAD_PROVIDER},{THIS}",
        "trainings",
        "1 expression_of_interest",
        "1 confirmed",
    )
    assert (line.what, line.after["confirmed"]) == (What.PARTNERSHIP_REPORTED, 1)
    [ect] = service.ects_of()
    assert (person.what, person.about) == (What.PARTNERSHIP_REPORTED, ect.id)
    assert history_of(ECT_TRN, service.ports)[-1] == person
    assert service.ects_of()[0].training.delivery_partner == DELIVERY_PARTNER


def test_ending_a_partnership_turns_open_trainings_into_expressions_of_interest(
    service, ect, mentor
):
    """Shown first; those that have ended stay confirmed."""
    change(service, PARTNERSHIPS, _partnership())
    looked_at = change(service, PARTNERSHIPS, _partnership(active=False), dry_run=True)
    assert service.ects_of()[0].training.delivery_partner == DELIVERY_PARTNER
    told = change(service, PARTNERSHIPS, _partnership(active=False))
    [*_, line, of_ect, of_mentor] = service.history(URN)

    assert looked_at == told
    assert [(column, before, after) for _, column, before, after in told] == [
        ("active", True, False),
        ("trainings", "2 confirmed", "2 expression_of_interest"),
    ]
    assert service.ects_of()[0].training.delivery_partner is None
    assert (line.what, line.after) == (
        What.REFERENCE_CHANGED,
        {"active": False, "trainings": 2},
    )
    named = {"lead_provider": LEAD_PROVIDER, "year": THIS, "delivery_partner": DELIVERY_PARTNER}
    for each, somebody in ((of_ect, ect), (of_mentor, mentor)):
        assert (each.what, each.trn, each.about) == (
            What.PARTNERSHIP_ENDED,
            somebody.teacher.trn,
            somebody.id,
        )
        assert (each.before, each.after, each.rules) == (named, {}, line.rules)


def test_another_delivery_partner_of_a_partnership_is_told_of_everybody_it_trains(service, ect):
    """Corrected, or taken up again with another: training that is over has that one as well."""
    named = {"lead_provider": LEAD_PROVIDER, "year": THIS}
    change(service, PARTNERSHIPS, _partnership())
    change(service, PAIRINGS, named | {"delivery_partner": OTHER_PARTNER})
    change(service, PARTNERSHIPS, _partnership(delivery_partner=OTHER_PARTNER))
    corrected = _told_of(ect, service)
    service.clock.wait(days=1)
    over = service.ects_of()[0]
    until = attrs.evolve(over.training, period=Period(over.training.period.started_on, TODAY))
    service.do(lambda uow: uow.ects.change(over, attrs.evolve(over, trainings=(until,))))
    change(service, PARTNERSHIPS, _partnership(delivery_partner=OTHER_PARTNER, active=False))
    report_partnership(a_partnership(), USER, service.ports)

    by_another = (
        {**named, "delivery_partner": DELIVERY_PARTNER},
        {"delivery_partner": OTHER_PARTNER},
    )
    back = {**named, "delivery_partner": OTHER_PARTNER}, {"delivery_partner": DELIVERY_PARTNER}
    assert corrected == [by_another]
    assert _told_of(ect, service) == [by_another, back]


def _told_of(somebody, service):
    """Which other delivery partners the history of a person has, before and after."""
    return [
        (line.before, line.after)
        for line in history_of(somebody.teacher.trn, service.ports)
        if line.what is What.PARTNERSHIP_CHANGED
    ]


def test_a_partnership_that_has_ended_is_offered_to_nobody(service):
    """Until it is taken up again, by import or report."""
    change(service, PARTNERSHIPS, _partnership())
    change(service, PARTNERSHIPS, _partnership(active=False))
    with service.store.reading() as uow:
        assert uow.partnerships.of_school(URN) == []

    told = change(service, PARTNERSHIPS, _partnership(active=True))
    assert [column for _, column, *_ in told] == ["active"]


def test_a_partnership_ended_twice_changes_nothing(service):
    """Nor does one that is ended from the start confirm anything."""
    service.register()
    told = change(service, PARTNERSHIPS, _partnership(active=False))

    assert "trainings" not in [column for _, column, *_ in told]
    assert change(service, PARTNERSHIPS, _partnership(active=False)) == []


@pytest.mark.parametrize(
    ("changes", "column", "advice"),
    [
        pytest.param(
            {"delivery_partner": OTHER_PARTNER},
            "delivery_partner",
            f"Give a delivery partner that works with {LEAD_PROVIDER} in {THIS_YEAR}, or import "
            "their pairing first",
            id="a pair that does not work together that year",
        ),
        pytest.param(
            {"school": "199999"}, "school", "Give the URN of a school we know", id="school"
        ),
    ],
)
def test_a_partnership_that_cannot_be_is_a_mistake(service, changes, column, advice):
    """It names the column and what to do."""
    assert mistakes(service, PARTNERSHIPS, _partnership(**changes)) == [
        f"line 2, column {column}: {advice}"
    ]


def test_a_partnership_outlives_its_pairing(service):
    """Ending a pair for new partnerships leaves those that are there alone."""
    change(service, PARTNERSHIPS, _partnership())
    pair = {"lead_provider": LEAD_PROVIDER, "delivery_partner": DELIVERY_PARTNER, "year": THIS}
    change(service, PAIRINGS, pair | {"active": False})

    assert change(service, PARTNERSHIPS, _partnership(active=True)) == []
    assert mistakes(service, PARTNERSHIPS, _partnership(school=OTHER_SCHOOL.digits)) != []


def test_a_year_is_prepared_from_the_last_one(service):
    """Lead providers and pairings that worked, and what is decided about the year already."""
    pair = {"lead_provider": LEAD_PROVIDER, "delivery_partner": DELIVERY_PARTNER}
    change(service, PAIRINGS, pair | {"year": NEXT, "active": False})
    change(service, PROVIDER_YEARS, {"lead_provider": NO_LONGER, "year": THIS, "active": False})
    prepared = prepare_year(NEXT_YEAR, service.ports)

    assert prepared == {
        PROVIDER_YEARS: [
            {"lead_provider": name, "year": NEXT, "active": True}
            for name in sorted((LEAD_PROVIDER, THIS_YEAR_ONLY))
        ],
        PAIRINGS: sorted(
            (
                pair | {"year": NEXT, "active": False},
                {
                    "lead_provider": THIS_YEAR_ONLY,
                    "delivery_partner": OTHER_PARTNER,
                    "year": NEXT,
                    "active": True,
                },
            ),
            key=lambda row: row["lead_provider"],
        ),
    }
    assert reference_rows(PARTNERS, service.ports)


def test_a_year_after_one_without_lead_providers_cannot_be_prepared(service):
    """It says which year has nothing."""
    with pytest.raises(InvalidReference, match="No lead provider works in 2049 to 2050"):
        prepare_year(LAST_YEAR.plus(26), service.ports)
