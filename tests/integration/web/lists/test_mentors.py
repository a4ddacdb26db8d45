from __future__ import annotations

import csv
from datetime import date
from uuid import uuid4

import attrs
import pytest

from builders import (
    LEAD_PROVIDER,
    MENTOR_TRN,
    a_mentor,
    a_mentorship,
    a_teacher,
    a_training,
    school_led,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.mentor import MentorTrainingHistory
from ect_registration.domain.values import Trn
from ect_registration.ports.stored.holds import Hold
from integration.web.foundation import token_in
from integration.web.school import OTHER_URN, School, names_on, somebody, text_of
from unit.use_cases.town import THIS_YEAR_ONLY

IN_OCTOBER = date(2025, 10, 24)
NEXT_TERM = date(2026, 1, 5)


def _number(number, name="", **changes):
    mentor = a_mentor(
        teacher=a_teacher(trn=Trn(f"{4000000 + number}"), trs_name=name or f"Mentor {number:03}"),
        email=Email(f"mentor{number}@example.org"),
    )
    return attrs.evolve(mentor, **changes)


@pytest.fixture
def school() -> School:
    """What there is to choose from; nobody is registered."""
    return School.in_town()


@pytest.fixture
def joan(school):
    """A mentor whose training is still to come."""
    return school.has_mentor(a_mentor(trainings=()))


def _post(user, mentor, **answers):
    """With the token of the page, which stands beside signing out as well."""
    address = f"/school/mentors/{mentor.id}/assign"
    token = token_in(user.get(address).text)
    return user.post(address, data={"csrf_token": token, **answers})


def _assigning(school, mentor, *ects, **answers):
    return _post(school.user(), mentor, ect=[str(ect.id) for ect in ects], **answers)


def _mentors_of(school, ect):
    with school.ports.reading() as uow:
        return [each.mentor for each in uow.ects.find(ect.id).mentorships]


def _training_of(school, mentor):
    with school.ports.reading() as uow:
        return [each.lead_provider for each in uow.mentors.find(mentor.id).trainings]


def test_the_page_says_that_there_are_no_mentors(school):
    """And how one comes to be there."""
    page = school.user().get("/school/mentors").text

    assert "Your school has not registered any mentors yet" in text_of(page)


def test_mentors_stand_by_name_with_whom_they_mentor(school):
    """Those who have left come last; accents and capitals do not matter."""
    zoe, emile = _number(1, "Zoe Long"), _number(2, "émile Abbot")
    left = _number(3, "Abe Gone", period=Period(date(2024, 9, 1), date(2025, 7, 1)))
    for mentor in (zoe, emile, left):
        school.has_mentor(mentor)
    school.has(somebody(1, "Asha Marlowe", mentorships=(a_mentorship(zoe),)))
    page = school.user().get("/school/mentors").text

    assert names_on(page) == ["émile Abbot", "Zoe Long", "Abe Gone"]
    assert "ECTs: Asha Marlowe since 1 September 2025" in text_of(page)
    assert page.count("Assign ECTs") == 2
    assert "All (3) Mentoring (1) No ECTs (1) Left (1)" in text_of(page)


def test_mentors_are_narrowed_by_status_and_sent_as_a_file(school):
    """As the ECTs are; a search keeps the status."""
    zoe = _number(1, "Zoe Long")
    for mentor in (zoe, _number(2, "Emil Abbot")):
        school.has_mentor(mentor)
    school.has(somebody(1, "Asha Marlowe", mentorships=(a_mentorship(zoe),)))
    user = school.user()
    page = user.get("/school/mentors?status=mentoring").text
    nobody = user.get("/school/mentors?status=left").text
    file = user.get("/school/mentors.csv?status=mentoring")
    rows = list(csv.reader(file.get_data().decode("utf-8-sig").splitlines()))

    assert names_on(page) == ["Zoe Long"]
    assert '<input type="hidden" name="status" value="mentoring">' in page
    assert 'href="/school/mentors.csv?status=mentoring"' in page
    assert "You have no mentors with this status." in text_of(nobody)
    assert file.headers["Content-Disposition"].startswith("attachment; filename=mentors-")
    assert rows == [
        [
            "Name", "TRN", "Email address", "Status", "Start date", "Last day", "ECTs",
            "Mentor training", "Lead provider",
        ],
        [
            "Zoe Long", "4000001", "mentor1@example.org", "Mentoring", "2025-09-01", "",
            "Asha Marlowe since 1 September 2025", rows[1][7], rows[1][8],
        ],
    ]  # fmt: skip


def test_the_ects_page_leads_to_one_mentor_for_several(school):
    """As soon as two ECTs need one."""
    pages = []
    for number in (1, 2):
        school.has(somebody(number))
        pages.append(school.user().get("/school/ects").text)

    assert ["To assign the same mentor to several ECTs" in page for page in pages] == [False, True]


def test_mentors_are_twenty_a_page_and_can_be_searched(school):
    """A page too far is the last one."""
    for number in range(41):
        school.has_mentor(_number(number))
    user = school.user()
    names = [
        names_on(user.get(f"/school/mentors?{query}").text)
        for query in ("page=2", "page=99", "search=mentor+007", "search=4000011", "search=x")
    ]

    assert [len(names[0]), *names[1:]] == [20, ["Mentor 040"], ["Mentor 007"], ["Mentor 011"], []]


def test_a_mentor_has_a_page(school, joan):
    """Details, ECTs now and before, training and history."""
    before = a_mentorship(joan, period=Period(date(2025, 9, 1), date(2025, 9, 5)))
    coming = a_mentorship(joan, period=Period(NEXT_TERM))
    school.has(somebody(1, "Past Ect", mentorships=(before,)))
    school.has(somebody(2, "Next Ect", mentorships=(coming,)))
    page = text_of(school.user().get(f"/school/mentors/{joan.id}").text)

    assert "Joan Thackeray Mentoring Details" in page
    assert "Next Ect from 5 January 2026" in page
    assert "Mentored before Past Ect from 1 September 2025 to 5 September 2025" in page
    assert "Mentor training Status Not set up" in page


def test_the_page_says_why_somebody_gets_no_funded_training(school, joan):
    """In words."""
    with school.ports.unit_of_work() as uow:
        uow.hold([Hold.EVERYTHING])
        uow.mentors.save_training_history(MentorTrainingHistory(MENTOR_TRN, early_roll_out=True))
        uow.commit()
    page = text_of(school.user().get(f"/school/mentors/{joan.id}").text)

    assert "Reason They took part in the early roll-out of mentor training" in page


def test_training_of_a_mentor_is_told(school):
    """With whom, and in which academic year."""
    mentor = school.has_mentor(a_mentor(trainings=(a_training(delivery_partner=None),)))
    page = text_of(school.user().get(f"/school/mentors/{mentor.id}").text)

    assert (
        f"{LEAD_PROVIDER}, delivery partner not confirmed yet, academic year 2025 to 2026" in page
    )


def test_training_that_ended_has_both_days(school):
    """A training that is over has its last day on the page of a mentor, as on an ECT's."""
    ended = Period(date(2025, 9, 1), date(2025, 9, 5))
    mentor = school.has_mentor(
        a_mentor(trainings=(a_training(period=ended), a_training(period=Period(date(2025, 9, 6)))))
    )
    said = text_of(school.user().get(f"/school/mentors/{mentor.id}").text)

    assert "Training from 1 September 2025 to 5 September 2025" in said
    assert f"Training from 6 September 2025 {LEAD_PROVIDER}" in said


def test_training_through_another_school_cannot_be_changed_here(school):
    """No link leads to it, and the other school is not named."""
    here = school.has_mentor(a_mentor(trainings=()))
    elsewhere = school.has_mentor(
        a_mentor(school=OTHER_URN, email=None, trainings=(a_training(),))
    )
    page = school.user().get(f"/school/mentors/{here.id}").text
    theirs = school.user(urn=OTHER_URN).get(f"/school/mentors/{elsewhere.id}").text

    assert f"Lead provider {LEAD_PROVIDER} (set up through another school)" in text_of(page)
    assert "change/lead-provider" not in page
    assert "Fenwick" not in page
    assert "change/lead-provider" in theirs
    assert "another school" not in theirs


def test_the_page_of_an_earlier_period_has_no_link_to_training_of_the_present_one(school):
    """The training is this school's, all the same."""
    before = a_mentor(email=None, period=Period(date(2024, 9, 1), date(2025, 7, 18)), trainings=())
    school.has_mentor(before)
    school.has_mentor(a_mentor(trainings=(a_training(),)))
    page = school.user().get(f"/school/mentors/{before.id}").text

    assert f"Lead provider {LEAD_PROVIDER}" in text_of(page)
    assert ("change/lead-provider" in page, "another school" in page) == (False, False)


@pytest.mark.parametrize("path", ["", "/assign"])
def test_another_schools_mentor_is_not_found(school, path):
    """As somebody unknown, everywhere."""
    theirs = school.has_mentor(a_mentor(school=OTHER_URN, trainings=()))
    user = school.user()
    statuses = [user.get(f"/school/mentors/{id}{path}").status_code for id in (theirs.id, uuid4())]

    assert statuses == [404, 404]


def test_several_ects_are_given_one_mentor_in_one_go(school, joan):
    """School-led ECTs need nothing told; the page of the mentor says what was done."""
    led = somebody(1).registration
    ects = [
        somebody(number, registration=attrs.evolve(led, choices=school_led()), trainings=())
        for number in (1, 2, 3)
    ]
    school.has(*ects)
    user = school.user()
    answer = _post(user, joan, ect=[str(ects[0].id), str(ects[1].id)])

    assert (answer.status_code, answer.location) == (303, f"/school/mentors/{joan.id}")
    assert [_mentors_of(school, ect) for ect in ects] == [[joan.id], [joan.id], []]
    assert "You have assigned this mentor to 2 ECTs." in text_of(user.get(answer.location).text)


def test_the_first_provider_led_ect_tells_about_funded_training_first(school, joan):
    """Nobody is assigned before; then training is set up once, with the ECT's lead provider."""
    ects = [somebody(1), somebody(2)]
    school.has(*ects)
    asked = _assigning(school, joan, *ects)
    told = school.user().get(asked.location)

    assert (asked.status_code, _mentors_of(school, ects[0])) == (303, [])
    assert f"We will pass the mentor’s details on to {LEAD_PROVIDER}" in text_of(told.text)

    done = _assigning(school, joan, *ects, training="told")

    assert (done.status_code, _training_of(school, joan)) == (303, [LEAD_PROVIDER])
    assert [_mentors_of(school, ect) for ect in ects] == [[joan.id], [joan.id]]


def test_another_lead_provider_can_be_named(school, joan):
    """One that works in the mentor's training year."""
    ect = somebody(1)
    school.has(ect)
    asked = _assigning(school, joan, ect, another_provider="yes")
    nothing = _assigning(school, joan, ect, another_provider="yes", lead_provider_asked="yes")
    asking = {"another_provider": "yes", "lead_provider_asked": "yes"}
    unknown = _assigning(school, joan, ect, **asking, lead_provider="Nobody we know")
    named = _assigning(school, joan, ect, **asking, lead_provider=THIS_YEAR_ONLY)

    assert (asked.status_code, nothing.status_code, named.status_code) == (303, 422, 303)
    assert "Error: " in nothing.text
    assert "Select a lead provider from the list" not in text_of(nothing.text)
    assert "Select a lead provider from the list" in text_of(unknown.text)
    assert _training_of(school, joan) == [THIS_YEAR_ONLY]


def test_no_funded_training_is_said_plainly(school, joan):
    """They can still mentor."""
    ect = somebody(1)
    school.has(ect)
    history = MentorTrainingHistory(MENTOR_TRN, completed_on=date(2023, 7, 14))
    with school.ports.unit_of_work() as uow:
        uow.hold([Hold.EVERYTHING])
        uow.mentors.save_training_history(history)
        uow.commit()
    told = school.user().get(_assigning(school, joan, ect).location)
    done = _assigning(school, joan, ect, training="told")

    assert "cannot get funded mentor training" in (said := text_of(told.text))
    assert "Our records say that they have completed mentor training before" in said
    assert (done.status_code, _training_of(school, joan)) == (303, [])


def test_nothing_chosen_is_an_error(school, joan):
    """At the checkboxes; what is no id at all was never offered."""
    school.has(somebody(1))
    ect = str(somebody(1).id)
    for data in ({}, {"ect": "rubbish"}, {"ect": ""}, {"ect": [ect, "rubbish"]}):
        answer = _post(school.user(), joan, **data)

        assert answer.status_code == 422
        assert "Select at least one ECT" in answer.text


def test_an_ect_of_another_school_is_not_found(school, joan):
    """And nobody is assigned."""
    ours, theirs = somebody(1), somebody(2, school=OTHER_URN)
    school.has(ours, theirs)
    answer = _assigning(school, joan, ours, theirs, training="told")

    assert (answer.status_code, _mentors_of(school, ours)) == (404, [])


def test_one_refusal_assigns_nobody(school, joan):
    """The page names the ECT and the rule."""
    other = school.has_mentor(_number(1))
    free, taken = somebody(1), somebody(2, "Tara Taken", mentorships=(a_mentorship(other),))
    school.has(free, taken)
    page = _assigning(school, joan, free, taken, training="told")

    assert 'data-rule="one-mentor-at-a-time"' in page.text
    assert "cannot be assigned to Tara Taken" in text_of(page.text)
    assert _mentors_of(school, free) == []


def test_the_same_answer_sent_again_assigns_once(school, joan):
    """A double click leads where the first one did."""
    ect = somebody(1)
    school.has(ect)
    answers = [_assigning(school, joan, ect, training="told").status_code for _ in range(2)]

    assert (answers, _mentors_of(school, ect)) == ([303, 303], [joan.id])


def test_nobody_is_offered_themself(school):
    """A mentor may be an ECT here as well."""
    ect = somebody(1)
    mentor = school.has_mentor(a_mentor(teacher=ect.teacher, email=ect.email, trainings=()))
    school.has(ect)
    page = school.user().get(f"/school/mentors/{mentor.id}/assign").text

    assert "All your ECTs have a mentor" in text_of(page)


def test_somebody_who_has_left_mentors_nobody_any_more(school):
    """The page says so, with the rule and the day."""
    left = school.has_mentor(
        a_mentor(period=Period(date(2024, 9, 1), date(2025, 7, 1)), trainings=())
    )
    page = school.user().get(f"/school/mentors/{left.id}/assign")

    assert (page.status_code, 'data-rule="no-day-in-common"' in page.text) == (200, True)
    assert "This mentor’s last day at your school was 1 July 2025" in (said := text_of(page.text))
    assert "The mentor has left your school" in said


def test_a_mentor_about_to_leave_is_assigned_until_then(school):
    """The mentorship ends with their last day."""
    leaver = school.has_mentor(a_mentor(period=Period(date(2024, 9, 1), IN_OCTOBER), trainings=()))
    ect = somebody(1)
    school.has(ect)
    _assigning(school, leaver, ect, training="told")
    page = text_of(school.user().get(f"/school/mentors/{leaver.id}").text)

    assert "from 10 September 2025 to 24 October 2025" in page


def test_a_mentor_brought_in_without_an_address(school):
    """The page says that it is not known."""
    mentor = school.has_mentor(_number(1, email=None))
    said = text_of(school.user().get(f"/school/mentors/{mentor.id}").text)

    assert "Email address Not known" in said
