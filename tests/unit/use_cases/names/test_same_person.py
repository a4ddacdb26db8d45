"""A corrected name that is quite another: the school is asked whether it is the same person."""

from __future__ import annotations

import attrs
import pytest

from builders import ECT_TRN, TERM_STARTS, a_trs_person
from ect_registration.domain.decisions import Kind
from ect_registration.domain.drafts.ect_draft import NameAnswer, SamePersonAnswer
from ect_registration.domain.values import PersonName
from ect_registration.use_cases.registering.documents import InvalidRequest
from unit.use_cases.mentoring import a_provider_led_ect, mentors_of, registers
from unit.use_cases.town import BRAM, OLD_TRN
from unit.use_cases.visit import MentorVisit, Visit

ANOTHER = {"name": NameAnswer(PersonName("Olu Quinn"))}
YES = {"same_person": SamePersonAnswer(same=True, trs_name="Asha Marlowe")}
NO = {"same_person": SamePersonAnswer(same=False, trs_name="Asha Marlowe")}
MENTOR_YES = {"same_person": SamePersonAnswer(same=True, trs_name="Joan Thackeray")}
RULE, FIELD = "name-same-person", "same_person"


@pytest.fixture
def ect(service):
    """Asha, who has no mentor."""
    return service.has_ect(a_provider_led_ect())


def _confirmed(service):
    """A journey at check answers, with another name and a yes."""
    return Visit.complete(service, name=ANOTHER, same_person=YES)


def _needs(outcome):
    return outcome.rule.id, outcome.kind, outcome.field


def test_a_program_is_asked_about_another_name(service):
    """Nothing is registered without an answer."""
    outcome = service.register(corrected_name="Olu Quinn")

    assert (_needs(outcome), service.ects_of()) == ((RULE, Kind.NEEDS, FIELD), [])
    assert str(ECT_TRN) in outcome.message


@pytest.mark.parametrize("given", [None, {}], ids=["null", "left out"])
def test_no_answer_of_a_program_is_none(service, given):
    """Null counts as left out."""
    more = {} if given == {} else {"same_person": given}

    assert _needs(service.register(corrected_name="Olu Quinn", **more))[0] == RULE
    assert service.register(corrected_name="Asha Quinn", **more).ect.teacher.name == "Asha Quinn"


def test_a_program_that_says_yes_registers_another_name(service):
    """And history has the rule and the answer."""
    ect = service.register(corrected_name="Olu Quinn", same_person=True).ect
    [change] = service.history()

    assert (ect.teacher.name, change.after["same_person"], RULE in change.rules) == (
        "Olu Quinn",
        True,
        True,
    )


@pytest.mark.parametrize("name", [None, "Asha Quinn", "ASHA MARLOWE"])
def test_history_has_no_answer_to_what_was_not_asked(service, name):
    """A yes that was not needed says nothing."""
    service.register(corrected_name=name, same_person=True)
    [change] = service.history()

    assert ("same_person" in change.after, RULE in change.rules) == (False, False)


@pytest.mark.parametrize("given", [False, "yes", "true", 1, 0, []])
def test_only_true_is_an_answer_of_a_program(service, ect, given):
    """A program that would say no has nothing to register."""
    with pytest.raises(InvalidRequest) as of_ect:
        service.register(trn=str(BRAM), same_person=given)
    with pytest.raises(InvalidRequest) as of_mentor:
        registers(service, ect, same_person=given)

    for mistake in (of_ect.value, of_mentor.value):
        assert (mistake.rule, mistake.field, mistake.message) == (
            None,
            FIELD,
            "Give true, or leave this out",
        )


def test_a_check_names_the_question(service):
    """As what stops it."""
    checked = service.check(corrected_name="Olu Quinn")

    assert (checked.outcome.rule.id, checked.decisions[-1].rule.id) == (RULE, RULE)
    assert RULE not in {rule.id for rule in checked.not_reached}


def test_a_mentor_with_another_name_is_asked_about(service, ect):
    """As an ECT is."""
    asked = registers(service, ect, corrected_name="Olu Quinn")
    nobody = mentors_of(service)
    done = registers(service, ect, corrected_name="Olu Quinn", same_person=True)
    changes = [change for change in service.history() if change.what == "mentor-registered"]

    assert (_needs(asked), nobody, done.mentor.teacher.name) == (
        (RULE, Kind.NEEDS, FIELD),
        [],
        "Olu Quinn",
    )
    assert [(c.after["same_person"], RULE in c.rules) for c in changes] == [(True, True)]


def test_the_question_comes_after_the_name(service):
    """And only then what comes next."""
    visit = Visit.proven(service)
    visit.give("name", **ANOTHER)
    asked = visit.at
    visit.give("same-person", **YES)

    assert (asked, visit.at) == ("same-person", "email")


def test_yes_is_registered_with_both_names(service):
    """And recorded."""
    registered = _confirmed(service).submit()
    [change] = service.history()

    assert (registered.ect.teacher.name, change.after["same_person"]) == ("Olu Quinn", True)


def test_no_goes_back_to_the_name_and_loses_nothing_else(service):
    """The name given was another person's: it is asked for again."""
    visit = _confirmed(service)
    before = visit.draft
    visit.give("same-person", **NO)

    assert visit.at == "name"
    assert visit.draft == attrs.evolve(before, name=None, same_person=None)

    visit.give("name", name=NameAnswer())

    assert visit.at == "check-answers"


def test_no_at_once_goes_back_too(service):
    """Before anything else was answered."""
    visit = Visit.proven(service)
    visit.give("name", **ANOTHER)
    visit.give("same-person", **NO)

    assert (visit.at, visit.draft.name) == ("name", None)


@pytest.mark.parametrize(
    ("name", "at"),
    [("Ola Quinn", "same-person"), ("Asha Quinn", "check-answers"), (None, "check-answers")],
    ids=["again another", "a married name", "confirmed"],
)
def test_a_changed_name_voids_the_answer(service, name, at):
    """It was about the name given before."""
    visit = _confirmed(service)
    visit.give("name", name=NameAnswer(name and PersonName(name)))

    assert (visit.at, visit.draft.same_person) == (at, None)


def test_the_same_name_again_keeps_the_answer(service):
    """It is asked about once."""
    visit = _confirmed(service)
    visit.give("name", **ANOTHER)

    assert visit.at == "check-answers"


def test_a_question_that_is_not_asked_takes_no_answer(service):
    """A page of an old tab changes nothing."""
    visit = Visit.complete(service)
    visit.give("same-person", **NO)

    assert (visit.at, visit.draft.same_person) == ("check-answers", None)


def test_it_is_asked_again_when_the_name_in_trs_has_changed(service):
    """The answer was about two names; nothing is saved until it was given again."""
    visit = _confirmed(service)
    shown = visit.preview
    service.trs_now_says(a_trs_person(last_name="Fenn"))
    service.clock.wait(minutes=61)
    outcome = visit.submit(shown)

    assert (_needs(outcome), service.ects_of(), visit.at) == (
        (RULE, Kind.NEEDS, FIELD),
        [],
        "same-person",
    )

    visit.give("same-person", same_person=SamePersonAnswer(same=True, trs_name="Asha Fenn"))
    ect = visit.submit().ect

    assert (ect.teacher.trs_name, ect.teacher.name) == ("Asha Fenn", "Olu Quinn")


def test_a_name_that_became_another_in_trs_is_asked_about(service):
    """It was a married name when it was given."""
    married = {"name": NameAnswer(PersonName("Asha Quinn"))}
    visit = Visit.complete(service, name=married)
    shown = visit.preview
    service.trs_now_says(a_trs_person(first_name="Usha", last_name="Fenn"))
    service.clock.wait(minutes=61)
    outcome = visit.submit(shown)

    assert (_needs(outcome), service.ects_of(), visit.at) == (
        (RULE, Kind.NEEDS, FIELD),
        [],
        "same-person",
    )


def test_a_name_in_trs_that_comes_to_fit_needs_no_answer(service):
    """Check answers shows it first, and history says nothing of an answer."""
    visit = _confirmed(service)
    shown = visit.preview
    service.trs_now_says(a_trs_person(last_name="Quinn"))
    service.clock.wait(minutes=61)
    refused = visit.submit(shown)
    at = visit.at
    visit.submit()
    [change] = service.history()

    assert (refused.because, at, "same_person" in change.after) == (
        {"changed": "trs_name"},
        "check-answers",
        False,
    )


def test_another_search_forgets_the_answer(service):
    """With everything else about the teacher."""
    visit = _confirmed(service)
    other = Visit(service, visit.find(OLD_TRN))

    assert (other.at, other.draft.same_person) == ("name", None)


def test_the_journey_of_a_mentor_asks_as_well(service, ect):
    """Yes goes on, no goes back."""
    visit = MentorVisit.for_ect(service, ect)
    visit.find()
    visit.give("name", **ANOTHER)
    asked = visit.at
    visit.give("same-person", same_person=SamePersonAnswer(same=False, trs_name="Joan Thackeray"))
    back = visit.at
    visit.go_on(name=ANOTHER, same_person=MENTOR_YES, start_date={"start_date": TERM_STARTS})
    mentor = visit.submit().mentor

    assert (asked, back, mentor.teacher.name) == ("same-person", "name", "Olu Quinn")


def test_a_mentor_is_asked_about_again_when_the_name_in_trs_has_changed(service, ect):
    """As an ECT is."""
    visit = MentorVisit.at_check_answers(service, ect, name=ANOTHER, same_person=MENTOR_YES)
    shown = visit.preview
    service.trs_now_says(
        a_trs_person(trn=visit.person, first_name="Joan", last_name="Fenn"),
    )
    service.clock.wait(minutes=61)
    outcome = visit.submit(shown)

    assert (outcome.rule.id, mentors_of(service), visit.at) == (RULE, [], "same-person")
