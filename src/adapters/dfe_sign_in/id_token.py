"""Reads who a user is out of what the provider has signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.errors import InvalidClaimError, InvalidKeyIdError, JoseError

from adapters.dfe_sign_in.asking import outside_contract
from adapters.dfe_sign_in.discovery import Provider
from ect_registration.domain.sessions import Organisation, Person
from ect_registration.domain.text import without_controls
from ect_registration.ports.sign_in import NotSignedIn

Claims = Mapping[str, Any]

ALGORITHMS = ["RS256", "PS256", "ES256"]  # signed with a key that only the provider has
LEEWAY = 60  # seconds that clocks may differ
LONGEST_USER = 255


class UnknownKey(Exception):
    """Reports a token that was signed with a key that we have not heard of yet."""


def claims_of(token: str, provider: Provider, client_id: str, nonce: str) -> Claims:
    """Returns the claims of a token that is right; raises NotSignedIn and UnknownKey."""
    registry = jwt.JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": client_id},
        sub={"essential": True},
        exp={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        decoded = jwt.decode(token, provider.keys, algorithms=ALGORITHMS)
        registry.validate(decoded.claims)
    except InvalidKeyIdError:
        raise UnknownKey from None
    except (JoseError, ValueError) as error:
        if isinstance(error, InvalidClaimError) and error.claim == "nonce":
            raise NotSignedIn from None  # an answer to another person's question
        raise outside_contract(f"its ID token is not right: {type(error).__name__}") from None
    if decoded.claims.get("azp", client_id) != client_id:
        raise outside_contract("its ID token is meant for another service")
    return decoded.claims


def person_of(claims: Claims, proof: str) -> Person:
    """Returns the person in the claims, whose names are for showing only."""
    user = claims.get("sub")
    if not isinstance(user, str) or not 0 < len(user) <= LONGEST_USER or not user.isprintable():
        raise outside_contract("it does not say who the user is")
    full = " ".join(_text(claims, part) for part in ("given_name", "family_name")).strip()
    email = _text(claims, "email")
    return Person(
        user=user,
        name=full or _text(claims, "name") or email,
        email=email,
        organisation=organisation_of(claims.get("organisation")),
        proof=proof,
    )


def organisation_of(said: object) -> Organisation | None:
    """Returns the organisation, or None when DfE Sign-in leaves it out or leaves it empty."""
    if not isinstance(said, Mapping) or not (id := _text(said, "id")):
        return None
    return Organisation(id, _text(said, "name"), _text(said, "urn") or None)


def _text(said: Claims, name: str) -> str:
    """Returns what can be shown and kept of it: JSON can hold zeros and half characters."""
    return without_controls(str(said.get(name) or "")).strip()
