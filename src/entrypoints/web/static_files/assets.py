"""The files of the pages, read once, under names that change with their content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import attrs

from entrypoints.web.static_files.build_assets import BUILT, NAMES


@attrs.frozen
class Assets:
    """The files that pages refer to."""

    names: Mapping[str, str]
    files: Mapping[str, bytes] = attrs.field(repr=False)

    @classmethod
    def read(cls, built: Path = BUILT) -> Assets:
        """Raises FileNotFoundError unless the build made them."""
        names = json.loads((built / NAMES).read_text(encoding="utf-8"))
        return cls(names, {p.name: p.read_bytes() for p in built.iterdir() if p.name != NAMES})
