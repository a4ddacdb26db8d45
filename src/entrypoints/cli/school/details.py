"""Changes details by a document, JSON in, JSON out: `ect change-ect` and `ect change-mentor`."""

from __future__ import annotations

from typing import IO

import click

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.endings import NOBODY
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.use_cases.changing.change_documents import change_ect_by, change_mentor_by
from ect_registration.use_cases.school.ects import summary_of
from ect_registration.use_cases.school.mentors import summary_of_changed
from entrypoints.cli.school.changing import (
    ECT,
    MENTOR,
    id_argument,
    id_of,
    open_store,
)
from entrypoints.cli.terminal.documents import (
    DRY_RUN,
    answering,
    document_option,
    dry_run_option,
    read_document,
)
from entrypoints.cli.terminal.operator import (
    acting_for_school,
    as_option,
    notify_option,
    reason_option,
    told,
)
from entrypoints.cli.terminal.output import ect_row, end_blocked, mentor_row, print_json


@click.command("change-ect", epilog="Example: ect change-ect ID --from change.json")
@id_argument
@document_option(
    'A JSON document, or - for standard input: {"school": "100001"} and any of corrected_name '
    "(null: the name in TRS), same_person, email, working_pattern, start_date, "
    "appropriate_body, programme, lead_provider"
)
@reason_option
@as_option
@notify_option
@dry_run_option
def change_ect_command(
    id: str, file: IO[bytes], reason: str | None, *, notify: bool, dry_run: bool
) -> None:
    """Change an ECT's details: only the keys given, all of them or nothing."""
    user, extra = acting_for_school(reason, writing=not dry_run), DRY_RUN if dry_run else {}
    with answering(extra):
        document, number = read_document(file), id_of(id)
        with open_store() as ports:
            done = change_ect_by(
                EctId(NOBODY if isinstance(number, Blocked) else number),
                document,
                user,
                ports,
                dry_run=dry_run,
                tells=told(notify=notify),
                reason=reason,
            )
            if isinstance(done, Blocked):
                end_blocked(done, extra)
            row = ect_row(summary_of(done.ect, ports.clock.today()))
            print_json({"outcome": "changed", "changed": done.changed, ECT: row, **extra})


@click.command("change-mentor", epilog="Example: ect change-mentor ID --from change.json")
@id_argument
@document_option(
    'A JSON document, or - for standard input: {"school": "100001"} and any of corrected_name '
    "(null: the name in TRS), same_person, email, start_date, lead_provider"
)
@reason_option
@as_option
@notify_option
@dry_run_option
def change_mentor_command(
    id: str, file: IO[bytes], reason: str | None, *, notify: bool, dry_run: bool
) -> None:
    """Change a mentor's details: only the keys given, all of them or nothing."""
    user, extra = acting_for_school(reason, writing=not dry_run), DRY_RUN if dry_run else {}
    with answering(extra):
        document, number = read_document(file), id_of(id)
        with open_store() as ports:
            done = change_mentor_by(
                MentorId(NOBODY if isinstance(number, Blocked) else number),
                document,
                user,
                ports,
                dry_run=dry_run,
                tells=told(notify=notify),
                reason=reason,
            )
            if isinstance(done, Blocked):
                end_blocked(done, extra)
            row = mentor_row(summary_of_changed(done.mentor, ports))
            print_json({"outcome": "changed", "changed": done.changed, MENTOR: row, **extra})
