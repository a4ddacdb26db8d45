"""A submission that stops just before it commits, for a test to kill. Run as a program."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import attrs

from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.registering.register_ect import register_ect
from entrypoints.bootstrap import open_ports
from entrypoints.settings.config import read_settings


class Pausing:
    """A unit of work in which everything is written, and nothing is ever kept."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def __getattr__(self, name: str) -> Any:
        return getattr(self._unit, name)

    def __enter__(self) -> Pausing:
        self._unit.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._unit.__exit__(*error)

    def commit(self) -> None:
        """Say that the moment has come, and wait for the end."""
        print("about to commit", flush=True)
        time.sleep(60)


def submit() -> None:
    """The document on standard input, by the settings of the environment."""
    document = json.load(sys.stdin)
    with open_ports(read_settings()) as ports:
        open_unit = ports.unit_of_work
        paused = attrs.evolve(ports, unit_of_work=lambda *_: Pausing(open_unit()))
        register_ect(document, "test", paused)


if __name__ == "__main__":
    submit()
