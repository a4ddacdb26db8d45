"""A Chromium for the browser tests: the machine's own, else one that can be fetched.

``python chromium.py`` finds or fetches it and prints where it is.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
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


def chromium() -> str:
    """Where Chromium is. Raises RuntimeError, with what to do, when there is no way to one."""
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several test workers, one download
        for fetch in (_nothing, _download, _install):
            fetch()
            if found := _on_this_machine() or _downloaded():
                return found
    raise RuntimeError("The browser tests need Chromium: install it with your package manager")


def _on_this_machine() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _downloaded() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _nothing() -> None:
    """It may be there already."""


def _download() -> None:
    _try([sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"])


def _install() -> None:
    """As the distribution has it, where we may."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _try(["apt-get", "update", "--quiet"])
        _try(["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium"])


def _try(command: list[str]) -> None:
    subprocess.run(command, stdout=sys.stderr, check=False, timeout=600)


if __name__ == "__main__":
    print(chromium())
