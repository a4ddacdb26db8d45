"""The settings of the web service."""

from __future__ import annotations

import os
from collections.abc import Mapping

import attrs

from entrypoints.settings.config import Settings, SettingsError, read_settings, safe_address
from entrypoints.web.platform.environment.maintenance_settings import Maintenance, maintenance
from entrypoints.web.platform.environment.metrics_settings import metrics_bind
from entrypoints.web.platform.environment.operator_settings import (
    OperatorSettings,
    operator_settings,
)

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
    previous_key: str | None = attrs.field(default=None, repr=False)  # still accepted
    govuk_brand: bool = False  # crown and typeface: on GOV.UK only
    trusted_proxies: int = 0  # in front of us, one behind the other
    operator: OperatorSettings = attrs.Factory(OperatorSettings)
    maintenance: Maintenance | None = None
    metrics_bind: str | None = None  # where Prometheus asks

    @property
    def secure(self) -> bool:
        """Says whether users reach the service over https."""
        return self.base_url.startswith("https:")

    @property
    def signing_keys(self) -> list[str]:
        """Returns every key whose signatures are accepted; the last one signs."""
        return [key for key in (self.previous_key, self.secret_key) if key]

    @property
    def organisation(self) -> str:
        """Returns the organisation shown at the top of pages and the end of titles."""
        return "GOV.UK" if self.govuk_brand else "Department for Education"


def read_web_settings(environment: Mapping[str, str] = os.environ) -> WebSettings:
    """Reads and checks the settings. Raises SettingsError."""
    return web_settings(read_settings(environment))


def web_settings(settings: Settings) -> WebSettings:
    """Returns what the pages need of the settings. Raises SettingsError."""
    return WebSettings(
        env=settings.place,
        base_url=base_url(settings),
        secret_key=secret_key(settings),
        previous_key=previous_key(settings),
        govuk_brand=govuk_brand(settings),
        trusted_proxies=trusted_proxies(settings),
        operator=operator_settings(settings),
        maintenance=maintenance(settings),
        metrics_bind=metrics_bind(settings),
    )


def base_url(settings: Settings) -> str:
    """Returns where people find the service, without a slash at its end."""
    url = settings.required("ECT_BASE_URL", "give the address where people find the service")
    return safe_address("ECT_BASE_URL", url).rstrip("/")


def secret_key(settings: Settings) -> str:
    """Returns the key that signs."""
    key = settings.required("ECT_SECRET_KEY", f"give {SHORTEST_KEY} random bytes or more")
    return _long_enough("ECT_SECRET_KEY", key)


def previous_key(settings: Settings) -> str | None:
    """Returns the key that signed before, whose signatures are still accepted."""
    key = settings.text("ECT_SECRET_KEY_PREVIOUS")
    return key and _long_enough("ECT_SECRET_KEY_PREVIOUS", key)


def govuk_brand(settings: Settings) -> bool:
    """Returns whether the pages wear the crown and typeface of GOV.UK."""
    try:
        return TRUTHS[settings.with_default("ECT_GOVUK_BRAND").lower()]
    except KeyError:
        raise SettingsError("ECT_GOVUK_BRAND", "must be true or false") from None


def trusted_proxies(settings: Settings) -> int:
    """Returns how many proxies in front are ours."""
    text = settings.with_default("ECT_TRUSTED_PROXIES")
    if not (text.isascii() and text.isdigit() and int(text) <= MOST_PROXIES):
        raise SettingsError("ECT_TRUSTED_PROXIES", f"must be a number from 0 to {MOST_PROXIES}")
    return int(text)


def _long_enough(name: str, key: str) -> str:
    if len(key.encode(errors="surrogateescape")) < SHORTEST_KEY:
        raise SettingsError(name, f"must be {SHORTEST_KEY} bytes or more")
    return key
