from __future__ import annotations

from builders import a_school, a_session
from ect_registration.domain.attempts import Attempted
from ect_registration.use_cases.journeys.saved_journeys import start
from ect_registration.use_cases.operating.purge import purge
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

    assert at_once == later[1] == {"journeys": 0, "sessions": 0, "attempts": 0, "notices": 0}
    assert later[0] == {"journeys": 1, "sessions": 1, "attempts": 1, "notices": 0}
