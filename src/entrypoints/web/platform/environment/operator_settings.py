"""The settings that say who helps users, and who answers for personal data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import attrs

from ect_registration.domain.email import Email
from ect_registration.domain.values import InvalidValue
from entrypoints.settings.config import Settings, SettingsError, safe_address
from entrypoints.settings.environment import Variables

MOST_DAYS = 99
LONGEST_TEXT = 500  # characters of a sentence on a page
DEFAULTS = Variables()


@attrs.frozen
class OperatorSettings:
    """What pages say about those who run the service."""

    support_email: str | None = None
    support_url: str | None = None
    support_days: int | None = None  # working days until support answers
    controller: str = DEFAULTS.privacy_controller
    privacy_contact: str = DEFAULTS.privacy_contact  # an email address, or the address of a page
    lawful_basis: str = DEFAULTS.privacy_lawful_basis
    retention: str = DEFAULTS.privacy_retention

    @property
    def privacy_contact_address(self) -> str:
        """Returns the address of a link to the privacy contact."""
        return (
            f"mailto:{self.privacy_contact}"
            if "@" in self.privacy_contact
            else self.privacy_contact
        )


def operator_settings(settings: Settings) -> OperatorSettings:
    """Returns what pages say about those who run the service. Raises SettingsError."""
    return OperatorSettings(
        support_email=support_email(settings),
        support_url=support_url(settings),
        support_days=support_days(settings),
        controller=_sentence("ECT_PRIVACY_CONTROLLER", settings),
        privacy_contact=privacy_contact(settings),
        lawful_basis=_sentence("ECT_PRIVACY_LAWFUL_BASIS", settings),
        retention=_sentence("ECT_PRIVACY_RETENTION", settings),
    )


def support_email(settings: Settings) -> str | None:
    """Returns the email address that helps users."""
    text = settings.text("ECT_SUPPORT_EMAIL")
    return text and _email("ECT_SUPPORT_EMAIL", text)


def support_url(settings: Settings) -> str | None:
    """Returns the address of the page that helps users."""
    text = settings.text("ECT_SUPPORT_URL")
    return text and safe_address("ECT_SUPPORT_URL", text)


def support_days(settings: Settings) -> int | None:
    """Returns the number of working days until support answers."""
    text = settings.text("ECT_SUPPORT_DAYS")
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_DAYS):
        raise SettingsError("ECT_SUPPORT_DAYS", f"must be a number from 1 to {MOST_DAYS}")
    return int(text)


def privacy_contact(settings: Settings) -> str:
    """Returns where people ask about their personal data: an email address or a page."""
    text = settings.with_default("ECT_PRIVACY_CONTACT")
    check = _email if "@" in text else safe_address
    return check("ECT_PRIVACY_CONTACT", text)


def _email(name: str, text: str) -> str:
    try:
        return Email.parse(text).address
    except InvalidValue:
        raise SettingsError(name, "must be an email address") from None


def _sentence(name: str, settings: Settings) -> str:
    text = settings.with_default(name).strip().rstrip(".")
    if not (text and text.isprintable() and len(text) <= LONGEST_TEXT):
        raise SettingsError(name, f"must be text on one line, {LONGEST_TEXT} characters at most")
    return text


CHECKS: Sequence[Callable[[Settings], object]] = (
    support_email,
    support_url,
    support_days,
    partial(_sentence, "ECT_PRIVACY_CONTROLLER"),
    privacy_contact,
    partial(_sentence, "ECT_PRIVACY_LAWFUL_BASIS"),
    partial(_sentence, "ECT_PRIVACY_RETENTION"),
)
