"""The service as an operator gets it: its wheels alone, in an environment of its own."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

import pytest

from integration.packaging.wheels import ROOT, Environment, build, packages_in

pytestmark = pytest.mark.xdist_group("packaging")

RUNTIME = ROOT / "requirements" / "runtime.txt"
STATIC = ROOT / "src" / "entrypoints" / "web" / "static"
SETTINGS = {
    "ECT_ENV": "test",
    "ECT_BASE_URL": "http://127.0.0.1",
    "ECT_SECRET_KEY": "k" * 32,
    "ECT_TRS_URL": "world:world.json",
    "PATH": "/usr/bin:/bin",
}
PATIENCE = 30  # seconds


@pytest.fixture(scope="module")
def operator(dist, tmp_path_factory):
    """Return an environment with the service and what is locked for it."""
    environment = Environment.made(tmp_path_factory.mktemp("operator") / "venv")
    environment.install("--require-hashes", "-r", str(RUNTIME))
    ours = ("ect-registration-service", "ect-registration")
    environment.install("--no-deps", "--no-index", "--find-links", str(dist), *ours)
    return environment


def test_the_wheel_holds_the_service_alone(dist):
    """The library is a wheel of its own."""
    [wheel] = dist.glob("ect_registration_service-*.whl")

    assert packages_in(wheel) == {"adapters", "entrypoints"}


def ect(operator: Environment, folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start the installed command in a folder that has only its files."""
    settings = SETTINGS | {"ECT_DATABASE_URL": f"sqlite:///{folder}/ect.db"}
    command = [str(operator.folder / "bin" / "ect"), *arguments]
    return subprocess.Popen(command, cwd=folder, env=settings, stderr=subprocess.PIPE, text=True)


@contextmanager
def serving(operator: Environment, folder: Path):
    """Serve the pages, and yield their address."""
    with ect(operator, folder, "db", "upgrade") as upgrading:
        told = upgrading.communicate(timeout=PATIENCE)[1]
    assert upgrading.returncode == 0, told
    with socket.create_server(("127.0.0.1", 0)) as free:
        host = f"127.0.0.1:{free.getsockname()[1]}"
    with ect(operator, folder, "serve", "--bind", host, "--workers", "1") as process:
        try:
            yield f"http://{host}"
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE)


def page(address: str) -> tuple[int, str, str]:
    """Return the status, type and text of a page, once the server answers."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                return answer.status, answer.headers["Content-Type"], answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers["Content-Type"], error.read().decode()
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def test_an_installed_service_serves_a_page_with_its_style_sheet(operator, tmp_path):
    """Everything that a page is made of is in the wheel."""
    (tmp_path / "world.json").write_text("{}", encoding="utf-8")
    with serving(operator, tmp_path) as address:
        status, kind, text = page(f"{address}/cookies")
        sheets = re.findall(r'href="(/assets/govuk-frontend[^"]*\.css)"', text)
        styles = [page(address + sheet)[:2] for sheet in sheets]

    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert styles == [(200, "text/css; charset=utf-8")]


def without_assets(folder: Path) -> Path:
    """Copy what the service is built from, as a fresh clone has it."""
    shutil.copytree(ROOT / "service", folder / "service")
    shutil.copy(ROOT / "LICENSE", folder)
    leave_out = shutil.ignore_patterns(STATIC.name, "__pycache__")
    shutil.copytree(ROOT / "src", folder / "src", ignore=leave_out)
    return folder


def test_a_service_without_its_assets_is_not_packed(tmp_path):
    """The build says why, and what to do."""
    built = build("service", tmp_path / "dist", without_assets(tmp_path))

    assert built.returncode != 0
    assert "its style sheets and scripts have not been built. Run `make dist`" in built.stderr
    assert list(tmp_path.rglob("*.whl")) == []


def test_a_service_with_one_of_its_assets_missing_is_not_packed(tmp_path):
    """The missing file is named."""
    copy = without_assets(tmp_path)
    static = copy / STATIC.relative_to(ROOT)
    static.mkdir()
    (static / "names.json").write_text('{"service.css": "service-1.css"}', encoding="utf-8")
    built = build("service", tmp_path / "dist", copy)

    assert built.returncode != 0
    assert "names.json names files that are not there (service-1.css)" in built.stderr


def test_the_simulator_is_not_for_production(dist):
    """It is a wheel of its own, and no part of the service's."""
    [wheel] = dist.glob("ect_trs_simulator-*.whl")
    [service] = dist.glob("ect_registration_service-*.whl")

    assert packages_in(wheel) == {"trs_simulator"}
    with ZipFile(service) as archive:
        assert [name for name in archive.namelist() if "/simulator/" in name] == []
