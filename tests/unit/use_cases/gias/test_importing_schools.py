from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    TODAY,
    URN,
    a_journey,
    a_mentor,
    a_partnership,
    a_school,
    a_teacher,
)
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.gias.extract import Extract
from ect_registration.domain.gias.links import Successions
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.records.history import What
from ect_registration.domain.school import SchoolStatus, SchoolType, Succession
from ect_registration.domain.sessions import Person
from ect_registration.domain.values import Trn, Urn
from ect_registration.use_cases.changing.beside import write_mentor_and_ects
from ect_registration.use_cases.gias.closing import end_school
from ect_registration.use_cases.gias.import_schools import LeftForPeople, import_schools
from ect_registration.use_cases.gias.moving import Moved, move_school
from ect_registration.use_cases.gias.moving_some import move_some
from ect_registration.use_cases.operating.person import history_of
from ect_registration.use_cases.signing_in.sessions import (
    begin_session,
    every_session,
    switch_school,
)
from endings import left_on
from unit.use_cases.extracts import EVERY_COLUMN, LONG_AGO, closed_school, imported
from unit.use_cases.reference_rows import PAIRINGS, PARTNERSHIPS, change
from unit.use_cases.service import USER
from unit.use_cases.town import OTHER_PARTNER, OTHER_SCHOOL, TO_OPEN

CLOSED = SchoolStatus.CLOSED
NEW = Urn("200001")
JUST_NOW = TODAY - timedelta(59)


def _school(service, urn=URN):
    with service.store.reading() as uow:
        return uow.schools.find(urn)


def _mentor(service, id):
    with service.store.reading() as uow:
        return uow.mentors.find(id)


def test_a_new_school_is_added(service):
    """With a line for each value that it has, and in its history."""
    school = a_school(urn=NEW, name="Brook School", type=SchoolType.INDEPENDENT, ukprn="11500017")
    outcome, told = imported(service, school)
    [line] = service.history(NEW)

    assert outcome.counts == {
        "added": 1,
        "changed": 0,
        "unchanged": 7,
        **dict.fromkeys(("left_out", "closed", "moved", "ended"), 0),
    }
    assert told == [
        ("200001", "urn", None, "200001"),
        ("200001", "name", None, "Brook School"),
        ("200001", "type", None, "independent"),
        ("200001", "section_41", None, False),
        ("200001", "status", None, "open"),
        ("200001", "in_england", None, True),
        ("200001", "ukprn", None, "11500017"),
    ]
    assert (_school(service, NEW), line.what) == (school, What.REFERENCE_CHANGED)


def test_a_second_import_changes_nothing(service):
    """Nor is there a line more of history."""
    given = (a_school(name="Larkfield Academy", opened_on=date(1950, 9, 1)), a_school(urn=NEW))
    first, told = imported(service, *given)
    second, nothing = imported(service, *given)

    assert (first.counts["changed"], first.counts["added"], len(told)) == (1, 1, 8)
    assert (nothing, second.counts["unchanged"], second.left) == ([], 8, [])
    assert len(service.history(URN)) == 1


def test_a_dry_run_tells_the_same_and_changes_nothing(service, ect):
    """Moves of records included, also to a school that is not there yet."""
    given = (closed_school(), a_school(urn=NEW))
    links = [(URN, NEW, "Successor")]
    looked_at = imported(service, *given, links=links, dry_run=True, confirmed=False)

    assert _school(service).status is SchoolStatus.OPEN
    assert imported(service, *given, links=links) == looked_at


def test_columns_that_the_extract_lacks_stay(service):
    """The shorter one has no regions."""
    imported(service, a_school(region="London"))
    outcome, told = imported(service, a_school(), columns=EVERY_COLUMN - {"region"})

    assert (told, outcome.counts["unchanged"]) == ([], 7)
    assert _school(service).region == "London"


def test_a_school_that_closed_long_ago_is_left_out_unless_it_is_known(service):
    """Nobody looks for it."""
    before_us = date(2019, 8, 31)
    outcome, _ = imported(service, closed_school(before_us, urn=NEW), closed_school(before_us))

    assert (outcome.counts["left_out"], outcome.counts["changed"]) == (1, 1)
    assert _school(service, NEW) is None


def _ect(service, id):
    with service.store.reading() as uow:
        return uow.ects.find(id)


def test_what_is_open_at_a_closed_school_ends_after_60_days(service, ect, mentor):
    """`school-opens-and-closes`: on the closing day, training and mentorships with it."""
    closing = ect.period.started_on
    service.clock.turn_to(closing + timedelta(60))
    outcome, told = imported(service, closed_school(closing))
    ended, left = _ect(service, ect.id), _mentor(service, mentor.id)

    assert (outcome.counts["closed"], outcome.counts["ended"], outcome.left) == (1, 1, [])
    assert told[-1] == (str(URN), "records", "open", f"ended on {closing}")
    parts = (ended, left, *ended.trainings, *ended.mentorships, *left.trainings)
    assert {part.period.finished_on for part in parts if not part.withdrawn} == {closing}
    assert {line.what for line in service.history(URN)} == {
        What.REFERENCE_CHANGED,
        What.SCHOOL_CLOSED,
    }
    assert imported(service, closed_school(closing))[1] == []


def test_a_dry_run_tells_of_ends_too(service, ect):
    """Nothing ends."""
    looked_at = imported(service, closed_school(), dry_run=True)

    assert looked_at[0].counts["ended"] == 1
    assert service.ects_of()[0].period == ect.period
    assert imported(service, closed_school()) == looked_at


def test_what_was_to_come_is_withdrawn(service, ect, mentor):
    """A period that begins after the closing day never stands."""
    imported(service, closed_school(LONG_AGO))
    withdrawn = _ect(service, ect.id)

    assert ect.period.started_on > LONG_AGO
    assert all(
        each.withdrawn for each in (withdrawn, *withdrawn.trainings, *withdrawn.mentorships)
    )


@pytest.mark.parametrize(
    ("school", "links", "reason"),
    [
        pytest.param(closed_school(JUST_NOW), [], f"It closed on {JUST_NOW}", id="59 days"),
        pytest.param(closed_school(None), [], "no closing day is known", id="no day"),
        pytest.param(closed_school(), None, "Give --links", id="no links"),
        pytest.param(
            closed_school(),
            [(URN, OTHER_SCHOOL, "Successor"), (URN, TO_OPEN, "Successor")],
            "several successors",
            id="several",
        ),
        pytest.param(
            closed_school(), [(URN, TO_OPEN, "Successor")], "has not opened yet", id="not opened"
        ),
    ],
)
def test_what_cannot_be_decided_is_left_for_people(service, ect, school, links, reason):
    """And nothing ends."""
    outcome, _ = imported(service, school, links=links)
    [left] = outcome.left

    assert (left.urn, reason in left.reason) == (str(URN), True)
    assert service.ects_of()[0].period == ect.period


def test_a_reopening_takes_ends_back(service, ect, mentor):
    """The people are as they were, with their addresses."""
    imported(service, closed_school())
    imported(service, a_school())
    back, again = _ect(service, ect.id), _mentor(service, mentor.id)

    assert (back.period, back.withdrawn, back.email) == (ect.period, False, ect.email)
    assert [t.period for t in back.trainings] == [t.period for t in ect.trainings]
    assert [m.withdrawn for m in back.mentorships] == [False]
    assert (again.period, again.email) == (mentor.period, mentor.email)
    assert What.SCHOOL_CLOSING_TAKEN_BACK in {line.what for line in service.history(URN)}


def test_a_school_with_one_successor_is_replaced_by_it(service, ect, mentor):
    """`school-replaced`: every record, unfinished registrations included, with its history."""
    journey = a_journey()
    service.do(lambda uow: uow.journeys.add(journey))
    service.do(lambda uow: uow.partnerships.add(a_partnership()))
    links = [(URN, NEW, "Successor")]
    outcome, told = imported(service, closed_school(), a_school(urn=NEW), links=links)
    [moved] = service.ects_of()
    with service.store.reading() as uow:
        partnerships, draft = uow.partnerships.of_school(NEW), uow.journeys.find(journey.id)
        [succession] = uow.schools.successions_of([URN])

    assert (outcome.counts["moved"], outcome.left) == (1, [])
    assert told[-1] == (str(URN), "records", f"at {URN}", f"moved to {NEW}")
    assert (moved.id, moved.school, moved.period) == (ect.id, NEW, ect.period)
    assert _mentor(service, mentor.id).school == NEW
    assert (partnerships, draft.school) == ([a_partnership(school=NEW)], NEW)
    assert (succession.successor, succession.moved_on) == (NEW, TODAY)
    assert moved.training.delivery_partner == DELIVERY_PARTNER
    assert service.history(URN)[-1].what is What.SCHOOL_MOVED
    for somebody in (ect, mentor):
        moved, confirmed = history_of(somebody.teacher.trn, service.ports)
        assert (moved.what, moved.about) == (What.SCHOOL_MOVED, somebody.id)
        assert (confirmed.what, confirmed.about) == (What.PARTNERSHIP_REPORTED, somebody.id)
        assert (confirmed.school, confirmed.rules) == (NEW, ("school-replaced",))
    assert imported(service, closed_school(), a_school(urn=NEW), links=links)[1] == []


def test_users_of_a_closed_school_without_records_act_for_its_successor(service):
    """`school-replaced`: once, whatever the number of imports; another successor takes over."""
    closed = closed_school(JUST_NOW)
    first, other = a_school(urn=NEW), a_school(urn=Urn("200002"))
    links = [(URN, NEW, "Successor")]
    outcome, told = imported(service, closed, first, links=links)
    with service.store.reading() as uow:
        [succession] = uow.schools.successions_of([URN])

    assert (outcome.counts["moved"], succession) == (1, Succession(URN, NEW, TODAY))
    assert told[-1] == (str(URN), "records", f"at {URN}", f"moved to {NEW}")
    assert imported(service, closed, first, links=links)[0].counts["moved"] == 0
    assert imported(service, closed, first)[0].counts["moved"] == 0

    imported(service, closed, other, links=[(URN, other.urn, "Successor")])
    with service.store.reading() as uow:
        assert [each.successor for each in uow.schools.successions_of([URN])] == [other.urn]


def test_schools_without_records_that_closed_before_do_not_stop_an_import(service):
    """Each counts once, however many closed before there was an import."""
    new = [a_school(urn=Urn(f"{300000 + n}")) for n in range(200)]
    old = [closed_school(TODAY, urn=Urn(f"{400000 + n}")) for n in range(200)]
    links = [(o.urn, n.urn, "Successor") for o, n in zip(old, new, strict=True)]
    outcome, _ = imported(service, *old, *new, links=links, confirmed=False)

    assert outcome.counts["moved"] == 200


def test_a_later_link_takes_ends_back_before_it_moves(service, ect, mentor):
    """A successor was published after the 60 days."""
    imported(service, closed_school())
    imported(service, closed_school(), a_school(urn=NEW), links=[(NEW, URN, "Predecessor")])
    [moved] = service.ects_of()

    assert (moved.school, moved.period, moved.withdrawn) == (NEW, ect.period, False)


def test_a_school_is_merged_into_one_that_has_records(service, ect, mentor):
    """`school-merged`: training takes the successor's delivery partner, and that is listed."""
    pair = {"lead_provider": ect.training.lead_provider, "year": 2025}
    other = pair | {"delivery_partner": OTHER_PARTNER}
    change(service, PAIRINGS, other)
    change(service, PARTNERSHIPS, other | {"school": str(OTHER_SCHOOL)})
    change(
        service, PARTNERSHIPS, pair | {"school": str(URN), "delivery_partner": DELIVERY_PARTNER}
    )
    outcome, _ = imported(
        service, closed_school(), links=[(URN, OTHER_SCHOOL, "Successor - merged")]
    )
    [moved] = service.ects_of()

    assert (moved.school, moved.training.delivery_partner) == (OTHER_SCHOOL, OTHER_PARTNER)
    assert outcome.left == [
        LeftForPeople(
            str(URN),
            f"Trainings with {ect.training.lead_provider} in 2025 to 2026 have the delivery "
            f"partner of {OTHER_SCHOOL} now",
        )
    ]
    assert service.history(OTHER_SCHOOL)[-1].rules == ("school-merged",)
    again, told = imported(
        service, closed_school(), links=[(URN, OTHER_SCHOOL, "Successor - merged")]
    )
    assert (again.counts["moved"], told) == (0, [])


def test_sessions_for_a_school_that_moves_end(service, ect):
    """Their users act for the successor when they sign in again."""
    for urn in (URN, OTHER_SCHOOL):
        school = _school(service, urn)
        begin_session(Person("user-1", "Hannah"), [school], urn.digits, service.ports)
    move_school(URN, OTHER_SCHOOL, USER, service.ports)

    assert [one.school.urn for one in every_session(service.ports)] == [OTHER_SCHOOL]


def test_a_user_of_several_schools_cannot_go_on_to_choose_one_that_moved(service, ect):
    """Acting for another of them they are signed out as well, and choose again."""
    schools = [_school(service, urn) for urn in (URN, OTHER_SCHOOL)]
    session = begin_session(Person("user-1", "Hannah"), schools, "chooses", service.ports)
    switched = switch_school(session, OTHER_SCHOOL, "key", service.ports)
    move_school(URN, OTHER_SCHOOL, USER, service.ports)

    assert switched.school.urn == OTHER_SCHOOL
    assert every_session(service.ports) == []


def test_a_closed_school_that_the_extract_lacks_stays_as_it_is(service, ect):
    """An extract that was cut off says nothing of it."""
    given = Extract({}, EVERY_COLUMN, Successions.of([]))
    outcome = import_schools(given, USER, service.ports, lambda _: None)

    assert (outcome.counts["unchanged"], outcome.left) == (0, [])


def test_many_schools_that_close_stop_the_import(service, ect):
    """Nothing is changed until it is said that this is right."""
    outcome, told = imported(service, closed_school(), confirmed=False)

    assert isinstance(outcome, Blocked)
    assert (outcome.rule.id, told) == ("school-opens-and-closes", [])
    assert "1 of 7 schools" in outcome.message
    assert _school(service).status is SchoolStatus.OPEN


def test_a_run_that_was_cut_off_goes_on(service, ect, mentor):
    """The schools were saved, and what follows from that was not."""
    service.do(lambda uow: uow.schools.save(closed_school()))
    outcome, told = imported(service, closed_school(), confirmed=False)

    assert (outcome.counts["closed"], outcome.counts["ended"], len(told)) == (0, 1, 1)


def test_an_import_after_somebody_came_ends_only_them(service, ect, mentor):
    """`school-opens-and-closes`: those who had ended stay as they are, without history."""
    imported(service, closed_school())
    ended, written = _ect(service, ect.id), len(service.history(URN))
    late = a_mentor(
        id=MentorId(uuid4()), teacher=a_teacher(trn=Trn("3000009")), email=None, trainings=()
    )
    service.has_mentor(late)
    outcome, _ = imported(service, closed_school())

    assert outcome.counts["ended"] == 1
    assert _ect(service, ect.id) == ended
    assert [line.about for line in service.history(URN)[written:]] == [late.id]
    assert imported(service, closed_school())[1] == []


def test_an_import_leaves_last_days_that_have_passed(service, ect, mentor):
    """After the closing day too; the school does not count as ended, nor is it listed."""
    last_day = TODAY - timedelta(1)
    end = End(Cause.LEAVING, mentor.id, last_day, TODAY)
    left, gone = left_on(ect.mentor_ended(mentor, end), last_day), left_on(mentor, last_day)
    service.do(lambda uow: write_mentor_and_ects(mentor, gone, [(ect, left)], uow))
    outcome, _ = imported(service, closed_school())

    assert (outcome.counts["ended"], outcome.left) == (0, [])
    assert (_ect(service, ect.id), _mentor(service, mentor.id)) == (left, gone)


def test_an_import_leaves_the_day_that_an_operator_gave(service, ect, mentor):
    """Another one than is published."""
    service.do(lambda uow: uow.schools.save(closed_school()))
    end_school(URN, TODAY - timedelta(3), USER, service.ports)
    ended = _ect(service, ect.id)
    outcome, _ = imported(service, closed_school())

    assert (outcome.counts["ended"], outcome.left) == (0, [])
    assert _ect(service, ect.id) == ended


def test_a_school_without_a_closing_day_is_left_for_people_until_it_is_ended(service, ect, mentor):
    """By hand; then there is nothing left to decide."""
    assert len(imported(service, closed_school(None))[0].left) == 1
    end_school(URN, TODAY - timedelta(3), USER, service.ports)
    assert imported(service, closed_school(None))[0].left == []


def test_a_school_is_moved_by_hand(service, ect, mentor):
    """Where several successors are published; sessions for the old school end."""
    outcome = move_school(URN, OTHER_SCHOOL, USER, service.ports, dry_run=True)

    assert isinstance(outcome, Moved)
    assert (outcome.records.ects, service.ects_of()[0].school) == (1, URN)
    assert isinstance(move_school(URN, OTHER_SCHOOL, USER, service.ports), Moved)
    assert service.ects_of()[0].school == OTHER_SCHOOL


@pytest.mark.parametrize(("old", "new"), [(URN, NEW), (NEW, URN), (URN, URN)])
def test_records_are_moved_between_two_schools_that_we_know(service, old, new):
    """Not to the school itself."""
    outcome = move_school(old, new, USER, service.ports)

    assert (isinstance(outcome, Blocked), outcome.rule.id) == (True, "own-school-only")


@pytest.mark.parametrize("some", [False, True])
def test_nobody_is_moved_to_a_school_that_has_closed(service, ect, some):
    """As where the two schools are given the wrong way round."""
    with service.store.reading() as uow:
        there = uow.schools.find(OTHER_SCHOOL)
    service.do(lambda uow: uow.schools.save_all([attrs.evolve(there, status=CLOSED)]))
    given = (URN, OTHER_SCHOOL, USER, service.ports)
    outcome = move_some([ect.id], *given) if some else move_school(*given)

    assert (isinstance(outcome, Blocked), outcome.rule.id) == (True, "school-opens-and-closes")
    assert service.ects_of()[0].school == URN
