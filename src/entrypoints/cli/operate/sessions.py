"""Lists who is signed in, and signs users out: `ect sessions`."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import click

from ect_registration.domain.sessions import Session, SessionId
from ect_registration.domain.values import Urn
from ect_registration.use_cases.signing_in.sessions import every_session, revoke_sessions
from entrypoints.cli.terminal.operator import as_option, operator
from entrypoints.cli.terminal.output import format_option, print_rows
from entrypoints.cli.terminal.parameters import IdListedBy
from entrypoints.cli.terminal.schools import urn_of
from entrypoints.cli.terminal.settings import read_settings

COLUMNS = ("id", "user", "name", "school", "begun_at", "used_at", "ends_at")
IN_A_TABLE = ("id", "name", "school", "used_at", "ends_at")


@click.group(epilog="Example: ect sessions list --school 100001")
def sessions() -> None:
    """Who is signed in; sign them out."""


@sessions.command("list", epilog="Example: ect sessions list --school 100001 --format json")
@click.option("--school", metavar="URN", help="Users signed in for this school.")
@format_option
def list_command(school: str | None, form: str) -> None:
    """List the users who are signed in, latest use first.

    An id ends a session with `ect sessions revoke`; it cannot be used to sign in.
    """
    from entrypoints import bootstrap

    urn = None if school is None else urn_of(school)
    with bootstrap.open_ports_without_trs(read_settings()) as ports:
        rows = [_row(one) for one in every_session(ports) if urn is None or _is_at(urn)(one)]
    print_rows(
        rows, form, IN_A_TABLE if form == "table" else COLUMNS, if_none="No users are signed in."
    )


@sessions.command(epilog="Example: ect sessions revoke 6f1c0c43-8f4b-4b5e-9d25-6a2f6d9b7c11")
@click.argument("ids", nargs=-1, type=IdListedBy("ect sessions list"))
@click.option("--user", metavar="USER", help="Every session of this user.")
@click.option("--school", metavar="URN", help="Every session for this school.")
@click.option("--everybody", is_flag=True, help="Every session.")
@as_option
def revoke(
    ids: tuple[UUID, ...], user: str | None, school: str | None, *, everybody: bool
) -> None:
    """End sessions: their users are signed out with their next click. Answers are kept."""
    from entrypoints import bootstrap

    if not (ids or user or school or everybody):
        raise click.UsageError("Give session ids, --user, --school or --everybody")
    urn = None if school is None else urn_of(school)
    wanted, named = _wanted(ids, user, urn, everybody=everybody), operator()
    with bootstrap.open_ports_without_trs(read_settings()) as ports:
        found = [one for one in every_session(ports) if wanted(one)]
        if unknown := set(ids) - {one.id for one in found}:
            raise click.BadParameter(
                f"There is no session {min(unknown)}. No session has been ended"
            )
        ended = revoke_sessions(found, named, ports)
    click.echo(f"Sessions ended: {ended}", err=True)


def _wanted(
    ids: tuple[UUID, ...], user: str | None, urn: Urn | None, *, everybody: bool
) -> Callable[[Session], bool]:
    named = {SessionId(id) for id in ids}
    return lambda one: (
        everybody or one.id in named or one.user == user or (urn is not None and _is_at(urn)(one))
    )


def _is_at(urn: Urn) -> Callable[[Session], bool]:
    return lambda one: one.school is not None and one.school.urn == urn


def _row(session: Session) -> dict[str, object]:
    return {
        "id": str(session.id),
        "user": session.user,
        "name": session.name,
        "school": session.school and session.school.urn.digits,
        "begun_at": session.begun_at.isoformat(timespec="seconds"),
        "used_at": session.used_at.isoformat(timespec="seconds"),
        "ends_at": session.ends_at.isoformat(timespec="seconds"),
    }
