"""Does what a school does after registering: `ect leaving`, `ect undo` and `ect remove-mentor`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import attrs
import click

from ect_registration.domain.decisions import Blocked, Rule
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.policy import DAYS_TO_CORRECT
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY, unknown_school
from ect_registration.domain.rules.mentors.removal import MENTOR_REMOVED
from ect_registration.domain.rules.periods.leaving import LEAVING
from ect_registration.domain.values import InvalidValue, parse_date
from ect_registration.use_cases.changing.leaving import (
    look_at_ect_leaving,
    look_at_mentor_leaving,
    report_ect_leaving,
    report_mentor_leaving,
)
from ect_registration.use_cases.changing.removing_mentor import (
    look_at_removing_mentor,
    remove_mentor,
)
from ect_registration.use_cases.changing.undo.undoing import (
    look_at_undoing_ect,
    look_at_undoing_mentor,
    undo_ect,
    undo_mentor,
)
from ect_registration.use_cases.registering.documents import InvalidRequest
from ect_registration.use_cases.school.ects import summary_of
from ect_registration.use_cases.school.mentors import summary_of_changed
from ect_registration.use_cases.transactions import Actor, Ports
from entrypoints.cli.terminal.documents import DRY_RUN, answering, dry_run_option
from entrypoints.cli.terminal.operator import (
    acting_for_school,
    as_option,
    notify_option,
    reason_option,
    told,
)
from entrypoints.cli.terminal.output import ect_row, end_blocked, mentor_row, print_json
from entrypoints.cli.terminal.schools import school_option, urn_of
from entrypoints.cli.terminal.settings import read_settings

ECT, MENTOR = "ect", "mentor"

# Help with a figure of policy in it, which a docstring cannot have.
LEAVING_HELP = f"""Report, correct or withdraw the last day of an ECT or mentor.

Training and mentorships end with it; correcting or withdrawing takes that back. A day in the past
can be corrected for {DAYS_TO_CORRECT} after it was reported; with --reason, whenever it was.
"""
UNDO_HELP = f"""Undo a registration that was a mistake; what it had ended stands again.

For {DAYS_TO_CORRECT} after the later of registration and first day, while they are there; with
--reason whenever it was.
"""

who_argument = click.argument("who", metavar="ect|mentor", type=click.Choice([ECT, MENTOR]))
id_argument = click.argument("id")


@click.command(
    "leaving",
    help=LEAVING_HELP,
    epilog="Example: ect leaving ect ID --school 100001 --on 2026-03-31",
)
@who_argument
@id_argument
@school_option
@click.option("--on", help="The last day at the school, such as 2026-03-31.")
@click.option("--withdraw", is_flag=True, help="They stay after all.")
@reason_option
@as_option
@dry_run_option
def leaving_command(
    who: str,
    id: str,
    school: str,
    on: str | None,
    reason: str | None,
    *,
    withdraw: bool,
    dry_run: bool,
) -> None:
    """Report, correct or withdraw the last day of an ECT or mentor."""
    if (on is None) != withdraw:
        raise click.UsageError("Give either --on or --withdraw")
    change = _Change.of(school, reason, dry_run=dry_run)
    with answering(change.extra):
        last_day = None if on is None else _day(on, LEAVING)
        with open_store() as ports:
            actor = change.actor(ports)
            outcome = _leaves(who, id, last_day, actor, ports, change)
            word = "not_leaving" if withdraw else "leaving"
            change.finish(outcome, word, ports)


@click.command("undo", help=UNDO_HELP, epilog="Example: ect undo ect ID --school 100001")
@who_argument
@id_argument
@school_option
@reason_option
@as_option
@notify_option
@dry_run_option
def undo_command(
    who: str, id: str, school: str, reason: str | None, *, notify: bool, dry_run: bool
) -> None:
    """Undo a registration that was a mistake."""
    change = _Change.of(school, reason, dry_run=dry_run)
    with answering(change.extra), open_store() as ports:
        actor = attrs.evolve(change.actor(ports), tells=told(notify=notify))
        outcome = _undone(who, id, actor, ports, change)
        change.finish(outcome, "undone", ports)


@click.command(
    "remove-mentor", epilog="Example: ect remove-mentor ID --school 100001 --on 2025-12-19"
)
@id_argument
@school_option
@click.option("--on", help="The last day of mentoring, such as 2025-12-19. Without it: today.")
@reason_option
@as_option
@dry_run_option
def remove_mentor_command(
    id: str, school: str, on: str | None, reason: str | None, *, dry_run: bool
) -> None:
    """End an ECT's mentorship without a new mentor: the ECT needs one again."""
    change = _Change.of(school, reason, dry_run=dry_run)
    with answering(change.extra):
        last_day = None if on is None else _day(on, MENTOR_REMOVED)
        with open_store() as ports:
            actor = change.actor(ports)
            use = look_at_removing_mentor if dry_run else remove_mentor
            ect = id_of(id)
            done = ect if isinstance(ect, Blocked) else use(EctId(ect), last_day, actor, ports)
            change.finish(done if isinstance(done, Blocked) else done.ect, "mentor_removed", ports)


def open_store() -> Any:
    """Opens the store, without TRS."""
    from entrypoints import bootstrap

    return bootstrap.open_ports_without_trs(read_settings())


def _leaves(
    who: str, id: str, last_day: date | None, actor: Actor, ports: Ports, change: _Change
) -> EctAtSchool | MentorAtSchool | Blocked:
    number = id_of(id)
    if isinstance(number, Blocked):
        return number
    any_day = change.any_day
    if who == ECT:
        ect = EctId(number)
        if not change.extra:
            return report_ect_leaving(ect, last_day, actor, ports, any_day=any_day)
        seen = look_at_ect_leaving(ect, last_day, actor, ports, any_day=any_day)
        return seen if isinstance(seen, Blocked) else seen.ect
    mentor = MentorId(number)
    if not change.extra:
        return report_mentor_leaving(mentor, last_day, actor, ports, any_day=any_day)
    found = look_at_mentor_leaving(mentor, last_day, actor, ports, any_day=any_day)
    return found if isinstance(found, Blocked) else found.mentor


def _undone(
    who: str, id: str, actor: Actor, ports: Ports, change: _Change
) -> EctAtSchool | MentorAtSchool | Blocked:
    number = id_of(id)
    if isinstance(number, Blocked):
        return number
    if who == ECT:
        of_ect = look_at_undoing_ect if change.extra else undo_ect
        plan = of_ect(EctId(number), actor, ports, any_day=change.any_day)
    else:
        of_mentor = look_at_undoing_mentor if change.extra else undo_mentor
        plan = of_mentor(MentorId(number), actor, ports, any_day=change.any_day)
    return plan if isinstance(plan, Blocked) else plan.undone[1]


@attrs.frozen
class _Change:
    """What these commands have in common: a school, a reason, and whether it is a dry run."""

    school: str
    user: str
    reason: str | None
    extra: Mapping[str, object]

    @classmethod
    def of(cls, school: str, reason: str | None, *, dry_run: bool) -> _Change:
        """Returns what the options say."""
        user = acting_for_school(reason, writing=not dry_run)
        return cls(school, user, reason, DRY_RUN if dry_run else {})

    @property
    def any_day(self) -> bool:
        """Says whether the limits in today's date are lifted."""
        return self.reason is not None

    def actor(self, ports: Ports) -> Actor:
        """Returns who acts for the school; ends the command when the school is not known."""
        urn = urn_of(self.school)
        with ports.reading() as uow:
            known = uow.schools.find(urn) is not None
        if not known:
            end_blocked(unknown_school(), self.extra)
        return Actor(self.user, urn, reason=self.reason)

    def finish(
        self, outcome: EctAtSchool | MentorAtSchool | Blocked, word: str, ports: Ports
    ) -> None:
        """Prints the outcome, and leaves with its exit status when it is not done."""
        if isinstance(outcome, Blocked):
            end_blocked(outcome, self.extra)
        if isinstance(outcome, EctAtSchool):
            row = {ECT: ect_row(summary_of(outcome, ports.clock.today()))}
        else:
            row = {MENTOR: mentor_row(summary_of_changed(outcome, ports))}
        print_json({"outcome": word, **row, **self.extra})


def id_of(typed: str) -> UUID | Blocked:
    """Returns the id; text that is no id is as an unknown one."""
    try:
        return UUID(typed)
    except ValueError:
        return OWN_SCHOOL_ONLY.refuses()


def _day(typed: str, rule: Rule) -> date:
    try:
        return parse_date(typed, rule.id)
    except InvalidValue as error:
        raise InvalidRequest(error.rule, "last_day", error.message) from None
