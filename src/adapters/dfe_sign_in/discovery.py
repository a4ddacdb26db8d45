"""Reads what the provider says of itself: where to go, and which keys it signs with."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import attrs
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from adapters.dfe_sign_in.asking import Asking, outside_contract

WELL_KNOWN = "/.well-known/openid-configuration"
FRESH = 3600.0  # seconds
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
PORTS = {"https": ":443", "http": ":80"}


@attrs.frozen
class Provider:
    """Holds the provider's addresses and its keys."""

    issuer: str
    authorization: str
    token: str
    keys: KeySet = attrs.field(repr=False)
    userinfo: str | None = None
    end_session: str | None = None
    client_authentication: str = "client_secret_basic"


class Discovery:
    """Looks up the provider now and then."""

    def __init__(self, issuer: str, asking: Asking) -> None:
        self._issuer, self._asking = issuer.rstrip("/"), asking
        self._found: Provider | None = None
        self._until = 0.0

    def provider(self, *, afresh: bool = False) -> Provider:
        """Returns the provider, looked up again if ``afresh``; raises Unavailable."""
        if self._found is None or afresh or time.monotonic() >= self._until:
            self._found = self._look()
            self._until = time.monotonic() + FRESH
        return self._found

    def _look(self) -> Provider:
        said = self._asking.get(self._issuer + WELL_KNOWN)
        if not isinstance(said, Mapping):
            raise outside_contract("there is no OpenID configuration at its address")
        issuer = said.get("issuer")
        if not isinstance(issuer, str) or _plain(issuer) != _plain(self._issuer):
            raise outside_contract("its OpenID configuration names another issuer")
        ways = said.get("token_endpoint_auth_methods_supported")
        return Provider(
            issuer=issuer,
            authorization=_required(said, "authorization_endpoint"),
            token=_required(said, "token_endpoint"),
            keys=self._keys(_required(said, "jwks_uri")),
            userinfo=_address(said, "userinfo_endpoint"),
            end_session=_address(said, "end_session_endpoint"),
            client_authentication=_way(ways if isinstance(ways, list) else []),
        )

    def _keys(self, address: str) -> KeySet:
        try:
            return KeySet.import_key_set(self._asking.get(address))
        except (JoseError, KeyError, TypeError, ValueError, AttributeError):
            raise outside_contract("its keys cannot be read") from None


def _way(ways: list[object]) -> str:
    """Returns the way to show that we are the client that we say we are."""
    only_in_body = ways and "client_secret_basic" not in ways
    return "client_secret_post" if only_in_body else "client_secret_basic"


def _required(said: Mapping[str, Any], name: str) -> str:
    address = _address(said, name)
    if address is None:
        raise outside_contract(f"its OpenID configuration has no {name}")
    return address


def _address(said: Mapping[str, Any], name: str) -> str | None:
    """Returns an address that cannot be read along: https, or http on this machine."""
    address = said.get(name)
    if address is None:
        return None
    parts = urlsplit(str(address))
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise outside_contract(f"its {name} is not an https address")
    return str(address)


def _plain(issuer: str) -> str:
    """Returns the issuer without the usual port, which DfE Sign-in names and others leave out."""
    bare = issuer.rstrip("/")
    return bare.removesuffix(PORTS.get(urlsplit(bare).scheme, ""))
