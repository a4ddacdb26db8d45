"""Says of a row why it was not registered, without either secret."""

from __future__ import annotations

from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.use_cases.bulk.rows import RowResult
from ect_registration.use_cases.registering.documents import InvalidRequest
from entrypoints.text.dates_in_words import in_words

COLUMNS = ("row", "school", "trn", "outcome", "rule", "field", "message", "trs_name")


def report_row(result: RowResult, why_not: Blocked | InvalidRequest) -> dict[str, object]:
    """Returns one line of a report; the field is that in which another answer is called for."""
    rule, field = why_not.rule, why_not.field
    if isinstance(why_not, Blocked) and why_not.kind not in {Kind.INVALID, Kind.NEEDS}:
        field = None
    return {
        "row": result.number,
        "school": result.school,
        "trn": result.trn,
        "outcome": result.word.value,
        "rule": rule if rule is None or isinstance(rule, str) else rule.id,
        "field": field,
        "message": message_of(why_not),
        "trs_name": result.trs_name,
    }


def message_of(why_not: Blocked | InvalidRequest) -> str:
    """Returns what to do about a row. The dates of a rule are written in words.

    Those in a mistake of a cell are forms in which to write dates, and stay as they are.
    """
    return in_words(why_not.message) if isinstance(why_not, Blocked) else why_not.message
