"""Settings: environment variables, read once, each checked by the command that needs it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit

import attrs
import environ

PRODUCTION = "production"
PLACES = (PRODUCTION, "test", "demo")
WORLD = "world:"
LONGEST_WAIT = 60  # seconds; nobody waits longer for a page
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
# A day to pretend it is leaves room for the years that rules look back and ahead.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)


@attrs.define
class SettingsError(Exception):
    """A setting is missing, wrong or unsafe. The message names it, never its value."""

    name: str
    problem: str

    def __str__(self) -> str:
        return f"{self.name} {self.problem}"


@environ.config(prefix="ECT", frozen=True)
class Settings:
    """Every setting that the command line reads; None is not set."""

    env: str | None = environ.var(None, help="production (the default), test or demo")
    today: str | None = environ.var(None, help="a fixed day; never in production")
    database_url: str | None = environ.var(None, help="SQLAlchemy URL of SQLite or PostgreSQL")
    trs_url: str | None = environ.var(
        None, help="address of TRS, or world:FILE outside production"
    )
    trs_api_key: str | None = environ.var(None, help="key for TRS")
    trs_api_version: str = environ.var("20260120", help="version of TRS's interface")
    trs_deadline: str = environ.var("5", help="seconds that one lookup in TRS may take")
    oidc_issuer: str | None = environ.var(None, help="DfE Sign-in's OpenID provider, https://…")
    oidc_client_id: str | None = environ.var(None, help="this service, as DfE Sign-in knows it")
    oidc_client_secret: str | None = environ.var(None, help="its secret there")
    dsi_api_url: str | None = environ.var(None, help="DfE Sign-in's API, https://…")
    dsi_api_secret: str | None = environ.var(None, help="signs our questions to that API")
    dsi_service_id: str | None = environ.var(None, help="this service's id in that API")
    dsi_role: str = environ.var("registerECTsAccess", help="code of the role that lets users in")

    @property
    def place(self) -> str:
        """Production unless told otherwise: everything unsafe is refused there."""
        place = self.env or PRODUCTION
        if place not in PLACES:
            raise SettingsError("ECT_ENV", f"must be one of {', '.join(PLACES)}")
        return place

    @property
    def is_production(self) -> bool:
        """Whether this is the real service."""
        return self.place == PRODUCTION

    @property
    def demo_database(self) -> str | None:
        """Where a demo is wanted, if not in a fresh file; never in what is said to be real."""
        if self.env == PRODUCTION:
            raise SettingsError("ECT_ENV", "must not be production for a demo")
        return self.database_url or None

    @property
    def fixed_day(self) -> date | None:
        """The day to pretend it is."""
        production = self.is_production
        if not self.today:
            return None
        if production:
            raise SettingsError("ECT_TODAY", "must not be set in production")
        try:
            return day_to_pretend(self.today)
        except ValueError:
            wanted = f"must be a date like 2025-09-10, from {FIRST_DAY} to {LAST_DAY}"
            raise SettingsError("ECT_TODAY", wanted) from None

    @property
    def database(self) -> str:
        """Where the database is."""
        url = _required(
            "ECT_DATABASE_URL",
            self.database_url,
            "give postgresql://USER@HOST/DATABASE, or sqlite:////FULL/PATH/ect.db",
        )
        if self.is_production and _is_in_memory(url):
            raise SettingsError("ECT_DATABASE_URL", "must not be in memory in production")
        return url

    @property
    def trs(self) -> TrsSettings:
        """How to reach TRS over HTTP."""
        return TrsSettings(
            address=safe_address("ECT_TRS_URL", self._trs_url, ", or world:FILE"),
            api_key=_required("ECT_TRS_API_KEY", self.trs_api_key, "ask the TRS team for one"),
            api_version=self.trs_api_version,
            deadline=_seconds("ECT_TRS_DEADLINE", self.trs_deadline),
        )

    @property
    def trs_world(self) -> str | None:
        """The world file whose people stand in for TRS."""
        if not self._trs_url.startswith(WORLD):
            return None
        if self.is_production:
            raise SettingsError("ECT_TRS_URL", "must not be a world file in production")
        return self._trs_url.removeprefix(WORLD)

    @property
    def sign_in(self) -> SignInSettings | None:
        """How to reach DfE Sign-in; outside production it may be left out, as a whole."""
        if not self.is_production and not any(self._of_sign_in.values()):
            return None
        return SignInSettings(
            issuer=self._address_of_sign_in("ECT_OIDC_ISSUER"),
            client_id=self._given_for_sign_in("ECT_OIDC_CLIENT_ID"),
            client_secret=self._given_for_sign_in("ECT_OIDC_CLIENT_SECRET"),
            api_url=self._address_of_sign_in("ECT_DSI_API_URL"),
            api_secret=self._given_for_sign_in("ECT_DSI_API_SECRET"),
            service_id=self._given_for_sign_in("ECT_DSI_SERVICE_ID"),
            role=self.dsi_role,
        )

    @property
    def _of_sign_in(self) -> Mapping[str, str | None]:
        return {
            "ECT_OIDC_ISSUER": self.oidc_issuer,
            "ECT_OIDC_CLIENT_ID": self.oidc_client_id,
            "ECT_OIDC_CLIENT_SECRET": self.oidc_client_secret,
            "ECT_DSI_API_URL": self.dsi_api_url,
            "ECT_DSI_API_SECRET": self.dsi_api_secret,
            "ECT_DSI_SERVICE_ID": self.dsi_service_id,
        }

    def _given_for_sign_in(self, name: str) -> str:
        return _required(name, self._of_sign_in[name], "DfE Sign-in gives it to a service")

    def _address_of_sign_in(self, name: str) -> str:
        return safe_address(name, self._given_for_sign_in(name))

    @property
    def _trs_url(self) -> str:
        return _required("ECT_TRS_URL", self.trs_url, "give the address of TRS")


@attrs.frozen
class TrsSettings:
    """How to reach TRS over HTTP."""

    address: str
    api_key: str = attrs.field(repr=False)
    api_version: str = "20260120"
    deadline: float = 5.0


@attrs.frozen
class SignInSettings:
    """How to reach DfE Sign-in, and as whom."""

    issuer: str
    client_id: str
    client_secret: str = attrs.field(repr=False)
    api_url: str
    api_secret: str = attrs.field(repr=False)
    service_id: str
    role: str


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the environment. Nothing is checked before it is asked for."""
    return environ.to_config(Settings, dict(environment))


def day_to_pretend(text: str) -> date:
    """Raises ValueError for what is no date, or one that no rule was made for."""
    day = date.fromisoformat(text)
    if day.isoformat() != text or not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError
    return day


def _required(name: str, value: str | None, advice: str) -> str:
    if not value:
        raise SettingsError(name, f"is not set: {advice}")
    return value


def _seconds(name: str, text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= LONGEST_WAIT:
        raise SettingsError(name, f"must be a number of seconds up to {LONGEST_WAIT}")
    return seconds


def safe_address(name: str, url: str, otherwise: str = "") -> str:
    """https, or http on this machine: nobody else may read along."""
    try:
        scheme, host = urlsplit(url).scheme, urlsplit(url).hostname
    except ValueError:
        scheme, host = "", None
    if scheme not in {"http", "https"} or not host:
        raise SettingsError(name, f"must be an https address{otherwise}")
    if scheme == "http" and host not in LOOPBACK:
        raise SettingsError(name, "must be https, except on this machine")
    return url


def _is_in_memory(url: str) -> bool:
    """A SQLite database that is gone with its process."""
    scheme, _, rest = url.partition("://")
    file = rest.partition("?")[0].removeprefix("/")
    in_memory = file in {"", ":memory:"} or ":memory:" in url or "mode=memory" in url
    return scheme.partition("+")[0] == "sqlite" and in_memory
