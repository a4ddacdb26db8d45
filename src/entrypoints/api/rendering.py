"""Turns records that a lead provider sees into the shapes of answers, as of a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn

from ect_registration.domain.lead_providers import statuses
from ect_registration.domain.lead_providers.records import (
    Enrolment,
    Participant,
    Place,
    Seen,
    SeenPartner,
    SeenPartnership,
    SeenSchool,
    Transfer,
    Transfers,
    UnfundedMentor,
    Withdrawal,
)
from ect_registration.ports.clock import LONDON, day_in_london
from entrypoints.api.shapes import (
    DeliveryPartnerShape,
    EnrolmentShape,
    IdChangeShape,
    ParticipantShape,
    PartnershipShape,
    PlaceShape,
    SchoolShape,
    TransferShape,
    TransfersShape,
    TransferStatus,
    UnfundedMentorShape,
    WithdrawalShape,
)

Attributes = (
    ParticipantShape
    | TransfersShape
    | UnfundedMentorShape
    | PartnershipShape
    | DeliveryPartnerShape
    | SchoolShape
)


def _converter() -> Converter:
    converter = Converter()
    converter.register_unstructure_hook(UUID, str)
    converter.register_unstructure_hook(datetime, in_utc)
    converter.register_unstructure_hook(date, lambda day: day.isoformat())
    place = make_dict_unstructure_fn(PlaceShape, converter, _cattrs_omit_if_default=True)
    converter.register_unstructure_hook(PlaceShape, place)
    return converter


def in_utc(moment: datetime) -> str:
    """Returns a moment with everything that is kept of it, so that a client can ask from it on."""
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


_CONVERTER = _converter()


def plain(shape: attrs.AttrsInstance) -> Any:
    """Returns a shape as JSON has it."""
    return _CONVERTER.unstructure(shape)


def resource(id: UUID, kind: str, attributes: Attributes) -> dict[str, object]:
    """Returns one record of an answer."""
    return {"id": str(id), "type": kind, "attributes": plain(attributes)}


def record_resource(seen: Seen, day: date) -> dict[str, object]:
    """Returns a record as it is shown on a day."""
    return resource(seen.id, seen.kind.value, _attributes(seen, day))


def school_resource(school: SeenSchool) -> dict[str, object]:
    """Returns a school as it is shown."""
    attributes = SchoolShape(
        name=school.name,
        urn=school.urn,
        cohort=str(school.cohort),
        in_partnership=school.in_partnership,
        induction_programme_choice=school.programme_choice,
        expression_of_interest=school.expression_of_interest,
        created_at=school.created_at,
        updated_at=school.updated_at,
    )
    return resource(school.id, "school", attributes)


def _attributes(seen: Seen, day: date) -> Attributes:
    match seen.record:
        case Participant() as participant:
            return _participant(participant, seen.updated_at, day)
        case Transfers(transfers=transfers):
            return TransfersShape(
                tuple(_transfer(each, day) for each in transfers), seen.updated_at
            )
        case UnfundedMentor(full_name=name, email=email, trn=trn):
            return UnfundedMentorShape(name, email, trn, seen.created_at, seen.updated_at)
        case SeenPartnership() as partnership:
            return _partnership(partnership, seen, day)
        case SeenPartner(name=name, cohorts=cohorts):
            years = tuple(map(str, cohorts))
            return DeliveryPartnerShape(name, years, seen.created_at, seen.updated_at)


def _participant(participant: Participant, updated_at: datetime, day: date) -> ParticipantShape:
    return ParticipantShape(
        full_name=participant.full_name,
        teacher_reference_number=participant.trn,
        ecf_enrolments=tuple(_enrolment(each, day) for each in participant.enrolments),
        participant_id_changes=tuple(
            IdChangeShape(each.before, each.after, each.at) for each in participant.id_changes
        ),
        updated_at=updated_at,
    )


def _enrolment(enrolment: Enrolment, day: date) -> EnrolmentShape:
    withdrawal = statuses.withdrawal_on(enrolment, day)
    return EnrolmentShape(
        training_record_id=enrolment.training_record_id,
        email=enrolment.email,
        mentor_id=statuses.mentor_on(enrolment, day),
        school_urn=enrolment.school,
        participant_type=enrolment.role,
        working_pattern=enrolment.working_pattern,
        cohort=str(enrolment.cohort),
        training_status=statuses.training_status(enrolment, day),
        participant_status=statuses.participant_status(enrolment, day),
        eligible_for_funding=statuses.eligible_for_funding(enrolment, day),
        schedule_identifier=statuses.schedule_of(enrolment.training.first),
        delivery_partner_id=enrolment.delivery_partner,
        withdrawal=_withdrawal(withdrawal) if withdrawal else None,
        created_at=enrolment.created_at,
        induction_end_date=enrolment.induction_ended_on,
        most_recent_induction_period_end_date=enrolment.induction_period_ended_on,
        overall_induction_start_date=enrolment.induction_started_on,
        mentor_funding_end_date=enrolment.funding_ended_on,
        mentor_ineligible_for_funding_reason=enrolment.why_not_funded,
    )


def _withdrawal(withdrawal: Withdrawal) -> WithdrawalShape:
    return WithdrawalShape(withdrawal.reason, _moment_of(withdrawal))


def _moment_of(withdrawal: Withdrawal) -> datetime:
    """Returns midnight in London of the last day, or the moment of what had not begun."""
    if withdrawal.on is not None:
        return datetime.combine(withdrawal.on, time(), LONDON).astimezone(UTC)
    assert withdrawal.at is not None  # noqa: S101 - one of the two is there
    return withdrawal.at


def _transfer(transfer: Transfer, day: date) -> TransferShape:
    complete = statuses.is_complete(transfer, day)
    return TransferShape(
        training_record_id=transfer.training_record_id,
        transfer_type=statuses.transfer_type(transfer),
        status=TransferStatus.COMPLETE if complete else TransferStatus.INCOMPLETE,
        created_at=day_in_london(transfer.created_at),
        leaving=_place(transfer.leaving),
        joining=_place(transfer.joining) if transfer.joining else None,
    )


def _place(place: Place) -> PlaceShape:
    return PlaceShape(place.school, place.lead_provider, place.on)


def _partnership(partnership: SeenPartnership, seen: Seen, day: date) -> PartnershipShape:
    return PartnershipShape(
        cohort=str(partnership.cohort),
        urn=partnership.urn,
        school_id=partnership.school,
        delivery_partner_id=partnership.delivery_partner,
        delivery_partner_name=partnership.delivery_partner_name,
        participants_currently_training=statuses.in_training(partnership.trainings, day),
        updated_at=seen.updated_at,
        created_at=seen.created_at,
    )
