from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from builders import ECT_TRN, NOW, TODAY, a_draft, a_journey, a_search, a_teacher_record
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.people.teacher import NoMatch
from entrypoints.text.dates_in_words import long_date
from integration.web.foundation import token_in
from integration.web.school import OTHER_URN, School, somebody


@pytest.fixture
def school() -> School:
    """Nobody is registered yet."""
    return School.of()


LIST = "/school/ects/unfinished"


def _page(school, **user):
    return school.user(**user).get(LIST).text


def _begun(at, **changes):
    journey = a_journey(used_at=at.ports.clock.now() - timedelta(minutes=5))
    journey = attrs.evolve(journey, **{"draft": a_draft(), **changes})
    with at.ports.unit_of_work() as uow:
        uow.journeys.add(journey)
        uow.commit()
    return journey


def _post_discard(school, journey, **user):
    client = school.user(**user)
    token = token_in(client.get(LIST).text)
    address = f"/school/ects/unfinished/{journey.id}/discard"
    return client, client.post(address, data={"csrf_token": token})


def test_an_unfinished_registration_can_be_taken_up_again(school):
    """Its teacher is named, and the link goes on where it was left."""
    journey = _begun(school)
    page = _page(school)

    assert f"Asha Marlowe (TRN {ECT_TRN})" in page
    assert f'href="/school/register-ect/{journey.id}"' in page


def test_when_it_was_last_used_is_on_the_date_of_the_pages(school):
    """The clock of this test has another day than its hours, as a demo's."""
    now = school.ports.clock.now()
    _begun(school, used_at=now)

    assert now.date() != TODAY
    assert f"Last used on {long_date(TODAY)} at " in _page(school)


def test_the_ects_page_has_one_line_for_all_of_them(school):
    """It leads to the list, and is gone with the last of them."""
    journey = _begun(school)
    before = school.user().get("/school/ects").text
    _post_discard(school, journey)
    after = school.user().get("/school/ects").text

    assert f'href="{LIST}">Continue or discard 1 unfinished registration</a>' in before
    assert "unfinished registration" not in after
    assert "You have no unfinished registrations" in _page(school)


def test_discarding_is_asked_about_once(school):
    """The page names the teacher, and the way back keeps the registration."""
    journey = _begun(school)
    asked = school.user().get(f"{LIST}/{journey.id}/discard").text

    assert "Are you sure you want to discard this registration?" in asked
    assert f"Asha Marlowe (TRN {ECT_TRN})" in asked
    assert str(journey.id) in _page(school)


def test_nothing_is_asked_about_a_registration_of_nobody_yet(school):
    """The address leads to the list."""
    journey = _begun(school, draft=EctDraft())
    answer = school.user().get(f"{LIST}/{journey.id}/discard")

    assert (answer.status_code, answer.location) == (303, LIST)


def test_before_a_teacher_is_found_there_is_nothing_to_keep(school):
    """The facts did not match yet, or nothing was answered."""
    search = a_search(answer=NoMatch.DATE_OF_BIRTH_DIFFERS)
    _begun(school, draft=EctDraft(search=search))
    _begun(school, id=JourneyId(uuid4()), draft=EctDraft())

    assert "You have no unfinished registrations" in _page(school)


@pytest.mark.parametrize(
    "changes",
    [{"user": "somebody-else"}, {"school": OTHER_URN}, {"used_at": NOW - timedelta(days=900)}],
)
def test_only_ones_own_unfinished_registrations_are_shown(school, changes):
    """Of this school, and not yet over."""
    journey = _begun(school, **changes)

    assert str(journey.id) not in _page(school)


def test_an_unfinished_registration_can_be_discarded(school):
    """It is gone at once, and the page says so once."""
    journey = _begun(school)
    client, answer = _post_discard(school, journey)
    pages = [client.get("/school/ects").text for _ in range(2)]

    assert (answer.status_code, answer.location) == (303, "/school/ects")
    assert [page.count("has been discarded") for page in pages] == [1, 0]
    assert str(journey.id) not in pages[0]


def test_a_registration_that_was_submitted_meanwhile_is_not_discarded(school):
    """It is done, and says so."""
    ect = somebody(1)
    school.has(ect)
    journey = _begun(school, draft=EctDraft(), registered=ect.id)
    client, answer = _post_discard(school, journey)

    assert answer.location == f"/school/register-ect/{journey.id}"
    assert client.get(f"{answer.location}/done").status_code == 200
    assert "has been discarded" not in client.get("/school/ects").text


def test_who_is_refused_for_good_is_not_to_be_finished(school):
    """No other answer mends what TRS says."""
    _begun(school, draft=EctDraft(search=a_search(answer=a_teacher_record(prohibited=True))))

    assert "You have no unfinished registrations" in _page(school)


def test_a_search_shows_no_unfinished_registrations(school):
    """Nor anything else that needs doing."""
    _begun(school)

    assert "unfinished" not in school.user().get("/school/ects?search=a").text


@pytest.mark.parametrize("user", [{"user": "somebody-else"}, {"urn": OTHER_URN}])
def test_nobody_discards_what_is_not_theirs(school, user):
    """It reads as one that is not there, and stays."""
    journey = _begun(school)
    _, answer = _post_discard(school, journey, **user)

    assert answer.status_code == 404
    assert str(journey.id) in _page(school)


def test_discarding_needs_a_token(school):
    """A link from elsewhere discards nothing."""
    journey = _begun(school)
    answer = school.user().post(f"/school/ects/unfinished/{journey.id}/discard")

    assert answer.status_code == 400
    assert str(journey.id) in _page(school)
