"""Assigns several ECTs to one mentor of the school in one go: all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.mentor import MentorAtSchool, MentorPast
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.mentors.mentoring import NO_DAY_IN_COMMON
from ect_registration.domain.search.ect_search import EctsWanted, ShownStatus
from ect_registration.journeys.answers import given
from ect_registration.journeys.mentor_case import AssignmentCase
from ect_registration.journeys.mentoring_case import Mentoring
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.holding import hold_people_at
from ect_registration.use_cases.journeys.mentor_journeys import ASSIGNMENT_JOURNEY
from ect_registration.use_cases.registering.assign_mentor import assign_mentor_in
from ect_registration.use_cases.registering.outcomes import Assigned
from ect_registration.use_cases.school.ects import EctSummary, summary_of
from ect_registration.use_cases.school.mentors import MentorSummary, summary_of_person
from ect_registration.use_cases.transactions import Actor, Ports, transact

MOST = 200  # ECTs on one page: more than any school has waiting
HAS_LEFT = "This mentor’s last day at your school was {last_day}"


@attrs.frozen
class EctsToChoose:
    """One mentor, and every ECT here who needs one."""

    mentor: MentorSummary
    ects: Sequence[EctSummary]


@attrs.frozen
class Refused:
    """One of the ECTs cannot be given this mentor, so none of them was."""

    ect: EctSummary | None  # None: there is no such ECT here
    blocked: Blocked


@attrs.frozen
class Asked:
    """The school has still to read about the mentor's training, or say who will train them."""

    case: AssignmentCase
    fault: Blocked | None = None  # of the answer that was given


@attrs.frozen
class Ahead:
    """Where assigning these ECTs leads, before anything is written."""

    choice: EctsToChoose  # those chosen who still need a mentor, in the order chosen
    outcome: Asked | Refused | None  # None: nothing is asked, or some need no mentor any more


def choose_ects(id: MentorId, actor: Actor, ports: Ports) -> EctsToChoose | Blocked:
    """Returns every ECT of the school who needs a mentor, except the mentor's own record."""
    with ports.reading() as uow:
        waiting = _waiting_for(id, actor, ports.clock.today(), uow)
        return waiting if isinstance(waiting, Blocked) else waiting.choice(waiting.ects)


def ask_about_training(
    id: MentorId, ects: Sequence[EctId], actor: Actor, ports: Ports, *, another_provider: bool
) -> Ahead | Blocked:
    """Returns what the school still has to read or answer before these ECTs are assigned.

    All ECTs chosen are decided on at once, as each would be when they are assigned.
    """
    with ports.reading() as uow:
        waiting = _waiting_for(id, actor, ports.clock.today(), uow)
        if isinstance(waiting, Blocked):
            return waiting
        by_id = {ect.id: ect for ect in waiting.ects}
        chosen = [by_id[ect] for ect in ects if ect in by_id]
        ahead = waiting.ahead(chosen, uow, another_provider=another_provider)
        return Ahead(waiting.choice(chosen), ahead if len(chosen) == len(ects) else None)


@attrs.frozen
class _Waiting:
    """The ECTs who need a mentor, and what is known of the mentor they may be given."""

    mentor: MentorAtSchool
    past: MentorPast
    ects: Sequence[EctAtSchool]
    today: date

    def choice(self, ects: Sequence[EctAtSchool]) -> EctsToChoose:
        """Returns these ECTs and the mentor as the school sees them."""
        return EctsToChoose(
            summary_of_person(self.mentor, self.past, self.today),
            [summary_of(ect, self.today) for ect in ects],
        )

    def ahead(
        self, ects: Sequence[EctAtSchool], uow: UnitOfWork, *, another_provider: bool
    ) -> Asked | Refused | None:
        """Returns the first refusal, or else the first question, or else None."""
        asked = []
        for case in map(self._case, ects):
            decided = ASSIGNMENT_JOURNEY.walked(case)
            if decided.progress.blocked is not None:
                return Refused(summary_of(case.ect, self.today), decided.progress.blocked)
            if decided.stop is not None:
                asked.append(case)
        if not asked:
            return None
        names_another = another_provider and asked[0].sets_up_training
        draft = attrs.evolve(asked[0].draft, another_provider=names_another or None)
        return Asked(ASSIGNMENT_JOURNEY.with_draft(asked[0], draft, uow))

    def _case(self, ect: EctAtSchool) -> AssignmentCase:
        facts = Mentoring(
            today=self.today,
            ect=ect,
            ect_trns=frozenset({ect.teacher.trn}),
            periods=tuple(self.past.periods),
            training_history=tuple(self.past.training_history),
        )
        return AssignmentCase(facts, AssignmentDraft(ect.id, self.mentor.id), self.mentor)


def _waiting_for(id: MentorId, actor: Actor, today: date, uow: UnitOfWork) -> _Waiting | Blocked:
    past = uow.mentors.past_of_person_with(id)
    mentor = past.period_with(id)
    if mentor is None or mentor.school != actor.school:
        return OWN_SCHOOL_ONLY.refuses(field="mentor")
    if mentor.period.is_finished(today):
        last_day = given(mentor.period.finished_on).isoformat()
        return NO_DAY_IN_COMMON.refuses(HAS_LEFT, last_day=last_day)
    themself = {t.trn for t in uow.teachers.known_as([mentor.teacher.trn])}
    wanted = EctsWanted(actor.school, today, status=ShownStatus.MENTOR_REQUIRED)
    ects = uow.ects.look(wanted, 0, MOST).ects
    others = [ect for ect in ects if ect.teacher.trn not in themself]
    return _Waiting(mentor, past, others, today)


@attrs.frozen
class TrainingAnswer:
    """What the school says about the mentor's training: another lead provider, and which."""

    another_provider: bool
    lead_provider: str | None = None


def assign_several(
    id: MentorId,
    ects: Sequence[EctId],
    answer: TrainingAnswer | None,
    actor: Actor,
    ports: Ports,
) -> Sequence[Assigned] | Asked | Refused:
    """Assigns the mentor to each ECT, in the order given.

    The mentor's training begins with the first provider-led ECT: without an ``answer`` about it,
    no ECT is assigned and it is asked for, unless one of the ECTs is refused. Raises Unavailable
    without a database.
    """
    several = _Several(id, answer, actor, ports, ports.clock.today())

    def work(uow: UnitOfWork) -> Sequence[Assigned] | Asked | Refused:
        hold_people_at(actor.school, [id, *ects], uow)
        assigned, asked = [], []
        for ect in dict.fromkeys(ects):
            outcome = several.assign(ect, uow)
            if isinstance(outcome, Refused):
                return outcome
            if isinstance(outcome, Asked):
                asked.append(outcome)
            elif outcome is not None:
                assigned.append(outcome)
        if asked:
            return asked[0]
        uow.commit()
        return assigned

    return transact(ports, work)


@attrs.frozen
class _Several:
    """The mentor, and what was answered about their training."""

    mentor: MentorId
    answer: TrainingAnswer | None
    actor: Actor
    ports: Ports
    today: date

    def assign(self, ect: EctId, uow: UnitOfWork) -> Assigned | Asked | Refused | None:
        """Assigns one ECT; None when this mentor has the ECT already, from an earlier submit."""
        draft = AssignmentDraft(ect, self.mentor)
        outcome = self._assigned(draft, uow)
        if self.answer is not None and _asks(outcome):
            draft = attrs.evolve(draft, **attrs.asdict(self.answer))
            outcome = self._assigned(draft, uow)
        return outcome if isinstance(outcome, Assigned) else self._why_not(draft, outcome, uow)

    def _assigned(self, draft: AssignmentDraft, uow: UnitOfWork) -> Assigned | Blocked:
        return assign_mentor_in(uow, draft, self.actor, self.today, self.ports)

    def _why_not(
        self, draft: AssignmentDraft, blocked: Blocked, uow: UnitOfWork
    ) -> Asked | Refused | None:
        decided = ASSIGNMENT_JOURNEY.decide(draft, self.actor.school, self.today, uow)
        if isinstance(decided, Blocked):
            return Refused(None, blocked)
        case = decided.case
        if _asks(blocked):
            return Asked(case, decided.progress.blocked)
        mentors = [each.mentor for each in case.ect.open_mentorships(self.today)]
        return (
            None
            if mentors == [self.mentor]
            else Refused(summary_of(case.ect, self.today), blocked)
        )


def _asks(outcome: Assigned | Blocked) -> bool:
    return isinstance(outcome, Blocked) and outcome.field == "lead_provider"
