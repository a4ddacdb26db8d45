"""The mentors a school can choose for an ECT: the first question of giving them one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.mentors.mentoring import (
    check_mentor_now_or_later,
    check_one_mentor_at_a_time,
)
from ect_registration.domain.values import Trn, Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.school.ects import EctSummary, summary_of
from ect_registration.use_cases.transactions import Ports


@attrs.frozen
class MentorToChoose:
    """A person with an open mentor period at the school."""

    id: MentorId
    name: str
    trn: str
    starts_on: date | None  # where they have not started yet
    leaves_on: date | None  # where they are about to leave: the mentorship ends with it
    ects: int = 0  # that they mentor now or will, which is how busy they are
    mentors_them_now: bool = False  # and another mentor is to take over


@attrs.frozen
class MentorQuestion:
    """The question "existing or new mentor": the ECT, and the mentors to choose from."""

    ect: EctSummary
    mentors: Sequence[MentorToChoose]  # by name


def choose_mentor(
    id: EctId, school: Urn, ports: Ports, *, replace: bool = False
) -> MentorQuestion | Blocked:
    """Returns the school's mentors, except the ECT and their present or next mentor.

    When a change of mentor is already planned, the present mentor is included as well, so that
    the change can be cancelled.
    """
    today = ports.clock.today()
    with ports.reading() as uow:
        ect = uow.ects.find(id)
        if ect is None or ect.school != school:
            return OWN_SCHOOL_ONLY.refuses(field="ect")
        for decision in (
            check_mentor_now_or_later(ect, today),
            check_one_mentor_at_a_time(ect, today, replace=replace),
        ):
            if isinstance(decision, Blocked):
                return decision
        themself = {teacher.trn for teacher in uow.teachers.known_as([ect.teacher.trn])}
        now = [mentorship.mentor for mentorship in ect.open_mentorships(today)]
        mentors = mentors_to_choose(school, today, themself, uow)
    return MentorQuestion(
        summary_of(ect, today),
        [
            attrs.evolve(each, mentors_them_now=each.id in now)
            for each in mentors
            if now[-1:] != [each.id]
        ],
    )


def mentors_to_choose(
    school: Urn, today: date, themself: Collection[Trn], uow: UnitOfWork
) -> Sequence[MentorToChoose]:
    """Returns people with an open mentor period here, by name, except the ECT."""
    mentors = [
        mentor
        for mentor in uow.mentors.at_school(school)
        if mentor.period.is_open(today) and mentor.teacher.trn not in themself
    ]
    mentored = uow.mentors.mentored_by_any([mentor.id for mentor in mentors])
    theirs = {(each.mentor, each.ect) for each in mentored if each.period.is_open(today)}
    ects = Counter(mentor for mentor, _ in theirs)
    return [_to_choose(mentor, ects[mentor.id], today) for mentor in mentors]


def _to_choose(mentor: MentorAtSchool, ects: int, today: date) -> MentorToChoose:
    started_on = mentor.period.started_on
    return MentorToChoose(
        id=mentor.id,
        name=mentor.teacher.name,
        trn=mentor.teacher.trn.digits,
        starts_on=started_on if started_on > today else None,
        leaves_on=mentor.period.finished_on,
        ects=ects,
    )
