"""Sends the notices that wait, and lists notices: `ect outbox`."""

from __future__ import annotations

import click

from ect_registration.domain.notice import KeptNotice, NoticeState
from ect_registration.use_cases.notifying.outbox import list_notices
from ect_registration.use_cases.notifying.send import POSTPONED, send_notices
from entrypoints.cli.terminal.output import format_option, print_rows
from entrypoints.cli.terminal.settings import read_settings

COLUMNS = (
    "id", "what", "role", "to", "school", "about", "state", "tries", "written_at", "due_at",
    "settled_at", "why",
)  # fmt: skip
IN_A_TABLE = ("what", "role", "to", "school", "state", "tries", "written_at", "why")
EVERY = "all"
MOST = 1000


@click.group(epilog="Example: ect outbox send")
def outbox() -> None:
    """Notices to users, ECTs and mentors: send those that wait, list them."""


@outbox.command(
    short_help="Send the notices that are due.", epilog="Example: ect outbox send --format json"
)
@format_option
def send(form: str) -> None:
    """Send the notices that are due, each once, however many of these commands run at a time.

    Run it every minute. What cannot be sent now waits, longer each time, and the exit status is 3.
    """
    from entrypoints import bootstrap
    from entrypoints.notifiers import open_notifier

    settings = read_settings()
    notifier = open_notifier(settings)
    with bootstrap.open_ports_without_trs(settings) as ports:
        run = send_notices(ports, notifier)
    kinds = (NoticeState.SENT, NoticeState.REFUSED, NoticeState.DROPPED, POSTPONED)
    rows = [{"notices": str(kind), "number": run.counts.get(kind, 0)} for kind in kinds]
    print_rows(rows, form, ("notices", "number"))
    if run.stopped_by is not None:
        raise run.stopped_by


@outbox.command(
    "list",
    short_help="List notices, and what became of each.",
    epilog="Example: ect outbox list --state refused --format json",
)
@click.option(
    "--state",
    type=click.Choice([*(state.value for state in NoticeState), EVERY]),
    default=NoticeState.WAITING.value,
    show_default=True,
    help="Only notices in this state.",
)
@click.option("--most", type=click.IntRange(1), default=MOST, show_default=True, help="So many.")
@format_option
def list_command(state: str, most: int, form: str) -> None:
    """List notices, oldest first: what each tells, who gets it, and what became of it.

    Names and addresses are not listed: a notice takes them when it is sent.
    """
    from entrypoints import bootstrap

    states = list(NoticeState) if state == EVERY else [NoticeState(state)]
    with bootstrap.open_ports_without_trs(read_settings()) as ports:
        rows = [_row(kept) for kept in list_notices(states, most, ports)]
    print_rows(
        rows,
        form,
        IN_A_TABLE if form == "table" else COLUMNS,
        if_none="There are no such notices.",
    )


def _row(kept: KeptNotice) -> dict[str, object]:
    notice = kept.notice
    return {
        "id": str(notice.id),
        "what": notice.happened.value,
        "role": notice.role.value,
        "to": notice.to.value,
        "school": notice.school.digits,
        "about": notice.about and str(notice.about),
        "state": kept.state.value,
        "tries": kept.tries,
        "written_at": notice.written_at.isoformat(timespec="seconds"),
        "due_at": kept.due_at.isoformat(timespec="seconds"),
        "settled_at": kept.settled_at and kept.settled_at.isoformat(timespec="seconds"),
        "why": kept.why,
    }
