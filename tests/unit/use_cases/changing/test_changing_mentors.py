"""What a school changes of a mentor after registering them."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs
import pytest

from builders import (
    LEAD_PROVIDER,
    MENTOR_TRN,
    NOW,
    TODAY,
    URN,
    a_mentor,
    a_mentorship,
    a_partnership,
    a_teacher_record,
    a_training,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.drafts.change_draft import MentorChangeDraft
from ect_registration.domain.email import Email
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Teacher, TrsFacts
from ect_registration.domain.records.history import What
from ect_registration.use_cases.changing.change_documents import change_mentor_by
from ect_registration.use_cases.changing.change_mentor import (
    change_mentor,
    look_at_mentor_change,
    walk_mentor_change,
)
from ect_registration.use_cases.changing.leaving import report_mentor_leaving
from ect_registration.use_cases.operating.partnerships import report_partnership
from ect_registration.use_cases.transactions import Actor
from unit.use_cases.leavers import the_ect, the_mentor
from unit.use_cases.mentoring import a_provider_led_ect, registers
from unit.use_cases.service import ACTOR, USER
from unit.use_cases.town import BRAM, NO_LONGER, OTHER_SCHOOL, THIS_YEAR_ONLY, UNHEARD_OF

DAY = timedelta(1)
A_YEAR_AGO, FIRST, IN_OCTOBER = date(2024, 9, 1), date(2025, 9, 1), date(2025, 10, 24)


def changing(service, mentor, school=URN, **keys):
    """What changing these keys of a mentor comes to."""
    return change_mentor_by(mentor.id, {"school": str(school)} | keys, USER, service.ports)


def _rule(outcome):
    return outcome.rule.id, outcome.kind, outcome.field


@pytest.mark.parametrize(
    ("keys", "changed"),
    [
        ({"corrected_name": "Joan Vale"}, ["corrected_name"]),
        ({"email": "new@example.org"}, ["email"]),
        ({"start_date": "2025-09-03"}, ["start_date"]),
        ({"lead_provider": THIS_YEAR_ONLY}, ["lead_provider"]),
        ({"lead_provider": THIS_YEAR_ONLY, "email": "n@example.org"}, ["email", "lead_provider"]),
        ({"lead_provider": LEAD_PROVIDER}, []),
        ({}, []),
    ],
)
def test_details_of_a_mentor_can_change(service, ect, mentor, keys, changed):
    """They say what differs; the same again is no change and no history."""
    outcome = changing(service, mentor, **keys)
    lines = [line for line in service.history() if line.about == mentor.id]

    assert list(outcome.changed) == changed
    assert outcome.mentor == the_mentor(service)
    assert [line.what for line in lines] == [What.DETAILS_CHANGED] * bool(changed)
    assert list(changing(service, mentor, **keys).changed) == []


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"corrected_name": "Someone Else"}, ("name-same-person", Kind.NEEDS, "same_person")),
        ({"email": "bram@example.org"}, ("email-in-use", Kind.REFUSED, "email")),
        ({"start_date": "2023-08-31"}, ("mentor-start-date", Kind.INVALID, "start_date")),
        (
            {"lead_provider": NO_LONGER},
            ("lead-provider-not-available", Kind.REFUSED, "lead_provider"),
        ),
        (
            {"lead_provider": UNHEARD_OF, "email": "free@example.org"},
            ("lead-provider-not-available", Kind.INVALID, "lead_provider"),
        ),
    ],
)
def test_a_change_of_a_mentor_obeys_the_rules_and_is_all_or_nothing(service, mentor, keys, said):
    """As at registration."""
    service.has_ect(an_ect(teacher=Teacher(BRAM, "Bram"), email=Email("bram@example.org")))

    assert _rule(changing(service, mentor, **keys)) == said
    assert the_mentor(service) == mentor


def test_a_change_of_a_mentors_name_keeps_what_trs_said(service):
    """It is not asked again."""
    facts = TrsFacts.of(a_teacher_record(trn=MENTOR_TRN, name="Joan Thackeray"), NOW)
    known = Teacher(MENTOR_TRN, "Joan Thackeray", facts=facts)
    mentor = service.has_mentor(a_mentor(teacher=known))
    change = changing(service, mentor, corrected_name="Joan Vale")

    assert (change.mentor.teacher.facts, the_mentor(service).teacher.facts) == (facts, facts)


def test_the_yes_to_another_name_stands_in_history(service, mentor):
    """As at registration; another detail of the same mentor is not another yes."""
    changing(service, mentor, corrected_name="Someone Else", same_person=True)
    changing(service, mentor, email="new@example.org")

    assert [dict(line.after) for line in service.history()[-2:]] == [
        {"corrected_name": "Someone Else", "same_person": True},
        {"email": "new@example.org"},
    ]


def test_a_mentor_without_training_has_no_lead_provider_to_change(service):
    """Refused, whatever is named."""
    mentor = service.has_mentor(a_mentor())

    assert _rule(changing(service, mentor, lead_provider=LEAD_PROVIDER)) == (
        "mentor-lead-provider",
        Kind.REFUSED,
        None,
    )


def test_another_lead_provider_trains_a_mentor_from_today(service):
    """What was confirmed and has begun ends the day before."""
    report_partnership(a_partnership(), USER, service.ports)
    confirmed = a_training(delivery_partner=a_partnership().delivery_partner)
    mentor = service.has_mentor(a_mentor(trainings=(confirmed,)))
    old, new = changing(service, mentor, lead_provider=THIS_YEAR_ONLY).mentor.trainings

    assert (old.period, old.withdrawn) == (Period(FIRST, TODAY - DAY), False)
    assert (new.period, new.lead_provider, new.delivery_partner) == (
        Period(TODAY),
        THIS_YEAR_ONLY,
        None,
    )


def test_a_corrected_start_date_moves_training_and_mentorships_along(service):
    """Not before the ECT's first day or the day of assigning."""
    mentor = service.has_mentor(a_mentor(trainings=(a_training(),)))
    service.has_ect(
        an_ect(
            period=Period(date(2025, 8, 25)),
            mentorships=(a_mentorship(mentor, assigned_on=date(2025, 8, 20)),),
        )
    )
    later = changing(service, mentor, start_date="2025-09-08")
    then = the_ect(service).mentorships[0].period
    earlier = changing(service, mentor, start_date="2025-08-20")
    now = the_ect(service).mentorships[0].period

    assert [each.mentor.trainings[0].period.started_on for each in (later, earlier)] == [
        date(2025, 9, 8),
        date(2025, 8, 20),
    ]
    assert (then, now) == (Period(date(2025, 9, 8)), Period(date(2025, 8, 25)))
    assert [each.person for each in later.effects] == [
        "Joan Thackeray",
        "Joan Thackeray",
        the_ect(service).teacher.name,
    ]


def test_an_ect_who_had_the_mentor_later_is_not_concerned(service):
    """Their mentorship begins after the corrected date."""
    mentor = service.has_mentor(a_mentor())
    service.has_ect(an_ect(mentorships=(a_mentorship(mentor, period=Period(IN_OCTOBER)),)))

    assert changing(service, mentor, start_date="2025-09-08").ects == ()


def test_a_mentor_who_goes_on_elsewhere_has_their_address_again(service):
    """A later start lets the period at the other school, which had ended, go on for some days."""
    there = service.has_mentor(a_mentor(school=OTHER_SCHOOL, period=Period(A_YEAR_AGO)))
    ect = service.has_ect(a_provider_led_ect())
    joan = registers(service, ect, only_here=True, start_date="2025-09-01").mentor
    service.clock.wait(days=10)
    later = service.clock.today() + timedelta(5)

    assert changing(service, joan, start_date=later.isoformat()).changed == ["start_date"]
    with service.store.reading() as uow:
        old = uow.mentors.find(there.id)
    assert (old.period.finished_on, old.email) == (later - timedelta(1), there.email)


def test_a_corrected_start_only_here_moves_the_end_elsewhere(service):
    """As a transfer's does; it stays within four months."""
    service.has_mentor(a_mentor(school=OTHER_SCHOOL, period=Period(A_YEAR_AGO)))
    ect = service.has_ect(a_provider_led_ect())
    joan = registers(service, ect, only_here=True, start_date="2025-10-24").mentor
    ends = []
    for start_date in ("2025-11-03", "2025-10-01"):
        assert changing(service, joan, start_date=start_date).changed == ["start_date"]
        with service.store.reading() as uow:
            ends.append(uow.mentors.of_people([MENTOR_TRN])[0].period.finished_on)
    too_far = changing(service, joan, start_date="2026-01-11")
    overlap = changing(service, joan, start_date="2024-09-01")

    assert ends == [date(2025, 11, 2), date(2025, 9, 30)]
    assert [each.rule.id for each in (too_far, overlap)] == [
        "transfer-too-far-ahead",
        "overlaps-previous",
    ]


def test_details_of_a_mentor_who_is_not_here_are_read_only(service, mentor):
    """And another school's, or an unknown one's, are not found."""
    other = attrs.evolve(mentor, id=MentorId(uuid4()))
    blocked = [
        changing(service, mentor, OTHER_SCHOOL, email="n@example.org"),
        changing(service, other, email="n@example.org"),
        changing(service, mentor, "199999", email="n@example.org"),
    ]
    report_mentor_leaving(mentor.id, TODAY, ACTOR, service.ports)
    blocked.append(changing(service, mentor, start_date="2025-09-11"))
    service.clock.wait(days=1)
    blocked.append(changing(service, mentor, email="n@example.org"))

    assert [_rule(each) for each in blocked] == [
        ("own-school-only", Kind.REFUSED, None),
        ("own-school-only", Kind.REFUSED, None),
        ("own-school-only", Kind.INVALID, "school"),
        ("start-date-correction", Kind.INVALID, "start_date"),
        ("details-can-change", Kind.REFUSED, None),
    ]


def test_a_check_page_of_a_mentor_is_saved_as_it_was_shown(service, mentor):
    """Or not at all."""
    asked = MentorChangeDraft(mentor.id, frozenset({"lead-provider"}))
    changes = attrs.evolve(asked, lead_provider=THIS_YEAR_ONLY)
    _, begun = walk_mentor_change(asked, ACTOR, service.ports)
    shown = look_at_mentor_change(changes, ACTOR, service.ports)
    other = attrs.evolve(changes, lead_provider=LEAD_PROVIDER)
    refused = change_mentor(other, ACTOR, service.ports, shown=shown)
    saved = change_mentor(changes, ACTOR, service.ports, shown=shown)

    assert [step.id for step in begun.path] == ["lead-provider"]
    assert (refused.rule.id, saved.as_shown) == ("saved-as-shown", shown.as_shown)
    for step, rule in (
        ("lead-provider", "lead-provider-not-available"),
        ("start-date", "mentor-start-date"),
    ):
        unanswered = MentorChangeDraft(mentor.id, frozenset({step}))
        missing = look_at_mentor_change(unanswered, ACTOR, service.ports)
        assert (missing.rule.id, missing.kind) == (rule, Kind.NEEDS)
    stranger = Actor(USER, OTHER_SCHOOL)
    assert isinstance(walk_mentor_change(asked, stranger, service.ports), Blocked)
