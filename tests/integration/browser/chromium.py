"""A Chromium for the browser tests: the machine's own, else one that can be fetched.

``python chromium.py`` finds or fetches it and prints where it is.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

# The first has no windows of its own: it is smaller, and looks at every page in less time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
LOCK = Path(tempfile.gettempdir()) / "ect-registration-chromium.lock"

# Nothing but the page under test is to be asked for, and containers have no sandbox to offer.
FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


class NoChromium(Exception):
    """With what to do about it."""


def chromium() -> str:
    """Where Chromium is. Raises NoChromium when there is no way to one."""
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several test workers, one download
        for fetch in (_nothing, _install, _download):
            fetch()
            if found := _on_this_machine() or _downloaded():
                return found
    raise NoChromium("The browser tests need Chromium: install it with your package manager")


def _on_this_machine() -> str | None:
    paths = [path for name in NAMES if (path := shutil.which(name))]
    return next(filter(_starts, paths), None)


def _downloaded() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() and _starts(path) else None


def _starts(path: str) -> bool:
    """It may lack libraries, or only say where else to get it, as on Ubuntu."""
    return _run([path, "--version"], seconds=60)


def _nothing() -> None:
    """It may be there already."""


def _install() -> None:
    """As the distribution has it, with what it needs, where we may; older ones have the second."""
    if _may_install():
        _try(["apt-get", "update", "--quiet"])
        install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends"]
        if not _try([*install, NAMES[0]]):
            _try([*install, NAMES[1]])


def _download() -> None:
    """Whole: Playwright says where that is, and not where its smaller one is."""
    needs = ["--with-deps"] if _may_install() else []
    _try([sys.executable, "-m", "playwright", "install", *needs, "--no-shell", "chromium"])


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _try(command: list[str]) -> bool:
    """Whether it ended well; whether Chromium is there is looked at after it."""
    print(f"Chromium is not here: trying {' '.join(command)}", file=sys.stderr)
    return _run(command, seconds=600)


def _run(command: list[str], seconds: int) -> bool:
    with contextlib.suppress(subprocess.TimeoutExpired, OSError):
        return not subprocess.run(
            command, capture_output=True, check=False, timeout=seconds
        ).returncode
    return False


if __name__ == "__main__":
    try:
        print(chromium())
    except NoChromium as trouble:
        sys.exit(str(trouble))
