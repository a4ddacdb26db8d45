"""Which TRNs TRS has shown to be merged, for as long as somebody may still ask about them."""

from __future__ import annotations

from threading import Lock

from ect_registration.domain.values import Trn

MOST = 1000  # far more than there are lookups under way at once


class Merges:
    """The latest merges that lookups have met. Threads share it; it never grows beyond MOST."""

    def __init__(self) -> None:
        self._kept: dict[Trn, Trn] = {}
        self._lock = Lock()

    def note(self, trn: Trn, retained: Trn | None) -> None:
        """TRS has answered about this TRN: it was merged into another, or (None) it was not."""
        with self._lock:
            self._kept.pop(trn, None)
            if retained is None:
                return
            self._kept[trn] = retained
            if len(self._kept) > MOST:
                del self._kept[next(iter(self._kept))]

    def into(self, trn: Trn) -> Trn | None:
        """The TRN that was kept instead."""
        return self._kept.get(trn)
