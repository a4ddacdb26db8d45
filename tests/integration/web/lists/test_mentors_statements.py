from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from adapters.sql.store import SqlStore
from bench.registration import recorded
from builders import TODAY, URN, a_mentor
from crowds import crowd
from ect_registration.domain.email import Email
from ect_registration.domain.people.mentor import MentorAtSchool, MentorTrainingHistory
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.search.ect_search import EctsWanted
from ect_registration.domain.values import Trn
from ect_registration.ports.stored.holds import Hold
from integration.sql.databases import new_database
from integration.web.lists.test_ects_statements import _a_school

MENTORS, MERGED = 1000, 30


def _mentor(number: int) -> MentorAtSchool:
    return a_mentor(
        teacher=Teacher(Trn(f"{5000000 + number}"), f"Mentor {number:04}"),
        email=Email(f"mentor{number}@example.org"),
        trainings=(),
    )


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_pages_about_mentors_take_six_statements_at_most(kind: str, tmp_path: Path) -> None:
    """With a thousand mentors at the school, and with the one that says who is signed in.

    TRNs were merged into those of a page and a half, under which earlier training is known.
    """
    with closing(SqlStore.at(new_database(kind, tmp_path))) as store:
        crowd(store, 10)
        mentors = [_mentor(number) for number in range(MENTORS)]
        with store.unit_of_work() as uow:
            uow.hold([Hold.EVERYTHING])
            for mentor in mentors:
                uow.teachers.save(mentor.teacher)
                uow.emails.claim(mentor.email, mentor.teacher.trn, TODAY)
                uow.mentors.add(mentor)
            for number, mentor in enumerate(mentors[:MERGED]):
                uow.teachers.merge(old := Trn(f"{6000000 + number}"), mentor.teacher.trn)
                uow.mentors.save_training_history(MentorTrainingHistory(old, True))
            uow.commit()
        client, counts = _a_school(store).user(), {}
        one, funded = (f"/school/mentors/{mentors[each].id}" for each in (0, MERGED))
        with store.reading() as uow:
            waiting = uow.ects.look(EctsWanted(URN, TODAY), 0, 3).ects
        ticked = "&".join(f"ect={ect.id}" for ect in waiting)
        for address in (
            "/school/mentors",
            "/school/mentors?page=2",
            "/school/mentors?page=3",
            "/school/mentors?page=9999",
            "/school/mentors?search=77",
            "/school/mentors/register",
            "/school/mentors/register?page=9999",
            "/school/mentors/register?search=7",
            one,
            f"{one}/assign",
            f"{one}/assign?{ticked}",
            f"{one}/assign/training?{ticked}",
            f"{funded}/assign/training?{ticked}",
            f"{funded}/assign/lead-provider?{ticked}",
        ):
            with recorded() as statements:
                assert client.get(address).status_code == 200
            counts[address] = len(statements)

    assert max(counts.values()) <= 6
