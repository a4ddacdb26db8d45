"""Reference data row by row, as operators see it: inactive rows included."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ect_registration.domain.reference.columns import Row
from ect_registration.domain.reference.tables import ReferenceKind


class ReferenceRows(Protocol):
    """The rows of each kind of reference data, with every column of its table."""

    def rows(self, kind: ReferenceKind) -> Sequence[Row]:
        """Returns all rows of a kind, inactive ones included, in the order of their keys.

        Organisations come in the order of their names; other rows name them by present names.
        """

    def save(self, kind: ReferenceKind, rows: Sequence[Row]) -> None:
        """Adds rows with all of their columns, or sets those with the same key to what is given.

        Reference data is held, or of partnerships their schools. The name of an organisation is
        kept: ``Organisations.rename`` changes it.
        Conflict: an unknown school or organisation, or a partnership of two who have never
        worked together in that year.
        """
