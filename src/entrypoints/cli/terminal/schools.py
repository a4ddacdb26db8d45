"""Reads the school that a list is about."""

from __future__ import annotations

import click

from ect_registration.domain.values import InvalidValue, Urn

school_option = click.option("--school", required=True, metavar="URN", help="The school.")


def urn_of(school: str, option: str = "--school") -> Urn:
    """Returns the URN of the school; raises BadParameter, which names the option."""
    try:
        return Urn.parse(school)
    except InvalidValue as error:
        raise click.BadParameter(f"{error} [{error.rule}]", param_hint=option) from None
