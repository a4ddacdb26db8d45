"""What a unit of work holds: what its decision rests on, and others may change.

A unit of work that writes holds first, then reads, decides and writes. Others that want one of its
holds wait until it ends; the rest go on. All take their holds in one order, so that no two ever
wait for each other: by kind, in the order of ``Kind``, then by key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import IntEnum
from typing import ClassVar

import attrs

from ect_registration.domain.attempts import Attempted
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.email import Email
from ect_registration.domain.values import Trn, Urn

# A database has room for some thousands of holds at once, in all units of work together.
MOST_AT_ONCE = 1000


class Kind(IntEnum):
    """What can be held, in the order in which units of work hold it.

    What is known from the start comes first: a journey is held and read before its person is.
    """

    EVERYTHING = 0
    COUNTER = 1
    JOURNEY = 2
    REFERENCE_DATA = 3
    SCHOOL = 4
    PERSON = 5
    EMAIL = 6


@attrs.frozen(order=True)
class Hold:
    """One thing to hold."""

    kind: Kind
    key: str = attrs.field(default="", repr=False)

    # All that others could hold. Every other unit waits, so it is for short work of operators.
    EVERYTHING: ClassVar[Hold]
    # Organisations, schools and what is on offer, against others that change them. Units that only
    # decide on them read them as of now instead, and do not hold them.
    REFERENCE_DATA: ClassVar[Hold]

    @classmethod
    def counter(cls, what: Attempted, key: str) -> Hold:
        """Returns the count of what one user, or one address on the network, has tried."""
        return cls(Kind.COUNTER, f"{what} {key}")

    @classmethod
    def journey(cls, id: JourneyId) -> Hold:
        """Returns a saved journey: its answers and what became of it."""
        return cls(Kind.JOURNEY, str(id))

    @classmethod
    def school(cls, urn: Urn) -> Hold:
        """Returns what a school's next registration rests on.

        That is its partnerships, the trainings that wait for one, and its previous choices.
        """
        return cls(Kind.SCHOOL, urn.digits)

    @classmethod
    def person(cls, trn: Trn) -> Hold:
        """Returns a person under every TRN that is kept as merged with this one.

        That is their names, periods, trainings, mentorships as an ECT, and wrong facts about them.
        """
        return cls(Kind.PERSON, trn.digits)

    @classmethod
    def email(cls, email: Email) -> Hold:
        """Returns an email address, in whatever case it is written."""
        return cls(Kind.EMAIL, email.key)


Hold.EVERYTHING = Hold(Kind.EVERYTHING)
Hold.REFERENCE_DATA = Hold(Kind.REFERENCE_DATA)


@attrs.define
class Holding:
    """Keeps count of what one unit of work holds. Stores use it; it locks nothing itself."""

    _held: set[Hold] = attrs.field(init=False, factory=set)
    _latest: Kind | None = attrs.field(init=False, default=None)

    def __bool__(self) -> bool:
        """Says whether anything is held."""
        return bool(self._held)

    def take(self, holds: Iterable[Hold]) -> Sequence[Hold]:
        """Returns those that are not held yet, in the order in which to hold them.

        Raises RuntimeError for what comes out of order, as two units might then wait for each
        other, and for more than a store has room for.
        """
        if Hold.EVERYTHING in self._held:
            return ()
        new = sorted(set(holds) - self._held)
        if new and self._latest is not None and new[0].kind <= self._latest:
            raise RuntimeError(
                f"{_named(new[0])} has to be held earlier: see ports/stored/holds.py"
            )
        if len(self._held) + len(new) > MOST_AT_ONCE:
            raise RuntimeError("too much to hold one by one: hold everything")
        self.note(new)
        return new

    def note(self, holds: Collection[Hold]) -> None:
        """Counts these as held: those taken, and a person's other TRNs."""
        self._held.update(holds)
        self._latest = max([self._latest or Kind.EVERYTHING, *(hold.kind for hold in holds)])

    def must_have(self, holds: Iterable[Hold]) -> None:
        """Raises RuntimeError unless all of these are held."""
        if Hold.EVERYTHING in self._held:
            return
        missing = min(set(holds) - self._held, default=None)
        if missing is not None:
            raise RuntimeError(
                f"{_named(missing)} is written and not held: call hold() before reading"
            )


def _named(hold: Hold) -> str:
    """Names the kind alone: keys are about people."""
    return hold.kind.name.lower().replace("_", " ")
