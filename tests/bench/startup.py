"""`ect --help` in a new process, against one that only imports Click."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.measuring import Measure, interleaved

LIMIT = 1.5


def measure() -> list[Measure]:
    """One figure."""
    ect = [str(Path(sys.executable).with_name("ect")), "--help"]
    click = [sys.executable, "-c", "import click"]
    ours, floor = interleaved(lambda: _run(ect), lambda: _run(click), 15)
    note = f"{ours * 1e3:.0f} ms against {floor * 1e3:.0f} ms"
    return [Measure("ect --help", ours / floor, LIMIT, note=note)]


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
