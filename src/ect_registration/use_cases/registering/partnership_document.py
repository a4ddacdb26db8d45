"""A partnership in one document."""

from __future__ import annotations

from datetime import date

from ect_registration.domain.school import Partnership
from ect_registration.domain.values import InvalidValue, Urn
from ect_registration.use_cases.registering.documents import Keys


def partnership_of(document: object, today: date) -> Partnership:
    """Reads a JSON object. Raises InvalidRequest for its first mistake, with all others."""
    answers = PARTNERSHIP_KEYS.read(document, today)
    return Partnership(
        school=Urn.parse(answers.required("school")),
        lead_provider=answers.required("lead_provider"),
        delivery_partner=answers.required("delivery_partner"),
        year=answers.years["year"],
    )


def _name(typed: str, _: date) -> None:
    if not typed:
        raise InvalidValue("", "Give a name")


PARTNERSHIP_KEYS = Keys(
    required=("school", "lead_provider", "delivery_partner", "year"),
    years=("year",),
    checks={
        "school": lambda typed, _: Urn.parse(typed),
        "lead_provider": _name,
        "delivery_partner": _name,
    },
)
