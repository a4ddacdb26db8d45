"""What check answers showed goes through the browser and comes back as it was, or not at all."""

from __future__ import annotations

import attrs
from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.journeys import JourneyId
from ect_registration.domain.rules.check_answers import Preview


def seal(shown: Preview, id: JourneyId) -> str:
    """A text for a hidden field, good for this journey only."""
    return _sealer(id).dumps(attrs.astuple(shown))


def unseal(text: str, id: JourneyId) -> Preview | None:
    """None for anything that we have not sealed for this journey."""
    try:
        trs_name, name, (year,), *choices = _sealer(id).loads(text)
    except BadSignature:
        return None
    return Preview(trs_name, name, AcademicYear(year), *choices)


def _sealer(id: JourneyId) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"check answers {id}")
