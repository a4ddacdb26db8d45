"""What may be asked of the programming interface for lead providers, and how it is read."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from ect_registration.domain.lead_providers.statuses import TrainingStatus
from ect_registration.ports.stored.lead_providers import Order
from ect_registration.use_cases.lead_providers.reading import Page
from entrypoints.api import parameters
from entrypoints.api.parameters import BadParameter, narrowing, order_of, page_of

ID = UUID("6f1c0c43-8f4b-4b5e-9d25-6a2f6d9b7c11")
FILTERS = (
    parameters.COHORTS,
    parameters.UPDATED_SINCE,
    parameters.TRAINING_STATUS,
    parameters.FROM_PARTICIPANT,
    parameters.DELIVERY_PARTNERS,
    parameters.URN,
)


@pytest.mark.parametrize(
    ("name", "given", "into", "value"),
    [
        ("cohort", "2025", "cohorts", frozenset({2025})),
        ("cohort", "2024,2025", "cohorts", frozenset({2024, 2025})),
        ("cohort", "2024, 2025", "cohorts", frozenset({2024, 2025})),
        ("updated_since", "2025-09-01T12:00:00Z", "updated_since",
         datetime(2025, 9, 1, 12, tzinfo=UTC)),
        ("updated_since", "2025-09-01T12:00:00.000001Z", "updated_since",
         datetime(2025, 9, 1, 12, 0, 0, 1, tzinfo=UTC)),
        ("updated_since", "2025-09-01T12:00:00+01:00", "updated_since",
         datetime(2025, 9, 1, 11, tzinfo=UTC)),
        ("updated_since", "2025-09-01T12:00:00 01:00", "updated_since",
         datetime(2025, 9, 1, 11, tzinfo=UTC)),
        ("updated_since", "2025-09-01", "updated_since", datetime(2025, 9, 1, tzinfo=UTC)),
        ("training_status", "withdrawn", "training_status", TrainingStatus.WITHDRAWN),
        ("from_participant_id", str(ID), "from_participant", ID),
        ("delivery_partner_id", f"{ID},{ID}", "delivery_partners", frozenset({ID})),
        ("urn", "100001", "urn", "100001"),
    ],
)  # fmt: skip
def test_a_list_is_narrowed(name: str, given: str, into: str, value: object) -> None:
    """A filter is read as the contract writes it, a plus sign that became a blank included."""
    found = narrowing(MultiDict({f"filter[{name}]": given}), FILTERS)

    assert found == {into: value}


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("filter[cohort]", ""),
        ("filter[cohort]", "25"),
        ("filter[cohort]", "2025,"),
        ("filter[cohort]", "20255"),
        ("filter[cohort]", "٢٠٢٥"),
        ("filter[cohort]", ",".join(["2025"] * 101)),
        ("filter[updated_since]", "yesterday"),
        ("filter[updated_since]", "2025-02-30T00:00:00Z"),
        ("filter[updated_since]", "0001-01-01T00:00:00+14:00"),
        ("filter[updated_since]", "20250901"),
        ("filter[updated_since]", "2025-09-01T12:00:00Z\0"),
        ("filter[training_status]", "gone"),
        ("filter[from_participant_id]", "1"),
        ("filter[from_participant_id]", "6f1c0c438f4b4b5e9d256a2f6d9b7c11"),
        ("filter[delivery_partner_id]", f"{ID},x"),
        ("filter[urn]", "12"),
    ],
)
def test_a_filter_that_cannot_be_one_is_named(name: str, given: str) -> None:
    """What cannot be read is an error that names the parameter, and never something else."""
    with pytest.raises(BadParameter) as wrong:
        narrowing(MultiDict({name: given}), FILTERS)

    assert wrong.value.name == name


def test_a_doubled_parameter_is_an_error() -> None:
    """Of two values neither is the right one."""
    with pytest.raises(BadParameter):
        narrowing(MultiDict([("filter[urn]", "100001"), ("filter[urn]", "100002")]), FILTERS)


def test_a_filter_that_is_always_needed_is_asked_for() -> None:
    """Schools differ by year, so that a list of them needs one."""
    with pytest.raises(BadParameter) as wrong:
        narrowing(MultiDict(), (parameters.COHORT,))

    assert wrong.value.name == "filter[cohort]"


@given(st.text(max_size=40))
def test_no_text_breaks_a_filter(text: str) -> None:
    """Whatever is given, it is read or named, and nothing else happens."""
    for each in FILTERS:
        with suppress(BadParameter):
            assert list(narrowing(MultiDict({each.parameter: text}), FILTERS)) == [each.into]


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ({}, Page(1, 100)),
        ({"page[page]": "3"}, Page(3, 100)),
        ({"page[per_page]": "3000"}, Page(1, 3000)),
        ({"page[per_page]": "3001"}, Page(1, 3000)),
        ({"page[page]": "999999999999999", "page[per_page]": "1"}, Page(999999999999999, 1)),
        ({"page[page]": "1" * 16, "page[per_page]": "9" * 5000}, Page(999999999999999, 3000)),
        ({"page[page]": "0" * 5000 + "2"}, Page(2, 100)),
    ],
)
def test_a_page_is_read(query: dict[str, str], page: Page) -> None:
    """There are 100 on a page unless asked otherwise, and 3,000 at most."""
    assert page_of(MultiDict(query)) == page


@pytest.mark.parametrize("given", ["0", "-1", "", "1.0", "x", "\N{ARABIC-INDIC DIGIT ONE}"])
@pytest.mark.parametrize("name", ["page[page]", "page[per_page]"])
def test_a_page_that_is_no_number_is_an_error(name: str, given: str) -> None:
    """Pages count from 1."""
    with pytest.raises(BadParameter) as wrong:
        page_of(MultiDict({name: given}))

    assert wrong.value.name == name


def test_a_list_is_sorted_by_creation_unless_asked_otherwise() -> None:
    """Another order is one of the contract's."""
    assert order_of(MultiDict()) is Order.CREATED
    assert order_of(MultiDict({"sort": "-updated_at"})) is Order.UPDATED_LAST
    with pytest.raises(BadParameter):
        order_of(MultiDict({"sort": "name"}))
