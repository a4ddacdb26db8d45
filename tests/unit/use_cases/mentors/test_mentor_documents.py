from __future__ import annotations

import pytest

from builders import a_mentor
from ect_registration.use_cases.registering.assign_mentor import assign_mentor
from ect_registration.use_cases.registering.documents import InvalidRequest
from ect_registration.use_cases.registering.register_mentor import register_mentor
from unit.use_cases.mentoring import a_provider_led_ect, the_assignment, the_new_mentor
from unit.use_cases.service import USER


@pytest.fixture
def ect(service):
    """Asha, provider-led, without a mentor."""
    return service.has_ect(a_provider_led_ect())


@pytest.mark.parametrize(
    ("document", "field", "rule"),
    [
        ("Joan", "$", None),
        ({"trn": 2000001}, "trn", None),
        ({"trn": "12"}, "trn", "two-facts"),
        ({"date_of_birth": "31/01/1999"}, "date_of_birth", "two-facts"),
        ({"national_insurance_number": "AB"}, "national_insurance_number", "two-facts"),
        ({"corrected_name": " "}, "corrected_name", "name-confirmed-or-corrected"),
        ({"email": "joan"}, "email", "email-format"),
        ({"only_here": "yes"}, "only_here", None),
        ({"replace": 1}, "replace", None),
        ({"start_date": "2025-02-30"}, "start_date", "mentor-start-date"),
        ({"lead_provider": 3}, "lead_provider", None),
        ({"working_pattern": "full_time"}, "working_pattern", None),
        ({"school": None}, "school", None),
        ({"ect": None}, "ect", None),
        ({"trn": None}, "trn", None),
        ({"date_of_birth": None}, "date_of_birth", None),
        ({"email": None}, "email", None),
    ],
)
def test_formats_are_checked_before_anybody_is_asked(service, ect, document, field, rule):
    """The first mistake, in the order of the document."""
    whole = the_new_mentor(ect) | document if isinstance(document, dict) else document
    with pytest.raises(InvalidRequest) as mistake:
        register_mentor(whole, USER, service.ports)

    assert (mistake.value.field, mistake.value.rule) == (field, rule)
    assert service.records.asked == []


@pytest.mark.parametrize(
    ("document", "field", "rule"),
    [
        ([], "$", None),
        ({"school": "1"}, "school", "own-school-only"),
        ({"ect": 1}, "ect", None),
        ({"mentor": None}, "mentor", None),
        ({"email": "joan@example.org"}, "email", None),
        ({"replace": "no"}, "replace", None),
        ({"lead_provider": True}, "lead_provider", None),
    ],
)
def test_formats_of_an_assignment_are_checked_first(service, ect, document, field, rule):
    """An email address is not asked for: it is known."""
    whole = document
    if isinstance(document, dict):
        whole = the_assignment(ect, service.has_mentor(a_mentor())) | document
    with pytest.raises(InvalidRequest) as mistake:
        assign_mentor(whole, USER, service.ports)

    assert (mistake.value.field, mistake.value.rule) == (field, rule)
    assert str(mistake.value).startswith(f"{field}: ")
