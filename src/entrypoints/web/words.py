"""What every template can say: names, dates, where files are, who is signed in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask

from ect_registration.domain.calendar import AcademicYear
from entrypoints.web.access import sign_in_address, signed_in
from entrypoints.web.context import here
from entrypoints.web.settings import SERVICE_NAME
from entrypoints.web.summary import errors_of

LONDON = ZoneInfo("Europe/London")


def set_up(app: Flask) -> None:
    """Filters by name, and values for every page."""
    app.add_template_filter(long_date, "long_date")
    app.add_template_filter(time_and_date, "time_and_date")
    app.add_template_filter(academic_year, "academic_year")
    app.add_template_global(errors_of, "errors_of")
    app.context_processor(_values)


def _values() -> dict[str, Any]:
    context = here()
    settings, who = context.settings, signed_in()
    return {
        "asset": context.assets.address,
        "govuk_brand": settings.govuk_brand,
        "organisation": settings.organisation,
        "service": SERVICE_NAME,
        "signed_in": who,
        "sign_in_address": sign_in_address(),
        "demo": context.demo,
    }


def long_date(day: date | None) -> str:
    """``1 September 2025``; nothing for no day."""
    return "" if day is None else f"{day.day} {day:%B %Y}"


def time_and_date(moment: datetime) -> str:
    """``10 September 2025 at 9:05am``, in London."""
    local = moment.astimezone(LONDON)
    hour = local.hour % 12 or 12
    return f"{long_date(local)} at {hour}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def academic_year(year: AcademicYear | int) -> str:
    """``2025 to 2026``."""
    first = year if isinstance(year, int) else year.starts_in
    return f"{first} to {first + 1}"
