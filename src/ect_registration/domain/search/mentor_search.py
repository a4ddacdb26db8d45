"""Searches for a school's mentors, and the ECTs that they mentor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.search.ect_search import SearchWords
from ect_registration.domain.values import Urn


@attrs.frozen
class MentorsWanted:
    """The mentors of a school that have these words."""

    school: Urn
    today: date
    words: SearchWords = attrs.Factory(SearchWords)


@attrs.frozen
class MentorsFound:
    """Some of those with the words, and how many there are."""

    found: int
    mentors: Sequence[MentorAtSchool]


@attrs.frozen
class Mentored:
    """One ECT with a past, present or future mentorship."""

    mentor: MentorId
    ect: EctId
    teacher: Teacher
    period: Period
