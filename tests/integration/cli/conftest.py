"""A database with the town in it, and an ear for secrets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from integration.cli.contract import world_of_the_contract
from integration.cli.mentor_town import WORLD as MENTOR_WORLD
from integration.cli.mentoring import Desk
from integration.cli.simulators import Simulated, simulator
from integration.cli.terminal import SAID, ect
from integration.cli.town import SECRETS, TODAY, world_file

Settings = dict[str, str]


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world file of the town, beside a database with it loaded."""
    return _loaded(world_file(tmp_path_factory.mktemp("town")))


@pytest.fixture(scope="session")
def mentor_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of the world about mentors."""
    return _loaded(world_file(tmp_path_factory.mktemp("mentor_town"), MENTOR_WORLD))


def _loaded(file: Path) -> Path:
    folder = file.parent
    settings = {"ECT_ENV": "test", "ECT_DATABASE_URL": f"sqlite:///{folder / 'ect.db'}"}
    assert ect("db", "upgrade", **settings).status == 0
    assert ect("world", "load", str(file), ECT_TODAY=TODAY, **settings).status == 0
    return file


@pytest.fixture
def settings(town: Path, tmp_path: Path) -> Settings:
    """All that any command needs, `ect serve` included, with a copy of that database."""
    return _settings_for(town, tmp_path)


@pytest.fixture
def desk(mentor_town: Path, tmp_path: Path) -> Desk:
    """A terminal at a school that gives its ECTs mentors."""
    return Desk(_settings_for(mentor_town, tmp_path))


def _settings_for(world: Path, folder: Path) -> Settings:
    database = folder / "ect.db"
    database.write_bytes(world.with_name("ect.db").read_bytes())
    return {
        "ECT_ENV": "test",
        "ECT_TODAY": TODAY,
        "ECT_DATABASE_URL": f"sqlite:///{database}",
        "ECT_TRS_URL": f"world:{world}",
        "ECT_BASE_URL": "http://localhost:8000",
        "ECT_SECRET_KEY": "x" * 32,
    }


@pytest.fixture(scope="session")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world with one person for each row of TRS's contract."""
    return world_file(tmp_path_factory.mktemp("contract"), world_of_the_contract())


@pytest.fixture(scope="session")
def trs(contract: Path) -> Iterator[Simulated]:
    """TRS as another process, with everybody in that world."""
    with simulator(contract) as running:
        yield running


@pytest.fixture(autouse=True)
def no_secret_gets_out(tmp_path: Path) -> Iterator[None]:
    """Whatever a test does: no second fact is said, and none is in a database afterwards."""
    SAID.clear()
    yield
    files = [file for file in tmp_path.rglob("*.db*") if file.is_file()]
    kept = [file.read_bytes().decode("latin-1") for file in files]
    found = {secret for secret in SECRETS for text in [*SAID, *kept] if secret in text}

    assert found == set()
