"""A program of a later version: this one, with more revisions of the schema."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from adapters.sql.connection.schema import HEAD

SRC = Path(__file__).parents[1] / "src"
HEAD_OF_A_REVISION = '''"""{does}"""

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.in_use import (
    add_index,
    add_reference,
    drop_check,
    drop_index,
    set_check,
)

revision = "{number}"
down_revision = "{before}"
{says}


def upgrade() -> None:
{up}


def downgrade() -> None:
{down}
'''
RUN = "from entrypoints.cli.start import run; run()"


@attrs.frozen
class Later:
    """A revision of a later version."""

    does: str
    up: Sequence[str]
    down: Sequence[str] = ("pass",)
    says: str = "expands = True\nloses = None"


@attrs.frozen
class Program:
    """Where a version of the program is."""

    source: Path

    @property
    def environment(self) -> Mapping[str, str]:
        """What a process needs to be of this version."""
        return {**os.environ, "PYTHONPATH": str(self.source)}

    def ect(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run `ect` of this version."""
        return subprocess.run(
            [sys.executable, "-c", RUN, *arguments],
            env={**self.environment, "ECT_ENV": "test", **settings},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


def later_number(how_far: int) -> str:
    """The number of a revision after the newest of this version."""
    return f"{int(HEAD) + how_far:04}"


def later_program(folder: Path, *revisions: Later) -> Program:
    """Make one in a folder; the rest of it is this version."""
    source = folder / "src"
    source.mkdir(parents=True)
    for package in SRC.iterdir():
        if package.is_dir() and package.name != "adapters":
            (source / package.name).symlink_to(package)
    shutil.copytree(SRC / "adapters", source / "adapters")
    versions = source / "adapters" / "sql" / "migrations" / "versions"
    for how_far, later in enumerate(revisions, 1):
        number = later_number(how_far)
        (versions / f"{number}_later.py").write_text(
            HEAD_OF_A_REVISION.format(
                does=later.does,
                number=number,
                before=later_number(how_far - 1),
                says=later.says,
                up=_indented(later.up),
                down=_indented(later.down),
            ),
            encoding="utf-8",
        )
    return Program(source)


def _indented(lines: Sequence[str]) -> str:
    return "\n".join(f"    {line}" for line in lines)
