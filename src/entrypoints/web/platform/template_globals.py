"""Filters and values for every template: dates, files and the signed-in user."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

import attrs
from flask import Flask, g, url_for

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.policy import FIGURES
from ect_registration.domain.sessions import NOTED_EVERY, Session
from ect_registration.ports.clock import LONDON, day_in_london
from ect_registration.ports.errors import Contention, Unavailable
from entrypoints.text.dates_in_words import example_of_a_day, long_date
from entrypoints.web.forms.summary import errors_of
from entrypoints.web.platform.access import sign_in_address, signed_in
from entrypoints.web.platform.context import here
from entrypoints.web.platform.environment.settings import SERVICE_NAME
from entrypoints.web.platform.sessions import current_session

HALF_AN_HOUR = 30 * 60  # seconds


@attrs.frozen
class Left:
    """The time that is left of a session."""

    ends_at: datetime
    seconds: int
    for_good: bool  # whatever is done

    @classmethod
    def of(cls, session: Session, now: datetime) -> Self:
        """Returns the time that is left from now on."""
        left = max(0, int((session.ends_at - now).total_seconds()))
        return cls(session.ends_at, left, session.ends_at == session.last_moment)

    @property
    def minutes(self) -> int:
        """Returns the minutes left in steps of 30, for which the styles have a class each.

        A use is noted a little later than it happens: the two hours after one are a whole step.
        """
        noted_late = int(NOTED_EVERY.total_seconds())
        return (self.seconds + noted_late) // HALF_AN_HOUR * 30


def set_up(app: Flask) -> None:
    """Registers the filters, and the values for every page."""
    app.add_template_filter(long_date, "long_date")
    app.add_template_filter(on_our_date, "on_our_date")
    app.add_template_filter(time_and_date, "time_and_date")
    app.add_template_filter(time_of_day, "time_of_day")
    app.add_template_filter(academic_year, "academic_year")
    app.add_template_global(errors_of, "errors_of")
    app.add_template_global(example_day, "example_day")
    app.jinja_env.globals["figures"] = {figure.id: str(figure) for figure in FIGURES}
    app.context_processor(_values)


def _values() -> dict[str, Any]:
    context = here()
    settings, session = context.settings, _session()
    return {
        "asset": asset_address,
        "govuk_brand": settings.govuk_brand,
        "operator": settings.operator,
        "organisation": settings.organisation,
        "reference": g.get("request_id"),
        "service": SERVICE_NAME,
        "session_now": session,
        "session_left": session and Left.of(session, context.ports.clock.now()),
        "signed_in": signed_in() if session else None,
        "sign_in_address": sign_in_address(),
        "demo": context.demo and context.demo.panel,
    }


def asset_address(name: str) -> str:
    """Returns the address of a file of the pages, by the name it has in its package."""
    return url_for("assets.asset", name=here().assets.names[name])


def example_day() -> str:
    """Returns the example in the hint of a date. A page about an outage does not ask for it."""
    return example_of_a_day(here().ports.clock.today())


def _session() -> Session | None:
    """Returns the session, or None when the database is out of reach."""
    try:
        return current_session()
    except (Contention, Unavailable):
        return None


def on_our_date(moment: datetime) -> datetime:
    """Returns a moment of the real clock, on the date that the pages show for it.

    Sessions and limits go by the real clock, also where ``today`` is another day, as in a demo.
    """
    clock = here().ports.clock
    local = moment.astimezone(LONDON)
    return local + (clock.today() - day_in_london(clock.now()))


def time_and_date(moment: datetime) -> str:
    """Returns a moment like ``10 September 2025 at 9:05am``, in London."""
    return f"{long_date(moment.astimezone(LONDON))} at {time_of_day(moment)}"


def time_of_day(moment: datetime) -> str:
    """Returns a time like ``9:05am``, in London."""
    local = moment.astimezone(LONDON)
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def academic_year(year: AcademicYear | int) -> str:
    """Returns an academic year like ``2025 to 2026``."""
    first = year if isinstance(year, int) else year.starts_in
    return f"{first} to {first + 1}"
