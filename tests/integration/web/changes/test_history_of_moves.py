"""What the history of a record says when it moves along with a change of somebody else's."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs
import pytest

from builders import LEAD_PROVIDER, NOW, TODAY, URN, a_mentor, a_mentorship
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.sessions import Person
from ect_registration.use_cases.gias.moving import move_school
from integration.web.changes.test_leaving import _confirm, _post
from integration.web.foundation import sign_in
from integration.web.one_app import client_on
from integration.web.registering import a_date
from integration.web.school import OTHER_URN, School, somebody, text_of
from unit.use_cases.mentoring import a_school_led_ect

OCTOBER, NOVEMBER = date(2025, 10, 24), date(2025, 11, 3)


@pytest.fixture
def school():
    """Nobody is registered yet."""
    return School.of()


def _colleague(school, name, urn):
    client = client_on(school.ports)
    sign_in(client, school.ports, Person(name.lower(), name), urn)
    return client


def _history(school, page, urn=URN):
    return text_of(school.user(urn=urn).get(page).text).partition("History")[2]


@pytest.mark.parametrize(
    ("last_day", "first_day", "says"),
    [
        (
            None,
            8,
            "Joan Thackeray mentors from 8 September 2025, because a start date was corrected",
        ),
        (
            date(2025, 9, 30),
            8,
            "Joan Thackeray mentors from 8 September 2025 until 30 September 2025, because",
        ),
        (
            date(2025, 9, 5),
            8,
            "Joan Thackeray will no longer become the mentor, because a start date",
        ),
    ],
)
def test_an_ects_history_says_what_their_mentors_start_date_did(school, last_day, first_day, says):
    """Which days moved, if any are left."""
    joan = school.has_mentor(a_mentor())
    mentorship = a_mentorship(joan, period=Period(joan.period.started_on, last_day))
    ect = somebody(1, "Asha Marlowe", mentorships=(mentorship,))
    school.has(ect)
    user, page = school.user(), f"/school/mentors/{joan.id}/change/start-date"
    _confirm(user, _post(user, page, **a_date("start_date", first_day, 9, 2025)))

    assert says in _history(school, f"/school/ects/{ect.id}")


def _transferred(school, which):
    """Asha and her mentor Joan, one of whom begins elsewhere in October."""
    joan = a_mentor(email=None)
    asha = somebody(1, "Asha Marlowe", mentorships=(a_mentorship(joan),), email=None)
    begins = {"school": OTHER_URN, "period": Period(OCTOBER)}
    there = attrs.evolve(asha, mentorships=(), id=uuid4(), **begins)
    joan_there = attrs.evolve(joan, registered_at=NOW, id=MentorId(uuid4()), **begins)
    if which == "ects":
        school.has_mentor(joan)
        school.has(asha.ended(_transfer(there)), there)
        return asha, there
    for each in (joan.ended(_transfer(joan_there)), joan_there):
        school.has_mentor(each)
    school.has(asha.mentor_ended(joan, _transfer(joan_there)))
    return asha, joan_there


def _transfer(row):
    return End(Cause.TRANSFER, row.id, date(2025, 10, 23), TODAY)


@pytest.mark.parametrize("which", ["ects", "mentors"])
@pytest.mark.parametrize("act", ["change/start-date", "undo"])
def test_nobody_of_another_school_is_named(school, which, act):
    """Whoever corrects or undoes there what had ended a record here, or a mentorship with it."""
    asha, there = _transferred(school, which)
    user, page = _colleague(school, "Wilhelmina", OTHER_URN), f"/school/{which}/{there.id}"
    fields = {} if act == "undo" else a_date("start_date", 3, 11, 2025)
    _confirm(user, _post(user, f"{page}/{act}", **fields))
    said = _history(school, f"/school/ects/{asha.id}")

    assert "A user at another school" in said
    assert "Wilhelmina" not in said
    assert "Wilhelmina" in _history(school, page, OTHER_URN)


def test_a_mentorship_that_goes_on_for_longer_is_told_with_its_last_day(school):
    """The mentor begins elsewhere later than was said first."""
    asha, joan_there = _transferred(school, "mentors")
    user, page = school.user(urn=OTHER_URN), f"/school/mentors/{joan_there.id}/change/start-date"
    _confirm(user, _post(user, page, **a_date("start_date", 20, 10, 2025)))

    assert (
        "Joan Thackeray continues as mentor until 19 October 2025, because a start date"
        in _history(school, f"/school/ects/{asha.id}")
    )


@pytest.mark.parametrize("which", ["ects", "mentors"])
def test_a_school_that_corrected_the_last_day_reads_that_the_transfer_was_undone(school, which):
    """In the history of the record: its last day is as the school said."""
    asha, there = _transferred(school, which)
    page = f"/school/ects/{asha.id}" if which == "ects" else _page_of_joan(school)
    user = school.user()
    _confirm(user, _post(user, f"{page}/leaving", **a_date("last_day", 30, 9, 2025)))
    colleague = _colleague(school, "Wilhelmina", OTHER_URN)
    _confirm(colleague, _post(colleague, f"/school/{which}/{there.id}/undo"))

    assert (
        "The registration at another school was undone. Their last day at your school is still "
        "30 September 2025"
    ) in _history(school, page)


def _page_of_joan(school):
    with school.ports.reading() as uow:
        [joan] = uow.mentors.at_school(URN)
    return f"/school/mentors/{joan.id}"


def test_a_corrected_start_date_of_an_ect_tells_what_becomes_of_the_mentorship(school):
    """It moves along, or no day of it is left."""
    joan = school.has_mentor(a_mentor())
    over = a_mentorship(joan, period=Period(joan.period.started_on, date(2025, 9, 5)))
    asha = somebody(1, "Asha Marlowe", mentorships=(a_mentorship(joan),))
    bram = somebody(2, "Bram Okafor", mentorships=(over,))
    school.has(asha, bram)
    user = school.user()
    for ect in (asha, bram):
        answer = _post(
            user, f"/school/ects/{ect.id}/change/start-date", **a_date("start_date", 8, 9, 2025)
        )
        _confirm(user, answer)

    assert (
        "Joan Thackeray mentors from 8 September 2025, because a start date was corrected"
        in _history(school, f"/school/ects/{asha.id}")
    )
    assert (
        "Joan Thackeray will no longer become the mentor, because a start date was corrected"
        in _history(school, f"/school/ects/{bram.id}")
    )


def test_a_mentors_history_tells_of_training_that_an_ect_set_up_and_took_away():
    """When the ECT's programme changes, and when their registration is undone."""
    school = School.in_town()
    joan = school.has_mentor(a_mentor())
    asha = attrs.evolve(a_school_led_ect(mentorships=(a_mentorship(joan),)), email=None)
    school.has(asha)
    user, page = school.user(), f"/school/ects/{asha.id}"
    asked = _post(user, f"{page}/change/programme", programme="provider_led")
    _confirm(user, _post(user, asked.location, lead_provider=LEAD_PROVIDER))
    set_up = _history(school, f"/school/mentors/{joan.id}")
    _confirm(user, _post(user, f"{page}/undo"))

    assert (
        f"Mentor training with {LEAD_PROVIDER} set up from 10 September 2025, because the "
        "training programme of Asha Marlowe changed to provider-led"
    ) in set_up
    assert (
        f"Mentor training with {LEAD_PROVIDER} cancelled, because the registration of Asha "
        "Marlowe was undone"
    ) in _history(school, f"/school/mentors/{joan.id}")


@pytest.mark.parametrize(("left_on", "until"), [(None, ""), (NOVEMBER, ", until 3 November 2025")])
def test_the_history_of_a_mentor_says_that_two_records_became_one(school, left_on, until):
    """The record that is kept says until when; the other one and the ECT say what became of it."""
    joan = school.has_mentor(a_mentor(period=Period(TODAY, left_on)))
    mentorship = a_mentorship(joan, period=joan.period)
    begun = Period(date(2025, 3, 1), OCTOBER)
    kept = attrs.evolve(joan, id=MentorId(uuid4()), school=OTHER_URN, period=begun, email=None)
    school.has_mentor(kept)
    ect = somebody(1, "Asha Marlowe", mentorships=(mentorship,))
    school.has(ect)
    move_school(URN, OTHER_URN, "operator", school.ports)
    of_kept, of_other, of_ect = (
        _history(school, page, OTHER_URN)
        for page in (
            f"/school/mentors/{kept.id}",
            f"/school/mentors/{joan.id}",
            f"/school/ects/{ect.id}",
        )
    )

    assert f"They mentored at two schools that are one now, and continue here{until}" in of_kept
    assert (
        "They mentored at two schools that are one now, so this record became part of another"
        in of_other
    )
    assert (
        "Joan Thackeray continues as mentor: their records at two schools have become one"
        in of_ect
    )


def test_the_history_of_a_mentor_says_that_their_email_is_in_use(school):
    """A period that comes back when two schools become one does not take it from anybody."""
    address = Email("joan@example.org")
    joan = school.has_mentor(a_mentor(email=None))
    over = Period(date(2025, 3, 1), TODAY - timedelta(1))
    kept = attrs.evolve(joan, id=MentorId(uuid4()), school=OTHER_URN, period=over, email=address)
    school.has_mentor(kept)
    school.has(somebody(1, "Asha Marlowe", email=address))
    move_school(URN, OTHER_URN, "operator", school.ports)

    lost = "Their email was removed, because another person was using it"
    assert f"and continue here. {lost}" in _history(
        school, f"/school/mentors/{kept.id}", OTHER_URN
    )
