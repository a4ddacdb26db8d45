"""What giving an ECT a mentor comes to: the records as they will be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.endings import extent_of, extent_of_whole, fitted
from ect_registration.domain.people.mentor import MentorAtSchool, MentorPast
from ect_registration.domain.people.mentorship import MentorId, Mentorship, MentorshipId
from ect_registration.domain.people.training import Programme, Training, TrainingId
from ect_registration.domain.rules.check_answers import AssignmentPreview, MentorPreview
from ect_registration.domain.rules.mentors.mentor_training import (
    MentorTraining,
    TrainingThen,
    how_training_stands,
    training_seen,
    why_not_funded,
)
from ect_registration.domain.rules.mentors.replacement import mentors_replaced
from ect_registration.domain.rules.periods.status import days_without_mentor
from ect_registration.journeys.answers import given
from ect_registration.journeys.mentor_case import AssignmentCase, MentorCase
from ect_registration.use_cases.registering.outcomes import Assigned
from ect_registration.use_cases.transactions import NewId


def planned_mentor(case: MentorCase, new_id: NewId, at: datetime) -> Assigned:
    """Returns the records that registering a new mentor at this moment leads to."""
    mentor = MentorAtSchool(
        id=MentorId(new_id()),
        school=case.school,
        teacher=case.teacher,
        email=case.email,
        period=given(case.mentor_period),
        registered_at=at,
    )
    planned = _planned(case, mentor, new_id)
    return attrs.evolve(planned, is_new=True, merged_from=case.record.merged_from)


def planned_assignment(case: AssignmentCase, new_id: NewId) -> Assigned:
    """Returns the records that assigning a mentor of the school leads to."""
    return _planned(case, case.mentor, new_id)


def preview_of_mentor(case: MentorCase, planned: Assigned) -> MentorPreview:
    """Returns what check answers shows of the records planned for a new mentor."""
    shown = given(planned.preview)
    return MentorPreview(
        ect=shown.ect,
        trs_name=case.record.name,
        name=shown.name,
        email=case.email.address,
        only_here=case.only_here,
        started_on=given(case.start_date),
        mentors_from=shown.mentors_from,
        mentors_until=shown.mentors_until,
        training=shown.training,
        lead_provider=shown.lead_provider,
        delivery_partner=shown.delivery_partner,
        ends_elsewhere=tuple(before.id for before, _ in case.ended),
        replaces=shown.replaces,
        without_mentor=shown.without_mentor,
    )


def _planned(case: MentorCase | AssignmentCase, mentor: MentorAtSchool, new_id: NewId) -> Assigned:
    period = given(case.mentorship)
    training = _training(case, mentor, period.started_on, new_id)
    mentor = attrs.evolve(mentor, trainings=(*mentor.trainings, *training))
    mentorship = Mentorship(
        MentorshipId(new_id()), mentor.id, mentor.teacher, period, assigned_on=case.today
    )
    others = [each for each in case.periods_from_now_on if each.id != mentor.id]
    past = MentorPast([*others, mentor], case.facts.training_history)
    seen = training_seen(mentor, past, case.today)
    stands = how_training_stands(seen, past.training_history, case.today)
    lead_provider = seen.lead_provider if seen else None
    ect = case.ect.mentored_from_then_on(mentorship, mentor, case.today)
    days = _days_of(mentor, ect, case.today)
    return Assigned(
        ect=ect,
        mentor=mentor,
        training=stands,
        lead_provider=lead_provider,
        delivery_partner=seen.delivery_partner if seen else None,
        is_new=False,
        told=case.told_about_training,
        not_funded=why_not_funded(past.training_history, case.today),
        preview=AssignmentPreview(
            ect=ect.teacher.name,
            name=mentor.teacher.name,
            mentors_from=days.started_on,
            mentors_until=days.finished_on,
            training=_training_then(case, training, stands, lead_provider),
            lead_provider=lead_provider,
            delivery_partner=training[0].delivery_partner if training else None,
            replaces=mentors_replaced(case.ect, ect, mentor.id, case.today),
            without_mentor=days_without_mentor(ect, case.today),
        ),
    )


def _days_of(mentor: MentorAtSchool, ect: EctAtSchool, today: date) -> Period:
    """Returns when the mentor mentors the ECT, who goes on if they mentor them already."""
    theirs = [each for each in ect.open_mentorships(today) if each.mentor == mentor.id]
    return theirs[-1].period


def _training_then(
    case: MentorCase | AssignmentCase,
    begun: Sequence[Training],
    stands: MentorTraining,
    lead_provider: str | None,
) -> TrainingThen:
    if begun:
        return TrainingThen.BEGINS
    if lead_provider is not None:
        return TrainingThen.STAYS
    if case.provider_led and stands is MentorTraining.NOT_ELIGIBLE:
        return TrainingThen.NOT_ELIGIBLE
    return TrainingThen.NONE


def _training(
    case: MentorCase | AssignmentCase, mentor: MentorAtSchool, first_day: date, new_id: NewId
) -> Sequence[Training]:
    """Returns the mentor's funded training, when it begins with this ECT."""
    if not case.sets_up_training:
        return ()
    training = Training(
        id=TrainingId(new_id()),
        period=Period(first_day),
        programme=Programme.PROVIDER_LED,
        year=case.year_of_training,
        lead_provider=case.lead_provider,
        delivery_partner=case.delivery_partner,
    )
    extent = fitted(extent_of(training), extent_of_whole(mentor))
    return (training.lasting(extent),)
