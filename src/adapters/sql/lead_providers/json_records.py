"""Writes and reads what a lead provider sees as JSON text, and what lists are narrowed by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from cattrs.preconf.json import JsonConverter, make_converter

from ect_registration.domain.lead_providers.records import (
    Enrolment,
    Kind,
    Participant,
    Record,
    Seen,
    SeenPartner,
    SeenPartnership,
    Transfers,
    UnfundedMentor,
)

_TYPES: Mapping[Kind, type[Any]] = {
    Kind.PARTICIPANT: Participant,
    Kind.TRANSFER: Transfers,
    Kind.UNFUNDED_MENTOR: UnfundedMentor,
    Kind.PARTNERSHIP: SeenPartnership,
    Kind.DELIVERY_PARTNER: SeenPartner,
}


def _converter() -> JsonConverter:
    converter = make_converter(omit_if_default=True, detailed_validation=False)
    converter.register_unstructure_hook(UUID, str)
    converter.register_structure_hook(UUID, lambda text, _: UUID(text))
    return converter


_CONVERTER = _converter()


def record_to_json(record: Record) -> str:
    """Returns everything in a record as JSON."""
    text: str = _CONVERTER.dumps(record)
    return text


def record_from_json(text: str, kind: str) -> Record:
    """Returns the record that was written."""
    record: Record = _CONVERTER.loads(text, _TYPES[Kind(kind)])
    return record


def seen_to_row(seen: Seen) -> dict[str, object]:
    """Returns the columns of a record that a lead provider sees."""
    return {
        "of_provider": seen.lead_provider,
        "kind": seen.kind,
        "record_id": seen.id,
        "record": record_to_json(seen.record),
        "created_at": seen.created_at,
        "updated_at": seen.updated_at,
        **_narrowed_by(seen.record),
    }


def _narrowed_by(record: Record) -> dict[str, object]:
    values: dict[str, object] = {
        "cohorts": "",
        "has_active": False,
        "has_withdrawn": False,
        "mentoring_until": None,
        "delivery_partner": None,
        "school": None,
    }
    match record:
        case Participant(enrolments=enrolments):
            values |= _of_enrolments(enrolments)
        case SeenPartnership(cohort=cohort, delivery_partner=partner, school=school):
            values |= {
                "cohorts": _listed(cohort),
                "delivery_partner": partner,
                "school": school,
            }
        case SeenPartner(cohorts=cohorts):
            values["cohorts"] = _listed(*cohorts)
        case _:
            pass
    return values


def _of_enrolments(enrolments: tuple[Enrolment, ...]) -> dict[str, object]:
    present = [each for each in enrolments if each.withdrawal is None]
    return {
        "cohorts": _listed(*{each.cohort for each in enrolments}),
        "has_active": any(each.mentoring_until is None for each in present),
        "has_withdrawn": len(present) < len(enrolments),
        "mentoring_until": next(
            (each.mentoring_until for each in present if each.mentoring_until), None
        ),
    }


def _listed(*cohorts: int) -> str:
    """Returns years in a form in which a search for one finds no other."""
    return "".join(f"|{cohort}" for cohort in sorted(cohorts)) + "|"
