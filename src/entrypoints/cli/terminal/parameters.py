"""Reads days, years and ids that are given to a command, and says what to give instead."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import click

from ect_registration.domain.reference.columns import FIRST_YEAR, LAST_YEAR
from ect_registration.domain.values import InvalidValue, parse_date


class Day(click.ParamType[date]):
    """Reads a date as year-month-day."""

    name = "date"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Refuses every other way to write a date."""
        if isinstance(value, date):
            return value
        try:
            return parse_date(value, "")
        except InvalidValue as mistake:
            self.fail(mistake.message, param, ctx)


class IdListedBy(click.ParamType[UUID]):
    """Reads the id of what a command lists."""

    name = "id"

    def __init__(self, command: str) -> None:
        self.command = command

    def convert(
        self, value: str | UUID, param: click.Parameter | None, ctx: click.Context | None
    ) -> UUID:
        """Refuses text that is no id, and names the command that shows ids."""
        if isinstance(value, UUID):
            return value
        try:
            return UUID(value)
        except ValueError:
            self.fail(f"'{value}' is not an id. {self.command} shows them", param, ctx)


class StartOfYear(click.ParamType[int]):
    """Reads the calendar year in which an academic year begins."""

    name = "year"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Refuses text that is not a number, and years without records."""
        try:
            year = int(value)
        except ValueError:
            year = 0
        if not FIRST_YEAR <= year <= LAST_YEAR:
            self.fail(
                f"Give the first year of an academic year, from {FIRST_YEAR} to {LAST_YEAR}, "
                "like 2025",
                param,
                ctx,
            )
        return year
