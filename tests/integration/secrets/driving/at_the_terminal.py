"""Every command, with the marked facts in whatever it reads."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import click

from entrypoints.cli.main import COMMANDS, LazyGroup
from entrypoints.text.gias_files import NEEDED
from integration.cli.contract import ROWS, TRNS
from integration.cli.registering.test_bad_documents import NOT_JSON
from integration.cli.terminal import Ran, ect
from integration.cli.town import OMAR, PARTNER, PROVIDER, VETERAN, a_partnership
from integration.cli.typist import at_a_terminal
from integration.secrets.driving.drives import drive
from integration.secrets.marks import (
    ANOTHER_DAY,
    NUMBER,
    TO_REGISTER,
    a_registration,
    marked,
    world,
)
from integration.secrets.stage import Stage
from trs_simulator.faults import Fault, FaultKind

SPOILT = ["1953-27-11", "27/11/1953", "19531127", "1853-11-27", 19531127, ["1953-11-27"], {}]
SLIPS = ["JK246810B7", "QQ246810B JK246810B", 246810, ["JK246810B"], {"JK246810B": None}]


def run(stage: Stage, *command: str, stdin: object = b"", **settings: str) -> Ran:
    """One command; everything it says is heard."""
    ran = ect(*command, stdin=stdin, **(stage.settings | settings))
    named = [word for word in command if not word.startswith("-")]
    stage.commands.update({named[0], " ".join(named[:2])})
    stage.ears.hear(f"ect {' '.join(command)}", ran.out)
    stage.ears.hear(f"ect {' '.join(command)}", ran.err)
    return ran


@drive
def hands_in_documents(stage: Stage) -> None:
    """For everybody in TRS: checked, tried and registered."""
    for name, (_, typed, (status, outcome, _)) in ROWS.items():
        document = a_registration(trn=TRNS[name], email=f"{TRNS[name]}@example.com")
        document |= marked(typed)
        for command in (["check-ect"], ["register-ect", "--dry-run"], ["register-ect"]):
            ran = run(stage, *command, "--from", "-", stdin=document)
            assert outcome in {"registered", ran.json["outcome"]}
            assert status in {0, ran.status}


@drive
def hands_in_spoilt_documents(stage: Stage) -> None:
    """Slips in the facts, keys that are not known, and what is no JSON around them."""
    documents: list[Any] = [
        *(a_registration(date_of_birth=spoilt) for spoilt in SPOILT),
        *(a_registration(national_insurance_number=slip) for slip in SLIPS),
        a_registration(born="1953-11-27"),
        [a_registration()],
        a_partnership(national_insurance_number="JK246810B"),
        a_partnership(year="1953-11-27"),
        *(text + json.dumps(a_registration()).encode() for text in list(NOT_JSON.values())[2:14]),
    ]
    for document in documents:
        for command in ("register-ect", "check-ect", "partnerships report"):
            assert run(stage, *command.split(), "--from", "-", stdin=document).status == 2


@drive
def asks_trs(stage: Stage) -> None:
    """By either fact, right, wrong and with a slip; and whether it is there."""
    by_number = ["JK 24 68 10 B", "LM135791D", "JK246810B7"]
    for trn in (TRNS["all is well"], TRNS["passed"], "1999999"):
        for fact in ("1953-11-27", str(ANOTHER_DAY), "27/11/1953", "1853-11-27"):
            run(stage, "trs", "find", trn, stdin=f"{fact}\n".encode())
        for fact in by_number:
            run(stage, "trs", "find", trn, "--by-number", stdin=f"{fact}\n".encode())
    assert run(stage, "doctor").status in {0, 1, 2, 3, 4}
    for _ in range(2):
        assert run(stage, "trs", "refresh", "--rate", "60000").status == 0


@drive
def asks_trs_in_trouble(stage: Stage) -> None:
    """With each fault that there is."""
    document = a_registration(
        trn=TRNS["another date"],
        date_of_birth=str(ANOTHER_DAY),
        national_insurance_number=NUMBER.characters,
    )
    for kind in FaultKind:
        stage.simulator.faults.add(Fault(kind, times=99, seconds=0, retry_after="0"))
        quick = {"ECT_TRS_DEADLINE": "0.3"}
        run(stage, "register-ect", "--dry-run", "--from", "-", stdin=document, **quick)
        fact = f"{NUMBER.characters}\n".encode()
        run(stage, "trs", "find", TRNS["all is well"], "--by-number", stdin=fact, **quick)
        stage.simulator.faults.clear()


@drive
def loads_worlds(stage: Stage) -> None:
    """Whole, again, and with mistakes right beside the facts."""
    whole = world()
    assert run(stage, "world", "load", "-", stdin=whole).status == 0
    for spoilt in (*SPOILT[:4], *SLIPS):
        for key in ("date_of_birth", "national_insurance_number", "trn", "first_name"):
            people = [{**whole["trs_people"][0], key: spoilt}, *whole["trs_people"][1:]]
            run(stage, "world", "load", "-", stdin={**whole, "trs_people": people})
    text = json.dumps(whole).encode()
    assert run(stage, "world", "load", "-", stdin=text[:-40]).status == 2
    assert run(stage, "world", "load", "-", stdin=text + text).status == 2


@drive
def looks_around(stage: Stage) -> None:
    """Commands that read no facts, beside people whose facts were checked."""
    for school in (VETERAN, "100002"):
        for form in ("table", "json", "jsonl", "csv"):
            assert run(stage, "ects", "--school", school, "--format", form).status == 0
    for form in ("--export", "--history"):
        assert run(stage, "person", OMAR, form).status == 0
    for command in (
        "purge",
        "db upgrade",
        "history verify",
        f"person {TRNS['passed']} --export",
        f"person {TRNS['passed']} --history",
        "purge",
        "db check",
        "db check --declared-only",
        "rules",
        "completion bash",
    ):
        run(stage, *command.split())
    report = a_partnership(school=VETERAN, lead_provider=PROVIDER, delivery_partner=PARTNER)
    run(stage, "partnerships", "report", "--from", "-", stdin=report)


@drive
def hands_in_files(stage: Stage) -> None:
    """Rows that are registered and refused, cells with slips in them, and columns that moved."""
    registered = a_registration(trn=TO_REGISTER[18], email="row@example.org")
    rows = [
        registered,
        a_registration(trn=TRNS["passed"]),
        *(
            a_registration(trn=f"40010{n:02}", date_of_birth=spoilt)
            for n, spoilt in enumerate(SPOILT[:4])
        ),
        a_registration(trn="1953-11-27", school=NUMBER.characters),
        a_registration(trn=TO_REGISTER[19], national_insurance_number=SLIPS[0]),
    ]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(registered))
    writer.writeheader()
    writer.writerows(rows)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.csv"
        for options in (["--dry-run"], [], []):
            command = ["bulk", "register-ects", "-", "--report", str(report), *options]
            assert run(stage, *command, stdin=text.getvalue().encode()).status == 1
            stage.ears.hear("a report", report.read_text("utf-8"))
        lines = "".join(f"{json.dumps(row)}\n" for row in rows)
        in_lines = Path(folder) / "report.jsonl"
        command = ["bulk", "register-ects", "-", "--report", str(in_lines)]
        assert run(stage, *command, stdin=lines.encode()).status == 1
        stage.ears.hear("a report", in_lines.read_text("utf-8"))
    for spoilt in (
        text.getvalue()[:-20] + '"',
        text.getvalue().replace("trn,", "born,"),
        text.getvalue().partition("\r\n")[2],
        json.dumps({value: key for key, value in rows[-1].items()}),
        lines[:-20],
    ):
        assert run(stage, "bulk", "register-ects", "-", stdin=spoilt.encode()).status == 2


@drive
def keeps_reference_data(stage: Stage) -> None:
    """What is there, and files in which somebody has put what does not belong there."""
    for command in (
        "reference show schools",
        "reference export schools",
        "reference prepare-year 2026",
        f"reference set schools {VETERAN} phase=Primary",
    ):
        assert run(stage, *command.split()).status == 0
    with tempfile.TemporaryDirectory() as folder:
        extract = Path(folder) / "extract.csv"
        row = f"{VETERAN},JK246810B,Community school,Open,27-11-1953 at noon,\n"
        extract.write_text(",".join(NEEDED) + "\n" + row, "utf-8")
        assert run(stage, "gias", "import", str(extract), "--dry-run").status == 0
    assert run(stage, "schools", "end", VETERAN, "--on", "2025-09-05").status == 1
    assert run(stage, "schools", "move", "--from", VETERAN, "--to", VETERAN).status == 2
    for text in (
        f"urn,national_insurance_number\n{VETERAN},JK246810B\n",
        f"urn,opened_on\n{VETERAN},27/11/1953 at noon\n",
        f"urn,type\n{VETERAN},JK246810B\n",
    ):
        ran = run(stage, "reference", "import", "schools", "-", stdin=text.encode())
        assert ran.status == 2


@drive
def brings_in_records(stage: Stage) -> None:
    """Rows that are right, and rows in which a secret is in the wrong column."""
    header = "school,trn,email,started_on,finished_on"
    rows = [
        f"{VETERAN},{TO_REGISTER[19]},in@example.org,2020-09-01,2021-08-31",
        f"{NUMBER.characters},{TO_REGISTER[19]},,2020-09-01,",
        f"{VETERAN},1953-11-27,{NUMBER.characters},2020-09-01,",
    ]
    text = "\r\n".join([header, *rows]).encode()
    for options in (["--dry-run"], []):
        ran = run(stage, "bulk", "bring-in", "mentors", "-", *options, stdin=text)
        assert (ran.status, ran.json["added"]) == (1, 1)


@drive
def finds_and_reports(stage: Stage) -> None:
    """Whom an operator looks for, and what they look at."""
    for text in ("okonkwo", OMAR, "1953-11-27", NUMBER.characters):
        assert run(stage, "find", text).status == 0
    for name in ("names", "merges", "trs", "refusals", "outcomes"):
        assert run(stage, "report", name, "--since", "2025-01-01").status in {0, 2}
        assert run(stage, "report", name).status == 0


@drive
def types_at_a_terminal(stage: Stage) -> None:
    """Question by question, hidden as they are typed; then again and by Ctrl-C out of it."""
    day, number = "Date of birth, like 1999-01-31:", "(press Enter to search again)"
    with at_a_terminal("register-ect", **stage.settings) as typist:
        typist.types("School URN:", "100002")
        typist.types("TRN:", TRNS["passed"])
        for fact in ("1953-27-11", "1853-11-27", "1953-11-27"):
            typist.hides(day, fact)
        typist.reads("already passed their induction")
        typist.leaves()
        stage.ears.hear("a screen", typist.screen)
    with at_a_terminal("register-ect", **stage.settings) as typist:
        typist.types("School URN:", "100002")
        typist.types("TRN:", TO_REGISTER[7])
        typist.hides(day, str(ANOTHER_DAY))
        typist.hides(number, "JK246810B7")
        typist.hides(number, NUMBER.characters)
        typist.reads("Is it correct?")
        typist.stops()
        stage.ears.hear("a screen", typist.screen)


def every_command() -> set[str]:
    """By its whole name."""
    context = click.Context(LazyGroup("ect"))
    found = set()
    for name in COMMANDS:
        command = LazyGroup("ect").get_command(context, name)
        inner = command.commands if isinstance(command, click.Group) else {"": None}
        found |= {f"{name} {each}".strip() for each in inner}
    return found
