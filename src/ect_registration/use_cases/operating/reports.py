"""What operators look at: corrected names, merges that are left to them, and what was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

import attrs

from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.identifying.identity import DATE_OF_BIRTH_DIFFERS
from ect_registration.domain.rules.identifying.name import share_of_name_kept
from ect_registration.domain.values import Trn
from ect_registration.journeys.answers import given
from ect_registration.ports.clock import LONDON, day_in_london
from ect_registration.use_cases.transactions import Ports

NUMBER_ASKED = "national_insurance_number_asked"
REGISTERED = {What.ECT_REGISTERED: "ect", What.MENTOR_REGISTERED: "mentor"}


@attrs.frozen
class Correction:
    """A corrected name, and how much of the name in TRS is left, from 0 to 1."""

    trn: Trn
    trs_name: str
    name: str
    kept: float
    trs_name_changed_since: bool = False


@attrs.frozen
class Counted:
    """How often something was done or refused on a day, without persons."""

    day: date
    what: str
    who: str  # ect or mentor
    number: int
    rule: str = ""  # that refused, or for which a National Insurance number was asked


def corrected_names(ports: Ports, since: date | None = None) -> Sequence[Correction]:
    """Returns corrections, those that leave least of the name in TRS first.

    With a day, only of people who were registered under a corrected name from then on.
    """
    with ports.reading() as uow:
        teachers = uow.lookups.corrected()
        changes = [] if since is None else uow.lookups.changes(_moment(since), REGISTERED)
    lately = {change.trn for change in changes if _is_corrected(change)}
    wanted = [each for each in teachers if since is None or each.trn in lately]
    return sorted(map(_correction, wanted), key=lambda each: (each.kept, each.trn))


def merges_left(ports: Ports) -> Sequence[tuple[Teacher, Teacher]]:
    """Returns people known under two TRNs that TRS has merged, the old one first."""
    with ports.reading() as uow:
        return uow.lookups.known_twice()


def outcomes(ports: Ports, since: date) -> Sequence[Counted]:
    """Counts registrations, corrected names, refusals and numbers asked for, by day.

    From this day on, though refusals only as long as they are kept.
    """
    with ports.reading() as uow:
        changes = uow.lookups.changes(_moment(since), REGISTERED)
        refused = uow.refusals.counted_since(since)
    counted: Counter[tuple[date, str, str]] = Counter()
    for change in changes:
        who = REGISTERED[change.what]
        day = day_in_london(change.at)
        counted[day, "registered", who] += 1
        if _is_corrected(change):
            counted[day, "name_corrected", who] += 1
    done = [Counted(*key, number) for key, number in counted.items()]
    stopped = [
        Counted(each.day, _word(each.rule), each.role.value, each.number, each.rule)
        for each in refused
    ]
    return sorted([*done, *stopped], key=lambda each: (each.day, each.what, each.rule, each.who))


def _correction(teacher: Teacher) -> Correction:
    corrected = given(teacher.corrected_name)
    kept = share_of_name_kept(teacher.trs_name, corrected)
    since = teacher.trs_name_changed_since
    return Correction(teacher.trn, teacher.trs_name, corrected.text, kept, since)


def _word(rule: str) -> str:
    """Returns what a counted rule did: one of them asks for more instead of refusing."""
    return NUMBER_ASKED if rule == DATE_OF_BIRTH_DIFFERS.id else "refused"


def _is_corrected(change: Change) -> bool:
    return change.after.get("name") != change.after.get("trs_name")


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON).astimezone(UTC)
