"""Reads how many connections there may be to PostgreSQL, and what stands in between."""

from __future__ import annotations

from collections.abc import Callable

NUMBERS = {"POOL_SIZE": (1, 100), "POOL_OVERFLOW": (0, 100)}  # connections of a worker
POOLERS = ("none", "transaction")
USUAL = {"POOL_SIZE": "5", "POOL_OVERFLOW": "10", "POOLER": "none"}
PREFIX = "ECT_DATABASE_"


def with_pooling(
    url: str, text_of: Callable[[str], str], refusal: Callable[[str, str], Exception]
) -> str:
    """Returns the address with what the settings say of connections, where it is not as usual.

    A SQLite file has no use for it. Raises the refusal of a setting and what it must be.
    """
    pooling = {name: text_of(f"{PREFIX}{name}") for name in USUAL}
    for name, (least, most) in NUMBERS.items():
        number = pooling[name]
        if not (number.isascii() and number.isdigit() and least <= int(number) <= most):
            raise refusal(f"{PREFIX}{name}", f"must be a number from {least} to {most}")
    if pooling["POOLER"] not in POOLERS:
        raise refusal(f"{PREFIX}POOLER", f"must be one of {', '.join(POOLERS)}")
    said = {name: text for name, text in pooling.items() if text != USUAL[name]}
    if not said or url.startswith("sqlite"):
        return url
    parameters = "&".join(f"ect_{name.lower()}={text}" for name, text in said.items())
    return f"{url}{'&' if '?' in url else '?'}{parameters}"
