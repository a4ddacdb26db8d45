"""Implements the port TeacherRecords by asking TRS over HTTP."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from types import TracebackType
from typing import Self

import httpx

from adapters.trs.addresses import Origin, checked_deadline, checked_key, checked_version
from adapters.trs.checking import NOBODY, Finding, check_connection
from adapters.trs.connection.breaker import Breaker
from adapters.trs.connection.deadline import UNATTENDED, Patience, Timing, page_patience
from adapters.trs.connection.exchange import Line
from adapters.trs.connection.log_filter import silence_http_logging
from adapters.trs.connection.pacing import Pace, PacedTransport, patient
from adapters.trs.connection.transport import DeadlineTransport
from adapters.trs.faults import Fault
from adapters.trs.finding import find_request, in_batches, read_found
from adapters.trs.lookup import Lookup
from adapters.trs.lookup_client import Conversation
from adapters.trs.payloads import Person
from ect_registration.domain.people.teacher import NoMatch, TeacherRecord
from ect_registration.domain.values import NationalInsuranceNumber, Trn
from ect_registration.ports.deadline import NEVER, Deadline
from ect_registration.ports.errors import NotShown, Unavailable

API_VERSION = "20260120"
DEADLINE = 4.0  # seconds, for all lookups of one request
SHORTEST = 1.0  # seconds; in less it could hardly answer


class HttpTeacherRecords:
    """Asks TRS at one address, with one key; threads share the client, and must close it.

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
        unattended: bool = False,
        calls_a_minute: int | None = None,
        transport: httpx.BaseTransport | None = None,
        timing: Timing | None = None,
    ) -> None:
        """Makes a client, for which nothing is sent yet; raises UnusableSetting.

        Unattended, no page waits: a lookup that TRS limits waits for the next minute.
        With ``calls_a_minute`` one caller keeps to that pace, retries included.
        """
        silence_http_logging()
        origin, headers = Origin.parse(address), _headers(api_key, api_version)
        self._patience = UNATTENDED if unattended else page_patience(checked_deadline(deadline))
        self._deadline = NEVER
        self._ends: Deadline | None = None  # of this request, from its first lookup on
        timing = timing or Timing()
        line = transport or DeadlineTransport()
        if calls_a_minute is not None:
            pace = Pace(calls_a_minute, timing)
            line, self._patience = PacedTransport(line, pace), patient(self._patience, pace)
        self._version = api_version
        self._talk = Conversation(
            line=Line(line, headers),
            origin=origin,
            today=today,
            timing=timing,
            breaker=Breaker(timing.monotonic),
        )

    def within(self, deadline: Deadline) -> HttpTeacherRecords:
        """Returns the same client for one request: its lookups share the time that one has."""
        client = copy.copy(self)
        client._deadline, client._ends = deadline, None
        return client

    def by_date_of_birth(self, trn: Trn, born_on: date) -> TeacherRecord | NoMatch:
        """Returns the record, TRN_NOT_FOUND or DATE_OF_BIRTH_DIFFERS."""
        return self._look_up(Lookup(trn, born_on=born_on))

    def by_national_insurance_number(
        self, trn: Trn, number: NationalInsuranceNumber
    ) -> TeacherRecord | NoMatch:
        """Returns the record, or DETAILS_DO_NOT_MATCH."""
        return self._look_up(Lookup(trn, number=number))

    def by_trn(self, trn: Trn) -> TeacherRecord | NoMatch:
        """Returns the record of a TRN proven before, or TRN_NOT_FOUND."""
        return self._look_up(Lookup(trn))

    def matching(self, born_on: Mapping[Trn, date]) -> Mapping[Trn, TeacherRecord]:
        """Returns the records that TRS finds among many by their dates of birth, 500 a call."""
        found: dict[Trn, TeacherRecord] = {}
        for batch in in_batches(born_on.items()):
            for trn, person in self._found(dict(batch)).items():
                record = Lookup(trn, born_on=born_on[trn]).judge(person)
                if isinstance(record, TeacherRecord):
                    found[trn] = record
        return found

    def merged_into(self, trn: Trn) -> Trn | None:
        """Returns the TRN that the latest lookup here found it merged into; TRS is not asked."""
        return self._talk.merges.into(trn)

    def connection_check(self, trn: Trn = NOBODY) -> tuple[Finding, ...]:
        """Checks address, key, version and clock; it never raises or needs a person's facts."""
        return check_connection(self._talk, self._version, self._patience, trn)

    def close(self) -> None:
        """Closes every connection."""
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

    def _found(self, asked: Mapping[Trn, date]) -> Mapping[Trn, Person]:
        request = find_request(self._talk.origin, asked)
        read = partial(read_found, asked=asked, today=self._talk.today())
        answer = self._talk.post(request, read, self._patience_left())
        if isinstance(answer, Fault):
            raise Unavailable("TRS", answer.why)
        return answer

    def _look_up(self, lookup: Lookup) -> TeacherRecord | NoMatch:
        answer = self._talk.record(lookup, self._patience_left())
        if isinstance(answer, Fault):
            error = NotShown if answer.is_perhaps_of_the_record else Unavailable
            raise error("TRS", answer.why)
        return lookup.judge(answer)

    def _patience_left(self) -> Patience:
        """Returns what this request has left to ask TRS, or raises Unavailable.

        Too little is left when others have taken the time. TRS is not asked and blamed then.
        """
        if self._deadline is NEVER:
            return self._patience
        self._ends = self._ends or self._deadline.within(self._patience.whole)
        left = self._ends.left()
        if left < min(SHORTEST, self._patience.whole):
            raise Unavailable("TRS", "no time is left to ask it")
        return page_patience(left)


def _headers(key: str, version: str) -> list[tuple[str, str]]:
    return [
        ("Accept", "application/json"),
        ("Accept-Encoding", "identity"),
        ("Authorization", f"Bearer {checked_key(key)}"),
        ("User-Agent", "register-early-career-teachers"),
        ("X-Api-Version", checked_version(version)),
    ]
