"""DfE Sign-in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import attrs

from ect_registration.domain.sessions import Organisation, Person


class NotSignedIn(Exception):
    """The person said no there, or what came back is no answer to what we asked."""


@attrs.frozen
class Attempt:
    """What to remember until somebody comes back from signing in."""

    state: str
    nonce: str
    verifier: str = attrs.field(repr=False)


class SignIn(Protocol):
    """Who somebody is, and what they may do. Every method may raise ``Unavailable``."""

    def begin(self) -> tuple[str, Attempt]:
        """Where to send the browser."""

    def finish(self, attempt: Attempt, answer: Mapping[str, str]) -> Person:
        """Who came back with this answer. Raises NotSignedIn."""

    def organisations(self, user: str) -> Sequence[Organisation]:
        """All that the user belongs to."""

    def with_role(
        self, user: str, organisations: Sequence[Organisation]
    ) -> Sequence[Organisation]:
        """Those among them for which the user holds the role that this service asks for."""

    def sign_out_address(self, proof: str | None) -> str | None:
        """Where the browser goes to be signed out there too; None when there is no such place."""
