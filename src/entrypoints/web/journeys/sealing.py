"""What check answers showed goes through the browser and comes back as it was, or not at all."""

from __future__ import annotations

from cattrs.errors import BaseValidationError
from cattrs.preconf.json import make_converter
from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from ect_registration.domain.journeys import JourneyId
from ect_registration.domain.rules.check_answers import P

CONVERTER = make_converter(forbid_extra_keys=True)


def seal(shown: P, id: JourneyId) -> str:
    """A text for a hidden field, good for this journey only."""
    return _sealer(id).dumps(CONVERTER.unstructure(shown))


def unseal(text: str, id: JourneyId, kind: type[P]) -> P | None:
    """None for anything that we have not sealed for this journey, as it is sealed now."""
    try:
        return CONVERTER.structure(_sealer(id).loads(text), kind)
    except (BadSignature, BaseValidationError):
        return None


def _sealer(id: JourneyId) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"check answers {id}")
