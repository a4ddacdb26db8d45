"""DfE Sign-in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import attrs

from ect_registration.domain.sessions import Organisation, Person


class NotSignedIn(Exception):
    """The person refused to sign in, or the reply does not answer our request."""


@attrs.frozen
class Attempt:
    """What to remember until a person comes back from signing in."""

    state: str
    nonce: str
    verifier: str = attrs.field(repr=False)


class SignIn(Protocol):
    """Who a person is, and what they may do. Every method may raise ``Unavailable``."""

    def begin(self) -> tuple[str, Attempt]:
        """Returns the address to send the browser to, and the attempt to remember."""

    def finish(self, attempt: Attempt, answer: Mapping[str, str]) -> Person:
        """Returns the person who came back with this answer. Raises NotSignedIn."""

    def organisations(self, user: str) -> Sequence[Organisation]:
        """Returns all organisations that the user belongs to."""

    def with_role(
        self, user: str, organisations: Sequence[Organisation]
    ) -> Sequence[Organisation]:
        """Returns those of the organisations where the user has the role this service needs."""

    def sign_out_address(self, proof: str | None) -> str | None:
        """Returns where the browser signs out there too; None when there is no such place."""
