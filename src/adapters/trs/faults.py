"""Describes what can go wrong between us and TRS, in words for operators."""

from __future__ import annotations

from enum import StrEnum

import attrs


class Kind(StrEnum):
    """Says what a fault is, which decides the retries and whether the breaker counts it."""

    CONNECTION = "connection"
    TIMEOUT = "timeout"
    SERVER_ERROR = "server_error"
    RATE_LIMITED = "rate_limited"
    MALFORMED = "malformed"  # not an answer of TRS's at all
    OUTSIDE_CONTRACT = "outside_contract"  # an answer, but not one that was agreed
    CONFIGURATION = "configuration"  # an operator has to mend something
    BREAKER_OPEN = "breaker_open"


# Faults that may be of TRS itself: these count towards the breaker. After the others TRS still
# answers at once.
ILLNESSES = frozenset(
    {Kind.CONNECTION, Kind.TIMEOUT, Kind.SERVER_ERROR, Kind.RATE_LIMITED, Kind.MALFORMED}
)

FAILS_ON_SOME = 500  # the status of TRS for a record without a date of birth


@attrs.frozen
class Fault:
    """Says why there is no answer; ``why`` holds no address, body, number or date of a person."""

    kind: Kind
    why: str
    status: int | None = None
    retry_after: str | None = None  # as TRS put it

    @property
    def is_perhaps_of_the_record(self) -> bool:
        """Says whether TRS may well show other records: it fails on some of them, for ever."""
        return self.kind is Kind.OUTSIDE_CONTRACT or self.status == FAILS_ON_SOME


@attrs.define
class OutsideContract(Exception):
    """Reports a part of an answer that is not as agreed; it names the part, never its content."""

    where: str
    problem: str

    def __str__(self) -> str:
        return f"{self.where} {self.problem}"
