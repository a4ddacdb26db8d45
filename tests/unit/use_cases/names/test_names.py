from __future__ import annotations

from datetime import date

import attrs
import pytest

from builders import ECT_TRN, a_mentor, a_mentorship, a_teacher, a_trs_person, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import PersonName
from ect_registration.use_cases.school.ects import list_ects
from unit.use_cases.mentoring import a_provider_led_ect, registers
from unit.use_cases.town import BRAM, OLD_TRN, OTHER_SCHOOL, RETAINED_TRN

CORRECTED = a_teacher(corrected_name=PersonName("Asha Quinn"))


def _known(service, teacher=CORRECTED, **changes):
    """At another school, a year ago."""
    period = Period(date(2024, 9, 1), date(2025, 7, 31))
    ect = an_ect(school=OTHER_SCHOOL, teacher=teacher, period=period)
    return service.has_ect(attrs.evolve(ect, **changes))


def _teacher_elsewhere(service):
    return service.ects_of(ECT_TRN)[0].teacher


def test_a_corrected_name_is_shown(service):
    """And the name in TRS is kept beside it."""
    teacher = service.register(corrected_name="  Asha   Quinn ").ect.teacher

    assert (teacher, teacher.name) == (CORRECTED, "Asha Quinn")


@pytest.mark.parametrize("given", ["Asha Marlowe", "ASHA MARLOWE", " asha  marlowe "])
def test_a_name_that_only_repeats_trs_is_a_confirmation(service, given):
    """Without regard to case and blanks."""
    assert service.register(corrected_name=given).ect.teacher == a_teacher()


def test_a_corrected_name_is_shown_at_every_school(service):
    """Also for a teacher the service knew already."""
    _known(service, a_teacher())
    service.register(corrected_name="Asha Quinn")

    assert [ect.name for ect in list_ects(OTHER_SCHOOL, service.ports)] == ["Asha Quinn"]


def test_the_latest_correction_wins(service):
    """Over an older one."""
    _known(service)
    service.register(corrected_name="Asha Okafor")

    assert _teacher_elsewhere(service).name == "Asha Okafor"


def test_confirming_clears_an_older_correction(service):
    """At every school."""
    _known(service)
    service.register()

    assert _teacher_elsewhere(service) == a_teacher()


def test_a_name_that_changed_in_trs_is_taken_over(service):
    """At every school."""
    _known(service, a_teacher())
    service.trs_now_says(a_trs_person(last_name="Quinn"))
    service.register()

    assert _teacher_elsewhere(service) == Teacher(ECT_TRN, "Asha Quinn")


def test_a_name_that_did_not_change_is_not_written(service):
    """The teacher is known already, just so."""
    before = _known(service, a_teacher())
    service.register()

    assert service.ects_of(ECT_TRN)[0] == before


def test_both_names_are_in_history(service):
    """Before and after."""
    _known(service)
    service.register(corrected_name="Asha Okafor")
    [change] = service.history()

    assert (dict(change.before), change.after["trs_name"], change.after["name"]) == (
        {str(ECT_TRN): "Asha Quinn"},
        "Asha Marlowe",
        "Asha Okafor",
    )


def test_a_mentor_has_the_corrected_name_too(service):
    """Somebody may be both; the ECT beside them shows it."""
    mentor = service.has_mentor(a_mentor(teacher=a_teacher(), email=Email("m@example.org")))
    bram = an_ect(
        teacher=Teacher(BRAM, "Bram Okafor"),
        email=Email("bram@example.org"),
        mentorships=(a_mentorship(mentor),),
    )
    service.has_ect(bram)
    service.register(corrected_name="Asha Quinn")
    mentors = {ect.trn: ect.mentor for ect in list_ects(bram.school, service.ports)}

    assert mentors[str(BRAM)] == "Asha Quinn"


FORMER, LATTER = Teacher(OLD_TRN, "Olga Former"), Teacher(RETAINED_TRN, "Olga Latter")
MARSH = PersonName("Olga Marsh")


def _known_under_both(service, corrected=None):
    """At another school as an ECT under one TRN, and as a mentor under the other."""
    former, latter = (
        attrs.evolve(each, corrected_name=corrected and PersonName(corrected))
        for each in (FORMER, LATTER)
    )
    _known(service, former)
    service.has_mentor(
        a_mentor(school=OTHER_SCHOOL, teacher=latter, email=Email("olga@example.org"))
    )


def _teachers(service):
    with service.store.reading() as uow:
        return list(uow.teachers.known_as([OLD_TRN]))


@pytest.mark.parametrize("typed", [OLD_TRN, RETAINED_TRN], ids=["the old", "the retained"])
def test_a_corrected_name_is_shown_under_every_trn_of_a_person(service, typed):
    """Merged earlier, or by this very search; the name in TRS is kept beside each."""
    _known_under_both(service)
    if typed == RETAINED_TRN:
        service.do(lambda uow: uow.teachers.merge(OLD_TRN, RETAINED_TRN))
    service.register(trn=str(typed), corrected_name="Olga Marsh", email="new@example.org")

    assert _teachers(service) == [
        attrs.evolve(each, corrected_name=MARSH) for each in (FORMER, LATTER)
    ]
    assert [ect.name for ect in list_ects(OTHER_SCHOOL, service.ports)] == ["Olga Marsh"]


def test_confirming_clears_an_older_correction_under_every_trn(service):
    """The latest answer wins, and history has both names once."""
    _known_under_both(service, "Olga Marsh")
    service.register(trn=str(OLD_TRN), email="new@example.org")
    [change] = service.history()

    assert _teachers(service) == [FORMER, LATTER]
    assert dict(change.before) == {str(OLD_TRN): "Olga Marsh", str(RETAINED_TRN): "Olga Marsh"}


def test_a_corrected_name_goes_with_a_trn_that_moves(service):
    """Known under the old TRN alone, nobody is left behind there."""
    _known(service, FORMER)
    service.register(trn=str(OLD_TRN), corrected_name="Olga Marsh")

    assert _teachers(service) == [attrs.evolve(LATTER, corrected_name=MARSH)]


def test_a_mentor_is_corrected_under_every_trn_too(service):
    """Whoever registers them."""
    _known_under_both(service)
    ect = service.has_ect(a_provider_led_ect(email=Email("asha@example.org")))
    changes = {"email": "olga@example.org", "only_here": False, "start_date": "2025-09-10"}
    registers(service, ect, trn=str(OLD_TRN), corrected_name="Olga Marsh", **changes)

    assert {teacher.name for teacher in _teachers(service)} == {"Olga Marsh"}


def test_a_refused_registration_corrects_nothing(service):
    """The name belongs to the record that was not made."""
    _known(service)
    service.register(corrected_name="Asha Okafor", appropriate_body="Nobody")

    assert _teacher_elsewhere(service) == CORRECTED
