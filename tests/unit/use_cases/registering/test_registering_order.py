from __future__ import annotations

import pytest

from builders import ECT_TRN, URN, a_school, a_teacher, an_ect
from ect_registration.domain.email import Email
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.use_cases.registering.documents import InvalidRequest
from ect_registration.use_cases.registering.register_ect import register_ect
from unit.use_cases.town import (
    BRAM,
    CLOSED,
    NOBODY,
    PASSED,
    PROHIBITED,
    UNHEARD_OF,
    UNKNOWN_SCHOOL,
    the_document,
)

# Each mistake is met before those below it; a registration with all of them meets the first.
IN_ORDER = [
    ({"school": str(CLOSED)}, "school-cannot-register"),
    ({"trn": str(PASSED), "date_of_birth": "1998-01-31"}, "date-of-birth-differs"),
    ({"trn": str(PASSED)}, "induction-passed"),
    ({"email": "bram@example.org"}, "email-in-use"),
    ({"start_date": "2027-09-01"}, "start-date-range"),
    ({"working_pattern": None}, "working-pattern"),
    ({"appropriate_body": UNHEARD_OF}, "appropriate-body-state-funded"),
    ({"lead_provider": UNHEARD_OF}, "lead-provider-not-available"),
]


@pytest.mark.parametrize("first", range(len(IN_ORDER)))
def test_the_first_rule_in_the_order_of_the_journey_is_the_outcome(service, first):
    """Whatever else is wrong further on."""
    service.has_ect(an_ect(teacher=a_teacher(trn=BRAM), email=Email("bram@example.org")))
    changes = {}
    for mistake, _ in reversed(IN_ORDER[first:]):
        changes |= mistake

    assert service.register(**changes).rule.id == IN_ORDER[first][1]


def test_here_already_goes_before_what_trs_says(service):
    """The school learns nothing about somebody it has registered already."""
    service.has_ect(an_ect(teacher=a_teacher(trn=PASSED)))

    assert service.register(trn=str(PASSED)).rule.id == "already-in-progress-here"


def test_completed_goes_before_what_trs_says(service):
    """Too."""
    service.has_ect(an_ect(teacher=a_teacher(trn=PROHIBITED), completed=True))

    assert service.register(trn=str(PROHIBITED)).rule.id == "already-completed-here"


@pytest.mark.parametrize("school", [UNKNOWN_SCHOOL, CLOSED])
def test_trs_is_not_asked_for_a_school_that_may_not_register(service, school):
    """Nor for one that we do not know."""
    service.register(school=str(school))

    assert service.records.asked == []


@pytest.mark.parametrize(
    "mistake", [{"email": "no address"}, {"corrected_name": ""}, {"start_date": "2025-02-30"}]
)
def test_trs_is_not_asked_when_a_format_is_wrong(service, mistake):
    """Not even for a format that comes after the two facts, in a school that may not register."""
    with pytest.raises(InvalidRequest):
        service.register(**mistake, school=str(CLOSED))

    assert service.records.asked == []


def test_the_number_is_not_tried_when_the_birthday_matches(service):
    """It is only looked at for its format."""
    service.register(national_insurance_number="CE654321A")

    assert service.records.asked == ["date of birth"]


def test_the_number_is_not_tried_for_a_trn_that_is_not_found(service):
    """There is nobody to compare with."""
    service.register(trn=str(NOBODY), national_insurance_number="AB123456C")

    assert service.records.asked == ["date of birth"]


def test_the_number_is_tried_when_the_birthday_differs(service):
    """In one request."""
    service.register(date_of_birth="1998-01-31", national_insurance_number="AB123456C")

    assert service.records.asked == ["date of birth", "National Insurance number"]


def test_no_unit_of_work_is_open_while_trs_is_asked(service):
    """A slow TRS holds nobody up."""
    others = []
    service.records.meanwhile = lambda: others.append(
        service.register(trn=str(BRAM), email="bram@example.org")
    )
    service.register()

    assert [other.ect.teacher.trn for other in others] == [BRAM]


def test_the_day_is_read_once_when_it_begins(service):
    """Although midnight passes while TRS is asked."""
    service.clock.moment = service.clock.moment.replace(year=2026, month=8, day=31, hour=23)
    service.records.meanwhile = lambda: service.clock.wait(hours=2)
    outcome = service.register()

    assert outcome.ect.registration.expected_training_start_year.starts_in == 2025


def test_a_school_that_vanishes_meanwhile_is_unknown(service):
    """Somebody takes it out of the data by hand while TRS is asked."""
    state = service.store.state
    service.records.meanwhile = lambda: state.schools.pop(URN)
    registered = service.register()
    state.schools[URN] = a_school()
    service.records.meanwhile = lambda: state.schools.pop(URN)
    checked = service.check()

    assert (registered.rule, checked.outcome) == (OWN_SCHOOL_ONLY, registered)


def test_keys_may_come_in_any_order(service):
    """The order decides only between mistakes."""
    document = dict(reversed(the_document().items()))
    outcome = register_ect(document, "user-1", service.ports)

    assert service.ects_of(ECT_TRN) == [outcome.ect]
