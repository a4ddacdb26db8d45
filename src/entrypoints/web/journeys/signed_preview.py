"""The preview that check answers showed, signed, so that the browser cannot change it."""

from __future__ import annotations

from uuid import UUID

from cattrs.errors import BaseValidationError
from cattrs.preconf.json import make_converter
from itsdangerous import BadSignature, Signer
from itsdangerous.encoding import base64_decode, base64_encode

from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.rules.check_answers import P
from entrypoints.web.platform.context import here

CONVERTER = make_converter(forbid_extra_keys=True)
CONVERTER.register_unstructure_hook(UUID, str)
CONVERTER.register_structure_hook(UUID, lambda written, _: UUID(written))


def seal(shown: P, id: JourneyId) -> str:
    """Returns the preview as a signed text for a hidden field of this journey."""
    return _signer(id).sign(base64_encode(CONVERTER.dumps(shown))).decode()


def unseal(text: str, id: JourneyId, kind: type[P]) -> P | None:
    """Returns the preview; None for a text that was not signed for this journey."""
    try:
        return CONVERTER.loads(base64_decode(_signer(id).unsign(text)), kind)
    except (BadSignature, BaseValidationError):
        return None


def _signer(id: JourneyId) -> Signer:
    """Returns the signer with every accepted key; the last one signs."""
    keys = here().settings.signing_keys
    return Signer(keys, salt=f"shown by check answers {id}")
