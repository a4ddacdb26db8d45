"""Files with the marked facts, on pages: rows that are right and wrong, and columns that moved."""

from __future__ import annotations

import csv
import html
import io
import re

from ect_registration.testing.memory.teacher_records import MemoryTeacherRecords
from integration.secrets.driving.drives import drive
from integration.secrets.marks import ANOTHER_DAY, NUMBER, TO_REGISTER, a_registration
from integration.secrets.stage import Stage
from integration.secrets.visitor import sign_in

SHOWN = re.compile(r'name="shown" value="([^"]+)"')


@drive
def uploads_files(stage: Stage) -> None:
    """What would happen, what was confirmed, and files that cannot be used."""
    visitor = sign_in(stage)
    rows = [
        a_registration(trn=TO_REGISTER[19], email="file@example.org"),
        a_registration(trn=TO_REGISTER[18], date_of_birth=str(ANOTHER_DAY)),
        a_registration(trn="1953-11-27", email=NUMBER.characters, date_of_birth="1953-27-11"),
    ]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    for content, status in (
        (text.getvalue(), 200),
        (text.getvalue() + '"', 422),
        (text.getvalue().replace("email", "born"), 422),
    ):
        answer = visitor.client.post(
            "/school/bulk",
            data={
                "csrf_token": visitor.token,
                "file": (io.BytesIO(content.encode()), "ects.csv"),
            },
            content_type="multipart/form-data",
        )
        assert answer.status_code == status
        shown = SHOWN.search(answer.text)
        if shown is not None:
            data = {"csrf_token": visitor.token, "shown": html.unescape(shown[1])}
            stage.clock.wait(hours=2)
            visitor = sign_in(stage)
            data["csrf_token"] = visitor.token
            stage.line.records = MemoryTeacherRecords(())
            late = visitor.client.post("/school/bulk/confirm", data=data)
            stage.new_line()
            assert late.status_code == 200
            assert visitor.client.post("/school/bulk/confirm", data=data).status_code == 303
