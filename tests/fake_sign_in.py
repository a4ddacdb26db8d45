"""DfE Sign-in without a network: the port, with people and roles that a test sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from ect_registration.domain.sessions import Organisation, Person
from ect_registration.ports.errors import Unavailable
from ect_registration.ports.sign_in import Attempt, NotSignedIn

LARKFIELD = Organisation("org-1", "Larkfield School", "100001")
FENWICK = Organisation("org-2", "Fenwick Academy", "100002")
COUNCIL = Organisation("org-3", "Northmoor Council")

HANNAH = Person("user-1", "Hannah Abbott", "hannah@example.org", LARKFIELD)
PROVIDER = "https://sign-in.example"


@attrs.define
class FakeSignIn:
    """Somebody who comes back with ``code=good`` is ``person``."""

    person: Person = HANNAH
    belongs_to: Sequence[Organisation] = (LARKFIELD,)
    role_at: Sequence[Organisation] = (LARKFIELD,)
    out_of_reach: bool = False
    sign_out: str | None = f"{PROVIDER}/end"
    begun: int = 0
    asked_about: Sequence[Organisation] = ()

    def begin(self) -> tuple[str, Attempt]:
        """With a state of its own each time."""
        self._reach()
        self.begun += 1
        return f"{PROVIDER}/auth?state={self.begun}", Attempt(str(self.begun), "nonce", "verifier")

    def finish(self, attempt: Attempt, answer: Mapping[str, str]) -> Person:
        """Whoever it is."""
        self._reach()
        if (answer.get("state"), answer.get("code")) != (attempt.state, "good"):
            raise NotSignedIn
        return self.person

    def organisations(self, user: str) -> Sequence[Organisation]:
        """As set."""
        self._reach()
        return self.belongs_to

    def with_role(
        self, user: str, organisations: Sequence[Organisation]
    ) -> Sequence[Organisation]:
        """As set."""
        self._reach()
        self.asked_about = organisations
        return [organisation for organisation in organisations if organisation in self.role_at]

    def sign_out_address(self, proof: str | None) -> str | None:
        """As set."""
        self._reach()
        return self.sign_out and f"{self.sign_out}?id_token_hint={proof}"

    def _reach(self) -> None:
        if self.out_of_reach:
            raise Unavailable("DfE Sign-in")
