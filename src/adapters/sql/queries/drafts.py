"""Writes and reads drafts as JSON text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from types import NoneType
from typing import Any, TypeVar, get_args
from uuid import UUID

import attrs
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError
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
    ForbiddenExtraKeysError,
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


def draft_to_json(draft: AnyDraft) -> str:
    """Returns everything a draft holds as JSON; it holds no secrets."""
    text: str = _CONVERTER.dumps(draft, type(draft))
    return text


def draft_from_json(text: str, kind: str) -> AnyDraft | None:
    """Returns the draft that was written, or an empty one when this version cannot read it.

    Returns None when it can no longer be told which ECT an unreadable draft was about.
    """
    try:
        draft: AnyDraft = _CONVERTER.loads(text, _DRAFTS[JourneyKind(kind)])
    except _UNREADABLE:
        return EctDraft() if kind == JourneyKind.REGISTER_ECT else None
    return draft


def _converter() -> JsonConverter:
    converter = make_converter(
        forbid_extra_keys=True, omit_if_default=True, detailed_validation=False
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
