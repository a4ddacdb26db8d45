"""The TRS client against its floor, a bare GET.

The simulator is a process of its own: nothing is shared but the wire.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # it is started as a script too

from adapters.trs.addresses import Origin
from adapters.trs.client import HttpTeacherRecords
from bench.measuring import Measure
from ect_registration.domain.values import NationalInsuranceNumber, Trn
from ect_registration.domain.world import TrsPerson
from trs_simulator.app import simulator_app
from trs_simulator.server import serve

BORN_ON = date(1998, 3, 14)
TODAY = date(2025, 9, 10)
KEY = "simulator-key"
PAIRS = 2_000
PERSON = TrsPerson(
    Trn("1000000"),
    "Amara",
    "Bench",
    date_of_birth=BORN_ON,
    national_insurance_number=NationalInsuranceNumber("AB000000C"),
    qts_from=date(2024, 7, 1),
)


def run_simulator() -> None:
    """Until it is terminated."""
    app = simulator_app([PERSON], calls_a_minute=10**9)
    serve(app, ready=lambda address: print(address, flush=True))


@contextmanager
def simulator() -> Iterator[str]:
    """Its address."""
    command = [sys.executable, __file__, "simulator"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def seconds_of(call: Callable[[], object]) -> float:
    """One call."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def overhead(address: str) -> float:
    """Medians of lookups and bare GETs of the same record, taken in turn, as a ratio."""
    trn = PERSON.trn
    url = Origin.parse(address).of_person(trn)
    headers = {"Authorization": f"Bearer {KEY}", "X-Api-Version": "20260120"}
    with (
        httpx.Client(headers=headers) as bare,
        HttpTeacherRecords(address, KEY, today=lambda: TODAY) as records,
    ):
        calls = {
            "bare": lambda: json.loads(bare.get(url).content),
            "ours": lambda: records.by_date_of_birth(trn, BORN_ON),
        }
        taken: dict[str, list[float]] = {name: [] for name in calls}
        for turn in range(PAIRS):
            for name in sorted(calls, reverse=turn % 2 == 0):
                taken[name].append(seconds_of(calls[name]))
    return statistics.median(taken["ours"]) / statistics.median(taken["bare"])


def measure() -> list[Measure]:
    """Each with its limit."""
    with simulator() as address:
        return [Measure("TRS lookup over a bare GET", overhead(address), 1.3)]


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["simulator"]:
            run_simulator()
        case _:
            print(*measure(), sep="\n")
