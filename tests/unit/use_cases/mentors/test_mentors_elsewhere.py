from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs
import pytest

from builders import (
    LEAD_PROVIDER,
    TODAY,
    a_mentor,
    a_mentorship,
    a_training,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Kind
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.records.history import What
from ect_registration.domain.rules.mentors.mentor_training import MentorTraining
from ect_registration.domain.rules.periods.status import Status, status_of
from ect_registration.use_cases.registering.outcomes import Assigned
from ect_registration.use_cases.school.mentors import list_mentors
from endings import without_causes
from unit.use_cases.mentoring import (
    BRAMS_EMAIL,
    a_provider_led_ect,
    mentors_of,
    registers,
)
from unit.use_cases.town import (
    BRAM,
    OTHER_SCHOOL,
    PASSED,
    THIS_YEAR_ONLY,
)
from unit.use_cases.visit import AssignmentVisit, MentorVisit

DAY = timedelta(1)
A_YEAR_AGO, TERM, IN_OCTOBER = date(2024, 9, 1), date(2025, 9, 1), date(2025, 10, 24)


@pytest.fixture
def ect(service):
    """Asha, provider-led, without a mentor."""
    return service.has_ect(a_provider_led_ect())


@pytest.fixture
def elsewhere(service):
    """Joan mentors Bram at another school, and is trained there; they were given each other."""
    joan = service.has_mentor(
        a_mentor(
            school=OTHER_SCHOOL,
            period=Period(A_YEAR_AGO),
            trainings=(a_training(period=Period(A_YEAR_AGO)),),
        )
    )
    bram = an_ect(
        school=OTHER_SCHOOL,
        teacher=Teacher(BRAM, "Bram Okafor"),
        email=BRAMS_EMAIL,
        period=Period(A_YEAR_AGO),
        mentorships=(a_mentorship(joan, period=Period(A_YEAR_AGO)),),
    )
    service.has_ect(bram)
    return joan


def test_mentor_elsewhere_is_asked_whether_they_mentor_only_here(service, ect, elsewhere):
    """Unanswered is never yes."""
    asked = registers(service, ect, start_date="2025-09-10")

    assert (asked.rule.id, asked.kind, asked.field) == (
        "mentor-elsewhere",
        Kind.NEEDS,
        "only_here",
    )
    assert mentors_of(service) == [elsewhere]


def test_mentoring_only_here_ends_periods_training_and_mentorships_elsewhere(
    service, ect, elsewhere
):
    """The day before; the ECT there needs a mentor again, and training begins anew here."""
    outcome = registers(service, ect, only_here=True, start_date="2025-09-10")
    there, here = mentors_of(service)
    [bram] = service.ects_of(BRAM)
    until_yesterday = Period(A_YEAR_AGO, TODAY - DAY)

    assert (there.period, there.trainings[0].period) == (until_yesterday, until_yesterday)
    assert [m.period for m in bram.mentorships] == [until_yesterday]
    assert status_of(bram, TODAY) is Status.MENTOR_REQUIRED
    assert (here, here.trainings[0].period) == (outcome.mentor, Period(TODAY))
    assert outcome.training is MentorTraining.EXPRESSION_OF_INTEREST


def test_the_history_of_the_other_school_says_why(service, ect, elsewhere):
    """Of the mentor and of the ECT whom they mentored."""
    registers(service, ect, only_here=True, start_date="2025-09-10")
    [bram] = service.ects_of(BRAM)
    told = [
        (c.what, c.rules, c.about, dict(c.before), dict(c.after))
        for c in service.history(OTHER_SCHOOL)
    ]
    ended = {"finished_on": "2025-09-09"}

    assert told == [
        (What.MENTOR_MOVED, ("mentor-elsewhere",), elsewhere.id, {"finished_on": None}, ended),
        (
            What.MENTOR_MOVED,
            ("mentor-elsewhere",),
            bram.id,
            {"mentor": "Joan Thackeray"},
            ended,
        ),
    ]


def test_a_mentorship_elsewhere_that_had_not_begun_is_withdrawn(service, ect, elsewhere):
    """Its row is kept, marked."""
    [bram] = service.ects_of(BRAM)
    coming = service.has_ect(
        an_ect(
            school=OTHER_SCHOOL,
            teacher=Teacher(PASSED, "Pia"),
            email=Email("pia@example.org"),
            mentorships=(a_mentorship(elsewhere, period=Period(IN_OCTOBER)),),
        )
    )
    registers(service, ect, only_here=True, start_date="2025-09-10")
    [pia] = service.ects_of(PASSED)

    assert without_causes(pia).mentorships == (
        attrs.evolve(coming.mentorships[0], withdrawn=True),
    )
    assert bram != service.ects_of(BRAM)[0]


def test_mentoring_at_two_schools_keeps_both_open(service, ect, elsewhere):
    """Training stays where it is, and nobody loses a mentor."""
    [bram] = service.ects_of(BRAM)
    outcome = registers(service, ect, only_here=False, start_date="2025-09-10")
    there, here = mentors_of(service)

    assert (there, here.trainings, service.ects_of(BRAM)) == (elsewhere, (), [bram])
    assert (outcome.training, outcome.lead_provider) == (
        MentorTraining.EXPRESSION_OF_INTEREST,
        LEAD_PROVIDER,
    )
    assert [each.lead_provider for each in list_mentors(ect.school, service.ports)] == [
        LEAD_PROVIDER
    ]
    assert service.history(OTHER_SCHOOL) == []


def test_only_here_from_a_later_day_on(service, ect, elsewhere):
    """Until then they mentor there, and are trained there."""
    outcome = registers(service, ect, only_here=True, start_date="2025-10-24")
    there, here = mentors_of(service)
    until = Period(A_YEAR_AGO, IN_OCTOBER - DAY)

    assert (there.period, there.trainings[0].period) == (until, until)
    assert (here.period, here.trainings[0].period) == (Period(IN_OCTOBER), Period(IN_OCTOBER))
    assert outcome.ect.mentorships[0].period == Period(IN_OCTOBER)
    assert outcome.training is MentorTraining.EXPRESSION_OF_INTEREST


@pytest.mark.parametrize(
    ("only_here", "start_date", "seen_there"),
    [
        pytest.param(True, "2025-09-10", None, id="has left there"),
        pytest.param(True, "2025-10-24", LEAD_PROVIDER, id="leaves there"),
    ],
)
def test_a_school_does_not_learn_who_trains_its_mentor_next(
    service, ect, elsewhere, only_here, start_date, seen_there
):
    """What they do at another school after their time here is that school's own affair."""
    answers = {"only_here": only_here, "start_date": start_date}
    registers(service, ect, lead_provider=THIS_YEAR_ONLY, **answers)
    [there] = list_mentors(OTHER_SCHOOL, service.ports)
    [here] = list_mentors(ect.school, service.ports)

    assert (there.lead_provider, here.lead_provider) == (seen_there, THIS_YEAR_ONLY)


def test_only_here_and_a_start_in_the_past(service, ect, elsewhere):
    """The period elsewhere ends before it; the mentorship here begins today."""
    outcome = registers(service, ect, only_here=True, start_date="2025-09-05")
    there, here = mentors_of(service)

    assert (there.period.finished_on, here.period) == (
        date(2025, 9, 4),
        Period(date(2025, 9, 5)),
    )
    assert outcome.ect.mentorships[0].period == Period(TODAY)


def test_only_here_cannot_begin_before_they_began_elsewhere(service, ect, elsewhere):
    """Nothing would be left of the period there."""
    first, second = (
        registers(service, ect, only_here=True, start_date=day)
        for day in ("2024-09-01", "2024-09-02")
    )

    assert (first.rule.id, first.because["earliest"]) == ("mentor-start-date", "2024-09-02")
    assert isinstance(second, Assigned)


def test_only_here_does_not_matter_where_there_is_nowhere_else(service, ect):
    """Said all the same, it changes nothing."""
    assert registers(service, ect, only_here=True).mentor.period == Period(TODAY)


def test_an_ect_elsewhere_whom_they_mentored_before_is_left_alone(service, ect, elsewhere):
    """Neither the mentorship nor the history of that ECT has anything new."""
    before = an_ect(
        school=OTHER_SCHOOL,
        teacher=Teacher(PASSED, "Pia"),
        email=Email("pia@example.org"),
        mentorships=(a_mentorship(elsewhere, period=Period(TERM, TODAY - DAY)),),
    )
    service.has_ect(before)
    registers(service, ect, only_here=True, start_date="2025-09-10")

    assert service.ects_of(PASSED) == [before]
    assert before.id not in {change.about for change in service.history(OTHER_SCHOOL)}


def test_a_mentorship_that_never_began_is_told_as_such(service, ect, elsewhere):
    """Only here from today on; another ECT there was to have them from today on as well."""
    asha = an_ect(
        id=EctId(uuid4()),
        school=OTHER_SCHOOL,
        teacher=Teacher(PASSED, "Pia Passmore"),
        email=Email("pia@example.org"),
        mentorships=(a_mentorship(elsewhere, period=Period(TODAY)),),
    )
    service.has_ect(asha)
    registers(service, ect, only_here=True, start_date=TODAY.isoformat())
    [told] = [change for change in service.history(OTHER_SCHOOL) if change.about == asha.id]

    assert (told.before, told.after) == ({"mentor": "Joan Thackeray"}, {"withdrawn": True})


@pytest.mark.parametrize(("only_here", "ends"), [(True, True), (False, False)])
def test_training_elsewhere_that_ends_is_known(service, ect, elsewhere, only_here, ends):
    """The page about training says so."""
    visit = MentorVisit.at_check_answers(
        service,
        ect,
        only_here={"only_here": only_here},
        start_date={"start_date": TODAY},
    )

    assert visit.look().decided.case.ends_training == ends


def test_assigning_a_mentor_from_here_ends_no_training(service, ect):
    """They leave nobody."""
    mentor = service.has_mentor(a_mentor(teacher=Teacher(BRAM, "Bram Okafor"), email=BRAMS_EMAIL))

    assert not AssignmentVisit.of(service, ect, mentor).look().decided.case.ends_training
