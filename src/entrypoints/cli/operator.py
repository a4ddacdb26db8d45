"""Who is at the terminal."""

from __future__ import annotations

import getpass


def operator() -> str:
    """The name that history gets: the account on this machine."""
    try:
        return f"operator:{getpass.getuser()}"
    except (KeyError, OSError):  # no such account, as in some containers
        return "operator"
