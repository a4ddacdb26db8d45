"""Databases that several processes can use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from entrypoints.bootstrap import upgrade_database
from integration.postgresql import fresh_postgresql_url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh one."""
    if request.param == "postgresql":
        yield fresh_postgresql_url()
    else:
        url = f"sqlite:///{tmp_path / 'contests.db'}"
        upgrade_database(url)
        yield url
