"""Undoing registrations, removing mentors, and telling the school that a transfer concerns."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    LEAD_PROVIDER,
    NOW,
    TODAY,
    URN,
    a_mentor,
    a_mentorship,
    a_partnership,
    a_registration,
    a_training,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import Trn
from ect_registration.use_cases.notifying.announcing import announce_end
from ect_registration.use_cases.operating.partnerships import report_partnership
from integration.web.changes.test_leaving import _confirm, _post
from integration.web.registering import Registering, a_date
from integration.web.school import OTHER_URN, School, names_on, somebody, text_of
from unit.use_cases.town import OTHER_SCHOOL


@pytest.fixture
def school() -> School:
    """Nobody is registered yet."""
    return School.of()


@pytest.fixture
def joan(school):
    """A mentor who has been here for a while."""
    return school.has_mentor(a_mentor())


@pytest.fixture
def asha(school, joan):
    """An ECT whom a school has registered a while ago, with a mentor."""
    ect = somebody(1, "Asha Marlowe", mentorships=(a_mentorship(joan),))
    school.has(ect)
    return ect


def test_a_registration_by_mistake_can_be_undone(school, asha):
    """After a check page; it is in no list any more, and its page can be read."""
    user, page = school.user(), f"/school/ects/{asha.id}"
    before = user.get(page).text
    said, done = _confirm(user, _post(user, f"{page}/undo"))
    listed, after = user.get(done.location).text, user.get(page)

    assert f'href="{page}/undo"' in before
    assert "The registration of Asha Marlowe at your school will be undone" in said
    assert "Joan Thackeray will not mentor Asha Marlowe" in said
    assert "We will email Asha Marlowe to say that they are no longer registered" in said
    assert "We will tell" not in said  # they came from no other school
    assert (done.status_code, done.location) == (303, "/school/ects")
    assert "You have undone the registration." in text_of(listed)
    assert names_on(listed) == []
    assert (after.status_code, f'href="{page}/' in after.text) == (200, False)
    assert text_of(after.text).startswith("Asha Marlowe Undone")
    assert "Mentor None, because this registration was undone." in text_of(after.text)


def test_a_mentor_registered_by_mistake_can_be_undone(school):
    """Whoever they mentored needs a mentor again."""
    joan = school.has_mentor(attrs.evolve(a_mentor(), registered_at=NOW))
    ect = somebody(1, "Asha Marlowe", mentorships=(a_mentorship(joan),))
    school.has(ect)
    user, page = school.user(), f"/school/mentors/{joan.id}"
    said, done = _confirm(user, _post(user, f"{page}/undo"))

    assert "The registration of Joan Thackeray at your school will be undone" in said
    assert "Asha Marlowe needs a mentor from 10 September 2025" in said
    assert done.location == "/school/mentors"
    assert names_on(user.get(done.location).text) == []


def test_the_check_page_of_undoing_says_which_lead_provider_is_told():
    """One that has confirmed the training, of an ECT and of a mentor."""
    school = School.in_town()
    report_partnership(a_partnership(), "operator", school.ports)
    confirmed, theirs, waiting = (
        (a_training(id=uuid4(), delivery_partner=partner),)
        for partner in (DELIVERY_PARTNER, DELIVERY_PARTNER, None)
    )
    joan = school.has_mentor(attrs.evolve(a_mentor(trainings=theirs), registered_at=NOW))
    asha = somebody(1, "Asha", trainings=confirmed)
    bram = somebody(2, "Bram", trainings=waiting)
    school.has(asha, bram)
    user = school.user()
    said = {}
    for folder, person in (("ects", asha), ("ects", bram), ("mentors", joan)):
        checked = _post(user, f"/school/{folder}/{person.id}/undo").location
        said[person.teacher.name] = text_of(user.get(checked).text)
    tells = f"We will tell {LEAD_PROVIDER} that they no longer train"

    assert f"{tells} Asha." in said["Asha"]
    assert f"{tells} Joan Thackeray." in said["Joan Thackeray"]
    assert tells not in said["Bram"]


def test_a_registration_of_long_ago_cannot_be_undone(school):
    """The page does not offer it, and its address says what to do instead."""
    old = somebody(
        2,
        period=Period(date(2024, 9, 2)),
        registration=a_registration(registered_at=NOW - timedelta(days=300)),
    )
    school.has(old)
    user, page = school.user(), f"/school/ects/{old.id}"
    answer = _post(user, f"{page}/undo")

    assert "/undo" not in user.get(page).text
    assert 'data-rule="registered-by-mistake"' in answer.text
    assert "Report that they are leaving instead" in text_of(answer.text)


def test_a_mentor_can_be_removed_without_another(school, asha):
    """From today or a day to come; the ECT then needs a mentor."""
    user, page = school.user(), f"/school/ects/{asha.id}"
    asked = user.get(f"{page}/mentor/remove").text
    answer = _post(user, f"{page}/mentor/remove", **a_date("last_day", 24, 10, 2025))
    said, done = _confirm(user, answer)

    assert 'value="10"' in asked
    assert "Joan Thackeray will stop mentoring Asha Marlowe on 24 October 2025" in said
    assert "Asha Marlowe needs a mentor from 25 October 2025" in said
    assert done.location == page
    assert "No mentor from 25 October 2025" in text_of(user.get(page).text)


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY + timedelta(days=200)])
def test_a_mentor_is_not_removed_in_the_past_or_too_far_ahead(school, asha, day):
    """The error names the days that would do."""
    address = f"/school/ects/{asha.id}/mentor/remove"
    answer = _post(school.user(), address, **a_date("last_day", day.day, day.month, day.year))

    assert answer.status_code == 422
    assert 'href="#last_day-day"' in answer.text


def test_an_ect_without_a_mentor_has_none_to_remove(school):
    """The address says that nothing changes."""
    ect = somebody(3)
    school.has(ect)
    user = school.user()
    answer = _post(user, f"/school/ects/{ect.id}/mentor/remove", **a_date("last_day", 10, 9, 2025))

    assert "Remove mentor" not in user.get(f"/school/ects/{ect.id}").text
    assert answer.location == f"/school/ects/{ect.id}"


def _from_elsewhere(school):
    """An ECT and a mentor who begin here in October, which ends what they did elsewhere."""
    nia = a_mentor(school=OTHER_URN, teacher=Teacher(Trn("2000009"), "Nia Vale"), email=None)
    cleo = somebody(2, "Cleo Quill", school=OTHER_URN, mentorships=(a_mentorship(nia),))
    joan = a_mentor(school=OTHER_URN, email=None)
    dana = somebody(3, "Dana Holt", school=OTHER_URN, mentorships=(a_mentorship(joan),))
    begins = {"id": uuid4(), "school": URN, "period": Period(date(2025, 10, 24))}
    ect = attrs.evolve(cleo, mentorships=(), **begins)
    mentor = attrs.evolve(joan, registered_at=NOW, **begins | {"id": uuid4()})
    ends = [End(Cause.TRANSFER, id, date(2025, 10, 23), TODAY) for id in (ect.id, mentor.id)]
    for each in (nia, joan.ended(ends[1]), mentor):
        school.has_mentor(each)
    school.has(cleo.ended(ends[0]), dana.mentor_ended(joan, ends[1]), ect)
    return ect, mentor


@pytest.mark.parametrize("page", ["undo", "change/start-date"])
def test_a_check_page_names_nobody_of_the_other_school(page):
    """Not who mentored the ECT there, nor whom the mentor mentored."""
    school = School.of()
    ect, mentor = _from_elsewhere(school)
    user = school.user()
    for address in (f"/school/ects/{ect.id}/{page}", f"/school/mentors/{mentor.id}/{page}"):
        fields = {} if page == "undo" else a_date("start_date", 3, 11, 2025)
        said = user.get(_post(user, address, **fields).location).text
        assert "Mentoring at their other school will" in text_of(said)
        assert [name for name in ("Nia Vale", "Dana Holt") if name in said] == []
        told = "We will tell their other school that you have undone the registration"
        assert (told in text_of(said)) is (page == "undo")


def test_the_school_that_an_ect_leaves_by_a_transfer_is_told_until_it_has_read_that():
    """With the name and the last day, and not the new school; another school marks nothing."""
    here = Registering.in_town()
    here.service.has_ect(an_ect(school=OTHER_SCHOOL, email=None, period=Period(date(2024, 9, 2))))
    here.go_on(registered_before={})
    here.register()
    there = Registering.at(here.service, "somebody-there", OTHER_SCHOOL)
    before = there.get("/school/ects")
    address = re.search(r'action="([^"]+/read)"', before.html)[1]
    wrong = here.post(address)
    still = there.get("/school/ects").says
    read = there.post(address)

    assert "Asha Marlowe has been registered by another school" in before.says
    assert "Their last day at your school is 31 August 2025" in before.says
    assert (wrong.status, read.status) == (303, 303)
    assert "has been registered by another school" in still
    assert "has been registered by another school" not in there.get("/school/ects").says


@pytest.mark.parametrize(
    ("corrected", "says"),
    [
        (
            None,
            "is registered as an ECT at your school again, because another school undid its",
        ),
        (
            30,
            "which has undone that registration. Their last day at your school is 30 September",
        ),
    ],
)
def test_only_the_undoing_stands_once_a_transfer_was_undone(school, corrected, says):
    """With the last day as the record has it now, which the school may have corrected."""
    here = somebody(1, "Asha Marlowe", email=None)
    there = attrs.evolve(
        here, id=uuid4(), school=OTHER_URN, period=Period(date(2025, 10, 24)), mentorships=()
    )
    transferred = here.ended(End(Cause.TRANSFER, there.id, date(2025, 10, 23), TODAY))
    school.has(transferred, there)
    with school.ports.unit_of_work() as uow:
        announce_end(transferred, school.ports.clock.stamp(), uuid4, uow)
        uow.commit()
    user, colleague = school.user(), school.user(urn=OTHER_URN)
    address = f"/school/ects/{there.id}"
    _confirm(
        colleague,
        _post(colleague, f"{address}/change/start-date", **a_date("start_date", 3, 11, 2025)),
    )
    moved = text_of(user.get("/school/ects").text)
    if corrected is not None:
        page = f"/school/ects/{here.id}/leaving"
        _confirm(user, _post(user, page, **a_date("last_day", corrected, 9, 2025)))
    _confirm(colleague, _post(colleague, f"{address}/undo"))
    undone = text_of(user.get("/school/ects").text)

    assert "Their last day at your school is 2 November 2025" in moved
    assert says in undone
    assert "has been registered by another school" not in undone
