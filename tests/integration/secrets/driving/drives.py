"""All that is driven: each drive goes one way through the service with the marked facts.

A new journey is a new drive: a function of the stage, under ``@drive``, in a module that
``everything`` names.
"""

from __future__ import annotations

from collections.abc import Callable

from integration.secrets.stage import Stage

Drive = Callable[[Stage], None]

DRIVES: list[Drive] = []


def drive(function: Drive) -> Drive:
    """Register one. It asserts that it got where it wanted: to be silent is not to be safe."""
    DRIVES.append(function)
    return function
