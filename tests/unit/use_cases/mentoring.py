"""ECTs who need a mentor, and schools that give them one."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from builders import MENTOR_TRN, a_training, an_ect, school_led
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.training import Programme, ProgrammeChoices
from ect_registration.domain.values import Trn
from ect_registration.use_cases.registering.assign_mentor import assign_mentor
from ect_registration.use_cases.registering.register_mentor import register_mentor
from unit.use_cases.service import USER, Service

JOANS_EMAIL = "joan.thackeray@example.org"
BRAMS_EMAIL = Email("bram@example.org")


def a_provider_led_ect(**changes: object) -> EctAtSchool:
    """Asha, whom the lead provider of the town trains since the start of term."""
    return an_ect(**{"trainings": (a_training(),)} | changes)


def an_ect_without_programme(**changes: object) -> EctAtSchool:
    """Asha, as she may be brought in: nobody knows who trains her."""
    registration = attrs.evolve(an_ect().registration, choices=ProgrammeChoices(None, None, None))
    return an_ect(registration=registration, **changes)


def a_school_led_ect(**changes: object) -> EctAtSchool:
    """Asha, whom the school trains itself."""
    training = a_training(programme=Programme.SCHOOL_LED, lead_provider=None)
    registration = an_ect().registration
    choices = type(registration)(
        registration.registered_at, registration.expected_training_start_year, school_led()
    )
    return an_ect(trainings=(training,), registration=choices, **changes)


def the_new_mentor(ect: EctAtSchool, /, **changes: object) -> dict[str, object]:
    """Joan, for this ECT; right as it stands."""
    document: dict[str, object] = {
        "school": str(ect.school),
        "ect": str(ect.id),
        "trn": "2000001",
        "date_of_birth": "1999-01-31",
        "national_insurance_number": None,
        "corrected_name": None,
        "email": JOANS_EMAIL,
        "only_here": None,
        "start_date": None,
        "lead_provider": None,
        "replace": False,
    }
    return document | changes


def the_assignment(
    ect: EctAtSchool, mentor: MentorAtSchool, /, **changes: object
) -> dict[str, object]:
    """This mentor for this ECT, at the ECT's school."""
    document: dict[str, object] = {
        "school": str(ect.school),
        "ect": str(ect.id),
        "mentor": str(mentor.id),
        "lead_provider": None,
        "replace": False,
    }
    return document | changes


def registers(service: Service, ect: EctAtSchool, /, **changes: object) -> object:
    """What registering Joan for this ECT comes to, with these changes."""
    return register_mentor(the_new_mentor(ect, **changes), USER, service.ports)


def assigns(
    service: Service, ect: EctAtSchool, mentor: MentorAtSchool, /, **changes: object
) -> object:
    """What assigning this mentor to this ECT comes to."""
    return assign_mentor(the_assignment(ect, mentor, **changes), USER, service.ports)


def mentors_of(service: Service, *trns: Trn) -> Sequence[MentorAtSchool]:
    """Their periods, oldest first."""
    with service.store.reading() as uow:
        return uow.mentors.of_people(trns or [MENTOR_TRN])
