"""Opens what takes notices along, as the settings say: GOV.UK Notify, or a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from adapters.notices.folder import NoticesFolder
from adapters.notices.govuk_notify import GovukNotify, UnusableKey
from ect_registration.ports.errors import Unavailable
from ect_registration.ports.notices import Notifier
from entrypoints.settings.config import NotifySettings, Settings, SettingsError

NOT_SET_UP = "is not set: give a key of GOV.UK Notify, or a folder in ECT_NOTICES_DIR"


def open_notifier(settings: Settings) -> Notifier:
    """Returns what takes notices along; raises SettingsError where nothing does."""
    wanted = settings.notices
    if wanted is None:
        raise SettingsError("ECT_NOTIFY_API_KEY", NOT_SET_UP)
    return notices_folder(wanted) if isinstance(wanted, str) else _govuk_notify(wanted)


def notices_folder(path: str) -> NoticesFolder:
    """Returns the notices that are text files in a folder; raises SettingsError."""
    folder = NoticesFolder(Path(path))
    try:
        folder.check()
    except Unavailable as error:
        raise SettingsError(
            "ECT_NOTICES_DIR", f"names no folder to write to: {error.why}"
        ) from None
    return folder


def check_notifier(wanted: NotifySettings | str) -> Sequence[tuple[str, bool, str]]:
    """Returns what was looked at of where notices go, whether it is right, and how."""
    if isinstance(wanted, str):
        notices_folder(wanted)
        return [("folder", True, f"notices are written into {wanted}, and not sent")]
    looks = _govuk_notify(wanted).connection_check()
    return [(found.check, found.ok, found.says) for found in looks]


def _govuk_notify(wanted: NotifySettings) -> GovukNotify:
    try:
        return GovukNotify(wanted.api_key, wanted.template, wanted.address)
    except UnusableKey:
        problem = "is not a key of GOV.UK Notify: one ends in two ids"
        raise SettingsError("ECT_NOTIFY_API_KEY", problem) from None
