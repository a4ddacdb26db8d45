"""HttpTeacherRecords: the port TeacherRecords, spoken to TRS over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from types import TracebackType
from typing import Self

import httpx

from adapters.trs.addresses import Origin, checked_deadline, checked_key, checked_version
from adapters.trs.answers import Absent
from adapters.trs.breaker import Breaker
from adapters.trs.checking import Finding, check_connection
from adapters.trs.conversation import Conversation
from adapters.trs.deadline import FIND_PATIENCE, Patience, Timing, page_patience
from adapters.trs.faults import Fault
from adapters.trs.finding import in_batches, left_out_alone
from adapters.trs.lookup import Lookup
from adapters.trs.metrics import Metrics, NoMetrics
from adapters.trs.payloads import Person
from adapters.trs.quiet import silence_http_logging
from adapters.trs.transport import DeadlineTransport
from ect_registration.domain.teacher import NoMatch, TeacherRecord
from ect_registration.domain.values import NationalInsuranceNumber, Trn
from ect_registration.ports.errors import Unavailable

API_VERSION = "20260120"
DEADLINE = 5.0  # seconds
TRS = "TRS"  # what is unavailable


class HttpTeacherRecords:
    """TRS under one address, with one key. Threads share it; close it in the end.

    Every lookup goes by TRN alone, and the date of birth is compared here; only the lookup by
    National Insurance number leaves the comparing to TRS, which knows more numbers than it
    tells. Faults become Unavailable here, and carry nothing of what was asked or answered.
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
        self._metrics = metrics or NoMetrics()
        self._timing = timing or Timing()
        self._patience = page_patience(checked_deadline(deadline))
        self._talk = Conversation(
            http=httpx.Client(
                transport=transport or DeadlineTransport(),
                headers=_headers(checked_key(api_key), checked_version(api_version)),
                trust_env=False,
            ),
            origin=Origin.parse(address),
            today=today,
            timing=self._timing,
            breaker=Breaker(self._timing.monotonic, self._metrics.breaker_is),
        )
