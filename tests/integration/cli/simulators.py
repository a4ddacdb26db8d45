"""`ect trs-simulator` as a process of its own, which can be killed and started again."""

from __future__ import annotations

import json
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs

from integration.cli.terminal import ECT, SAID, environment

KEY = "simulator-key"


@attrs.frozen
class Simulated:
    """A simulator that is running."""

    process: subprocess.Popen[str]
    address: str
    said: list[str]

    @property
    def settings(self) -> dict[str, str]:
        """To ask it."""
        return {"ECT_TRS_URL": self.address, "ECT_TRS_API_KEY": KEY}

    @property
    def port(self) -> str:
        """Where to start the next."""
        return self.address.rpartition(":")[2]

    @property
    def calls(self) -> dict[str, int]:
        """How often each endpoint was called."""
        with urllib.request.urlopen(f"{self.address}/simulator") as response:
            calls: dict[str, int] = json.load(response)["calls"]
        return calls

    @contextmanager
    def getting_wrong(self, **fault: Any) -> Iterator[None]:
        """The next answer, or the next few, until the block ends."""
        self._administer("POST", json.dumps(fault).encode())
        try:
            yield
        finally:
            self._administer("DELETE")

    def _administer(self, method: str, body: bytes | None = None) -> None:
        request = urllib.request.Request(
            f"{self.address}/simulator/faults", data=body, method=method
        )
        with urllib.request.urlopen(request) as response:
            response.read()


@contextmanager
def simulator(world: Path, port: str = "0", *options: str) -> Iterator[Simulated]:
    """One that serves the people of a world until the block ends, or until it is killed."""
    arguments = [ECT, "trs-simulator", "--world", str(world), "--port", port, *options]
    process = subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment({})
    )
    with process:
        said = [process.stderr.readline() if process.stderr else ""]
        try:
            while said[-1].strip() and "expired" not in said[-1]:
                said.append(process.stderr.readline() if process.stderr else "")
            SAID.extend(said)
            yield Simulated(process, said[0].split()[-1], said)
        finally:
            process.kill()
