"""Before an address is refused TRS is asked who has it: two records may be one person by now."""

from __future__ import annotations

import pytest

from builders import ECT_TRN, a_teacher, a_trs_person, an_ect
from ect_registration.domain.drafts.ect_draft import NameAnswer
from ect_registration.domain.email import Email
from ect_registration.domain.rules.identifying.email import EMAIL_IN_USE
from ect_registration.domain.rules.periods.previous_school import REGISTERED_BEFORE
from ect_registration.domain.rules.school_year.following import Concern
from ect_registration.ports.errors import Rejected
from ect_registration.use_cases.following import one_person
from ect_registration.use_cases.following.holders import is_worth_asking_again
from ect_registration.use_cases.following.refresh import concerns
from unit.use_cases.town import BRAM, OTHER_SCHOOL, PEOPLE
from unit.use_cases.visit import Visit

ADDRESS = Email("asha@elsewhere.example.org")
MERGED = a_trs_person(trn=BRAM, state="merged", merged_into=ECT_TRN)


@pytest.fixture
def visit(service):
    """Asha's registration, at the question that somebody elsewhere has answered alike."""
    service.has_ect(an_ect(school=OTHER_SCHOOL, teacher=a_teacher(trn=BRAM), email=ADDRESS))
    visit = Visit.begun(service)
    visit.find()
    visit.give("name", name=NameAnswer())
    return visit


def _stop(visit):
    return visit.give("email", email=ADDRESS).decided.stop


def _is_asked_again(visit):
    return is_worth_asking_again(_stop(visit), ADDRESS, visit.service.ports)


def _trs_says(visit, *people):
    others = [each for each in PEOPLE if each.trn not in {person.trn for person in people}]
    visit.service.trs_now_says(*others, *people)


def test_whoever_turns_out_to_be_the_same_person_has_the_address_themself(visit):
    """TRS has merged the two records since. What they were elsewhere is shown to them first."""
    _trs_says(visit, MERGED)

    assert _stop(visit).rule is EMAIL_IN_USE
    assert _is_asked_again(visit)
    assert _stop(visit).rule is REGISTERED_BEFORE


def test_trs_is_asked_once_a_day(visit):
    """About whoever has the address, by their TRN."""
    asked = []
    for _ in range(2):
        asked.append(_is_asked_again(visit))
        visit.service.clock.wait(hours=23)
    visit.service.clock.wait(hours=2)

    assert asked == [True, False]
    assert visit.service.records.asked.count("TRN") == 1


def test_where_nothing_is_refused_nobody_is_asked(visit):
    """An address that is free, or another rule."""
    free = visit.give("email", email=Email("free@example.org")).decided.stop

    assert not is_worth_asking_again(free, ADDRESS, visit.service.ports)
    assert "TRN" not in visit.service.records.asked


def test_when_trs_is_away_the_refusal_stands(visit):
    """It is asked when the address is given again."""
    stop = _stop(visit)
    visit.service.records.out_of_reach = True

    assert not is_worth_asking_again(stop, ADDRESS, visit.service.ports)
    visit.service.records.out_of_reach = False
    assert is_worth_asking_again(stop, ADDRESS, visit.service.ports)


def test_a_record_that_trs_cannot_show_is_noted_for_operators(visit):
    """As by a run that looks everybody up."""
    _trs_says(visit, a_trs_person(trn=BRAM, date_of_birth=None))

    assert not _is_asked_again(visit)
    assert [each.concern for each in concerns(visit.service.ports)] == [Concern.NOT_SHOWN]


def test_an_answer_that_cannot_be_kept_is_noted_for_operators(visit, monkeypatch):
    """The refusal stands."""

    def refuse(*_):
        raise Rejected("database", "a guarantee")

    monkeypatch.setattr(one_person, "learn", refuse)

    assert not _is_asked_again(visit)
    assert [each.concern for each in concerns(visit.service.ports)] == [Concern.NOT_FOLLOWED]
