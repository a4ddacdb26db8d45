"""What becomes of the records of a school that has closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

import attrs

from ect_registration.domain.decisions import Blocked, Decision, OurDecision, Rule
from ect_registration.domain.policy import (
    ACTING_FOR_SUCCESSOR,
    CLOSED_WITHOUT_SUCCESSOR,
    CLOSING_AT_ONCE,
)
from ect_registration.domain.school import School, SchoolRecords, SchoolStatus, Succession
from ect_registration.domain.values import Trn, Urn

SCHOOL_OPENS_AND_CLOSES = Rule(
    id="school-opens-and-closes",
    says="Schools are added and changed as Get Information About Schools publishes them; when one "
    f"has closed without a known successor for {CLOSED_WITHOUT_SUCCESSOR}, what is open there "
    "ends on its closing day, and follows it when that is corrected, or on a day that an operator "
    "gives and can correct, not after today and not before the school opened; last days that have "
    "passed stay, and a later link or a reopening takes the ends back.",
    source=OurDecision("a closed school has no users left to report that people have left"),
    enforced_by=(
        "ect_registration.domain.rules.operating.schools.what_becomes_of",
        "ect_registration.domain.rules.operating.schools.what_becomes_of_ends",
        "ect_registration.domain.rules.operating.schools.check_few_close",
        "ect_registration.domain.rules.operating.schools.check_last_day_of_school",
    ),
    tells="This would close or move {schools} of {of} schools, which is more than "
    f"{CLOSING_AT_ONCE}. Look at it with --dry-run, then give --yes",
)

LAST_DAY_TO_COME = "Give a day with --on that is not after today, {today}"
LAST_DAY_TOO_EARLY = "Give a day with --on that is not before the school opened, {opened_on}"
HAS_NOT_CLOSED = (
    "This school has not closed. Import it from Get Information About Schools, or set its "
    "status first"
)
DOES_NOT_GO_ON = "The school that records would move to has closed. Give the one that goes on"

SCHOOL_REPLACED = Rule(
    id="school-replaced",
    says="When a school has closed and its one open successor has no records here, all of its "
    "records move to the successor, unfinished registrations included, and for "
    f"{ACTING_FOR_SUCCESSOR} users of the school that closed act for the successor.",
    source=OurDecision("a school that becomes an academy stays the school that people know"),
    enforced_by=(
        "ect_registration.domain.rules.operating.schools.what_becomes_of",
        "ect_registration.domain.rules.operating.schools.check_acting_for_successor",
    ),
    tells="Your school was replaced by another on {moved_on}. Ask to be added to that one",
)

SCHOOL_MERGED = Rule(
    id="school-merged",
    says="When a school has closed into one open successor that has records of its own, its ECTs, "
    "mentors, mentorships and training move with their dates; confirmed training takes the "
    "successor's delivery partner where the successor has a partnership, and of two overlapping "
    "periods of a mentor the longer-standing takes over the other.",
    source=OurDecision("schools that merge go on with the people of both"),
    enforced_by=("ect_registration.use_cases.gias.moving.move_school",),
    tells="Mentors with more than two overlapping periods at the schools: {people}. Report last "
    "days until two are left",
)


class Fate(StrEnum):
    """What becomes of the records of a school."""

    STAYS = "stays"
    MOVES = "moves"
    ENDS = "ends"
    FOR_PEOPLE = "for_people"  # it cannot be decided, or not yet


@attrs.frozen
class Outlook:
    """What becomes of a school's records, where to or on which day, and why."""

    fate: Fate
    successor: Urn | None = None
    last_day: date | None = None
    reason: str = ""


def what_becomes_of(
    school: School,
    records: SchoolRecords,
    successors: Sequence[School] | None,
    today: date,
) -> Outlook:
    """Decides about a school that may have closed. ``successors`` is None without links."""
    if school.status is not SchoolStatus.CLOSED:
        return Outlook(Fate.STAYS)
    if not records.any:
        return _of_users_alone(school, successors or (), today)
    if successors is None:
        return _for_people(records, "It has closed. Give --links, which say what came after it")
    if successors:
        return _with_successors(successors)
    return _without_successor(school, today) if records.going_on else Outlook(Fate.STAYS)


def _without_successor(school: School, today: date) -> Outlook:
    if school.closed_on is None:
        return Outlook(Fate.FOR_PEOPLE, reason="It has closed, and no closing day is known")
    ends_on = school.closed_on + timedelta(days=CLOSED_WITHOUT_SUCCESSOR.value)
    if today < ends_on:
        reason = f"It closed on {school.closed_on}. What is open there ends on {ends_on} unless"
        return Outlook(Fate.FOR_PEOPLE, reason=f"{reason} a successor is published")
    if isinstance(check_last_day_of_school(school, school.closed_on, today), Blocked):
        reason = f"It closed on {school.closed_on}, before it opened on {school.opened_on}"
        return Outlook(Fate.FOR_PEOPLE, reason=reason)
    return Outlook(Fate.ENDS, last_day=school.closed_on)


def what_becomes_of_ends(school: School, ended_on: date, today: date) -> Outlook:
    """Decides about records that ended on the closing day of a school, which is another by now."""
    stays = f"What ended on {ended_on} stays so unless you give another day"
    if school.closed_on is None:
        return Outlook(Fate.FOR_PEOPLE, reason=f"It has no closing day any more. {stays}")
    if isinstance(check_last_day_of_school(school, school.closed_on, today), Blocked):
        reason = f"Its closing day is {school.closed_on} now. {stays}"
        return Outlook(Fate.FOR_PEOPLE, reason=reason)
    return Outlook(Fate.ENDS, last_day=school.closed_on)


def _of_users_alone(school: School, successors: Sequence[School], today: date) -> Outlook:
    """Users of a school without records act for its successor too, if it has just closed."""
    outlook = _with_successors(successors) if successors else Outlook(Fate.STAYS)
    if outlook.successor is None or school.closed_on is None:
        return Outlook(Fate.STAYS)
    succession = Succession(school.urn, outlook.successor, school.closed_on)
    return Outlook(Fate.STAYS) if today > last_day_of_acting(succession) else outlook


def _for_people(records: SchoolRecords, reason: str) -> Outlook:
    return Outlook(Fate.FOR_PEOPLE, reason=reason) if records.going_on else Outlook(Fate.STAYS)


def _with_successors(successors: Sequence[School]) -> Outlook:
    if len(successors) > 1:
        which = ", ".join(str(each.urn) for each in successors)
        return Outlook(Fate.FOR_PEOPLE, reason=f"It has several successors: {which}")
    [successor] = successors
    if successor.status is SchoolStatus.PROPOSED_TO_OPEN:
        reason = f"Its successor {successor.urn} has not opened yet"
        return Outlook(Fate.FOR_PEOPLE, reason=reason)
    return Outlook(Fate.MOVES, successor=successor.urn)


def check_few_close(schools: int, of: int, *, confirmed: bool) -> Decision:
    """Decides whether an import may close or move so many of the schools that we know."""
    if confirmed or schools * 100 <= of * CLOSING_AT_ONCE.value:
        return SCHOOL_OPENS_AND_CLOSES.allows(schools=schools, of=of)
    return SCHOOL_OPENS_AND_CLOSES.refuses(schools=schools, of=of)


def check_has_closed(school: School) -> Decision:
    """Decides whether what is open at a school may be ended because it has closed."""
    if school.status is SchoolStatus.CLOSED:
        return SCHOOL_OPENS_AND_CLOSES.allows(status=school.status.value)
    return SCHOOL_OPENS_AND_CLOSES.refuses(
        HAS_NOT_CLOSED, field="school", status=school.status.value
    )


def check_last_day_of_school(school: School, last_day: date, today: date) -> Decision:
    """Decides whether a school that has closed can have had its last day on this one."""
    day = last_day.isoformat()
    if last_day > today:
        return SCHOOL_OPENS_AND_CLOSES.finds_invalid(
            "on", LAST_DAY_TO_COME, last_day=day, today=today.isoformat()
        )
    if school.opened_on is not None and last_day < school.opened_on:
        return SCHOOL_OPENS_AND_CLOSES.finds_invalid(
            "on", LAST_DAY_TOO_EARLY, last_day=day, opened_on=school.opened_on.isoformat()
        )
    return SCHOOL_OPENS_AND_CLOSES.allows(last_day=day)


def check_goes_on(school: School) -> Decision:
    """Decides whether records may move to a school."""
    if school.status is not SchoolStatus.CLOSED:
        return SCHOOL_OPENS_AND_CLOSES.allows(status=school.status.value)
    return SCHOOL_OPENS_AND_CLOSES.refuses(
        DOES_NOT_GO_ON, field="school", status=school.status.value
    )


def check_mentors_of_both(overlaps: Sequence[Trn]) -> Decision:
    """Decides whether schools merge, given who mentors at both: a TRN for each overlap."""
    people = sum(number > 1 for number in Counter(overlaps).values())
    if people:
        return SCHOOL_MERGED.refuses(people=people)
    return SCHOOL_MERGED.allows(people=0)


def check_acting_for_successor(succession: Succession, today: date) -> Decision:
    """Decides whether users of a school that was replaced act for its successor."""
    until = last_day_of_acting(succession)
    moved_on = succession.moved_on.isoformat()
    if today > until:
        return SCHOOL_REPLACED.refuses(moved_on=moved_on, until=until.isoformat())
    return SCHOOL_REPLACED.allows(moved_on=moved_on, until=until.isoformat())


def last_day_of_acting(succession: Succession) -> date:
    """Returns the last day on which users of the old organisation act for the successor."""
    return succession.moved_on + timedelta(days=ACTING_FOR_SUCCESSOR.value)
