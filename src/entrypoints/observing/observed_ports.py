"""Ports that tell an observer what becomes of each call, and are the same otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from functools import partial
from time import perf_counter
from types import TracebackType
from typing import Any, TypeVar, cast

import attrs

from ect_registration.domain.people.teacher import NoMatch, TeacherRecord
from ect_registration.domain.sessions import Organisation, Person
from ect_registration.domain.values import NationalInsuranceNumber, Trn
from ect_registration.ports.deadline import NEVER, Deadline
from ect_registration.ports.errors import Conflict, Contention, Rejected, Unavailable
from ect_registration.ports.sign_in import Attempt, NotSignedIn, SignIn
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.teacher_records import TeacherRecords
from ect_registration.use_cases.transactions import Ports
from entrypoints.observing.observer import Dependency, Observer

T = TypeVar("T")

# What an error means for the dependency. Any other one is ours, and no matter of the dependency.
RESULTS: tuple[tuple[type[Exception], str], ...] = (
    (Rejected, "rejected"),
    (Unavailable, "unavailable"),
    (Contention, "contention"),
    (Conflict, "conflict"),
)


def observed(ports: Ports, observer: Observer) -> Ports:
    """Returns the same ports, watched."""
    pause = ports.pause

    def write(deadline: Deadline = NEVER) -> UnitOfWork:
        unit = ObservedUnit(partial(ports.unit_of_work, deadline), observer)
        return cast(UnitOfWork, unit)

    def look(deadline: Deadline = NEVER) -> AbstractContextManager[UnitOfWork]:
        return ObservedUnit(partial(ports.reading, deadline), observer)

    def retry(tries: int) -> None:
        observer.retried()
        pause(tries)

    return attrs.evolve(
        ports,
        unit_of_work=write,
        reading=look,
        teacher_records=ObservedTeacherRecords(ports.teacher_records, observer),
        pause=retry,
    )


class ObservedUnit:
    """Begins a unit of work, hands it over, and tells what became of it."""

    def __init__(
        self, begin: Callable[[], AbstractContextManager[UnitOfWork]], observer: Observer
    ) -> None:
        self._begin, self._observer = begin, observer

    def __enter__(self) -> UnitOfWork:
        self._began = perf_counter()
        try:
            self._unit = self._begin()
            return self._unit.__enter__()
        except Exception as error:
            self._tell(error)
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool | None:
        answer = self._unit.__exit__(kind, error, trace)
        self._tell(error)
        return answer

    def _tell(self, error: BaseException | None) -> None:
        seconds = perf_counter() - self._began
        self._observer.call(Dependency.DATABASE, result_of(error), seconds)


@attrs.frozen
class ObservedTeacherRecords:
    """Teacher records, watched."""

    _records: TeacherRecords
    _observer: Observer

    def within(self, deadline: Deadline) -> ObservedTeacherRecords:
        """Returns the records for one request, watched as well."""
        return ObservedTeacherRecords(self._records.within(deadline), self._observer)

    def by_date_of_birth(self, trn: Trn, born_on: date) -> TeacherRecord | NoMatch:
        """Returns the record, or why there is none."""
        return self._watch(lambda: self._records.by_date_of_birth(trn, born_on))

    def by_national_insurance_number(
        self, trn: Trn, number: NationalInsuranceNumber
    ) -> TeacherRecord | NoMatch:
        """Returns the record, or why there is none."""
        return self._watch(lambda: self._records.by_national_insurance_number(trn, number))

    def by_trn(self, trn: Trn) -> TeacherRecord | NoMatch:
        """Returns the record, or why there is none."""
        return self._watch(lambda: self._records.by_trn(trn))

    def merged_into(self, trn: Trn) -> Trn | None:
        """Returns the TRN that was kept instead. TRS is not asked."""
        return self._records.merged_into(trn)

    def matching(self, born_on: Mapping[Trn, date]) -> Mapping[Trn, TeacherRecord]:
        """Returns the records of those whose date of birth matches."""
        return self._watch(lambda: self._records.matching(born_on))

    def _watch(self, ask: Callable[[], T]) -> T:
        with _watched(Dependency.TRS, self._observer):
            return ask()


@attrs.frozen
class ObservedSignIn:
    """DfE Sign-in, watched."""

    _sign_in: SignIn
    _observer: Observer

    def begin(self) -> tuple[str, Attempt]:
        """Returns where to send the browser, and what to remember."""
        return self._watch(self._sign_in.begin)

    def finish(self, attempt: Attempt, answer: Mapping[str, str]) -> Person:
        """Returns the person who came back. Raises NotSignedIn."""
        return self._watch(lambda: self._sign_in.finish(attempt, answer))

    def organisations(self, user: str) -> Sequence[Organisation]:
        """Returns all organisations that the user belongs to."""
        return self._watch(lambda: self._sign_in.organisations(user))

    def with_role(
        self, user: str, organisations: Sequence[Organisation]
    ) -> Sequence[Organisation]:
        """Returns those where the user has the role."""
        return self._watch(lambda: self._sign_in.with_role(user, organisations))

    def sign_out_address(self, proof: str | None) -> str | None:
        """Returns where the browser signs out there too."""
        return self._sign_in.sign_out_address(proof)

    def _watch(self, ask: Callable[[], T]) -> T:
        with _watched(Dependency.SIGN_IN, self._observer):
            return ask()


@contextmanager
def _watched(dependency: Dependency, observer: Observer) -> Iterator[None]:
    began = perf_counter()
    result = "ok"
    try:
        yield
    except NotSignedIn:
        result = "not signed in"
        raise
    except Exception as error:
        result = result_of(error)
        raise
    finally:
        observer.call(dependency, result, perf_counter() - began)


def result_of(error: Any) -> str:
    """Returns what an error says of a dependency: ``ok`` for those that are no fault of its."""
    return next((result for kind, result in RESULTS if isinstance(error, kind)), "ok")
