"""Asking TRS: never inside a unit of work, and never keeping a secret."""

from __future__ import annotations

from datetime import date, datetime

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.rules.identity import TRS_UNAVAILABLE
from ect_registration.domain.rules.limits import is_stale
from ect_registration.domain.teacher import NoMatch, Search, TeacherRecord
from ect_registration.domain.values import NationalInsuranceNumber, Trn
from ect_registration.ports.errors import Unavailable
from ect_registration.use_cases.ports import Ports


def search(ports: Ports, trn: Trn, born_on: date) -> Search | Blocked:
    """Ask for the TRN and the date of birth; blocked when TRS cannot answer."""
    try:
        answer = ports.teacher_records.by_date_of_birth(trn, born_on)
    except Unavailable:
        return TRS_UNAVAILABLE.cannot_tell()
    return Search(trn, answer, ports.clock.now())


def search_by_number(ports: Ports, trn: Trn, number: NationalInsuranceNumber) -> Search | Blocked:
    """Ask for the TRN and the National Insurance number instead."""
    try:
        answer = ports.teacher_records.by_national_insurance_number(trn, number)
    except Unavailable:
        return TRS_UNAVAILABLE.cannot_tell()
    return Search(trn, answer, ports.clock.now())


def refreshed(ports: Ports, proven: Search, now: datetime) -> Search | Blocked:
    """The same search, or TRS's answer of now when the one we have is over an hour old.

    A record that was merged or deactivated meanwhile is not found any more: start again.
    """
    record = proven.record
    if record is None or not is_stale(proven.answered_at, now):
        return proven
    try:
        answer = ports.teacher_records.by_trn(record.trn)
    except Unavailable:
        return TRS_UNAVAILABLE.cannot_tell()
    return Search(proven.trn, _unchanged(record, answer), now)


def _unchanged(record: TeacherRecord, answer: TeacherRecord | NoMatch) -> TeacherRecord | NoMatch:
    if isinstance(answer, NoMatch) or answer.trn != record.trn:
        return NoMatch.TRN_NOT_FOUND
    return attrs.evolve(answer, merged_from=record.merged_from)
