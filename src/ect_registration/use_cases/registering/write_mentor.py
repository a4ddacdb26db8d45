"""Writing a mentor and their mentorship, which every rule allowed: all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from ect_registration.domain.calendar import day_before
from ect_registration.domain.decisions import Evidence
from ect_registration.domain.notice import Happening, Role
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.effects import mentorships_changed
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import Mentorship
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.mentors.mentor import MENTOR_ELSEWHERE
from ect_registration.domain.rules.mentors.mentoring import ONE_MENTOR_AT_A_TIME
from ect_registration.domain.rules.outputs.notices import Subject
from ect_registration.journeys.answers import given
from ect_registration.journeys.mentor_case import AssignmentCase, MentorCase
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.notifying.announcing import announce_end
from ect_registration.use_cases.registering.outcomes import Assigned
from ect_registration.use_cases.registering.write_ect import (
    Signature,
    last_day_of,
    same_person_said,
    write_person,
)
from ect_registration.use_cases.transactions import NewId


def write_mentor(
    case: MentorCase, planned: Assigned, signature: Signature, uow: UnitOfWork, new_id: NewId
) -> None:
    """Writes the person, ends elsewhere, new period, mentorship and their history."""
    write_person(case, signature, uow)
    end = _transferred(case, planned.mentor)
    ended = [
        line
        for before, after in case.ended_elsewhere(planned.mentor.id)
        for line in _end_elsewhere(before, after, end, signature, uow, new_id)
    ]
    uow.emails.claim(case.email, planned.mentor.teacher.trn, case.today)
    uow.mentors.add(planned.mentor)
    uow.ects.change(case.ect, planned.ect)
    registered = _registered(case, planned.mentor, signature)
    uow.history.add(signature.on([registered, *_assigned(case, planned, signature), *ended]))
    signature.telling.tell(Happening.REGISTERED, _subject(planned.mentor), uow)


def write_assignment(
    case: AssignmentCase, planned: Assigned, signature: Signature, uow: UnitOfWork
) -> None:
    """Writes the mentorship, the training that begins with it, and their history."""
    uow.mentors.change(case.mentor, planned.mentor)
    uow.ects.change(case.ect, planned.ect)
    uow.history.add(signature.on(_assigned(case, planned, signature)))
    told = attrs.evolve(_subject(planned.mentor), ect=planned.ect.id)
    signature.telling.tell(Happening.ASSIGNED, told, uow)


def _subject(mentor: MentorAtSchool) -> Subject:
    return Subject(Role.MENTOR, mentor.id, mentor.school)


def _transferred(case: MentorCase, mentor: MentorAtSchool) -> End:
    """Returns what ends the periods elsewhere of a mentor who will be only here."""
    return End(Cause.TRANSFER, mentor.id, day_before(given(case.start_date)), case.today)


def _end_elsewhere(
    before: MentorAtSchool,
    after: MentorAtSchool,
    end: End,
    signature: Signature,
    uow: UnitOfWork,
    new_id: NewId,
) -> Iterator[Change]:
    """Ends a period elsewhere and first its mentorships, which always lie inside it.

    Its school is told if it ends sooner than it did.
    """
    last_day, sooner = end.last_day.isoformat(), before.period != after.period
    if sooner:
        announce_end(after, signature.at, new_id, uow)
        yield Change(
            at=signature.at,
            actor=signature.actor,
            school=before.school,
            what=What.MENTOR_MOVED,
            rules=(MENTOR_ELSEWHERE.id,),
            trn=before.teacher.trn,
            about=before.id,
            before={"finished_on": last_day_of(before.period)},
            after={"finished_on": last_day},
        )
    for ect in uow.mentors.mentored_by(before.id):
        without = ect.mentor_ended(before, end)
        if without != ect:
            uow.ects.change(ect, without)
        if changed := [each for _, each in mentorships_changed(ect, without)]:
            yield _lost_mentor(ect, changed, before, last_day, signature)
    uow.mentors.change(before, after)


def _lost_mentor(
    ect: EctAtSchool,
    changed: Sequence[Mentorship],
    mentor: MentorAtSchool,
    last_day: str,
    signature: Signature,
) -> Change:
    never_began = all(each.withdrawn for each in changed)
    return Change(
        at=signature.at,
        actor=signature.actor,
        school=ect.school,
        what=What.MENTOR_MOVED,
        rules=(MENTOR_ELSEWHERE.id,),
        trn=ect.teacher.trn,
        about=ect.id,
        before={"mentor": mentor.teacher.name},
        after={"withdrawn": True} if never_began else {"finished_on": last_day},
    )


def _registered(case: MentorCase, mentor: MentorAtSchool, signature: Signature) -> Change:
    names: Evidence = {teacher.trn.digits: teacher.name for teacher in case.known}
    return Change(
        at=signature.at,
        actor=signature.actor,
        school=mentor.school,
        what=What.MENTOR_REGISTERED,
        rules=signature.rules,
        trn=mentor.teacher.trn,
        about=mentor.id,
        before=names,
        after={
            "trs_name": mentor.teacher.trs_name,
            "name": mentor.teacher.name,
            **same_person_said(case),
            "email": case.email.address,
            "started_on": mentor.period.started_on.isoformat(),
        },
    )


def _assigned(
    case: MentorCase | AssignmentCase, planned: Assigned, signature: Signature
) -> Sequence[Change]:
    """Returns history for the ECT, the mentor and the mentor who is replaced."""
    ect, mentor = planned.ect, planned.mentor
    period = given(case.mentorship)
    days: Evidence = {
        "started_on": period.started_on.isoformat(),
        "finished_on": last_day_of(period),
    }
    training: Evidence = {
        "lead_provider": case.lead_provider,
        "delivery_partner": case.delivery_partner,
    }
    changed = {each.id for _, each in mentorships_changed(case.ect, ect)}
    replaced = [mentorship for mentorship in case.replaced if mentorship.id in changed]
    names = " and ".join(mentorship.mentor_teacher.name for mentorship in replaced)
    change = Change(
        at=signature.at,
        actor=signature.actor,
        school=ect.school,
        what=What.MENTOR_ASSIGNED,
        rules=signature.rules,
        trn=ect.teacher.trn,
        about=ect.id,
        before={"mentor": names} if names else {},
        after={"mentor": mentor.teacher.name, **days},
    )
    return [
        change,
        attrs.evolve(
            change,
            what=What.ECT_ASSIGNED,
            trn=mentor.teacher.trn,
            about=mentor.id,
            before={},
            after={"ect": ect.teacher.name, **days, **training},
        ),
        *(_replaced(each, case, change) for each in replaced),
    ]


def _replaced(mentorship: Mentorship, case: MentorCase | AssignmentCase, change: Change) -> Change:
    """Returns the history of a mentorship that ends because another mentor takes over."""
    return attrs.evolve(
        change,
        what=What.MENTORSHIP_ENDED,
        rules=(ONE_MENTOR_AT_A_TIME.id,),
        trn=mentorship.mentor_teacher.trn,
        about=mentorship.mentor,
        before={},
        after={
            "ect": case.ect.teacher.name,
            "until": given(case.mentorship).started_on.isoformat(),
        },
    )
