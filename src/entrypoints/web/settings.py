"""What the pages need to know about the place that they run in."""

from __future__ import annotations

import os
from collections.abc import Mapping

import attrs
import environ

from entrypoints.config import PRODUCTION, SettingsError, safe_address

SHORTEST_KEY = 32  # bytes
MOST_PROXIES = 5
SERVICE_NAME = "Register early career teachers"
TRUTHS = {"true": True, "false": False}


@attrs.frozen
class WebSettings:
    """Settings of the web service, checked."""

    env: str
    base_url: str
    secret_key: str = attrs.field(repr=False)
    govuk_brand: bool = False  # crown and typeface: on GOV.UK only
    trusted_proxies: int = 0  # in front of us, one behind the other

    @property
    def secure(self) -> bool:
        """Whether people come over https."""
        return self.base_url.startswith("https:")

    @property
    def organisation(self) -> str:
        """Whose service it is, at the top of pages and the end of titles."""
        return "GOV.UK" if self.govuk_brand else "Department for Education"


@environ.config(prefix="ECT", frozen=True)
class WebVariables:
    """What only the web service reads from the environment; None is not set."""

    env: str = environ.var(PRODUCTION, help="production, test or demo")
    secret_key: str | None = environ.var(None, help="signs cookies; 32 random bytes or more")
    base_url: str | None = environ.var(None, help="where people find the service, https://…")
    govuk_brand: str = environ.var("false", help="true on GOV.UK itself: crown and typeface")
    trusted_proxies: str = environ.var("0", help="how many proxies in front are ours")


def read_web_settings(environment: Mapping[str, str] = os.environ) -> WebSettings:
    """Read and check them. Raises SettingsError."""
    found = environ.to_config(WebVariables, dict(environment))
    return WebSettings(
        env=found.env,
        base_url=_base_url(found.base_url),
        secret_key=_secret_key(found.secret_key),
        govuk_brand=_truth("ECT_GOVUK_BRAND", found.govuk_brand),
        trusted_proxies=_number("ECT_TRUSTED_PROXIES", found.trusted_proxies),
    )


def _base_url(url: str | None) -> str:
    if not url:
        raise SettingsError("ECT_BASE_URL", "is not set")
    return safe_address("ECT_BASE_URL", url).rstrip("/")


def _secret_key(key: str | None) -> str:
    if not key:
        raise SettingsError("ECT_SECRET_KEY", "is not set")
    if len(key.encode()) < SHORTEST_KEY:
        raise SettingsError("ECT_SECRET_KEY", f"must be {SHORTEST_KEY} bytes or more")
    return key


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= MOST_PROXIES):
        raise SettingsError(name, f"must be a number from 0 to {MOST_PROXIES}")
    return int(text)


def _truth(name: str, text: str) -> bool:
    try:
        return TRUTHS[text.lower()]
    except KeyError:
        raise SettingsError(name, "must be true or false") from None
