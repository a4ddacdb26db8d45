"""The server that the tests use never outlives them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

ENDINGS = {
    "regularly": "",
    "killed": f"import os; os.kill(os.getpid(), {int(signal.SIGKILL)})",
}
USE_A_DATABASE = """
from integration.postgresql import empty_postgresql_url
print(empty_postgresql_url(), flush=True)
"""


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
def test_nothing_is_left_of_the_server_when_its_process_ends(ending):
    """However it ends: no process, no files."""
    with tempfile.TemporaryDirectory(prefix="ect-") as folder:
        environment = os.environ | {
            "PYTHONPATH": str(Path(__file__).parents[1]),
            "TMPDIR": folder,
        }
        ran = subprocess.run(
            [sys.executable, "-c", USE_A_DATABASE + ending],
            check=False,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        left = _left_in(Path(folder), seconds=20)

    assert (ran.stdout[:10], left) == ("postgresql", [])


def _left_in(folder, seconds):
    """The keeper needs a moment when nobody waits for it."""
    end = time.monotonic() + seconds
    while (left := list(folder.iterdir())) and time.monotonic() < end:
        time.sleep(0.05)
    return left
