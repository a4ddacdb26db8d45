"""The rows of check answers, with the steps that change them."""

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
        """The noun after "Change", for users of screen readers."""
        return self.says[0].lower() + self.says[1:]


@attrs.frozen
class Section:
    """A group of rows with a heading."""

    about: str
    rows: Sequence[Row]
