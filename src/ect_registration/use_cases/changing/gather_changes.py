"""The facts on which a change is decided, looked up in the unit of work that decides."""

from __future__ import annotations

from datetime import date

import attrs

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.change_draft import EctChangeDraft, MentorChangeDraft
from ect_registration.domain.email import Email
from ect_registration.domain.rules.operating.organisations import name_meant
from ect_registration.domain.school import Offer, TrainingYear
from ect_registration.domain.values import Trn
from ect_registration.journeys.answers import given
from ect_registration.journeys.change_case import (
    APPROPRIATE_BODY,
    EctChangeCase,
    MentorChangeCase,
    ect_as_changed,
)
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.changing.answers_that_differ import (
    ect_answers_that_differ,
    mentor_answers_that_differ,
)
from ect_registration.use_cases.changing.records import own_ect, own_mentor_of
from ect_registration.use_cases.changing.registration_days import (
    ect_registered_on,
    mentor_registered_on,
)
from ect_registration.use_cases.journeys.ect_journey import lead_provider_meant
from ect_registration.use_cases.transactions import Actor


def gather_ect_change(
    changes: EctChangeDraft, actor: Actor, today: date, uow: UnitOfWork
) -> EctChangeCase | Blocked:
    """Returns the case of a change; blocked by an ECT of another school."""
    ect = own_ect(changes.ect, actor, uow)
    if isinstance(ect, Blocked):
        return ect
    expected = ect.registration.expected_training_start_year
    school, latest, offer = given(uow.schools.with_offer(ect.school, expected))
    known = uow.ects.known_as([ect.teacher.trn])
    case = EctChangeCase(
        draft=ect_as_changed(ect, changes),
        today=today,
        school=school,
        latest_registration=latest,
        known=tuple(known.teachers),
        periods=tuple(other for other in known.periods if other.id != ect.id),
        schools=known.schools,
        email_holders=_holders(changes.email, today, uow),
        ect=ect,
        changes=changes,
        registered_on=ect_registered_on(ect),
        current=_current(offer.year, today, uow),
    )
    if case.expected_year != expected:
        offer = uow.offers.to_school(ect.school, case.expected_year)
    return _with_offer(case, offer)


def _with_offer(case: EctChangeCase, offer: Offer) -> EctChangeCase:
    """Returns the case with what is on offer, and answers by their present names."""
    changes, bodies = case.changes, {body.name for body in offer.bodies}
    if changes.appropriate_body is not None:
        body = name_meant(changes.appropriate_body, bodies, offer.former_bodies)
        changes = attrs.evolve(changes, appropriate_body=body)
    if changes.lead_provider is not None:
        provider = lead_provider_meant(changes.lead_provider, offer.year)
        changes = attrs.evolve(changes, lead_provider=provider)
    case = attrs.evolve(
        case,
        bodies=offer.bodies,
        training_year=offer.year,
        partnerships=offer.partnerships,
        former_bodies=offer.former_bodies,
    )
    changes = ect_answers_that_differ(case.ect, changes)
    if case.body_falls_away:
        changes = attrs.evolve(changes, asked=changes.asked | {APPROPRIATE_BODY})
    return attrs.evolve(case, changes=changes, draft=ect_as_changed(case.ect, changes))


def gather_mentor_change(
    changes: MentorChangeDraft, actor: Actor, today: date, uow: UnitOfWork
) -> MentorChangeCase | Blocked:
    """Returns the case of a change; blocked by a mentor of another school."""
    mentor = own_mentor_of(changes.mentor, actor, uow)
    if isinstance(mentor, Blocked):
        return mentor
    training = mentor.open_training(today)
    year = None if training is None else uow.offers.training_year(training.year)
    if year is not None and changes.lead_provider is not None:
        provider = lead_provider_meant(changes.lead_provider, year)
        changes = attrs.evolve(changes, lead_provider=provider)
    provider_now = None if training is None else training.lead_provider
    known = uow.mentors.known_as([mentor.teacher.trn])
    return MentorChangeCase(
        mentor=mentor,
        changes=mentor_answers_that_differ(mentor, provider_now, changes),
        registered_on=mentor_registered_on(mentor) or mentor.period.started_on,
        today=today,
        current=_current(year, today, uow),
        known=tuple(known.teachers),
        others=tuple(other for other in known.past.periods if other.id != mentor.id),
        email_holders=_holders(changes.email, today, uow),
        training_year=year,
    )


def _current(known: TrainingYear | None, today: date, uow: UnitOfWork) -> TrainingYear:
    """Returns what works in the academic year of today, which may be the one that is known."""
    year = AcademicYear.containing(today)
    if known is not None and known.year == year:
        return known
    return uow.offers.training_year(year)


def _holders(email: Email | None, today: date, uow: UnitOfWork) -> tuple[Trn, ...]:
    return () if email is None else tuple(uow.emails.holders(email, today))
