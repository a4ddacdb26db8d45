"""Shows what is kept about a person, where and from when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.mentor_draft import MentorDraft
from ect_registration.domain.drafts.saved_journey import AnyDraft, SavedJourney
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.endings import is_undone
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.records.history import Change
from ect_registration.domain.records.kept_data import Held
from ect_registration.ports.clock import day_in_london
from entrypoints.cli.terminal.output import Row

COLUMNS = ("kind", "day", "until", "school", "says")


def summary_rows(held: Held) -> Sequence[Row]:
    """Returns a row for each thing that is kept about a person, but for what happened."""
    return [] if held.is_nothing else list(_rows(held))


def said_in_a_line(held: Held) -> str:
    """Returns how much is kept, in words: ``ECT periods: 1, journeys: 2``."""
    counted = {
        "names": held.teachers,
        "email addresses": held.email_addresses,
        "ECT periods": held.ects,
        "mentor periods": held.mentors,
        "mentor training records": held.mentor_training,
        "journeys": held.journeys,
        "lines of history": held.history,
        "refusals": held.refusals,
        "lookups in TRS": held.trs_lookups,
        "wrong facts": held.wrong_facts,
    }
    return ", ".join(f"{what}: {len(items)}" for what, items in counted.items() if items)


def changes_in_words(change: Change) -> str:
    """Returns what a change made of what: ``finished_on: nothing → 2026-07-31``."""
    names = [*change.after, *(name for name in change.before if name not in change.after)]
    return "; ".join(_one_change(name, change) for name in names)


def _one_change(name: str, change: Change) -> str:
    after = value_in_words(change.after.get(name))
    if name not in change.before:
        return f"{name}: {after}"
    return f"{name}: {value_in_words(change.before[name])} → {after}"


def value_in_words(value: object) -> str:
    """Returns a value of history as people say it."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _rows(held: Held) -> Iterator[Row]:
    for teacher in held.teachers:
        yield _row("person", says=_parts(teacher.name, f"TRN {teacher.trn}"))
    for address in held.email_addresses:
        yield _row("email", says=address)
    for ect in held.ects:
        yield _row("ECT", ect.school, ect.period.started_on, ect.period.finished_on, _ect(ect))
    for mentor in held.mentors:
        period = mentor.period
        says = _mentor(mentor, held.mentored)
        yield _row("mentor", mentor.school, period.started_on, period.finished_on, says)
    for past in held.mentor_training:
        days = ("completed", past.completed_on), ("timed out", past.timed_out_on)
        said = [f"{what} on {day}" for what, day in days if day]
        early = "early roll-out" if past.early_roll_out else None
        yield _row("mentor training", says=_parts(f"TRN {past.trn}", early, *said))
    for journey in held.journeys:
        yield _row("journey", journey.school, says=_journey(journey))
    for asked in held.trs_lookups:
        day = day_in_london(asked.asked_at)
        yield _row("asked TRS", None, day, says=_parts(f"TRN {asked.trn}", _plain(asked.concern)))


def _ect(ect: EctAtSchool) -> str:
    """Returns an ECT period in words; only the export has what was withdrawn."""
    training = ect.training
    return _parts(
        _gone(ect),
        "completed" if ect.completed else None,
        _plain(ect.working_pattern),
        ect.appropriate_body,
        _plain(ect.programme),
        ect.lead_provider,
        training.delivery_partner if training else None,
        _counting(
            "mentored by", (m.mentor_teacher.name for m in ect.mentorships if not m.withdrawn)
        ),
    )


def _gone(row: EctAtSchool | MentorAtSchool) -> str | None:
    """Returns why a period counts for nothing; None when it stands."""
    if not row.withdrawn:
        return None
    return "undone" if is_undone(row) else "never began"


def _mentor(mentor: MentorAtSchool, mentored: Iterable[EctAtSchool]) -> str:
    ects = (
        ect.teacher.name
        for ect in mentored
        if any(each.mentor == mentor.id and not each.withdrawn for each in ect.mentorships)
    )
    return _parts(
        _gone(mentor),
        *(each.lead_provider for each in mentor.trainings),
        _counting("mentors", ects),
    )


def _journey(journey: SavedJourney) -> str:
    saved = "finished" if journey.registered else "unfinished"
    return _parts(f"{saved}: {_what(journey.draft)}", f"last used on {journey.used_at:%Y-%m-%d}")


def _what(draft: AnyDraft) -> str:
    match draft:
        case EctDraft():
            return "register an ECT"
        case MentorDraft():
            return "register a mentor"
        case _:
            return "assign a mentor"


def _row(
    kind: str,
    school: object = None,
    started_on: date | None = None,
    finished_on: date | None = None,
    says: str = "",
) -> Row:
    values = (kind, started_on, finished_on, school and str(school), says)
    return {**dict(zip(COLUMNS, values, strict=True)), "who": None}


def _counting(what: str, names: Iterable[str]) -> str | None:
    listed = ", ".join(dict.fromkeys(names))
    return f"{what} {listed}" if listed else None


def _plain(word: str | None) -> str | None:
    return word and str(word).replace("_", " ")


def _parts(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part)
