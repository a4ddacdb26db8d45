"""What to try in the demo: TRNs, and what each shows. The same as in docs/demo.md."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from importlib.resources import files

import attrs

YES_OR_NO = {True: "yes", False: "no"}


@attrs.frozen
class Try:
    """One thing to enter, and what comes of it."""

    trn: str
    second_fact: str  # a date of birth, maybe a National Insurance number; or who to choose
    school: str
    changes: str  # to the usual answers
    happens: str
    ect: str = ""  # whose mentor this is about

    @property
    def enter(self) -> str:
        """What to enter besides the TRN, in words: "born 28 2 2001, start date 2025-10-27"."""
        changes = json.loads(self.changes) if self.changes else {}
        told = [
            "reuse the choices"
            if key == "reuse_previous_choices"
            else f"{'no ' if value is None else ''}{key.replace('_', ' ')} {_word(value)}".strip()
            for key, value in changes.items()
        ]
        ect = [f"for the ECT with TRN {self.ect}"] if self.ect else []
        return ", ".join([*_facts(self.second_fact), *ect, *told])


def _word(value: str | bool | None) -> str:
    return YES_OR_NO[value] if isinstance(value, bool) else value or ""


def _facts(second_fact: str) -> list[str]:
    """A date of birth as three numbers, and a National Insurance number if there is one."""
    if not second_fact[:1].isdigit():  # "none: choose them from the list"
        return [second_fact.partition(": ")[2]]
    born, *number = second_fact.split()
    day = date.fromisoformat(born)
    return [
        f"born {day.day} {day.month} {day.year}",
        *[f"National Insurance number {one}" for one in number],
    ]


def demo_tries() -> Sequence[Try]:
    """All, in the order of the document."""
    text = files("entrypoints.demo").joinpath("tries.json").read_text(encoding="utf-8")
    return [Try(**row) for row in json.loads(text)]
