"""One mentor supports one ECT."""

from __future__ import annotations

from typing import NewType
from uuid import UUID

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.people.teacher import Teacher

MentorId = NewType("MentorId", UUID)
MentorshipId = NewType("MentorshipId", UUID)


@attrs.frozen
class Mentorship:
    """Inside both their periods, at the school of both."""

    id: MentorshipId
    mentor: MentorId
    mentor_teacher: Teacher
    period: Period
    withdrawn: bool = False
