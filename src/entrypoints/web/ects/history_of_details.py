"""Which details of a record changed, from what to what, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.decisions import Evidence
from ect_registration.domain.people.training import Programme
from entrypoints.text.dates_in_words import long_date
from entrypoints.web.ects.wording import PATTERNS, PROGRAMMES

_NAMES: Mapping[str, str] = {
    "email": "email address",
    "working_pattern": "working pattern",
    "start_date": "start date",
    "appropriate_body": "appropriate body",
    "programme": "training programme",
    "lead_provider": "lead provider",
}
_IN_WORDS: Mapping[str, Callable[[str], str]] = {
    "working_pattern": lambda value: PATTERNS[value].lower(),
    "start_date": lambda value: long_date(date.fromisoformat(value)),
    "programme": lambda value: PROGRAMMES[Programme(value)].lower(),
}


def details_changed(before: Evidence, after: Evidence) -> str | None:
    """Returns each detail that changed, with what it was and what it is; None without any."""
    named = [_name(after)] if "corrected_name" in after else []
    others = [f"{_NAMES[key]}{_from_to(key, before, after)}" for key in after if key in _NAMES]
    if not named + others:
        return None
    return f"Changed {' and '.join(named + others)}{_year(after)}"


def _name(after: Evidence) -> str:
    """Returns what becomes of the name: a correction, or again the one on the teacher record."""
    corrected = after["corrected_name"]
    return f"name to {corrected}" if corrected else "name back to the one on the teacher record"


def _from_to(key: str, before: Evidence, after: Evidence) -> str:
    was, becomes = (_in_words(key, evidence.get(key)) for evidence in (before, after))
    return f" to {becomes}" if was is None else f" from {was} to {becomes or 'none'}"


def _in_words(key: str, value: object) -> str | None:
    if value is None:
        return None
    words = _IN_WORDS.get(key)
    return words(str(value)) if words else str(value)


def _year(after: Evidence) -> str:
    year = after.get("expected_training_start_year")
    if year is None:
        return ""
    return f". The expected training start year is now {AcademicYear(int(str(year)))}"
