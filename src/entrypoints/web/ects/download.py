"""ECTs as a file for spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from flask import Response

from ect_registration.domain.values import Urn
from ect_registration.use_cases.school.ects import EctSummary
from entrypoints.text.csv_text import as_csv
from entrypoints.web.ects import wording
from entrypoints.web.platform.template_globals import academic_year

COLUMNS = (
    "Name", "TRN", "Email address", "Status", "Start date", "Last day", "Working pattern",
    "Expected training start year", "Programme", "Training", "Lead provider", "Delivery partner",
    "Appropriate body", "Mentor", "Days without a mentor",
)  # fmt: skip
UTF_8_MARK = "\ufeff"  # without it Excel takes the letters of names for others


def csv_file(ects: Sequence[EctSummary], school: Urn, today: date) -> Response:
    """Returns the CSV file, named after the school and the day."""
    rows = [_row(ect) for ect in ects]
    return csv_answer(rows, COLUMNS, f"ects-{school}-{today.isoformat()}.csv")


def csv_answer(
    rows: Sequence[Mapping[str, object]], columns: Sequence[str], name: str
) -> Response:
    """Returns rows as a CSV file to save under this name."""
    text = as_csv(rows, columns)
    answer = Response(UTF_8_MARK + text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer


def _row(ect: EctSummary) -> Mapping[str, object]:
    """Returns the cells of one ECT, empty where nothing is known."""
    values = (
        ect.name,
        ect.trn,
        ect.email,
        wording.TAGS[wording.status_of(ect)],
        ect.started_on,
        ect.finished_on,
        ect.working_pattern and wording.PATTERNS[ect.working_pattern],
        academic_year(ect.expected_training_start_year),
        ect.programme and wording.PROGRAMMES[ect.programme],
        ect.training and wording.training_of(ect),
        ect.lead_provider,
        ect.delivery_partner,
        ect.appropriate_body,
        wording.mentor_of(ect),
        " and ".join(map(wording.days_of_gap, ect.without_mentor)),
    )
    return dict(zip(COLUMNS, values, strict=True))
