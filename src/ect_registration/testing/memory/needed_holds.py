"""What has to be held before a period is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ect_registration.domain.email import Email, address_of
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import Mentorship
from ect_registration.domain.people.training import Training
from ect_registration.ports.stored.holds import Hold


def needed_to_add(somebody: EctAtSchool | MentorAtSchool) -> Iterator[Hold]:
    """Yields the person, the email address, what trainings rest on, and new mentors."""
    yield Hold.person(somebody.teacher.trn)
    yield from _addresses(somebody.email)
    yield from _of_trainings(somebody, (), somebody.trainings)
    if isinstance(somebody, EctAtSchool):
        yield Hold.school(somebody.school)  # the next registration may reuse these choices
        yield from _of_mentorships((), somebody.mentorships)


def needed_to_change(
    before: EctAtSchool | MentorAtSchool, after: EctAtSchool | MentorAtSchool
) -> Iterator[Hold]:
    """Yields the person, and what a new address, more days or new trainings rest on."""
    yield Hold.person(before.teacher.trn)
    if address_of(after.email) != address_of(before.email) or _takes_more_days(before, after):
        yield from _addresses(after.email)
    yield from _of_trainings(before, before.trainings, after.trainings)


def needed_to_change_ect(before: EctAtSchool, after: EctAtSchool) -> Iterator[Hold]:
    """Yields that, and the mentors of new mentorships."""
    yield from needed_to_change(before, after)
    yield from _of_mentorships(before.mentorships, after.mentorships)


def _takes_more_days(
    before: EctAtSchool | MentorAtSchool, after: EctAtSchool | MentorAtSchool
) -> bool:
    """Says whether the address is in use for longer than it was."""
    return not before.period.contains(after.period)


def _addresses(email: Email | None) -> Iterator[Hold]:
    if email is not None:
        yield Hold.email(email)


def _of_trainings(
    somebody: EctAtSchool | MentorAtSchool,
    before: Iterable[Training],
    after: Iterable[Training],
) -> Iterator[Hold]:
    """Yields the school, whose partnerships say whether a training is confirmed."""
    known = {training.id: training.chosen for training in before}
    if any(known.get(training.id) != training.chosen for training in after):
        yield Hold.school(somebody.school)


def _of_mentorships(before: Iterable[Mentorship], after: Iterable[Mentorship]) -> Iterator[Hold]:
    known = {mentorship.id for mentorship in before}
    for mentorship in after:
        if mentorship.id not in known:
            yield Hold.person(mentorship.mentor_teacher.trn)
