"""The files of the pages, read once, under names that change with their content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import attrs

from entrypoints.web.static_files.build_assets import BUILT, NAMES


class MissingAssets(Exception):
    """Reports that the files of the pages were not built, and what to do."""

    def __init__(self, built: Path) -> None:
        super().__init__(
            f"The styles and scripts of the pages are missing in {built}. In a clone, run make "
            "demo, which builds them; elsewhere install the service again"
        )


@attrs.frozen
class Assets:
    """The files that pages refer to."""

    names: Mapping[str, str]
    files: Mapping[str, bytes] = attrs.field(repr=False)

    @classmethod
    def read(cls, built: Path = BUILT) -> Assets:
        """Reads what the build made; raises MissingAssets if it did not."""
        try:
            names = json.loads((built / NAMES).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise MissingAssets(built) from None
        return cls(names, {p.name: p.read_bytes() for p in built.iterdir() if p.name != NAMES})
