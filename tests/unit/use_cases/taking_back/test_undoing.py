"""Registrations that were a mistake: `registered-by-mistake` and `previous-school-told`."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs
import pytest

from builders import (
    ECT_TRN,
    MENTOR_TRN,
    TODAY,
    URN,
    a_mentor,
    a_mentorship,
    a_training,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Kind
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.effects import Part
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.records.announcement import Announced, AnnouncementId
from ect_registration.domain.records.history import What
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.periods.leaving import ENDED_OTHERWISE
from ect_registration.domain.rules.periods.status import AtSchool, Status, at_school, status_of
from ect_registration.domain.rules.school_year.undoing import (
    BROUGHT_IN,
    MENTOR_NOT_HERE,
    NOT_HERE,
    REGISTERED_BY_MISTAKE,
)
from ect_registration.use_cases.changing.change_documents import change_ect_by, change_mentor_by
from ect_registration.use_cases.changing.leaving import report_ect_leaving, report_mentor_leaving
from ect_registration.use_cases.changing.undo.undoing import (
    look_at_undoing_ect,
    look_at_undoing_mentor,
    undo_ect,
    undo_mentor,
)
from ect_registration.use_cases.notifying.announcing import mark_as_read, to_tell
from ect_registration.use_cases.registering.assign_mentor import assign_mentor
from ect_registration.use_cases.transactions import Actor
from unit.use_cases.mentoring import a_provider_led_ect, registers, the_assignment
from unit.use_cases.service import ACTOR, USER
from unit.use_cases.town import BRAM, OTHER_SCHOOL

THERE = Actor(USER, OTHER_SCHOOL)
A_YEAR_AGO, IN_OCTOBER, DAY = date(2024, 9, 1), date(2025, 10, 24), timedelta(1)


@pytest.fixture
def there(service):
    """Asha at another school since last year, in training, mentored by Bram."""
    bram = service.has_mentor(
        a_mentor(
            school=OTHER_SCHOOL,
            teacher=Teacher(BRAM, "Bram Okafor"),
            email=Email("bram@example.org"),
            period=Period(A_YEAR_AGO),
        )
    )
    return service.has_ect(
        an_ect(
            school=OTHER_SCHOOL,
            period=Period(A_YEAR_AGO),
            trainings=(a_training(period=Period(A_YEAR_AGO)),),
            mentorships=(a_mentorship(bram, period=Period(A_YEAR_AGO)),),
        )
    )


def _unread(actor, service):
    """What the user's school is told and nobody there has read."""
    with service.store.reading() as uow:
        return to_tell(actor.school, TODAY, uow).unread


def test_an_undone_ect_counts_for_nothing(service):
    """In no list and in no rule; its page can still be read, and its address is free."""
    ect = service.register().ect
    plan = undo_ect(ect.id, ACTOR, service.ports)
    undone = plan.undone[1]
    with service.store.reading() as uow:
        found = uow.ects.find(ect.id), uow.ects.at_school(URN), uow.ects.of_people([ECT_TRN])
        holders = uow.emails.holders(ect.email, TODAY)
        latest = uow.schools.with_latest_registration(URN)[1]

    assert found == (undone, [], [])
    assert (holders, latest) == ([], None)
    assert (at_school(undone, TODAY), status_of(undone, TODAY)) == (AtSchool.UNDONE, None)
    assert undone.trainings[0].withdrawn
    assert service.register().ect.id != ect.id


def test_undoing_a_transfer_restores_the_other_schools_record_exactly(service, there):
    """With its training and mentorship."""
    ect = service.register(start_date="2025-09-10").ect
    shown = look_at_undoing_ect(ect.id, ACTOR, service.ports)
    plan = undo_ect(ect.id, ACTOR, service.ports)

    assert service.ects_of(ECT_TRN) == [there]
    assert plan == shown
    assert [(effect.school, effect.part, effect.after is None) for effect in plan.effects] == [
        (URN, Part.PERIOD, True),
        (URN, Part.TRAINING, True),
        (OTHER_SCHOOL, Part.PERIOD, False),
        (OTHER_SCHOOL, Part.TRAINING, False),
        (OTHER_SCHOOL, Part.MENTORSHIP, False),
    ]
    assert None not in {effect.before for effect in plan.effects}


def test_of_two_periods_that_come_back_the_later_makes_room(service):
    """Both had ended with one registration: as they are, they would overlap for good."""
    there = service.has_ect(an_ect(school=OTHER_SCHOOL, period=Period(date(2025, 9, 25))))
    ect = service.register(start_date="2025-10-13").ect
    transfer = End(Cause.TRANSFER, ect.id, date(2025, 10, 12), TODAY)
    to_come = an_ect(id=EctId(uuid4()), period=Period(date(2025, 10, 17)), email=None)
    service.has_ect(to_come.ended(transfer))
    shown = look_at_undoing_ect(ect.id, ACTOR, service.ports)
    plan = undo_ect(ect.id, ACTOR, service.ports)
    with service.store.reading() as uow:
        after = {each.id: each for each in uow.ects.of_people([ECT_TRN], withdrawn=True)}

    assert plan == shown
    assert after[there.id] == there
    assert after[to_come.id].withdrawn
    assert [end.by for end in after[to_come.id].ends] == [there.id]
    lines = [line for line in service.history() if line.about == to_come.id]
    assert lines == []


def test_both_schools_have_it_in_their_history(service, there):
    """Each what happened to its own record."""
    ect = service.register(start_date="2025-09-10").ect
    undo_ect(ect.id, ACTOR, service.ports)

    [here] = [line for line in service.history() if line.what is What.ECT_UNDONE]
    lines = [line for line in service.history(OTHER_SCHOOL) if line.what is What.ECT_UNDONE]
    assert (here.about, dict(here.before), dict(here.after)) == (
        ect.id,
        {"started_on": "2025-09-10"},
        {"withdrawn": True},
    )
    assert [(line.about, dict(line.before), dict(line.after)) for line in lines] == [
        (there.id, {"finished_on": "2025-09-09"}, {"finished_on": None, "elsewhere": True}),
        (
            there.id,
            {"mentor": "Bram Okafor", "finished_on": "2025-09-09"},
            {"finished_on": None, "elsewhere": True},
        ),
    ]


def test_a_restored_record_ends_where_a_third_school_has_registered_them(service, there):
    """Cut to the day before, and undoing that gives the rest back."""
    ect = service.register(start_date="2025-09-10").ect
    third = an_ect(
        school=URN, period=Period(IN_OCTOBER), email=Email("third@example.org"), trainings=()
    )
    report_ect_leaving(ect.id, date(2025, 10, 1), ACTOR, service.ports)
    service.has_ect(third)
    undo_ect(ect.id, ACTOR, service.ports)

    assert [each.period for each in service.ects_of(ECT_TRN)] == [
        Period(A_YEAR_AGO, IN_OCTOBER - DAY),
        Period(IN_OCTOBER),
    ]


def test_what_the_first_school_made_its_own_stays(service, there):
    """A last day that it corrected meanwhile."""
    ect = service.register(start_date="2025-10-24").ect
    report_ect_leaving(there.id, date(2025, 9, 30), THERE, service.ports)
    undo_ect(ect.id, ACTOR, service.ports)
    [left] = service.ects_of(ECT_TRN)
    stays = report_ect_leaving(there.id, None, THERE, service.ports)

    assert left.period.finished_on == date(2025, 9, 30)
    assert stays == there


@pytest.mark.parametrize("moves_to", [None, "2025-11-03", "2025-09-25"])
def test_a_school_that_corrected_the_last_day_is_told_that_the_transfer_was_undone(
    service, there, moves_to
):
    """Only that school can now change the day, also when the transfer moved in between."""
    ect = service.register(start_date="2025-10-24").ect
    report_ect_leaving(there.id, date(2025, 9, 30), THERE, service.ports)
    if moves_to is not None:
        change_ect_by(ect.id, {"school": str(URN), "start_date": moves_to}, USER, service.ports)
    undo_ect(ect.id, ACTOR, service.ports)

    [left] = service.ects_of(ECT_TRN)
    [*_, told] = _unread(THERE, service)
    lines = [each for each in service.history(OTHER_SCHOOL) if each.what is What.ECT_UNDONE]
    was = "2025-09-24" if moves_to == "2025-09-25" else "2025-09-30"
    assert left.period.finished_on == date(2025, 9, 30)
    assert (told.announcement.what, told.announcement.about) == (
        Announced.TRANSFER_UNDONE,
        there.id,
    )
    assert (lines[0].about, dict(lines[0].before), dict(lines[0].after)) == (
        there.id,
        {"finished_on": was},
        {"finished_on": "2025-09-30", "elsewhere": True},
    )


def test_a_day_that_a_moved_transfer_leaves_alone_is_not_told_as_moved(service, there):
    """The first school's own last day is before it, and it moves again with the transfer."""
    ect = service.register(start_date="2025-10-24").ect
    report_ect_leaving(there.id, date(2025, 9, 30), THERE, service.ports)
    lines = len(service.history(OTHER_SCHOOL))
    for day in ("2025-11-03", "2025-09-25"):
        change_ect_by(ect.id, {"school": str(URN), "start_date": day}, USER, service.ports)

    [left, _] = service.ects_of(ECT_TRN)
    assert left.period.finished_on == date(2025, 9, 24)
    assert [
        (each.before.get("mentor"), dict(each.after)["finished_on"])
        for each in service.history(OTHER_SCHOOL)[lines:]
    ] == [("Bram Okafor", "2025-09-24"), (None, "2025-09-24")]


def test_a_school_whose_mentor_had_left_is_told_that_only_here_was_undone(service):
    """As with an ECT; while the mentor is only at the new school, the day is not withdrawn."""
    there = service.has_mentor(a_mentor(school=OTHER_SCHOOL, period=Period(A_YEAR_AGO)))
    ect = service.has_ect(a_provider_led_ect())
    joan = registers(service, ect, only_here=True, start_date="2025-10-24").mentor
    report_mentor_leaving(there.id, date(2025, 9, 30), THERE, service.ports)
    document = {"school": str(URN), "start_date": "2025-11-03"}
    change_mentor_by(joan.id, document, USER, service.ports)
    withdrawn = report_mentor_leaving(there.id, None, THERE, service.ports)
    undo_mentor(joan.id, ACTOR, service.ports)

    told = _unread(THERE, service)[-1]
    assert withdrawn.message == ENDED_OTHERWISE
    assert told.announcement.what is Announced.TRANSFER_UNDONE
    assert report_mentor_leaving(there.id, None, THERE, service.ports).period == there.period


def test_an_address_that_somebody_took_meanwhile_stays_theirs(service, there):
    """The restored period comes back without one, which its school can see."""
    ect = service.register(start_date="2025-09-10", email="new@example.org").ect
    service.has_ect(
        an_ect(teacher=Teacher(BRAM, "Bram Okafor"), email=there.email, school=URN, trainings=())
    )
    undo_ect(ect.id, ACTOR, service.ports)

    [restored] = service.ects_of(ECT_TRN)
    assert (restored.period, restored.email) == (there.period, None)


def test_undoing_again_changes_nothing(service):
    """Nothing is written, and nothing is refused."""
    ect = service.register().ect
    undo_ect(ect.id, ACTOR, service.ports)
    lines = service.history()
    service.clock.wait(days=100)
    again = undo_ect(ect.id, ACTOR, service.ports)

    assert again.undone[1].withdrawn
    assert service.history() == lines


@pytest.mark.parametrize("days", [28, 29])
def test_a_mistake_can_be_undone_for_28_days(service, days):
    """From the later of registration and first day; operators may do it later."""
    ect = service.register(start_date="2025-09-01").ect
    service.clock.wait(days=days)
    outcome = look_at_undoing_ect(ect.id, ACTOR, service.ports)
    anyway = look_at_undoing_ect(ect.id, ACTOR, service.ports, any_day=True)

    assert getattr(outcome, "rule", None) == (REGISTERED_BY_MISTAKE if days == 29 else None)
    assert anyway.undone[1].withdrawn


def test_the_28_days_begin_with_a_first_day_that_is_to_come(service):
    """Nobody could have noticed before."""
    ect = service.register(start_date="2025-11-03").ect
    service.clock.turn_to(date(2025, 12, 1))

    assert undo_ect(ect.id, ACTOR, service.ports).undone[1].withdrawn


def test_whoever_left_or_was_brought_in_is_not_undone(service, ect, mentor):
    """And says why."""
    registered = service.register(trn=BRAM.digits, email="b@example.org").ect
    report_ect_leaving(registered.id, TODAY, ACTOR, service.ports)
    service.clock.wait(days=1)
    brought_in = service.do(lambda uow: _bring_in(uow, ect))
    blocked = [
        undo_ect(registered.id, ACTOR, service.ports),
        undo_ect(brought_in.id, ACTOR, service.ports),
        undo_mentor(mentor.id, ACTOR, service.ports),
    ]

    assert [(each.kind, each.message) for each in blocked] == [
        (Kind.REFUSED, NOT_HERE),
        (Kind.REFUSED, BROUGHT_IN),
        (Kind.REFUSED, BROUGHT_IN),
    ]


def _bring_in(uow, ect):
    registration = attrs.evolve(ect.registration, brought_in=True)
    brought_in = attrs.evolve(
        ect,
        id=EctId(uuid4()),
        period=Period(date(2024, 9, 1), date(2024, 12, 1)),
        registration=registration,
        trainings=(),
        mentorships=(),
    )
    uow.ects.add(brought_in)
    return brought_in


def test_another_schools_registration_reads_as_an_unknown_one(service, ect, mentor):
    """And nothing is written."""
    blocked = [
        undo_ect(ect.id, THERE, service.ports),
        undo_ect(EctId(uuid4()), ACTOR, service.ports),
        undo_mentor(mentor.id, THERE, service.ports),
        undo_mentor(MentorId(uuid4()), ACTOR, service.ports),
    ]

    assert blocked == [OWN_SCHOOL_ONLY.refuses()] * 4


def test_an_undone_mentor_gives_their_ects_back_to_whom_they_had_replaced(service):
    """And their own training and period count for nothing."""
    bram = service.has_mentor(
        a_mentor(teacher=Teacher(BRAM, "Bram Okafor"), email=Email("bram@example.org"))
    )
    ect = service.has_ect(a_provider_led_ect(mentorships=(a_mentorship(bram),)))
    joan = registers(service, ect, replace=True).mentor
    plan = undo_mentor(joan.id, ACTOR, service.ports)
    [after] = service.ects_of(ECT_TRN)

    assert [(m.mentor, m.withdrawn, m.period) for m in after.mentorships] == [
        (bram.id, False, ect.mentorships[0].period),
        (joan.id, True, Period(TODAY)),
    ]
    assert plan.undone[1].withdrawn
    assert plan.undone[1].trainings[0].withdrawn
    assert status_of(after, TODAY) is Status.REGISTERED
    with service.store.reading() as uow:
        assert uow.mentors.at_school(URN) == [bram]
        assert uow.mentors.find(joan.id) == plan.undone[1]
        assert uow.mentors.at_school(URN, withdrawn=True) == [bram, plan.undone[1]]


def test_the_mentor_who_continues_reads_why_in_their_own_history(service):
    """The undone mentor's own line says enough; the mentor before them has one as well."""
    bram = service.has_mentor(
        a_mentor(teacher=Teacher(BRAM, "Bram Okafor"), email=Email("bram@example.org"))
    )
    ect = service.has_ect(a_provider_led_ect(mentorships=(a_mentorship(bram),)))
    joan = registers(service, ect, replace=True).mentor
    undo_mentor(joan.id, ACTOR, service.ports)

    lines = [line for line in service.history() if What.MENTOR_UNDONE in _whats(line)]
    about = [(line.what, line.about) for line in lines]
    assert (What.MENTORSHIP_MOVED, bram.id) in about
    assert [what for what, id in about if id == joan.id] == [What.MENTOR_UNDONE]


def _whats(line):
    return {line.what, line.after.get("because")}


def test_an_undone_mentor_is_back_where_they_had_stopped(service):
    """At the other school, with the ECT and the training there."""
    joan_there = service.has_mentor(
        a_mentor(
            school=OTHER_SCHOOL,
            period=Period(A_YEAR_AGO),
            trainings=(a_training(period=Period(A_YEAR_AGO)),),
        )
    )
    bram = service.has_ect(
        an_ect(
            school=OTHER_SCHOOL,
            teacher=Teacher(BRAM, "Bram Okafor"),
            email=Email("bram@example.org"),
            mentorships=(a_mentorship(joan_there),),
        )
    )
    ect = service.has_ect(a_provider_led_ect())
    joan = registers(service, ect, only_here=True, start_date="2025-09-10").mentor
    shown = look_at_undoing_mentor(joan.id, ACTOR, service.ports)
    plan = undo_mentor(joan.id, ACTOR, service.ports)

    with service.store.reading() as uow:
        assert uow.mentors.of_people([MENTOR_TRN]) == [joan_there]
    assert service.ects_of(BRAM) == [bram]
    assert plan == shown
    assert not service.ects_of(ECT_TRN)[0].open_mentorships(TODAY)
    told = _unread(THERE, service)
    assert [(each.announcement.what, each.name, each.is_mentor) for each in told] == [
        (Announced.TRANSFER_UNDONE, "Joan Thackeray", True),
    ]
    undo_mentor(joan.id, ACTOR, service.ports)
    assert len(_unread(THERE, service)) == 1


def test_a_mentor_who_left_is_not_undone(service):
    """What was real is not a mistake."""
    ect = service.has_ect(a_provider_led_ect())
    joan = registers(service, ect).mentor
    report_mentor_leaving(joan.id, TODAY, ACTOR, service.ports)
    service.clock.wait(days=1)

    assert undo_mentor(joan.id, ACTOR, service.ports).message == MENTOR_NOT_HERE


def test_training_that_only_this_ect_set_up_is_withdrawn_with_them(service):
    """Another provider-led ECT keeps it."""
    first = service.register().ect
    joan = registers(service, first).mentor
    shown = look_at_undoing_ect(first.id, ACTOR, service.ports)
    other = service.register(trn=BRAM.digits, email="other@example.org").ect
    assign_mentor(the_assignment(other, joan), USER, service.ports)
    kept = undo_ect(first.id, ACTOR, service.ports)

    assert [pair[0].id for pair in shown.pairs] == [first.id, joan.id]
    assert shown.pairs[1][1].trainings[0].withdrawn
    assert [pair[0].id for pair in kept.pairs] == [first.id]
    undo_ect(other.id, ACTOR, service.ports)
    with service.store.reading() as uow:
        assert uow.mentors.find(joan.id).trainings[0].withdrawn
    line = service.history()[-1]
    assert (line.what, line.about, line.before["ect"], dict(line.after)) == (
        What.ECT_UNDONE,
        joan.id,
        other.teacher.name,
        {"withdrawn": True},
    )
    assert line.before["lead_provider"] == joan.trainings[0].lead_provider


def test_the_other_school_is_told_of_a_transfer_until_somebody_has_read_it(service, there):
    """The name and the last day, and nothing of the new school."""
    ect = service.register(start_date="2025-10-24").ect
    [told] = _unread(THERE, service)

    assert (told.name, told.is_mentor, told.announcement.what) == (
        there.teacher.name,
        False,
        Announced.TRANSFERRED,
    )
    assert (told.announcement.about, told.last_day) == (there.id, IN_OCTOBER - DAY)
    change_ect_by(ect.id, {"school": str(URN), "start_date": "2025-11-03"}, USER, service.ports)
    [moved] = _unread(THERE, service)
    assert (moved.announcement, moved.last_day) == (told.announcement, date(2025, 11, 2))
    assert _unread(ACTOR, service) == []
    assert not mark_as_read(told.announcement.id, ACTOR, service.ports)
    assert mark_as_read(told.announcement.id, THERE, service.ports)
    assert not mark_as_read(told.announcement.id, THERE, service.ports)
    assert not mark_as_read(AnnouncementId(uuid4()), THERE, service.ports)
    assert _unread(THERE, service) == []
    undo_ect(ect.id, ACTOR, service.ports)
    [again] = _unread(THERE, service)
    assert (again.announcement.what, again.last_day) == (Announced.TRANSFER_UNDONE, None)


def test_an_undone_ect_of_an_untrained_mentor_concerns_nobody_else(service):
    """Nor does undoing the mentor concern the undone ECT again."""
    ect = service.register(programme="school_led", lead_provider=None).ect
    joan = registers(service, ect).mentor
    plan = undo_ect(ect.id, ACTOR, service.ports)
    of_mentor = undo_mentor(joan.id, ACTOR, service.ports)

    assert [pair[0].id for pair in plan.pairs] == [ect.id]
    assert [pair[0].id for pair in of_mentor.pairs] == [joan.id]
    assert [each.part for each in of_mentor.effects] == [Part.PERIOD]


def test_an_ect_elsewhere_who_had_the_mentor_before_is_not_concerned(service):
    """Their mentorship was over when the mentor left."""
    there = service.has_mentor(a_mentor(school=OTHER_SCHOOL, period=Period(A_YEAR_AGO)))
    over = Period(A_YEAR_AGO, date(2024, 12, 1))
    bram = service.has_ect(
        an_ect(
            school=OTHER_SCHOOL,
            teacher=Teacher(BRAM, "Bram Okafor"),
            email=Email("bram@example.org"),
            period=Period(A_YEAR_AGO),
            mentorships=(a_mentorship(there, period=over),),
        )
    )
    ect = service.has_ect(a_provider_led_ect())
    joan = registers(service, ect, only_here=True, start_date="2025-09-10").mentor
    plan = undo_mentor(joan.id, ACTOR, service.ports)

    assert bram.id not in [pair[0].id for pair in plan.pairs]
