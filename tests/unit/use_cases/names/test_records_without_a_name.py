"""Teacher records that hold no name, or a full stop for a part of one."""

from __future__ import annotations

import pytest

from builders import ECT_TRN, MENTOR_TRN, a_trs_person
from ect_registration.domain.decisions import Kind
from ect_registration.domain.drafts.ect_draft import NameAnswer
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import PersonName
from unit.use_cases.mentoring import a_provider_led_ect, registers
from unit.use_cases.town import OLD_TRN, RETAINED_TRN
from unit.use_cases.visit import Visit

ASKED = ("name-confirmed-or-corrected", Kind.NEEDS, "corrected_name")
GIVEN = NameAnswer(PersonName("Asha Quinn"))


def _nameless(**changes):
    return a_trs_person(**{"first_name": ".", "last_name": "-", **changes})


def _asked(blocked):
    return blocked.rule.id, blocked.kind, blocked.field


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [(".", "Suryawan", "Suryawan"), ("Wulan", ".", "Wulan"), ("Ada", "Verne", "Ada Verne")],
)
def test_a_full_stop_stands_for_an_absent_part(service, first, last, name):
    """Nobody is called that."""
    service.trs_now_says(a_trs_person(first_name=first, middle_name=".", last_name=last))

    assert service.register().ect.teacher == Teacher(ECT_TRN, name)


def test_a_document_has_to_give_the_name_that_the_record_lacks(service):
    """Not an outage: the school is asked."""
    service.trs_now_says(_nameless())
    asked = service.register()

    assert (*_asked(asked), asked.message) == (
        *ASKED,
        "Enter the teacher’s full name. The teacher record does not have one",
    )


def test_a_document_that_gives_the_name_registers(service):
    """The name in TRS stays empty beside it."""
    service.trs_now_says(_nameless())

    assert service.register(corrected_name="Asha Quinn").ect.teacher == Teacher(
        ECT_TRN, "", PersonName("Asha Quinn")
    )


def test_the_check_of_a_document_names_the_rule(service):
    """Rules after it are not reached."""
    service.trs_now_says(_nameless())
    checked = service.check()

    assert checked.decisions[-1] == checked.outcome
    assert _asked(checked.outcome) == ASKED


def test_a_record_without_a_name_cannot_be_confirmed(service):
    """A yes to nothing is not kept."""
    service.trs_now_says(_nameless())
    visit = Visit.proven(service)
    refused = visit.give("name", name=NameAnswer())

    assert (_asked(refused), visit.at, visit.draft.name) == (ASKED, "name", None)


def test_the_name_is_given_instead(service):
    """And the journey goes on."""
    service.trs_now_says(_nameless())
    visit = Visit.complete(service, name={"name": GIVEN})

    assert (visit.preview.trs_name, visit.submit().ect.teacher.name) == ("", "Asha Quinn")


def test_a_name_that_vanished_from_trs_is_asked_for_at_submission(service):
    """The confirmation was of a name that is no longer there."""
    visit = Visit.complete(service)
    shown = visit.preview
    service.trs_now_says(_nameless())
    service.clock.wait(minutes=61)
    refused = visit.submit(shown)

    assert (_asked(refused), visit.at) == (ASKED, "name")

    visit.give("name", name=GIVEN)

    assert visit.submit().ect.teacher == Teacher(ECT_TRN, "", GIVEN.corrected)


def test_a_correction_outlives_the_name_in_trs(service):
    """Nothing is asked again; check answers shows that the record has no name now."""
    visit = Visit.complete(service, name={"name": GIVEN})
    shown = visit.preview
    service.trs_now_says(_nameless())
    service.clock.wait(minutes=61)

    assert visit.submit(shown).rule.id == "saved-as-shown"
    assert visit.submit().ect.teacher == Teacher(ECT_TRN, "", GIVEN.corrected)


def test_a_mentor_without_a_name_on_record_is_asked_for_it_too(service):
    """As an ECT is."""
    ect = service.has_ect(a_provider_led_ect())
    service.trs_now_says(_nameless(trn=MENTOR_TRN))

    assert _asked(registers(service, ect)) == ASKED
    assert registers(service, ect, corrected_name="Joan Vale").mentor.teacher == Teacher(
        MENTOR_TRN, "", PersonName("Joan Vale")
    )


def test_a_merged_person_is_shown_by_a_name_under_every_trn(service):
    """The record that has none takes that of the record which TRS kept."""
    service.do(lambda uow: uow.teachers.save(Teacher(OLD_TRN, "", PersonName("Olga Marsh"))))
    service.do(lambda uow: uow.teachers.save(Teacher(RETAINED_TRN, "Olga Latter")))
    service.register(trn=str(OLD_TRN), email="olga@example.org")

    with service.store.reading() as uow:
        names = [teacher.name for teacher in uow.teachers.known_as([OLD_TRN])]

    assert names == ["Olga Latter", "Olga Latter"]
