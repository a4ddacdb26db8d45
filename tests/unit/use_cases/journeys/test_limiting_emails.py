"""Whether an email address is in use tells who is registered: it can be asked a few times only."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from builders import a_mentor, a_teacher, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.ect_draft import NameAnswer
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.rules.identifying.email import EMAIL_IN_USE
from ect_registration.domain.rules.identifying.limits import TOO_MANY_ATTEMPTS
from ect_registration.use_cases.journeys.answering import answer_on_a_page
from unit.use_cases.changing_emails import change_email
from unit.use_cases.mentoring import a_provider_led_ect
from unit.use_cases.service import ACTOR
from unit.use_cases.town import BRAM, OTHER_SCHOOL
from unit.use_cases.visit import AssignmentVisit, MentorVisit, Visit

LAST_YEAR = Period(date(2024, 9, 1), date(2025, 7, 31))
ANOTHER = attrs.evolve(ACTOR, user="user-2")


def _address(number):
    return Email(f"person-{number}@example.org")


def _ask(visit, number):
    """On a page: the rule that stands in the way of going on."""
    return _give(visit, "email", email=_address(number))


def _give(visit, step, **answers):
    given = answer_on_a_page(
        visit.kind,
        visit.id,
        step,
        lambda draft: attrs.evolve(draft, **answers),
        visit.actor,
        visit.service.ports,
    )
    stop = given if isinstance(given, Blocked) else given.decided.stop
    return stop and stop.rule


def _an_ect_to_register(service, actor=ACTOR):
    return Visit.begun(service, actor)


def _a_mentor_to_register(service, actor=ACTOR):
    ect = service.has_ect(a_provider_led_ect())
    return MentorVisit.for_ect(service, ect, actor)


def _at_the_email(visit, actor=ACTOR):
    visit.find()
    visit.give("name", name=NameAnswer())
    return visit


@pytest.fixture
def held(service):
    """Bram, elsewhere, has the fourth address."""
    teacher = a_teacher(trn=BRAM)
    return service.has_ect(
        an_ect(
            id=EctId(service.ports.new_id()),
            teacher=teacher,
            email=_address(3),
            school=OTHER_SCHOOL,
        )
    )


@pytest.mark.parametrize("journey", [_an_ect_to_register, _a_mentor_to_register])
def test_forty_addresses_can_be_asked_about_in_an_hour(service, held, journey):
    """In use or free, each counts; waiting helps."""
    visit = _at_the_email(journey(service))
    asked = [_ask(visit, number) for number in range(40)]
    barred = [_ask(visit, number) for number in (40, 3)]
    kept = visit.draft.email
    service.clock.wait(minutes=60)
    _at_the_email(visit)

    assert [rule is EMAIL_IN_USE for rule in asked] == [number == 3 for number in range(40)]
    assert (barred, kept) == ([TOO_MANY_ATTEMPTS] * 2, _address(39))
    assert _ask(visit, 3) is EMAIL_IN_USE


def test_another_journey_does_not_help_and_another_user_goes_on(service, held):
    """The count is the user's."""
    for number in range(40):
        _ask(_at_the_email(Visit.begun(service)), number)

    assert _ask(_at_the_email(Visit.begun(service)), 3) is TOO_MANY_ATTEMPTS
    assert _ask(_at_the_email(Visit.begun(service, ANOTHER)), 3) is EMAIL_IN_USE


def test_the_journeys_own_address_asks_nothing_new(service, held):
    """A second click, or a way back and forth again."""
    visit = _at_the_email(Visit.begun(service))
    rules = {_ask(visit, 1) for _ in range(60)}

    assert TOO_MANY_ATTEMPTS not in rules
    assert _ask(visit, 3) is EMAIL_IN_USE


def test_other_answers_are_not_counted(service, held):
    """Nor is an address at a step that may not be seen, where nothing is told."""
    visit = Visit.begun(service)
    for number in range(60):
        _ask(visit, number)
    _at_the_email(visit)
    for _ in range(60):
        _give(visit, "name", name=NameAnswer())

    assert _ask(visit, 3) is EMAIL_IN_USE


def test_assigning_a_mentor_asks_about_no_address(service, held):
    """There is none in it."""
    ect = service.has_ect(a_provider_led_ect())
    mentor = service.has_mentor(a_mentor(email=_address(60)))
    visit = AssignmentVisit.of(service, ect, mentor)
    for _ in range(60):
        _give(visit, "training", another_provider=False)

    assert change_email(ect.id, _address(3), ACTOR, service.ports).rule is EMAIL_IN_USE
