"""Looks records up in TRS, with retries, the hop to a merged record and the breaker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import attrs

from adapters.trs.addresses import Origin
from adapters.trs.answers import Absent, Answer, Merged, Reading, understand
from adapters.trs.breaker import Breaker
from adapters.trs.deadline import Deadline, Patience, Timing
from adapters.trs.exchange import Line, Request, exchange
from adapters.trs.faults import ILLNESSES, Fault, Kind
from adapters.trs.lookup import Lookup
from adapters.trs.merges import Merges
from adapters.trs.payloads import Person
from adapters.trs.retries import persist
from ect_registration.domain.values import NationalInsuranceNumber, Trn

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
        reading = Reading(self.origin, trn, self.today())

        def attempt() -> Answer:
            reply = exchange(self.line, request, deadline)
            return reply if isinstance(reply, Fault) else understand(reply, reading)

        return persist(attempt, deadline, self.timing)

    def _guarded(
        self, ask: Callable[[], Person | Absent | Fault], trn: Trn
    ) -> Person | Absent | Fault:
        permit = self.breaker.admit()
        if permit is None:
            return _RESTING
        healthy, about = False, None
        try:
            outcome = ask()
            healthy = not (isinstance(outcome, Fault) and outcome.kind in ILLNESSES)
            if isinstance(outcome, Fault) and outcome.status == 500:
                about = trn.digits
            return outcome
        finally:  # also when a worker is stopped in the middle: a trial must not stay out for ever
            self.breaker.settle(permit, healthy=healthy, about=about)
