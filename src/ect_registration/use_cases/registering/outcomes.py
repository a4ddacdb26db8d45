"""What a registration or an assignment came to."""

from __future__ import annotations

import attrs

from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.rules.check_answers import AssignmentPreview
from ect_registration.domain.rules.mentors.mentor_training import MentorTraining, NotFunded
from ect_registration.domain.values import Trn


@attrs.frozen
class Registered:
    """The new record of an ECT; with a dry run, the record as it would be."""

    ect: EctAtSchool
    merged_from: Trn | None = None  # the TRN typed, when TRS has merged it into the ECT's


@attrs.frozen
class Assigned:
    """An ECT with their mentor, and the mentor's training as the school is told of it."""

    ect: EctAtSchool
    mentor: MentorAtSchool
    training: MentorTraining
    lead_provider: str | None
    is_new: bool
    delivery_partner: str | None = None  # of that training, begun now or before
    merged_from: Trn | None = None  # the TRN typed, when TRS has merged it into the mentor's
    told: str | None = None  # about funded training, where it comes up with this ECT
    not_funded: NotFunded | None = None  # why there is none, as far as our records go
    preview: AssignmentPreview | None = None  # None where an earlier submission did it
