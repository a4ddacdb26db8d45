from __future__ import annotations

from builders import (
    HUB,
    LEAD_PROVIDER,
)
from ect_registration.domain.drafts.ect_draft import ReuseAnswer
from ect_registration.domain.rules.check_answers import SAVED_AS_SHOWN
from unit.use_cases.mentoring import a_provider_led_ect
from unit.use_cases.renaming import BODY, NEW, PROVIDER, rename
from unit.use_cases.town import THIS_YEAR_ONLY
from unit.use_cases.visit import MentorVisit, Visit


def test_an_answer_outlives_a_new_name(service):
    """The same organisations, shown as they are called now."""
    visit = Visit.complete(service)
    rename(service, PROVIDER)
    rename(service, BODY, "New body")
    standing = visit.look()

    assert (visit.at, standing.journey.draft, standing.decided.case.draft.lead_provider) == (
        "check-answers",
        standing.decided.case.draft,
        NEW,
    )
    assert (visit.preview.lead_provider, visit.preview.appropriate_body) == (NEW, "New body")


def test_a_new_name_is_shown_before_it_is_saved(service):
    """A school confirms what it sees."""
    visit = Visit.complete(service)
    shown = visit.preview
    rename(service, PROVIDER)
    refused = visit.submit(shown)

    assert (refused.rule, dict(refused.because)) == (SAVED_AS_SHOWN, {"changed": "lead_provider"})
    assert visit.submit().ect.lead_provider == NEW


def test_a_form_that_was_shown_before_the_new_name_still_answers(service):
    """Its options have the former name."""
    visit = Visit.complete(service)
    rename(service, PROVIDER)
    rename(service, BODY, "New body")
    visit.give("appropriate-body", appropriate_body=HUB)
    visit.give("lead-provider", lead_provider=LEAD_PROVIDER)

    assert (visit.draft.appropriate_body, visit.draft.lead_provider) == ("New body", NEW)


def test_previous_choices_are_offered_under_the_new_names(service):
    """They are the organisations that were chosen then."""
    service.register(trn="1000002", email="bram.okafor@example.org")
    rename(service, PROVIDER)
    visit = Visit.complete(service, reuse_choices={"reuse": ReuseAnswer(wanted=True)})

    assert (visit.at, visit.preview.lead_provider) == ("check-answers", NEW)


def test_a_mentors_lead_provider_may_be_named_as_it_was_called(service):
    """The answer is the organisation."""
    visit = MentorVisit.at_check_answers(
        service,
        service.has_ect(a_provider_led_ect()),
        training={"another_provider": True},
        lead_provider={"lead_provider": THIS_YEAR_ONLY},
    )
    rename(service, PROVIDER, before=THIS_YEAR_ONLY)

    assert (visit.draft.lead_provider, visit.preview.lead_provider) == (NEW, NEW)
    visit.give("lead-provider", lead_provider=THIS_YEAR_ONLY.lower())
    assert visit.draft.lead_provider == NEW
