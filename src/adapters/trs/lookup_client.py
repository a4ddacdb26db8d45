"""Looks records up in TRS, with retries, the hop to a merged record and the breaker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TypeVar

import attrs

from adapters.trs.addresses import Origin
from adapters.trs.answers import Absent, Answer, Merged, Reading, understand
from adapters.trs.connection.breaker import Breaker
from adapters.trs.connection.deadline import Deadline, Patience, Timing
from adapters.trs.connection.exchange import Line, Reply, Request, exchange
from adapters.trs.connection.retries import persist
from adapters.trs.faults import ILLNESSES, Fault, Kind
from adapters.trs.lookup import Lookup
from adapters.trs.merges import Merges
from adapters.trs.payloads import Person
from ect_registration.domain.values import NationalInsuranceNumber, Trn

Outcome = TypeVar("Outcome")

_RESTING = Fault(Kind.BREAKER_OPEN, "it failed repeatedly just now and is left alone for a moment")


@attrs.frozen
class Conversation:
    """Holds everything that lookups share; nothing here raises: what goes wrong is a Fault."""

    line: Line
    origin: Origin
    today: Callable[[], date]
    timing: Timing
    breaker: Breaker
    merges: Merges = attrs.field(factory=Merges)

    def record(self, lookup: Lookup, patience: Patience) -> Person | Absent | Fault:
        """Returns the active record of a TRN, followed once if it was merged."""
        deadline = Deadline.starting_now(patience, self.timing)
        return self._guarded(lambda: self._followed(lookup, deadline), lookup.trn)

    def post(
        self, request: Request, read: Callable[[Reply], Outcome | Fault], patience: Patience
    ) -> Outcome | Fault:
        """Returns what the reply to a request about several people means."""
        deadline = Deadline.starting_now(patience, self.timing)
        return self._guarded(lambda: self._persisted(request, read, deadline), None)

    def _followed(self, lookup: Lookup, deadline: Deadline) -> Person | Absent | Fault:
        answer = self._one(lookup.trn, lookup.number, deadline)
        if not isinstance(answer, Fault):
            retained = answer.retained if isinstance(answer, Merged) else None
            self.merges.note(lookup.trn, retained)
        if isinstance(answer, Merged):
            answer = self._one(answer.retained, lookup.number, deadline)
        if isinstance(answer, Merged):
            return Fault(Kind.OUTSIDE_CONTRACT, "a merged record leads to another merged record")
        return answer

    def _one(self, trn: Trn, number: NationalInsuranceNumber | None, deadline: Deadline) -> Answer:
        request = Request(self.origin.of_person(trn, number))
        read = partial(understand, reading=Reading(self.origin, trn, self.today()))
        return self._persisted(request, read, deadline)

    def _persisted(
        self, request: Request, read: Callable[[Reply], Outcome | Fault], deadline: Deadline
    ) -> Outcome | Fault:
        def attempt() -> Outcome | Fault:
            reply = exchange(self.line, request, deadline)
            return reply if isinstance(reply, Fault) else read(reply)

        return persist(attempt, deadline, self.timing)

    def _guarded(self, ask: Callable[[], Outcome | Fault], trn: Trn | None) -> Outcome | Fault:
        permit = self.breaker.admit()
        if permit is None:
            return _RESTING
        healthy, about = False, None
        try:
            outcome = ask()
            healthy = not (isinstance(outcome, Fault) and outcome.kind in ILLNESSES)
            if isinstance(outcome, Fault) and outcome.status == 500 and trn is not None:
                about = trn.digits
            return outcome
        finally:  # also when a worker is stopped in the middle: a trial must not stay out for ever
            self.breaker.settle(permit, healthy=healthy, about=about)
