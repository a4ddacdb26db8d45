"""Remembers which TRNs TRS has shown to be merged, while a caller may still ask about them."""

from __future__ import annotations

from threading import Lock

from ect_registration.domain.values import Trn

MOST = 1000  # far more than there are lookups under way at once


class Merges:
    """Keeps at most MOST of the latest merges that lookups have met; threads share it."""

    def __init__(self) -> None:
        self._kept: dict[Trn, Trn] = {}
        self._lock = Lock()

    def note(self, trn: Trn, retained: Trn | None) -> None:
        """Notes that TRS says this TRN was merged into another, or (None) was not merged."""
        with self._lock:
            self._kept.pop(trn, None)
            if retained is None:
                return
            self._kept[trn] = retained
            if len(self._kept) > MOST:
                del self._kept[next(iter(self._kept))]

    def into(self, trn: Trn) -> Trn | None:
        """Returns the TRN that was kept instead, or None."""
        return self._kept.get(trn)
