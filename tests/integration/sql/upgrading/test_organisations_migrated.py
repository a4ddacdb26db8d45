"""Databases in which organisations had names only."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from adapters.sql.connection.schema import SchemaState
from adapters.sql.connection.upgrade import upgrade
from adapters.sql.queries.drafts import draft_to_json
from builders import HUB, LEAD_PROVIDER, URN, a_draft
from ect_registration.domain.school import OrganisationKind
from ect_registration.ports.errors import Unavailable
from integration.contracts.steps import keep, seen
from integration.earlier_schemas import brought_to
from integration.sql.databases import opened

BEFORE = "0008"
TABLES = ("lead_providers", "delivery_partners")

A_BODY = (
    "INSERT INTO appropriate_bodies (name, kind, active_from) "
    "VALUES (:n, 'teaching_school_hub', '2020-09-01')"
)
YEARS = (
    "INSERT INTO lead_provider_years (lead_provider_id, year, active) "
    "SELECT id, 2025, true FROM lead_providers"
)
PAIRS = (
    "INSERT INTO pairings (lead_provider_id, delivery_partner_id, year, active) "
    "SELECT p.id, d.id, 2025, true FROM lead_providers AS p, delivery_partners AS d"
)
A_SCHOOL = (
    "INSERT INTO schools (urn, name, type, section_41, status, in_england) "
    "VALUES ('100001', 'Larkfield', 'state_funded', false, 'open', true)"
)
A_JOURNEY = (
    "INSERT INTO journeys (public_id, school_id, user_id, draft, used_at) "
    "SELECT :id, id, 'user-1', :draft, '2025-09-10T09:30:00+00:00' FROM schools"
)


def _fill(url, *names):
    brought_to(BEFORE, url)
    with opened(url) as store, store.engine.begin() as connection:
        for name in names:
            for table in TABLES:
                connection.execute(sa.text(f"INSERT INTO {table} (name) VALUES (:n)"), {"n": name})


def _run(url, *statements):
    with opened(url) as store, store.engine.begin() as connection:
        for statement, values in statements:
            connection.execute(sa.text(statement), values)


def _known(store, kind):
    return seen(store, lambda uow: uow.organisations.of_kind(kind))


def test_every_organisation_gets_an_id_of_its_own(empty_url):
    """Bodies keep what else is known of them, and years and pairs their references."""
    _fill(empty_url, LEAD_PROVIDER, "Éire Learning")
    _run(
        empty_url,
        (
            A_BODY,
            {"n": HUB},
        ),
        (
            YEARS,
            {},
        ),
        (
            PAIRS,
            {},
        ),
    )
    upgrade(empty_url, in_window=True)
    with opened(empty_url) as store:
        found = {kind: [each.name for each in _known(store, kind)] for kind in OrganisationKind}
        ids = {each.id for kind in OrganisationKind for each in _known(store, kind)}
        [body] = seen(store, lambda uow: uow.offers.appropriate_bodies())

    both = [LEAD_PROVIDER, "Éire Learning"]
    assert (list(found.values()), len(ids)) == ([[HUB], both, both], 5)
    assert (body.name, str(body.active_from)) == (HUB, "2020-09-01")


@pytest.mark.parametrize("other", ["HARBOUR  learning", "Hárbour Learning"])
def test_two_names_that_are_one_now_stop_the_upgrade(empty_url, other):
    """Both are named, nothing is lost, and it goes on once one of them was changed."""
    _fill(empty_url, "Harbour Learning", other)
    with pytest.raises(Unavailable) as caught:
        upgrade(empty_url, in_window=True)
    with opened(empty_url) as store:
        assert store.schema_state() is SchemaState.OLDER
    rename = "UPDATE {} SET name = 'Another' WHERE name = :other"
    _run(empty_url, *((rename.format(table), {"other": other}) for table in TABLES))
    upgrade(empty_url, in_window=True)

    assert repr("Harbour Learning") in caught.value.why
    assert repr(other) in caught.value.why
    with opened(empty_url) as store:
        names = [each.name for each in _known(store, OrganisationKind.LEAD_PROVIDER)]
    assert names == ["Another", "Harbour Learning"]


def test_a_draft_from_before_keeps_its_answers(empty_url):
    """It has names only, which are those that it had; whoever was renamed since is found by it."""
    _fill(empty_url, LEAD_PROVIDER)
    _run(
        empty_url,
        (
            A_SCHOOL,
            {},
        ),
        (
            A_JOURNEY,
            {"id": "0" * 31 + "1", "draft": draft_to_json(a_draft())},
        ),
    )
    upgrade(empty_url, in_window=True)
    with opened(empty_url) as store:
        [provider] = _known(store, OrganisationKind.LEAD_PROVIDER)
        keep(store, lambda uow: uow.organisations.rename(provider, "New"))
        [journey] = seen(store, lambda uow: uow.journeys.of_user(URN, "user-1"))

    assert journey.draft == a_draft()
