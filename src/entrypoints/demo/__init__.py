"""Holds the demo world: invented schools and people that make every rule happen."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

DEMO_DATE = date(2025, 9, 10)  # the day that the world is made for


def demo_world_text() -> str:
    """Returns the world file, as it comes with the package."""
    return files("entrypoints.demo").joinpath("world.json").read_text(encoding="utf-8")
