"""A client of the simulator, in process and over a real socket."""

from __future__ import annotations

import pytest

from adapters.trs.client import HttpTeacherRecords
from integration.trs.cast import EVERYBODY, MORE_OF_THEM
from integration.trs.support import KEY, TODAY, StillTime, http_of, records_on
from trs_simulator.app import simulator_app
from trs_simulator.server import SimulatorServer


@pytest.fixture
def simulator():
    """TRS with the whole cast on record."""
    return simulator_app(EVERYBODY, more=MORE_OF_THEM)


@pytest.fixture
def server(simulator):
    """The same on a port of this machine."""
    with SimulatorServer(simulator) as server:
        yield server


@pytest.fixture(params=["in process", "over a socket"])
def records(request, simulator):
    """A client of the simulator; the tests do not know how it gets there."""
    if request.param == "in process":
        yield records_on(simulator)
        return
    server = request.getfixturevalue("server")
    timing = StillTime().timing
    with HttpTeacherRecords(server.address, KEY, today=lambda: TODAY, timing=timing) as records:
        yield records


@pytest.fixture
def http(simulator):
    """For what no client of ours would send."""
    with http_of(simulator) as http:
        yield http
