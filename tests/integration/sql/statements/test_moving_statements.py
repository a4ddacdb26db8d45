"""Days that move with a mentor, a school or a first day read the mentors of ECTs at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from adapters.sql.store import SqlStore
from bench.registration import recorded
from builders import TERM_STARTS, TODAY, URN, a_mentor, a_mentorship, a_school
from ect_registration.domain.calendar import Period, day_before
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.change_draft import EctChangeDraft
from ect_registration.domain.email import Email
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.school import SchoolStatus
from ect_registration.domain.values import Trn
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.changing.change_ect import look_at_ect_change
from ect_registration.use_cases.changing.leaving import look_at_mentor_leaving
from ect_registration.use_cases.gias.closing import end_school
from ect_registration.use_cases.transactions import Actor
from integration.sql.databases import new_database
from integration.web.foundation import ports_on
from integration.web.school import School, somebody
from unit.use_cases.town import town

CHANGED_ON = TERM_STARTS.replace(day=8)
# A statement that looks for mentors by their ids.
_BY_ID = re.compile(r"^SELECT .*WHERE mentor_periods\.public_id (=|IN)", re.DOTALL)
HANNAH = Actor("user-1", URN)


def _mentor(number: int) -> MentorAtSchool:
    return a_mentor(
        teacher=Teacher(Trn(f"{5000000 + number}"), f"Mentor {number:02}"),
        email=Email(f"mentor{number}@example.org"),
    )


def _peopled(school: School, ects: int) -> MentorAtSchool:
    """So many ECTs, each with a mentor of their own before the one whom they share."""
    shared = school.has_mentor(_mentor(0))
    before, since = Period(TERM_STARTS, day_before(CHANGED_ON)), Period(CHANGED_ON)
    for number in range(1, ects + 1):
        first = a_mentorship(school.has_mentor(_mentor(number)), period=before)
        school.has(somebody(number, mentorships=(first, a_mentorship(shared, period=since))))
    return shared


def _leave(school: School, mentor: MentorAtSchool) -> None:
    look_at_mentor_leaving(mentor.id, TODAY, HANNAH, school.ports)


def _close(school: School, _: MentorAtSchool) -> None:
    with school.ports.unit_of_work() as uow:
        uow.hold([Hold.EVERYTHING])
        uow.schools.save(a_school(status=SchoolStatus.CLOSED, opened_on=TERM_STARTS))
        uow.commit()
    end_school(URN, TODAY, "operator", school.ports, dry_run=True)


def _correct(school: School, _: MentorAtSchool) -> None:
    with school.ports.reading() as uow:
        [ect, *_] = uow.ects.at_school(URN)
    changes = EctChangeDraft(ect.id, frozenset({"start-date"}), start_date=CHANGED_ON)
    assert not isinstance(look_at_ect_change(changes, HANNAH, school.ports), Blocked)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize(("act", "reads"), [(_leave, 3), (_close, 1), (_correct, 1)])
def test_the_mentors_of_ects_are_read_in_one_statement(
    act: Callable[[School, MentorAtSchool], None], reads: int, kind: str, tmp_path: Path
) -> None:
    """So it is however many they are; two more find the mentor who leaves, and their ECTs."""
    with closing(SqlStore.at(new_database(kind, tmp_path))) as store:
        school = School.of(ports_on(store, town()))
        shared = _peopled(school, 5)
        with recorded() as statements:
            act(school, shared)

    assert sum(bool(_BY_ID.search(text)) for text, *_ in statements) == reads
