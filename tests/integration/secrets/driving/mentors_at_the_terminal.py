"""The mentor side of the command line, with the marked facts in whatever it reads."""

from __future__ import annotations

from typing import Any

from integration.cli.contract import ROWS, TRNS
from integration.cli.town import OMAR, VETERAN
from integration.secrets.driving.at_the_terminal import SLIPS, SPOILT, run
from integration.secrets.driving.drives import drive
from integration.secrets.marks import ANOTHER_DAY, BORN_ON, NUMBER, TO_REGISTER, marked
from integration.secrets.stage import Stage

TRAINING = "trn,early_roll_out,completed_on,timed_out_on\n"


def _ect(stage: Stage) -> str:
    rows = run(stage, "ects", "--school", VETERAN, "--format", "json").json
    return next(str(row["id"]) for row in rows if row["trn"] == OMAR)


def _mentor(stage: Stage, **changes: Any) -> dict[str, Any]:
    trn = changes.get("trn", TO_REGISTER[10])
    return {
        "school": VETERAN,
        "ect": _ect(stage),
        "trn": trn,
        "date_of_birth": str(BORN_ON),
        "email": f"{trn}@mentors.example",
        "only_here": True,
    } | changes


@drive
def registers_mentors_at_the_terminal(stage: Stage) -> None:
    """By either fact, and one in the other's place; then the first again."""
    by_number = {"date_of_birth": str(ANOTHER_DAY), "national_insurance_number": NUMBER.characters}
    first = run(stage, "register-mentor", "--from", "-", stdin=_mentor(stage))
    assert first.json["outcome"] in {"registered", "assigned"}
    second = _mentor(stage, trn=TO_REGISTER[11], replace=True, **by_number)
    assert run(stage, "register-mentor", "--from", "-", stdin=second).status == 0
    ids = {key: first.json[key]["id"] for key in ("ect", "mentor")}
    again = {"school": VETERAN, **ids, "replace": True}
    assert run(stage, "assign-mentor", "--from", "-", stdin=again).status == 0
    for form in ("table", "json", "jsonl", "csv"):
        assert run(stage, "mentors", "--school", VETERAN, "--format", form).status == 0


@drive
def tries_everybody_as_a_mentor(stage: Stage) -> None:
    """A person for each row of TRS's contract."""
    for name, (_, typed, _) in ROWS.items():
        document = _mentor(stage, trn=TRNS[name], replace=True) | marked(typed)
        ran = run(stage, "register-mentor", "--dry-run", "--from", "-", stdin=document)
        assert ran.status in {0, 1, 2, 3}


@drive
def hands_in_spoilt_mentors(stage: Stage) -> None:
    """Slips in the facts, and facts where others belong."""
    for key, slips in (("date_of_birth", SPOILT), ("national_insurance_number", SLIPS)):
        for slip in slips:
            ran = run(stage, "register-mentor", "--from", "-", stdin=_mentor(stage, **{key: slip}))
            assert ran.status == 2
    facts = {"date_of_birth": str(BORN_ON), "national_insurance_number": NUMBER.characters}
    assignment = {"school": VETERAN, "ect": _ect(stage), "mentor": _ect(stage)} | facts
    assert run(stage, "assign-mentor", "--from", "-", stdin=assignment).status == 2


@drive
def loads_training(stage: Stage) -> None:
    """With facts in columns that are not there, and in the place of days."""
    files = [
        f"{TRAINING}{OMAR},false,2020-07-01,\n",
        f"trn,early_roll_out,completed_on,timed_out_on,date_of_birth\n{OMAR},false,,,{BORN_ON}\n",
        f"{TRAINING}{NUMBER.characters},false,,\n",
        f"{TRAINING}{OMAR},{NUMBER.characters},,\n",
        f'{TRAINING}{OMAR},false,"27/11/1953",{NUMBER.characters}\n',
    ]
    for text in files:
        assert run(stage, "mentor-training", "load", "-", stdin=text.encode()).status in {0, 2}


@drive
def looks_at_sessions(stage: Stage) -> None:
    """Everybody who is signed in, and nobody any more."""
    assert run(stage, "sessions", "list", "--format", "json").status == 0
    assert run(stage, "sessions", "revoke", "--user", "nobody").status in {0, 1, 2}
