"""Says who is at the terminal."""

from __future__ import annotations

import os

import click

from ect_registration.use_cases.transactions import Tells
from entrypoints.settings import config

notify_option = click.option(
    "--notify", is_flag=True, help="Tell the ECT or mentor by email, as the pages do."
)


def told(*, notify: bool) -> Tells:
    """Returns who gets a notice of what a command does: nobody, unless it is asked for."""
    return Tells.PEOPLE if notify else Tells.NOBODY


def operator() -> str:
    """Returns the name that history gets: as ECT_OPERATOR says, and the account that ran it.

    The account is the one that the system knows the process by: LOGNAME and USER can say anything.
    Raises SettingsError.
    """
    name, account = config.read_settings().operator, account_of(os.getuid())
    return f"operator:{account}" if name is None else f"operator:{name} ({account})"


def account_of(number: int) -> str:
    """Returns the name of an account on this machine, or its number if it has none."""
    import pwd

    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:  # as in some containers
        return f"uid {number}"
