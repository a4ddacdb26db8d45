from __future__ import annotations

import pytest

from builders import ECT_TRN
from unit.use_cases.town import (
    BRAM,
    CLOSED,
    CLOSING_HUB,
    COUNCIL,
    DEACTIVATED,
    EXEMPT,
    FAILED,
    FAILED_IN_WALES,
    INDEPENDENT,
    ISTIP,
    NO_LONGER,
    NOBODY,
    PASSED,
    PROHIBITED,
    UNFUNDED,
    UNHEARD_OF,
    UNKNOWN_SCHOOL,
    UNKNOWN_STATUS,
    WELSH,
    WITHOUT_QTS,
)

NO_CHOICES = {"appropriate_body": None, "programme": None, "lead_provider": None}
REUSE = {**NO_CHOICES, "reuse_previous_choices": True}
ANOTHER_BIRTHDAY = {"date_of_birth": "1998-01-31"}

# What differs from the example, and what that comes to: rule, kind, field.
OUTCOMES = {
    "closed": ({"school": str(CLOSED)}, "school-cannot-register", "refused", None),
    "in Wales": ({"school": str(WELSH)}, "school-cannot-register", "refused", None),
    "independent": ({"school": str(UNFUNDED)}, "school-cannot-register", "refused", None),
    "unknown school": ({"school": str(UNKNOWN_SCHOOL)}, "own-school-only", "invalid", "school"),
    "unknown TRN": ({"trn": str(NOBODY)}, "trn-not-found", "refused", None),
    "deactivated": ({"trn": str(DEACTIVATED)}, "trn-not-found", "refused", None),
    "another birthday": (
        ANOTHER_BIRTHDAY,
        "date-of-birth-differs",
        "needs",
        "national_insurance_number",
    ),
    "another number too": (
        {**ANOTHER_BIRTHDAY, "national_insurance_number": "CE654321A"},
        "details-do-not-match",
        "refused",
        None,
    ),
    "passed": ({"trn": str(PASSED)}, "induction-passed", "refused", None),
    "failed": ({"trn": str(FAILED)}, "induction-failed", "refused", None),
    "failed in Wales": ({"trn": str(FAILED_IN_WALES)}, "induction-failed", "refused", None),
    "exempt": ({"trn": str(EXEMPT)}, "induction-exempt", "refused", None),
    "prohibited": ({"trn": str(PROHIBITED)}, "prohibited-from-teaching", "refused", None),
    "new status": (
        {"trn": str(UNKNOWN_STATUS)},
        "unknown-induction-status",
        "unavailable",
        None,
    ),
    "too early": ({"start_date": "2023-08-31"}, "start-date-range", "invalid", "start_date"),
    "too late": ({"start_date": "2027-09-01"}, "start-date-range", "invalid", "start_date"),
    "next year": ({"start_date": "2026-09-01"}, "cannot-register-yet", "refused", "start_date"),
    "no pattern": ({"working_pattern": None}, "working-pattern", "needs", "working_pattern"),
    "no body": (
        {"appropriate_body": None},
        "appropriate-body-state-funded",
        "needs",
        "appropriate_body",
    ),
    "no body, independent": (
        {"appropriate_body": None, "school": str(INDEPENDENT)},
        "appropriate-body-independent",
        "needs",
        "appropriate_body",
    ),
    "a local authority": (
        {"appropriate_body": COUNCIL},
        "appropriate-body-state-funded",
        "refused",
        "appropriate_body",
    ),
    "the panel, state funded": (
        {"appropriate_body": ISTIP},
        "appropriate-body-state-funded",
        "refused",
        "appropriate_body",
    ),
    "a local authority, independent": (
        {"appropriate_body": COUNCIL, "school": str(INDEPENDENT)},
        "appropriate-body-independent",
        "refused",
        "appropriate_body",
    ),
    "a body unheard of": (
        {"appropriate_body": UNHEARD_OF},
        "appropriate-body-state-funded",
        "invalid",
        "appropriate_body",
    ),
    "an empty body": (
        {"appropriate_body": " "},
        "appropriate-body-state-funded",
        "invalid",
        "appropriate_body",
    ),
    "no programme": (
        {"programme": None, "lead_provider": None},
        "training-programme",
        "needs",
        "programme",
    ),
    "no provider": (
        {"lead_provider": None},
        "lead-provider-not-available",
        "needs",
        "lead_provider",
    ),
    "a provider of last year": (
        {"lead_provider": NO_LONGER},
        "lead-provider-not-available",
        "refused",
        "lead_provider",
    ),
    "a provider unheard of": (
        {"lead_provider": UNHEARD_OF},
        "lead-provider-not-available",
        "invalid",
        "lead_provider",
    ),
    "nothing to reuse": (REUSE, "reuse-offered", "needs", "appropriate_body"),
}


@pytest.mark.parametrize("what", OUTCOMES)
def test_what_a_registration_comes_to(service, what):
    """Each outcome has its rule, its kind and its field, and says something; nothing is saved."""
    changes, rule, kind, field = OUTCOMES[what]
    outcome = service.register(**changes)

    assert (
        outcome.rule.id,
        outcome.kind,
        outcome.field,
        bool(outcome.message),
        service.history(),
    ) == (rule, kind, field, True, [])


@pytest.mark.parametrize("what", OUTCOMES)
def test_a_check_comes_to_the_same(service, what):
    """Without writing."""
    changes, *_ = OUTCOMES[what]

    assert service.check(**changes).outcome == service.register(**changes)


ALLOWED = {
    "as it is": {},
    "independent with the panel": {"school": str(INDEPENDENT), "appropriate_body": ISTIP},
    "independent with a hub": {"school": str(INDEPENDENT)},
    "no QTS and no induction": {"trn": str(WITHOUT_QTS)},
    "a number although the birthday matches": {"national_insurance_number": "CE654321A"},
    "the number instead of the birthday": {
        **ANOTHER_BIRTHDAY,
        "national_insurance_number": "AB123456C",
    },
    "school-led": {"programme": "school_led", "lead_provider": None},
    "the first day of the range": {"start_date": "2023-09-01"},
    "the last day of the year": {"start_date": "2026-08-31"},
    "part time": {"working_pattern": "part_time"},
}


@pytest.mark.parametrize("what", ALLOWED)
def test_what_is_registered(service, what):
    """One record each."""
    outcome = service.register(**ALLOWED[what])

    assert service.ects_of(outcome.ect.teacher.trn) == [outcome.ect]


def test_previous_choices_that_are_no_longer_valid_are_asked_again(service):
    """Under the rule that says why: the hub has closed by then."""
    service.register(trn=str(BRAM), email="bram@example.org", appropriate_body=CLOSING_HUB)
    outcome = service.register(**REUSE, start_date="2025-11-01")

    assert (outcome.rule.id, outcome.kind, outcome.field, outcome.message) == (
        "reuse-not-valid",
        "needs",
        "appropriate_body",
        "Your previous programme choices can no longer be used. Enter the appropriate body",
    )


def test_trs_out_of_reach_registers_nothing(service):
    """Neither found nor refused: try again."""
    service.records.out_of_reach = True
    outcomes = [
        service.register(),
        service.check().outcome,
        service.register(**ANOTHER_BIRTHDAY, national_insurance_number="AB123456C"),
    ]

    assert ([(o.rule.id, o.kind) for o in outcomes], service.ects_of(ECT_TRN)) == (
        [("trs-unavailable", "unavailable")] * 3,
        [],
    )


def test_trs_failing_on_the_second_question_registers_nothing(service):
    """The date of birth was answered, the number was not."""
    records = service.records

    def goes_down():
        records.out_of_reach = True

    def at_the_next_question():
        records.meanwhile = goes_down

    records.meanwhile = at_the_next_question
    outcome = service.register(**ANOTHER_BIRTHDAY, national_insurance_number="AB123456C")

    assert (outcome.rule.id, len(records.asked)) == ("trs-unavailable", 2)
