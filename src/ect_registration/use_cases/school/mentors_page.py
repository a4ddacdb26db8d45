"""The mentors page of a school, and one mentor with everything that the school may know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

import attrs

from ect_registration.domain.decisions import Allowed, Blocked
from ect_registration.domain.people.endings import is_undone
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.training import Training
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.mentors.mentor_training import (
    NotFunded,
    open_training_of,
    why_not_funded,
)
from ect_registration.domain.rules.periods.leaving import check_leaving, last_day_can_change
from ect_registration.domain.rules.school_year.changing import check_details_can_change
from ect_registration.domain.rules.school_year.undoing import check_mentor_registered_by_mistake
from ect_registration.domain.search.ect_search import SearchWords
from ect_registration.domain.search.mentor_search import (
    Mentored,
    MentorStatus,
    MentorsWanted,
    mentor_status_of,
)
from ect_registration.domain.values import Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.changing.registration_days import mentor_registered_on
from ect_registration.use_cases.school.ect_details import Event, history_of
from ect_registration.use_cases.school.mentors import (
    MentorSummary,
    summaries_of,
    summary_of_person,
)
from ect_registration.use_cases.school.paging import (
    A_PAGE,
    MOST_PAGES,
    page_asked_for,
    pages_for,
    skipped_before,
)
from ect_registration.use_cases.transactions import Ports


@attrs.frozen
class ListedMentor:
    """A mentor in a list, with the ECTs that they mentor now or will."""

    summary: MentorSummary
    status: MentorStatus
    mentored: Sequence[Mentored]


@attrs.frozen
class MentorsPage:
    """Some of the mentors that were asked for, and how many there are in all."""

    mentors: Sequence[ListedMentor]
    counts: Mapping[MentorStatus, int]  # of those with the words, whatever status was asked for
    found: int  # on all pages together
    number: int
    pages: int
    today: date

    @property
    def everybody(self) -> int:
        """Returns how many mentors match the words, whatever their status."""
        return sum(self.counts.values())


@attrs.frozen
class MentorDetails:
    """One mentor as their school sees them, on one day."""

    summary: MentorSummary
    status: MentorStatus
    trainings: Sequence[Training]  # at this school, those not withdrawn, latest first
    not_funded: NotFunded | None
    mentored: Sequence[Mentored]  # now and coming
    mentored_before: Sequence[Mentored]
    history: Sequence[Event]  # latest first
    today: date
    last_day_can_change: bool = False
    last_day_can_be_removed: bool = False
    can_be_undone: bool = False
    can_change: bool = False
    is_undone: bool = False  # kept to be read: it counts for nothing
    is_trained_elsewhere: bool = False  # another school set up the training that is shown

    @property
    def trains_here(self) -> bool:
        """Says whether training of this very period goes on, so that it can be changed here."""
        return any(training.period.is_open(self.today) for training in self.trainings)

    @property
    def is_open(self) -> bool:
        """Says whether the mentor is here: has not left, and the record stands."""
        return self.status is not MentorStatus.LEFT


def page_of_mentors(
    school: Urn, typed: str, status: MentorStatus | None, number: int, ports: Ports
) -> MentorsPage:
    """Returns a page of mentors: those who have not left first, then by name.

    A page number past the end returns the last page.
    """
    today = ports.clock.today()
    wanted = MentorsWanted(school, today, SearchWords.parse(typed), status)
    number = page_asked_for(number)
    with ports.reading() as uow:
        found = uow.mentors.look(wanted, skipped_before(number), A_PAGE)
        listed = _listed(found.mentors, uow, today)
    many = sum(found.counts.values()) if status is None else found.counts.get(status, 0)
    pages = pages_for(many)
    return MentorsPage(
        mentors=listed,
        counts=dict.fromkeys(MentorStatus, 0) | dict(found.counts),
        found=many,
        number=min(number, pages),
        pages=pages,
        today=today,
    )


def every_mentor(
    school: Urn, typed: str, status: MentorStatus | None, ports: Ports
) -> Sequence[ListedMentor]:
    """Returns every mentor on all pages together."""
    today = ports.clock.today()
    wanted = MentorsWanted(school, today, SearchWords.parse(typed), status)
    with ports.reading() as uow:
        found = uow.mentors.look(wanted, 0, A_PAGE * MOST_PAGES)
        return _listed(found.mentors, uow, today)


def _listed(
    mentors: Sequence[MentorAtSchool], uow: UnitOfWork, today: date
) -> Sequence[ListedMentor]:
    summaries = summaries_of(mentors, uow, today)
    mentored = uow.mentors.mentored_by_any([mentor.id for mentor in mentors])
    theirs = _by_mentor([each for each in mentored if each.period.is_open(today)])
    return [
        ListedMentor(
            summary,
            mentor_status_of(mentor, theirs.get(mentor.id, ()), today),
            theirs.get(mentor.id, ()),
        )
        for mentor, summary in zip(mentors, summaries, strict=True)
    ]


def mentor_in_detail(id: MentorId, school: Urn, ports: Ports) -> MentorDetails | Blocked:
    """Returns one mentor; another school's is refused exactly as an unknown one."""
    today = ports.clock.today()
    with ports.reading() as uow:
        past = uow.mentors.past_of_person_with(id)
        mentor = past.period_with(id) or uow.mentors.find(id)  # undone, it is in no past
        if mentor is None or mentor.school != school:
            return OWN_SCHOOL_ONLY.refuses()
        mentored = uow.mentors.mentored_by_any([id])
        events = history_of(mentor, uow)
    standing = [training for training in mentor.trainings if not training.withdrawn]
    summary = summary_of_person(mentor, past, today)
    here = [period for period in past.periods if period.school == school]
    return MentorDetails(
        summary=summary,
        status=mentor_status_of(mentor, mentored, today),
        trainings=sorted(standing, key=lambda each: each.period.started_on, reverse=True),
        not_funded=why_not_funded(past.training_history, today),
        mentored=[each for each in mentored if each.period.is_open(today)],
        mentored_before=[each for each in mentored if each.period.is_finished(today)],
        history=events,
        today=today,
        last_day_can_change=last_day_can_change(mentor, today),
        last_day_can_be_removed=isinstance(check_leaving(mentor, None, today), Allowed),
        can_change=isinstance(check_details_can_change(mentor, today), Allowed),
        can_be_undone=not mentor.withdrawn
        and isinstance(
            check_mentor_registered_by_mistake(mentor, mentor_registered_on(mentor), today),
            Allowed,
        ),
        is_undone=is_undone(mentor),
        is_trained_elsewhere=(
            summary.lead_provider is not None and open_training_of(here, today) is None
        ),
    )


def _by_mentor(mentored: Sequence[Mentored]) -> Mapping[MentorId, Sequence[Mentored]]:
    by_mentor: dict[MentorId, list[Mentored]] = defaultdict(list)
    for each in mentored:
        by_mentor[each.mentor].append(each)
    return by_mentor
