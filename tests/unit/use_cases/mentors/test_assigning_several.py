from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs
import pytest

from builders import LEAD_PROVIDER, TODAY, a_mentor, a_mentorship, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentor import MentorTrainingHistory
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import Trn
from ect_registration.use_cases.school.assign_several_ects import (
    Asked,
    Refused,
    TrainingAnswer,
    ask_about_training,
    assign_several,
    choose_ects,
)
from unit.use_cases.mentoring import a_provider_led_ect, a_school_led_ect
from unit.use_cases.service import ACTOR
from unit.use_cases.town import NO_LONGER, OLD_TRN, OTHER_SCHOOL, RETAINED_TRN, THIS_YEAR_ONLY

DAY = timedelta(1)
A_YEAR_AGO = date(2024, 9, 1)
THE_SAME, ANOTHER = TrainingAnswer(False), TrainingAnswer(True, THIS_YEAR_ONLY)


@pytest.fixture
def joan(service):
    """A mentor of this school."""
    return service.has_mentor(a_mentor())


def _ect(service, number, example=a_provider_led_ect, **changes):
    teacher = Teacher(Trn(f"300000{number}"), f"Teacher {number}")
    email = Email(f"ect{number}@example.org")
    return service.has_ect(example(**{"teacher": teacher, "email": email} | changes))


def _assign(service, mentor, ects, answer=None):
    return assign_several(mentor.id, [e.id for e in ects], answer, ACTOR, service.ports)


def _mentors(service, *ects):
    with service.store.reading() as uow:
        return [[m.mentor for m in uow.ects.find(ect.id).mentorships] for ect in ects]


def test_everybody_who_needs_a_mentor_is_there_to_choose(service, joan):
    """But for those who have one, who left, or who are at another school."""
    one, two = _ect(service, 1), _ect(service, 2)
    _ect(service, 3, mentorships=(a_mentorship(joan),))
    _ect(service, 4, period=Period(A_YEAR_AGO, TODAY - DAY), trainings=())
    _ect(service, 5, school=OTHER_SCHOOL)
    found = choose_ects(joan.id, ACTOR, service.ports)

    assert (found.mentor.id, {ect.id for ect in found.ects}) == (joan.id, {one.id, two.id})


def test_a_mentor_is_not_offered_themself(service):
    """Not under a TRN that was merged either."""
    olga = service.has_mentor(a_mentor(teacher=Teacher(RETAINED_TRN, "Olga Latter")))
    _ect(service, 1, teacher=Teacher(OLD_TRN, "Olga Former"))
    service.do(lambda uow: uow.teachers.merge(OLD_TRN, RETAINED_TRN))

    assert choose_ects(olga.id, ACTOR, service.ports).ects == []


def test_nobody_chooses_for_a_mentor_who_has_left_or_is_not_theirs(service):
    """Another school's reads as an unknown one."""
    left = service.has_mentor(a_mentor(period=Period(A_YEAR_AGO, TODAY - DAY)))
    theirs = attrs.evolve(left, id=MentorId(uuid4()), school=OTHER_SCHOOL)
    service.has_mentor(theirs)
    chosen = [
        choose_ects(id, ACTOR, service.ports) for id in (left.id, theirs.id, MentorId(uuid4()))
    ]

    assert [each.rule.id for each in chosen] == [
        "no-day-in-common",
        "own-school-only",
        "own-school-only",
    ]
    assert chosen[1] == chosen[2]


def test_several_ects_of_schools_that_train_them_are_assigned_at_once(service, joan):
    """Nothing is asked."""
    ects = [_ect(service, number, a_school_led_ect) for number in (1, 2)]
    assigned = _assign(service, joan, ects)

    assert [each.ect.id for each in assigned] == [ect.id for ect in ects]
    assert _mentors(service, *ects) == [[joan.id]] * 2


def test_training_is_told_of_before_anybody_is_assigned(service, joan):
    """It begins with the first provider-led ECT, once."""
    ects = [_ect(service, 1, a_school_led_ect), _ect(service, 2), _ect(service, 3)]
    asked = _assign(service, joan, ects)
    before = _mentors(service, *ects)
    assigned = _assign(service, joan, ects, THE_SAME)

    assert isinstance(asked, Asked)
    assert (asked.case.ect.id, asked.fault, before) == (ects[1].id, None, [[]] * 3)
    assert [len(each.mentor.trainings) for each in assigned] == [0, 1, 1]
    assert assigned[-1].lead_provider == LEAD_PROVIDER


def _ask(service, mentor, ects, *, another_provider=False):
    ids = [ect.id for ect in ects]
    return ask_about_training(
        mentor.id, ids, ACTOR, service.ports, another_provider=another_provider
    )


def test_what_is_asked_is_known_before_anybody_is_assigned(service, joan):
    """What training means; or who sets it up, where another lead provider is to be named."""
    ects = [_ect(service, 2, a_school_led_ect), _ect(service, 1)]
    told, asked = (_ask(service, joan, ects, another_provider=each) for each in (False, True))

    assert [each.id for each in told.choice.ects] == [ect.id for ect in ects]
    assert told.outcome.case.ect.id == asked.outcome.case.ect.id == ects[1].id
    assert not told.outcome.case.asks_lead_provider
    assert asked.outcome.case.asks_lead_provider
    assert LEAD_PROVIDER in asked.outcome.case.year.lead_providers
    assert _mentors(service, *ects) == [[], []]


def test_nobody_is_asked_for_a_lead_provider_without_training(service, joan):
    """They are told so, whatever was asked for."""
    history = MentorTrainingHistory(joan.teacher.trn, early_roll_out=True)
    service.do(lambda uow: uow.mentors.save_training_history(history))
    ahead = _ask(service, joan, [_ect(service, 1)], another_provider=True)

    assert not ahead.outcome.case.asks_lead_provider


def test_nothing_is_asked_where_nothing_is_open(service, joan):
    """For school-led ECTs, or when somebody needs no mentor any more: the others are told."""
    led, taken = _ect(service, 1, a_school_led_ect), _ect(service, 2)
    _assign(service, joan, [taken], THE_SAME)
    asked = [_ask(service, joan, ects) for ects in ([led], [led, taken])]

    assert [each.outcome for each in asked] == [None, None]
    assert [[ect.id for ect in each.choice.ects] for each in asked] == [[led.id], [led.id]]


def test_a_refusal_is_known_before_anything_is_asked(service):
    """The same as when they are assigned."""
    leaver = service.has_mentor(a_mentor(period=Period(A_YEAR_AGO, TODAY + DAY)))
    late = _ect(service, 2, period=Period(TODAY + 2 * DAY), trainings=())
    ects = [_ect(service, 1), late]

    assert _ask(service, leaver, ects).outcome == _assign(service, leaver, ects)


def test_nothing_is_asked_for_a_mentor_who_is_not_theirs(service):
    """As an unknown one."""
    theirs = service.has_mentor(a_mentor(school=OTHER_SCHOOL))

    assert _ask(service, theirs, []).rule.id == "own-school-only"


def test_another_lead_provider_may_be_named(service, joan):
    """For the training that begins; those already assigned have none to begin."""
    ects = [_ect(service, 1), _ect(service, 2)]
    assigned = _assign(service, joan, ects, ANOTHER)

    assert [each.lead_provider for each in assigned] == [THIS_YEAR_ONLY] * 2


def test_a_lead_provider_that_is_not_on_offer_is_asked_for_again(service, joan):
    """And nobody is assigned."""
    ect = _ect(service, 1)
    asked = _assign(service, joan, [ect], TrainingAnswer(True, NO_LONGER))

    assert (asked.fault.rule.id, _mentors(service, ect)) == ("lead-provider-not-available", [[]])


def test_one_who_cannot_be_assigned_keeps_all_from_it(service, joan):
    """All of them or none."""
    free = _ect(service, 1, a_school_led_ect)
    other = service.has_mentor(
        a_mentor(teacher=Teacher(Trn("2000002"), "Kamal"), email=Email("kamal@example.org"))
    )
    taken = _ect(service, 2, a_school_led_ect, mentorships=(a_mentorship(other),))
    refused = _assign(service, joan, [free, taken])

    assert (refused.ect.id, refused.blocked.rule.id) == (taken.id, "one-mentor-at-a-time")
    assert _mentors(service, free, taken) == [[], [other.id]]


def test_a_refusal_is_found_before_anything_is_asked(service):
    """With no answer yet, and with one that will not do."""
    leaver = service.has_mentor(a_mentor(period=Period(A_YEAR_AGO, TODAY + DAY)))
    first = _ect(service, 1)
    late = _ect(service, 2, period=Period(TODAY + 2 * DAY), trainings=())
    answers = (None, THE_SAME, TrainingAnswer(True, NO_LONGER))
    refused = [_assign(service, leaver, [first, late], answer) for answer in answers]

    assert [each.ect.id for each in refused] == [late.id] * 3
    assert {each.blocked.rule.id for each in refused} == {"no-day-in-common"}


def test_an_ect_of_another_school_is_nobody(service, joan):
    """As an unknown one."""
    theirs = _ect(service, 1, school=OTHER_SCHOOL)
    refused = [_assign(service, joan, [each]) for each in (theirs, an_ect(id=EctId(uuid4())))]

    assert refused[0] == refused[1] == Refused(None, refused[0].blocked)
    assert refused[0].blocked.rule.id == "own-school-only"


def test_the_same_answer_sent_twice_assigns_once(service, joan):
    """A reload finds it done; the same ECT twice in one answer is one ECT."""
    ect = _ect(service, 1, a_school_led_ect)
    first, again = _assign(service, joan, [ect, ect]), _assign(service, joan, [ect])

    assert (len(first), again, _mentors(service, ect)) == (1, [], [[joan.id]])
