"""Finds everything that is wrong with the settings of the service in one go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import attrs

from entrypoints.settings import inspection
from entrypoints.settings.config import (
    FOR_SIGN_IN,
    PRODUCTION,
    Settings,
    SettingsError,
    SettingsErrors,
)
from entrypoints.settings.environment import PREFIX
from entrypoints.web.platform.environment import operator_settings as operator
from entrypoints.web.platform.environment import settings as web
from entrypoints.web.platform.environment.maintenance_settings import maintenance
from entrypoints.web.platform.environment.metrics_settings import metrics_bind

Checks = Sequence[Callable[[], object]]  # each raises SettingsError

OF_TRS = ("ECT_TRS_URL", "ECT_TRS_API_KEY", "ECT_TRS_API_VERSION", "ECT_TRS_DEADLINE")
OF_NOTICES = (
    "ECT_NOTIFY_API_KEY",
    "ECT_NOTIFY_URL",
    "ECT_NOTIFY_TEMPLATE_ID",
    "ECT_NOTICES_DIR",
)
OF_PAGES = (
    web.base_url,
    web.secret_key,
    web.previous_key,
    web.govuk_brand,
    web.trusted_proxies,
    maintenance,
    metrics_bind,
    *operator.CHECKS,
)


def refuse_mistakes(settings: Settings) -> None:
    """Raises SettingsErrors with everything that keeps the service from starting."""
    found = [error for errors in mistakes_in(settings).values() for error in errors]
    if found:
        raise SettingsErrors(tuple(found))


def mistakes_in(settings: Settings) -> Mapping[str, Sequence[SettingsError]]:
    """Returns what is wrong with the settings of each part of the service, by the part.

    A setting is named once. Where no setting says which place this is, production is assumed.
    """
    place = _raised_by([lambda: settings.place])
    known = _in_production(settings) if place else settings
    found = {part: _raised_by(checks) for part, checks in _checks(known).items()}
    found["settings"] = [*place, *found["settings"]]
    named: set[str] = set()
    return {
        part: [error for error in errors if _is_new(error, named)]
        for part, errors in found.items()
    }


def usable(settings: Settings) -> Settings:
    """Returns settings with which each part can be looked at, whatever place and day are wrong."""
    if _raised_by([lambda: settings.place]):
        settings = _in_production(settings)
    if _raised_by([lambda: settings.fixed_day]):
        settings = _with(settings, today=None)
    return settings


def _checks(settings: Settings) -> Mapping[str, Checks]:
    sign_in = FOR_SIGN_IN if settings.needs_sign_in else ()
    return {
        "settings": [
            lambda: settings.fixed_day,
            lambda: settings.operator,
            *[partial(check, settings) for check in OF_PAGES],
        ],
        "database": [lambda: inspection.check_database_setting(settings)],
        "TRS": [partial(inspection.check_trs_setting, name, settings) for name in OF_TRS],
        "notices": [
            *[partial(settings.text, name) for name in OF_NOTICES],
            lambda: inspection.check_notices_setting(settings),
        ],
        "sign-in": [partial(settings.for_sign_in, name) for name in sign_in],
    }


def _raised_by(checks: Checks) -> Sequence[SettingsError]:
    raised = []
    for check in checks:
        try:
            check()
        except SettingsError as error:
            raised.append(error)
    return raised


def _is_new(error: SettingsError, named: set[str]) -> bool:
    new = error.name not in named
    named.add(error.name)
    return new


def _in_production(settings: Settings) -> Settings:
    return _with(settings, env=PRODUCTION)


def _with(settings: Settings, **variables: str | None) -> Settings:
    found = settings.found
    unreadable = {
        name: why
        for name, why in found.unreadable.items()
        if name.removeprefix(PREFIX).lower() not in variables
    }
    changed = attrs.evolve(found.variables, **variables)  # type: ignore[misc]  # environ's own class
    return Settings(attrs.evolve(found, variables=changed, unreadable=unreadable))
