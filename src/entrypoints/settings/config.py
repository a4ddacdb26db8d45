"""Reads settings from environment variables, each checked by the command that needs it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit
from uuid import UUID

import attrs

from entrypoints.settings.environment import Found, read_environment
from entrypoints.settings.pooling import with_pooling

PRODUCTION = "production"
PLACES = (PRODUCTION, "test", "demo")
WORLD = "world:"
LONGEST_WAIT = 60  # seconds; no user waits longer for a page
LONGEST_NAME = 100  # characters, of an operator
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
DATABASES = "give postgresql://user@host/ect or sqlite:////var/lib/ect/ect.db, say"
ADDRESSES_OF_SIGN_IN = ("ECT_OIDC_ISSUER", "ECT_DSI_API_URL")
FOR_SIGN_IN = (
    "ECT_OIDC_ISSUER",
    "ECT_OIDC_CLIENT_ID",
    "ECT_OIDC_CLIENT_SECRET",
    "ECT_DSI_API_URL",
    "ECT_DSI_API_SECRET",
    "ECT_DSI_SERVICE_ID",
)
AN_ID = "6f1c0c43-8f4b-4b5e-9d25-6a2f6d9b7c11"
# A day to pretend it is leaves room for the years that rules look back and ahead.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)


@attrs.define
class SettingsError(Exception):
    """Reports a setting that is missing, wrong or unsafe by its name, never by its value."""

    name: str
    problem: str

    def __str__(self) -> str:
        return f"{self.name} {self.problem}"


@attrs.define
class SettingsErrors(Exception):
    """Reports all settings that are missing, wrong or unsafe, in the order of their table."""

    errors: tuple[SettingsError, ...]


def operator_name(text: str) -> str:
    """Returns the name of an operator; raises ValueError with what it must be."""
    if not text or not (text.isprintable() and text.strip() == text):
        raise ValueError("must be a name, without blanks at its ends")
    if len(text) > LONGEST_NAME:
        raise ValueError(f"must have at most {LONGEST_NAME} characters")
    return text


@attrs.frozen
class Settings:
    """Holds every setting, each checked when it is asked for, by the command that needs it."""

    found: Found

    def text(self, name: str) -> str | None:
        """Returns what a setting says. Raises SettingsError if its file cannot be used."""
        if name in self.found.unreadable:
            raise SettingsError(*self.found.unreadable[name])
        return self.found.text(name)

    def with_default(self, name: str) -> str:
        """Returns what a setting says that is never left out. Raises SettingsError."""
        return self.text(name) or ""

    def required(self, name: str, advice: str) -> str:
        """Returns what a setting says. Raises SettingsError where it is not set."""
        text = self.text(name)
        if not text:
            raise SettingsError(name, f"is not set: {advice}")
        return text

    @property
    def place(self) -> str:
        """Returns the place, by default production, where everything unsafe is refused."""
        place = self.text("ECT_ENV") or PRODUCTION
        if place not in PLACES:
            raise SettingsError("ECT_ENV", f"must be one of {', '.join(PLACES)}")
        return place

    @property
    def is_production(self) -> bool:
        """Says whether this is the real service."""
        return self.place == PRODUCTION

    @property
    def demo_database(self) -> str | None:
        """Returns the demo's database if set; raises SettingsError if ECT_ENV is production."""
        if self.text("ECT_ENV") and self.is_production:
            raise SettingsError("ECT_ENV", "must not be production for a demo")
        return self.text("ECT_DATABASE_URL")

    @property
    def fixed_day(self) -> date | None:
        """Returns the day to pretend it is."""
        production, text = self.is_production, self.text("ECT_TODAY")
        if not text:
            return None
        if production:
            raise SettingsError("ECT_TODAY", "must not be set in production")
        try:
            return day_to_pretend(text)
        except ValueError:
            wanted = f"must be a date like 2025-09-10, from {FIRST_DAY} to {LAST_DAY}"
            raise SettingsError("ECT_TODAY", wanted) from None

    @property
    def database(self) -> str:
        """Returns where the database is."""
        url = self.required("ECT_DATABASE_URL", DATABASES)
        if self.is_production and _is_in_memory(url):
            raise SettingsError("ECT_DATABASE_URL", "must not be in memory in production")
        return with_pooling(url, self.with_default, SettingsError)

    @property
    def trs(self) -> TrsSettings:
        """Returns how to reach TRS over HTTP."""
        return TrsSettings(
            address=self.trs_address,
            api_key=self.trs_api_key,
            api_version=self.with_default("ECT_TRS_API_VERSION"),
            deadline=self.trs_deadline,
        )

    @property
    def trs_address(self) -> str:
        """Returns where TRS is."""
        otherwise = "" if self.is_production else ", or world:FILE"
        return safe_address("ECT_TRS_URL", self._trs_url, otherwise)

    @property
    def trs_api_key(self) -> str:
        """Returns the key that TRS knows us by."""
        return self.required("ECT_TRS_API_KEY", "ask the TRS team for one")

    @property
    def trs_deadline(self) -> float:
        """Returns the seconds that one lookup may take."""
        return _seconds("ECT_TRS_DEADLINE", self.with_default("ECT_TRS_DEADLINE"))

    @property
    def trs_world(self) -> str | None:
        """Returns the world file whose people stand in for TRS."""
        if not self._trs_url.startswith(WORLD):
            return None
        if self.is_production:
            raise SettingsError("ECT_TRS_URL", "must not be a world file in production")
        return self._trs_url.removeprefix(WORLD)

    @property
    def sign_in(self) -> SignInSettings | None:
        """Returns how to reach DfE Sign-in, or None where it is left out."""
        if not self.needs_sign_in:
            return None
        return SignInSettings(
            issuer=self.for_sign_in("ECT_OIDC_ISSUER"),
            client_id=self.for_sign_in("ECT_OIDC_CLIENT_ID"),
            client_secret=self.for_sign_in("ECT_OIDC_CLIENT_SECRET"),
            api_url=self.for_sign_in("ECT_DSI_API_URL"),
            api_secret=self.for_sign_in("ECT_DSI_API_SECRET"),
            service_id=self.for_sign_in("ECT_DSI_SERVICE_ID"),
            role=self.with_default("ECT_DSI_ROLE"),
        )

    @property
    def needs_sign_in(self) -> bool:
        """Says whether DfE Sign-in must be set up: outside production only if some of it is."""
        unreadable = self.found.unreadable.keys() & set(FOR_SIGN_IN)
        return self.is_production or bool(unreadable) or any(map(self.found.text, FOR_SIGN_IN))

    def for_sign_in(self, name: str) -> str:
        """Returns one of the settings of DfE Sign-in. Raises SettingsError."""
        text = self.required(name, "DfE Sign-in gives it to a service")
        return safe_address(name, text) if name in ADDRESSES_OF_SIGN_IN else text

    @property
    def operator(self) -> str | None:
        """Returns the name of the person at the terminal, as they say."""
        name = self.text("ECT_OPERATOR")
        try:
            return None if name is None else operator_name(name)
        except ValueError as problem:
            raise SettingsError("ECT_OPERATOR", str(problem)) from None

    @property
    def notices(self) -> NotifySettings | str | None:
        """Returns how to reach GOV.UK Notify, or a folder instead; None where neither is set."""
        folder, key = self.text("ECT_NOTICES_DIR"), self.text("ECT_NOTIFY_API_KEY")
        if folder and key:
            raise SettingsError("ECT_NOTICES_DIR", "must not be set with ECT_NOTIFY_API_KEY")
        if folder or not key:
            return folder
        template = self.required("ECT_NOTIFY_TEMPLATE_ID", "GOV.UK Notify shows it")
        if not _is_id(template):
            raise SettingsError("ECT_NOTIFY_TEMPLATE_ID", f"must be an id like {AN_ID}")
        url = safe_address("ECT_NOTIFY_URL", self.with_default("ECT_NOTIFY_URL"))
        return NotifySettings(key, template, url)

    @property
    def _trs_url(self) -> str:
        return self.required("ECT_TRS_URL", "give the address of TRS")


@attrs.frozen
class TrsSettings:
    """Says how to reach TRS over HTTP."""

    address: str
    api_key: str = attrs.field(repr=False)
    api_version: str = "20260120"
    deadline: float = 5.0


@attrs.frozen
class NotifySettings:
    """Says how to reach GOV.UK Notify, and with which template."""

    api_key: str = attrs.field(repr=False)
    template: str
    address: str


@attrs.frozen
class SignInSettings:
    """Says how to reach DfE Sign-in, and as which client."""

    issuer: str
    client_id: str
    client_secret: str = attrs.field(repr=False)
    api_url: str
    api_secret: str = attrs.field(repr=False)
    service_id: str
    role: str


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Reads the environment. Nothing is checked before it is asked for."""
    return Settings(read_environment(environment))


def day_to_pretend(text: str) -> date:
    """Returns the day; raises ValueError for what is no date, or one that no rule was made for."""
    day = date.fromisoformat(text)
    if day.isoformat() != text or not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError
    return day


def _seconds(name: str, text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= LONGEST_WAIT:
        raise SettingsError(name, f"must be a number of seconds up to {LONGEST_WAIT}")
    return seconds


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def safe_address(name: str, url: str, otherwise: str = "") -> str:
    """Returns an address that cannot be read along: https, or http on this machine."""
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
    """Says whether the database is a SQLite one that is gone with its process."""
    scheme, _, rest = url.partition("://")
    file = rest.partition("?")[0].removeprefix("/")
    in_memory = file in {"", ":memory:"} or ":memory:" in url or "mode=memory" in url
    return scheme.partition("+")[0] == "sqlite" and in_memory
