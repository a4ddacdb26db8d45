"""The reason of an operator who does a school's work stands on every line of it."""

from __future__ import annotations

import attrs

from builders import MENTOR_TRN, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.use_cases.bulk.register_many import register_many
from ect_registration.use_cases.changing.removing_mentor import remove_mentor
from ect_registration.use_cases.operating.person import history_of
from ect_registration.use_cases.registering.assign_mentor import assign_mentor
from ect_registration.use_cases.registering.register_ect import register_ect
from ect_registration.use_cases.registering.register_mentor import register_mentor
from unit.use_cases.bulk.test_bulk import rows_of
from unit.use_cases.mentoring import a_provider_led_ect, the_assignment, the_new_mentor
from unit.use_cases.service import ACTOR, USER
from unit.use_cases.town import OTHER_SCHOOL, the_document

WHY = "asked by phone"


def reasons(service, *trns):
    """The lines about these people that the user wrote, each with its reason."""
    return [
        (change.what.value, change.after.get("reason"))
        for trn in trns
        for change in history_of(trn, service.ports)
        if change.actor == USER
    ]


def test_a_registration_and_the_transfer_that_it_makes(service):
    """At both schools."""
    service.has_ect(
        an_ect(school=OTHER_SCHOOL, period=Period(an_ect().period.started_on.replace(year=2024)))
    )
    done = register_ect(the_document(), USER, service.ports, reason=WHY)

    assert reasons(service, done.ect.teacher.trn) == [
        ("ect-registered", WHY),
        ("ect-transferred", WHY),
    ]


def test_the_rows_of_a_file(service):
    """Each of them."""
    [row] = register_many(rows_of({}), USER, service.ports, reason=WHY)

    assert reasons(service, row.outcome.ect.teacher.trn) == [("ect-registered", WHY)]


def test_a_new_mentor_and_an_assignment(service):
    """Told of the ECT and of the mentor."""
    ect = service.has_ect(a_provider_led_ect())
    document = the_new_mentor(ect)
    mentor = register_mentor(document, USER, service.ports, reason=WHY).mentor
    again = the_assignment(ect, mentor) | {"replace": True}
    assign_mentor(again, USER, service.ports, reason=WHY)

    assert {reason for _, reason in reasons(service, ect.teacher.trn, MENTOR_TRN)} == {WHY}


def test_a_mentor_who_is_removed(service, ect, mentor):
    """The line is about the ECT."""
    remove_mentor(ect.id, None, attrs.evolve(ACTOR, reason=WHY), service.ports)

    assert reasons(service, ect.teacher.trn) == [("mentor-removed", WHY)]
