"""Asks one thing at a terminal until the answer can be right, and shows that work goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

import click

from ect_registration.domain.rules.identifying.identity import TWO_FACTS, check_age
from ect_registration.domain.values import InvalidValue, parse_date
from entrypoints.cli.terminal.tables import on_screen

T = TypeVar("T")

BIRTHDAY = "Date of birth, like 1999-01-31"


def say(text: str) -> None:
    """Writes talk to standard error."""
    click.echo(f"\n{on_screen(text)}.", err=True)


def show(title: str, rows: Mapping[str, object]) -> None:
    """Shows what there is of these, line by line."""
    click.echo(f"\n{title}", err=True)
    for name, value in rows.items():
        if value is not None:
            click.echo(f"  {name}: {on_screen(str(value))}", err=True)


@contextmanager
def working(what: str) -> Iterator[None]:
    """Shows a sign of life where a person watches."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{what}…"):
        yield


def typed(
    question: str, parse: Callable[[str], T], *, hide: bool = False, default: str | None = None
) -> T:
    """Returns what was typed, once it has the right format; ``hide`` keeps it off the screen."""
    while True:
        text: str = click.prompt(
            question, hide_input=hide, default=default, show_default=False, err=True
        )
        try:
            return parse(text)
        except InvalidValue as error:
            say(error.message)


def date_of_birth(today: date) -> date:
    """Asks for a date of birth, hidden, of a person old enough."""
    return typed(BIRTHDAY, lambda text: read_birthday(text, today), hide=True)


def read_birthday(text: str, today: date) -> date:
    """Returns a date of birth; raises InvalidValue for no date or an age out of range."""
    born_on = parse_date(text, TWO_FACTS.id)
    check_age(born_on, today)
    return born_on


def one_of(question: str, choices: Mapping[str, T]) -> T:
    """Returns one of a list, chosen by its number."""
    if not choices:
        say(f"{question}: there are no choices yet")
        raise click.Abort
    click.echo(err=True)
    for number, choice in enumerate(choices, 1):
        click.echo(f"  {number}. {choice}", err=True)
    chosen: int = click.prompt(question, type=click.IntRange(1, len(choices)), err=True)
    return list(choices.values())[chosen - 1]
