"""Email addresses, after GOV.UK Notify's published rules, with the standard library only."""

from __future__ import annotations

import re
import unicodedata

import attrs

from ect_registration.domain.text import cleaned, is_blank
from ect_registration.domain.values import InvalidValue

LONGEST_ADDRESS = 254
LONGEST_TYPED = 2000  # room for invisible characters beside those of an address
LONGEST_LOCAL_PART = 64

_MESSAGE = "Enter an email address in the correct format, like name@example.com"
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_TOP_LEVEL = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]*[a-z0-9]")


def _invalid() -> InvalidValue:
    return InvalidValue("email-format", _MESSAGE)


def _is_label(label: str) -> bool:
    """Says whether a label has only letters, marks, digits, and hyphens inside."""
    return label == label.strip("-") and all(
        character == "-"
        or character.isdecimal()
        or unicodedata.category(character).startswith(("L", "M"))
        for character in label
    )


def _ascii_domain(domain: str) -> str:
    """Returns the domain in lower case, with internationalised labels as punycode."""
    if domain.isascii():
        return domain.lower()  # its labels are looked at by the caller
    # Punycode would hide symbols, invisible characters and a hyphen at an edge.
    if not all(map(_is_label, unicodedata.normalize("NFKC", domain).split("."))):
        raise _invalid()
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise _invalid() from None


def _key(address: str) -> str:
    """Returns what two spellings of one address have in common. Raises InvalidValue."""
    # Length first: the standard library's punycode takes quadratic time.
    if len(address) > LONGEST_ADDRESS or address.count("@") != 1:
        raise _invalid()
    local_part, domain = address.split("@")
    if len(local_part) > LONGEST_LOCAL_PART or not _LOCAL_PART.fullmatch(local_part):
        raise _invalid()
    labels = _ascii_domain(domain).split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _invalid()
    if not _TOP_LEVEL.fullmatch(labels[-1]):
        raise _invalid()
    key = f"{local_part.lower()}@{'.'.join(labels)}"
    if len(key) > LONGEST_ADDRESS:
        raise _invalid()
    return key


@attrs.frozen
class Email:
    """An address as it was given. Two are the same mailbox when their keys are equal."""

    address: str = attrs.field(eq=False)
    key: str = attrs.field(init=False, repr=False)

    @key.default
    def _key_of_the_address(self) -> str:
        return _key(self.address)

    @classmethod
    def parse(cls, typed: str) -> Email:
        """Reads what was typed or pasted. Raises InvalidValue under ``email-format``.

        As in GOV.UK Notify, invisible characters and no-break spaces are removed wherever they
        are, and a plain space or a line break only at the edges. A dash is read as the hyphen
        that it looks like: no address can hold another.
        """
        typed = typed.strip()
        if len(typed) > LONGEST_TYPED:
            raise _invalid()
        return cls(cleaned("".join(c for c in typed if c.isascii() or not is_blank(c))))

    def __str__(self) -> str:
        return self.address


def address_of(email: Email | None) -> str | None:
    """Returns the address as it was given; records brought in from elsewhere may lack one."""
    return None if email is None else email.address
