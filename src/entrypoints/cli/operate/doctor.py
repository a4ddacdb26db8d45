"""Says whether everything that the service needs is reachable and correct: `ect doctor`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import attrs
import click

from ect_registration.ports.errors import Unavailable
from ect_registration.use_cases.lead_providers.tokens import lead_providers_without_token
from ect_registration.use_cases.notifying.outbox import refused_notices, waiting_notices
from entrypoints.cli.terminal.exits import Exit
from entrypoints.cli.terminal.output import format_option, print_rows
from entrypoints.cli.terminal.prompts import working
from entrypoints.settings.config import Settings, SettingsError, read_settings

# What pages tell schools that is not true until an operator does something about it.
NOBODY_IS_TOLD = (
    "warning: not set up, so notices are kept and no user, ECT or mentor gets an email. Where"
    " pages ask for an email address they say “We use it to write to the ECT about their"
    " training”; set ECT_NOTIFY_API_KEY or ECT_NOTICES_DIR"
)
CANNOT_READ = (
    "warning: no usable token this year: {names}. Pages say “We will pass the ECT’s details on to”"
    " them when a school chooses them, and they cannot read these; run ect tokens create"
)
SOME_REFUSED = "warning: {number} refused for good; ect outbox list --state refused says why"
COLUMNS = ("what", "ok", "says")


@attrs.frozen
class Finding:
    """Describes one thing that was looked at.

    ``ok`` is None when it was not checked, and for a warning, which leaves the exit status alone.
    """

    what: str
    ok: bool | None
    says: str
    blame: Exit = Exit.UNAVAILABLE  # what it comes to when it is not right


@click.command(epilog="Example: ect doctor --format json")
@format_option
def doctor(form: str) -> None:
    """Check settings, database, TRS, DfE Sign-in and notices, and say what is wrong with each.

    Checks every setting that ect serve needs, and lists all that are wrong.
    """
    with working("Checking"):
        findings = _findings(read_settings())
    rows = [{name: getattr(finding, name) for name in COLUMNS} for finding in findings]
    print_rows(rows, form, COLUMNS)
    for finding in findings:
        if finding.ok is False:
            raise SystemExit(finding.blame)


def _findings(settings: Settings) -> Sequence[Finding]:
    """Returns what `ect serve` would refuse, and otherwise what a look at each part finds."""
    from entrypoints.settings import checks

    mistakes = checks.mistakes_in(settings)
    unknown = [SettingsError(name, why) for name, why in settings.found.unknown.items()]
    wrong = {**mistakes, "settings": [*mistakes["settings"], *unknown]}
    usable = checks.usable(settings)
    findings: list[Finding] = []
    for part, look in LOOKS.items():
        if wrong[part]:
            says = "; ".join(map(str, wrong[part]))
            findings.append(Finding(part, False, says, Exit.INVALID))
        else:
            findings += _looking_at(part, partial(look, usable))
    return findings


def _looking_at(what: str, look: Callable[[], Sequence[Finding]]) -> Sequence[Finding]:
    """Returns what a look finds; what keeps it from looking is a finding too."""
    try:
        return look()
    except SettingsError as error:
        return [Finding(what, False, str(error), Exit.INVALID)]
    except Unavailable as error:
        return [Finding(what, False, error.why or str(error))]


def _settings(settings: Settings) -> Sequence[Finding]:
    from entrypoints import bootstrap

    today = bootstrap.build_clock(settings.fixed_day).today()
    return [Finding("settings", True, f"ECT_ENV is {settings.place}; today is {today}")]


def _database(settings: Settings) -> Sequence[Finding]:
    from entrypoints import bootstrap

    today = bootstrap.build_clock(settings.fixed_day).today()
    rows = bootstrap.check_database(settings.database, today, declared_only=True)
    broken = [str(row["guarantee"]) for row in rows if not row["in_force"]]
    if broken:
        return [Finding("database", False, f"not in force: {', '.join(broken)}", Exit.OTHER)]
    open_to_others = bootstrap.readable_by_others(settings.database)
    warning = "; other users of this computer can read its file" if open_to_others else ""
    says = f"schema current, {len(rows)} guarantees declared{warning}"
    return [Finding("database", True, says), _lead_providers(settings)]


def _lead_providers(settings: Settings) -> Finding:
    """Checks that lead providers schools can choose this year have a token to read with."""
    from entrypoints import bootstrap

    with bootstrap.open_ports_without_trs(settings) as ports:
        names = lead_providers_without_token(ports)
    if names:
        return Finding("lead providers", None, CANNOT_READ.format(names=", ".join(names)))
    return Finding("lead providers", True, "each that works this year has a token")


def _trs(settings: Settings) -> Sequence[Finding]:
    from entrypoints import bootstrap

    world = bootstrap.trs_world(settings)
    if world is not None:
        people = len(world.trs_people)
        return [Finding("TRS", True, f"replaced by a world file with {people} people")]
    return [Finding(f"TRS {what}", ok, says) for what, ok, says in bootstrap.check_trs(settings)]


def _sign_in(settings: Settings) -> Sequence[Finding]:
    from entrypoints import bootstrap

    wanted = settings.sign_in
    if wanted is None:
        says = "not set up. Outside production, users can only sign in to the demo without it"
        return [Finding("sign-in", None, says)]
    return [
        Finding(f"sign-in {what}", ok, says) for what, ok, says in bootstrap.check_sign_in(wanted)
    ]


def _notices(settings: Settings) -> Sequence[Finding]:
    from entrypoints import bootstrap
    from entrypoints.notifiers import check_notifier

    wanted = settings.notices
    if wanted is None:
        return [Finding("notices", None, NOBODY_IS_TOLD)]
    findings = [
        Finding(f"notices {what}", ok, says, Exit.UNAVAILABLE)
        for what, ok, says in check_notifier(wanted)
    ]
    with bootstrap.open_ports_without_trs(settings) as ports:
        waiting, refused = waiting_notices(ports), refused_notices(ports)
    return [
        *findings,
        Finding("notices waiting", True, f"{waiting}, for ect outbox send"),
        *(
            [Finding("notices refused", None, SOME_REFUSED.format(number=refused))]
            if refused
            else []
        ),
    ]


LOOKS: Mapping[str, Callable[[Settings], Sequence[Finding]]] = {
    "settings": _settings,
    "database": _database,
    "TRS": _trs,
    "sign-in": _sign_in,
    "notices": _notices,
}
