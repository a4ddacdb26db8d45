"""Several ECTs to one mentor of the school, in one go: all of them or none."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.ect import EctId
from ect_registration.domain.finding import EctsWanted, ShownStatus
from ect_registration.domain.mentor_draft import AssignmentDraft
from ect_registration.domain.mentorship import MentorId
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.mentoring import NO_DAY_IN_COMMON
from ect_registration.mentor_case import AssignmentCase
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.ects import EctSummary, summary_of
from ect_registration.use_cases.journey_kinds import ASSIGNMENT_JOURNEY
from ect_registration.use_cases.kinds import Decided
from ect_registration.use_cases.mentors import MentorSummary, summary_of_person
from ect_registration.use_cases.ports import Actor, Ports, transact
from ect_registration.use_cases.registering_mentors import assign_mentor_in
from ect_registration.use_cases.writing_mentors import Assigned

MOST = 200  # ECTs on one page: more than any school has waiting


@attrs.frozen
class EctsToChoose:
    """One mentor, and every ECT here who needs one."""

    mentor: MentorSummary
    ects: Sequence[EctSummary]


@attrs.frozen
class Refused:
    """One of the ECTs cannot be given this mentor, and so nobody was."""

    ect: EctSummary | None  # None: there is no such ECT here
    blocked: Blocked


@attrs.frozen
class Asked:
    """What the mentor's training means is still to be told, and who will train them."""

    case: AssignmentCase
    fault: Blocked | None  # of the answer that was given


def choose_ects(id: MentorId, actor: Actor, ports: Ports) -> EctsToChoose | Blocked:
    """Everybody who needs a mentor, but for the mentor themself."""
    today = ports.clock.today()
    wanted = EctsWanted(actor.school, today, status=ShownStatus.MENTOR_REQUIRED)
    with ports.reading() as uow:
        periods = uow.mentors.of_person_with(id)
        mentor = next((each for each in periods if each.id == id), None)
        if mentor is None or mentor.school != actor.school:
            return OWN_SCHOOL_ONLY.refuses(field="mentor")
        if mentor.period.is_finished(today):
            return NO_DAY_IN_COMMON.refuses()
        trns = {each.teacher.trn for each in periods}
        history = uow.mentors.training_history(trns)
        ects = uow.ects.look(wanted, 0, MOST).ects
    return EctsToChoose(
        summary_of_person(mentor, periods, history, today),
        [summary_of(ect, today) for ect in ects if ect.teacher.trn not in trns],
    )


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
    """Assign the mentor to each, in the order given.

    The mentor's training begins with the first provider-led ECT: without an ``answer`` about it,
    nobody is assigned and it is asked for. Raises Unavailable without a database.
    """
    today = ports.clock.today()

    def assign(draft: AssignmentDraft, uow: UnitOfWork) -> Assigned | Blocked:
        outcome = assign_mentor_in(uow, draft, actor, today, ports)
        if answer is None or not _asks(outcome):
            return outcome
        answered = attrs.evolve(draft, **attrs.asdict(answer))
        return assign_mentor_in(uow, answered, actor, today, ports)

    def work(uow: UnitOfWork) -> Sequence[Assigned] | Asked | Refused:
        assigned = []
        for ect in dict.fromkeys(ects):
            draft = AssignmentDraft(ect, id)
            outcome = assign(draft, uow)
            if isinstance(outcome, Blocked):
                decided = ASSIGNMENT_JOURNEY.decide(draft, actor.school, today, uow)
                if _asks(outcome) and isinstance(decided, Decided):
                    return Asked(decided.case, outcome if answer else None)
                found = uow.ects.find(ect)
                own = found is not None and found.school == actor.school
                return Refused(summary_of(found, today) if found and own else None, outcome)
            assigned.append(outcome)
        uow.commit()
        return assigned

    return transact(ports, work)


def _asks(outcome: Assigned | Blocked) -> bool:
    return isinstance(outcome, Blocked) and outcome.field == "lead_provider"
