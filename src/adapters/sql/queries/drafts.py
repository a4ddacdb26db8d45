"""Writes and reads drafts as JSON text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from types import NoneType
from typing import Any, TypeVar, get_args
from uuid import UUID

import attrs
from cattrs.errors import BaseValidationError
from cattrs.preconf.json import JsonConverter, make_converter

from adapters.sql.tables.records import JourneyKind
from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.drafts.saved_journey import AnyDraft
from ect_registration.domain.email import Email
from ect_registration.domain.people.teacher import NoMatch, TeacherRecord
from ect_registration.domain.values import InvalidValue, PersonName, Trn, Urn

T = TypeVar("T")

_UNREADABLE = (
    AttributeError,
    BaseValidationError,
    InvalidValue,
    KeyError,
    TypeError,
    ValueError,
)


_DRAFTS: Mapping[JourneyKind, type[AnyDraft]] = {
    JourneyKind.REGISTER_ECT: EctDraft,
    JourneyKind.REGISTER_MENTOR: MentorDraft,
    JourneyKind.ASSIGN_MENTOR: AssignmentDraft,
}
_KINDS = {draft: kind for kind, draft in _DRAFTS.items()}


def kind_of(draft: AnyDraft) -> JourneyKind:
    """Returns the kind of journey that the draft's text must be read as."""
    return _KINDS[type(draft)]


@attrs.frozen
class WrittenDraft:
    """Holds a draft as it is stored, which another version of this program may have written."""

    kept: Mapping[str, object]  # every key, read or not
    draft: AnyDraft


def draft_to_json(draft: AnyDraft, found: WrittenDraft | None = None) -> str:
    """Returns everything a draft holds as JSON; it holds no secrets.

    Answers of ``found`` that this version did not change, or cannot read, are written back as
    they were, unless they may be about another person.
    """
    answers = _answers(draft)
    if found is not None and _person(found.draft) in {None, _person(draft)}:
        answers = _with_what_was_kept(answers, found)
    return json.dumps(answers, ensure_ascii=False)


def _with_what_was_kept(
    answers: Mapping[str, object], found: WrittenDraft
) -> Mapping[str, object]:
    understood = _answers(found.draft)
    unread = {key: value for key, value in found.kept.items() if key not in understood}
    same = {
        key: found.kept[key]
        for key, answer in answers.items()
        if key in understood and understood[key] == answer
    }
    return {**unread, **answers, **same}


def draft_from_json(text: str, kind: str) -> WrittenDraft | None:
    """Returns the draft that was written, without the answers that this version cannot read.

    Returns None when it can no longer be told which ECT, or which journey, a draft was about.
    """
    try:
        draft_type = _DRAFTS[JourneyKind(kind)]
        written = json.loads(text)
        kept = written if isinstance(written, dict) else {}
        return WrittenDraft(kept, _read(kept, draft_type))
    except _UNREADABLE:
        return None


def _read(kept: Mapping[str, object], draft_type: type[AnyDraft]) -> AnyDraft:
    try:
        return _CONVERTER.structure(kept, draft_type)
    except _UNREADABLE:
        readable = {
            key: value for key, value in kept.items() if _is_readable(key, kept, draft_type)
        }
        return _CONVERTER.structure(readable, draft_type)


def _is_readable(key: str, kept: Mapping[str, object], draft_type: type[AnyDraft]) -> bool:
    """Says whether this answer can be read, given what no draft of this type can do without."""
    fields = attrs.fields(draft_type)
    needed = {
        field.name: kept.get(field.name) for field in fields if field.default is attrs.NOTHING
    }
    try:
        _CONVERTER.structure({**needed, key: kept[key]}, draft_type)
    except _UNREADABLE:
        return False
    return True


def _answers(draft: AnyDraft) -> Mapping[str, object]:
    answers: Mapping[str, object] = json.loads(_CONVERTER.dumps(draft, type(draft)))
    return answers


def _person(draft: AnyDraft) -> object:
    """Returns the TRN of the person in the answers, if they have one yet."""
    search = getattr(draft, "search", None)
    return search and search.trn


def _converter() -> JsonConverter:
    converter = make_converter(
        omit_if_default=True,
        detailed_validation=False,
    )
    for plain in (str, bool):
        converter.register_structure_hook(plain, _exactly)
    for kind in (Trn, Urn, Email, PersonName, AcademicYear):
        _write_as_its_part(converter, kind)
    converter.register_structure_hook_factory(_is_optional, partial(_or_none, converter))
    converter.register_unstructure_hook(UUID, str)
    converter.register_structure_hook(UUID, lambda written, _: UUID(written))

    def answer(written: Any, _: object) -> TeacherRecord | NoMatch:
        if isinstance(written, dict):
            return converter.structure(written, TeacherRecord)
        return NoMatch(written)

    converter.register_structure_hook(TeacherRecord | NoMatch, answer)
    return converter


def _is_optional(kind: Any) -> bool:
    return NoneType in get_args(kind) and len(get_args(kind)) == 2


def _or_none(converter: JsonConverter, kind: Any) -> Callable[[Any, object], Any]:
    """Returns a reader of an optional value that looks up its hook once.

    Left alone, cattrs would look for the hook again for each answer of each draft.
    """
    [some] = set(get_args(kind)) - {NoneType}
    hook = converter.get_structure_hook(some)
    return lambda written, _: None if written is None else hook(written, some)


def _exactly(written: Any, kind: type[T]) -> T:
    """Returns the value if it has exactly this type, or raises TypeError.

    Left alone, cattrs would make text of a number, and yes of any text.
    """
    if issubclass(kind, StrEnum):  # comes here too, as a kind of text
        return kind(written)
    if not isinstance(written, kind):
        raise TypeError(f"not a {kind.__name__}")
    return written


def _write_as_its_part(converter: JsonConverter, kind: type[Any]) -> None:
    """Registers hooks that write a value made of one part as that part, and read it back."""
    part = attrs.fields(kind)[0].name
    converter.register_unstructure_hook(kind, lambda value: getattr(value, part))
    converter.register_structure_hook(kind, lambda written, _: kind(written))


_CONVERTER = _converter()
