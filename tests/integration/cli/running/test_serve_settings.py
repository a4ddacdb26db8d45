"""`ect serve` in production: it does not start with anything unsafe, and names it."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from entrypoints.settings.config import read_settings
from entrypoints.settings.environment import NAMES
from entrypoints.web.platform.environment.settings import read_web_settings
from entrypoints.web.serving.server import open_service
from integration.cli.terminal import ect
from trs_simulator.keys import DEMO_KEYS

SIGN_IN = (
    "ECT_OIDC_ISSUER",
    "ECT_OIDC_CLIENT_ID",
    "ECT_OIDC_CLIENT_SECRET",
    "ECT_DSI_API_URL",
    "ECT_DSI_API_SECRET",
    "ECT_DSI_SERVICE_ID",
)
UNSAFE = [
    ("ECT_TODAY", "2025-09-10", "must not be set in production"),
    ("ECT_TRS_URL", "world:world.json", "must not be a world file in production"),
    ("ECT_TRS_URL", "http://trs.example", "must be https"),
    *[("ECT_TRS_API_KEY", key.secret, "must not be one of the demo's") for key in DEMO_KEYS],
    ("ECT_OIDC_ISSUER", "http://sign-in.example", "must be https"),
    ("ECT_DSI_API_URL", "http://api.sign-in.example", "must be https"),
    ("ECT_BASE_URL", "http://ect.example", "must be https"),
    ("ECT_SECRET_KEY", "x" * 31, "must be 32 bytes or more"),
    ("ECT_DATABASE_URL", "sqlite://", "must not be in memory"),
    ("ECT_DATABASE_URL", "sqlite:///:memory:", "must not be in memory"),
    ("ECT_DATABASE_URL", "sqlite:///file:x?mode=memory&uri=true", "must not be in memory"),
    ("ECT_TRUSTED_PROXIES", "all", "must be a number from 0 to 5"),
    ("ECT_ENV", "live", "must be one of production, test, demo"),
    *[(name, "", "is not set") for name in SIGN_IN],
    *[(name, "", "is not set") for name in ("ECT_BASE_URL", "ECT_SECRET_KEY", "ECT_TRS_API_KEY")],
]


@pytest.fixture
def production(settings: dict[str, str]) -> dict[str, str]:
    """Everything as it should be."""
    return {
        "ECT_DATABASE_URL": settings["ECT_DATABASE_URL"],
        "ECT_TRS_URL": "https://trs.example",
        "ECT_TRS_API_KEY": "a-key-that-nobody-knows",
        "ECT_BASE_URL": "https://ect.example",
        "ECT_SECRET_KEY": "x" * 32,
        "ECT_OIDC_ISSUER": "https://sign-in.example",
        "ECT_OIDC_CLIENT_ID": "ect",
        "ECT_OIDC_CLIENT_SECRET": "client-secret",
        "ECT_DSI_API_URL": "https://api.sign-in.example",
        "ECT_DSI_API_SECRET": "y" * 40,
        "ECT_DSI_SERVICE_ID": "service-1",
    }


@pytest.mark.parametrize(("name", "value", "problem"), UNSAFE)
def test_production_does_not_start_with_an_unsafe_setting(
    production: dict[str, str], name: str, value: str, problem: str
) -> None:
    """Exit status 2, and one line that names it and not its value."""
    ran = ect("serve", **production | {name: value})

    assert (ran.status, ran.out) == (2, "")
    assert ran.line.startswith(f"Setting {name} {problem}")


def test_with_everything_safe_the_service_opens(production: dict[str, str]) -> None:
    """Nobody outside is asked for that."""
    with open_service(read_settings(production), read_web_settings(production)) as app:
        assert app.test_client().get("/health/live").status_code == 200
        assert app.test_client().get("/demo/sign-in").status_code == 404


def test_no_setting_of_sign_in_is_shown(production: dict[str, str]) -> None:
    """Not even by mistake, in a log or a trace."""
    wanted = read_settings(production).sign_in

    assert wanted is not None
    assert not [secret for secret in ("client-secret", "y" * 40) if secret in repr(wanted)]


def test_outside_production_sign_in_may_be_left_out(settings: dict[str, str]) -> None:
    """As a whole: the page then says that it is not connected."""
    assert read_settings(settings).sign_in is None


def test_everything_that_is_wrong_is_named_at_once(production: dict[str, str]) -> None:
    """One line each, and no setting twice; `ect doctor` names them all too."""
    wrong = {
        **{name: value for name, value, _ in reversed(UNSAFE)},
        "ECT_SECRET_KEY_PREVIOUS": "x",
        "ECT_TRS_DEADLINE": "0",
        "ECT_TRS_API_VERSION": "Next",
        "ECT_TRS_URL": "http://trs.example",
        "ECT_GOVUK_BRAND": "maybe",
        "ECT_OPERATOR": " anna",
    }
    ran = ect("serve", **production | wrong)
    named = [line.split()[1] for line in ran.err.splitlines()]
    doctor = ect("doctor", "--format", "json", **production | wrong)

    assert (ran.status, ran.out) == (2, "")
    assert sorted(named) == sorted(wrong)
    assert [name for name in wrong if name not in doctor.out] == []


def test_a_name_that_is_no_setting_is_a_warning(production: dict[str, str]) -> None:
    """Beside what keeps the server from starting."""
    ran = ect("serve", **production | {"ECT_SECRET_KEY": "", "ECT_SECRT_KEY": "x" * 32})

    assert ran.err.splitlines() == [
        "Warning: ECT_SECRT_KEY is not a setting of this service: did you mean ECT_SECRET_KEY?",
        "Setting ECT_SECRET_KEY is not set: give 32 random bytes or more",
    ]


@pytest.mark.parametrize(
    "bind",
    [
        "foo",
        "127.0.0.1:99999",
        "127.0.0.1:0",
        "127.0.0.1:",
        "[::1]:x",
        "192.0.2.1:80",
        "unix:",
        "unix:/no/such/folder/socket",
        "no.such.host.invalid:8000",
        "a..b:8000",
    ],
)
def test_an_address_that_cannot_be_used_is_wrong_usage(
    production: dict[str, str], bind: str
) -> None:
    """Exit status 2, before there is a server that tries five times."""
    ran = ect("serve", "--bind", bind, **production)

    assert (ran.status, ran.out) == (2, "")
    assert ran.err.splitlines()[-1].startswith("Error: Invalid value")


def test_an_address_in_use_is_told(production: dict[str, str]) -> None:
    """As a port in use is by the demo."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        bind = f"127.0.0.1:{taken.getsockname()[1]}"
        ran = ect("serve", "--bind", bind, **production)

    assert ran.status == 2
    assert ran.err.splitlines()[-1] == (
        f"Error: Invalid value: {bind} cannot be used: Address already in use"
    )


def test_a_program_that_reads_the_settings_is_told_of_every_one() -> None:
    """The document for operators names them all."""
    document = (Path(__file__).parents[4] / "docs" / "operating" / "settings.md").read_text(
        "utf-8"
    )

    assert [name for name in NAMES if f"`{name}`" not in document] == []
