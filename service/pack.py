"""Packs the service's packages, or stops when its style sheets and scripts have not been built.

A server without them could not start. ``make dist`` builds them first.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SRC = Path(__file__).resolve().parents[1] / "src"
STATIC = SRC / "entrypoints" / "web" / "static"
PACKAGES = ("adapters", "entrypoints")


class Pack(BuildHookInterface[BuilderConfig]):
    """Puts the packages into a wheel. An editable install points to them instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Raise SystemExit, with what to do about it, when an asset is missing."""
        if version == "editable":
            return
        fault = fault_in(STATIC)
        if fault:
            raise SystemExit(f"The service cannot be packed: {fault}. Run `make dist`")
        for package in PACKAGES:
            build_data["force_include"][str(SRC / package)] = package


def fault_in(static: Path) -> str | None:
    """Return what is missing from the folder of built assets, or None."""
    names = static / "names.json"
    if not names.is_file():
        return "its style sheets and scripts have not been built"
    built = json.loads(names.read_text(encoding="utf-8")).values()
    missing = sorted(name for name in built if not (static / name).is_file())
    return f"names.json names files that are not there ({', '.join(missing)})" if missing else None
