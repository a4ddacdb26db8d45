"""Running `ect`: in this process, or as a process of its own for what only a process shows.

Everything that a command says is remembered, for whoever looks for secrets afterwards.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import attrs
import structlog
from click.testing import CliRunner

from entrypoints.cli.main import status_of
from integration.cli.town import SECRETS

ECT = str(Path(sys.executable).with_name("ect"))
PATIENCE = 30  # seconds

SAID: list[str] = []

Environment = dict[str, str]


@attrs.frozen
class Ran:
    """What came of a command."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, which must be one JSON value and nothing else."""
        return json.loads(self.out)

    @property
    def line(self) -> str:
        """What it said, which must be one line."""
        [line] = self.err.splitlines()
        return line

    @property
    def verdict(self) -> tuple[int, str, str | None]:
        """Exit status, outcome and rule."""
        return self.status, self.json["outcome"], self.json["rule"]


def ect(*arguments: str, stdin: object = b"", **settings: str) -> Ran:
    """Run a command in this process, with these settings of ours and no others."""
    given = stdin if isinstance(stdin, bytes) else json.dumps(stdin).encode()
    _hold_no_secret(arguments, settings)
    try:
        with CliRunner().isolation(given, env=_only(settings)) as (out, err, _):
            status = status_of(arguments)
            sys.stdout.flush()
            sys.stderr.flush()
            return heard(status, out.getvalue(), err.getvalue())
    finally:
        structlog.reset_defaults()  # a command that serves says where its log goes


def ect_process(
    *arguments: str,
    stdin: object = b"",
    before: Callable[[], object] | None = None,
    **settings: str,
) -> Ran:
    """The same by the installed command; ``before`` runs in its process first."""
    given = stdin if isinstance(stdin, bytes) else json.dumps(stdin).encode()
    _hold_no_secret(arguments, settings)
    ran = subprocess.run(
        [ECT, *arguments],
        input=given,
        capture_output=True,
        env=environment(settings),
        timeout=PATIENCE,
        check=False,
        preexec_fn=before,
    )
    return heard(ran.returncode, ran.stdout, ran.stderr)


def heard(status: int, out: bytes, err: bytes) -> Ran:
    """Remember it, and read it."""
    ran = Ran(status, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))
    SAID.extend([ran.out, ran.err])
    return ran


def environment(settings: Environment) -> Environment:
    """Ours, but for the settings of whoever runs the tests."""
    _hold_no_secret((), settings)
    others = {name: value for name, value in os.environ.items() if not name.startswith("ECT_")}
    return {**others, "COLUMNS": "80", **settings}


def _only(settings: Environment) -> dict[str, str | None]:
    gone = dict.fromkeys(name for name in os.environ if name.startswith("ECT_"))
    return {**gone, "COLUMNS": "80", **settings}


def _hold_no_secret(arguments: Sequence[str], settings: Environment) -> None:
    """Process lists show arguments, and settings to whoever may look."""
    for text in (*arguments, *settings.values()):
        assert not [secret for secret in SECRETS if secret in text]
