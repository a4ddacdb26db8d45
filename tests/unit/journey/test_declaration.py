from __future__ import annotations

import attrs
import pytest

from builders import (
    HUB,
    NOW,
    THIS_YEAR,
    TODAY,
    a_draft,
    a_school,
    a_search,
    a_training_year,
    an_appropriate_body,
)
from ect_registration.domain.catalogue import CATALOGUE
from ect_registration.domain.drafts.ect_draft import EctDraft, NameAnswer
from ect_registration.domain.people.teacher import NoMatch, Search
from ect_registration.domain.people.training import Programme
from ect_registration.domain.rules.registering.programme import TOLD_WHAT_HAPPENS
from ect_registration.domain.values import PersonName, Trn
from ect_registration.journeys.answers import Unanswered
from ect_registration.journeys.ect_case import EctCase
from ect_registration.journeys.engine import Gate, Note, Step, amend, walk
from ect_registration.journeys.identify import answers_after_the_search
from ect_registration.journeys.register_ect import REGISTER_ECT

STEPS = [item for item in REGISTER_ECT if isinstance(item, Step)]
GATES = [item for item in REGISTER_ECT if isinstance(item, Gate | Note)]


def _case(**changes):
    """Everything there is to know, for one school and one hub."""
    case = EctCase(
        a_draft(),
        TODAY,
        a_school(),
        bodies=(an_appropriate_body(),),
        training_year=a_training_year(),
    )
    return attrs.evolve(case, **changes)


def test_the_steps_are_those_of_the_pages():
    """In the order in which a school meets them."""
    assert [step.id for step in STEPS] == [
        "find",
        "national-insurance-number",
        "name",
        "same-person",
        "registered-before",
        "email",
        "start-date",
        "working-pattern",
        "reuse-choices",
        "appropriate-body",
        "programme",
        "lead-provider",
        "check-answers",
    ]


def test_every_answer_is_kept_by_one_step():
    """And no step keeps anything else."""
    kept = [name for step in STEPS for name in step.answers]

    assert sorted(kept) == sorted(field.name for field in attrs.fields(EctDraft))


def test_every_gate_stands_for_a_rule_of_the_catalogue():
    """Each rule once."""
    rules = [gate.rule for gate in GATES]

    assert [rule for rule in rules if rule not in CATALOGUE or rules.count(rule) > 1] == []


def test_the_gates_of_eligibility_stand_in_the_order_of_the_policy():
    """The first refusal wins."""
    ids = [gate.rule.id for gate in GATES]
    first = ids.index("already-in-progress-here")

    assert ids[first : first + 8] == [
        "already-in-progress-here",
        "already-completed-here",
        "induction-passed",
        "induction-failed",
        "induction-exempt",
        "prohibited-from-teaching",
        "qts-not-needed",
        "unknown-induction-status",
    ]


def test_a_whole_case_is_allowed_by_every_gate_that_applies():
    """With the rule of the gate, or one that says more than it."""
    progress = walk(REGISTER_ECT, _case())

    assert (progress.blocked, progress.at.id, len(progress.decisions)) == (
        None,
        "check-answers",
        len(GATES)
        - 6,  # name-same-person, reuse-answer, transfers (2), registered-before, another type
    )


def test_another_search_forgets_everything():
    """Nothing is carried over from one teacher to the next."""
    found = Search(Trn("1000002"), NoMatch.TRN_NOT_FOUND, NOW)
    before = _case()
    after = amend(REGISTER_ECT, before, attrs.evolve(before, draft=a_draft(search=found)))

    assert (after.draft, set(answers_after_the_search(before))) == (
        EctDraft(search=found),
        {field.name for field in attrs.fields(EctDraft)} - {"search"},
    )


def test_taking_the_start_date_back_forgets_what_hangs_on_it():
    """The choices are asked for again once there is a date."""
    before = _case()
    after = amend(REGISTER_ECT, before, attrs.evolve(before, draft=a_draft(start_date=None)))

    assert after.draft == EctDraft(
        search=before.draft.search,
        name=before.draft.name,
        email=before.draft.email,
        working_pattern=before.draft.working_pattern,
    )


@pytest.mark.parametrize(
    "fact",
    ["search", "record", "start_date", "email", "programme", "year", "expected_year", "preview"],
)
def test_an_unanswered_question_is_our_bug(fact):
    """No rule is asked about an answer that the journey has not reached."""
    case = EctCase(EctDraft(), TODAY, a_school())
    with pytest.raises(Unanswered):
        getattr(case, fact)


def test_a_case_forgets_answers_and_keeps_its_facts():
    """And stays the same case when there is nothing to forget."""
    case = _case()
    forgot = case.forgetting(["email"])

    assert (forgot.answer("email"), forgot.bodies, case.forgetting([])) == (
        None,
        case.bodies,
        case,
    )


@pytest.mark.parametrize(
    ("search", "proven"),
    [
        (None, False),
        (a_search(answer=NoMatch.DETAILS_DO_NOT_MATCH), False),
        (a_search(), True),
    ],
    ids=["no search", "no match", "a match"],
)
def test_only_a_record_is_a_proof(search, proven):
    """A search alone is none."""
    assert EctCase(EctDraft(search=search), TODAY, a_school()).proven is proven


def test_the_teacher_has_the_name_given():
    """A correction that only repeats the name in TRS is none."""
    corrected = _case(draft=a_draft(name=NameAnswer(PersonName("Asha Quinn")))).teacher
    repeated = _case(draft=a_draft(name=NameAnswer(PersonName("ASHA  MARLOWE")))).teacher
    unasked = _case(draft=a_draft(name=None)).teacher

    assert [teacher.name for teacher in (corrected, repeated, unasked)] == [
        "Asha Quinn",
        "Asha Marlowe",
        "Asha Marlowe",
    ]


def test_school_led_training_has_no_lead_provider():
    """Whatever was answered before, and nobody is told that details go to one."""
    case = _case(draft=a_draft(programme=Programme.SCHOOL_LED))
    told = [d.rule for d in walk(REGISTER_ECT, case).decisions].count(TOLD_WHAT_HAPPENS)

    assert (case.choices.lead_provider, case.delivery_partner, told) == (None, None, 0)


def test_a_preview_shows_what_would_be_saved():
    """And nothing that was only typed."""
    preview = _case().preview

    assert (preview.name, preview.appropriate_body, preview.expected_training_start_year) == (
        "Asha Marlowe",
        HUB,
        THIS_YEAR,
    )
