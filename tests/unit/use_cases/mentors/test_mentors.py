from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs
import pytest

from builders import (
    LEAD_PROVIDER,
    MENTOR_TRN,
    TODAY,
    URN,
    a_mentor,
    a_mentorship,
    a_training,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.mentor import MentorTrainingHistory
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.rules.mentors.mentor_training import MentorTraining, NotFunded
from ect_registration.domain.search.mentor_search import MentorStatus
from ect_registration.domain.values import Trn
from ect_registration.use_cases.operating.load_mentor_training import load_mentor_training
from ect_registration.use_cases.school.mentors import list_mentors, summary_of_assigned
from ect_registration.use_cases.school.mentors_page import (
    every_mentor,
    mentor_in_detail,
    page_of_mentors,
)
from unit.use_cases.mentoring import a_provider_led_ect, assigns
from unit.use_cases.town import OLD_TRN, OTHER_SCHOOL, RETAINED_TRN, UNKNOWN_SCHOOL

DAY = timedelta(1)
A_YEAR_AGO, IN_OCTOBER = date(2024, 9, 1), date(2025, 10, 24)


def _mentor(service, number, name, **changes):
    mentor = a_mentor(
        teacher=Teacher(Trn(f"4{number:06}"), name), email=Email(f"mentor{number}@example.org")
    )
    return service.has_mentor(attrs.evolve(mentor, **changes))


@pytest.fixture
def joan(service):
    """A mentor of this school."""
    return service.has_mentor(a_mentor())


def test_everybody_who_ever_mentored_here_is_listed_by_name(service):
    """Those who left included; whoever trains those now is not this school's to know."""
    tilda = _mentor(service, 1, "Tilda Swan", trainings=(a_training(),))
    adam = _mentor(service, 2, "Adam Vale", period=Period(A_YEAR_AGO, TODAY - DAY))
    there = attrs.evolve(adam, id=MentorId(uuid4()), school=OTHER_SCHOOL, period=Period(TODAY))
    service.has_mentor(attrs.evolve(there, trainings=(a_training(period=Period(TODAY)),)))
    listed = list_mentors(URN, service.ports)

    assert [(m.id, m.name, m.training, m.lead_provider) for m in listed] == [
        (adam.id, "Adam Vale", MentorTraining.NONE, None),
        (tilda.id, "Tilda Swan", MentorTraining.EXPRESSION_OF_INTEREST, LEAD_PROVIDER),
    ]


def test_a_school_that_we_do_not_know_has_no_list(service):
    """It is a slip."""
    assert list_mentors(UNKNOWN_SCHOOL, service.ports).field == "school"


def test_an_assigned_mentor_reads_as_on_the_list(service, joan):
    """After the assignment."""
    assigned = assigns(service, service.has_ect(a_provider_led_ect()), joan)

    assert [summary_of_assigned(assigned)] == list_mentors(URN, service.ports)


FORMER, LATTER = Teacher(OLD_TRN, "Olga Former"), Teacher(RETAINED_TRN, "Olga Latter")


def _olga(service):
    """Here under the retained TRN, and at another school under the old one, with training."""
    olga = service.has_mentor(a_mentor(teacher=LATTER))
    before = a_mentor(school=OTHER_SCHOOL, teacher=FORMER, email=Email("former@example.org"))
    service.has_mentor(attrs.evolve(before, trainings=(a_training(),)))
    service.do(lambda uow: uow.teachers.merge(OLD_TRN, RETAINED_TRN))
    return olga


def test_training_under_a_merged_trn_is_the_persons(service):
    """At either school; on the page, in the list and after an assignment."""
    olga = _olga(service)
    outcome = assigns(service, service.has_ect(a_provider_led_ect()), olga)
    [here], [there] = (list_mentors(urn, service.ports) for urn in (URN, OTHER_SCHOOL))
    shown = [m.summary for m in page_of_mentors(URN, "", None, 1, service.ports).mentors]

    assert (here.lead_provider, there.lead_provider) == (LEAD_PROVIDER, LEAD_PROVIDER)
    assert [here] == shown == [summary_of_assigned(outcome)]
    assert here == mentor_in_detail(olga.id, URN, service.ports).summary


def test_training_changes_only_where_it_was_set_up(service):
    """The page of the other school says that it is not its own."""
    olga = _olga(service)
    with service.store.reading() as uow:
        [there] = uow.mentors.at_school(OTHER_SCHOOL)
    seen = [
        mentor_in_detail(olga.id, URN, service.ports),
        mentor_in_detail(there.id, OTHER_SCHOOL, service.ports),
    ]

    assert [(each.trains_here, each.is_trained_elsewhere) for each in seen] == [
        (False, True),
        (True, False),
    ]


@pytest.mark.parametrize("known", [OLD_TRN, RETAINED_TRN])
def test_earlier_training_counts_on_every_row_of_a_person(service, known):
    """With both of their TRNs on one page, whichever it is known under."""
    for teacher in (FORMER, LATTER):
        service.has_mentor(a_mentor(teacher=teacher, email=Email(f"{teacher.trn}@example.org")))
    service.do(lambda uow: uow.teachers.merge(OLD_TRN, RETAINED_TRN))
    history = MentorTrainingHistory(known, completed_on=A_YEAR_AGO)
    service.do(lambda uow: uow.mentors.save_training_history(history))

    assert [m.training for m in list_mentors(URN, service.ports)] == [
        MentorTraining.NOT_ELIGIBLE
    ] * 2


def test_the_page_of_mentors_shows_whom_each_mentors(service, joan):
    """Now and later, and not whom they mentored before."""
    now = service.has_ect(an_ect(mentorships=(a_mentorship(joan),)))
    before = a_mentorship(joan, period=Period(date(2025, 9, 1), TODAY - DAY))
    service.has_ect(
        an_ect(
            teacher=Teacher(Trn("3000001"), "Before"),
            email=Email("before@example.org"),
            mentorships=(before,),
        )
    )
    page = page_of_mentors(URN, "", None, 1, service.ports)

    assert ([m.summary.id for m in page.mentors], page.found, page.number, page.pages) == (
        [joan.id],
        1,
        1,
        1,
    )
    assert [each.ect for each in page.mentors[0].mentored] == [now.id]


def test_a_page_of_mentors_too_far_is_the_last_one(service):
    """Whatever number was typed."""
    for number in range(30):
        _mentor(service, number, f"Mentor {number:02}")
    first, last, too_far = (page_of_mentors(URN, "", None, n, service.ports) for n in (1, 2, 999))

    assert (first.pages, first.number, last.number, too_far) == (2, 1, 2, last)
    assert len(first.mentors) + len(last.mentors) == 30


def test_mentors_have_a_status_by_which_they_are_found(service, joan):
    """Mentoring now or later, without ECTs, or left; each is counted."""
    service.has_ect(an_ect(mentorships=(a_mentorship(joan),)))
    _mentor(service, 1, "Tilda Swan")
    left = Period(A_YEAR_AGO, TODAY - DAY)
    service.has_mentor(
        a_mentor(teacher=Teacher(Trn("4000090"), "Abe Gone"), email=None, period=left)
    )
    pages = {s: page_of_mentors(URN, "", s, 1, service.ports) for s in (None, *MentorStatus)}

    assert {
        status: [listed.summary.name for listed in page.mentors] for status, page in pages.items()
    } == {
        None: ["Joan Thackeray", "Tilda Swan", "Abe Gone"],
        MentorStatus.MENTORING: ["Joan Thackeray"],
        MentorStatus.NO_ECTS: ["Tilda Swan"],
        MentorStatus.LEFT: ["Abe Gone"],
    }
    assert {page.everybody for page in pages.values()} == {3}
    assert [listed.status for listed in every_mentor(URN, "", None, service.ports)] == [
        MentorStatus.MENTORING,
        MentorStatus.NO_ECTS,
        MentorStatus.LEFT,
    ]


def test_mentors_are_found_by_name_and_by_trn(service, joan):
    """Nobody else is."""
    _mentor(service, 1, "Tilda Swan")
    found = [
        page_of_mentors(URN, typed, None, 1, service.ports) for typed in ("tilda", "2000001", "x")
    ]

    assert [[m.summary.name for m in page.mentors] for page in found] == [
        ["Tilda Swan"],
        ["Joan Thackeray"],
        [],
    ]


def test_a_mentor_in_detail(service):
    """Trainings latest first, whom they mentor and mentored, and what happened."""
    first = a_training(period=Period(date(2025, 9, 1), TODAY - DAY))
    second, never = a_training(period=Period(TODAY)), a_training(withdrawn=True)
    joan = service.has_mentor(a_mentor(trainings=(first, second, never)))
    now = service.has_ect(
        an_ect(
            mentorships=(
                a_mentorship(joan, period=Period(TODAY)),
                a_mentorship(joan, period=Period(date(2025, 9, 1), date(2025, 9, 5))),
            )
        )
    )
    details = mentor_in_detail(joan.id, URN, service.ports)

    assert (details.trainings, details.not_funded, details.is_open) == (
        [second, first],
        None,
        True,
    )
    assert [[m.ect for m in them] for them in (details.mentored, details.mentored_before)] == [
        [now.id],
        [now.id],
    ]
    assert (details.summary.id, details.history) == (joan.id, [])
    assert details.status is MentorStatus.MENTORING


def test_a_mentor_in_detail_who_leaves_and_cannot_be_funded(service):
    """Open until the end of the last day."""
    service.has_mentor(a_mentor(period=Period(A_YEAR_AGO, TODAY)))
    known = MentorTrainingHistory(MENTOR_TRN, timed_out_on=A_YEAR_AGO)
    load_mentor_training([known], "operator", service.ports)
    [joan] = list_mentors(URN, service.ports)
    today = mentor_in_detail(joan.id, URN, service.ports)
    service.clock.wait(days=1)
    tomorrow = mentor_in_detail(joan.id, URN, service.ports)

    assert (today.not_funded, today.is_open, tomorrow.is_open) == (
        NotFunded.TIMED_OUT,
        True,
        False,
    )


def test_another_schools_mentor_in_detail_reads_as_an_unknown_one(service):
    """Down to the last word."""
    theirs = service.has_mentor(a_mentor(school=OTHER_SCHOOL))
    seen = [mentor_in_detail(id, URN, service.ports) for id in (theirs.id, MentorId(uuid4()))]

    assert seen[0] == seen[1]
    assert seen[0].rule.id == "own-school-only"
