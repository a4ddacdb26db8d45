"""Midnight passes while somebody works: what they do is decided, written and shown by one day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import attrs
import pytest

from ect_registration.domain.drafts.change_draft import EctChangeDraft, MentorChangeDraft
from ect_registration.domain.email import Email
from ect_registration.use_cases.bulk.on_a_page import foresee, register_as_shown
from ect_registration.use_cases.changing.change_ect import change_ect
from ect_registration.use_cases.changing.change_mentor import change_mentor
from ect_registration.use_cases.changing.leaving import report_ect_leaving, report_mentor_leaving
from ect_registration.use_cases.changing.removing_mentor import remove_mentor
from ect_registration.use_cases.changing.undo.undoing import undo_ect, undo_mentor
from ect_registration.use_cases.school.ect_details import ect_in_detail
from unit.use_cases.bulk.test_bulk import BRAMS, NOORS, rows_of
from unit.use_cases.mentoring import registers
from unit.use_cases.service import ACTOR, HandClock

LAST_DAY, EMAIL = date(2025, 10, 24), Email("new@example.org")


@attrs.define
class Midnight(HandClock):
    """Says another day each time that it is asked."""

    asked: int = 0

    def today(self) -> date:
        """Returns the day, and turns to the next one."""
        today = super().today() + timedelta(self.asked)
        self.asked += 1
        return today


ACTS: dict[str, Callable] = {
    "change-ect": lambda ect, _, ports: change_ect(
        EctChangeDraft(ect.id, frozenset({"email"}), email=EMAIL), ACTOR, ports
    ),
    "change-mentor": lambda _, mentor, ports: change_mentor(
        MentorChangeDraft(mentor.id, frozenset({"email"}), email=EMAIL), ACTOR, ports
    ),
    "leaving-ect": lambda ect, _, ports: report_ect_leaving(ect.id, LAST_DAY, ACTOR, ports),
    "leaving-mentor": lambda _, mentor, ports: report_mentor_leaving(
        mentor.id, LAST_DAY, ACTOR, ports
    ),
    "remove-mentor": lambda ect, _, ports: remove_mentor(ect.id, LAST_DAY, ACTOR, ports),
    "undo-ect": lambda ect, _, ports: undo_ect(ect.id, ACTOR, ports),
    "undo-mentor": lambda _, mentor, ports: undo_mentor(mentor.id, ACTOR, ports),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_change_reads_the_day_once(service, act):
    """Or it would decide on one day, and write by the next."""
    ect = service.register(start_date="2025-09-01").ect
    mentor = registers(service, ect).mentor
    lines = len(service.history())
    clock = Midnight()
    ACTS[act](ect, mentor, attrs.evolve(service.ports, clock=clock))

    assert len(service.history()) > lines
    assert clock.asked == 1


def test_a_file_on_a_page_reads_the_day_once(service):
    """Rows that are looked at, and those registered as shown, are all decided on one day."""
    looking, registering = Midnight(), Midnight()
    rows = foresee(rows_of({}, BRAMS, NOORS), ACTOR, attrs.evolve(service.ports, clock=looking))
    shown = [each.shown for each in rows if each.shown is not None]
    register_as_shown(shown, ACTOR, attrs.evolve(service.ports, clock=registering))

    assert (len(shown), looking.asked, registering.asked) == (3, 1, 1)


def test_the_page_of_an_ect_reads_the_day_once(service):
    """Or it would offer a change that is for another day than the status it shows."""
    ect = service.register().ect
    clock = Midnight()
    ect_in_detail(ect.id, ect.school, attrs.evolve(service.ports, clock=clock))

    assert clock.asked == 1
