"""Going back to a moment on PostgreSQL, as docs/runbook.md has it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from integration.backups import RUNBOOK, address, everything_in, program
from integration.cli.terminal import ect
from integration.cli.town import world_file
from operations.machines import NOBODY, folder_of_nobody, id_of_nobody, wait_for

CHAPTER = RUNBOOK.split("\n## Point in time\n")[1].split("\n## ")[0]
ARCHIVING, RECOVERING = re.findall(r"```\n(.*?)```", CHAPTER, re.DOTALL)
[BASE_BACKUP] = re.findall(r"`(pg_basebackup .*?)`", CHAPTER)
BACKUP, MOMENT = "/backup/", "2026-12-01 11:59:00+00"


def _run(folder: Path, name: str, *words: str) -> None:
    """One of PostgreSQL's programs, by an account that it accepts."""
    ran = subprocess.run(
        [program(name), *words],
        user=NOBODY,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


def _here(text: str, folder: Path) -> str:
    """What the runbook says, with a folder that there is."""
    assert BACKUP in text
    return text.replace(BACKUP, f"{folder}{BACKUP}")


def _set(data: Path, settings: str) -> None:
    with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(settings)


@contextmanager
def _serving(data: Path) -> Iterator[str]:
    """What is in this folder, at an address; it is ready when it is no longer recovering."""
    control = ("-w", "-D", str(data))
    options = f"-k {data.parent} -c listen_addresses=''"
    _run(data.parent, "pg_ctl", *control, "-l", f"{data}.log", "-o", options, "start")
    try:
        yield f"postgresql+psycopg://postgres@/ect?host={data.parent}"
    finally:
        _run(data.parent, "pg_ctl", *control, "-m", "fast", "stop")


def _folder(where: Path, name: str) -> Path:
    made = where / name
    made.mkdir(mode=0o700)
    os.chown(made, id_of_nobody(), -1)
    return made


def _going_back(folder: Path, moment: str) -> Path:
    """The base backup, unpacked, that reads the logs as far as that moment."""
    restored = _folder(folder, "restored")
    with tarfile.open(folder / "backup" / "base" / "base.tar.gz") as base:
        base.extractall(restored, filter="fully_trusted")
    assert MOMENT in RECOVERING
    _set(restored, _here(RECOVERING, folder).replace(MOMENT, moment))
    (restored / "recovery.signal").touch()
    for each in restored.rglob("*"):
        os.chown(each, id_of_nobody(), -1)
    return restored


def _is_promoted(url: str) -> bool:
    with psycopg.connect(address(url)) as connection:
        return connection.execute("SELECT pg_is_in_recovery()").fetchone() == (False,)


def _lose_everything(url: str) -> str:
    """Returns the moment before."""
    with psycopg.connect(address(url), autocommit=True) as connection:
        [(moment,)] = connection.execute("SELECT clock_timestamp()::text").fetchall()
        connection.execute("SET session_replication_role = replica")  # no triggers
        connection.execute("TRUNCATE history, ect_periods CASCADE")
        connection.execute("SELECT pg_switch_wal()")
    return str(moment)


def test_a_database_goes_back_to_a_moment_after_its_base_backup(tmp_path: Path) -> None:
    """With all that was registered by then, and nothing of what went wrong afterwards."""
    with folder_of_nobody() as folder:
        data, _ = _folder(folder, "data"), _folder(_folder(folder, "backup"), "wal")
        connection = ("-h", str(folder), "-U", "postgres")
        _run(
            folder, "initdb", "-N", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8"
        )
        _set(data, _here(ARCHIVING, folder))
        with _serving(data) as url:
            _run(folder, "createdb", *connection, "ect")
            there = {"ECT_ENV": "test", "ECT_DATABASE_URL": url}
            assert ect("db", "upgrade", **there).status == 0
            name, *options = shlex.split(_here(BASE_BACKUP, folder))
            _run(folder, name, *options, *connection)
            assert ect("world", "load", str(world_file(tmp_path)), **there).status == 0
            before = everything_in(url)
            moment = _lose_everything(url)
            assert everything_in(url) != before
        with _serving(_going_back(folder, moment)) as url:
            wait_for("the end of recovery", lambda: _is_promoted(url))
            looks = [ect(*look, **there) for look in (("db", "check"), ("history", "verify"))]

            assert everything_in(url) == before
            assert [ran.status for ran in looks] == [0, 0]
