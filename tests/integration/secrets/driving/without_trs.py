"""TRS out of reach or out of its mind, a database that is gone, and mistakes of ours."""

from __future__ import annotations

from datetime import date
from typing import Any, NoReturn

from adapters.trs.client import HttpTeacherRecords
from builders import TODAY
from ect_registration.domain.values import NationalInsuranceNumber, Trn
from ect_registration.ports.errors import Unavailable
from integration.cli.contract import TRNS
from integration.secrets.driving.drives import drive
from integration.secrets.ears import Crash
from integration.secrets.marks import ANOTHER_DAY, BORN_ON, NUMBER, TO_REGISTER
from integration.secrets.stage import Stage
from integration.secrets.visitor import born, by_number, go_on, search, sign_in
from integration.trs.support import KEY, StillTime
from trs_simulator.faults import Fault, FaultKind
from trs_simulator.server import SimulatorServer

PROOF = "national-insurance-number"
STILL_ANSWERS = {FaultKind.DELAY, FaultKind.UNKNOWN_STATUS, FaultKind.WRONG_CONTENT_TYPE}
WELL, DIFFERS = TRNS["all is well"], TRNS["another date"]


@drive
def asks_a_trs_in_trouble(stage: Stage) -> None:
    """Each fault that there is, at each of the three questions that ask TRS."""
    for kind in FaultKind:
        stage.clock.wait(hours=2)
        fault = Fault(kind, times=99, seconds=0, retry_after="0")
        visitor = search(stage, DIFFERS, "hannah", day=ANOTHER_DAY)
        stage.simulator.faults.add(fault)
        by_date = sign_in(stage, "hannah")
        by_date.begin()
        pages = [
            by_date.post("find", {"trn": WELL, **born()}),
            visitor.post(PROOF, by_number()),
        ]
        stage.simulator.faults.clear()
        stage.new_line()
        assert {page.status for page in pages} <= {303, 503}
        if kind not in STILL_ANSWERS:
            assert 503 in {page.status for page in pages}


@drive
def submits_to_a_trs_in_trouble(stage: Stage) -> None:
    """Two hours after its answer it does not answer again."""
    visitor = search(stage, TO_REGISTER[6], "hannah")
    go_on(visitor, trn=TO_REGISTER[6])
    shown = visitor.get("check-answers").hidden("shown")
    stage.clock.wait(hours=2)
    stage.simulator.faults.add(Fault(FaultKind.SERVER_ERROR, times=99))
    later = sign_in(stage, "hannah")
    later.journey = visitor.journey
    page = later.post("check-answers", shown=shown)
    stage.simulator.faults.clear()
    stage.new_line()
    assert (page.status, page.rule) == (503, "trs-unavailable")


@drive
def asks_nobody(stage: Stage) -> None:
    """Nothing listens where TRS should be."""
    visitor = search(stage, DIFFERS, "hannah", day=ANOTHER_DAY)
    with SimulatorServer(stage.simulator) as server:
        gone = server.address
    timing = StillTime().timing
    with HttpTeacherRecords(gone, KEY, today=lambda: TODAY, timing=timing) as records:
        stage.line.records = records
        pages = [visitor.post(PROOF, by_number()), visitor.post("find", {"trn": WELL, **born()})]
    stage.simulator.stopping.clear()
    stage.new_line()
    assert [page.status for page in pages] == [503, 503]


class Broken:
    """A client with a mistake in it, whose errors say everything."""

    def by_date_of_birth(self, trn: Trn, born_on: date) -> NoReturn:
        """Never."""
        try:
            raise KeyError(f"{trn} {born_on}")
        except KeyError as error:
            raise Crash(f"nobody born on {born_on:%d/%m/%Y}") from error

    def by_national_insurance_number(self, trn: Trn, number: NationalInsuranceNumber) -> NoReturn:
        """Never."""
        raise Crash(f"{trn} has another number than {number.characters}")


@drive
def meets_a_mistake_of_ours(stage: Stage) -> None:
    """The page says that there is a problem, the log says where: neither repeats the error."""
    visitor = search(stage, DIFFERS, "hannah", day=ANOTHER_DAY)
    stage.line.records = Broken()
    pages = [visitor.post(PROOF, by_number()), visitor.post("find", {"trn": WELL, **born()})]
    stage.new_line()
    assert [page.status for page in pages] == [500, 500]


def _troubles() -> list[tuple[Any, int]]:
    said = f"DETAIL: ({BORN_ON}, {NUMBER.characters})"
    return [(Unavailable("database", "gone"), 503), (Crash(said), 500)]


@drive
def has_no_database(stage: Stage) -> None:
    """Out of reach, and an error of it that repeats what it was given."""
    visitor = search(stage, DIFFERS, "hannah", day=ANOTHER_DAY)
    for trouble, status in _troubles():
        stage.store.trouble = trouble
        pages = [visitor.post(PROOF, by_number()), visitor.post("find", {"trn": WELL, **born()})]
        stage.store.trouble = None
        assert [page.status for page in pages] == [status, status]
