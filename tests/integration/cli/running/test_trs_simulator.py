"""TRS as another process: each answer of its contract, outages, and the way back."""

from __future__ import annotations

import json
import signal
import socket

import pytest

from integration.cli.contract import BORN_ON, ROWS, TRNS
from integration.cli.simulators import KEY, simulator
from integration.cli.terminal import ect, ect_process
from integration.cli.town import NEWCOMER, a_registration, world_file


def registration(name):
    """Of the person in that row, as the row says."""
    _, typed, _ = ROWS[name]
    return a_registration(trn=TRNS[name], **{"date_of_birth": BORN_ON, **typed})


def verdict(ran):
    """Exit status, outcome and rule."""
    return ran.status, ran.json["outcome"], ran.json.get("rule")


@pytest.mark.parametrize("name", ROWS)
def test_a_row_of_the_contract_comes_out_right(settings, trs, name):
    """Registering over HTTP."""
    ran = ect("register-ect", "--from", "-", stdin=registration(name), **settings | trs.settings)

    assert verdict(ran) == ROWS[name][2]


FAULTS = {
    "drops the connection": {"kind": "drop", "times": 9},
    "breaks off": {"kind": "break_off", "times": 9},
    "has trouble": {"kind": "server_error", "times": 9},
    "is in maintenance": {"kind": "server_error", "status": 503, "times": 9},
    "is asked too often": {"kind": "rate_limited", "retry_after": "60", "times": 9},
    "sends half": {"kind": "truncated", "times": 9},
    "sends a page": {"kind": "html", "times": 9},
    "leaves out the alerts": {"kind": "missing_includes", "times": 9},
    "sends somebody else": {"kind": "another_person", "times": 9},
    "is slow": {"kind": "delay", "seconds": 2, "times": 9},
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_when_trs_misbehaves_nobody_is_registered(settings, trs, fault):
    """Exit status 3; it is neither a refusal nor an approval, and the page stays empty."""
    told = settings | trs.settings | {"ECT_TRS_DEADLINE": "0.5"}
    with trs.getting_wrong(**fault):
        ran = ect("register-ect", "--from", "-", stdin=registration("all is well"), **told)
    listed = ect("ects", "--school", NEWCOMER, "--format", "json", **settings)

    assert (ran.verdict, listed.json) == ((3, "unavailable", "trs-unavailable"), [])


def test_a_fault_that_passes_is_not_noticed(settings, trs):
    """It is asked again."""
    told = settings | trs.settings
    with trs.getting_wrong(kind="server_error"):
        ran = ect("register-ect", "--from", "-", stdin=registration("all is well"), **told)

    assert verdict(ran) == (0, "registered", None)


def test_killed_and_restarted_in_between(settings, contract):
    """While it is down nothing is registered and exit status 3 says so; then all is well."""
    document = registration("all is well")

    def register(trs):
        told = settings | trs.settings
        ran = ect_process("register-ect", "--from", "-", stdin=document, **told)
        listed = ect("ects", "--school", NEWCOMER, "--format", "json", **settings)
        return verdict(ran), len(listed.json)

    with simulator(contract) as trs:
        trs.process.send_signal(signal.SIGKILL)
        trs.process.wait()
        while_down = register(trs)
    with simulator(contract, trs.port) as again:
        afterwards = register(again)

    assert while_down == ((3, "unavailable", "trs-unavailable"), 0)
    assert afterwards == ((0, "registered", None), 1)


def test_the_simulator_tells_its_address_and_its_keys(settings, contract):
    """On standard error; a key of one's own is accepted as well, and not told again."""
    with simulator(contract, "0", "--key", "own-key") as trs:
        told = settings | trs.settings | {"ECT_TRS_API_KEY": "own-key"}
        ran = ect("register-ect", "--from", "-", stdin=registration("all is well"), **told)
    said = "".join(trs.said)

    assert trs.address.startswith("http://127.0.0.1:")
    assert (f"key {KEY} (register-ects)" in said, "own-key" in said) == (True, False)
    assert ran.status == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_simulator_stops_when_told(contract, number):
    """In good order."""
    with simulator(contract) as trs:
        trs.process.send_signal(number)
        out, err = trs.process.communicate(timeout=10)

    assert (trs.process.returncode, out, err) == (0, "", "")


def test_a_port_that_is_taken_is_told(contract):
    """Exit status 2: name another."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = ect("trs-simulator", "--world", str(contract), "--port", port)

    assert (ran.status, ran.err.splitlines()[-1]) == (
        2,
        f"Error: Invalid value: Port {port} cannot be used: Address already in use",
    )


def test_a_mistake_in_its_world_is_told(tmp_path):
    """As when loading it."""
    file = world_file(tmp_path, {"trs_people": [{"trn": "1"}]})
    ran = ect("trs-simulator", "--world", str(file), "--port", "0")

    assert (ran.status, "trs_people[0].trn" in ran.line) == (2, True)


@pytest.mark.parametrize(
    ("changes", "check", "says"),
    [
        ({}, None, None),
        ({"ECT_TRS_API_KEY": "nonsense"}, "TRS key", "401"),
        ({"ECT_TRS_API_KEY": "simulator-expired-key"}, "TRS key", "401"),
        ({"ECT_TRS_API_KEY": "simulator-key-without-role"}, "TRS key", "403"),
        ({"ECT_TRS_API_VERSION": "20251231"}, "TRS version", "20251231"),
        ({"ECT_TRS_API_VERSION": "20240101"}, "TRS version", "20240101"),
        ({"ECT_TRS_URL": "http://127.0.0.1:1"}, "TRS address", "does not answer"),
    ],
)
def test_the_doctor_says_what_is_wrong_with_the_connection(settings, trs, changes, check, says):
    """With the address, the key or the version; exit status 3."""
    ran = ect("doctor", "--format", "json", **settings | trs.settings | changes)
    wrong = [row for row in ran.json if row["ok"] is False]

    assert {row["what"] for row in ran.json} == {
        "settings", "database", "TRS address", "TRS key", "TRS version", "TRS clock", "sign-in",
        "notices", "lead providers",
    }  # fmt: skip
    assert (ran.status, [row["what"] for row in wrong]) == (
        3 if check else 0,
        [check][: bool(check)],
    )
    assert check is None or says in json.dumps(wrong)
