"""HttpTeacherRecords: the port TeacherRecords, spoken to TRS over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from types import TracebackType
from typing import Self

import httpx

from adapters.trs.addresses import Origin, checked_deadline, checked_key, checked_version
from adapters.trs.breaker import Breaker
from adapters.trs.checking import NOBODY, Finding, check_connection
from adapters.trs.deadline import FIND_PATIENCE, Patience, Timing, page_patience
from adapters.trs.exchange import Line
from adapters.trs.faults import Fault
from adapters.trs.finding import find_request, first_dates, in_batches, read_found
from adapters.trs.log_filter import silence_http_logging
from adapters.trs.lookup import Lookup
from adapters.trs.lookup_client import Conversation
from adapters.trs.metrics import Metrics, NoMetrics
from adapters.trs.payloads import Person
from adapters.trs.transport import DeadlineTransport
from ect_registration.domain.people.teacher import NoMatch, TeacherRecord
from ect_registration.domain.values import NationalInsuranceNumber, Trn
from ect_registration.ports.errors import Unavailable

API_VERSION = "20260120"
DEADLINE = 5.0  # seconds

Fact = tuple[Trn, date]


class HttpTeacherRecords:
    """TRS at one address, with one key. Threads share it; close it in the end.

    Every lookup goes by TRN alone and the date of birth is compared here. Only a National
    Insurance number is left to TRS to compare: it knows more of them than it tells. Faults
    become Unavailable here, which carries nothing of what was asked or answered.
    """

    def __init__(
        self,
        address: str,
        api_key: str,
        *,
        today: Callable[[], date],
        api_version: str = API_VERSION,
        deadline: float = DEADLINE,
        metrics: Metrics | None = None,
        transport: httpx.BaseTransport | None = None,
        timing: Timing | None = None,
    ) -> None:
        """Raises UnusableSetting. Nothing is sent yet."""
        silence_http_logging()
        origin, headers = Origin.parse(address), _headers(api_key, api_version)
        self._patience = page_patience(checked_deadline(deadline))
        self._metrics, self._timing = metrics or NoMetrics(), timing or Timing()
        self._version = api_version
        self._talk = Conversation(
            line=Line(transport or DeadlineTransport(), headers),
            origin=origin,
            today=today,
            timing=self._timing,
            breaker=Breaker(self._timing.monotonic, self._metrics.breaker_is),
        )

    def by_date_of_birth(self, trn: Trn, born_on: date) -> TeacherRecord | NoMatch:
        """The record, TRN_NOT_FOUND or DATE_OF_BIRTH_DIFFERS."""
        return self._look_up(Lookup("by_date_of_birth", trn, born_on=born_on), self._patience)

    def by_national_insurance_number(
        self, trn: Trn, number: NationalInsuranceNumber
    ) -> TeacherRecord | NoMatch:
        """The record, or DETAILS_DO_NOT_MATCH."""
        lookup = Lookup("by_national_insurance_number", trn, number=number)
        return self._look_up(lookup, self._patience)

    def by_trn(self, trn: Trn) -> TeacherRecord | NoMatch:
        """For a TRN proven before: the record, or TRN_NOT_FOUND."""
        return self._look_up(Lookup("by_trn", trn), self._patience)

    def merged_into(self, trn: Trn) -> Trn | None:
        """As the latest lookup here has shown; TRS is not asked."""
        return self._talk.merges.into(trn)

    def many_by_date_of_birth(
        self, facts: Iterable[Fact]
    ) -> Iterator[tuple[Trn, TeacherRecord | NoMatch]]:
        """What by_date_of_birth would say of each, in order, in batches read as they are needed.

        It has more patience: a call that TRS limits waits for the next minute.
        """
        for batch in in_batches(facts):
            yield from self._batch(batch)

    def connection_check(self, trn: Trn = NOBODY) -> tuple[Finding, ...]:
        """Address, key, version and clock. It never raises; nobody's facts are needed."""
        return check_connection(self._talk, self._version, self._patience, trn)

    def close(self) -> None:
        """Every connection."""
        self._talk.line.transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"HttpTeacherRecords({self._talk.origin.address!r})"

    def _look_up(self, lookup: Lookup, patience: Patience) -> TeacherRecord | NoMatch:
        started = self._timing.monotonic()
        answer = self._talk.record(lookup, patience)
        outcome = answer if isinstance(answer, Fault) else lookup.judge(answer)
        self._count(lookup.operation, started, outcome)
        if isinstance(outcome, Fault):
            raise Unavailable("TRS", outcome.why)
        return outcome

    def _batch(self, batch: Sequence[Fact]) -> Iterator[tuple[Trn, TeacherRecord | NoMatch]]:
        found = self._find(first_dates(batch))
        for trn, born_on in batch:
            lookup = Lookup("left_out_of_find", trn, born_on=born_on)
            person = found.get(trn)
            if person is None:
                yield trn, self._look_up(lookup, FIND_PATIENCE)
            else:
                yield trn, lookup.judge(person)

    def _find(self, asked: dict[Trn, date]) -> dict[Trn, Person]:
        started = self._timing.monotonic()
        request = find_request(self._talk.origin, asked)
        read = partial(read_found, asked=asked, today=self._talk.today())
        outcome = self._talk.post(request, read, FIND_PATIENCE)
        self._count("find", started, outcome)
        if isinstance(outcome, Fault):
            raise Unavailable("TRS", outcome.why)
        return outcome

    def _count(self, operation: str, started: float, outcome: object) -> None:
        seconds = self._timing.monotonic() - started
        self._metrics.looked_up(operation, _label(outcome), seconds)


def _headers(key: str, version: str) -> list[tuple[str, str]]:
    return [
        ("Accept", "application/json"),
        ("Accept-Encoding", "identity"),
        ("Authorization", f"Bearer {checked_key(key)}"),
        ("User-Agent", "register-early-career-teachers"),
        ("X-Api-Version", checked_version(version)),
    ]


def _label(outcome: object) -> str:
    match outcome:
        case Fault():
            return outcome.kind.value
        case NoMatch():
            return outcome.value
        case _:
            return "found"
