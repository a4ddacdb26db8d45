from __future__ import annotations

from datetime import timedelta

from builders import ECT_TRN, TODAY, a_school, a_session
from ect_registration.domain.attempts import Attempted
from ect_registration.domain.notice import Role
from ect_registration.domain.records.refusal import Refusal, RefusedPerson
from ect_registration.use_cases.journeys.saved_journeys import start
from ect_registration.use_cases.operating.purge import purge
from ect_registration.use_cases.operating.refusals import keep_refusals
from ect_registration.use_cases.signing_in.limits import count
from unit.use_cases.service import ACTOR


def test_what_is_over_is_removed_once(service):
    """Of every kind; what is in use stays."""
    service.do(lambda uow: uow.schools.save(a_school()))
    service.do(lambda uow: uow.sessions.add(a_session()))
    start(ACTOR, service.ports)
    count(Attempted.DOWNLOAD, ACTOR.user, service.ports)
    at_once = purge(service.ports)
    service.clock.wait(hours=24)
    start(ACTOR, service.ports)
    later = [purge(service.ports) for _ in range(2)]

    nothing = {"journeys": 0, "sessions": 0, "attempts": 0, "notices": 0, "refusals": 0}
    assert at_once == later[1] == nothing
    assert later[0] == nothing | {"journeys": 1, "sessions": 1, "attempts": 1}


def test_a_refusal_is_removed_after_90_days(service):
    """It is there on the last of them."""
    service.do(lambda uow: uow.schools.save(a_school()))
    person = RefusedPerson(ECT_TRN, ACTOR.school, ACTOR.user)
    keep_refusals([Refusal(TODAY, "email-in-use", Role.ECT, person)], service.ports)
    removed = []
    for day in (TODAY + timedelta(days=90), TODAY + timedelta(days=91)):
        service.clock.turn_to(day)
        removed.append(purge(service.ports)["refusals"])

    assert removed == [0, 1]
