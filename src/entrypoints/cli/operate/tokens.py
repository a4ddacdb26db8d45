"""Gives lead providers tokens, lists them and takes them back: `ect tokens`."""

from __future__ import annotations

import secrets
from datetime import date
from uuid import UUID

import click

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.lead_providers.tokens import BEGINNING, Token
from ect_registration.ports.clock import day_in_london
from ect_registration.use_cases.lead_providers.tokens import (
    create_token,
    list_tokens,
    revoke_token,
)
from entrypoints.cli.terminal.operator import as_option, operator
from entrypoints.cli.terminal.output import end_blocked, format_option, print_json, print_rows
from entrypoints.cli.terminal.parameters import Day, IdListedBy
from entrypoints.cli.terminal.settings import read_settings

COLUMNS = ("id", "lead_provider", "created_at", "last_used_at", "expires_on", "revoked_at")


@click.group(epilog="Example: ect tokens create --lead-provider 'Teach First'")
def tokens() -> None:
    """Tokens with which programs of lead providers sign in."""


@tokens.command(epilog="Example: ect tokens create --lead-provider 'Teach First'")
@click.option("--lead-provider", required=True, metavar="ID|NAME", help="Whose token it is.")
@click.option(
    "--expires",
    type=Day(),
    metavar="DATE",
    help="The last day, 2026-08-31. In a year if left out.",
)
@as_option
def create(lead_provider: str, expires: date | None) -> None:
    """Make a token and print it. It is shown this once: only its SHA-256 is kept."""
    from entrypoints import bootstrap

    user, secret = operator(), BEGINNING + secrets.token_urlsafe(32)
    with bootstrap.open_ports_without_trs(read_settings()) as ports:
        if expires is not None and expires < day_in_london(ports.clock.now()):
            raise click.BadParameter("Give a day that has not passed", param_hint="--expires")
        token = create_token(lead_provider, expires, secret, user, ports)
    if isinstance(token, Blocked):
        end_blocked(token)
    print_json(_row(token) | {"token": secret})
    click.echo("Copy the token now: it cannot be shown again.", err=True)


@tokens.command("list", epilog="Example: ect tokens list --format json")
@format_option
def list_command(form: str) -> None:
    """List tokens, newest first, with when each was last used. Their secrets are not kept."""
    from entrypoints import bootstrap

    with bootstrap.open_ports_without_trs(read_settings()) as ports:
        rows = [_row(token) for token in list_tokens(ports)]
    print_rows(rows, form, COLUMNS, if_none="There are no tokens.")


@tokens.command(epilog="Example: ect tokens revoke 6f1c0c43-8f4b-4b5e-9d25-6a2f6d9b7c11")
@click.argument("token_id", type=IdListedBy("ect tokens list"))
@as_option
def revoke(token_id: UUID) -> None:
    """Revoke a token: the next request with it is not let in."""
    from entrypoints import bootstrap

    user = operator()
    with bootstrap.open_ports_without_trs(read_settings()) as ports:
        if not any(token.id == token_id for token in list_tokens(ports)):
            raise click.BadParameter(f"There is no token {token_id}. Nothing was changed")
        revoked = revoke_token(token_id, user, ports)
    click.echo("The token is revoked." if revoked else "It was revoked before.", err=True)


def _row(token: Token) -> dict[str, object]:
    return {
        "id": str(token.id),
        "lead_provider": token.lead_provider,
        "created_at": token.created_at.isoformat(timespec="seconds"),
        "last_used_at": token.last_used_at and token.last_used_at.isoformat(timespec="seconds"),
        "expires_on": token.expires_on.isoformat(),
        "revoked_at": token.revoked_at and token.revoked_at.isoformat(timespec="seconds"),
    }
