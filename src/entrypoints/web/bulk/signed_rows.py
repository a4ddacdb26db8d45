"""The rows that a page showed, signed, so that the browser cannot change them.

They hold the proofs and answers of one user at one school, for a day; the file is gone. No secret
is among them.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from cattrs.errors import BaseValidationError
from cattrs.preconf.json import make_converter
from itsdangerous import BadData, TimestampSigner
from itsdangerous.encoding import base64_decode, base64_encode

from ect_registration.domain.people.teacher import NoMatch, TeacherRecord
from ect_registration.domain.policy import JOURNEY_LIFE
from ect_registration.domain.values import InvalidValue
from ect_registration.use_cases.bulk.rows import ShownRow
from ect_registration.use_cases.transactions import Actor
from entrypoints.web.platform.context import here

CONVERTER = make_converter(forbid_extra_keys=True, omit_if_default=True)
CONVERTER.register_unstructure_hook(UUID, str)
CONVERTER.register_structure_hook(UUID, lambda written, _: UUID(written))


def _answer(written: Any, _: object) -> TeacherRecord | NoMatch:
    """Reads what TRS said: a proof, as only proven rows are kept."""
    if isinstance(written, dict):
        return CONVERTER.structure(written, TeacherRecord)
    return NoMatch(written)


CONVERTER.register_structure_hook(TeacherRecord | NoMatch, _answer)


def seal(rows: Sequence[ShownRow], actor: Actor) -> str:
    """Returns the rows as a signed text for a hidden field."""
    text = CONVERTER.dumps(rows, list[ShownRow]).encode()
    return _signer(actor).sign(base64_encode(zlib.compress(text))).decode()


def unseal(text: str, actor: Actor) -> Sequence[ShownRow] | None:
    """Returns the rows; None for a text that was not signed for this user, or not lately."""
    try:
        signed = _signer(actor).unsign(text, max_age=int(JOURNEY_LIFE.value.total_seconds()))
        return CONVERTER.loads(zlib.decompress(base64_decode(signed)), list[ShownRow])
    except (BadData, BaseValidationError, InvalidValue, ValueError, zlib.error):
        return None


def _signer(actor: Actor) -> TimestampSigner:
    """Returns the signer with every accepted key; the last one signs."""
    keys = here().settings.signing_keys
    return TimestampSigner(keys, salt=f"rows of a file, {actor.school} {actor.user}")
