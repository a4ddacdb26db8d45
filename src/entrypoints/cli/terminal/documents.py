"""Reads JSON documents that people and programs hand in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any, NoReturn, TypeVar

import click

from ect_registration.domain.decisions import Kind
from ect_registration.ports.errors import Rejected, Unavailable
from ect_registration.use_cases.registering.documents import InvalidRequest
from entrypoints.cli.terminal.error_messages import say_unavailable
from entrypoints.cli.terminal.exits import Exit
from entrypoints.cli.terminal.output import invalid_row, print_json

LARGEST = 1_000_000  # bytes: a registration has a few hundred

DRY_RUN: Mapping[str, object] = {"dry_run": True}  # what every outcome of a dry run says

dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Show the result without saving anything."
)

F = TypeVar("F", bound=Callable[..., Any])


class Readable(click.File):
    """Opens a file to read bytes from, where - is standard input."""

    def __init__(self) -> None:
        super().__init__("rb")

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> IO[Any]:
        """Converts as Click does, but a closed standard input is a mistake of the caller's too."""
        try:
            return super().convert(value, param, ctx)
        except RuntimeError:
            self.fail("Standard input is closed", param, ctx)


def document_option(help: str, *, required: bool = True) -> Callable[[F], F]:
    """Returns the option ``--from FILE``, where - is standard input."""
    return click.option("--from", "file", type=Readable(), required=required, help=help)


def read_document(file: IO[bytes]) -> object:
    """Returns one JSON value; raises InvalidRequest with the place of the mistake."""
    text = read_bytes(file, LARGEST + 1)
    if len(text) > LARGEST:
        raise _not_json(f"Give a document of at most {LARGEST} bytes")
    try:
        return json.loads(
            text.decode("utf-8-sig"), parse_constant=_no_constant, object_pairs_hook=_no_repeats
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise _not_json(f"Give JSON: there is a mistake at {place}") from None
    except UnicodeDecodeError:
        raise _not_json("Give JSON in UTF-8") from None
    except (RecursionError, ValueError):
        raise _not_json(
            "Give plain JSON: this is nested too deeply or holds a huge number"
        ) from None


def read_bytes(file: IO[bytes], most: int) -> bytes:
    """Reads so many bytes at most; raises BadParameter for what opens and yet cannot be read."""
    if file.isatty():
        click.echo("Type or paste the document. Press Ctrl-D on a new line to finish", err=True)
    try:
        return file.read(most)
    except OSError as error:
        raise click.BadParameter(f"{file.name} cannot be read: {error.strerror}") from None


@contextmanager
def answering(extra: Mapping[str, object]) -> Iterator[None]:
    """Ends the command at a document that is not right, with the outcome printed as JSON.

    It ends the command in this way, too, when a dependency is out of reach, and says so on
    standard error. A change that the database rejects has no outcome: it is reported as a bug.
    """
    try:
        yield
    except InvalidRequest as mistake:
        print_json({**invalid_row(mistake), **extra})
        raise SystemExit(Exit.INVALID) from None
    except Rejected:
        raise
    except Unavailable as error:
        outcome = {"outcome": Kind.UNAVAILABLE.value, "rule": None}
        print_json({**outcome, "message": say_unavailable(error), **extra})
        raise


def _not_json(message: str) -> InvalidRequest:
    return InvalidRequest(None, "$", message)


def _no_constant(name: str) -> NoReturn:
    raise _not_json(f"Give JSON: {name} is not a number")


def _no_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise InvalidRequest(None, key, "Give this key once")
        found[key] = value
    return found
