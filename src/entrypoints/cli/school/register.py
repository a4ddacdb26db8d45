"""Makes or checks one registration, JSON in, JSON out: `ect register-ect`, `ect check-ect`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import IO

import click

from ect_registration.domain.decisions import Allowed, Blocked, Decision, Rule
from ect_registration.domain.rules.registering.programme import what_happens_next
from ect_registration.journeys.engine import rules_of
from ect_registration.journeys.register_ect import REGISTER_ECT
from ect_registration.use_cases.registering.outcomes import Registered
from ect_registration.use_cases.registering.register_ect import check_ect, register_ect
from ect_registration.use_cases.school.ects import summary_of
from ect_registration.use_cases.transactions import Ports
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
from entrypoints.cli.terminal.output import ect_row, end_blocked, print_json
from entrypoints.cli.terminal.settings import read_settings

Row = dict[str, object]

NOTHING_MORE: Row = {}


@click.command("register-ect", epilog="Example: ect register-ect --from registration.json")
@document_option(
    "A JSON document, or - for standard input. Without it, the command asks questions.",
    required=False,
)
@dry_run_option
@reason_option
@as_option
@notify_option
def register_ect_command(
    file: IO[bytes] | None, reason: str | None, *, dry_run: bool, notify: bool
) -> None:
    """Register one ECT.

    The document has the keys school (URN), trn, date_of_birth, email and start_date, and may have
    national_insurance_number, corrected_name, same_person (true, if asked for), working_pattern
    (full_time or part_time), reuse_previous_choices (true or false), appropriate_body, programme
    (provider_led or school_led) and lead_provider. Dates are like 2025-09-01.
    "ect schema register-ect" describes every key.

    Dates of birth and National Insurance numbers come in the document or from a hidden prompt,
    never as arguments.
    """
    if file is None:
        _ask(reason, dry_run=dry_run, notify=notify)
        return
    from entrypoints import bootstrap

    user = acting_for_school(reason, writing=not dry_run)
    extra = DRY_RUN if dry_run else NOTHING_MORE
    with answering(extra):
        document = read_document(file)
        with bootstrap.open_ports(read_settings()) as ports:
            if dry_run:
                outcome = check_ect(document, ports).outcome
            else:
                tells = told(notify=notify)
                outcome = register_ect(document, user, ports, tells=tells, reason=reason)
            _finish(outcome, ports, extra)


@click.command("check-ect", epilog="Example: ect check-ect --from registration.json")
@document_option("A JSON document, or - for standard input.")
def check_ect_command(file: IO[bytes]) -> None:
    """Show every rule that applies to a registration, with its decision. Nothing is written.

    The document is that of ect register-ect.
    """
    from entrypoints import bootstrap

    with answering({**DRY_RUN, "rules": _not_reached(_every_rule())}):
        document = read_document(file)
        with bootstrap.open_ports(read_settings()) as ports:
            checked = check_ect(document, ports)
            decided = [_decision_row(decision) for decision in checked.decisions]
            rules = [*decided, *_not_reached(checked.not_reached)]
            _finish(checked.outcome, ports, {**DRY_RUN, "rules": rules})


def _finish(outcome: Registered | Blocked, ports: Ports, extra: Mapping[str, object]) -> None:
    """Prints the outcome, and leaves with its exit status when it is not done."""
    if isinstance(outcome, Blocked):
        end_blocked(outcome, extra)
    ect = ect_row(summary_of(outcome.ect, ports.clock.today()))
    if "dry_run" in extra:
        ect["id"] = None
    print_json({"outcome": "registered", "ect": ect, **extra})
    if "dry_run" not in extra:
        _tell(outcome)


def _tell(outcome: Registered) -> None:
    """Tells people what has happened and what comes next."""
    if outcome.merged_from is not None:
        trn = outcome.ect.teacher.trn
        click.echo(f"TRS has merged TRN {outcome.merged_from} into {trn}.", err=True)
    training = outcome.ect.training
    next_steps = training and what_happens_next(training.lead_provider, training.delivery_partner)
    if next_steps is not None:
        click.echo(f"{next_steps}.", err=True)
    click.echo("The ECT is registered. They still need a mentor.", err=True)


def _decision_row(decision: Decision) -> Row:
    word = "allowed" if isinstance(decision, Allowed) else "refused"
    return _row(decision.rule, word, decision.because)


def _every_rule() -> Iterable[Rule]:
    return rules_of(REGISTER_ECT)


def _not_reached(rules: Iterable[Rule]) -> list[Row]:
    return [_row(rule, "not_reached", {}) for rule in rules]


def _row(rule: Rule, decision: str, because: Mapping[str, object]) -> Row:
    return {"rule": rule.id, "decision": decision, "because": dict(because)}


def _ask(reason: str | None, *, dry_run: bool, notify: bool) -> None:
    """Walks the journey at a terminal."""
    if dry_run:
        raise click.UsageError("Give a document with --from when you use --dry-run")
    if sys.stdin is None or not sys.stdin.isatty():
        raise click.UsageError("Give a document with --from FILE, or --from - for standard input")
    from entrypoints import bootstrap
    from entrypoints.cli.terminal.interactive import ask

    user, tells = acting_for_school(reason), told(notify=notify)
    with bootstrap.open_ports(read_settings()) as ports:
        _finish(ask(user, tells, ports, reason), ports, NOTHING_MORE)
