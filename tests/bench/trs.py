"""The TRS client against its floor: a bare GET, and a bulk run in little memory.

The simulator, and the client of the bulk run, are processes of their own: nothing is shared but
the wire, and memory is that of the client alone.
"""

from __future__ import annotations

import json
import re
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
PEOPLE = 30_000

# Of every 300 people, one each: so many are left out by find, and merged ones lead elsewhere.
UNMATCHED, MERGED, DEACTIVATED, EACH = 1, 2, 3, 300
RETAINED = Trn("9000000")


def person(number: int) -> TrsPerson:
    """The one with this number."""
    return TrsPerson(
        Trn(f"{1_000_000 + number}"),
        "Amara",
        f"Bench-{number}",
        date_of_birth=date(1990, 1, 1) if number % EACH == UNMATCHED else BORN_ON,
        national_insurance_number=NationalInsuranceNumber(f"AB{number:06}C"),
        state={MERGED: "merged", DEACTIVATED: "deactivated"}.get(number % EACH, "active"),
        merged_into=RETAINED if number % EACH == MERGED else None,
        qts_from=date(2024, 7, 1),
    )


def run_simulator() -> None:
    """Until it is terminated."""
    retained = TrsPerson(RETAINED, "Amara", "Retained", date_of_birth=BORN_ON)
    people = [retained, *(person(number) for number in range(PEOPLE))]
    app = simulator_app(people, calls_a_minute=10**9)
    serve(app, ready=lambda address: print(address, flush=True))


def run_find(address: str) -> None:
    """Ask for everybody, keep nothing; print how many came back and the peak in megabytes."""
    facts = ((Trn(f"{1_000_000 + number}"), BORN_ON) for number in range(PEOPLE))
    with HttpTeacherRecords(address, KEY, today=lambda: TODAY) as records:
        answered = sum(1 for _ in records.many_by_date_of_birth(facts))
    print(json.dumps([answered, peak_megabytes()]))


def peak_megabytes() -> float:
    """Of this process, without what it inherited from its parent where the system can tell."""
    status = Path("/proc/self/status")
    if status.exists():
        peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        return int(peak[1]) / 1024 if peak else 0.0
    import resource  # noqa: PLC0415 (not there on every system)

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2  # bytes on a Mac


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
    trn = person(0).trn
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


def calls_so_far(address: str) -> int:
    """As the simulator counted them."""
    return sum(httpx.get(f"{address}/simulator").json()["calls"].values())


def bulk(address: str) -> list[Measure]:
    """Everybody through find, by a client of its own."""
    before = calls_so_far(address)
    command = [sys.executable, __file__, "find", address]
    found = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    answered, megabytes = json.loads(found.stdout)
    assert answered == PEOPLE
    of_each_kind = PEOPLE // EACH
    left_out, hops = 3 * of_each_kind, of_each_kind  # a merged record takes a second call
    calls = calls_so_far(address) - before
    note = f"{left_out} left out; of these {hops} are merged and take a second call"
    return [
        Measure(f"TRS, {PEOPLE} people", calls, 60 + left_out + hops, "calls", note),
        Measure(f"TRS, {PEOPLE} people: memory", megabytes, 150, "MB"),
    ]


def measure() -> list[Measure]:
    """Each with its limit."""
    with simulator() as address:
        return [Measure("TRS lookup over a bare GET", overhead(address), 1.3), *bulk(address)]


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["simulator"]:
            run_simulator()
        case ["find", address]:
            run_find(address)
        case _:
            print(*measure(), sep="\n")
