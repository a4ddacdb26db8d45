"""Answers to look at, row by row, and where to change them."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

NO_NAME = "No name"  # a teacher record may have none


@attrs.frozen
class Row:
    """One answer, and the step that changes it, if one does."""

    says: str
    answer: str
    step: str | None = None
    shown: str = ""  # the part of the preview that it is

    @property
    def noun(self) -> str:
        """What "Change" is about, for those who only hear the link."""
        return self.says[0].lower() + self.says[1:]


@attrs.frozen
class Section:
    """Answers about one thing."""

    about: str
    rows: Sequence[Row]
