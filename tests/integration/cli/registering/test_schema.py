"""`ect schema`, which says what documents hold, and all mistakes of a document at once."""

from __future__ import annotations

import jsonschema
import pytest

from entrypoints.cli.school.schema import DOCUMENTS
from integration.cli.mentor_town import HERE, SUPPORTED
from integration.cli.terminal import ect
from integration.cli.town import a_partnership

NAMES = [
    "register-ect",
    "check-ect",
    "register-mentor",
    "assign-mentor",
    "change-ect",
    "change-mentor",
    "partnerships-report",
]


def test_the_names_of_the_schemas_are_listed():
    """One a line."""
    assert ect("schema").out.split() == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one_and_refuses_what_the_command_refuses(name):
    """An empty document and an unknown key."""
    schema = ect("schema", name).json
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)

    assert not validator.is_valid({})
    assert not validator.is_valid({"school": "100001", "nothing": 1})


@pytest.mark.parametrize("keys", [keys for _, keys in DOCUMENTS.values()], ids=NAMES)
def test_every_key_is_described_once(keys):
    """A schema has every key of its document, and none that the command refuses."""
    described = sorted(keys.names)

    assert described == sorted([*keys.checks, *keys.years, *keys.flags, *keys.confirmations])


def test_documents_that_commands_take_are_valid(desk):
    """Those of the tests."""
    documents = {
        "register-mentor": desk.a_mentor(),
        "assign-mentor": desk.an_assignment(),
        "change-ect": {"school": HERE, "corrected_name": None, "start_date": "2025-09-01"},
        "change-mentor": {"school": HERE, "same_person": True, "email": "a@example.org"},
        "partnerships-report": a_partnership(),
    }
    for name, document in documents.items():
        jsonschema.validate(document, ect("schema", name).json)


def test_all_mistakes_are_told_at_once_in_the_order_of_the_keys(desk):
    """The first in the document's own order is the outcome."""
    document = {"start_date": "soon", "email": "nobody", "nothing": 1, "same_person": False}
    ran = ect(
        "change-ect",
        desk.id_of("ects", SUPPORTED),
        "--from",
        "-",
        stdin=document,
        **desk.settings,
    )
    told = ran.json

    assert (ran.status, told["rule"], told["field"]) == (2, "start-date-range", "start_date")
    assert [(each["field"], each["rule"]) for each in told["mistakes"]] == [
        ("school", None),
        ("same_person", None),
        ("email", "email-format"),
        ("start_date", "start-date-range"),
        ("nothing", None),
    ]
    assert told["mistakes"][3]["message"] == told["message"]
