"""What stops a user on a page is kept for support, once the page has been sent."""

from __future__ import annotations

from collections import Counter

import attrs
import pytest
import structlog

from builders import ECT_TRN, MENTOR_TRN, TODAY, URN, a_mentor, a_teacher, an_ect
from ect_registration.domain.email import Email
from ect_registration.domain.notice import Role
from ect_registration.domain.records.refusal import Refusal, RefusedPerson
from ect_registration.domain.school import LeadProvider
from ect_registration.domain.values import Trn
from ect_registration.use_cases.operating.refusals import refusals_since
from integration.web.mentoring import ANSWERS as MENTORS_ANSWERS
from integration.web.mentoring import Mentoring
from integration.web.registering import ANSWERS, Registering, a_date
from unit.use_cases.service import USER
from unit.use_cases.town import ANOTHER_DAY, NOBODY, OTHER_SCHOOL, PASSED, PEOPLE

WRONG_DAY = a_date("date_of_birth", ANOTHER_DAY.day, ANOTHER_DAY.month, ANOTHER_DAY.year)
TAKEN = {"email": "taken@example.org"}


def a_refusal(rule, trn=ECT_TRN, role=Role.ECT):
    """Of today, which the user met."""
    return Refusal(TODAY, rule, role, RefusedPerson(trn, URN, USER))


def kept(user):
    """What is kept of persons."""
    return list(refusals_since(TODAY, user.service.ports))


def counted(user):
    """How often each rule is counted."""
    with user.service.ports.reading() as uow:
        return Counter({each.rule: each.number for each in uow.refusals.counted_since(TODAY)})


def sent(seen):
    """A page that has been sent: the server closes it then."""
    seen.answer.close()
    return seen


@pytest.fixture
def user() -> Registering:
    """At the page for the email address; another person has the one that will be typed."""
    user = Registering.in_town()
    other = a_teacher(trn=Trn("1000009"))
    user.service.has_ect(an_ect(school=OTHER_SCHOOL, teacher=other, email=Email(TAKEN["email"])))
    user.go_on(until="email")
    return user


def test_a_stop_is_kept_once_however_often_its_page_is_seen(user):
    """Posting the same again the same day adds nothing either."""
    for _ in range(2):
        assert sent(user.post("email", TAKEN)).step == "stopped"
        assert sent(user.get("stopped")).rule == "email-in-use"

    assert kept(user) == [a_refusal("email-in-use")]
    assert counted(user) == {"email-in-use": 1}


def test_a_refusal_is_kept_after_the_page_was_sent(user):
    """Nobody waits for it."""
    seen = user.post("email", TAKEN)
    before = kept(user)
    sent(seen)

    assert (before, kept(user)) == ([], [a_refusal("email-in-use")])


def test_a_store_that_is_busy_fails_no_page(user):
    """It is a warning in the log, without personal data."""
    seen, store = user.post("email", TAKEN), user.service.store
    store.patience = 0
    with store.turn, structlog.testing.capture_logs() as lines:
        sent(seen)

    assert [(line["event"], line["number"]) for line in lines] == [("refusals not kept", 1)]


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ({"trn": str(PASSED)}, "induction-passed"),
        ({"trn": str(NOBODY)}, "trn-not-found"),
        (WRONG_DAY, "date-of-birth-differs"),
    ],
)
def test_a_search_that_leads_no_further_only_counts(typed, rule):
    """Without a person; looking at the page again does not count."""
    user = Registering.in_town()
    user.begin()
    seen = sent(user.post("find", ANSWERS["find"] | typed))
    for _ in range(2):
        sent(user.get(seen.step))

    assert (kept(user), counted(user)) == ([], {rule: 1})


def test_a_choice_that_is_refused_at_its_field_is_kept(user):
    """With status 422."""
    user.service.do(
        lambda uow: uow.offers.save_lead_provider(LeadProvider("Not This Year", frozenset()))
    )
    user.go_on(until="lead-provider")
    seen = sent(user.post("lead-provider", {"lead_provider": "Not This Year"}))

    assert (seen.status, seen.rule) == (422, "lead-provider-not-available")
    assert kept(user) == [a_refusal("lead-provider-not-available")]


def test_what_cannot_be_right_is_not_kept(user):
    """It is corrected at its field."""
    assert sent(user.post("email", {"email": "nobody"})).status == 422

    assert counted(user) == {}


def test_a_refusal_at_the_last_button_is_kept(user):
    """Somebody else was faster."""
    user.go_on()
    shown = user.get("check-answers").hidden("shown")
    user.service.has_ect(
        an_ect(
            school=OTHER_SCHOOL,
            teacher=a_teacher(trn=Trn("1000008")),
            email=Email(ANSWERS["email"]["email"]),
        )
    )
    sent(user.post("check-answers", shown=shown))

    assert kept(user) == [a_refusal("email-in-use")]


def test_starting_again_is_kept(user):
    """The record is not active any more."""
    user.go_on()
    shown = user.get("check-answers").hidden("shown")
    user.service.clock.wait(hours=2)
    gone = [attrs.evolve(each, state="deactivated") for each in PEOPLE if each.trn == ECT_TRN]
    user.service.trs_now_says(*gone)
    later = attrs.evolve(Registering.at(user.service), journey=user.journey)
    sent(later.post("check-answers", shown=shown))

    assert kept(user) == [a_refusal("decided-again")]


def test_a_mentor_who_is_refused_is_kept_as_one():
    """They are here already."""
    user = Mentoring.of()
    user.service.has_mentor(a_mentor())
    user.begin()
    sent(user.post("find", MENTORS_ANSWERS["find"]))

    assert kept(user) == [a_refusal("mentor-already-here", MENTOR_TRN, Role.MENTOR)]
