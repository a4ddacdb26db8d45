"""What a rule is, who says so, and what it decided."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import attrs


@attrs.frozen
class Policy:
    """The policy says so, under this heading."""

    section: str

    def __str__(self) -> str:
        return f"Policy: {self.section}"


@attrs.frozen
class OurDecision:
    """The policy is silent or still to be defined here; this is why we decided as we did."""

    why: str

    def __str__(self) -> str:
        return f"Decision: {self.why}"


Source = Policy | OurDecision

# Evidence is plain: it is logged, stored and printed as JSON, so no personal data belongs in it.
Plain = str | int | bool | None
Evidence = Mapping[str, Plain]


class Kind(StrEnum):
    """What a block asks of the person who meets it."""

    REFUSED = "refused"  # policy says no
    INVALID = "invalid"  # what was given cannot be right: correct it
    NEEDS = "needs"  # something more has to be answered first
    UNAVAILABLE = "unavailable"  # cannot be decided now: try again


@attrs.frozen
class Rule:
    """One rule of the service: its name, what it says, who says so and where it holds."""

    id: str
    says: str  # one plain sentence, for documentation
    source: Source
    enforced_by: tuple[str, ...]  # dotted names, or "database: ..." for a guarantee kept there
    tells: str = ""  # what the person who meets it reads; {names} come from the evidence
    details: OurDecision | None = None  # what we added to a rule of the policy
    waits_for: str = ""  # the command or page without which the rule is not in force yet

    def allows(self, **because: Plain) -> Allowed:
        """Returns a decision that the rule allows."""
        return Allowed(self, because)

    def refuses(self, tells: str = "", *, field: str | None = None, **because: Plain) -> Blocked:
        """Refuses by policy. ``field`` names the answer at fault, if another could be given."""
        return self._block(Kind.REFUSED, tells, field, because)

    def finds_invalid(self, field: str, tells: str = "", **because: Plain) -> Blocked:
        """Returns a block because the answer in ``field`` cannot be right."""
        return self._block(Kind.INVALID, tells, field, because)

    def needs(self, field: str, tells: str = "", **because: Plain) -> Blocked:
        """Returns a block because ``field`` has to be answered before the rule can decide."""
        return self._block(Kind.NEEDS, tells, field, because)

    def cannot_tell(self, **because: Plain) -> Blocked:
        """Returns a block for a rule that cannot be decided now."""
        return self._block(Kind.UNAVAILABLE, "", None, because)

    def _block(self, kind: Kind, tells: str, field: str | None, because: Evidence) -> Blocked:
        message = (tells or self.tells).format(**because)
        return Blocked(self, because, kind=kind, field=field, message=message)


@attrs.frozen
class Allowed:
    """The rule lets this go on."""

    rule: Rule
    because: Evidence


@attrs.frozen
class Blocked:
    """The rule stops this here: what kind of stop, at which answer, and what to tell people."""

    rule: Rule
    because: Evidence
    kind: Kind
    field: str | None
    message: str


Decision = Allowed | Blocked
