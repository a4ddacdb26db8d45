"""Registering a mentor from the mentors page: the first question is which ECT they will mentor."""

from __future__ import annotations

from uuid import uuid4

import pytest

from builders import a_mentor, a_mentorship, an_ect
from ect_registration.domain.values import Trn
from integration.web.mentoring import JOAN as JOANS_TRN
from integration.web.mentoring import Mentoring, somebody_else
from integration.web.registering import Registering
from integration.web.school import somebody
from unit.use_cases.mentoring import a_provider_led_ect
from unit.use_cases.town import CLOSED, OTHER_SCHOOL

ADDRESS = "/school/mentors/register"
KIT = somebody_else(2, "Kit Alder")


@pytest.fixture
def user():
    """At a school with an ECT who has a mentor and one who has none."""
    user = Mentoring.of(a_provider_led_ect(mentorships=(a_mentorship(KIT),)), None, KIT)
    user.service.has_ect(somebody(1, "Bram Okafor"))
    return user


def _ids(page):
    parts = page.html.split('name="ect"')[1:]
    return [part.partition('value="')[2].partition('"')[0] for part in parts]


def _bram(user):
    [bram] = user.service.ects_of(Trn("3000001"))
    return str(bram.id)


def test_the_mentors_page_leads_to_the_question(user):
    """Also where there is no mentor yet."""
    nobody = Mentoring.of()

    assert f'href="{ADDRESS}"' in user.get("/school/mentors").html
    assert f'href="{ADDRESS}"' in nobody.get("/school/mentors").html
    assert user.get(ADDRESS).back == "/school/mentors"


def test_those_without_a_mentor_come_first_and_a_hint_says_who_would_be_replaced(user):
    """Nothing is chosen yet."""
    page = user.get(ADDRESS)

    assert page.title.startswith("Which ECT will they mentor?")
    assert _ids(page) == [_bram(user), user.ect]
    assert "Bram Okafor TRN 3000001. Needs a mentor" in page.says
    assert "Asha Marlowe TRN 1000001. The new mentor will replace Kit Alder" in page.says
    assert "checked" not in page.html


def test_choosing_leads_to_the_journey_of_a_new_mentor(user):
    """For the ECT chosen, to the end."""
    bram = _bram(user)
    sent = user.post(ADDRESS, ect=bram)
    user.follow(sent)
    user.ect = bram
    found = user.get("find")
    checked = user.go_on()
    done = user.register()

    assert sent.answer.location.startswith(f"/school/ects/{bram}/register-mentor/")
    assert "Mentor for Bram Okafor" in found.says
    assert "instead of" not in found.says
    assert "ECT to mentor Bram Okafor" in checked.says
    assert "This completes the registration of this early career teacher (ECT)." in checked.says
    assert done.step == "done"
    assert "Joan Thackeray assigned to Bram Okafor" in user.get("done").says


def test_choosing_an_ect_who_has_a_mentor_leads_to_replacing_them(user):
    """Every page of it says so."""
    user.follow(user.post(ADDRESS, ect=user.ect))
    found = user.get("find")
    named = user.go_on(until="email")
    checked = user.go_on()
    user.register()

    assert "Mentor for Asha Marlowe instead of Kit Alder" in found.says
    assert (
        f"TRN\N{NO-BREAK SPACE}{JOANS_TRN}, as mentor for Asha Marlowe instead of Kit Alder"
        in named.says
    )
    assert "Mentor now Kit Alder until 9 September 2025" in checked.says
    assert "Days without a mentor None" in checked.says
    assert "assign them to Asha Marlowe instead of Kit Alder" in checked.says
    assert "completes the registration" not in checked.says  # it was complete before
    assert user.mentor_of_the_ect() == ["Joan Thackeray"]


@pytest.mark.parametrize("chosen", [{}, {"ect": ""}, {"ect": "x"}, {"ect": "\x00 "}])
def test_one_of_them_must_be_chosen(user, chosen):
    """The message leads to the first of them."""
    page = user.post(ADDRESS, chosen)

    assert (page.status, page.errors) == (422, {"ect": "Select an ECT"})
    assert page.title.startswith("Error: ")


def test_an_ect_of_another_school_is_not_found(user):
    """As one who does not exist."""
    theirs = user.service.has_ect(somebody(3, "Cleo Dale", school=OTHER_SCHOOL))

    assert [user.post(ADDRESS, ect=str(id)).status for id in (theirs.id, uuid4())] == [404, 404]


def test_who_has_completed_is_not_offered_and_refused(user):
    """The page says why, and leads back to the question."""
    done = user.service.has_ect(somebody(3, "Cleo Dale", completed=True))
    page = user.post(ADDRESS, ect=str(done.id))

    assert str(done.id) not in _ids(user.get(ADDRESS))
    assert (page.status, page.rule, page.back) == (200, "mentor-now-or-later", ADDRESS)


def test_a_school_without_ects_in_progress_is_told_what_to_do():
    """There is nobody to choose."""
    user = Mentoring.of(an_ect(completed=True), None, a_mentor())
    page = user.get(ADDRESS)

    assert page.title.startswith("You have no ECTs in progress")
    assert "Register the ECT first. You can then register their mentor." in page.says
    assert 'href="/school/register-ect"' in page.html
    posted = user.post(ADDRESS)  # from a page that was opened before
    assert (posted.status, posted.title, posted.errors) == (200, page.title, {})


def test_a_school_that_cannot_register_ects_is_not_told_to_register_one():
    """Neither on the page of its mentors nor on the question: it is told why not."""
    user = Registering.in_town(school=CLOSED)
    mentors, page = user.get("/school/mentors"), user.get(ADDRESS)

    assert "Your school has not registered any mentors." in mentors.says
    assert "When you register" not in mentors.says
    assert page.title.startswith("You have no ECTs in progress")
    assert "cannot register early career teachers (ECTs): it is closed." in page.says
    assert "Register the ECT first" not in page.says
    assert 'href="/school/register-ect"' not in page.html


def test_many_ects_have_pages_and_a_search():
    """What is searched for stays in the box, and with nothing found it says so."""
    user = Mentoring.of()
    for number in range(1, 22):
        user.service.has_ect(somebody(number, f"Teacher {number:02}"))
    first, second = user.get(ADDRESS), user.get(f"{ADDRESS}?page=2")
    found, nobody = user.get(f"{ADDRESS}?search=teacher+07"), user.get(f"{ADDRESS}?search=xyz")

    assert (len(_ids(first)), len(_ids(second))) == (20, 2)
    assert "Showing 1 to 20 of 22 ECTs." in first.says
    assert f'href="{ADDRESS}?page=2"' in first.html
    assert len(_ids(found)) == 1
    assert "1 ECT matches “teacher 07”. Clear the search" in found.says
    assert "No ECTs in progress match “xyz”." in nobody.says
    assert 'id="search"' in nobody.html
    assert user.post(f"{ADDRESS}?search=teacher+07").status == 422


def test_a_post_that_was_open_for_too_long_begins_nothing(user):
    """The question is shown again with what was chosen."""
    answer = user.client.post(ADDRESS, data={"csrf_token": "old", "ect": user.ect})

    assert answer.status_code == 400
    assert f'value="{user.ect}" checked' in answer.text
