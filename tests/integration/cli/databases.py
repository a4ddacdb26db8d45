"""Databases in trouble: each function spoils one file, and tells what a command says of it."""

from __future__ import annotations

import ctypes
import os
import resource
import sqlite3
from pathlib import Path

from adapters.sql.connection.schema import REVISIONS
from entrypoints.bootstrap import NOT_OPENED
from integration.earlier_schemas import brought_to

DAC_OVERRIDE, PR_CAPBSET_DROP = 1, 24  # <linux/capability.h>, <linux/prctl.h>


def file_of(settings: dict[str, str]) -> Path:
    """The file of the database."""
    return Path(settings["ECT_DATABASE_URL"].removeprefix("sqlite:///"))


def bound_by_permissions():
    """Even the superuser, from here on."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, DAC_OVERRIDE, 0, 0, 0)


def without_room():
    """No file grows beyond this: the disk is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (36_000, 36_000))


def missing(file):
    """No file at all."""
    file.unlink()
    return f"is missing or cannot be opened; {NOT_OPENED}"


def in_a_missing_folder(file):
    """Nor a place for one."""
    file.unlink()
    file.symlink_to(file.parent / "none" / "ect.db")
    return f"is missing or cannot be opened; {NOT_OPENED}"


def a_folder(file):
    """A folder under the name of the file."""
    file.unlink()
    file.mkdir()
    return f"is missing or cannot be opened; {NOT_OPENED}"


def no_database(file):
    """Something else."""
    file.write_bytes(b"This is not a database. " * 100)
    return f"is not a database; {NOT_OPENED}"


def damaged(file):
    """The beginning is right, and then nothing is."""
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    return "the file is damaged; "


def empty(file):
    """Without a schema."""
    file.write_bytes(b"")
    return "it is empty; run ect db upgrade"


def older(file):
    """Made by an earlier program."""
    file.write_bytes(b"")
    brought_to(REVISIONS[1], f"sqlite:///{file}")
    return "its schema is older than this program; run ect db upgrade"


def newer(file):
    """Upgraded by a later program."""
    connection = sqlite3.connect(file)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    return "its schema is newer than this program; install a newer version of it"


TROUBLES = [missing, in_a_missing_folder, a_folder, no_database, damaged, empty, older, newer]
