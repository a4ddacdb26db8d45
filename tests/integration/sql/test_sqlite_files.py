"""The file of a SQLite database: who may read it, and what happens when it goes away."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from adapters.sql.connection.upgrade import upgrade
from builders import URN, a_school
from ect_registration.ports.errors import Unavailable
from integration.contracts.steps import keep, seen
from integration.sql.databases import opened

READABLE = 0o644


@contextmanager
def umask(mask: int) -> Iterator[None]:
    """Until the block ends."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    """The permissions of every file in it."""
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o277])
def test_only_its_owner_may_read_a_new_file(tmp_path, mask):
    """Nor its companions, while it is in use."""
    url = f"sqlite:///{tmp_path / 'ect.db'}"
    with umask(mask):
        upgrade(url)
        with opened(url) as store:
            keep(store, lambda uow: uow.schools.save(a_school()))
            found = modes(tmp_path)

    assert found == dict.fromkeys(("ect.db", "ect.db-wal", "ect.db-shm"), 0o600)


def test_a_file_that_is_there_keeps_its_mode(tmp_path):
    """Its owner may have shared it with those who make copies."""
    file = tmp_path / "ect.db"
    upgrade(f"sqlite:///{file}")
    file.chmod(READABLE)
    upgrade(f"sqlite:///{file}")

    assert modes(tmp_path) == {"ect.db": READABLE}


def test_a_file_is_made_where_a_link_leads(tmp_path):
    """As before: the link may lead to another disk."""
    (tmp_path / "link.db").symlink_to(tmp_path / "ect.db")
    upgrade(f"sqlite:///{tmp_path / 'link.db'}")

    assert modes(tmp_path)["ect.db"] == 0o600


def test_a_deleted_file_is_an_outage(sqlite_url):
    """Nothing is written where nobody will find it."""
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    with opened(sqlite_url) as store:
        keep(store, lambda uow: uow.schools.save(a_school()))
        file.unlink()
        with pytest.raises(Unavailable, match="the file is missing"):
            keep(store, lambda uow: uow.schools.save(a_school(name="Fenwick Academy")))


def test_a_file_that_was_put_back_is_used(sqlite_url, tmp_path):
    """As after restoring a copy; whatever the old file holds is gone with it."""
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    shutil.copy(file, tmp_path / "copy.db")
    with opened(sqlite_url) as store:
        keep(store, lambda uow: uow.schools.save(a_school()))
        for companion in tmp_path.glob("store.db*"):
            companion.unlink()
        (tmp_path / "copy.db").rename(file)

        assert seen(store, lambda uow: uow.schools.find(URN)) is None


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://sq/ect.db",
        "sqlite://ect.db",
        "sqlite://me@/ect.db",
        "sqlite:///ect.db?cache=shared",
    ],
)
def test_no_part_of_an_address_is_dropped(url):
    """With two slashes the first part of a path would be a host."""
    with pytest.raises(ValueError, match=r"three slashes .* sqlite:///ect\.db"):
        upgrade(url)
