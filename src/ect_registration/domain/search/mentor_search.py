"""Searches for a school's mentors, by words and by status, and the ECTs that they mentor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.search.ect_search import SearchWords
from ect_registration.domain.values import Urn


class MentorStatus(StrEnum):
    """What lists say of a mentor."""

    MENTORING = "mentoring"  # an ECT, now or later
    NO_ECTS = "no_ects"
    LEFT = "left"


@attrs.frozen
class MentorsWanted:
    """The mentors of a school that have these words and, if one is named, this status."""

    school: Urn
    today: date
    words: SearchWords = attrs.Factory(SearchWords)
    status: MentorStatus | None = None


@attrs.frozen
class MentorsFound:
    """How many have the words, by status, and some of those with the wanted one."""

    counts: Mapping[MentorStatus, int]  # never zero
    mentors: Sequence[MentorAtSchool]


@attrs.frozen
class Mentored:
    """One ECT with a past, present or future mentorship."""

    mentor: MentorId
    ect: EctId
    teacher: Teacher
    period: Period


def mentor_status_of(
    mentor: MentorAtSchool, mentorships: Iterable[Mentored], today: date
) -> MentorStatus:
    """Returns the only status under which a mentor is listed."""
    if mentor.withdrawn or mentor.period.is_finished(today):
        return MentorStatus.LEFT
    mentors_someone = any(
        each.mentor == mentor.id and each.period.is_open(today) for each in mentorships
    )
    return MentorStatus.MENTORING if mentors_someone else MentorStatus.NO_ECTS
