"""Commands after registration and those of operators, with the marked facts where none belong."""

from __future__ import annotations

from integration.cli.town import OMAR, PROVIDER, VETERAN
from integration.secrets.driving.at_the_terminal import SLIPS, SPOILT, run
from integration.secrets.driving.drives import drive
from integration.secrets.marks import BORN_ON, NUMBER
from integration.secrets.stage import Stage

REFUSED = {1, 2}
ANY = {0, *REFUSED}


def _id(stage: Stage, command: str) -> str:
    rows = run(stage, command, "--school", VETERAN, "--format", "json").json
    return str(next((row["id"] for row in rows if row["trn"] == OMAR), rows[0]["id"]))


@drive
def changes_at_the_terminal(stage: Stage) -> None:
    """Details, with facts beside them and in their place."""
    for command, period in (("change-ect", "ects"), ("change-mentor", "mentors")):
        which = _id(stage, period)
        changed = {"school": VETERAN, "email": f"{command}@example.org"}
        assert run(stage, command, which, "--from", "-", stdin=changed).status in {0, 1}
        facts = {"date_of_birth": str(BORN_ON), "national_insurance_number": NUMBER.characters}
        assert run(stage, command, which, "--from", "-", stdin=changed | facts).status == 2
        for slip in (*SPOILT, *SLIPS):
            spoilt = changed | {"start_date": slip}
            assert run(stage, command, which, "--from", "-", stdin=spoilt).status in REFUSED
    for slip in (str(BORN_ON), NUMBER.characters):
        assert run(stage, "change-ect", slip, "--from", "-", stdin=changed).status in REFUSED


@drive
def ends_at_the_terminal(stage: Stage) -> None:
    """Last days, mentorships and registrations; facts are no days and no ids."""
    ect, mentor = _id(stage, "ects"), _id(stage, "mentors")
    at = ("--school", VETERAN)
    for last_day in (str(BORN_ON), NUMBER.characters, "2030-07-31"):
        for who in (("ect", ect), ("mentor", mentor)):
            ran = run(stage, "leaving", *who, *at, "--on", last_day, "--dry-run")
            assert ran.status in ANY
        assert run(stage, "remove-mentor", ect, *at, "--on", last_day, "--dry-run").status in ANY
    for command in ("undo ect", "undo mentor", "leaving ect", "leaving mentor"):
        assert run(stage, *command.split(), NUMBER.characters, *at).status in REFUSED
    assert run(stage, "undo", "ect", ect, *at, "--dry-run").status in ANY


@drive
def operates_at_the_terminal(stage: Stage) -> None:
    """Notices, tokens, counts and documents' schemas."""
    for command in (
        "outbox list",
        "outbox send",
        "statistics",
        "statistics --year 2025 --format json",
        "schema",
        "schema register-ect",
        "tokens list",
        "report outcomes",
        "report names",
        "report merges",
        "report refusals",
        "db downgrade --yes",
        "db upgrade",
    ):
        assert run(stage, *command.split()).status in ANY
    assert run(stage, "tokens", "create", "--lead-provider", PROVIDER).status == 0
    assert run(stage, "tokens", "revoke", "nothing").status in REFUSED
