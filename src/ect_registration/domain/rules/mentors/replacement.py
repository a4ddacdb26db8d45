"""One mentor after another: what is shown before a school replaces the mentor of an ECT."""

from __future__ import annotations

from datetime import date

import attrs

from ect_registration.domain.decisions import OurDecision, Rule
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentorship import MentorId, MentorshipId

MENTOR_CHANGE = Rule(
    id="mentor-change",
    says="Before a mentor is replaced, a page shows who mentors now and until when, who will and "
    "from when, what becomes of training, and any days without a mentor.",
    source=OurDecision("a slip must not end a mentorship before anybody has seen it"),
    enforced_by=(
        "ect_registration.domain.rules.mentors.replacement.mentors_replaced",
        "ect_registration.use_cases.registering.assign_mentor.submit_assignment",
    ),
)


@attrs.frozen
class MentorReplaced:
    """A mentor of the ECT who is replaced, now or to come, and their last day."""

    mentorship: MentorshipId
    name: str
    started_on: date
    finished_on: date | None  # None: the mentorship is withdrawn


def mentors_replaced(
    before: EctAtSchool, after: EctAtSchool, by: MentorId, today: date
) -> tuple[MentorReplaced, ...]:
    """Returns the ECT's other mentors, now and to come, with the last day that each will have."""
    standing = [each for each in after.mentorships if not each.withdrawn]
    last_days = {each.id: each.period.finished_on for each in standing}
    return tuple(
        MentorReplaced(
            each.id, each.mentor_teacher.name, each.period.started_on, last_days.get(each.id)
        )
        for each in before.open_mentorships(today)
        if each.mentor != by
    )
