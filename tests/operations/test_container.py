"""The steps of the container file, from a fresh clone; nothing here builds images."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from integration.packaging.container import ROOT, runs_of

LONGEST = 1800  # seconds; everything is installed anew


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is committed, and nothing that was built."""
    folder = tmp_path_factory.mktemp("clone") / "build"
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
    return folder


def test_the_image_would_hold_a_service_that_runs(clone: Path, tmp_path: Path) -> None:
    """Each step of the file, with its places in a temporary folder."""
    build, image = runs_of((clone / "deploy" / "Containerfile").read_text("utf-8"))
    for step in build:
        if not step.startswith("apt-get"):  # what it installs is here
            _run(step, clone)
    places = {
        "/srv/ect": str(tmp_path / "srv"),
        "/tmp/dist": str(clone / "dist"),
        "/tmp/runtime.txt": str(clone / "requirements" / "runtime.txt"),
    }
    for step in image:
        if not step.startswith("useradd"):
            _run(re.sub("|".join(places), lambda found: places[found[0]], step), tmp_path)
    ect = tmp_path / "srv" / "bin" / "ect"
    told = subprocess.run([ect, "--version"], capture_output=True, text=True, check=True)
    served = subprocess.run([ect, "serve", "--help"], capture_output=True, text=True, check=True)

    assert re.search(r"\d+\.\d+", told.stdout)
    assert "--workers" in served.stdout


def _run(step: str, folder: Path) -> None:
    ran = subprocess.run(
        step, shell=True, cwd=folder, capture_output=True, text=True, timeout=LONGEST, check=False
    )

    assert ran.returncode == 0, f"{step}\n{ran.stdout}\n{ran.stderr}"
