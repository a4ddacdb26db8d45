"""Mentors as a file for spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from flask import Response

from ect_registration.domain.values import Urn
from ect_registration.use_cases.school.mentors_page import ListedMentor
from entrypoints.web.ects.download import csv_answer
from entrypoints.web.mentors import details, wording

COLUMNS = (
    "Name", "TRN", "Email address", "Status", "Start date", "Last day", "ECTs", "Mentor training",
    "Lead provider",
)  # fmt: skip


def csv_file(mentors: Sequence[ListedMentor], school: Urn, today: date) -> Response:
    """Returns the CSV file, named after the school and the day."""
    rows = [_row(mentor, today) for mentor in mentors]
    return csv_answer(rows, COLUMNS, f"mentors-{school}-{today.isoformat()}.csv")


def _row(listed: ListedMentor, today: date) -> Mapping[str, object]:
    """Returns the cells of one mentor, empty where nothing is known."""
    mentor = listed.summary
    values = (
        mentor.name,
        mentor.trn,
        mentor.email,
        wording.STATUSES[listed.status],
        mentor.started_on,
        mentor.finished_on,
        "; ".join(f"{each.teacher.name} {details.days(each, today)}" for each in listed.mentored),
        wording.TRAININGS[mentor.training],
        mentor.lead_provider,
    )
    return dict(zip(COLUMNS, values, strict=True))
