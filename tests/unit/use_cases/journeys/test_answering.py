from __future__ import annotations

from datetime import date

import attrs
import pytest

from builders import HUB, TERM_STARTS, URN
from ect_registration.domain.decisions import Kind
from ect_registration.domain.drafts.ect_draft import EctDraft, NameAnswer
from ect_registration.domain.email import Email
from ect_registration.domain.people.teacher import NoMatch, Search
from ect_registration.domain.people.training import Programme
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY, SCHOOL_CANNOT_REGISTER
from ect_registration.domain.rules.identifying.email import EMAIL_IN_USE
from ect_registration.domain.rules.registering.start_date import (
    CANNOT_REGISTER_YET,
    START_DATE_RANGE,
)
from ect_registration.domain.values import PersonName
from ect_registration.use_cases.journeys.answering import answer
from ect_registration.use_cases.journeys.ect_journey import ECT_JOURNEY
from ect_registration.use_cases.journeys.saved_journeys import Standing
from unit.use_cases.town import BRAM, CLOSED, CLOSING_HUB, THIS_YEAR_ONLY
from unit.use_cases.visit import ANSWERS, Visit

STEPS = [*ANSWERS, "find", "national-insurance-number", "check-answers", "done", "stopped"]


def test_a_complete_journey_waits_at_check_answers(service):
    """With nothing left to ask."""
    visit = Visit.complete(service)

    assert (visit.at, visit.look().decided.stop) == ("check-answers", None)


def test_a_school_without_history_is_asked_each_question_once(service):
    """In the order of the journey."""
    path = [step.id for step in Visit.complete(service).look().decided.progress.path]

    assert path == [
        "name",
        "email",
        "start-date",
        "working-pattern",
        "appropriate-body",
        "programme",
        "lead-provider",
        "check-answers",
    ]


@pytest.mark.parametrize("step", STEPS)
def test_without_a_proof_no_step_takes_an_answer(service, step):
    """Neither a replayed nor an edited request writes anything."""
    visit = Visit.begun(service)
    every_answer = {name: given for answers in ANSWERS.values() for name, given in answers.items()}
    visit.give(step, **every_answer)

    assert (visit.draft, visit.at) == (EctDraft(), "find")


@pytest.mark.parametrize("step", STEPS)
def test_no_answer_is_a_proof(service, step):
    """Only TRS answers a search."""
    forged = Search(**_proof(service))
    visit = Visit.begun(service)
    visit.give(step, search=forged)

    assert visit.draft.search is None


def _proof(service):
    proven = Visit.proven(service).draft.search
    return attrs.asdict(proven, recurse=False)


@pytest.mark.parametrize("step", STEPS)
def test_no_answer_changes_the_teacher(service, step):
    """The TRN cannot be changed: a different teacher is a new journey."""
    visit = Visit.complete(service)
    before = visit.draft.search
    visit.give(step, search=attrs.evolve(before, answer=NoMatch.TRN_NOT_FOUND))

    assert visit.draft.search == before


def test_an_answer_changes_nothing_but_its_own_step(service):
    """Whatever else the request carries."""
    visit = Visit.proven(service)
    visit.give("name", name=NameAnswer(), email=Email("asha.marlowe@example.org"))

    assert (visit.draft.email, visit.at) == (None, "email")


def test_a_step_that_is_not_reached_takes_no_answer(service):
    """The journey stays where it is."""
    visit = Visit.proven(service)
    standing = visit.give("lead-provider", **ANSWERS["lead-provider"])

    assert (isinstance(standing, Standing), visit.draft.lead_provider, visit.at) == (
        True,
        None,
        "name",
    )


def test_a_page_without_a_question_takes_no_answer(service):
    """Check answers only shows."""
    visit = Visit.complete(service)
    before = visit.draft
    visit.give("check-answers", email=Email("somebody.else@example.org"))

    assert visit.draft == before


def test_an_answer_says_how_far_it_gets(service):
    """So that the caller need not look again."""
    visit = Visit.proven(service)
    standing = visit.give("name", **ANSWERS["name"])

    assert standing == visit.look()


@pytest.mark.parametrize(
    "day", [date(2023, 8, 31), date(2027, 9, 1)], ids=["too early", "too late"]
)
def test_a_start_date_out_of_range_is_not_kept(service, day):
    """The answer before it stays."""
    visit = Visit.complete(service)
    blocked = visit.give("start-date", start_date=day)

    assert (blocked.rule, blocked.kind, blocked.field, visit.draft.start_date, visit.at) == (
        START_DATE_RANGE,
        Kind.INVALID,
        "start_date",
        TERM_STARTS,
        "check-answers",
    )


def test_an_answer_is_not_blamed_for_an_older_one(service):
    """The year turned overnight, and the start date has fallen out of range."""
    service.clock.turn_to(date(2026, 8, 31))
    visit = Visit.complete(service, start_date={"start_date": date(2023, 9, 1)})
    service.clock.wait(hours=23)
    name = NameAnswer(PersonName("Asha Marlowe-Quinn"))
    standing = visit.give("name", name=name)

    assert (standing.journey.draft.name, visit.at, visit.look().decided.stop.rule) == (
        name,
        "start-date",
        START_DATE_RANGE,
    )


def test_a_refused_answer_is_kept(service):
    """The refusal stands until the answer is changed."""
    service.register()
    visit = Visit.proven(service, trn=BRAM)
    visit.go_on()
    refused = (visit.at, visit.look().decided.stop.rule, visit.draft.email)
    visit.give("email", email=Email("bram.okafor@example.org"))

    assert (refused, visit.at) == (
        ("email", EMAIL_IN_USE, Email("asha.marlowe@example.org")),
        "start-date",
    )


def test_a_year_that_is_not_open_keeps_the_answers(service):
    """And the start date leads on when it is changed back."""
    visit = Visit.complete(service)
    before = visit.draft
    visit.give("start-date", start_date=date(2026, 9, 1))
    refused = visit.look().decided.progress.blocked
    visit.give("start-date", start_date=TERM_STARTS)

    assert (refused.rule, visit.draft) == (CANNOT_REGISTER_YET, before)


def test_start_date_change_asks_again_for_a_lead_provider_that_does_not_work_then(
    service_next_year,
):
    """And for nothing else."""
    visit = Visit.complete(service_next_year, lead_provider={"lead_provider": THIS_YEAR_ONLY})
    visit.give("start-date", start_date=date(2026, 9, 1))

    assert (visit.at, visit.draft.lead_provider, visit.draft.appropriate_body) == (
        "lead-provider",
        None,
        HUB,
    )


def test_start_date_change_asks_again_for_a_body_that_has_closed_by_then(service):
    """And for nothing else."""
    visit = Visit.complete(service, appropriate_body={"appropriate_body": CLOSING_HUB})
    visit.give("start-date", start_date=date(2025, 11, 1))
    asked = visit.at
    visit.give("appropriate-body", appropriate_body=HUB)

    assert (asked, visit.at) == ("appropriate-body", "check-answers")


def test_start_date_change_keeps_what_still_fits(service_next_year):
    """Straight back to check answers."""
    visit = Visit.complete(service_next_year)
    visit.give("start-date", start_date=date(2026, 9, 1))

    assert visit.at == "check-answers"


def test_school_led_training_forgets_the_lead_provider(service):
    """And provider-led training asks for it again."""
    visit = Visit.complete(service)
    visit.give("programme", programme=Programme.SCHOOL_LED)
    school_led = (visit.at, visit.draft.lead_provider)
    visit.give("programme", programme=Programme.PROVIDER_LED)

    assert (school_led, visit.at) == (("check-answers", None), "lead-provider")


def test_a_closed_school_takes_no_answers(service):
    """Nothing of the journey is shown any more, and nothing of it is lost."""
    visit = Visit.complete(service)
    before = visit.draft
    with service.store.reading() as uow:
        closed = attrs.evolve(uow.schools.find(CLOSED), urn=URN)
    service.do(lambda uow: uow.schools.save(closed))
    standing = visit.give("name", name=NameAnswer(PersonName("Asha Quinn")))

    assert (standing.decided.stop.rule, standing.decided.progress.at, visit.draft) == (
        SCHOOL_CANNOT_REGISTER,
        None,
        before,
    )


def test_a_school_that_is_unknown_after_all_is_said_so(service):
    """Somebody took it out of the data by hand."""
    visit = Visit.proven(service)
    del service.store.state.schools[URN]
    give_name = answer(
        ECT_JOURNEY, visit.id, "name", lambda draft: draft, visit.actor, service.ports
    )

    assert (give_name.rule, visit.look().rule) == (OWN_SCHOOL_ONLY, OWN_SCHOOL_ONLY)
