from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    ECT_TRN,
    LEAD_PROVIDER,
    MENTOR_TRN,
    THIS_YEAR,
    TODAY,
    a_mentor,
    a_partnership,
    a_training,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Kind
from ect_registration.domain.email import Email
from ect_registration.domain.people.mentor import MentorTrainingHistory
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.records.history import What
from ect_registration.domain.rules.mentors.mentor_training import MentorTraining
from ect_registration.domain.rules.periods.status import Status, status_of
from ect_registration.domain.values import Trn
from ect_registration.use_cases.operating.load_mentor_training import load_mentor_training
from ect_registration.use_cases.registering.assign_mentor import assign_mentor
from unit.use_cases.mentoring import (
    a_provider_led_ect,
    a_school_led_ect,
    an_ect_without_programme,
    assigns,
    the_assignment,
)
from unit.use_cases.service import USER, Service
from unit.use_cases.town import (
    BRAM,
    NO_LONGER,
    OLD_TRN,
    OTHER_SCHOOL,
    RETAINED_TRN,
    THIS_YEAR_ONLY,
    town,
)

DAY = timedelta(1)
TERM, HALF_TERM, CHRISTMAS = date(2025, 9, 1), date(2025, 10, 24), date(2025, 12, 19)
KAMAL = Teacher(Trn("2000002"), "Kamal Hart")


@pytest.fixture
def service():
    """The town."""
    return Service.of(town())


@pytest.fixture
def ect(service):
    """Asha, provider-led, without a mentor."""
    return service.has_ect(a_provider_led_ect())


@pytest.fixture
def joan(service):
    """A mentor of this school."""
    return service.has_mentor(a_mentor())


@pytest.fixture
def kamal(service):
    """Another one."""
    return service.has_mentor(a_mentor(teacher=KAMAL, email=Email("kamal@example.org")))


def _mentor(service, id):
    with service.store.reading() as uow:
        return uow.mentors.find(id)


def test_a_mentor_from_here_is_assigned_and_trained(service, ect, joan):
    """One transaction for mentorship and training; TRS is not asked."""
    outcome = assigns(service, ect, joan)
    [kept] = service.ects_of()
    [mentorship], [training] = kept.mentorships, _mentor(service, joan.id).trainings

    assert (outcome.ect, outcome.mentor, outcome.is_new) == (
        kept,
        _mentor(service, joan.id),
        False,
    )
    assert (mentorship.mentor, mentorship.period) == (joan.id, Period(TODAY))
    assert (training.period, training.year, training.lead_provider) == (
        Period(TODAY),
        THIS_YEAR,
        LEAD_PROVIDER,
    )
    assert (outcome.training, outcome.lead_provider) == (
        MentorTraining.EXPRESSION_OF_INTEREST,
        LEAD_PROVIDER,
    )
    assert status_of(kept, TODAY) is Status.REGISTERED
    assert service.records.asked == []


def test_training_is_set_up_once(service, ect, joan):
    """With the second provider-led ECT nothing new begins."""
    assigns(service, ect, joan)
    bram = service.has_ect(
        a_provider_led_ect(teacher=Teacher(BRAM, "Bram"), email=Email("bram@example.org"))
    )
    outcome = assigns(service, bram, joan)

    assert len(outcome.mentor.trainings) == 1
    assert outcome.training is MentorTraining.EXPRESSION_OF_INTEREST


def test_a_school_led_ect_brings_no_training_and_a_later_provider_led_one_does(service, joan):
    """Nothing is promised with the first."""
    asha = service.has_ect(a_school_led_ect())
    bram = service.has_ect(
        a_provider_led_ect(teacher=Teacher(BRAM, "Bram"), email=Email("bram@example.org"))
    )
    first, second = assigns(service, asha, joan), assigns(service, bram, joan)

    assert (first.training, first.mentor.trainings) == (MentorTraining.NONE, ())
    assert (second.training, len(second.mentor.trainings)) == (
        MentorTraining.EXPRESSION_OF_INTEREST,
        1,
    )


def test_a_school_led_ect_and_a_lead_provider_contradict_each_other(service, joan):
    """Leave it out."""
    asha = service.has_ect(a_school_led_ect())
    outcome = assigns(service, asha, joan, lead_provider=LEAD_PROVIDER)

    assert (outcome.rule.id, outcome.kind, outcome.field) == (
        "training-programme",
        Kind.INVALID,
        "lead_provider",
    )


def test_an_ect_without_a_programme_brings_no_training(service, joan):
    """Nor can a lead provider be named: the school is told why, and it is not school-led."""
    asha = service.has_ect(an_ect_without_programme())
    refused = assigns(service, asha, joan, lead_provider=LEAD_PROVIDER)
    outcome = assigns(service, asha, joan)

    assert (refused.rule.id, refused.kind, refused.field, refused.message) == (
        "training-programme",
        Kind.INVALID,
        "lead_provider",
        "Leave this out: the ECT’s training programme is not known",
    )
    assert (outcome.training, outcome.mentor.trainings) == (MentorTraining.NONE, ())


def test_training_with_a_partnership_is_confirmed_and_without_one_waits_for_it(service, ect, joan):
    """A partnership reported later confirms it."""
    assigns(service, ect, joan)
    service.do(lambda uow: uow.partnerships.add(a_partnership()))
    service.do(lambda uow: uow.partnerships.confirm_waiting(a_partnership(), TODAY))
    [training] = _mentor(service, joan.id).trainings

    assert training.delivery_partner == DELIVERY_PARTNER


def test_training_is_confirmed_at_once_where_there_is_a_partnership(service, ect, joan):
    """Of the school, the lead provider and the mentor's training year."""
    service.do(lambda uow: uow.partnerships.add(a_partnership()))
    outcome = assigns(service, ect, joan)

    assert outcome.training is MentorTraining.CONFIRMED
    assert outcome.mentor.trainings[0].delivery_partner == DELIVERY_PARTNER


def test_a_partnership_of_another_year_or_another_provider_confirms_nothing(service, ect, joan):
    """The mentor's training year counts, not the ECT's first year."""
    service.do(lambda uow: uow.partnerships.add(a_partnership(year=THIS_YEAR.plus(-1))))
    named = assigns(service, ect, joan, lead_provider=THIS_YEAR_ONLY)

    assert (named.training, named.lead_provider) == (
        MentorTraining.EXPRESSION_OF_INTEREST,
        THIS_YEAR_ONLY,
    )


def test_the_training_year_is_the_year_in_which_the_mentorship_begins(service, joan):
    """An ECT of last year, whose lead provider works no longer: the school is asked."""
    training = a_training(lead_provider=NO_LONGER, year=THIS_YEAR.plus(-1))
    registration = attrs.evolve(
        an_ect().registration, expected_training_start_year=THIS_YEAR.plus(-1)
    )
    ect = service.has_ect(an_ect(trainings=(training,), registration=registration))
    asked = assigns(service, ect, joan)
    named = assigns(service, ect, joan, lead_provider=LEAD_PROVIDER)

    assert (asked.rule.id, asked.kind, asked.field, asked.because["year"]) == (
        "lead-provider-not-available",
        Kind.NEEDS,
        "lead_provider",
        "2025 to 2026",
    )
    assert (named.mentor.trainings[0].year, named.lead_provider) == (THIS_YEAR, LEAD_PROVIDER)


@pytest.mark.parametrize(
    "history",
    [
        {"early_roll_out": True},
        {"completed_on": TODAY},
        {"timed_out_on": TODAY},
    ],
    ids=["early roll-out", "completed", "timed out"],
)
def test_no_training_for_those_who_cannot_get_it(service, ect, joan, history):
    """They are assigned all the same, and it is said plainly."""
    load_mentor_training([MentorTrainingHistory(MENTOR_TRN, **history)], USER, service.ports)
    outcome = assigns(service, ect, joan)

    assert (outcome.training, outcome.lead_provider, outcome.mentor.trainings) == (
        MentorTraining.NOT_ELIGIBLE,
        None,
        (),
    )
    assert len(outcome.ect.mentorships) == 1


def test_earlier_training_counts_under_a_trn_that_was_merged(service, ect):
    """The old TRN is kept as an alias, and every rule looks under both."""
    olga = service.has_mentor(a_mentor(teacher=Teacher(RETAINED_TRN, "Olga Latter")))
    service.do(lambda uow: uow.teachers.merge(OLD_TRN, RETAINED_TRN))
    done = MentorTrainingHistory(OLD_TRN, completed_on=TERM)
    load_mentor_training([done], USER, service.ports)

    assert assigns(service, ect, olga).training is MentorTraining.NOT_ELIGIBLE


def test_training_that_is_open_elsewhere_stays_there(service, ect, joan):
    """A person has one at most."""
    elsewhere = attrs.evolve(
        joan, id=MentorId(uuid4()), school=OTHER_SCHOOL, trainings=(a_training(),)
    )
    service.has_mentor(elsewhere)
    outcome = assigns(service, ect, joan)

    assert (outcome.training, outcome.lead_provider, outcome.mentor.trainings) == (
        MentorTraining.EXPRESSION_OF_INTEREST,
        LEAD_PROVIDER,
        (),
    )


def test_training_ends_with_a_mentor_who_leaves(service, ect):
    """As does the mentorship; they lie inside the mentor's period."""
    leaver = service.has_mentor(a_mentor(period=Period(TERM, HALF_TERM)))
    outcome = assigns(service, ect, leaver)

    assert outcome.mentor.trainings[0].period == Period(TODAY, HALF_TERM)
    assert outcome.ect.mentorships[0].period == Period(TODAY, HALF_TERM)


@pytest.mark.parametrize(
    ("ect_days", "mentor_days", "changes", "rule"),
    [
        (Period(TERM, TODAY - DAY), Period(TERM), {}, "mentor-now-or-later"),
        (Period(TERM), Period(TERM, TODAY - DAY), {}, "no-day-in-common"),
        (Period(TERM, HALF_TERM), Period(HALF_TERM + DAY), {}, "no-day-in-common"),
        (Period(TERM), Period(TERM), {"mentor": str(uuid4())}, "own-school-only"),
        (Period(TERM), Period(TERM), {"mentor": "Joan"}, "own-school-only"),
        (Period(TERM), Period(TERM), {"school": "100002"}, "own-school-only"),
    ],
)
def test_what_stands_against_an_assignment(service, ect_days, mentor_days, changes, rule):
    """And nothing is written."""
    ect = service.has_ect(a_provider_led_ect(period=ect_days, trainings=()))
    joan = service.has_mentor(a_mentor(period=mentor_days))
    outcome = assign_mentor(the_assignment(ect, joan) | changes, USER, service.ports)

    assert (outcome.rule.id, outcome.kind) == (rule, Kind.REFUSED)
    assert (service.ects_of(), service.history()) == ([ect], [])


def test_a_mentor_of_another_school_reads_as_an_unknown_one(service, ect):
    """Down to the last word."""
    stranger = service.has_mentor(a_mentor(school=OTHER_SCHOOL))
    unknown = attrs.evolve(stranger, id=MentorId(uuid4()))

    assert assigns(service, ect, stranger) == assigns(service, ect, unknown)


def test_nobody_is_assigned_to_themself(service, ect):
    """A mentor may be an ECT as well, but not their own."""
    herself = service.has_mentor(
        a_mentor(teacher=Teacher(ECT_TRN, "Asha Marlowe"), email=ect.email)
    )

    assert assigns(service, ect, herself).rule.id == "own-mentor"


def test_nobody_is_assigned_to_themself_under_a_trn_that_was_merged(service):
    """Both TRNs are one person."""
    ect = service.has_ect(a_provider_led_ect(teacher=Teacher(OLD_TRN, "Olga Former")))
    olga = service.has_mentor(
        a_mentor(teacher=Teacher(RETAINED_TRN, "Olga Latter"), email=Email("o@example.org"))
    )
    service.do(lambda uow: uow.teachers.merge(OLD_TRN, RETAINED_TRN))

    assert assigns(service, ect, olga).rule.id == "own-mentor"


def test_another_mentor_takes_over_when_asked_for_by_name(service, ect, joan, kamal):
    """The old one ends the day before, or is withdrawn; nothing is deleted."""
    assigns(service, ect, joan)
    refused = assigns(service, ect, kamal)
    service.clock.turn_to(HALF_TERM)
    assigns(service, ect, kamal, replace=True)
    same_day = assigns(service, ect, joan, replace=True)

    assert refused.rule.id == "one-mentor-at-a-time"
    assert [(m.mentor, m.period, m.withdrawn) for m in same_day.ect.mentorships] == [
        (joan.id, Period(TODAY, HALF_TERM - DAY), False),
        (kamal.id, Period(HALF_TERM), True),
        (joan.id, Period(HALF_TERM), False),
    ]
    assert same_day.ect == service.ects_of()[0]


def test_whoever_is_the_mentor_already_has_nothing_to_take_over(service, ect, joan):
    """Asked for by name or not."""
    assigns(service, ect, joan)
    twice = [assigns(service, ect, joan, replace=replace) for replace in (False, True)]

    assert [outcome.rule.id for outcome in twice] == ["one-mentor-at-a-time"] * 2
    assert twice[1].message == "They are this ECT’s mentor already"


def test_a_change_of_mentor_can_be_scheduled(service, ect, joan):
    """The one who is to come follows the one who is here."""
    assigns(service, ect, joan)
    coming = service.has_mentor(
        a_mentor(teacher=KAMAL, email=Email("k@example.org"), period=Period(CHRISTMAS))
    )
    outcome = assigns(service, ect, coming, replace=True)

    assert [(m.mentor, m.period) for m in outcome.ect.open_mentorships(TODAY)] == [
        (joan.id, Period(TODAY, CHRISTMAS - DAY)),
        (coming.id, Period(CHRISTMAS)),
    ]
    assert outcome.mentor.trainings[0].period == Period(CHRISTMAS)


def test_a_scheduled_change_of_mentor_can_be_cancelled(service, ect, joan):
    """Whoever is here goes on, by the mentorship that there is; who was to come is withdrawn."""
    assigns(service, ect, joan)
    coming = service.has_mentor(
        a_mentor(teacher=KAMAL, email=Email("k@example.org"), period=Period(CHRISTMAS))
    )
    assigns(service, ect, coming, replace=True)
    again = assigns(service, ect, coming, replace=True)
    outcome = assigns(service, ect, joan, replace=True)
    [told] = [c for c in service.history() if c.about == ect.id][-1:]

    assert again.message == "They are this ECT’s mentor already"
    assert [(m.mentor, m.period, m.withdrawn) for m in outcome.ect.mentorships] == [
        (joan.id, Period(TODAY), False),
        (coming.id, Period(CHRISTMAS), True),
    ]
    assert (told.before, told.after["mentor"]) == ({"mentor": "Kamal Hart"}, "Joan Thackeray")


def test_history_tells_all_three_of_a_change_of_mentor(service, ect, joan, kamal):
    """The ECT's, the new mentor's and that of whoever was the mentor until then."""
    assigns(service, ect, joan)
    assigns(service, ect, kamal, replace=True)
    told = [(c.what, c.about, dict(c.before), dict(c.after)) for c in service.history()[2:]]
    days = {"started_on": "2025-09-10", "finished_on": None}

    assert told == [
        (
            What.MENTOR_ASSIGNED,
            ect.id,
            {"mentor": "Joan Thackeray"},
            {"mentor": "Kamal Hart", **days},
        ),
        (
            What.ECT_ASSIGNED,
            kamal.id,
            {},
            {
                "ect": "Asha Marlowe",
                **days,
                "lead_provider": LEAD_PROVIDER,
                "delivery_partner": None,
            },
        ),
        (What.MENTORSHIP_ENDED, joan.id, {}, {"ect": "Asha Marlowe", "until": "2025-09-10"}),
    ]


def test_history_does_not_say_that_a_mentor_was_replaced_who_will_have_left(service, ect):
    """Joan leaves in October whatever happens; Kamal comes at Christmas."""
    joan = service.has_mentor(a_mentor(period=Period(TERM, HALF_TERM)))
    assigns(service, ect, joan)
    coming = service.has_mentor(
        a_mentor(teacher=KAMAL, email=Email("k@example.org"), period=Period(CHRISTMAS))
    )
    outcome = assigns(service, ect, coming, replace=True)

    assert [m.period for m in outcome.ect.mentorships] == [
        Period(TODAY, HALF_TERM),
        Period(CHRISTMAS),
    ]
    assert [c.what for c in service.history()].count(What.MENTORSHIP_ENDED) == 0


def test_a_dry_run_of_an_assignment_writes_nothing(service, ect, joan):
    """It says what would come of it."""
    document = the_assignment(ect, joan)
    dry = assign_mentor(document, USER, service.ports, dry_run=True)

    assert (dry.training, dry.ect.mentorships[0].period) == (
        MentorTraining.EXPRESSION_OF_INTEREST,
        Period(TODAY),
    )
    assert (service.ects_of(), service.history(), _mentor(service, joan.id)) == ([ect], [], joan)
    assert assign_mentor(document, USER, service.ports).training == dry.training
