"""Contests about mentors: who may try what, and what must hold whoever wins.

One round holds them all: 56 attempts, about people of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, cycle, islice

import attrs

from contest_rounds import Contest
from contests import (
    CONTESTANTS,
    EMAIL_IN_USE,
    HUB,
    PROVIDER,
    REGISTERED,
    SCHOOLS,
    TODAY,
    Register,
    Ring,
    people,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.training import Programme, ProgrammeChoices
from ect_registration.domain.school import School
from ect_registration.domain.values import Trn, Urn
from ect_registration.domain.world import World, WorldEct, WorldMentor, WorldMentorship
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.transactions import Ports
from mentor_attempts import LEFT, AssignMentor, Leave, RegisterMentor, ReplaceMentor

HERE, THERE, AWAY = (*SCHOOLS, Urn("100003"))
TERM_STARTS, MOVES_ON, LAST_DAY = date(2025, 9, 1), date(2025, 9, 15), date(2025, 9, 26)
PEOPLE_A_ROUND = 64
ATTEMPTS_A_ROUND = 7 * CONTESTANTS
HALF = CONTESTANTS // 2

ALREADY_HERE, ELSEWHERE = "mentor-already-here", "mentor-elsewhere"
ONE_AT_A_TIME, START_DATE = "one-mentor-at-a-time", "mentor-start-date"
AS_SHOWN = "saved-as-shown"


@attrs.frozen
class Cast:
    """The people of one round: those whom the schools have, and those whom they have not."""

    ects: Mapping[Urn, Sequence[EctAtSchool]]
    mentors: Sequence[MentorAtSchool]
    moving: MentorAtSchool  # who mentors at the third school
    others: Sequence[Trn]

    @classmethod
    def enter(cls, number: int, ports: Ports) -> Cast:
        """Bring them in."""
        first = number * PEOPLE_A_ROUND
        everybody = [person.trn for person in people(first + PEOPLE_A_ROUND)[first:]]
        trns = iter(everybody)
        ects = {
            HERE: list(islice(trns, 25)),
            THERE: list(islice(trns, 8)),
            AWAY: list(islice(trns, 1)),
        }
        mentors, moving, others = list(islice(trns, HALF + 1)), next(trns), list(trns)
        world = World(
            schools=(School(AWAY, "School away"),),
            trs_people=tuple(people(first + PEOPLE_A_ROUND)[first:]),
            ects=tuple(_ect(school, trn) for school, some in ects.items() for trn in some),
            mentors=(*(_mentor(HERE, trn) for trn in mentors), _mentor(AWAY, moving)),
            mentorships=(WorldMentorship(AWAY, ects[AWAY][0], moving, Period(TERM_STARTS)),),
        )
        load_world(world, "contest", ports)
        with ports.reading() as uow:
            return cls(
                {school: uow.ects.of_people(some) for school, some in ects.items()},
                uow.mentors.of_people(mentors),
                uow.mentors.of_people([moving])[0],
                others,
            )


def _ect(school: Urn, trn: Trn) -> WorldEct:
    choices = ProgrammeChoices(HUB, Programme.PROVIDER_LED, PROVIDER)
    email = Email(f"ect{trn}@example.org")
    return WorldEct(school, trn, email, Period(TERM_STARTS), TERM_STARTS, choices)


def _mentor(school: Urn, trn: Trn) -> WorldMentor:
    return WorldMentor(school, trn, Email(f"mentor{trn}@example.org"), Period(TERM_STARTS))


def contests(cast: Cast) -> Iterator[Contest]:
    """Each with one winner."""
    ects = [str(ect.id) for ect in cast.ects[HERE]]
    there = [str(ect.id) for ect in cast.ects[THERE]]
    here, other = str(HERE), str(THERE)
    new = [trn.digits for trn in cast.others]
    yield Contest(
        "one ECT and eight mentors",
        [
            *(AssignMentor(here, ects[0], str(mentor.id)) for mentor in cast.mentors[:HALF]),
            *(RegisterMentor(here, ects[0], trn, f"a{trn}@example.org") for trn in new[:HALF]),
        ],
        frozenset({ONE_AT_A_TIME}),
    )
    yield Contest(
        "one new mentor and eight ECTs",
        [RegisterMentor(here, ect, new[4], f"b{new[4]}@example.org") for ect in ects[1:9]],
        frozenset({ALREADY_HERE}),
    )
    yield Contest(
        "one new mentor at two schools",
        [
            *(RegisterMentor(here, ect, new[5], f"b{new[5]}@example.org") for ect in ects[9:13]),
            *(RegisterMentor(other, ect, new[5], f"b{new[5]}@example.org") for ect in there[:4]),
        ],
        frozenset({ALREADY_HERE, ELSEWHERE}),
    )
    moving, email = cast.moving.teacher.trn.digits, cast.moving.email.address
    only_here = {"only_here": True, "start_date": MOVES_ON.isoformat()}
    yield Contest(
        "two schools say only here",
        [
            *(RegisterMentor(here, ect, moving, email, **only_here) for ect in ects[13:17]),
            *(RegisterMentor(other, ect, moving, email, **only_here) for ect in there[4:]),
        ],
        frozenset({ALREADY_HERE, START_DATE}),
    )
    shared = f"shared{new[6]}@example.org"
    yield Contest(
        "one email address for ECTs and mentors",
        [
            *(
                RegisterMentor(here, ect, trn, shared)
                for ect, trn in zip(ects[17:21], new[6:10], strict=True)
            ),
            *(Register(trn, here, shared) for trn in new[10:14]),
        ],
        frozenset({EMAIL_IN_USE}),
    )


def replacements(cast: Cast, ports: Ports) -> Contest:
    """Eight changes of one mentor by mentors of the school: whoever comes first."""
    with ports.reading() as uow:
        ect = uow.ects.find(cast.ects[HERE][0].id)
    assert ect is not None
    [now] = [each.mentor for each in ect.open_mentorships(TODAY)]
    others = [mentor for mentor in cast.mentors[:HALF] if mentor.id != now]
    chosen = islice(cycle(others), CONTESTANTS)
    return Contest(
        "eight changes of one mentor",
        [ReplaceMentor.ready(ect, mentor, ports) for mentor in chosen],
        frozenset({AS_SHOWN, ONE_AT_A_TIME}),
    )


def hold_mentor_round(number: int, ring: Ring, ports: Ports) -> list[str]:
    """Hold every contest of a round; the faults found."""
    cast = Cast.enter(number, ports)
    faults: list[str] = []
    for contest in contests(cast):
        faults += contest.faults(ring.hold(contest.attempts))
    changes = replacements(cast, ports)
    faults += changes.faults(ring.hold(changes.attempts))
    leaver = cast.mentors[-1].id
    ects = [str(ect.id) for ect in cast.ects[HERE][21:25]]
    words = ring.hold(
        [
            *[Leave(leaver, LAST_DAY)] * HALF,
            *(AssignMentor(str(HERE), ect, str(leaver)) for ect in ects),
        ]
    )
    if sorted(words) != [LEFT] * HALF + [REGISTERED] * HALF:
        faults.append(f"a mentor leaves while being assigned: {sorted(words)}")
    return faults + _broken(cast, ports)


def _broken(cast: Cast, ports: Ports) -> list[str]:
    """What does not hold, of all that must, whoever won."""
    with ports.reading() as uow:
        trns = [ect.teacher.trn for ects in cast.ects.values() for ect in ects]
        ects = uow.ects.of_people(trns)
        mentoring = [mentor.teacher.trn for mentor in (*cast.mentors, cast.moving)]
        mentors = uow.mentors.of_people([*mentoring, *cast.others])
    return [*_of_mentorships(ects, mentors, cast.mentors[-1].id), *_of_trainings(mentors)]


def _of_mentorships(
    ects: Sequence[EctAtSchool], mentors: Sequence[MentorAtSchool], leaver: MentorId
) -> Iterator[str]:
    """One at a time for an ECT, inside both periods; the leaver's end with them."""
    periods = {mentor.id: mentor.period for mentor in mentors}
    for ect in ects:
        kept = [each for each in ect.mentorships if not each.withdrawn]
        if any(a.period.overlaps(b.period) for a, b in combinations(kept, 2)):
            yield f"ECT {ect.teacher.trn} has two mentors at once"
        for each in kept:
            inside = ect.period.contains(each.period)
            if not inside or not periods[each.mentor].contains(each.period):
                yield f"ECT {ect.teacher.trn}: a mentorship outside the periods"
            if each.mentor == leaver and each.period.finished_on != LAST_DAY:
                yield f"ECT {ect.teacher.trn}: the mentor has left, and mentors on"


def _of_trainings(mentors: Sequence[MentorAtSchool]) -> Iterator[str]:
    """One at a time for a person, wherever they mentor."""
    people_known = {mentor.teacher.trn for mentor in mentors}
    for trn in people_known:
        trainings = [
            training.period
            for mentor in mentors
            if mentor.teacher.trn == trn
            for training in mentor.trainings
            if not training.withdrawn
        ]
        if any(a.overlaps(b) for a, b in combinations(trainings, 2)):
            yield f"mentor {trn} is trained twice at once"
        open_here = [m for m in mentors if m.teacher.trn == trn and m.period.is_open(TODAY)]
        if len({mentor.school for mentor in open_here}) != len(open_here):
            yield f"mentor {trn} has two open periods at one school"
