"""`ect doctor`: every setting and connection looked at, and each trouble told."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ect_registration.domain.rules.registering.programme import TOLD_WHAT_HAPPENS
from entrypoints.cli.operate.doctor import CANNOT_READ, NOBODY_IS_TOLD
from integration.cli.terminal import ect
from integration.cli.town import PROVIDER

ROOT = Path(__file__).resolve().parents[4]

# Of what has no default, all that production cannot do without.
NEEDED = [
    "ECT_DATABASE_URL",
    "ECT_TRS_URL",
    "ECT_TRS_API_KEY",
    "ECT_OIDC_ISSUER",
    "ECT_OIDC_CLIENT_ID",
    "ECT_OIDC_CLIENT_SECRET",
    "ECT_DSI_API_URL",
    "ECT_DSI_API_SECRET",
    "ECT_DSI_SERVICE_ID",
    "ECT_BASE_URL",
    "ECT_SECRET_KEY",
]


def findings(ran):
    """By what was looked at."""
    return {row["what"]: (row["ok"], row["says"]) for row in ran.json}


def test_all_is_well(settings):
    """Settings, database and the world that stands in for TRS."""
    ran = ect("doctor", "--format", "json", **settings)
    found = findings(ran)

    assert (ran.status, ran.err) == (0, "")
    assert {what: ok for what, (ok, _) in found.items()} == {
        "settings": True,
        "database": True,
        "lead providers": None,
        "TRS": True,
        "sign-in": None,
        "notices": None,
    }
    assert found["settings"][1] == "ECT_ENV is test; today is 2025-09-10"


def test_sentences_that_are_not_so_yet_are_told(settings):
    """A warning for each, which names who or what is missing and leaves the status alone."""
    before = findings(ect("doctor", "--format", "json", **settings))
    ect("tokens", "create", "--lead-provider", PROVIDER, **settings)
    ran = ect("doctor", "--format", "json", **settings)
    after = findings(ran)

    assert before["lead providers"][1].startswith(
        f"warning: no usable token this year: {PROVIDER}."
    )
    assert "We will pass the ECT’s details on to" in before["lead providers"][1]
    assert before["notices"][1].startswith("warning: not set up")
    assert "We use it to write to the ECT" in before["notices"][1]
    assert (ran.status, after["lead providers"]) == (
        0,
        (True, "each that works this year has a token"),
    )


def test_the_sentences_of_the_warnings_stand_on_the_pages():
    """A sentence that pages no longer say is none to warn of."""
    templates = ROOT / "src" / "entrypoints" / "web" / "templates"
    asking = (templates / "register_ect" / "email.html").read_text("utf-8")

    assert "We use it to write to the ECT about their training" in asking
    assert "We use it to write to the ECT about their training" in NOBODY_IS_TOLD
    assert TOLD_WHAT_HAPPENS.tells.startswith("We will pass the ECT’s details on to ")
    assert "“We will pass the ECT’s details on to”" in CANNOT_READ


def test_with_nothing_set_everything_missing_is_named():
    """In one go, not one after the other."""
    ran = ect("doctor", "--format", "json")
    found = findings(ran)

    assert (ran.status, ran.err) == (2, "")
    assert found["settings"][1].startswith("ECT_BASE_URL is not set")
    assert [name for name in NEEDED if name not in ran.out] == []
    assert found["database"][1].startswith("ECT_DATABASE_URL is not set")
    assert found["TRS"][1].startswith("ECT_TRS_URL is not set")
    assert found["sign-in"][1].startswith("ECT_OIDC_ISSUER is not set")


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("ECT_ENV", "staging", "settings"),
        ("ECT_TODAY", "tomorrow", "settings"),
        ("ECT_DATABASE_URL", "nonsense", "database"),
        ("ECT_TRS_URL", "nonsense", "TRS"),
        ("ECT_TRS_URL", "world:/no/such/file", "TRS"),
        ("ECT_OIDC_ISSUER", "http://sign-in.example", "sign-in"),
        ("ECT_BASE_URL", "http://ect.example", "settings"),
        ("ECT_SECRET_KEY", "", "settings"),
        ("ECT_SECRET_KEY", "x" * 31, "settings"),
        ("ECT_SECRET_KEY_PREVIOUS", "x", "settings"),
        ("ECT_TRUSTED_PROXIES", "many", "settings"),
        ("ECT_GOVUK_BRAND", "maybe", "settings"),
        ("ECT_OPERATOR", " anna", "settings"),
        ("ECT_NOTICES_DIR_FILE", "/no/such/file", "notices"),
        ("ECT_DATABSE_URL", "sqlite:///ect.db", "settings"),
    ],
)
def test_a_setting_at_fault_is_named(settings, name, value, what):
    """Exit status 2."""
    ran = ect("doctor", "--format", "json", **settings | {name: value})
    ok, says = findings(ran)[what]

    assert (ran.status, ok, says.startswith(f"{name} ")) == (2, False, True)


def test_a_sign_in_that_is_half_set_up_is_named(settings):
    """The first setting that is missing."""
    half = {"ECT_OIDC_ISSUER": "https://sign-in.example", "ECT_OIDC_CLIENT_ID": "ect"}
    ran = ect("doctor", "--format", "json", **settings, **half)

    assert ran.status == 2
    assert findings(ran)["sign-in"][1].startswith("ECT_OIDC_CLIENT_SECRET is not set")


def test_a_sign_in_out_of_reach_is_told(settings):
    """Exit status 3; provider and API each by itself."""
    nowhere = {
        "ECT_OIDC_ISSUER": "http://127.0.0.1:9",
        "ECT_OIDC_CLIENT_ID": "ect",
        "ECT_OIDC_CLIENT_SECRET": "client-secret",
        "ECT_DSI_API_URL": "http://127.0.0.1:9",
        "ECT_DSI_API_SECRET": "x" * 40,
        "ECT_DSI_SERVICE_ID": "service-1",
    }
    ran = ect("doctor", "--format", "json", **settings, **nowhere)
    found = findings(ran)

    assert ran.status == 3
    assert [found[f"sign-in {what}"] for what in ("provider", "roles API")] == [
        (False, "ConnectionError"),
        (False, "ConnectionError"),
    ]


def test_a_database_out_of_reach_is_told(settings, tmp_path):
    """Exit status 3."""
    nowhere = settings | {"ECT_DATABASE_URL": f"sqlite:///{tmp_path / 'none.db'}"}
    ran = ect("doctor", "--format", "json", **nowhere)

    assert (ran.status, findings(ran)["database"][0]) == (3, False)


def test_a_guarantee_that_is_gone_is_told(settings):
    """Exit status 4: somebody has been at the database."""
    connection = sqlite3.connect(settings["ECT_DATABASE_URL"].removeprefix("sqlite:///"))
    [trigger] = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' "
        "AND name NOT LIKE '%_note_%' ORDER BY name LIMIT 1"
    ).fetchone()
    connection.execute(f"DROP TRIGGER {trigger}")
    connection.close()
    ran = ect("doctor", "--format", "json", **settings)
    ok, says = findings(ran)["database"]

    assert (ran.status, ok, says.startswith("not in force: ")) == (4, False, True)
