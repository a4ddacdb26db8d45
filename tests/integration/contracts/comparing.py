"""What two stores are compared by, and what to do to both."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import attrs

import collisions as some
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import address_of
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.school import OrganisationKind
from ect_registration.domain.search.ect_search import EctsWanted, SearchWords, ShownStatus
from ect_registration.domain.values import Trn, Urn
from ect_registration.ports.errors import Conflict
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold


def everything(turn: int, uow: UnitOfWork) -> dict[str, object]:
    """What each method for looking says of the small world, in the order in which it says it.

    Of the twelve kinds of search each school has one in each turn, another than the next school.
    """
    mentors = uow.mentors.of_people(some.FEW_TRNS)
    return {
        "schools": [_of_school(uow, urn) for urn in some.FEW_URNS],
        "wanted": [
            _wanted(uow, KINDS_WANTED[(turn + place) % len(KINDS_WANTED)](urn))
            for place, urn in enumerate(some.FEW_URNS)
        ],
        "bodies": list(uow.offers.appropriate_bodies()),
        "organisations": [  # each store gives them ids of its own
            (each.kind, each.name, each.former_names)
            for kind in OrganisationKind
            for each in uow.organisations.of_kind(kind)
        ],
        "years": [uow.offers.training_year(year) for year in some.FEW_YEARS],
        "known": [list(uow.teachers.known_as([trn])) for trn in some.FEW_TRNS],
        "all known": list(uow.teachers.known_as(some.FEW_TRNS)),
        "ects": _as_typed(uow.ects.of_people(some.FEW_TRNS)),
        "withdrawn ects": _as_typed(uow.ects.of_people(some.FEW_TRNS, withdrawn=True)),
        "withdrawn mentors": _as_typed(uow.mentors.of_people(some.FEW_TRNS, withdrawn=True)),
        "withdrawn mentored": [
            _as_typed(uow.mentors.mentored_by(mentor.id, withdrawn=True)) for mentor in mentors
        ],
        "ects of those known": [_as_typed(uow.ects.known_as([t]).periods) for t in some.FEW_TRNS],
        "all known with ects": list(uow.ects.known_as(some.FEW_TRNS).teachers),
        "mentors": _as_typed(mentors),
        "mentors with ids": _as_typed(uow.mentors.with_ids([mentor.id for mentor in mentors])),
        "pasts": _pasts(uow),
        "mentors known": [_known_mentor(uow, trn) for trn in some.FEW_TRNS],
        "trained before": [list(uow.mentors.training_history([trn])) for trn in some.FEW_TRNS],
        "all trained before": list(uow.mentors.training_history(some.FEW_TRNS)),
        "mentored": [_as_typed(uow.mentors.mentored_by(mentor.id)) for mentor in mentors],
        "holders": [
            list(uow.emails.holders(email, moment.date()))
            for email in some.FEW_EMAILS
            for moment in some.FEW_MOMENTS
        ],
    }


def _known_mentor(uow: UnitOfWork, trn: Trn) -> object:
    known = uow.mentors.known_as([trn])
    return list(known.teachers), _as_typed(known.past.periods), dict(known.schools)


def _pasts(uow: UnitOfWork) -> dict[str, object]:
    """Of everybody at once, and of each alone."""
    return {
        f"{asked} {trn}": (_as_typed(past.periods), list(past.training_history))
        for asked in (some.FEW_TRNS, *([trn] for trn in some.FEW_TRNS))
        for trn, past in uow.mentors.pasts_of_people(asked).items()
    }


def _of_school(uow: UnitOfWork, urn: Urn) -> tuple[object, ...]:
    return (
        uow.schools.with_latest_registration(urn),
        list(uow.partnerships.of_school(urn)),
        [uow.offers.to_school(urn, year) for year in some.FEW_YEARS],
        [uow.schools.with_offer(urn, year) for year in some.FEW_YEARS],
        _as_typed(uow.ects.at_school(urn)),
        _as_typed(uow.ects.at_school(urn, withdrawn=True)),
        _as_typed(uow.mentors.at_school(urn, withdrawn=True)),
        _as_typed(uow.mentors.at_school(urn)),
        list(uow.history.of_school(urn)),
        sorted(uow.journeys.of_user(urn, "user-1"), key=lambda journey: journey.id),
    )


def _of_kind(typed: str, status: ShownStatus | None, urn: Urn, *, in_progress: bool) -> EctsWanted:
    today, words = some.FEW_MOMENTS[-1].date(), SearchWords.parse(typed)
    return EctsWanted(urn, today, words, status, in_progress=in_progress)


# Nothing looked for, a name and a TRN, everybody and everybody who needs a mentor.
KINDS_WANTED = tuple(
    partial(_of_kind, typed, status, in_progress=in_progress)
    for typed in ("", "teacher", some.FEW_TRNS[0].digits)
    for status in (None, ShownStatus.MENTOR_REQUIRED)
    for in_progress in (False, True)
)


def _wanted(uow: UnitOfWork, wanted: EctsWanted) -> tuple[object, ...]:
    first, rest = uow.ects.look(wanted, 0, 2), uow.ects.look(wanted, 2, 100)
    needs = uow.ects.look(attrs.evolve(wanted, most_in_need=2), 0, 0).in_need
    in_need = {need: _as_typed(ects) for need, ects in needs.ects.items()}
    return (
        dict(first.counts),
        _as_typed(first.ects),
        _as_typed(rest.ects),
        dict(needs.counts),
        in_need,
    )


def _as_typed(people: Iterable[EctAtSchool | MentorAtSchool]) -> list[tuple[object, str]]:
    """Equal addresses may be typed differently, and each is kept as it was typed."""
    return [(somebody, address_of(somebody.email)) for somebody in people]


def result(store, *actions, committing):
    """What came of a unit of work, and what each of its actions answered."""
    answers = []
    try:
        with store.unit_of_work() as uow:
            uow.hold([Hold.EVERYTHING])
            answers.extend(action(uow) for action in actions)
            if committing:
                uow.commit()
    except Conflict:
        return "conflict"
    return answers


def chosen(which, things):
    """Any of them."""
    return things[which % len(things)]


def in_common(one, other):
    """The days that two periods share, if there are any."""
    if not one.overlaps(other):
        return None
    last_days = [day for day in (one.finished_on, other.finished_on) if day is not None]
    return Period(max(one.started_on, other.started_on), min(last_days, default=None))


def changed(parts, period, withdrawn):
    """Every part with other days, or as long as it was."""
    return tuple(
        attrs.evolve(part, period=period or part.period, withdrawn=withdrawn) for part in parts
    )
