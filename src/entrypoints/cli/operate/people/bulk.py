"""Registers many ECTs from one file: `ect bulk`."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TypeVar

import attrs
import click

from ect_registration.journeys.answers import given
from ect_registration.use_cases.bulk.bring_in import BroughtIn, bring_in
from ect_registration.use_cases.bulk.register_many import register_many
from ect_registration.use_cases.bulk.rows import RowOutcome, RowResult
from ect_registration.use_cases.registering.documents import InvalidRequest
from entrypoints.cli.terminal.documents import Readable, answering, read_bytes
from entrypoints.cli.terminal.exits import Exit
from entrypoints.cli.terminal.operator import (
    acting_for_school,
    as_option,
    notify_option,
    operator,
    reason_option,
    told,
)
from entrypoints.cli.terminal.output import Unwritten, print_json
from entrypoints.cli.terminal.progress import going_through
from entrypoints.cli.terminal.settings import read_settings
from entrypoints.text.bulk_file import read_bulk_file
from entrypoints.text.bulk_report import COLUMNS, report_row
from entrypoints.text.csv_lines import NotCsv
from entrypoints.text.csv_text import as_csv
from entrypoints.text.json_lines import as_json_lines
from entrypoints.text.records_file import COLUMNS as COLUMNS_OF_RECORDS
from entrypoints.text.records_file import read_records

T = TypeVar("T")

LARGEST = 25_000_000  # bytes: 50,000 rows of 500
MOST_TOLD = 20  # rows that are told on a terminal, without a report


@click.group(epilog="Example: ect bulk register-ects september.csv --dry-run")
def bulk() -> None:
    """Register many people from one file."""


@bulk.command(
    "register-ects",
    epilog="Example: ect bulk register-ects september.csv --report to-correct.csv",
)
@click.argument("file", type=Readable())
@click.option("--dry-run", is_flag=True, help="Say what would happen without saving anything.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the rows that were not registered, and why, to this file: CSV, or .jsonl.",
)
@notify_option
@reason_option
@as_option
def register_ects(
    file: IO[bytes], report: Path | None, reason: str | None, *, dry_run: bool, notify: bool
) -> None:
    """Register the ECTs of a file. Giving it again registers no one twice.

    FILE is CSV or JSON lines; - is standard input. Its columns are the keys of ect register-ect:
    school, trn, date_of_birth, email, start_date, working_pattern, appropriate_body, programme
    and lead_provider, and it may have national_insurance_number, corrected_name,
    reuse_previous_choices and same_person. Dates are 2025-09-01 or 01/09/2025.

    First the whole file is read: with a column that is missing or not known, or with a TRN that is
    there twice, nothing is done. Then each row is registered or refused on its own. Correct the
    rows that the report names in the file itself, then give it again.

    Exit status: 0 every row is registered, now or before; 1 some row is not; 2 the file cannot be
    used; 3 the Teaching Record System or the database stopped the run.
    """
    from entrypoints import bootstrap

    user, tally = acting_for_school(reason, writing=not dry_run), _Tally(dry_run=dry_run)
    with answering(tally.counts):
        rows = _read(file, read_bulk_file)
        tally.counts["rows"] = len(rows)
        if report is not None:
            _check_report(report, file)
        with bootstrap.open_ports(read_settings(), unattended=True) as ports:
            results = register_many(
                rows, user, ports, dry_run=dry_run, tells=told(notify=notify), reason=reason
            )
            try:
                for result in going_through(results, len(rows), "Registering"):
                    tally.count(result)
            finally:
                if report is not None:
                    _write(report, tally.not_registered)
    print_json(tally.counts)
    tally.tell(reported=report is not None)
    raise SystemExit(tally.exit_status)


@bulk.command("bring-in", epilog="Example: ect bulk bring-in mentors mentors.csv --dry-run")
@click.argument("kind", type=click.Choice(list(COLUMNS_OF_RECORDS)))
@click.argument("file", type=Readable())
@click.option("--dry-run", is_flag=True, help="Say what would happen without saving anything.")
@as_option
def bring_in_records(kind: str, file: IO[bytes], *, dry_run: bool) -> None:
    """Bring in records from elsewhere. Giving the file again adds nothing.

    FILE is CSV or JSON lines; - is standard input. The columns are those of a world file: school,
    trn, email, started_on and finished_on; for ects registered_on, completed, working_pattern,
    appropriate_body, programme and lead_provider too; for mentorships ect_trn and mentor_trn
    instead of trn and email. Names come from the Teaching Record System.

    Bring in ects and mentors before mentorships. Every row is checked by the guarantees of the
    database, and by no rule about dates or choices; no notices are sent. A row with a mistake is
    reported with its place, and left out.
    """
    from entrypoints import bootstrap

    user = operator(writing=not dry_run)
    counts: dict[str, object] = {"rows": 0, "added": 0, "there_already": 0}
    found: Counter[str] = Counter()
    mistakes: list[BroughtIn] = []
    with answering(counts):
        rows = _read(file, lambda text: read_records(text, kind))
        counts["rows"] = len(rows)
        with bootstrap.open_ports(read_settings(), unattended=True) as ports:
            results = bring_in(rows, user, ports, dry_run=dry_run)
            for result in going_through(results, len(rows), "Bringing in"):
                if result.mistake is not None:
                    mistakes.append(result)
                    continue
                found["added" if result.added else "there_already"] += 1
                counts.update(found)
    answer = {**counts, "mistakes": [row for each in mistakes for row in _mistake_rows(each)]}
    print_json({**answer, "dry_run": True} if dry_run else answer)
    if mistakes:
        click.echo("Correct the rows with a mistake, then give the file again.", err=True)
        stopped = any(each.is_unavailable for each in mistakes)
        raise SystemExit(Exit.UNAVAILABLE if stopped else Exit.REFUSED)


def _mistake_rows(result: BroughtIn) -> Iterator[dict[str, object]]:
    """Yields a line for each mistake of a row."""
    for each in given(result.mistake).all_mistakes:
        place = {"row": result.number, "rule": each.rule, "field": each.field}
        yield {**place, "message": each.message}


@attrs.define
class _Tally:
    """Counts what became of rows, and keeps what there is to say of the others."""

    dry_run: bool
    counts: dict[str, object] = attrs.field(init=False)
    not_registered: list[dict[str, object]] = attrs.field(init=False, factory=list)
    _by_outcome: Counter[RowOutcome] = attrs.field(init=False, factory=Counter)

    @counts.default
    def _nothing_yet(self) -> dict[str, object]:
        counts: dict[str, object] = {"rows": 0, **{outcome.value: 0 for outcome in RowOutcome}}
        return {**counts, "dry_run": True} if self.dry_run else counts

    def count(self, result: RowResult) -> None:
        """Counts one row."""
        self._by_outcome[result.word] += 1
        self.counts[result.word.value] = self._by_outcome[result.word]
        why_not = result.why_not
        if why_not is not None:
            self.not_registered.append(report_row(result, why_not))

    @property
    def exit_status(self) -> Exit:
        """Returns the status of the whole run."""
        if self._by_outcome[RowOutcome.UNAVAILABLE]:
            return Exit.UNAVAILABLE
        return Exit.REFUSED if self.not_registered else Exit.DONE

    def tell(self, *, reported: bool) -> None:
        """Tells people what is left to do."""
        if not self.not_registered:
            return
        for row in () if reported else self.not_registered[:MOST_TOLD]:
            where = row["rule"] or row["field"]
            click.echo(f"Row {row['row']}: {where}: {row['message']}.", err=True)
        number = len(self.not_registered)
        which = "1 row is" if number == 1 else f"{number:,} rows are"
        advice = "" if reported else " --report FILE writes all of them."
        if self._by_outcome[RowOutcome.UNAVAILABLE]:
            advice += " TRS did not answer for some of them: give the file again later."
        click.echo(
            f"{which} not registered. Correct the file, then give it again: no one is registered "
            f"twice.{advice}",
            err=True,
        )


def _read(file: IO[bytes], read: Callable[[bytes], Sequence[T]]) -> Sequence[T]:
    """Returns the rows of the file; raises InvalidRequest when nothing may be done with it."""
    text = read_bytes(file, LARGEST + 1)
    if len(text) > LARGEST:
        raise InvalidRequest(None, "$", f"Give a file of at most {LARGEST:,} bytes: divide it")
    try:
        return read(text)
    except NotCsv as mistake:
        raise InvalidRequest(None, f"row {mistake.line}", mistake.message) from None


def _check_report(report: Path, file: IO[bytes]) -> None:
    """Refuses a report that would take the place of the file, or that cannot be written."""
    try:
        with report.open("ab"):
            pass
    except OSError as error:
        raise click.BadParameter(f"{report} cannot be written: {error.strerror}") from None
    if _is_the_same(report, file):
        raise click.BadParameter("Give the report another name than the file has")


def _is_the_same(report: Path, file: IO[bytes]) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), report.stat())
    except (OSError, ValueError):  # no file of the system's, such as a pipe of the program's own
        return False


def _write(report: Path, rows: Sequence[Mapping[str, object]]) -> None:
    """Writes the report; raises Unwritten."""
    try:
        in_lines = report.suffix.lower() == ".jsonl"
        text = as_json_lines(rows) if in_lines else as_csv(rows, COLUMNS)
        report.write_bytes(text.encode())
    except OSError as error:
        raise Unwritten(error.strerror or "") from None
