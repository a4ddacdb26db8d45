"""Asking TRS: never inside a unit of work, and never keeping a secret."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.teacher import NoMatch, Search, TeacherRecord
from ect_registration.domain.rules.check_answers import DECIDED_AGAIN
from ect_registration.domain.rules.identifying.identity import TRS_UNAVAILABLE
from ect_registration.domain.rules.identifying.limits import is_stale
from ect_registration.domain.values import NationalInsuranceNumber, Trn
from ect_registration.ports.errors import Unavailable
from ect_registration.use_cases.signing_in.limits import limited
from ect_registration.use_cases.transactions import Actor, Ports


def search(ports: Ports, trn: Trn, born_on: date) -> Search | Blocked:
    """Ask for the TRN and the date of birth; blocked when TRS cannot answer."""
    try:
        answer = ports.teacher_records.by_date_of_birth(trn, born_on)
    except Unavailable as outage:
        return cannot_ask(outage)
    return Search(trn, answer, ports.clock.now())


def search_by_number(ports: Ports, trn: Trn, number: NationalInsuranceNumber) -> Search | Blocked:
    """Ask for the TRN and the National Insurance number instead."""
    try:
        answer = ports.teacher_records.by_national_insurance_number(trn, number)
    except Unavailable as outage:
        return cannot_ask(outage)
    return Search(trn, answer, ports.clock.now())


@attrs.frozen
class TypedFacts:
    """The facts to search by. The two secrets stay here, in memory, and are never shown."""

    trn: Trn
    date_of_birth: date = attrs.field(repr=False)
    national_insurance_number: NationalInsuranceNumber | None = attrs.field(repr=False)


def find_person(
    typed: TypedFacts, ports: Ports, note: Callable[[Search], None] = lambda _: None
) -> Search | Blocked:
    """Searches by date of birth, then by National Insurance number if that differs.

    Without a National Insurance number, the date of birth decides. ``note`` is told what came of
    the date of birth.
    """
    found = search(ports, typed.trn, typed.date_of_birth)
    if not isinstance(found, Blocked):
        note(found)
    number = typed.national_insurance_number
    if isinstance(found, Blocked) or number is None:
        return found
    if found.answer is not NoMatch.DATE_OF_BIRTH_DIFFERS:
        return found
    return search_by_number(ports, typed.trn, number)


def search_on_a_page(ports: Ports, actor: Actor, trn: Trn, born_on: date) -> Search | Blocked:
    """Ask for the TRN and the date of birth, unless there were too many wrong facts."""
    return limited(lambda: search(ports, trn, born_on), trn, actor, ports)


def search_by_number_on_a_page(
    ports: Ports, actor: Actor, trn: Trn, number: NationalInsuranceNumber
) -> Search | Blocked:
    """Ask for the TRN and the National Insurance number, unless there were too many."""
    return limited(lambda: search_by_number(ports, trn, number), trn, actor, ports)


def record_to_ask_for_again(found: Search | None, now: datetime) -> TeacherRecord | None:
    """Returns the proof, if it rests on an answer of TRS that is over an hour old."""
    return found.record if found is not None and is_stale(found.answered_at, now) else None


def refreshed(ports: Ports, proven: TeacherRecord) -> Search | Blocked:
    """Returns what TRS says of the same teacher now; blocked when it cannot answer.

    Blocked as well when the record was merged or deactivated meanwhile: start again.
    """
    try:
        answer = ports.teacher_records.by_trn(proven.trn)
    except Unavailable as outage:
        return cannot_ask(outage)
    if isinstance(answer, NoMatch) or answer.trn != proven.trn:
        return DECIDED_AGAIN.refuses()
    record = attrs.evolve(answer, merged_from=proven.merged_from)
    return Search(proven.merged_from or proven.trn, record, ports.clock.now())


def cannot_ask(outage: Unavailable) -> Blocked:
    """Blocks every user in the same words; the evidence tells operators why."""
    return TRS_UNAVAILABLE.cannot_tell(what=outage.what, why=outage.why)
