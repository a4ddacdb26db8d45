from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest

from builders import ECT_TRN, MENTOR_TRN, URN, a_school
from ect_registration.domain.decisions import Allowed
from ect_registration.domain.rules.operating.schools import (
    DOES_NOT_GO_ON,
    HAS_NOT_CLOSED,
    LAST_DAY_TO_COME,
    LAST_DAY_TOO_EARLY,
    SCHOOL_MERGED,
    SCHOOL_OPENS_AND_CLOSES,
    Fate,
    Outlook,
    check_acting_for_successor,
    check_few_close,
    check_goes_on,
    check_has_closed,
    check_last_day_of_school,
    check_mentors_of_both,
    what_becomes_of,
    what_becomes_of_ends,
)
from ect_registration.domain.school import SchoolRecords, SchoolStatus, Succession
from ect_registration.domain.values import Urn

CLOSED, TO_OPEN = SchoolStatus.CLOSED, SchoolStatus.PROPOSED_TO_OPEN
CLOSING = date(2025, 8, 31)
ENDS = CLOSING + timedelta(60)
ACTING = CLOSING + timedelta(90)
SCHOOL = a_school(status=CLOSED, closed_on=CLOSING)
NEW, OTHER = a_school(urn=Urn("100002")), a_school(urn=Urn("100003"))
NOT_YET = a_school(urn=Urn("100004"), status=TO_OPEN)
OPEN_RECORDS = SchoolRecords(ects=1, going_on=1)
OLD_RECORDS = SchoolRecords(partnerships=1)
STAYS = Outlook(Fate.STAYS)


@pytest.mark.parametrize(
    ("school", "records", "successors", "today", "outlook"),
    [
        pytest.param(a_school(), OPEN_RECORDS, [NEW], ENDS, STAYS, id="open"),
        pytest.param(
            SCHOOL,
            SchoolRecords(),
            [NEW],
            ACTING,
            Outlook(Fate.MOVES, NEW.urn),
            id="nothing there but users",
        ),
        pytest.param(
            SCHOOL, SchoolRecords(), [NEW], ACTING + timedelta(1), STAYS, id="nothing any more"
        ),
        pytest.param(SCHOOL, SchoolRecords(), [NEW, OTHER], ENDS, STAYS, id="users of which?"),
        pytest.param(SCHOOL, SchoolRecords(), [NOT_YET], ENDS, STAYS, id="users of none yet"),
        pytest.param(SCHOOL, SchoolRecords(), None, ENDS, STAYS, id="nothing there, no links"),
        pytest.param(
            attrs.evolve(SCHOOL, closed_on=None),
            SchoolRecords(),
            [NEW],
            ENDS,
            STAYS,
            id="nothing there, closed nobody knows when",
        ),
        pytest.param(
            SCHOOL,
            OPEN_RECORDS,
            [NEW],
            CLOSING,
            Outlook(Fate.MOVES, NEW.urn),
            id="school-replaced by one",
        ),
        pytest.param(
            SCHOOL, OLD_RECORDS, [NEW], ENDS, Outlook(Fate.MOVES, NEW.urn), id="old records"
        ),
        pytest.param(
            SCHOOL,
            OPEN_RECORDS,
            [],
            ENDS,
            Outlook(Fate.ENDS, last_day=CLOSING),
            id="school-opens-and-closes after 60 days",
        ),
        pytest.param(SCHOOL, OLD_RECORDS, [], ENDS, STAYS, id="nothing goes on"),
        pytest.param(SCHOOL, OLD_RECORDS, None, ENDS, STAYS, id="nothing goes on, and no links"),
    ],
)
def test_what_becomes_of_a_school(school, records, successors, today, outlook):
    """`school-replaced` or ended."""
    assert what_becomes_of(school, records, successors, today) == outlook


@pytest.mark.parametrize(
    ("changes", "outlook"),
    [
        ({}, Outlook(Fate.ENDS, last_day=CLOSING)),
        (
            {"closed_on": None},
            Outlook(
                Fate.FOR_PEOPLE,
                reason="It has no closing day any more. What ended on 2025-08-24 stays so unless "
                "you give another day",
            ),
        ),
        (
            {"closed_on": ENDS + timedelta(1)},
            Outlook(
                Fate.FOR_PEOPLE,
                reason="Its closing day is 2025-10-31 now. What ended on 2025-08-24 stays so "
                "unless you give another day",
            ),
        ),
    ],
)
def test_what_becomes_of_ends_on_a_closing_day_that_is_corrected(changes, outlook):
    """They follow it if the school can have closed then."""
    school = attrs.evolve(SCHOOL, **changes)

    assert what_becomes_of_ends(school, CLOSING - timedelta(7), ENDS) == outlook


@pytest.mark.parametrize(
    ("school", "successors", "today", "reason"),
    [
        pytest.param(
            SCHOOL,
            [],
            ENDS - timedelta(1),
            "It closed on 2025-08-31. What is open there ends on 2025-10-30 unless a successor is "
            "published",
            id="not 60 days yet",
        ),
        pytest.param(
            attrs.evolve(SCHOOL, closed_on=None),
            [],
            ENDS,
            "It has closed, and no closing day is known",
            id="no closing day",
        ),
        pytest.param(
            attrs.evolve(SCHOOL, opened_on=CLOSING + timedelta(1)),
            [],
            ENDS,
            "It closed on 2025-08-31, before it opened on 2025-09-01",
            id="closed before it opened",
        ),
        pytest.param(
            SCHOOL, [NEW, OTHER], ENDS, "It has several successors: 100002, 100003", id="several"
        ),
        pytest.param(
            SCHOOL,
            [attrs.evolve(NEW, status=TO_OPEN)],
            ENDS,
            "Its successor 100002 has not opened yet",
            id="to open",
        ),
        pytest.param(
            SCHOOL,
            None,
            ENDS,
            "It has closed. Give --links, which say what came after it",
            id="no links",
        ),
    ],
)
def test_what_cannot_be_decided_is_left_for_people(school, successors, today, reason):
    """With the reason."""
    outlook = what_becomes_of(school, OPEN_RECORDS, successors, today)

    assert outlook == Outlook(Fate.FOR_PEOPLE, reason=reason)


@pytest.mark.parametrize(
    ("schools", "of", "confirmed", "allowed"),
    [
        (0, 0, False, True),
        (1, 100, False, True),
        (1, 99, False, False),
        (2, 100, False, False),
        (50, 100, True, True),
    ],
)
def test_an_import_that_closes_many_schools_stops(schools, of, confirmed, allowed):
    """More than one in a hundred, unless it is said that this is right."""
    decision = check_few_close(schools, of, confirmed=confirmed)

    assert isinstance(decision, Allowed) is allowed
    assert decision.because == {"schools": schools, "of": of}


@pytest.mark.parametrize("status", SchoolStatus)
def test_only_what_is_open_at_a_closed_school_is_ended(status):
    """Closing comes first."""
    decision = check_has_closed(a_school(status=status))

    assert decision == (
        SCHOOL_OPENS_AND_CLOSES.allows(status="closed")
        if status is CLOSED
        else SCHOOL_OPENS_AND_CLOSES.refuses(HAS_NOT_CLOSED, field="school", status=status.value)
    )


@pytest.mark.parametrize(
    ("opened_on", "last_day"),
    [
        pytest.param(None, ENDS, id="today"),
        pytest.param(CLOSING, CLOSING, id="the first day"),
        pytest.param(None, date(1900, 1, 1), id="no opening day"),
    ],
)
def test_the_last_day_of_a_closed_school_lies_between_opening_and_today(opened_on, last_day):
    """Both included."""
    school = attrs.evolve(SCHOOL, opened_on=opened_on)

    assert check_last_day_of_school(school, last_day, ENDS) == SCHOOL_OPENS_AND_CLOSES.allows(
        last_day=last_day.isoformat()
    )


@pytest.mark.parametrize(
    ("last_day", "tells", "because", "message"),
    [
        pytest.param(
            ENDS + timedelta(1),
            LAST_DAY_TO_COME,
            {"last_day": "2025-10-31", "today": "2025-10-30"},
            "Give a day with --on that is not after today, 2025-10-30",
            id="tomorrow",
        ),
        pytest.param(
            CLOSING - timedelta(1),
            LAST_DAY_TOO_EARLY,
            {"last_day": "2025-08-30", "opened_on": "2025-08-31"},
            "Give a day with --on that is not before the school opened, 2025-08-31",
            id="the day before it opened",
        ),
    ],
)
def test_another_last_day_of_a_closed_school_is_found_invalid(last_day, tells, because, message):
    """The option that has the day is named, and the day that it must not pass."""
    school = attrs.evolve(SCHOOL, opened_on=CLOSING)
    decision = check_last_day_of_school(school, last_day, ENDS)

    assert decision == SCHOOL_OPENS_AND_CLOSES.finds_invalid("on", tells, **because)
    assert decision.message == message


@pytest.mark.parametrize("status", SchoolStatus)
def test_records_move_to_a_school_that_goes_on(status):
    """Records may move to a school that is open or will open, and not to a closed one."""
    decision = check_goes_on(a_school(status=status))

    assert decision == (
        SCHOOL_OPENS_AND_CLOSES.refuses(DOES_NOT_GO_ON, field="school", status="closed")
        if status is CLOSED
        else SCHOOL_OPENS_AND_CLOSES.allows(status=status.value)
    )


@pytest.mark.parametrize(
    ("day", "allowed"), [(date(2025, 12, 1), True), (date(2025, 12, 2), False)]
)
def test_users_act_for_the_successor_for_90_days(day, allowed):
    """The day of the move aside; then they are refused."""
    succession = Succession(URN, NEW.urn, date(2025, 9, 2))
    decision = check_acting_for_successor(succession, day)

    assert isinstance(decision, Allowed) is allowed
    assert decision.because == {"moved_on": "2025-09-02", "until": "2025-12-01"}


@pytest.mark.parametrize(
    ("overlaps", "decision"),
    [
        pytest.param(
            [], SCHOOL_MERGED.allows(people=0), id="school-merged without mentors of both"
        ),
        pytest.param([MENTOR_TRN, ECT_TRN], SCHOOL_MERGED.allows(people=0), id="two people"),
        pytest.param(
            [MENTOR_TRN, MENTOR_TRN, ECT_TRN],
            SCHOOL_MERGED.refuses(people=1),
            id="one person with three periods",
        ),
    ],
)
def test_of_three_periods_only_people_know_which_is_right(overlaps, decision):
    """Of two the longer-standing is kept."""
    assert check_mentors_of_both(overlaps) == decision
