from __future__ import annotations

from uuid import UUID

import pytest

from ect_registration.domain.decisions import Allowed, Kind
from ect_registration.domain.rules.operating.organisations import (
    ORGANISATIONS_KEEP_THEIR_IDENTITY,
    check_new_name,
    name_meant,
    name_meant_among,
)
from ect_registration.domain.school import Organisation, OrganisationId, OrganisationKind
from ect_registration.domain.text import name_key

NAMES = {"Amber Moor Teaching School Hub", "Éire Learning"}
FORMER = [("Brightwater Institute", "Brightwater Learning"), ("Eire learning", "Another")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param(
            "Amber Moor Teaching School Hub", "Amber Moor Teaching School Hub", id="as is"
        ),
        pytest.param(
            "amber MOOR teaching school hub", "Amber Moor Teaching School Hub", id="case"
        ),
        pytest.param(
            "AmberMoor  Teaching\u00a0School Hub ", "Amber Moor Teaching School Hub", id="blanks"
        ),
        pytest.param("eire learning", "Éire Learning", id="accents, and a present name first"),
        pytest.param("brightwater  INSTITUTE", "Brightwater Learning", id="a former name"),
        pytest.param("Amber Moor", "Amber Moor", id="unknown: as typed"),
        pytest.param("Éire\ud83d Learning", "Éire\ud83d Learning", id="half of a character"),
        pytest.param("Éire\x00 Learning", "Éire\x00 Learning", id="a control character"),
        pytest.param("Éire\tLearning\n", "Éire Learning", id="tabs and line breaks are blanks"),
    ],
)
def test_organisations_keep_their_identity_in_the_names_that_match(typed, meant):
    """Present names come first, then former ones that are free."""
    assert name_meant(typed, NAMES, FORMER) == meant


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Łódź  Hub", "lodzhub"),
        ("St. Mary’s – North", "stmarysnorth"),
        ("...", "..."),
        ("---", "---"),
    ],
)
def test_a_key_is_the_folded_name_without_blanks(name, key):
    """A name of which folding leaves nothing is its own key."""
    assert name_key(name) == key


def _provider(number, name, *former):
    id = OrganisationId(UUID(int=number))
    return Organisation(id, OrganisationKind.LEAD_PROVIDER, name, former)


PROVIDERS = [_provider(1, "Harbour", "Haven"), _provider(2, "Lantern")]


def test_a_name_is_looked_for_among_organisations_with_the_names_they_had():
    """Whichever they were."""
    found = [name_meant_among(typed, PROVIDERS) for typed in ("lantern", "HAVEN", "Nobody")]

    assert found == ["Lantern", "Harbour", "Nobody"]


@pytest.mark.parametrize("name", ["Harbour Learning", "HARBOUR", "Haven", "x", "x" * 200])
def test_a_free_name_may_be_taken(name):
    """Another spelling of its own, and a name that it had, among them."""
    decision = check_new_name(name, PROVIDERS[0], PROVIDERS)

    assert decision == Allowed(ORGANISATIONS_KEEP_THEIR_IDENTITY, {})


def test_a_former_name_of_another_may_be_taken():
    """It is free."""
    assert isinstance(check_new_name("Haven", PROVIDERS[1], PROVIDERS), Allowed)


def test_a_name_that_another_has_is_refused():
    """In other case too; it says who has it."""
    refused = check_new_name("lan tern", PROVIDERS[0], PROVIDERS)

    assert (refused.kind, refused.field, refused.message) == (
        Kind.REFUSED,
        "name",
        "Enter another name: Lantern has this one",
    )


@pytest.mark.parametrize("name", ["", "x" * 201, "Har\u0000bour", "Harbour\u202e"])
def test_a_name_that_cannot_be_kept_is_not_valid(name):
    """Empty, too long, or with characters that nobody sees and that change the others."""
    invalid = check_new_name(name, PROVIDERS[0], PROVIDERS)

    assert invalid == ORGANISATIONS_KEEP_THEIR_IDENTITY.finds_invalid(
        "name", "Enter a name of 1 to 200 characters"
    )
