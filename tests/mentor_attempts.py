"""What contestants try about mentors, each in one word: registered, or the rule against it."""

from __future__ import annotations

from datetime import date

import attrs

from contests import BORN_ON, REGISTERED, SCHOOLS, actor
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.rules.check_answers import AssignmentPreview
from ect_registration.use_cases.changing.leaving import report_mentor_leaving
from ect_registration.use_cases.journeys import saved_journeys
from ect_registration.use_cases.journeys.mentor_journeys import ASSIGNMENT_JOURNEY
from ect_registration.use_cases.registering.assign_mentor import (
    assign_mentor,
    look_at_assignment,
    submit_assignment,
)
from ect_registration.use_cases.registering.outcomes import Assigned
from ect_registration.use_cases.registering.register_mentor import register_mentor
from ect_registration.use_cases.transactions import Actor, Ports

LEFT = "left"


@attrs.frozen
class RegisterMentor:
    """A new mentor for an ECT."""

    school: str
    ect: str
    trn: str
    email: str
    only_here: bool | None = None
    start_date: str | None = None

    def __call__(self, ports: Ports) -> str:
        """Registered, or the rule that stood against it."""
        document = attrs.asdict(self) | {"date_of_birth": BORN_ON.isoformat()}
        return word_of(register_mentor(document, "contestant", ports))


@attrs.frozen
class AssignMentor:
    """A mentor from here for an ECT."""

    school: str
    ect: str
    mentor: str

    def __call__(self, ports: Ports) -> str:
        """Registered, in one word for all, or the rule that stood against it."""
        return word_of(assign_mentor(attrs.asdict(self), "contestant", ports))


@attrs.frozen
class ReplaceMentor:
    """A change of mentor that is ready, as check answers showed it."""

    journey: JourneyId
    shown: AssignmentPreview

    @classmethod
    def ready(cls, ect: EctAtSchool, mentor: MentorAtSchool, ports: Ports) -> ReplaceMentor:
        """At check answers."""
        who = actor(0)
        draft = AssignmentDraft(ect.id, mentor.id, replace=True, another_provider=False)
        id = saved_journeys.start(who, ports, draft)
        standing = saved_journeys.look(ASSIGNMENT_JOURNEY, id, who, ports)
        assert isinstance(standing, saved_journeys.Standing)
        return cls(id, look_at_assignment(standing.decided.case, ports))

    def __call__(self, ports: Ports) -> str:
        """Registered, in one word for all, or the rule that stood against it."""
        return word_of(submit_assignment(self.journey, actor(0), ports, self.shown))


@attrs.frozen
class Leave:
    """The school says on which day a mentor leaves."""

    mentor: MentorId
    last_day: date

    def __call__(self, ports: Ports) -> str:
        """Left, or the rule that stood against it."""
        actor = Actor("contestant", SCHOOLS[0])
        outcome = report_mentor_leaving(self.mentor, self.last_day, actor, ports)
        return outcome.rule.id if isinstance(outcome, Blocked) else LEFT


def word_of(outcome: Assigned | Blocked) -> str:
    """Returns registered, or the rule that stood against it."""
    return REGISTERED if isinstance(outcome, Assigned) else outcome.rule.id
