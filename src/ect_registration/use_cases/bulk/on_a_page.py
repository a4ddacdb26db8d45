"""A file of one school, on pages: what would happen, and then what was confirmed.

Rows count as guesses of facts. Between the two pages nothing is kept of the file: the caller keeps
the rows that would be registered, each with its proof, its answers, what was shown of it, and
the id that its record will have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import attrs

from ect_registration.domain.attempts import Attempted
from ect_registration.domain.decisions import Allowed, Blocked
from ect_registration.domain.notice import Role
from ect_registration.domain.people.teacher import NoMatch, Search, TeacherRecord
from ect_registration.domain.policy import WRONG_FACTS_BY_ONE_USER, WRONG_FACTS_ON_ONE_PERSON
from ect_registration.domain.rules.identifying.limits import check_too_many_attempts
from ect_registration.domain.values import Trn
from ect_registration.journeys.answers import given
from ect_registration.use_cases.bulk.deciding import decide
from ect_registration.use_cases.bulk.facts import RowFacts
from ect_registration.use_cases.bulk.finding import Finder
from ect_registration.use_cases.bulk.refused import refusals_of_rows
from ect_registration.use_cases.bulk.register_many import Registering, in_parts
from ect_registration.use_cases.bulk.rows import FileRow, Outcome, Proven, RowResult, ShownRow
from ect_registration.use_cases.journeys.journey_type import Decided
from ect_registration.use_cases.journeys.teacher_search import (
    TypedFacts,
    record_to_ask_for_again,
    refreshed,
    search_by_number_on_a_page,
    search_on_a_page,
)
from ect_registration.use_cases.operating.refusals import counting_numbers, keep_refusals
from ect_registration.use_cases.registering.outcomes import Registered
from ect_registration.use_cases.registering.write_ect import new_ect
from ect_registration.use_cases.signing_in.limits import limited
from ect_registration.use_cases.transactions import Actor, Ports, Tells

MOST_ROWS = 100
# No more at once than one user may guess wrong, so that TRS is not asked for many in vain.
FOUND_TOGETHER = WRONG_FACTS_BY_ONE_USER.value.attempts


@attrs.frozen
class Foreseen:
    """What would become of one row."""

    result: RowResult
    shown: ShownRow | None = None  # of a row that would be registered


def foresee(rows: Sequence[FileRow], actor: Actor, ports: Ports) -> Sequence[Foreseen]:
    """Finds the people of these rows, and says what would become of each, registering none.

    Refusals are kept for support. At the limit of wrong facts the rest is not looked up, and
    refused as too many attempts.
    """
    today = ports.clock.today()
    finder = _CountingFinder(ports, today, actor, note=counting_numbers(Role.ECT, ports))
    found = [each for part in in_parts(rows, FOUND_TOGETHER) for each in finder.find(part)]
    with ports.reading() as uow:
        facts = RowFacts(uow)
        facts.gather(uow, [each for each in found if isinstance(each, Proven)], today)
        foreseen = [
            _foreseen(row, each, facts, today, ports)
            for row, each in zip(rows, found, strict=True)
        ]
    results = [each.result for each in foreseen]
    keep_refusals(refusals_of_rows(zip(found, results, strict=True), actor.user, today), ports)
    return foreseen


def register_as_shown(rows: Sequence[ShownRow], actor: Actor, ports: Ports) -> Sequence[RowResult]:
    """Registers each row that is still as it was shown; the user gets one receipt.

    TRS is asked again where its answer is old. Rows that were registered meanwhile, such as by the
    same button, are done before, even if that was undone. Raises Unavailable without a database.
    """
    fresh = [_fresh(each, ports) for each in rows]
    today = ports.clock.today()
    registering = Registering(
        actor.user,
        Tells.PEOPLE,
        today,
        ports,
        {each.row.number: each for each in rows},
        attrs.evolve(actor, tells=Tells.EVERYBODY),
    )
    outcomes = iter(registering.outcomes([each for each in fresh if isinstance(each, Proven)]))
    results = [
        _result(shown, next(outcomes) if isinstance(each, Proven) else each)
        for shown, each in zip(rows, fresh, strict=True)
    ]
    keep_refusals(refusals_of_rows(zip(fresh, results, strict=True), actor.user, today), ports)
    return results


@attrs.define
class _CountingFinder(Finder):
    """Counts every row as a wrong fact until it turns out to be right."""

    actor: Actor

    def many(self, people: Sequence[TypedFacts]) -> Mapping[Trn, TeacherRecord]:
        """Returns the people found; TRS is not asked for those with too many wrong facts."""
        now = self.ports.clock.now()
        with self.ports.reading() as uow:
            since = now - WRONG_FACTS_BY_ONE_USER.value.window
            by_user = uow.attempts.by(Attempted.WRONG_FACT, self.actor.user, since)
            if isinstance(check_too_many_attempts(by_user, (), now), Blocked):
                return {}
            since = now - WRONG_FACTS_ON_ONE_PERSON.value.window
            on_people = [(person, uow.attempts.on(person.trn, since)) for person in people]
        allowed = [
            person
            for person, on_person in on_people
            if isinstance(check_too_many_attempts((), on_person, now), Allowed)
        ]
        return super().many(allowed)

    def proof(self, record: TeacherRecord) -> Search | Blocked:
        """Returns the proof, unless there were too many wrong facts about the person."""
        search = Search(record.trn, record, self.ports.clock.now())
        return limited(lambda: search, record.trn, self.actor, self.ports)

    def look_up(self, person: TypedFacts) -> Search | Blocked:
        """Asks as the search page does, for the date of birth and then the number."""
        found = search_on_a_page(self.ports, self.actor, person.trn, person.date_of_birth)
        number = person.national_insurance_number
        if isinstance(found, Blocked):
            return found
        self.note(found)
        if number is None:
            return found
        if found.answer is not NoMatch.DATE_OF_BIRTH_DIFFERS:
            return found
        return search_by_number_on_a_page(self.ports, self.actor, person.trn, number)


def _foreseen(
    row: FileRow, found: Proven | Outcome, facts: RowFacts, today: date, ports: Ports
) -> Foreseen:
    if not isinstance(found, Proven):
        return Foreseen(RowResult(row.number, row.school, row.trn, found))
    name = found.record.name
    decided = decide(found, today, facts)
    if not isinstance(decided, Decided):
        return Foreseen(RowResult(row.number, row.school, row.trn, decided, name))
    ect = new_ect(decided.case, ports.clock.stamp(), ports.new_id)
    facts.note(decided.case, ect)
    outcome = Registered(ect, found.record.merged_from)
    shown = ShownRow(found, decided.case.preview, ect.id)
    return Foreseen(RowResult(row.number, row.school, row.trn, outcome, name), shown)


def _fresh(shown: ShownRow, ports: Ports) -> Proven | Blocked:
    """Returns the row with what TRS says now, where its answer is over an hour old.

    TRS is not asked about a row that was registered before.
    """
    old = record_to_ask_for_again(given(shown.row.draft.search), ports.clock.now())
    if old is None or _is_registered(shown, ports):
        return shown.row
    answered = refreshed(ports, old)
    if isinstance(answered, Blocked):
        return answered
    return attrs.evolve(shown.row, draft=attrs.evolve(shown.row.draft, search=answered))


def _is_registered(shown: ShownRow, ports: Ports) -> bool:
    with ports.reading() as uow:
        return uow.ects.find(shown.id) is not None


def _result(shown: ShownRow, outcome: Outcome) -> RowResult:
    row = shown.row
    return RowResult(row.number, str(row.school), str(row.record.trn), outcome, row.record.name)
