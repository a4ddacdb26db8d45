"""Where `ect` begins: with a word to those who installed the library without its commands."""

from __future__ import annotations

import sys

CLICK = "click"
NOT_INSTALLED = 4  # as for every package that is missing


def run() -> None:
    """Run a command, unless the package that reads command lines is not installed."""
    try:
        from entrypoints.cli import main
    except ModuleNotFoundError as missing:
        if missing.name != CLICK:
            raise
        sys.stderr.write(f"The package {CLICK} is not installed: install ect-registration[all]\n")
        sys.exit(NOT_INSTALLED)
    main.run()
