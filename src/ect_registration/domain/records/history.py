"""One line of history: who changed what, when, and under which rules."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import attrs

from ect_registration.domain.decisions import Evidence
from ect_registration.domain.values import Trn, Urn


class What(StrEnum):
    """What happened."""

    ECT_REGISTERED = "ect-registered"
    ECT_TRANSFERRED = "ect-transferred"
    ECT_LEAVING = "ect-leaving"
    MENTOR_LEAVING = "mentor-leaving"
    MENTOR_REGISTERED = "mentor-registered"
    MENTOR_MOVED = "mentor-moved"  # to another school, which said that they mentor only there
    MENTOR_ASSIGNED = "mentor-assigned"  # told of the ECT
    ECT_ASSIGNED = "ect-assigned"  # told of the mentor
    MENTORSHIP_ENDED = "mentorship-ended"
    MENTORSHIP_MOVED = "mentorship-moved"  # or ended, with the ECT's record; told of the mentor
    MENTOR_REMOVED = "mentor-removed"  # without another one; told of the ECT
    ECT_UNDONE = "ect-undone"
    MENTOR_UNDONE = "mentor-undone"
    EMAIL_CHANGED = "email-changed"
    DETAILS_CHANGED = "details-changed"
    PARTNERSHIP_REPORTED = "partnership-reported"
    SCHOOL_CLOSED = "school-closed"
    SCHOOL_CLOSING_TAKEN_BACK = "school-closing-taken-back"
    SCHOOL_MOVED = "school-moved"  # to the school that took its place
    REFERENCE_CHANGED = "reference-changed"
    PARTNERSHIP_CHANGED = "partnership-changed"
    PARTNERSHIP_ENDED = "partnership-ended"  # told of each person whose training waits again
    TOKEN_CREATED = "token-created"  # noqa: S105 - what happened, not a token
    TOKEN_REVOKED = "token-revoked"  # noqa: S105
    SESSION_REVOKED = "session-revoked"  # by an operator; users end their own without a line
    ORGANISATION_RENAMED = "organisation-renamed"
    MENTOR_TRAINING_LOADED = "mentor-training-loaded"
    BROUGHT_IN = "brought-in"
    # What the Teaching Record System (TRS) says by now.
    TRNS_MERGED = "trns-merged"
    TRS_NAME_CHANGED = "trs-name-changed"
    TRS_FACTS_CHANGED = "trs-facts-changed"
    ECT_COMPLETED = "ect-completed"
    ECT_REOPENED = "ect-reopened"
    LOOKED_UP = "looked-up"  # by an operator: nothing was changed

    @classmethod
    def _missing_(cls, value: object) -> What | None:
        """Takes the word of a newer version, which writes to the same database, as it is."""
        if not isinstance(value, str):
            return None
        unknown = str.__new__(cls, value)
        unknown._name_, unknown._value_ = "UNKNOWN", value
        return unknown


@attrs.frozen
class Change:
    """One line of history, written in the transaction that changes, and never changed itself."""

    at: datetime
    actor: str
    school: Urn | None
    what: What
    rules: tuple[str, ...] = ()
    trn: Trn | None = None
    about: UUID | None = None  # the public id of the period
    before: Evidence = attrs.Factory(dict)
    after: Evidence = attrs.Factory(dict)
