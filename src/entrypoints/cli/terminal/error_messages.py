"""Turns an error into one line for people and an exit status for programs."""

from __future__ import annotations

import errno
import traceback

import click

from ect_registration.domain.world import InvalidWorld
from ect_registration.ports.errors import Busy, Contention, Rejected, Unavailable
from entrypoints.cli.terminal.exits import Exit
from entrypoints.cli.terminal.output import Unwritten
from entrypoints.settings.config import SettingsError, SettingsErrors
from entrypoints.web.static_files.assets import MissingAssets


def explain(error: Exception) -> Exit:
    """Says the error on standard error, unless no reader is left, and returns the exit status."""
    line, status = _told(error)
    if line:
        click.echo(line, err=True)
    return status


def _told(error: Exception) -> tuple[str, Exit]:
    match error:
        case SettingsError() | SettingsErrors():
            return _told_of_settings(error), Exit.INVALID
        case InvalidWorld():
            return f"Nothing was loaded. {error}", Exit.INVALID
        case Unavailable() | Contention():
            return _told_of_a_dependency(error)
        case Unwritten():
            why = f"The result cannot be written: {error.why}" if error.why else ""
            return why, Exit.OTHER
        case MissingAssets():
            return str(error), Exit.OTHER
        case OSError(errno=errno.ENOSPC | errno.EDQUOT | errno.EFBIG, filename=None):
            return f"The result cannot be written: {error.strerror}", Exit.OTHER
        case ModuleNotFoundError() if error.name and not error.name.startswith(OUR_PACKAGES):
            return _told_of_a_missing_package(error.name), Exit.OTHER
        case _:
            return f"Something went wrong in {_place_of(error)}. Report it", Exit.OTHER


def _told_of_settings(error: SettingsError | SettingsErrors) -> str:
    errors = error.errors if isinstance(error, SettingsErrors) else (error,)
    return "\n".join(f"Setting {each}" for each in errors)


def _told_of_a_missing_package(name: str) -> str:
    package = name.partition(".")[0]
    distribution = OPTIONAL.get(package, f"{SERVICE} with its dependencies")
    return f"The package {package} is not installed: install {distribution}"


def _told_of_a_dependency(error: Unavailable | Contention) -> tuple[str, Exit]:
    match error:
        case Rejected():
            line = f"{error}; trying again does not help, so report it"
            return line[:1].upper() + line[1:], Exit.OTHER
        case Unavailable():
            return say_unavailable(error), Exit.UNAVAILABLE
        case Contention():
            return say_unavailable(Busy("database")), Exit.UNAVAILABLE


OUR_PACKAGES = ("adapters", "ect_registration", "entrypoints")
SERVICE = "ect-registration-service"
OPTIONAL = {"trs_simulator": "ect-trs-simulator"}  # not for production servers


def say_unavailable(error: Unavailable) -> str:
    """Says what is wrong, and what to do about it."""
    if isinstance(error, Busy):
        return f"The {error.what} is busy. Try again in a minute."
    advice = "" if ";" in error.why else "; correct this, then try again"
    line = f"{error}{advice}"
    return line[:1].upper() + line[1:]


def _place_of(error: Exception) -> str:
    """Returns where the error was and its type; its message may quote what was typed."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{frame.name}, line {frame.lineno} ({type(error).__name__})"
