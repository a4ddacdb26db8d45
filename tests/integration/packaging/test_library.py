"""The library as an embedder gets it: its wheel, in an environment of its own, beside others."""

from __future__ import annotations

import email
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from integration.packaging.wheels import LOCKED, ROOT, Environment, packages_in

pytestmark = pytest.mark.xdist_group("packaging")

NEIGHBOURS = Path(__file__).with_name("neighbours.txt")
PAGE = (ROOT / "docs" / "embedding.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
NAMES = [f"example_{number}.py" for number in range(1, len(EXAMPLES) + 1)]
USER = """
from ect_registration import Decision, Trn, check_start_date_range, register_ect
from ect_registration.testing import StoreContract, memory_ports

reveal_type(Trn.parse("1234567"))
reveal_type(check_start_date_range)
reveal_type(register_ect)
reveal_type(memory_ports)
reveal_type(StoreContract)
"""
EVERY_FILE_IS_ITS_OWN = """
import base64, hashlib
from importlib.metadata import distributions
for each in distributions():
    for file in each.files:
        if file.hash:
            digest = hashlib.sha256(file.locate().read_bytes()).digest()
            same = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == file.hash.value
            assert same, f"{file} is not the one that {each.name} brought"
print(*sorted(each.name for each in distributions()))
"""


@pytest.fixture(scope="module")
def wheel(dist):
    """Return the library's wheel."""
    [found] = dist.glob("ect_registration-*.whl")
    return found


@pytest.fixture(scope="module")
def embedder(dist, tmp_path_factory):
    """Return an environment with the library, pytest and two projects whose names we use too."""
    environment = Environment.made(tmp_path_factory.mktemp("embedder") / "venv")
    environment.install("--no-deps", "--require-hashes", "-r", str(NEIGHBOURS))
    environment.install("--find-links", str(dist), "-c", str(LOCKED), "ect-registration", "pytest")
    return environment


@pytest.fixture(scope="module")
def examples(tmp_path_factory):
    """Return a folder with the examples of the documentation, and nothing else."""
    folder = tmp_path_factory.mktemp("examples")
    for name, code in zip(NAMES, EXAMPLES, strict=True):
        (folder / name).write_text(code, encoding="utf-8")
    (folder / "user.py").write_text(USER, encoding="utf-8")
    return folder


def test_the_wheel_holds_the_library_alone(wheel):
    """Names such as adapters belong to others as well."""
    assert packages_in(wheel) == {"ect_registration"}


def test_the_wheel_says_what_it_is(wheel):
    """It is typed, licensed and needs attrs alone."""
    with ZipFile(wheel) as archive:
        names = archive.namelist()
        [about] = [name for name in names if name.endswith(".dist-info/METADATA")]
        told = email.message_from_bytes(archive.read(about))
        [licence] = [name for name in names if name.endswith("/licenses/LICENSE")]
        text = archive.read(licence).decode("utf-8")

    assert "ect_registration/py.typed" in names
    assert (told["Name"], told["License-Expression"]) == ("ect-registration", "MIT")
    assert told["Author"] == "Register early career teachers authors"
    assert told.get_all("Requires-Dist") == ["attrs>=26.1"]
    assert text == (ROOT / "LICENSE").read_text("utf-8")


def test_projects_of_the_same_names_stay_whole_beside_it(embedder, tmp_path):
    """Each distribution has the very files that it brought."""
    ran = embedder.run("-c", EVERY_FILE_IS_ITS_OWN, cwd=tmp_path)

    assert ran.stderr == ""
    assert {"adapters", "attrs", "ect-registration", "entrypoints"} <= set(ran.stdout.split())
    assert not {"click", "flask", "sqlalchemy"} & set(ran.stdout.split())


def test_projects_of_the_same_names_are_imported_beside_it(embedder, tmp_path):
    """The adapters of others get as far as they can without the 2 GB of torch."""
    program = (
        "import ect_registration, entrypoints\n"
        "assert entrypoints.get_group_all\n"
        "try: import adapters\n"
        "except ModuleNotFoundError as missing: print(missing.name)\n"
    )
    ran = embedder.run("-W", "default", "-c", program, cwd=tmp_path)

    assert (ran.returncode, ran.stdout) == (0, "torch\n")


@pytest.mark.parametrize("name", NAMES)
def test_an_example_runs_where_the_library_is_installed(embedder, examples, name):
    """What a reader copies works with the wheel."""
    if "import pytest" in (examples / name).read_text("utf-8"):
        ran = embedder.run("-m", "pytest", "-q", "-p", "no:cacheprovider", name, cwd=examples)
        assert re.search(r"\d\d passed", ran.stdout), ran.stdout
    else:
        ran = embedder.run(name, cwd=examples)

    assert (ran.returncode, ran.stderr) == (0, "")


def test_examples_and_users_are_typed(embedder, examples):
    """The types come from the wheel: mypy --strict finds no fault, and knows each one."""
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-incremental"]
    command += ["--python-executable", str(embedder.python), *NAMES, "user.py"]
    ran = subprocess.run(command, cwd=examples, capture_output=True, text=True, check=False)
    revealed = re.findall(r'Revealed type is "(.*)"', ran.stdout)

    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout
    assert len(revealed) == 5
    assert revealed[0] == "ect_registration.domain.values.Trn"
    assert not [told for told in revealed if re.search(r"\bAny\b", told)]
