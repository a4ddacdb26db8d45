"""Finding the people of many rows in TRS: many in one call, and one by one who is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.people.teacher import Search, TeacherRecord
from ect_registration.domain.rules.identifying.identity import TRS_UNAVAILABLE
from ect_registration.domain.values import Trn, Urn
from ect_registration.journeys.answers import given
from ect_registration.journeys.register_ect import check_found
from ect_registration.ports.errors import Unavailable
from ect_registration.use_cases.bulk.rows import FileRow, Outcome, Proven
from ect_registration.use_cases.journeys.ect_journey import ECT_JOURNEY
from ect_registration.use_cases.journeys.teacher_search import TypedFacts, cannot_ask, find_person
from ect_registration.use_cases.registering.documents import InvalidRequest
from ect_registration.use_cases.registering.ect_document import EctRequest
from ect_registration.use_cases.transactions import Ports

# TRS fails for ever on some records. When so many lookups in a row fail, it is TRS itself.
FAILURES_IN_A_ROW = 3


@attrs.define
class Finder:
    """Finds the people of one run; once TRS is out of reach, it is not asked again.

    ``note`` is told what came of each date of birth that was asked for alone.
    """

    ports: Ports
    today: date
    note: Callable[[Search], None] = attrs.field(default=lambda _: None, kw_only=True)
    _schools: dict[Urn, Blocked | None] = attrs.field(init=False, factory=dict)
    _failures: int = attrs.field(init=False, default=0)
    _stopped: Blocked | None = attrs.field(init=False, default=None)

    def find(self, rows: Sequence[FileRow]) -> Iterator[Proven | Outcome]:
        """Yields for each row, in order, a proof or why there is none."""
        requests = [self._request(row) for row in rows]
        self._look_at_schools(requests)
        asked = [each for each in requests if self._may_ask(each)]
        found = self.many([each.person for each in asked if isinstance(each, EctRequest)])
        for row, request in zip(rows, requests, strict=True):
            yield self._outcome(row, request, found)

    def _request(self, row: FileRow) -> EctRequest | InvalidRequest:
        if isinstance(row.document, InvalidRequest):
            return row.document
        try:
            return EctRequest.parse(row.document, self.today)
        except InvalidRequest as mistake:
            return mistake

    def _look_at_schools(self, requests: Sequence[EctRequest | InvalidRequest]) -> None:
        """Finds out which schools may not begin: for them TRS is not asked."""
        schools = {each.school for each in requests if isinstance(each, EctRequest)}
        new = schools - self._schools.keys()
        if new:
            with self.ports.reading() as uow:
                for school in new:
                    self._schools[school] = ECT_JOURNEY.check_before_search(
                        EctDraft(), school, self.today, uow
                    )

    def _may_ask(self, request: EctRequest | InvalidRequest) -> bool:
        return isinstance(request, EctRequest) and self._schools[request.school] is None

    def many(self, people: Sequence[TypedFacts]) -> Mapping[Trn, TeacherRecord]:
        """Returns the people found at once: none when TRS is out of reach."""
        if not people or self._stopped is not None:
            return {}
        try:
            return self.ports.teacher_records.matching(
                {person.trn: person.date_of_birth for person in people}
            )
        except Unavailable as outage:
            self._stopped = cannot_ask(outage)
            return {}

    def _outcome(
        self,
        row: FileRow,
        request: EctRequest | InvalidRequest,
        found: Mapping[Trn, TeacherRecord],
    ) -> Proven | Outcome:
        if isinstance(request, InvalidRequest):
            return request
        blocked = self._schools[request.school]
        if blocked is not None:
            return blocked
        record = found.get(request.person.trn)
        search = self.alone(request.person) if record is None else self.proof(record)
        if isinstance(search, Blocked):
            return search
        if search.record is None:
            return given(check_found(search))
        return Proven(row.number, request.school, attrs.evolve(request.draft, search=search))

    def proof(self, record: TeacherRecord) -> Search | Blocked:
        """Returns the search of a person who was found together with others."""
        return Search(record.trn, record, self.ports.clock.now())

    def look_up(self, person: TypedFacts) -> Search | Blocked:
        """Asks TRS for one person."""
        return find_person(person, self.ports, self.note)

    def alone(self, person: TypedFacts) -> Search | Blocked:
        """Asks for one person, unless TRS has failed too often in a row."""
        if self._stopped is not None:
            return self._stopped
        found = self.look_up(person)
        if not isinstance(found, Blocked) or found.rule is not TRS_UNAVAILABLE:
            self._failures = 0
            return found
        self._failures += 1
        if self._failures == FAILURES_IN_A_ROW:
            self._stopped = found
        return found
