"""A file of one school, on pages: what would happen, and what was confirmed."""

from __future__ import annotations

from builders import ECT_TRN, URN, a_partnership
from ect_registration.domain.notice import NoticeState
from ect_registration.domain.values import Trn
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.bulk.on_a_page import foresee, register_as_shown
from ect_registration.use_cases.changing.undo.undoing import undo_ect
from ect_registration.use_cases.journeys.teacher_search import search_on_a_page
from ect_registration.use_cases.transactions import Actor
from unit.use_cases.bulk.test_bulk import BRAMS, NOORS, rows_of, words
from unit.use_cases.service import ACTOR
from unit.use_cases.town import (
    ANOTHER_DAY,
    BRAM,
    DEACTIVATED,
    OTHER_SCHOOL,
    PASSED,
    person,
)

WRONG_DAY = {"date_of_birth": "1998-01-31"}


def foreseen(service, *changes):
    """Return what would become of these rows."""
    return foresee(rows_of(*changes), ACTOR, service.ports)


def shown_of(rows):
    """Return the rows that would be registered."""
    return [each.shown for each in rows if each.shown is not None]


def results_of(rows):
    """Return what would become of them, in words."""
    return words([each.result for each in rows])


def test_everything_that_would_happen_is_foreseen_and_then_done(service):
    """What is confirmed is registered as it was shown."""
    rows = foreseen(service, {}, BRAMS, {"trn": str(PASSED)}, {"email": "no"})
    nothing = service.ects_of()
    done = register_as_shown(shown_of(rows), ACTOR, service.ports)

    assert results_of(rows) == [
        ("registered", None),
        ("registered", None),
        ("refused", "induction-passed"),
        ("invalid", "email-format"),
    ]
    assert nothing == []
    assert words(done) == [("registered", None)] * 2
    assert [each.trs_name for each in done] == ["Asha Marlowe", "Bram Okafor"]
    assert [change.actor for change in service.history()] == [ACTOR.user] * 2


def test_confirming_again_changes_nothing(service):
    """The rows were registered before by then."""
    shown = shown_of(foreseen(service, {}))
    register_as_shown(shown, ACTOR, service.ports)

    assert words(register_as_shown(shown, ACTOR, service.ports)) == [("done_before", None)]
    assert results_of(foreseen(service, {})) == [("done_before", None)]


def test_confirming_again_after_an_undoing_registers_nobody(service):
    """The row was registered before, whether or not that still stands; a new file may do it."""
    shown = shown_of(foreseen(service, {}, BRAMS))
    ashas, _ = register_as_shown(shown, ACTOR, service.ports)
    undo_ect(ashas.outcome.ect.id, ACTOR, service.ports)
    lines = service.history()
    again = register_as_shown(shown, ACTOR, service.ports)

    assert words(again) == [("done_before", None)] * 2
    assert again[0].outcome.ect.withdrawn
    assert service.ects_of(ECT_TRN) == []
    assert service.history() == lines
    assert results_of(foreseen(service, {})) == [("registered", None)]


def test_a_transfer_that_was_undone_is_not_confirmed_again(service):
    """Rows that end a period elsewhere are written alone, and known again all the same."""
    service.register(school=str(OTHER_SCHOOL), start_date="2025-09-01")
    shown = shown_of(foreseen(service, {"start_date": "2025-09-08"}))
    [done] = register_as_shown(shown, ACTOR, service.ports)
    undo_ect(done.outcome.ect.id, ACTOR, service.ports)

    assert words([done]) == [("registered", None)]
    assert words(register_as_shown(shown, ACTOR, service.ports)) == [("done_before", None)]
    assert [each.school for each in service.ects_of(ECT_TRN)] == [OTHER_SCHOOL]


def test_trs_is_not_asked_again_about_a_row_that_was_registered(service):
    """What was confirmed is the same however TRS answers by then."""
    shown = shown_of(foreseen(service, {}))
    register_as_shown(shown, ACTOR, service.ports)
    service.clock.wait(hours=2)
    service.trs_now_says()

    assert words(register_as_shown(shown, ACTOR, service.ports)) == [("done_before", None)]
    assert service.records.asked == []


def test_the_user_gets_one_receipt_and_everybody_a_notice(service):
    """However many rows there are; for nobody registered there is none."""
    shown = shown_of(foreseen(service, {}, BRAMS))
    register_as_shown(shown, ACTOR, service.ports)
    register_as_shown(shown, ACTOR, service.ports)
    with service.store.reading() as uow:
        waiting = uow.outbox.in_states([NoticeState.WAITING], 10)

    assert len(waiting) == 3


def test_at_the_limit_of_wrong_facts_the_rest_is_not_looked_up(service):
    """Ten wrong facts of one user are the most, right ones do not count; TRS is not asked on."""
    wrong = [{"trn": str(9_000_000 + n), "email": f"e{n}@example.org"} for n in range(10)]
    rows = foreseen(service, {}, *wrong, BRAMS)
    asked = len(service.records.asked)

    assert results_of(rows)[0] == ("registered", None)
    assert results_of(rows)[-1] == ("refused", "too-many-attempts")
    assert results_of(rows)[1:-1] == [("refused", "trn-not-found")] * 10
    assert results_of(foreseen(service, {})) == [("refused", "too-many-attempts")]
    assert len(service.records.asked) == asked


def test_too_many_wrong_facts_on_one_person_bar_that_row_alone(service):
    """Whoever gave them; TRS is not asked for that person."""
    for number in range(6):
        other = Actor(f"guesser-{number}", URN)
        search_on_a_page(service.ports, other, BRAM, ANOTHER_DAY)

    assert results_of(foreseen(service, BRAMS, {})) == [
        ("refused", "too-many-attempts"),
        ("registered", None),
    ]
    assert service.records.asked_for_many == [ECT_TRN]


def test_a_number_in_place_of_the_date_is_asked_for_as_on_the_page(service):
    """A wrong number counts as another wrong fact."""
    right = {**WRONG_DAY, "national_insurance_number": "AB123456C"}
    wrong = {**BRAMS, **WRONG_DAY, "national_insurance_number": "CE654321A"}
    not_there = {**NOORS, "trn": str(DEACTIVATED), "national_insurance_number": "CE654321A"}
    rows = foreseen(service, right, wrong, not_there, {**NOORS, **WRONG_DAY})

    assert results_of(rows) == [
        ("registered", None),
        ("refused", "details-do-not-match"),
        ("refused", "trn-not-found"),
        ("needs", "date-of-birth-differs"),
    ]


def test_a_row_that_is_another_by_then_is_not_saved(service):
    """A partnership gives it a delivery partner that the page did not show."""
    shown = shown_of(foreseen(service, {}))

    def report(uow):
        uow.hold([Hold.EVERYTHING])
        uow.partnerships.add(a_partnership())

    service.do(report)
    done = register_as_shown(shown, ACTOR, service.ports)

    assert words(done) == [("refused", "saved-as-shown")]
    assert done[0].why_not.because == {"changed": "delivery_partner"}
    assert service.ects_of() == []


def test_trs_is_asked_again_when_its_answer_is_old(service):
    """By TRN; who was deactivated meanwhile is not registered."""
    shown = shown_of(foreseen(service, {}, BRAMS))
    service.clock.wait(hours=2)
    service.trs_now_says(
        person(Trn("1000001"), "Asha", "Marlowe"),
        person(BRAM, "Bram", "Okafor", state="deactivated"),
    )
    done = register_as_shown(shown, ACTOR, service.ports)

    assert words(done) == [("registered", None), ("refused", "decided-again")]
    assert service.records.asked == ["TRN", "TRN"]
