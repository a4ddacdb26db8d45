"""Finds which organisations a user belongs to, and what the user may do for them."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from functools import partial
from urllib.parse import quote

import attrs
from joserfc import jwt
from joserfc.jwk import OctKey

from adapters.dfe_sign_in.asking import Asking, outside_contract
from adapters.dfe_sign_in.id_token import organisation_of
from adapters.dfe_sign_in.settings import DfeSignInSettings
from ect_registration.domain.sessions import Organisation

AUDIENCE = "signin.education.gov.uk"
TOKEN_LIFE = 60  # seconds
ACTIVE = 1


@attrs.frozen
class Roles:
    """Calls the API of DfE Sign-in, each time with a token made for the moment."""

    _settings: DfeSignInSettings
    _asking: Asking

    def organisations(self, user: str) -> Sequence[Organisation]:
        """Returns all organisations that the user belongs to, none for a user it does not know."""
        said = self._asking.get(self._address("users", user, "organisations"), self._headers())
        listed = [] if said is None else said
        if not isinstance(listed, list):
            raise outside_contract("it did not answer with a list of organisations")
        found = map(organisation_of, listed)
        return [organisation for organisation in found if organisation is not None]

    def with_role(
        self, user: str, organisations: Sequence[Organisation]
    ) -> Sequence[Organisation]:
        """Returns the organisations for which the user holds our role, all asked about at once."""
        asked = [partial(self._holds_role, user, one.id) for one in organisations]
        held = self._asking.within_limit(asked)
        return [one for one, holds in zip(organisations, held, strict=True) if holds]

    def _holds_role(self, user: str, organisation: str) -> bool:
        """Says whether the user holds our role for an organisation; a 404 means no."""
        service = self._settings.service_id
        address = self._address("services", service, "organisations", organisation, "users", user)
        said = self._asking.get_now(address, self._headers())
        if said is None:
            return False
        roles = said.get("roles") if isinstance(said, Mapping) else None
        if not isinstance(roles, list):
            raise outside_contract("it did not answer with a list of roles")
        return any(_is_held(role, self._settings.role) for role in roles)

    def of_the_service(self) -> Sequence[str]:
        """Returns the codes of the roles that the service has."""
        address = self._address("services", self._settings.client_id, "roles")
        said = self._asking.get(address, self._headers())
        listed = said if isinstance(said, list) else []
        return [str(role.get("code")) for role in listed if isinstance(role, Mapping)]

    def _address(self, *parts: str) -> str:
        path = "/".join(quote(part, safe="") for part in parts)
        return f"{self._settings.api_url.rstrip('/')}/{path}"

    def _headers(self) -> Mapping[str, str]:
        now = int(time.time())
        claims = {
            "iss": self._settings.client_id,
            "aud": AUDIENCE,
            "iat": now,
            "exp": now + TOKEN_LIFE,
        }
        key = OctKey.import_key(self._settings.api_secret)
        token = jwt.encode({"alg": "HS256", "typ": "JWT"}, claims, key)
        return {"Authorization": f"Bearer {token}"}


def _is_held(role: object, wanted: str) -> bool:
    """Says whether a role is the wanted one, and has not been switched off."""
    if not isinstance(role, Mapping) or role.get("code") != wanted:
        return False
    status = role.get("status")
    return not isinstance(status, Mapping) or status.get("id", ACTIVE) == ACTIVE
