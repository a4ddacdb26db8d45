"""What lists of lead providers are narrowed by, in memory."""

from __future__ import annotations

from uuid import UUID

from ect_registration.domain.lead_providers.records import (
    Participant,
    Seen,
    SeenPartner,
    SeenPartnership,
)
from ect_registration.domain.lead_providers.statuses import training_status
from ect_registration.ports.stored.lead_providers import Wanted
from ect_registration.testing.memory.state import State


def is_wanted(seen: Seen, wanted: Wanted, state: State) -> bool:
    """Says whether a lead provider asks for a record."""
    retired = state.seen.retired.get(wanted.from_participant) if wanted.from_participant else None
    return (
        (seen.lead_provider, seen.kind) == (wanted.lead_provider, wanted.kind)
        and (wanted.updated_since is None or seen.updated_at >= wanted.updated_since)
        and (wanted.cohorts is None or bool(wanted.cohorts & _cohorts(seen)))
        and (wanted.from_participant is None or (retired and retired.into) == seen.id)
        and (wanted.delivery_partners is None or _partner(seen) in wanted.delivery_partners)
        and _has_status(seen, wanted)
    )


def _cohorts(seen: Seen) -> frozenset[int]:
    match seen.record:
        case Participant(enrolments=enrolments):
            return frozenset(each.cohort for each in enrolments)
        case SeenPartnership(cohort=cohort):
            return frozenset({cohort})
        case SeenPartner(cohorts=cohorts):
            return frozenset(cohorts)
        case _:
            return frozenset()


def _partner(seen: Seen) -> UUID | None:
    return seen.record.delivery_partner if isinstance(seen.record, SeenPartnership) else None


def _has_status(seen: Seen, wanted: Wanted) -> bool:
    if wanted.training_status is None:
        return True
    enrolments = seen.record.enrolments if isinstance(seen.record, Participant) else ()
    return any(training_status(each, wanted.day) is wanted.training_status for each in enrolments)
