"""What the history of an ECT or a mentor says when a partnership began, changed or ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ect_registration.domain.decisions import Evidence
from ect_registration.domain.records.history import What
from ect_registration.use_cases.school.ect_details import Event
from entrypoints.web.platform.template_globals import academic_year


def is_of_lead_provider(event: Event) -> bool:
    """Says whether a lead provider changed its own partnership: it stands in history by name."""
    said = {**event.before, **event.after}
    return event.what in SAID_OF_PARTNERSHIPS and event.actor == said.get("lead_provider")


def _reported(_: Evidence, after: Evidence) -> str:
    return (
        f"Training with {after.get('lead_provider')} {_in_year(after)} was confirmed. "
        f"The delivery partner is {after.get('delivery_partner')}"
    )


def _changed(before: Evidence, after: Evidence) -> str:
    return (
        f"The delivery partner for training with {before.get('lead_provider')} {_in_year(before)} "
        f"changed from {before.get('delivery_partner')} to {after.get('delivery_partner')}"
    )


def _ended(before: Evidence, _: Evidence) -> str:
    return (
        f"Training with {before.get('lead_provider')} {_in_year(before)} is no longer confirmed, "
        f"because the partnership with {before.get('delivery_partner')} ended"
    )


def _in_year(evidence: Evidence) -> str:
    return f"in the academic year {academic_year(int(evidence.get('year') or 0))}"


SAID_OF_PARTNERSHIPS: Mapping[What, Callable[[Evidence, Evidence], str]] = {
    What.PARTNERSHIP_REPORTED: _reported,
    What.PARTNERSHIP_CHANGED: _changed,
    What.PARTNERSHIP_ENDED: _ended,
}
