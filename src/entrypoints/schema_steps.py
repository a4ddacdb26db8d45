"""What an upgrade of the database did, step by step."""

from __future__ import annotations

from collections.abc import Sequence

import attrs


@attrs.frozen
class Step:
    """Describes one step of the schema."""

    number: str
    does: str
    loses: str | None  # when it is taken back


@attrs.frozen
class Upgrade:
    """Says what an upgrade did, or why the service has to stop before it."""

    before: str | None = None
    done: Sequence[Step] = ()
    is_newer: bool = False  # than this program, by additions
    stop_for: Sequence[str] = ()
