"""Starts `ect`, or says what to install where Click is not installed."""

from __future__ import annotations

import sys

CLICK = "click"
SERVICE = "ect-registration-service"
NOT_INSTALLED = 4  # as for every package that is missing


def run() -> None:
    """Runs a command, unless the package that reads command lines is not installed."""
    try:
        from entrypoints.cli import main
    except ModuleNotFoundError as missing:
        if missing.name != CLICK:
            raise
        advice = f"install {SERVICE} with its dependencies"
        sys.stderr.write(f"The package {CLICK} is not installed: {advice}\n")
        sys.exit(NOT_INSTALLED)
    main.run()
