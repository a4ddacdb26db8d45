"""What ends, is undone or removed comes to what the check page showed, or nothing is saved."""

from __future__ import annotations

from datetime import date

import pytest

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.rules.check_answers import SAVED_AS_SHOWN
from ect_registration.use_cases.changing.leaving import (
    look_at_ect_leaving,
    look_at_mentor_leaving,
    report_ect_leaving,
    report_mentor_leaving,
)
from ect_registration.use_cases.changing.removing_mentor import (
    look_at_removing_mentor,
    remove_mentor,
)
from ect_registration.use_cases.changing.undo.undoing import (
    look_at_undoing_ect,
    look_at_undoing_mentor,
    undo_ect,
    undo_mentor,
)
from unit.use_cases.mentoring import registers
from unit.use_cases.service import ACTOR

IN_OCTOBER, LATER = date(2025, 10, 24), date(2025, 10, 31)

ACTS = {
    "an ECT leaves": (0, look_at_ect_leaving, report_ect_leaving, (IN_OCTOBER,)),
    "a mentor leaves": (1, look_at_mentor_leaving, report_mentor_leaving, (IN_OCTOBER,)),
    "an ECT is undone": (0, look_at_undoing_ect, undo_ect, ()),
    "a mentor is undone": (1, look_at_undoing_mentor, undo_mentor, ()),
    "a mentor is removed": (0, look_at_removing_mentor, remove_mentor, (IN_OCTOBER,)),
}


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_saved_that_comes_to_something_else_by_now(service, act):
    """What was shown anew is saved."""
    which, look, write, answers = ACTS[act]
    ect = service.register().ect
    id = (ect.id, registers(service, ect).mentor.id)[which]
    shown = look(id, *answers, ACTOR, service.ports)
    remove_mentor(ect.id, LATER, ACTOR, service.ports)
    before = service.store.state
    refused = write(id, *answers, ACTOR, service.ports, shown=shown)

    assert isinstance(refused, Blocked)
    assert refused.rule is SAVED_AS_SHOWN
    assert service.store.state == before
    again = look(id, *answers, ACTOR, service.ports)
    assert not isinstance(write(id, *answers, ACTOR, service.ports, shown=again), Blocked)
    assert service.store.state != before
