"""Lists what to try in the demo: TRNs, and what each shows, as in docs/demo.md."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.resources import files

import attrs

Answers = Mapping[str, str | bool | None]

# What every row takes for granted, unless it says otherwise.
USUAL_OF_ECTS: Answers = {
    "email": "new.teacher@example.org",
    "start_date": "2025-09-01",
    "working_pattern": "full_time",
    "appropriate_body": "Amber Moor Teaching School Hub",
    "programme": "provider_led",
    "lead_provider": "Teach First",
}
USUAL_OF_MENTORS: Answers = {"email": "new.mentor@example.org"}

# Answers that pages give other words to.
IN_WORDS: Mapping[tuple[str, str | bool | None], str] = {
    ("working_pattern", "full_time"): "full time",
    ("programme", "provider_led"): "provider-led",
    ("programme", "school_led"): "school-led",
    ("lead_provider", None): "",  # pages do not ask then
    ("reuse_previous_choices", True): "the choices of last time if they are offered",
    ("same_person", True): "yes to the same person",
    ("only_here", True): "only at your school",
    ("only_here", False): "at other schools as well",
    ("replace", True): "by “Change mentor”",
}


@attrs.frozen
class Try:
    """Describes one thing to enter, and what comes of it."""

    trn: str
    second_fact: str  # a date of birth, maybe a National Insurance number; or who to choose
    school: str
    changes: str  # to the usual answers
    happens: str
    ect: str = ""  # whose mentor this is about
    on_pages: bool = True  # or only at the command line

    @property
    def enter(self) -> str:
        """Returns what to enter besides the TRN: "born 28 2 2001, start date 27 10 2025"."""
        changes = json.loads(self.changes) if self.changes else {}
        ect = [f"for the ECT with TRN {self.ect}"] if self.ect else []
        return ", ".join([*_facts(self.second_fact), *ect, *_told(changes)])

    @property
    def outcome(self) -> str:
        """Returns what happens, in the words of pages: they call nothing invalid."""
        return self.happens.replace("Invalid: ", "Asked again: ", 1)


@attrs.frozen
class Part:
    """Holds several things to try, and what to know before."""

    heading: str
    says: str
    tries: Sequence[Try]


def parts_of(tries: Sequence[Try]) -> Sequence[Part]:
    """Groups the tries by what they are about, with those that pages refuse to take set apart."""
    here = [row for row in tries if row.on_pages]
    usual = ", ".join(_told(USUAL_OF_ECTS))
    parts = (
        Part(
            "Teachers to register",
            f"Unless stated otherwise: {usual}, and not the choices of last time.",
            [row for row in here if not row.ect],
        ),
        Part(
            "Mentors",
            f"Unless stated otherwise: {', '.join(_told(USUAL_OF_MENTORS))}.",
            [row for row in here if row.ect],
        ),
        Part(
            "Only at the command line",
            "The pages do not offer these choices.",
            [row for row in tries if not row.on_pages],
        ),
    )
    return [part for part in parts if part.tries]


def demo_tries() -> Sequence[Try]:
    """Returns all tries, in the order of the document."""
    text = files("entrypoints.demo").joinpath("tries.json").read_text(encoding="utf-8")
    return [Try(**row) for row in json.loads(text)]


def _told(answers: Answers) -> Iterator[str]:
    for key, value in answers.items():
        noun = key.replace("_", " ")
        if (key, value) in IN_WORDS:
            said = IN_WORDS[key, value]
        elif value is None:
            said = f"no {noun}"
        else:
            said = f"{noun} {_typed(str(value)) if key == 'start_date' else value}"
        if said:
            yield said


def _typed(day: str) -> str:
    """Returns a day as three numbers, as the boxes of a page take it."""
    typed = date.fromisoformat(day)
    return f"{typed.day} {typed.month} {typed.year}"


def _facts(second_fact: str) -> list[str]:
    """Returns a date of birth, and a National Insurance number if there is one, in words."""
    if not second_fact[:1].isdigit():  # "none: choose them from the list"
        return [second_fact.partition(": ")[2]]
    born, *number = second_fact.split()
    return [f"born {_typed(born)}", *[f"National Insurance number {one}" for one in number]]
