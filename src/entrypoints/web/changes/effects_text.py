"""Sentences about what a change comes to: what ends, begins or comes back, and from when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

import attrs

from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.effects import Effect, Part
from ect_registration.domain.rules.periods.status import days_without_mentor
from ect_registration.domain.values import Urn
from entrypoints.text.dates_in_words import long_date
from entrypoints.web.ects.wording import days_of_gap


def effect_lines(effects: Iterable[Effect], school: Urn, today: date) -> Sequence[str]:
    """Returns what each effect comes to, as the user of this school may read it.

    Mentorships at another school are shown without names, which this school may not see.
    """
    return list(dict.fromkeys(_line(effect, school, today) for effect in effects))


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
    moves: str
    started: str  # for a day that has passed, after "We will record that"
    ends: str
    ended: str  # for a day that has passed, as well
    goes_on: str
    cancelled: str


WORDS = {
    Part.PERIOD: Words(
        begins="{p} will start at {at} on {d}",
        moves="The start date of {p} at {at} will be {d}",
        started="{p} started at {at} on {d}",
        ends="The last day of {p} at {at} will be {d}",
        ended="the last day of {p} at {at} was {d}",
        goes_on="{p} will no longer have a last day at {at}",
        cancelled="The registration of {p} at {at} will be undone",
    ),
    Part.TRAINING: Words(
        begins="The training of {p}{o} will start on {d}",
        moves="The start date of the training of {p}{o} will be {d}",
        started="the training of {p}{o} started on {d}",
        ends="The training of {p}{o} will end on {d}",
        ended="the training of {p}{o} ended on {d}",
        goes_on="The training of {p}{o} will continue without a last day",
        cancelled="The training of {p}{o} will be cancelled",
    ),
    Part.MENTORSHIP: Words(
        begins="{o} will start to mentor {p} on {d}",
        moves="{o} will start to mentor {p} on {d}",
        started="{o} started to mentor {p} on {d}",
        ends="{o} will stop mentoring {p} on {d}",
        ended="{o} stopped mentoring {p} on {d}",
        goes_on="{o} will continue to mentor {p} without a last day",
        cancelled="{o} will not mentor {p}",
    ),
}


MENTORING_ELSEWHERE = Words(
    begins="Mentoring at their other school will start on {d}",
    moves="Mentoring at their other school will start on {d}",
    started="mentoring at their other school started on {d}",
    ends="Mentoring at their other school will end on {d}",
    ended="mentoring at their other school ended on {d}",
    goes_on="Mentoring at their other school will continue without a last day",
    cancelled="Mentoring at their other school will be cancelled",
)


def _line(effect: Effect, school: Urn, today: date) -> str:
    elsewhere = effect.part is Part.MENTORSHIP and effect.school != school
    says = MENTORING_ELSEWHERE if elsewhere else WORDS[effect.part]
    before, after = effect.before, effect.after
    if after is None:
        return _said(says.cancelled, effect, school)
    said = partial(_dated, effect=effect, school=school, today=today)
    lines = []
    if before is None:
        lines.append(said(says.begins, says.started, after.started_on))
    elif before.started_on != after.started_on:
        lines.append(said(says.moves, says.started, after.started_on, before.started_on))
    last_day, last_day_before = after.finished_on, before.finished_on if before else None
    if last_day is not None and last_day != last_day_before:
        lines.append(said(says.ends, says.ended, last_day, last_day_before))
    elif last_day != last_day_before:
        lines.append(_said(says.goes_on, effect, school))
    return ". ".join(lines)


def _dated(
    to_come: str,
    passed: str,
    day: date,
    instead_of: date | None = None,
    *,
    effect: Effect,
    school: Urn,
    today: date,
) -> str:
    """Returns the sentence about a day, in the words for one to come or one that has passed."""
    said = _said(passed if day < today else to_come, effect, school, day)
    said = f"We will record that {said}" if day < today else said
    return f"{said} instead of {long_date(instead_of)}" if instead_of else said


def _said(text: str, effect: Effect, school: Urn, day: date | None = None) -> str:
    here = effect.school == school
    at = "your school" if here else "their other school"
    other = effect.other or ""
    if effect.part is Part.TRAINING:
        other = f" with {other}" if other else ""
        other += "" if here and other else f" at {at}"
    return text.format(p=effect.person, o=other, at=at, d=long_date(day) or "")
