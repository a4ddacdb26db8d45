"""Defines the exit statuses."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Says what came of a command."""

    DONE = 0
    REFUSED = 1
    INVALID = 2
    UNAVAILABLE = 3
    OTHER = 4
    STOPPED = 130  # by Ctrl-C, as shells have it
