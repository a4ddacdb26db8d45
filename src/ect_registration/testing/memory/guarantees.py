"""What the store promises to every writer, as a database would."""

from __future__ import annotations

from collections.abc import Container, Iterable
from itertools import combinations
from typing import TypeVar

from ect_registration.domain.calendar import Period
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import Mentorship
from ect_registration.domain.people.teacher import LONGEST_TRS_NAME, Teacher
from ect_registration.domain.people.training import Programme, Training
from ect_registration.domain.school import Partnership
from ect_registration.domain.values import Urn
from ect_registration.ports.errors import Conflict, Unstorable
from ect_registration.testing.memory.state import State

T = TypeVar("T")


def must_be_known(what: str, key: T, known: Container[T]) -> None:
    """Raises Conflict unless a reference leads to a row."""
    if key not in known:
        raise Conflict(f"an unknown {what}")


def must_be_known_if_given(what: str, key: T | None, known: Container[T]) -> None:
    """Raises Conflict unless an optional reference is None or leads to a row."""
    if key is not None:
        must_be_known(what, key, known)


def must_have_a_name(teacher: Teacher) -> None:
    """Refuses a teacher whose name could not be listed, or is too long to keep."""
    if not teacher.name or len(teacher.trs_name) > LONGEST_TRS_NAME:
        raise Conflict("a teacher without a name, or with too long a one")


def check_ect(state: State, ect: EctAtSchool) -> None:
    """Checks an ECT period and its parts against everything else in the state."""
    choices = ect.registration.choices
    must_be_known_if_given("body", choices.appropriate_body, state.appropriate_bodies)
    must_be_known_if_given("lead provider", choices.lead_provider, state.lead_providers)
    _check_person(state, ect)
    must_be_known_if_given("body", ect.changed_body, state.appropriate_bodies)
    theirs = (
        each.period
        for each in state.ects.values()
        if each.teacher.trn == ect.teacher.trn and not each.withdrawn
    )
    _never_two_at_once("ECT periods of a teacher", theirs)
    _check_trainings(state, ect)
    for mentorship in ect.mentorships:
        _check_mentorship(state, ect, mentorship)
    standing = (m.period for m in ect.mentorships if not m.withdrawn)
    _never_two_at_once("mentorships of an ECT", standing)


def check_mentor(state: State, mentor: MentorAtSchool) -> None:
    """Checks a mentor period, its trainings and the mentorships that depend on it."""
    _check_person(state, mentor)
    theirs = (
        m.period
        for m in state.mentors.values()
        if (m.teacher.trn, m.school) == (mentor.teacher.trn, mentor.school) and not m.withdrawn
    )
    _never_two_at_once("mentor periods of a teacher at a school", theirs)
    _check_trainings(state, mentor)
    _never_two_at_once(
        "mentor trainings of a teacher",
        (
            training.period
            for each in state.mentors.values()
            if each.teacher.trn == mentor.teacher.trn
            for training in each.trainings
            if not training.withdrawn
        ),
    )
    for ect in state.ects.values():
        for mentorship in ect.mentorships:
            if mentorship.mentor == mentor.id:
                _check_mentorship(state, ect, mentorship)


def _check_person(state: State, somebody: EctAtSchool | MentorAtSchool) -> None:
    """Checks school and teacher; a period without an end needs its person to hold the email."""
    must_be_known("school", somebody.school, state.schools)
    must_be_known("teacher", somebody.teacher.trn, state.teachers)
    if somebody.withdrawn:
        return
    if somebody.email is not None and somebody.period.finished_on is None:
        person = state.one_person(somebody.teacher.trn)
        if state.claims.get(somebody.email) not in person:
            raise Conflict("an email address that the teacher does not hold")


def _check_trainings(state: State, somebody: EctAtSchool | MentorAtSchool) -> None:
    standing = [training.period for training in somebody.trainings if not training.withdrawn]
    for training in somebody.trainings:
        _check_providers(state, somebody.school, training)
    if standing and somebody.withdrawn:
        raise Conflict("a training of a withdrawn period")
    if not all(map(somebody.period.contains, standing)):
        raise Conflict("a training outside its period")
    _never_two_at_once("trainings", standing)


def _check_providers(state: State, school: Urn, training: Training) -> None:
    lead_provider, delivery_partner = training.lead_provider, training.delivery_partner
    if (training.programme is Programme.PROVIDER_LED) != (lead_provider is not None):
        raise Unstorable("a lead provider belongs to provider-led training, and only to it")
    must_be_known_if_given("lead provider", lead_provider, state.lead_providers)
    if delivery_partner is not None:
        confirmed_by = Partnership(school, lead_provider or "", delivery_partner, training.year)
        must_be_known("partnership", confirmed_by, state.partnerships.values())


def _check_mentorship(state: State, ect: EctAtSchool, mentorship: Mentorship) -> None:
    mentor = state.mentors.get(mentorship.mentor)
    if mentor is None or mentor.school != ect.school:
        raise Conflict("a mentor who is not at the ECT's school")
    if mentorship.withdrawn:
        return
    if mentor.teacher.trn == ect.teacher.trn:
        raise Unstorable("nobody mentors themself")
    if ect.withdrawn or mentor.withdrawn:
        raise Conflict("a mentorship of a withdrawn period")
    if not (ect.period.contains(mentorship.period) and mentor.period.contains(mentorship.period)):
        raise Conflict("a mentorship outside the ECT's or the mentor's period")


def _never_two_at_once(what: str, periods: Iterable[Period]) -> None:
    if any(one.overlaps(other) for one, other in combinations(periods, 2)):
        raise Conflict(f"overlapping {what}")
