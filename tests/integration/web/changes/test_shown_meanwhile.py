"""A colleague who is quicker, after a button was pressed and before anything is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial

import attrs
import pytest

from builders import LEAD_PROVIDER, NOW, TODAY, URN, a_mentor, a_mentorship, a_training, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.training import Programme
from ect_registration.domain.reference.tables import ReferenceKind
from ect_registration.ports.deadline import NEVER, Deadline
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.changing.leaving import report_ect_leaving, report_mentor_leaving
from ect_registration.use_cases.changing.removing_mentor import remove_mentor
from ect_registration.use_cases.changing.undo.undoing import undo_ect
from ect_registration.use_cases.operating.reference.change import change_reference
from ect_registration.use_cases.operating.reference.given import GivenRow
from ect_registration.use_cases.transactions import Actor, Ports
from integration.web.changes.test_leaving import _confirm, _post, _shown
from integration.web.registering import Registering, Seen, a_date
from integration.web.school import School, somebody, text_of
from unit.use_cases.town import THIS_YEAR_ONLY

OCTOBER, LATER = date(2025, 10, 24), date(2025, 10, 31)
LEAVES = a_date("last_day", 24, 10, 2025)
COLLEAGUE = Actor("colleague", URN)


@pytest.fixture
def school():
    """Asha, whom Joan mentors; both were registered today."""
    school = School.of()
    joan = school.has_mentor(attrs.evolve(a_mentor(), registered_at=NOW))
    school.has(somebody(1, "Asha Marlowe", mentorships=(a_mentorship(joan),)))
    return school


def _people(school):
    with school.ports.reading() as uow:
        return {"ects": uow.ects.at_school(URN)[0], "mentors": uow.mentors.at_school(URN)[0]}


@attrs.define
class Colleague:
    """Somebody who does something just before anybody writes."""

    ports: Ports
    does: Callable[[], object] | None

    def unit_of_work(self, deadline: Deadline = NEVER) -> UnitOfWork:
        """The store's, when they have done it."""
        does, self.does = self.does, None
        if does is not None:
            does()
        return self.ports.unit_of_work(deadline)


def _pressed(school, page, answers, meanwhile):
    """What the button leads to when this happens between looking and writing."""
    user = school.user()
    asked = _post(user, page, **answers)
    shown = _shown(user.get(asked.location).text)
    colleague = Colleague(school.ports, meanwhile)
    user.goes_on_with(attrs.evolve(school.ports, unit_of_work=colleague.unit_of_work))
    return _post(user, asked.location, shown=shown)


@pytest.mark.parametrize(
    ("folder", "act", "answers"),
    [
        ("ects", "leaving", LEAVES),
        ("mentors", "leaving", LEAVES),
        ("ects", "undo", {}),
        ("mentors", "undo", {}),
        ("ects", "mentor/remove", LEAVES),
    ],
)
def test_the_check_page_is_shown_again(school, folder, act, answers):
    """With what it comes to by now, and nothing is changed."""
    people = _people(school)
    page = f"/school/{folder}/{people[folder].id}/{act}"
    removed = partial(remove_mentor, people["ects"].id, LATER, COLLEAGUE, school.ports)
    late = _pressed(school, page, answers, removed)

    assert late.status_code == 200
    assert 'data-rule="saved-as-shown"' in late.text
    assert "Nothing has been changed yet, because something changed" in text_of(late.text)
    assert [person.ends for person in _people(school).values()] == [(), ()]
    assert _people(school)["ects"].mentorships[0].period.finished_on == LATER


def test_who_does_the_same_at_the_same_time_is_told_that_nothing_changed(school):
    """And history has it once."""
    joan = _people(school)["mentors"]
    page = f"/school/mentors/{joan.id}/leaving"
    reports = partial(report_mentor_leaving, joan.id, OCTOBER, COLLEAGUE, school.ports)
    late = _pressed(school, page, LEAVES, reports)
    with school.ports.reading() as uow:
        happened = uow.history.about(URN, joan.id)

    assert (late.status_code, late.location) == (303, f"/school/mentors/{joan.id}")
    assert len(happened) == 1


def test_a_rule_that_is_against_it_by_now_stops_it(school):
    """An undone registration has no last day."""
    asha = _people(school)["ects"]
    page = f"/school/ects/{asha.id}/leaving"
    undoes = partial(undo_ect, asha.id, COLLEAGUE, school.ports)
    late = _pressed(school, page, LEAVES, undoes)

    assert 'data-rule="leaving"' in late.text
    with school.ports.reading() as uow:
        assert uow.ects.find(asha.id).period == Period(asha.period.started_on)


def test_a_day_that_midnight_has_put_into_the_past_is_asked_for_again():
    """The question comes back with the day that was given, and the error at its field."""
    user = Registering.in_town()
    joan = user.service.has_mentor(a_mentor())
    ect = user.service.has_ect(an_ect(mentorships=(a_mentorship(joan),)))
    question = f"/school/ects/{ect.id}/mentor/remove"
    page = user.post(question, **a_date("last_day", TODAY.day, TODAY.month, TODAY.year)).answer
    user.service.clock.wait(days=1)
    user.sign_in()
    late = [user.get(page.location), user.post(page.location, shown="what it was")]
    again = user.post(question, **a_date("last_day", 11, 9, 2025))

    assert [(seen.status, list(seen.errors)) for seen in late] == [(422, ["last_day-day"])] * 2
    assert [seen.value("last_day-day") for seen in late] == ["10", "10"]
    assert all(f'action="{question}"' in seen.html for seen in late)
    assert again.status == 303


CHANGES = {
    "ects/change/lead-provider": {"lead_provider": THIS_YEAR_ONLY},
    "ects/change/programme": {"programme": "school_led"},
    "ects/change/start-date": a_date("start_date", 8, 9, 2025),
    "mentors/change/lead-provider": {"lead_provider": THIS_YEAR_ONLY},
    "mentors/change/start-date": a_date("start_date", 8, 9, 2025),
}


@pytest.fixture
def trained() -> School:
    """Asha and her mentor Joan, both with training that waits for a lead provider."""
    school = School.in_town()
    joan = school.has_mentor(a_mentor(trainings=(a_training(),)))
    asha = somebody(
        1, "Asha Marlowe", mentorships=(a_mentorship(joan),), trainings=(a_training(),)
    )
    school.has(asha)
    return school


def _page(school, address):
    folder, _, act = address.partition("/")
    return f"/school/{folder}/{_people(school)[folder].id}/{act}"


@pytest.mark.parametrize("address", CHANGES)
def test_a_button_pressed_twice_at_once_leads_back_to_the_record(trained, address):
    """The quicker press has saved the change, so the other one has nothing to check."""
    page, answers = _page(trained, address), CHANGES[address]
    quicker = trained.user()
    asked = _post(quicker, page, **answers)
    late = _pressed(trained, page, answers, partial(_confirm, quicker, asked))
    record = page.partition("/change/")[0]

    assert (late.status_code, late.location) == (303, record)
    assert text_of(quicker.get(record).text).count("Changed ") == 1


def test_a_start_date_that_is_refused_at_the_button_is_asked_for_again(trained):
    """With the day that was given and the error at its field, for an ECT and a mentor."""
    for folder, leaves in (("ects", report_ect_leaving), ("mentors", report_mentor_leaving)):
        page = _page(trained, f"{folder}/change/start-date")
        person = _people(trained)[folder]
        answers = a_date("start_date", 3, 11, 2025)
        leaves_first = partial(leaves, person.id, OCTOBER, COLLEAGUE, trained.ports)
        late = Seen.of(_pressed(trained, page, answers, leaves_first))

        assert (late.status, late.rule) == (422, "start-date-correction")
        assert list(late.errors) == ["start_date-day"]
        assert [late.value(f"start_date-{part}") for part in ("day", "month")] == ["3", "11"]
        assert f'action="{page}"' in late.html


def test_a_start_date_that_was_refused_meanwhile_is_asked_for_again_by_a_reload(trained):
    """The check page has nothing to check any more."""
    page, user = _page(trained, "ects/change/start-date"), trained.user()
    asked = _post(user, page, **a_date("start_date", 3, 11, 2025))
    report_ect_leaving(_people(trained)["ects"].id, OCTOBER, COLLEAGUE, trained.ports)
    seen = Seen.of(user.get(asked.location))

    assert (seen.status, seen.rule) == (422, "start-date-correction")
    assert seen.value("start_date-day") == "3"


def test_a_lead_provider_that_is_not_on_offer_any_more_is_asked_for_again(trained):
    """At the question that asked for it, also where another answer made that necessary."""
    user, page = trained.user(), _page(trained, "ects/change/programme")
    _confirm(user, _post(user, page, programme="school_led"))
    more = _post(user, page, programme="provider_led")
    checked = _post(user, more.location, lead_provider=THIS_YEAR_ONLY)
    shown = _shown(user.get(checked.location).text)
    row = {"lead_provider": THIS_YEAR_ONLY, "year": TODAY.year, "active": False}
    change_reference(
        ReferenceKind.LEAD_PROVIDER_YEARS, [GivenRow(row, 2)], "operator", trained.ports
    )
    late = Seen.of(_post(user, checked.location, shown=shown))

    assert (late.status, late.rule) == (422, "lead-provider-not-available")
    assert list(late.errors) == ["lead_provider"]
    again = re.search(r'action="(/school/[^"]+)"', late.html)[1]
    chosen = _post(user, again, lead_provider=LEAD_PROVIDER)
    done = _confirm(user, chosen)[1]
    assert done.status_code == 303


def test_a_mentor_who_stops_sooner_by_now_is_not_removed_again(school):
    """The record has another day, so the page does not say that it has this one."""
    asha, user = _people(school)["ects"], school.user()
    asked = _post(user, f"/school/ects/{asha.id}/mentor/remove", **LEAVES)
    shown = _shown(user.get(asked.location).text)
    remove_mentor(asha.id, TODAY, COLLEAGUE, school.ports)
    done = _post(user, asked.location, shown=shown)
    says = text_of(user.get(done.location).text)

    assert "Nothing has changed because no mentor supports this ECT after that day" in says


@pytest.mark.parametrize(
    ("address", "answers"),
    [
        ("ects/leaving", LEAVES),
        ("mentors/undo", {}),
        ("ects/change/programme", {"programme": "provider_led"}),
        ("mentors/change/email", {"email": "new@example.org"}),
    ],
)
def test_an_address_of_yesterday_leads_to_the_question_again(address, answers):
    """A check page, or a question that follows; another user does not find it."""
    user = Registering.in_town()
    joan = user.service.has_mentor(attrs.evolve(a_mentor(), registered_at=NOW))
    school_led = a_training(programme=Programme.SCHOOL_LED, lead_provider=None)
    ect = user.service.has_ect(an_ect(trainings=(school_led,)))
    folder, _, act = address.partition("/")
    record = f"/school/{folder}/{ect.id if folder == 'ects' else joan.id}"
    page = user.post(f"{record}/{act}", answers).answer.location
    user.service.clock.wait(hours=25)
    user.sign_in()
    late = [user.get(page), user.post(page, shown="what it was")]
    other = Registering.at(user.service, user="another")

    assert [(seen.status, seen.rule) for seen in late] == [(404, "journeys-expire")] * 2
    assert late[0].title.startswith("This change is no longer available")
    assert all(f'href="{each}"' in late[0].html for each in (f"{record}/{act}", record))
    assert (other.get(page).status, other.get(page).rule) == (404, None)


@pytest.mark.parametrize(("hours", "shown"), [(23, "new@example.org"), (25, "joan@example.org")])
def test_a_question_shows_an_answer_of_yesterday_for_a_day(hours, shown):
    """Then it shows what the record says."""
    user = Registering.in_town()
    joan = a_mentor(email=Email("joan@example.org"))
    question = f"/school/mentors/{user.service.has_mentor(joan).id}/change/email"
    check = user.post(question, {"email": "new@example.org"}).answer.location
    user.service.clock.wait(hours=hours)
    user.sign_in()
    page = user.get(f"{question}?given={check.split('/')[-2]}")

    assert f'value="{shown}"' in page.html
