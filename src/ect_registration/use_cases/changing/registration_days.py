"""The days on which ECTs and mentors were registered, in London."""

from __future__ import annotations

from datetime import date

from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.ports.clock import day_in_london


def ect_registered_on(ect: EctAtSchool) -> date:
    """Returns the registration day of an ECT."""
    return day_in_london(ect.registration.registered_at)


def mentor_registered_on(mentor: MentorAtSchool) -> date | None:
    """Returns the registration day of a mentor; None where none is known."""
    at = mentor.registered_at
    return None if at is None else day_in_london(at)
