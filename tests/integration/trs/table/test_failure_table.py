from __future__ import annotations

import pytest

from integration.trs.support import (
    ANOTHER_TRN,
    BORN_ON,
    NUMBER,
    TRN,
    Script,
    StillTime,
    outcome_of,
    records_over,
)
from integration.trs.table.failures import TABLE
from integration.trs.table.rows import UNAVAILABLE
from integration.trs.table.statuses import MERGERS

BY_DATE, BY_NUMBER, BY_TRN = "date of birth", "National Insurance number", "TRN"


def _look_up(records, second_fact):
    looking_up = {
        BY_DATE: lambda: records.by_date_of_birth(TRN, BORN_ON),
        BY_NUMBER: lambda: records.by_national_insurance_number(TRN, NUMBER),
        BY_TRN: lambda: records.by_trn(TRN),
    }
    return outcome_of(looking_up[second_fact])


def _situation(row):
    return row.situation


@pytest.mark.parametrize("row", TABLE, ids=_situation)
def test_the_first_lookup(row):
    """By TRN, with the date of birth compared here."""
    script, time = Script(row.replies), StillTime()
    outcome = _look_up(records_over(script, timing=time.timing), BY_DATE)
    slept = time.slept if row.slept is None else row.slept

    assert (outcome, len(script.requests), time.slept) == (row.expected, row.calls, slept)


@pytest.mark.parametrize("row", TABLE, ids=_situation)
def test_the_lookup_by_number(row):
    """The same, where TRS compares."""
    script = Script(row.replies)
    outcome = _look_up(records_over(script), BY_NUMBER)
    expected = row.expected if row.by_number is None else row.by_number

    assert (outcome, len(script.requests)) == (expected, row.calls)


@pytest.mark.parametrize("row", TABLE, ids=_situation)
def test_every_later_lookup(row):
    """By TRN alone: whatever is not agreed is never an answer, then either."""
    outcome = _look_up(records_over(Script(row.replies)), BY_TRN)

    assert (outcome == UNAVAILABLE) == (row.expected == UNAVAILABLE)


@pytest.mark.parametrize("second_fact", [BY_DATE, BY_NUMBER, BY_TRN])
def test_a_merged_record_is_asked_for_as_the_first_was(second_fact):
    """Includes and second fact are in both requests, for another TRN at the same place."""
    script = Script(MERGERS[0].replies)
    _look_up(records_over(script), second_fact)
    first, second = (str(request.url) for request in script.requests)

    assert second == first.replace(TRN.digits, ANOTHER_TRN.digits)


@pytest.mark.parametrize("second_fact", [BY_DATE, BY_NUMBER, BY_TRN])
def test_a_date_of_birth_is_never_in_an_address(second_fact):
    """Nor is a National Insurance number where TRS need not compare it."""
    script = Script(TABLE[-1].replies)
    _look_up(records_over(script), second_fact)
    query = dict(script.requests[0].url.params)
    number = {"nationalInsuranceNumber": NUMBER.characters} if second_fact == BY_NUMBER else {}

    assert query == {"include": "Induction,Alerts"} | number


def test_a_request_names_one_version_and_our_key():
    """And asks for no compression."""
    script = Script(TABLE[-1].replies)
    _look_up(records_over(script, api_key="k-123", api_version="20260612"), BY_TRN)
    headers = script.requests[0].headers
    named = [headers[name] for name in ("Authorization", "X-Api-Version", "Accept-Encoding")]

    assert named == ["Bearer k-123", "20260612", "identity"]


def test_an_empty_second_fact_is_never_sent():
    """TRS would answer it with the whole record of somebody never checked."""
    emptied = NUMBER.__class__.__new__(NUMBER.__class__)
    object.__setattr__(emptied, "characters", " ")
    script = Script(TABLE[-1].replies)
    with pytest.raises(ValueError, match="never sent"):
        records_over(script).by_national_insurance_number(TRN, emptied)

    assert script.requests == []
