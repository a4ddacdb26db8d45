from __future__ import annotations

from datetime import date
from uuid import uuid4

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    ECT_TRN,
    LEAD_PROVIDER,
    MENTOR_TRN,
    TERM_STARTS,
    THIS_YEAR,
    TODAY,
    URN,
    a_mentor,
    a_partnership,
    a_teacher,
    a_training,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.people.training import TrainingId
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.registering.programme import (
    CONFIRMED_OR_INTEREST,
    LEAD_PROVIDER_NOT_AVAILABLE,
)
from ect_registration.domain.school import DeliveryPartner
from ect_registration.domain.values import Trn
from ect_registration.use_cases.operating.partnerships import Reported, report_partnership
from ect_registration.use_cases.operating.person import history_of
from ect_registration.use_cases.registering.documents import InvalidRequest
from ect_registration.use_cases.registering.partnership_document import partnership_of
from ect_registration.use_cases.school.ect_details import ect_in_detail
from unit.use_cases.service import USER
from unit.use_cases.town import (
    NEXT_YEAR,
    NO_LONGER,
    OTHER_PARTNER,
    OTHER_SCHOOL,
    THIS_YEAR_ONLY,
    UNHEARD_OF,
    UNKNOWN_SCHOOL,
)


def _report(service, **changes):
    return report_partnership(a_partnership(**changes), USER, service.ports)


def _kept(service, school=URN):
    with service.store.reading() as uow:
        return list(uow.partnerships.of_school(school))


def test_a_partnership_is_kept(service):
    """With nothing waiting, it confirms nothing."""
    assert (_report(service), _kept(service)) == (Reported(a_partnership(), 0), [a_partnership()])


def test_a_dry_run_keeps_nothing(service):
    """It says what a partnership would confirm."""
    outcome = report_partnership(a_partnership(), USER, service.ports, dry_run=True)

    assert (outcome, _kept(service)) == (Reported(a_partnership(), 0), [])


DOCUMENT = {
    "school": str(URN),
    "lead_provider": LEAD_PROVIDER,
    "delivery_partner": DELIVERY_PARTNER,
    "year": THIS_YEAR.starts_in,
}


def test_a_partnership_is_read_from_a_document():
    """Names are trimmed."""
    document = DOCUMENT | {"lead_provider": f" {LEAD_PROVIDER} "}

    assert partnership_of(document, TODAY) == a_partnership()


def test_all_mistakes_of_a_document_are_told_at_once():
    """In the order of its keys."""
    document = DOCUMENT | {"lead_provider": " ", "school": "x", "year": True, "more": 1}
    with pytest.raises(InvalidRequest) as mistake:
        partnership_of(document, TODAY)

    assert [(each.field, each.rule) for each in mistake.value.mistakes] == [
        ("school", "own-school-only"),
        ("lead_provider", None),
        ("year", None),
        ("more", None),
    ]


def test_a_partnership_confirms_what_waits_for_it(service):
    """ECTs and mentors alike."""
    service.register()
    training = a_training(id=TrainingId(uuid4()))
    service.has_mentor(a_mentor(trainings=(training,)))
    reported = _report(service)
    with service.store.reading() as uow:
        [mentor] = uow.mentors.of_people([MENTOR_TRN])

    assert (
        reported.confirmed,
        service.ects_of(ECT_TRN)[0].training.delivery_partner,
        mentor.trainings[0].delivery_partner,
    ) == (2, DELIVERY_PARTNER, DELIVERY_PARTNER)


@pytest.mark.parametrize(
    "other",
    [
        {"school": OTHER_SCHOOL},
        {"lead_provider": THIS_YEAR_ONLY, "delivery_partner": OTHER_PARTNER},
        {"year": THIS_YEAR.plus(-1)},
    ],
    ids=["school", "lead provider", "year"],
)
def test_a_partnership_confirms_nothing_else(service, other):
    """It is one of a school, a lead provider and a year."""
    service.register()

    assert _report(service, **other).confirmed == 0


def test_the_same_again_changes_nothing(service):
    """Neither the partnership nor the history."""
    _report(service)
    history = service.history()
    again = _report(service)

    assert (again, _kept(service), service.history()) == (
        Reported(a_partnership(), 0),
        [a_partnership()],
        history,
    )


def test_the_same_again_holds_although_they_stopped_working_together(service):
    """What was right when it was reported stays."""
    _report(service)
    service.do(lambda uow: uow.offers.save_delivery_partner(DeliveryPartner(DELIVERY_PARTNER)))

    assert _report(service) == Reported(a_partnership(), 0)


def test_the_same_again_confirms_what_waits_since(service):
    """And that is written down."""
    _report(service)
    service.has_mentor(a_mentor(trainings=(a_training(),)))
    again = _report(service)

    own = [change for change in service.history() if change.about is None]
    assert (again.confirmed, [change.after["confirmed"] for change in own]) == (1, [0, 1])


def test_another_delivery_partner_in_the_same_year_is_refused(service):
    """One partnership at most per school, lead provider and year."""
    _report(service)
    blocked = _report(service, delivery_partner=OTHER_PARTNER)

    assert (blocked.rule, blocked.kind, blocked.field, _kept(service)) == (
        CONFIRMED_OR_INTEREST,
        Kind.REFUSED,
        "delivery_partner",
        [a_partnership()],
    )


REFUSED = {
    "an unknown school": (
        {"school": UNKNOWN_SCHOOL},
        OWN_SCHOOL_ONLY,
        Kind.INVALID,
        "school",
    ),
    "an unknown lead provider": (
        {"lead_provider": UNHEARD_OF},
        LEAD_PROVIDER_NOT_AVAILABLE,
        Kind.INVALID,
        "lead_provider",
    ),
    "an unknown delivery partner": (
        {"delivery_partner": UNHEARD_OF},
        CONFIRMED_OR_INTEREST,
        Kind.REFUSED,
        "delivery_partner",
    ),
    "two that do not work together then": (
        {"year": NEXT_YEAR},
        CONFIRMED_OR_INTEREST,
        Kind.REFUSED,
        "delivery_partner",
    ),
    "two that do not work together": (
        {"lead_provider": NO_LONGER},
        CONFIRMED_OR_INTEREST,
        Kind.REFUSED,
        "delivery_partner",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_a_partnership(service, what):
    """Is named by its rule and field, and nothing is kept."""
    changes, rule, kind, field = REFUSED[what]
    blocked = _report(service, **changes)

    assert (
        blocked.rule,
        blocked.kind,
        blocked.field,
        isinstance(blocked, Blocked) and bool(blocked.message),
        _kept(service, changes.get("school", URN)),
    ) == (rule, kind, field, True, [])


def test_a_partnership_is_a_line_of_history(service):
    """At the school whose it is."""
    _report(service)

    assert service.history() == [
        Change(
            at=service.clock.now(),
            actor=USER,
            school=URN,
            what=What.PARTNERSHIP_REPORTED,
            rules=("confirmed-or-interest",),
            after={
                "lead_provider": LEAD_PROVIDER,
                "delivery_partner": DELIVERY_PARTNER,
                "year": 2025,
                "confirmed": 0,
            },
        )
    ]


def test_each_person_whose_training_it_confirms_has_a_line_too(service):
    """By whom, when and under which rule, once for two trainings of one period."""
    ect = service.register().ect
    both = (
        a_training(id=TrainingId(uuid4()), period=Period(TERM_STARTS, TODAY)),
        a_training(id=TrainingId(uuid4()), period=Period(date(2025, 12, 1))),
    )
    mentor = service.has_mentor(a_mentor(trainings=both))
    service.clock.wait(hours=1)
    reported = _report(service)
    [own, *people] = [each for each in service.history() if each.at == service.clock.now()]

    assert (reported.confirmed, own.after["confirmed"], own.about) == (3, 3, None)
    confirmed = attrs.evolve(
        own, after={key: value for key, value in own.after.items() if key != "confirmed"}
    )
    assert people == [
        attrs.evolve(confirmed, trn=each.teacher.trn, about=each.id) for each in (ect, mentor)
    ]
    assert history_of(MENTOR_TRN, service.ports) == [people[1]]
    assert ect_in_detail(ect.id, URN, service.ports).history[0].what is What.PARTNERSHIP_REPORTED


def test_a_line_is_about_nobody_whose_training_it_does_not_confirm(service):
    """At another school, withdrawn, or over."""
    for number, more in enumerate(
        (
            {"school": OTHER_SCHOOL, "trainings": (a_training(id=TrainingId(uuid4())),)},
            {"trainings": (a_training(id=TrainingId(uuid4()), withdrawn=True),)},
            {
                "trainings": (
                    a_training(id=TrainingId(uuid4()), period=Period(TERM_STARTS, TERM_STARTS)),
                )
            },
        )
    ):
        teacher = a_teacher(trn=Trn(f"{4_000_000 + number}"))
        service.has_mentor(a_mentor(id=uuid4(), teacher=teacher, email=None, **more))
    _report(service)

    assert [each.about for each in service.history()] == [None]
