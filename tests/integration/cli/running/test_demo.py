"""`ect demo`: the pages on an invented world, with nothing to set up."""

from __future__ import annotations

import signal
import socket
import sqlite3
import subprocess
from contextlib import contextmanager
from urllib.request import urlopen

import pytest

from entrypoints.demo import demo_world_text
from entrypoints.web.static_files.assets import Assets
from integration.cli.terminal import ECT, PATIENCE, ect, environment
from integration.cli.town import NEWCOMER, VETERAN, world_file


@contextmanager
def demo(*arguments, **settings):
    """A demo that is running; its address."""
    process = subprocess.Popen(
        [ECT, "demo", "--port", "0", *arguments],
        stderr=subprocess.PIPE,
        text=True,
        env=environment(settings),
    )
    try:
        said = iter(process.stderr)
        address = next(line.split()[1] for line in said if line.startswith("Open "))
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 0


def page(address):
    """What a visitor reads there."""
    with urlopen(address, timeout=PATIENCE) as answer:
        return answer.read().decode()


@pytest.fixture
def database(tmp_path):
    """Where a demo is wanted."""
    return {"ECT_DATABASE_URL": f"sqlite:///{tmp_path / 'demo.db'}"}


def test_it_needs_nothing_and_serves_a_page_to_sign_in(tmp_path):
    """With the invented people of three schools and more."""
    with demo(TMPDIR=str(tmp_path)) as address:
        signing_in = page(f"{address}/demo/sign-in")

    assert "Owen Bellamy" in signing_in
    assert "Hannah Abbott-Sesay" in signing_in
    assert list(tmp_path.glob("ect-demo-*")) == []


def test_a_database_of_ones_own_is_used(database):
    """And the terminal sees the same ECTs."""
    with demo(**database):
        listed = ect("ects", "--school", "900101", "--format", "json", **database)

    assert (listed.status, len(listed.json) > 0) == (0, True)


def test_a_world_of_ones_own_is_used(database, town):
    """With the day that it is made for."""
    with demo("--world", str(town), "--today", "2025-09-01", **database):
        listed = ect("ects", "--school", VETERAN, "--format", "json", **database)

    assert len(listed.json) == 2


def test_a_mistake_in_a_world_is_told(database, tmp_path):
    """With its path."""
    file = world_file(tmp_path, {"schools": [{"urn": "x"}]})
    ran = ect("demo", "--world", str(file), **database)

    assert (ran.status, ran.line.startswith("Nothing was loaded. schools[0].urn")) == (2, True)


def test_a_port_that_is_taken_is_told():
    """With what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = ect("demo", "--port", port)

    assert ran.status == 2
    assert f"Port {port} cannot be used" in ran.err


def test_styles_that_were_not_built_are_told(monkeypatch, tmp_path):
    """The message says what to do, and does not blame the port."""
    monkeypatch.setattr(Assets.read.__func__, "__defaults__", (tmp_path,))
    ran = ect("demo", "--port", "0")

    assert (ran.status, ran.line.startswith("The styles and scripts of the pages are")) == (
        4,
        True,
    )
    assert "run make demo" in ran.line
    assert "Port" not in ran.err


def test_a_day_that_is_none_is_told():
    """With an example."""
    ran = ect("demo", "--today", "10/09/2025")

    assert (ran.status, "Give a date like 2025-09-10" in ran.err) == (2, True)


def test_what_is_said_to_be_real_gets_no_invented_people(database):
    """ECT_ENV=production stops it before it touches anything."""
    ran = ect("demo", ECT_ENV="production", **database)
    listed = ect("ects", "--school", NEWCOMER, **database)

    assert (ran.status, ran.line) == (2, "Setting ECT_ENV must not be production for a demo")
    assert listed.status == 3


def test_a_database_with_other_schools_gets_no_invented_people(town, tmp_path):
    """Where ECT_ENV is not set it may be the real one: it is left as it is."""
    file = tmp_path / "ect.db"
    file.write_bytes(town.with_name("ect.db").read_bytes())
    address = {"ECT_DATABASE_URL": f"sqlite:///{file}"}
    ran = ect("demo", "--port", "0", **address)

    assert ran.status == 2
    assert ran.line.startswith("Setting ECT_DATABASE_URL names a database with other schools")
    assert file.read_bytes() == town.with_name("ect.db").read_bytes()
    with demo(ECT_ENV="demo", **address) as running:
        assert "Owen Bellamy" in page(f"{running}/demo/sign-in")


def test_the_demo_comes_back_to_its_own_database(database):
    """However often."""
    for _ in range(2):
        with demo(**database) as address:
            assert "Owen Bellamy" in page(f"{address}/demo/sign-in")


def test_people_of_trs_never_enter_the_database(database, tmp_path):
    """Neither their names nor anything else of those whom nobody registered."""
    with demo(**database):
        connection = sqlite3.connect(tmp_path / "demo.db")
        kept = "\n".join(connection.iterdump())
        connection.close()

    assert "Llewelyn" in demo_world_text()
    assert "Llewelyn" not in kept
