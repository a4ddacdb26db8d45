"""Sentences about what a change comes to: what ends, begins or comes back, and from when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.effects import Effect, Part
from ect_registration.domain.rules.status import days_without_mentor
from ect_registration.domain.values import Urn
from entrypoints.text.dates_in_words import long_date
from entrypoints.web.ects.wording import days_of_gap


def effect_lines(effects: Iterable[Effect], school: Urn) -> Sequence[str]:
    """Returns a sentence for each effect, as the user of this school may read it.

    Mentorships at another school are shown without names, which this school may not see.
    """
    return list(dict.fromkeys(_line(effect, school) for effect in effects))


def gap_lines(ects: Iterable[EctAtSchool], today: date) -> Sequence[str]:
    """Returns a sentence for each ECT who has no mentor on some days to come."""
    return [
        f"{ect.teacher.name} needs a mentor {' and '.join(map(days_of_gap, gaps))}"
        for ect in ects
        if (gaps := days_without_mentor(ect, today))
    ]


def new_gap_lines(
    changed: Iterable[tuple[EctAtSchool, EctAtSchool]], today: date
) -> Sequence[str]:
    """Returns a sentence for each ECT who will have no mentor on other days than before."""
    return gap_lines(
        [
            after
            for before, after in changed
            if days_without_mentor(before, today) != days_without_mentor(after, today)
        ],
        today,
    )


@attrs.frozen
class Words:
    """Sentences about one kind of row. ``{d}`` is a day, ``{p}`` the person, ``{o}`` the other."""

    begins: str
    ends: str
    goes_on: str
    cancelled: str
    moves: str


WORDS = {
    Part.PERIOD: Words(
        begins="{p} will start at {at} on {d}",
        ends="The last day of {p} at {at} will be {d}",
        goes_on="{p} will no longer have a last day at {at}",
        cancelled="The registration of {p} at {at} will be undone",
        moves="The start date of {p} at {at} will be {d}",
    ),
    Part.TRAINING: Words(
        begins="The training of {p}{o} will start on {d}",
        ends="The training of {p}{o} will end on {d}",
        goes_on="The training of {p}{o} will continue without a last day",
        cancelled="The training of {p}{o} will be cancelled",
        moves="The start date of the training of {p}{o} will be {d}",
    ),
    Part.MENTORSHIP: Words(
        begins="{o} will start to mentor {p} on {d}",
        ends="{o} will stop mentoring {p} on {d}",
        goes_on="{o} will continue to mentor {p} without a last day",
        cancelled="{o} will not mentor {p}",
        moves="{o} will start to mentor {p} on {d}",
    ),
}


MENTORING_ELSEWHERE = Words(
    begins="Mentoring at their other school will start on {d}",
    ends="Mentoring at their other school will end on {d}",
    goes_on="Mentoring at their other school will continue without a last day",
    cancelled="Mentoring at their other school will be cancelled",
    moves="Mentoring at their other school will start on {d}",
)


def _line(effect: Effect, school: Urn) -> str:
    elsewhere = effect.part is Part.MENTORSHIP and effect.school != school
    says = MENTORING_ELSEWHERE if elsewhere else WORDS[effect.part]
    before, after = effect.before, effect.after
    if after is None:
        return _said(says.cancelled, effect, school)
    if before is None:
        return _said(says.begins, effect, school, after.started_on) + _until(after)
    lines = []
    if before.started_on != after.started_on:
        instead = f" instead of {long_date(before.started_on)}"
        lines.append(_said(says.moves, effect, school, after.started_on) + instead)
    if before.finished_on != after.finished_on:
        lines.append(_end(says, effect, school, before, after))
    return ". ".join(lines)


def _end(says: Words, effect: Effect, school: Urn, before: Period, after: Period) -> str:
    if after.finished_on is None:
        return _said(says.goes_on, effect, school)
    instead = f" instead of {long_date(before.finished_on)}" if before.finished_on else ""
    return _said(says.ends, effect, school, after.finished_on) + instead


def _until(period: Period) -> str:
    return f" and end on {long_date(period.finished_on)}" if period.finished_on else ""


def _said(text: str, effect: Effect, school: Urn, day: date | None = None) -> str:
    other = effect.other or ""
    if effect.part is Part.TRAINING:
        other = f" with {other}" if other else " at your school"
    at = "your school" if effect.school == school else "their other school"
    said = text.format(p=effect.person, o=other, at=at, d=long_date(day) or "")
    elsewhere = effect.school != school and effect.part is Part.TRAINING
    return f"{said}, at their other school" if elsewhere else said
