from __future__ import annotations

from datetime import date

import pytest

from builders import ECT_TRN, HUB, LEAD_PROVIDER, URN, an_ect
from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.drafts.ect_draft import EctDraft, ReuseAnswer
from ect_registration.domain.email import Email
from ect_registration.domain.rules.identifying.email import EMAIL_IN_USE
from ect_registration.domain.rules.identifying.identity import TWO_FACTS
from ect_registration.domain.rules.periods.duplicates import ALREADY_IN_PROGRESS_HERE
from ect_registration.domain.rules.periods.previous_school import (
    OVERLAPS_PREVIOUS,
    REGISTERED_BEFORE,
)
from ect_registration.domain.rules.registering.programme import LEAD_PROVIDER_NOT_AVAILABLE
from ect_registration.domain.rules.registering.reuse import REUSE_ANSWER, REUSE_NOT_VALID
from ect_registration.domain.school import LeadProvider
from ect_registration.use_cases.journeys.journey_type import Gone
from ect_registration.use_cases.registering.outcomes import Registered
from ect_registration.use_cases.transactions import Actor
from unit.use_cases.town import BRAM, OTHER_SCHOOL
from unit.use_cases.visit import Visit

REUSED = {"reuse-choices": {"reuse": ReuseAnswer(wanted=True)}}


def test_what_check_answers_showed_is_registered(service):
    """One new record, and TRS is not asked again."""
    visit = Visit.complete(service)
    registered = visit.submit()

    assert (service.ects_of(ECT_TRN), service.records.asked) == (
        [registered.ect],
        ["date of birth"],
    )


def test_submitting_again_and_again_is_one_registration(service):
    """Double clicks and reloads get the same confirmation."""
    visit = Visit.complete(service)
    shown = visit.preview
    first, second, third = (visit.submit(shown) for _ in range(3))

    assert (first, second, len(service.ects_of(ECT_TRN))) == (second, third, 1)


def test_a_submission_leaves_no_answers_behind(service):
    """The journey only remembers which record it made."""
    visit = Visit.complete(service)
    registered = visit.submit()
    journey = visit.look().journey

    assert (journey.draft, journey.registered) == (EctDraft(), registered.ect.id)


def test_after_a_submission_no_answer_is_taken(service):
    """A page of an old tab changes nothing."""
    visit = Visit.complete(service)
    visit.submit()
    visit.give("email", email=Email("somebody.else@example.org"))

    assert visit.draft == EctDraft()


def test_a_confirmation_is_shown_for_a_day(service):
    """Then the journey is gone, and submitting it makes no second record."""
    visit = Visit.complete(service)
    shown = visit.preview
    registered = visit.submit()
    service.clock.wait(hours=23, minutes=59)
    again = visit.submit(shown)
    service.clock.wait(minutes=1)
    with pytest.raises(Gone):
        visit.submit(shown)

    assert (again, len(service.ects_of(ECT_TRN))) == (registered, 1)


def test_a_confirmation_is_shown_for_a_day_from_the_submission(service):
    """Not from the last answer."""
    visit = Visit.complete(service)
    shown = visit.preview
    service.clock.wait(hours=23)
    registered = visit.submit(shown)
    service.clock.wait(hours=23)

    assert visit.submit(shown) == registered


def test_two_tabs_of_one_journey_make_one_registration(service):
    """Both get the same confirmation."""
    one = Visit.complete(service)
    other = Visit(service, one.id)
    shown = one.preview

    assert (one.submit(shown), len(service.ects_of(ECT_TRN))) == (other.submit(shown), 1)


def test_two_users_of_a_school_make_one_registration(service):
    """The second is told that the teacher is registered already, and starts again."""
    one, other = Visit.complete(service), Visit.complete(service, Actor("user-2", URN))
    shown = other.preview
    one.submit()
    refused = other.submit(shown)

    assert (refused.rule, other.at, len(service.ects_of(ECT_TRN))) == (
        ALREADY_IN_PROGRESS_HERE,
        None,
        1,
    )


def test_two_schools_with_one_start_date_make_one_registration(service):
    """The second is shown the first, and cannot have the same day."""
    one, other = Visit.complete(service), Visit.complete(service, Actor("user-2", OTHER_SCHOOL))
    shown = other.preview
    one.submit()
    asked = other.submit(shown)
    other.give("registered-before", registered_before_seen=True)
    refused = other.submit(shown)

    assert (asked.rule, refused.rule, other.at) == (
        REGISTERED_BEFORE,
        OVERLAPS_PREVIOUS,
        "start-date",
    )


def test_decided_in_the_transaction_a_refusal_keeps_the_answers(service):
    """And leads to the question that mends it."""
    visit = Visit.complete(service)
    before, shown = visit.draft, visit.preview
    service.register(trn=str(BRAM))
    refused = visit.submit(shown)

    assert (refused.rule, refused.field, visit.draft, visit.at) == (
        EMAIL_IN_USE,
        "email",
        before,
        "email",
    )


def test_an_unfinished_journey_is_told_what_is_missing(service):
    """From the very first fact on."""
    shown = Visit.complete(service).preview
    nothing, found = Visit.begun(service), Visit.proven(service)

    assert [
        (b.rule.id, b.kind, b.field) for b in (nothing.submit(shown), found.submit(shown))
    ] == [
        (TWO_FACTS.id, "needs", "date_of_birth"),
        ("name-confirmed-or-corrected", "needs", "corrected_name"),
    ]


@pytest.mark.parametrize(
    ("step", "rule", "field"),
    [
        ("email", "email-format", "email"),
        ("start-date", "start-date-range", "start_date"),
        ("working-pattern", "working-pattern", "working_pattern"),
        ("appropriate-body", "appropriate-body-state-funded", "appropriate_body"),
        ("programme", "training-programme", "programme"),
        ("lead-provider", "lead-provider-not-available", "lead_provider"),
    ],
)
def test_each_question_left_open_is_named(service, step, rule, field):
    """By its rule and its field."""
    shown = Visit.complete(service).preview
    visit = Visit.proven(service)
    while visit.at != step:
        visit.go_on(**{step.replace("-", "_"): {}})
    blocked = visit.submit(shown)

    assert (blocked.rule.id, blocked.kind, blocked.field) == (rule, "needs", field)


def test_a_lead_provider_that_has_stopped_meanwhile_is_refused(service):
    """At submission as at the question."""
    visit = Visit.complete(service)
    shown = visit.preview
    service.do(lambda uow: uow.offers.save_lead_provider(LeadProvider(LEAD_PROVIDER)))

    assert (visit.submit(shown).rule, visit.at) == (LEAD_PROVIDER_NOT_AVAILABLE, "lead-provider")


def test_reuse_offered_meanwhile_is_not_asked_of_somebody_who_chose(service):
    """A colleague has registered the school's first ECT."""
    visit = Visit.complete(service)
    service.register(trn=str(BRAM), email="bram.okafor@example.org")

    assert isinstance(visit.submit(), Registered)


def test_reuse_offered_meanwhile_may_be_declined_by_somebody_who_chose(service):
    """No asks the questions, whatever was chosen before."""
    visit = Visit.complete(service)
    service.register(trn=str(BRAM), email="bram.okafor@example.org")
    visit.give("reuse-choices", reuse=ReuseAnswer(wanted=False))

    assert (visit.at, visit.draft.programme, visit.draft.lead_provider) == (
        "appropriate-body",
        None,
        None,
    )


def test_reuse_offered_meanwhile_is_asked_of_somebody_who_has_not_chosen_yet(service):
    """The question goes before the appropriate body."""
    shown = Visit.complete(service).preview
    visit = Visit.complete(service, appropriate_body={})
    service.register(trn=str(BRAM), email="bram.okafor@example.org")

    assert (visit.at, visit.submit(shown).rule) == ("reuse-choices", REUSE_ANSWER)


def test_reuse_withdrawn_meanwhile_asks_the_questions(service):
    """To a yes that nothing is offered to any more, the answer is why."""
    service.register(trn=str(BRAM), email="bram.okafor@example.org")
    visit = Visit.complete(service, reuse_choices={"reuse": ReuseAnswer(wanted=True)})
    shown = visit.preview
    service.do(lambda uow: uow.offers.save_lead_provider(LeadProvider(LEAD_PROVIDER)))
    refused = visit.submit(shown)

    assert (refused.rule, refused.field, visit.at) == (
        REUSE_NOT_VALID,
        "appropriate_body",
        "appropriate-body",
    )


def test_a_submission_decides_by_the_day_on_which_it_began(service):
    """Although midnight passes while TRS is asked again."""
    service.clock.turn_to(date(2026, 8, 31))
    visit = Visit.complete(service)
    shown = visit.preview
    service.clock.wait(hours=11)
    service.records.meanwhile = lambda: service.clock.wait(hours=2)
    registered = visit.submit(shown)

    assert (service.clock.today(), registered.ect.registration.expected_training_start_year) == (
        date(2026, 9, 1),
        AcademicYear(2025),
    )


def test_nobody_submits_a_journey_that_is_not_theirs(service):
    """Neither a colleague nor another school."""
    visit = Visit.complete(service)
    shown = visit.preview
    for stranger in (Actor("user-2", URN), Actor("user-1", OTHER_SCHOOL)):
        with pytest.raises(Gone):
            Visit(service, visit.id, stranger).submit(shown)

    assert service.ects_of(ECT_TRN) == []


def test_somebody_registered_elsewhere_meanwhile_is_shown(service):
    """The journey asks the school to acknowledge it before check answers."""
    visit = Visit.complete(service)
    service.has_ect(an_ect(school=OTHER_SCHOOL, email=Email("asha@fenwick.example.org")))

    assert (visit.at, visit.look().decided.case.previous_elsewhere.school) == (
        "registered-before",
        OTHER_SCHOOL,
    )


def test_everything_answered_is_on_the_record(service):
    """As it was answered."""
    ect = Visit.complete(service).submit().ect

    assert (ect.email, ect.working_pattern, ect.registration.choices.appropriate_body) == (
        Email("asha.marlowe@example.org"),
        "full_time",
        HUB,
    )
