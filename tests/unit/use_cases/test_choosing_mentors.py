from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest

from builders import TODAY, URN, a_mentor, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.teacher import Teacher
from ect_registration.domain.values import Trn
from ect_registration.use_cases.choosing_mentors import MentorToChoose, choose_mentor
from unit.use_cases.service import Service
from unit.use_cases.town import OTHER_SCHOOL, town

DAY = timedelta(1)
A_YEAR_AGO, IN_OCTOBER = date(2024, 9, 1), date(2025, 10, 24)


@pytest.fixture
def service():
    """The town."""
    return Service.of(town())


def _mentor(service, number, name, *days, **changes):
    mentor = a_mentor(
        teacher=Teacher(Trn(f"200000{number}"), name),
        email=Email(f"mentor{number}@example.org"),
        period=Period(*days or [A_YEAR_AGO]),
    )
    return service.has_mentor(attrs.evolve(mentor, **changes))


def test_existing_or_new_mentor(service):
    """Everybody with an open period here, by name; those to come and to leave are marked."""
    ect = service.has_ect(an_ect())
    tilda = _mentor(service, 1, "Tilda Swan")
    adam = _mentor(service, 2, "Adam Vale", A_YEAR_AGO, TODAY)
    kit = _mentor(service, 3, "Kit Ames", TODAY + DAY, IN_OCTOBER)
    _mentor(service, 4, "Left Yesterday", A_YEAR_AGO, TODAY - DAY)
    _mentor(service, 5, "Other School", school=OTHER_SCHOOL)

    question = choose_mentor(ect.id, URN, service.ports)

    assert (question.ect.id, question.mentors) == (
        ect.id,
        [
            MentorToChoose(adam.id, "Adam Vale", "2000002", None, TODAY),
            MentorToChoose(kit.id, "Kit Ames", "2000003", TODAY + DAY, IN_OCTOBER),
            MentorToChoose(tilda.id, "Tilda Swan", "2000001", None, None),
        ],
    )
