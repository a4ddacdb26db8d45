from __future__ import annotations

import pytest

from builders import TERM_STARTS, a_partnership, choices
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.world import InvalidWorld
from unit.use_cases.peopled import EMAIL, a_world_ect, a_world_mentor, a_world_mentorship, load
from unit.use_cases.town import (
    BRAM,
    LAST_YEAR,
    NEXT_YEAR,
    OTHER_PARTNER,
    OTHER_SCHOOL,
    UNHEARD_OF,
    UNKNOWN_SCHOOL,
)


def _mistake(service, **changes):
    with pytest.raises(InvalidWorld) as raised:
        load(service, **changes)
    return raised.value.path


MISTAKES = {
    "a partnership of an unknown school": (
        {"partnerships": (a_partnership(), a_partnership(school=UNKNOWN_SCHOOL))},
        "partnerships[1].school",
    ),
    "a partnership with an unknown provider": (
        {"partnerships": (a_partnership(lead_provider=UNHEARD_OF),)},
        "partnerships[0].lead_provider",
    ),
    "a partnership of two that do not work together": (
        {"partnerships": (a_partnership(year=NEXT_YEAR),)},
        "partnerships[0].delivery_partner",
    ),
    "a second partnership": (
        {
            "partnerships": (
                a_partnership(year=LAST_YEAR),
                a_partnership(year=LAST_YEAR, delivery_partner=OTHER_PARTNER),
            )
        },
        "partnerships[1].delivery_partner",
    ),
    "two schools at once": (
        {"ects": (a_world_ect(), a_world_ect(school=OTHER_SCHOOL, period=Period(TERM_STARTS)))},
        "ects[1]",
    ),
    "an ECT at an unknown school": ({"ects": (a_world_ect(school=UNKNOWN_SCHOOL),)}, "ects[0]"),
    "an unknown body": (
        {"ects": (a_world_ect(choices=choices(appropriate_body=UNHEARD_OF)),)},
        "ects[0]",
    ),
    "somebody else's email": (
        {"ects": (a_world_ect(), a_world_ect(trn=BRAM))},
        "ects[1].email",
    ),
    "an ECT's email for a mentor": (
        {"mentors": (a_world_mentor(email=EMAIL),)},
        "mentors[0].email",
    ),
    "two mentor periods at once": (
        {"mentors": (a_world_mentor(), a_world_mentor(period=Period(TERM_STARTS)))},
        "mentors[1]",
    ),
    "a mentorship without an ECT": ({"ects": ()}, "mentorships[0].ect_trn"),
    "a mentorship without a mentor": ({"mentors": ()}, "mentorships[0].mentor_trn"),
    "a mentorship before the ECT": (
        {"ects": (a_world_ect(period=Period(TERM_STARTS)),)},
        "mentorships[0].ect_trn",
    ),
    "a mentorship before the mentor": (
        {"mentors": (a_world_mentor(period=Period(TERM_STARTS)),)},
        "mentorships[0].mentor_trn",
    ),
    "a mentorship at another school": (
        {"mentorships": (a_world_mentorship(school=OTHER_SCHOOL),)},
        "mentorships[0].ect_trn",
    ),
    "a mentor at another school": (
        {"mentors": (a_world_mentor(school=OTHER_SCHOOL),)},
        "mentorships[0].mentor_trn",
    ),
    "two mentors at once": (
        {
            "mentors": (
                a_world_mentor(),
                a_world_mentor(trn=BRAM, email=Email("bram@example.org")),
            ),
            "mentorships": (a_world_mentorship(), a_world_mentorship(mentor=BRAM)),
        },
        "mentorships[1]",
    ),
}


@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_carries_its_path_and_nothing_is_loaded(service, what):
    """Not even what came before it."""
    changes, path = MISTAKES[what]
    before = service.store.state

    assert (_mistake(service, **changes), service.store.state) == (path, before)


def test_a_mistake_says_what_is_wrong():
    """For whoever wrote the file."""
    assert str(InvalidWorld("ects[0].trn", "Give a TRN")) == "ects[0].trn: Give a TRN"
