"""Wheels as `make dist` builds them, and virtual environments to install them in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import attrs

ROOT = Path(__file__).resolve().parents[3]
UV = str(Path(sys.executable).with_name("uv"))
LOCKED = ROOT / "requirements" / "dev.txt"
PROJECTS = [".", "service", *(["simulator"] if (ROOT / "src" / "trs_simulator").is_dir() else [])]
BUILD = (UV, "build", "--offline", "--no-build-isolation", "--wheel")


def build(project: str, folder: Path, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Build one project as the Makefile does; the caller says whether it should work."""
    command = [*BUILD, "--python", sys.executable, "--out-dir", str(folder), project]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def packages_in(wheel: Path) -> set[str]:
    """Return the importable names of a wheel."""
    with ZipFile(wheel) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
    return {name for name in tops if not name.endswith(".dist-info")}


@attrs.frozen
class Environment:
    """A fresh virtual environment that nothing of this repository is in."""

    folder: Path

    @classmethod
    def made(cls, folder: Path) -> Environment:
        """Make one without pip: uv installs from outside."""
        subprocess.run([UV, "venv", "--quiet", "--python", sys.executable, folder], check=True)
        return cls(folder)

    @property
    def python(self) -> Path:
        """The interpreter."""
        return self.folder / "bin" / "python"

    def install(self, *arguments: str) -> None:
        """Install packages in the versions that are locked."""
        command = [UV, "pip", "install", "--quiet", "--python", str(self.python), *arguments]
        subprocess.run(command, check=True)

    def run(self, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run Python in an empty folder, so that only what is installed can be imported."""
        return subprocess.run(
            [str(self.python), "-W", "error", *arguments],
            cwd=cwd,
            capture_output=True,
            text=True,
            check=False,
        )
