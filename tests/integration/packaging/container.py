"""Reads the container file."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CONTAINERFILE = ROOT / "deploy" / "Containerfile"


def instructions_of(text: str) -> list[tuple[str, str]]:
    """Every instruction of the file, in order, with lines that go on joined."""
    joined = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    lines = [line.split(maxsplit=1) for line in joined.splitlines() if line.strip()]
    return [(word, rest) for word, rest in lines]


def runs_of(text: str) -> list[list[str]]:
    """The commands that each stage runs."""
    stages: list[list[str]] = []
    for word, rest in instructions_of(text):
        if word == "FROM":
            stages.append([])
        elif word == "RUN":
            stages[-1].append(rest)
    return stages
