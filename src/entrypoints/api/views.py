"""The endpoints for lead providers: each reads what is asked, and answers what they see."""

from __future__ import annotations

from hashlib import sha256

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.lead_providers.records import Kind, Seen
from ect_registration.domain.rules.outputs.lead_providers import cohort_of
from ect_registration.ports.stored.lead_providers import Admission, Wanted, WantedSchools
from ect_registration.use_cases.lead_providers import partnerships as reporting
from ect_registration.use_cases.lead_providers import reading
from entrypoints.api.answers import data, not_found, troubles
from entrypoints.api.bodies import WrongAttributes, attributes_in
from entrypoints.api.endpoints import Endpoint, Endpoints
from entrypoints.api.parameters import (
    A_COHORT,
    COHORT,
    COHORTS,
    DELIVERY_PARTNERS,
    FROM_PARTICIPANT,
    TRAINING_STATUS,
    UPDATED_SINCE,
    URN,
    Filter,
    id_of,
    narrowing,
    order_of,
    page_of,
)
from entrypoints.api.rendering import record_resource, school_resource
from entrypoints.api.shapes import (
    ChangedPartnership,
    DeliveryPartnerShape,
    NewPartnership,
    ParticipantShape,
    PartnershipShape,
    SchoolShape,
    TransfersShape,
    Trouble,
    UnfundedMentorShape,
)
from entrypoints.web.platform.context import current_ports

blueprint = Blueprint("lead_provider_api", __name__)
endpoints = Endpoints(blueprint)

PARTICIPANTS = (COHORTS, UPDATED_SINCE, TRAINING_STATUS, FROM_PARTICIPANT)
PARTNERSHIPS = (COHORTS, UPDATED_SINCE, DELIVERY_PARTNERS)
SCHOOLS = (COHORT, URN, UPDATED_SINCE)


def _list(
    path: str, kind: Kind, shape: type, filters: tuple[Filter, ...] = (UPDATED_SINCE,)
) -> Endpoint:
    return Endpoint(path=path, kind=kind, shape=shape, many=True, filters=filters)


@endpoints.add(_list("/participants", Kind.PARTICIPANT, ParticipantShape, PARTICIPANTS))
def participants() -> ResponseReturnValue:
    """People whose training with you is confirmed, including past and future training."""
    return _records(Kind.PARTICIPANT, PARTICIPANTS)


@endpoints.add(_list("/participants/transfers", Kind.TRANSFER, TransfersShape))
def transfers() -> ResponseReturnValue:
    """People who left a school where you trained them, and where they went."""
    return _records(Kind.TRANSFER, (UPDATED_SINCE,))


@endpoints.add(Endpoint(path="/participants/{id}", kind=Kind.PARTICIPANT, shape=ParticipantShape))
def participant(id: str) -> ResponseReturnValue:
    """One person whose training with you is confirmed."""
    return _record(Kind.PARTICIPANT, id)


@endpoints.add(
    Endpoint(path="/participants/{id}/transfers", kind=Kind.TRANSFER, shape=TransfersShape)
)
def transfers_of_participant(id: str) -> ResponseReturnValue:
    """The moves of one person from schools where you trained them."""
    return _record(Kind.TRANSFER, id)


@endpoints.add(_list("/unfunded-mentors", Kind.UNFUNDED_MENTOR, UnfundedMentorShape))
def unfunded_mentors() -> ResponseReturnValue:
    """Mentors of your ECTs whose mentor training is not with you."""
    return _records(Kind.UNFUNDED_MENTOR, (UPDATED_SINCE,))


@endpoints.add(
    Endpoint(path="/unfunded-mentors/{id}", kind=Kind.UNFUNDED_MENTOR, shape=UnfundedMentorShape)
)
def unfunded_mentor(id: str) -> ResponseReturnValue:
    """One mentor of your ECTs whose mentor training is not with you."""
    return _record(Kind.UNFUNDED_MENTOR, id)


@endpoints.add(
    _list("/delivery-partners", Kind.DELIVERY_PARTNER, DeliveryPartnerShape, (COHORTS,))
)
def delivery_partners() -> ResponseReturnValue:
    """Delivery partners that work with you, and in which academic years."""
    return _records(Kind.DELIVERY_PARTNER, (COHORTS,))


@endpoints.add(
    Endpoint(
        path="/delivery-partners/{id}", kind=Kind.DELIVERY_PARTNER, shape=DeliveryPartnerShape
    )
)
def delivery_partner(id: str) -> ResponseReturnValue:
    """One delivery partner that works with you."""
    return _record(Kind.DELIVERY_PARTNER, id)


@endpoints.add(
    Endpoint(path="/schools", kind="school", shape=SchoolShape, many=True, filters=SCHOOLS)
)
def schools() -> ResponseReturnValue:
    """Schools that may register ECTs, or have training or a partnership in an academic year."""
    narrowed = narrowing(request.args, SCHOOLS)
    wanted = WantedSchools(lead_provider=_whose(), order=order_of(request.args), **narrowed)
    page = page_of(request.args)
    found = reading.page_of_schools(wanted, page, _this_list(), current_ports())
    return data([school_resource(school) for school in found])


@endpoints.add(Endpoint(path="/schools/{id}", kind="school", shape=SchoolShape, filters=(COHORT,)))
def school(id: str) -> ResponseReturnValue:
    """One school in an academic year."""
    cohort, wanted = narrowing(request.args, (COHORT,))["cohort"], id_of(id)
    if wanted is None:
        return not_found()
    found = reading.one_school(_whose(), cohort, wanted, current_ports())
    return not_found() if found is None else data(school_resource(found))


@endpoints.add(_list("/partnerships", Kind.PARTNERSHIP, PartnershipShape, PARTNERSHIPS))
def partnerships() -> ResponseReturnValue:
    """Your partnerships with schools."""
    return _records(Kind.PARTNERSHIP, PARTNERSHIPS)


@endpoints.add(Endpoint(path="/partnerships/{id}", kind=Kind.PARTNERSHIP, shape=PartnershipShape))
def partnership(id: str) -> ResponseReturnValue:
    """One of your partnerships."""
    return _record(Kind.PARTNERSHIP, id)


@endpoints.add(
    Endpoint(
        method="POST",
        path="/partnerships",
        kind=Kind.PARTNERSHIP,
        shape=PartnershipShape,
        body=NewPartnership,
    )
)
def report_partnership() -> ResponseReturnValue:
    """Report a partnership with a school. This confirms the training that waited for it."""
    given, wrong = attributes_in(request.get_data(), NewPartnership, Kind.PARTNERSHIP)
    year, school = cohort_of(given.cohort), id_of(given.school_id)
    partner = id_of(given.delivery_partner_id)
    if wrong or year is None or school is None or partner is None:
        raise WrongAttributes(
            [
                *wrong,
                *([Trouble("cohort", A_COHORT)] if year is None else ()),
                *([_no_id("school_id")] if school is None else ()),
                *([_no_id("delivery_partner_id")] if partner is None else ()),
            ]
        )
    report = reporting.Report(school, year, partner)
    return _written(reporting.report_own_partnership(report, _whose(), current_ports()))


@endpoints.add(
    Endpoint(
        method="PUT",
        path="/partnerships/{id}",
        kind=Kind.PARTNERSHIP,
        shape=PartnershipShape,
        body=ChangedPartnership,
    )
)
def change_partnership(id: str) -> ResponseReturnValue:
    """Change the delivery partner of one of your partnerships."""
    wanted = id_of(id)
    if wanted is None:
        return not_found()
    given, wrong = attributes_in(request.get_data(), ChangedPartnership, Kind.PARTNERSHIP)
    partner = id_of(given.delivery_partner_id)
    if wrong or partner is None:
        no_id = [_no_id("delivery_partner_id")] if partner is None else []
        raise WrongAttributes([*wrong, *no_id])
    changed = reporting.change_own_partnership(wanted, partner, _whose(), current_ports())
    return not_found() if changed is None else _written(changed)


def _records(kind: Kind, filters: tuple[Filter, ...]) -> ResponseReturnValue:
    ports = current_ports()
    wanted = Wanted(
        lead_provider=_whose(),
        kind=kind,
        day=ports.clock.today(),
        order=order_of(request.args),
        **narrowing(request.args, filters),
    )
    found = reading.page_of_records(wanted, page_of(request.args), _this_list(), ports)
    return data([record_resource(seen, wanted.day) for seen in found])


def _record(kind: Kind, text: str) -> ResponseReturnValue:
    id, ports = id_of(text), current_ports()
    seen = None if id is None else reading.one_record(_whose(), kind, id, ports)
    return not_found() if seen is None else data(record_resource(seen, ports.clock.today()))


def _written(outcome: Seen | Blocked) -> ResponseReturnValue:
    if isinstance(outcome, Blocked):
        return troubles(422, Trouble(outcome.field or "partnership", outcome.message))
    return data(record_resource(outcome, current_ports().clock.today()))


def _no_id(name: str) -> Trouble:
    return Trouble(name, f"Give the id that you know from this interface as {name}")


def _whose() -> str:
    """Returns the lead provider whose token the request has."""
    admission: Admission = g.admission
    return admission.lead_provider


def _this_list() -> reading.List:
    """Returns which list is read, whatever the page."""
    asked = sorted(each for each in request.args.items(multi=True) if each[0] != "page[page]")
    text = repr((request.path, asked))
    admission: Admission = g.admission
    return reading.List(admission.token, sha256(text.encode()).hexdigest())
