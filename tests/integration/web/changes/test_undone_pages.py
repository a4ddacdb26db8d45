"""What can be read of a registration that was undone: its page, in place of its confirmation."""

from __future__ import annotations

from uuid import UUID, uuid4

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    LEAD_PROVIDER,
    NOW,
    TODAY,
    a_mentor,
    a_partnership,
    a_registration,
    a_training,
    school_led,
)
from ect_registration.domain.calendar import day_before
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.people.training import Programme
from ect_registration.use_cases.changing.removing_mentor import remove_mentor
from ect_registration.use_cases.changing.undo.undoing import undo_ect, undo_mentor
from ect_registration.use_cases.operating.partnerships import report_partnership
from integration.web.changes.test_leaving import _confirm, _post
from integration.web.mentoring import Mentoring
from integration.web.registering import Registering
from integration.web.school import OTHER_URN, School, somebody, text_of
from unit.use_cases.service import ACTOR


@pytest.mark.parametrize("elsewhere", [True, False])
def test_the_page_of_an_undone_mentor_can_still_be_read(elsewhere):
    """It says so, and offers nothing to do; also for somebody who mentors elsewhere."""
    school = School.of()
    joan = school.has_mentor(attrs.evolve(a_mentor(), registered_at=NOW))
    if elsewhere:
        school.has_mentor(a_mentor(school=OTHER_URN, email=None))
    user, page = school.user(), f"/school/mentors/{joan.id}"
    _confirm(user, _post(user, f"{page}/undo"))
    after = user.get(page)

    assert after.status_code == 200
    assert "Joan Thackeray Undone Details" in text_of(after.text)
    assert "Registration undone, because it was a mistake" in text_of(after.text)
    assert f'href="{page}/' not in after.text
    assert school.user(urn=OTHER_URN).get(page).status_code == 404


def test_the_confirmation_of_an_undone_ect_leads_to_their_page():
    """It would promise what will not happen."""
    user = Registering.in_town()
    user.go_on()
    user.register()
    [ect] = user.service.ects_of()
    undo_ect(ect.id, ACTOR, user.service.ports)

    assert user.get("done").answer.location == f"/school/ects/{ect.id}"


def test_the_confirmation_of_an_undone_mentor_leads_to_their_page():
    """Or to that of the ECT, when the ECT's registration was the mistake."""
    user = Mentoring.of()
    user.post("check-answers", shown=user.go_on().hidden("shown"))
    [joan] = user.mentors()
    undo_mentor(joan.id, ACTOR, user.service.ports)

    assert user.get("done").answer.location == f"/school/mentors/{joan.id}"


def test_the_confirmation_of_a_mentor_of_an_undone_ect_leads_to_the_ect():
    """The mentor is still here, but mentors nobody."""
    ect = Registering.in_town()
    ect.go_on()
    ect.register()
    [asha] = ect.service.ects_of()
    user = Mentoring.at(ect.service)
    user.ect = str(asha.id)
    user.post("check-answers", shown=user.go_on().hidden("shown"))
    assert user.get("done").status == 200
    undo_ect(asha.id, ACTOR, user.service.ports)

    assert user.get("done").answer.location == f"/school/ects/{asha.id}"


@pytest.mark.parametrize("hours", [1, 20])
def test_the_confirmation_of_a_mentor_whose_days_are_over_leads_to_the_ect(hours):
    """It would say that there is nothing left to do, while the ECT needs a mentor."""
    user = Mentoring.of()
    user.post("check-answers", shown=user.go_on().hidden("shown"))
    remove_mentor(EctId(UUID(user.ect)), TODAY, ACTOR, user.service.ports)
    user.service.clock.wait(hours=hours)
    user.sign_in()
    done = user.get("done")

    assert (done.status, done.answer.location) == (
        (200, None) if hours == 1 else (303, f"/school/ects/{user.ect}")
    )


def test_the_page_of_an_undone_mentor_does_not_show_what_another_school_chooses():
    """As the page of a mentor who has left: it is not this school's to know."""
    school = School.in_town()
    school.has_mentor(a_mentor(school=OTHER_URN, email=None, trainings=(a_training(),)))
    joan = school.has_mentor(attrs.evolve(a_mentor(), id=uuid4(), registered_at=NOW))
    user, page = school.user(), f"/school/mentors/{joan.id}"
    before = text_of(user.get(page).text)
    _confirm(user, _post(user, f"{page}/undo"))
    after = text_of(user.get(page).text)

    assert LEAD_PROVIDER in before
    assert LEAD_PROVIDER not in after
    assert "Mentor training Status Not set up" in after


@pytest.mark.parametrize("partner", [DELIVERY_PARTNER, None])
def test_the_page_of_an_undone_ect_shows_the_training_that_they_had(partner):
    """Not the choice at registration, which was changed on the same day."""
    school = School.in_town()
    if partner is not None:
        report_partnership(a_partnership(), "operator", school.ports)
    first = a_training(programme=Programme.SCHOOL_LED, lead_provider=None)
    second = a_training(id=uuid4(), delivery_partner=partner)
    changed = End(Cause.CHANGED, second.id, day_before(first.period.started_on), TODAY)
    asha = somebody(1, "Asha", trainings=(first.ended(changed), second))
    school.has(attrs.evolve(asha, registration=a_registration(choices=school_led())))
    user, page = school.user(), f"/school/ects/{asha.id}"
    _confirm(user, _post(user, f"{page}/undo"))
    says = text_of(user.get(page).text)

    assert "Programme Provider-led" in says
    assert f"Lead provider {LEAD_PROVIDER}" in says
    assert f"Delivery partner {partner or 'Not confirmed by the lead provider'}" in says
    assert "Training Cancelled, because this registration was undone" in says
