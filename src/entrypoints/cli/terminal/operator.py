"""Says who is at the terminal."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.rules.operating.operators import (
    OPERATOR,
    check_operator_is_named,
    check_reason_given,
)
from ect_registration.domain.text import cleaned
from ect_registration.use_cases.transactions import Tells
from entrypoints.settings import config

F = TypeVar("F", bound=Callable[..., Any])

LONGEST_REASON = 500  # characters

notify_option = click.option(
    "--notify", is_flag=True, help="Tell the ECT or mentor by email, as the pages do."
)


def told(*, notify: bool) -> Tells:
    """Returns who gets a notice of what a command does: no one, unless it is asked for."""
    return Tells.PEOPLE if notify else Tells.NOBODY


_NAME = f"{__name__}.name"  # where the context of a command keeps what --as says


def as_option(command: F) -> F:
    """Adds the option ``--as NAME``, which ``operator`` reads."""
    return click.option(
        "--as",
        metavar="NAME",
        help="Your name, for history. Without it ECT_OPERATOR says it.",
        expose_value=False,
        callback=_remember,
    )(command)


def _remember(context: click.Context, _: click.Parameter, name: str | None) -> None:
    if name is not None:
        try:
            context.meta[_NAME] = config.operator_name(name)
        except ValueError as problem:
            raise click.BadParameter(f"--as {problem}") from None


def reason_option(command: F) -> F:
    """Adds the option ``--reason TEXT`` of a command that does a school's work."""
    return click.option(
        "--reason",
        metavar="TEXT",
        help="Why you do this for the school, for history. Production needs one.",
        callback=_reason,
    )(command)


def _reason(_: click.Context, __: click.Parameter, typed: str | None) -> str | None:
    reason = None if typed is None else cleaned(typed)
    if reason is None or (reason.isprintable() and 0 < len(reason) <= LONGEST_REASON):
        return reason
    raise click.BadParameter(f"--reason must be one line of at most {LONGEST_REASON} characters")


def acting_for_school(reason: str | None, *, writing: bool = True) -> str:
    """Returns the name that history gets for an operator who does a school's work.

    Raises as ``operator`` does, and UsageError where a reason is asked for too.
    """
    user = operator(writing=writing)
    in_production = writing and config.read_settings().is_production
    decision = check_reason_given(reason, in_production=in_production)
    if isinstance(decision, Blocked):
        raise click.UsageError(f"{decision.message} [{decision.rule.id}]")
    return user


def operator(*, writing: bool = True) -> str:
    """Returns the name that history gets: as --as or ECT_OPERATOR says, and the account.

    The account is the one that the system knows the process by: LOGNAME and USER can say anything.
    Raises SettingsError, and UsageError where ``operator-is-named`` asks for a name, which it
    does not of a command that is not ``writing``.
    """
    settings = config.read_settings()
    context = click.get_current_context(silent=True)
    given = context.meta.get(_NAME) if context else None
    name, account = given or settings.operator, account_of(os.getuid())
    decision = check_operator_is_named(name, in_production=writing and settings.is_production)
    if isinstance(decision, Blocked):
        raise click.UsageError(f"{decision.message} [{decision.rule.id}]")
    return f"{OPERATOR}:{account}" if name is None else f"{OPERATOR}:{name} ({account})"


def account_of(number: int) -> str:
    """Returns the name of an account on this machine, or its number if it has none."""
    import pwd

    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:  # as in some containers
        return f"uid {number}"
