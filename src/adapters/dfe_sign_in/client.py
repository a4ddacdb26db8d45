"""Signs users in with DfE Sign-in, by OpenID Connect's code flow with PKCE."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

import attrs
import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session

from adapters.dfe_sign_in.asking import WHAT, Asking, outside_contract
from adapters.dfe_sign_in.discovery import Discovery, Provider
from adapters.dfe_sign_in.id_token import Claims, UnknownKey, claims_of, person_of
from adapters.dfe_sign_in.roles import Roles
from adapters.dfe_sign_in.settings import DfeSignInSettings
from ect_registration.domain.sessions import Organisation, Person
from ect_registration.ports.errors import Unavailable
from ect_registration.ports.sign_in import Attempt, NotSignedIn

SCOPES = "openid profile email organisation"
TOLD_AT_SIGN_IN = ("email", "given_name", "family_name", "organisation")
SPENT = {"invalid_grant", "access_denied"}  # the code is used, old or made up


@attrs.frozen
class Finding:
    """Describes one thing that was looked at."""

    check: str
    ok: bool
    says: str


class DfeSignIn:
    """Says who a user is, and what they may do."""

    def __init__(self, settings: DfeSignInSettings) -> None:
        self._settings = settings
        self._asking = Asking(settings.limit)
        self._discovery = Discovery(settings.issuer, self._asking)
        self._roles = Roles(settings, self._asking)

    def begin(self) -> tuple[str, Attempt]:
        """Returns where to send the browser, with a challenge that only we can answer."""
        provider = self._discovery.provider()
        attempt = Attempt(
            secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        )
        with self._client(provider) as client:
            address, _ = client.create_authorization_url(
                provider.authorization,
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
            )
        return str(address), attempt

    def finish(self, attempt: Attempt, answer: Mapping[str, str]) -> Person:
        """Returns the person who came back with this answer; raises NotSignedIn, Unavailable."""
        given = answer.get("state", "")
        if not hmac.compare_digest(given.encode(), attempt.state.encode()):
            raise NotSignedIn
        code = answer.get("code")
        if "error" in answer or not code:
            raise NotSignedIn
        provider = self._discovery.provider()
        token = self._asking.within_limit(
            [lambda: self._redeem(code, attempt.verifier, provider)]
        )[0]
        proof = str(token.get("id_token") or "")
        claims = self._claims(proof, provider, attempt.nonce)
        return person_of(self._with_more(claims, token, provider), proof)

    def _claims(self, proof: str, provider: Provider, nonce: str) -> Claims:
        """Returns the claims of an ID token, and looks keys up again once if its key is new."""
        client_id = self._settings.client_id
        try:
            return claims_of(proof, provider, client_id, nonce)
        except UnknownKey:
            provider = self._discovery.provider(afresh=True)
        try:
            return claims_of(proof, provider, client_id, nonce)
        except UnknownKey:
            raise outside_contract("its ID token is signed with an unknown key") from None

    def _redeem(self, code: str, verifier: str, provider: Provider) -> Mapping[str, Any]:
        try:
            with self._client(provider) as client:
                token: Mapping[str, Any] = client.fetch_token(
                    provider.token, code=code, code_verifier=verifier, timeout=self._asking.limit
                )
        except OAuthError as error:
            if error.error in SPENT:
                raise NotSignedIn from None
            raise outside_contract(f"it gave no token: {error.error}") from None
        except (requests.RequestException, ValueError) as error:
            raise Unavailable(WHAT, type(error).__name__) from None
        return token

    def _with_more(self, claims: Claims, token: Mapping[str, Any], provider: Provider) -> Claims:
        """Returns the claims, after asking for what the ID token leaves out."""
        if provider.userinfo is None or all(name in claims for name in TOLD_AT_SIGN_IN):
            return claims
        bearer = {"Authorization": f"Bearer {token.get('access_token')}"}
        said = self._asking.get(provider.userinfo, bearer)
        if not isinstance(said, Mapping) or said.get("sub") != claims["sub"]:
            raise outside_contract("the user info is about a different user")
        return {**said, **claims}

    def organisations(self, user: str) -> Sequence[Organisation]:
        """Returns all organisations that the user belongs to."""
        return self._roles.organisations(user)

    def with_role(
        self, user: str, organisations: Sequence[Organisation]
    ) -> Sequence[Organisation]:
        """Returns the organisations for which the user holds the role."""
        return self._roles.with_role(user, organisations)

    def sign_out_address(self, proof: str | None) -> str | None:
        """Returns where to sign out, which asks nothing of a user who shows their ID token."""
        where = self._discovery.provider().end_session
        if where is None:
            return None
        asked = {
            **({"id_token_hint": proof} if proof else {}),
            "client_id": self._settings.client_id,
            "post_logout_redirect_uri": self._settings.after_sign_out,
        }
        return f"{where}{'&' if '?' in where else '?'}{urlencode(asked)}"

    def connection_check(self) -> Sequence[Finding]:
        """Says whether the provider is there, and the API lets us in and has our role."""
        return [
            _finding("provider", self._look_at_provider),
            _finding("roles API", self._look_at_roles),
        ]

    def _look_at_provider(self) -> tuple[bool, str]:
        provider = self._discovery.provider(afresh=True)
        return True, f"{provider.issuer} is there, with {len(provider.keys.keys)} keys"

    def _look_at_roles(self) -> tuple[bool, str]:
        role, there = self._settings.role, self._roles.of_the_service()
        if role not in there:
            return False, f"the service has no role with the code {role}"
        return True, f"it lets us in, and has the role {role}"

    def _client(self, provider: Provider) -> Any:
        return OAuth2Session(
            self._settings.client_id,
            self._settings.client_secret,
            scope=SCOPES,
            redirect_uri=self._settings.callback,
            code_challenge_method="S256",
            token_endpoint_auth_method=provider.client_authentication,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._asking.close()


def _finding(check: str, look: Callable[[], tuple[bool, str]]) -> Finding:
    try:
        return Finding(check, *look())
    except Unavailable as trouble:
        return Finding(check, ok=False, says=trouble.why)
