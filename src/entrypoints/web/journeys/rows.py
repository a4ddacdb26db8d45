"""The rows of check answers, with the steps that change them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import attrs

NO_NAME = "No name"  # a teacher record may have none


@attrs.frozen
class Row:
    """One answer, and the step that changes it, if one does."""

    says: str
    answer: str
    step: str | None = None
    shown: str = ""  # the parts of the preview that it shows, with blanks between them
    address: str = ""  # of the page that changes it, where no step of the journey does

    def is_in(self, changed: Collection[str]) -> bool:
        """Says whether one of the parts that it shows has changed."""
        return not set(self.shown.split()).isdisjoint(changed)

    @property
    def noun(self) -> str:
        """Returns the noun after "Change", for users of screen readers."""
        return self.says[0].lower() + self.says[1:]


@attrs.frozen
class Section:
    """A group of rows with a heading."""

    about: str
    rows: Sequence[Row]
