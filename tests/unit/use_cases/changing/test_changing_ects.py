"""What a school changes of an ECT after registering: `details-can-change`, and rules under it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    ECT_TRN,
    HUB,
    LEAD_PROVIDER,
    NOW,
    THIS_YEAR,
    TODAY,
    URN,
    a_mentor,
    a_mentorship,
    a_partnership,
    a_teacher,
    a_teacher_record,
    a_training,
    an_ect,
    school_led,
)
from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.drafts.change_draft import EctChangeDraft
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.effects import Part
from ect_registration.domain.people.teacher import Teacher, TrsFacts
from ect_registration.domain.people.training import Programme, TrainingState
from ect_registration.domain.records.history import What
from ect_registration.domain.rules.mentors.mentor_training import TrainingThen
from ect_registration.use_cases.changing.change_documents import change_ect_by
from ect_registration.use_cases.changing.change_ect import (
    change_ect,
    look_at_ect_change,
    walk_ect_change,
)
from ect_registration.use_cases.changing.leaving import report_ect_leaving
from ect_registration.use_cases.changing.undo.undoing import undo_ect
from ect_registration.use_cases.operating.partnerships import report_partnership
from ect_registration.use_cases.transactions import Actor
from unit.use_cases.leavers import the_ect
from unit.use_cases.mentoring import a_school_led_ect
from unit.use_cases.service import ACTOR, USER, Service
from unit.use_cases.town import (
    BRAM,
    CLOSING_HUB,
    CLOSING_ON,
    COUNCIL,
    LAST_YEAR,
    NO_LONGER,
    OTHER_SCHOOL,
    THIS_YEAR_ONLY,
    UNHEARD_OF,
    town,
)

DAY = timedelta(1)
A_YEAR_AGO, FIRST, IN_OCTOBER = date(2024, 9, 1), date(2025, 9, 1), date(2025, 10, 24)
ACTOR_THERE = Actor(USER, OTHER_SCHOOL)


def changing(service, ect, school=URN, **keys):
    """What changing these keys of an ECT comes to."""
    return change_ect_by(ect.id, {"school": str(school)} | keys, USER, service.ports)


def _rule(outcome):
    return outcome.rule.id, outcome.kind, outcome.field


@pytest.fixture
def registered(service):
    """Asha, registered by the school today, provider-led."""
    return service.register(start_date="2025-09-01").ect


@pytest.mark.parametrize(
    ("keys", "changed"),
    [
        ({"corrected_name": "Asha Marlowe-Reid"}, ["corrected_name"]),
        ({"email": "new@example.org"}, ["email"]),
        ({"email": "ASHA.marlowe@example.org"}, ["email"]),
        ({"working_pattern": "part_time"}, ["working_pattern"]),
        ({"start_date": "2025-09-03"}, ["start_date"]),
        ({"appropriate_body": CLOSING_HUB}, ["appropriate_body"]),
        ({"programme": "school_led"}, ["programme", "lead_provider"]),
        ({"lead_provider": THIS_YEAR_ONLY}, ["lead_provider"]),
        ({"programme": "provider_led", "lead_provider": THIS_YEAR_ONLY}, ["lead_provider"]),
        (
            {"start_date": "2025-09-03", "email": "new@example.org"},
            ["email", "start_date"],
        ),
        ({}, []),
        ({"working_pattern": "full_time", "appropriate_body": HUB}, []),
        ({"corrected_name": None}, []),
    ],
)
def test_details_can_change_and_say_what_differs(service, registered, keys, changed):
    """In the order of documents; what is the same already changes nothing, not even history."""
    lines = len(service.history())
    outcome = changing(service, registered, **keys)

    assert list(outcome.changed) == changed
    assert (outcome.before, outcome.ect) == (registered, the_ect(service))
    assert len(service.history()) - lines == bool(changed)


def test_a_change_is_one_line_of_history(service, registered):
    """What it was and what it became, without anything else."""
    changing(service, registered, email="new@example.org", working_pattern="part_time")
    line = service.history()[-1]

    assert (line.what, line.about, line.rules) == (
        What.DETAILS_CHANGED,
        registered.id,
        ("details-can-change",),
    )
    assert (dict(line.before), dict(line.after)) == (
        {"email": registered.email.address, "working_pattern": "full_time"},
        {"email": "new@example.org", "working_pattern": "part_time"},
    )


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"corrected_name": "Someone Else"}, ("name-same-person", Kind.NEEDS, "same_person")),
        ({"email": "bram@example.org"}, ("email-in-use", Kind.REFUSED, "email")),
        ({"start_date": "2023-08-31"}, ("start-date-range", Kind.INVALID, "start_date")),
        ({"start_date": "2026-09-01"}, ("cannot-register-yet", Kind.REFUSED, "start_date")),
        (
            {"appropriate_body": COUNCIL},
            ("appropriate-body-state-funded", Kind.REFUSED, "appropriate_body"),
        ),
        (
            {"appropriate_body": UNHEARD_OF},
            ("appropriate-body-state-funded", Kind.INVALID, "appropriate_body"),
        ),
        (
            {"lead_provider": NO_LONGER},
            ("lead-provider-not-available", Kind.REFUSED, "lead_provider"),
        ),
        (
            {"lead_provider": UNHEARD_OF},
            ("lead-provider-not-available", Kind.INVALID, "lead_provider"),
        ),
        (
            {"programme": "school_led", "lead_provider": LEAD_PROVIDER},
            ("training-programme", Kind.INVALID, "lead_provider"),
        ),
        (
            {"working_pattern": "part_time", "lead_provider": UNHEARD_OF},
            ("lead-provider-not-available", Kind.INVALID, "lead_provider"),
        ),
    ],
)
def test_a_change_obeys_the_rules_of_its_answers_and_is_all_or_nothing(
    service, registered, keys, said
):
    """As at registration."""
    service.has_ect(
        an_ect(teacher=Teacher(BRAM, "Bram Okafor"), email=Email("bram@example.org"), trainings=())
    )
    assert _rule(changing(service, registered, **keys)) == said
    assert the_ect(service) == registered


def test_another_name_is_saved_once_the_school_says_it_is_the_same_person(service, registered):
    """And shown everywhere from then on; null is TRS's name again."""
    changing(service, registered, corrected_name="Someone Else", same_person=True)
    corrected = the_ect(service).teacher.name
    changing(service, registered, corrected_name=None)
    said = [dict(line.after) for line in service.history()[-2:]]

    assert said == [
        {"corrected_name": "Someone Else", "same_person": True},
        {"corrected_name": None},
    ]
    assert (corrected, the_ect(service)) == ("Someone Else", registered)


@pytest.mark.parametrize("keys", [{"email": "new@example.org"}, {"corrected_name": "Asha Vale"}])
def test_a_change_keeps_what_trs_said(service, keys):
    """It is not asked again, so that funding stays as it was, in the answer and in the store."""
    facts = TrsFacts.of(a_teacher_record(), NOW)
    ect = service.has_ect(an_ect(teacher=a_teacher(facts=facts)))
    change = changing(service, ect, **keys)

    assert (change.ect.teacher.facts, the_ect(service).teacher.facts) == (facts, facts)


def test_a_school_led_ect_needs_a_lead_provider_to_become_provider_led(service):
    """Left out, it is asked for."""
    ect = service.has_ect(a_school_led_ect())
    needs = changing(service, ect, programme="provider_led")
    in_vain = changing(service, ect, lead_provider=LEAD_PROVIDER)
    done = changing(service, ect, programme="provider_led", lead_provider=LEAD_PROVIDER)

    assert _rule(needs) == ("lead-provider-not-available", Kind.NEEDS, "lead_provider")
    assert _rule(in_vain) == ("training-programme", Kind.INVALID, "lead_provider")
    assert (done.ect.programme, done.ect.lead_provider) == (
        Programme.PROVIDER_LED,
        LEAD_PROVIDER,
    )


def test_confirmed_training_that_has_begun_ends_the_day_before(service, registered):
    """The new one begins today, and waits for a partnership."""
    report_partnership(a_partnership(), USER, service.ports)
    outcome = changing(service, registered, lead_provider=THIS_YEAR_ONLY)
    old, new = outcome.ect.trainings

    assert (old.period, old.withdrawn, old.state) == (
        Period(FIRST, TODAY - DAY),
        False,
        TrainingState.CONFIRMED,
    )
    assert (new.period, new.state, new.lead_provider) == (
        Period(TODAY),
        TrainingState.EXPRESSION_OF_INTEREST,
        THIS_YEAR_ONLY,
    )
    assert [(each.part, each.other, each.before is None) for each in outcome.effects] == [
        (Part.TRAINING, LEAD_PROVIDER, False),
        (Part.TRAINING, THIS_YEAR_ONLY, True),
    ]
    back = changing(service, registered, lead_provider=LEAD_PROVIDER).ect.trainings
    assert [(each.withdrawn, each.delivery_partner) for each in back] == [
        (False, DELIVERY_PARTNER),
        (True, None),
        (False, DELIVERY_PARTNER),
    ]


def test_an_interest_is_withdrawn_by_another_lead_provider(service, registered):
    """Nobody had confirmed it."""
    old, new = changing(service, registered, lead_provider=THIS_YEAR_ONLY).ect.trainings

    assert (old.withdrawn, new.withdrawn, new.period) == (True, False, Period(TODAY))


def test_a_corrected_start_asks_for_a_body_when_the_present_one_is_over_by_then(service):
    """A correction asks what registering from that day would; an earlier day asks nothing."""
    last_day = service.register(
        appropriate_body=CLOSING_HUB, start_date=CLOSING_ON.isoformat()
    ).ect
    next_day = (CLOSING_ON + DAY).isoformat()
    alone = changing(service, last_day, start_date=next_day)
    the_same = changing(service, last_day, start_date=next_day, appropriate_body=CLOSING_HUB)
    earlier = changing(service, last_day, start_date="2025-09-11", working_pattern="part_time")
    both = changing(service, last_day, start_date=next_day, appropriate_body=HUB)

    asked = ("appropriate-body-state-funded", Kind.NEEDS, "appropriate_body")
    assert (_rule(alone), _rule(the_same)) == (asked, asked)
    assert earlier.changed == ["working_pattern", "start_date"]
    assert (both.ect.appropriate_body, both.ect.period.started_on.isoformat()) == (HUB, next_day)


def test_training_of_an_ect_who_begins_later_changes_from_the_first_day(service):
    """Not from today."""
    ect = service.register(start_date="2025-10-24").ect
    report_partnership(a_partnership(), USER, service.ports)
    old, new = changing(service, ect, lead_provider=THIS_YEAR_ONLY).ect.trainings

    assert (old.withdrawn, new.period) == (True, Period(IN_OCTOBER))


def test_a_change_to_provider_led_begins_the_mentors_funded_training(service):
    """As assigning them would; training that they have already stays."""
    joan = service.has_mentor(a_mentor())
    ect = service.has_ect(a_school_led_ect(mentorships=(a_mentorship(joan),)))
    keys = {"programme": "provider_led", "lead_provider": LEAD_PROVIDER}
    first = changing(service, ect, **keys)
    changing(service, ect, programme="school_led")
    again = changing(service, ect, **keys)

    [(_, trained)] = first.mentors
    assert (trained.trainings[0].period, trained.trainings[0].lead_provider) == (
        Period(TODAY),
        LEAD_PROVIDER,
    )
    assert again.mentors == ()
    assert (first.mentor_training, again.mentor_training) == (
        TrainingThen.BEGINS,
        TrainingThen.STAYS,
    )
    assert [
        (line.what, dict(line.before), dict(line.after))
        for line in service.history()
        if line.about == joan.id
    ] == [
        (
            What.DETAILS_CHANGED,
            {},
            {
                "ect": ect.teacher.name,
                "lead_provider": LEAD_PROVIDER,
                "delivery_partner": None,
                "started_on": TODAY.isoformat(),
            },
        )
    ]


def test_a_corrected_start_date_moves_training_and_mentorship_along(service, mentor):
    """Those from the old first day; the mentorship not before it was assigned."""
    ect = service.has_ect(
        an_ect(
            trainings=(a_training(),),
            mentorships=(a_mentorship(mentor, assigned_on=date(2025, 8, 28)),),
        )
    )
    later = changing(service, ect, start_date="2025-09-08").ect
    earlier = changing(service, ect, start_date="2025-08-20").ect

    assert [row.period.started_on for row in (*later.trainings, *later.mentorships)] == [
        date(2025, 9, 8)
    ] * 2
    assert earlier.period.started_on == date(2025, 8, 20)
    assert [row.period.started_on for row in (*earlier.trainings, *earlier.mentorships)] == [
        date(2025, 8, 20),
        date(2025, 9, 1),  # the mentor's first day
    ]


def test_a_part_with_no_day_left_is_withdrawn(service, mentor):
    """It would end before it begins."""
    over = a_mentorship(mentor, period=Period(FIRST, date(2025, 9, 5)))
    ect = service.has_ect(an_ect(mentorships=(over,)))
    moved = changing(service, ect, start_date="2025-09-08").ect
    of_ect, of_mentor = service.history()[-2:]

    assert moved.mentorships[0].withdrawn
    assert (of_ect.about, of_ect.before["mentor"], dict(of_ect.after)) == (
        ect.id,
        mentor.teacher.name,
        {"withdrawn": True},
    )
    assert (of_mentor.about, of_mentor.before["ect"], dict(of_mentor.after)) == (
        mentor.id,
        ect.teacher.name,
        {"withdrawn": True, "because": "details-changed"},
    )


def test_a_corrected_start_date_is_not_after_the_last_day(service, registered):
    """Nor before the range as of the registration day."""
    report_ect_leaving(registered.id, IN_OCTOBER, ACTOR, service.ports)
    blocked = changing(service, registered, start_date="2025-10-25")

    assert _rule(blocked) == ("start-date-correction", Kind.INVALID, "start_date")
    assert blocked.because == {"latest": "2025-10-24"}
    assert changing(service, registered, start_date="2025-10-24").changed == ["start_date"]


def test_a_corrected_transfer_moves_the_end_at_the_other_school(service):
    """Up to the day before the new start, or the last day that it had before."""
    there = service.has_ect(
        an_ect(
            school=OTHER_SCHOOL,
            period=Period(A_YEAR_AGO, date(2025, 12, 1)),
            trainings=(a_training(period=Period(A_YEAR_AGO, date(2025, 12, 1))),),
        )
    )
    ect = service.register(start_date="2025-10-24").ect
    for start_date, ends in (
        ("2025-11-10", date(2025, 11, 9)),
        ("2025-10-01", date(2025, 9, 30)),
        ("2025-12-20", date(2025, 12, 1)),
    ):
        outcome = changing(service, ect, start_date=start_date)
        [old, _] = service.ects_of(ECT_TRN)
        assert [old.period.finished_on, old.trainings[0].period.finished_on] == [ends] * 2
        assert outcome.changed == ["start_date"]
    told = [line for line in service.history(OTHER_SCHOOL) if line.what is What.DETAILS_CHANGED]
    assert [dict(line.after)["finished_on"] for line in told] == [
        "2025-11-09",
        "2025-09-30",
        "2025-12-01",
    ]
    blocked = changing(service, ect, start_date="2024-09-01")
    assert _rule(blocked) == ("overlaps-previous", Kind.REFUSED, "start_date")
    undo_ect(ect.id, ACTOR, service.ports)
    assert service.ects_of(ECT_TRN)[0].period == there.period


@pytest.mark.parametrize("taken", [False, True])
def test_whoever_goes_on_elsewhere_has_their_address_again_if_it_is_free(service, taken):
    """A later start lets the period at the other school, which had ended, go on for some days."""
    address = Email("asha@elsewhere.example.org")
    service.has_ect(an_ect(school=OTHER_SCHOOL, period=Period(A_YEAR_AGO), email=address))
    ect = service.register(start_date="2025-09-01").ect
    service.clock.wait(days=10)
    if taken:
        service.has_ect(an_ect(id=uuid4(), teacher=Teacher(BRAM, "Bram Quill"), email=address))
    outcome = changing(service, ect, start_date=(service.clock.today() + 5 * DAY).isoformat())
    [old, _] = service.ects_of(ECT_TRN)

    assert outcome.changed == ["start_date"]
    assert old.period.finished_on == service.clock.today() + 4 * DAY
    assert old.email == (None if taken else address)


def test_a_corrected_start_date_does_not_overlap_a_finished_period(service):
    """One that this registration did not end stays as it is."""
    gone = Period(date(2024, 9, 1), date(2025, 7, 31))
    service.has_ect(an_ect(school=OTHER_SCHOOL, period=gone))
    ect = service.register(start_date="2025-09-01").ect
    blocked = changing(service, ect, start_date="2025-07-31")

    assert blocked.because == {"earliest": "2025-08-01"}
    assert changing(service, ect, start_date="2025-08-01").changed == ["start_date"]


def test_a_corrected_transfer_is_at_most_four_months_ahead(service):
    """It ends another school's record."""
    service.has_ect(an_ect(school=OTHER_SCHOOL, period=Period(A_YEAR_AGO)))
    ect = service.register(start_date="2025-10-24").ect
    blocked = changing(service, ect, start_date="2026-01-11")

    assert _rule(blocked) == ("transfer-too-far-ahead", Kind.INVALID, "start_date")
    assert changing(service, ect, start_date="2026-01-10").changed == ["start_date"]


def test_a_year_that_moves_is_shown_with_how_sure_training_is_in_it():
    """A partnership that is reported meanwhile makes it something else than was shown."""
    service = Service.of(town(open_next_year=True))
    ect = service.register(start_date="2026-09-01").ect
    draft = EctChangeDraft(ect.id, frozenset({"start-date"}), start_date=date(2026, 8, 31))
    shown = look_at_ect_change(draft, ACTOR, service.ports)
    report_partnership(a_partnership(), USER, service.ports)
    late = change_ect(draft, ACTOR, service.ports, shown=shown)
    again = look_at_ect_change(draft, ACTOR, service.ports)
    saved = change_ect(draft, ACTOR, service.ports, shown=again)

    assert shown.expected_years == (AcademicYear(2026), AcademicYear(2025))
    assert (late.rule.id, shown.training_states) == ("saved-as-shown", None)
    assert saved.training_states == (
        TrainingState.EXPRESSION_OF_INTEREST,
        TrainingState.CONFIRMED,
    )
    assert service.history()[-1].after == {
        "start_date": "2026-08-31",
        "expected_training_start_year": "2025",
    }


def test_the_expected_year_is_decided_again():
    """With training that is confirmed or an interest there, and a lead provider of that year."""
    service = Service.of(town(open_next_year=True))
    ect = service.register(start_date="2026-08-31").ect
    moved = changing(service, ect, start_date="2026-09-01").ect
    back = changing(service, ect, start_date="2026-08-31").ect
    changing(service, ect, lead_provider=THIS_YEAR_ONLY)
    needs = changing(service, ect, start_date="2026-09-01")
    refused = changing(service, ect, start_date="2026-09-01", lead_provider=THIS_YEAR_ONLY)
    done = changing(service, ect, start_date="2026-09-01", lead_provider=LEAD_PROVIDER)

    next_year = AcademicYear(2026)
    assert (moved.registration.expected_training_start_year, moved.training.year) == (
        next_year,
        next_year,
    )
    assert back == ect
    assert _rule(needs) == ("lead-provider-not-available", Kind.NEEDS, "lead_provider")
    assert _rule(refused) == ("lead-provider-not-available", Kind.REFUSED, "lead_provider")
    assert (done.changed, done.ect.training.lead_provider) == (
        ["start_date", "lead_provider"],
        LEAD_PROVIDER,
    )


def test_confirmed_training_is_kept_when_one_document_moves_its_year_and_ends_it():
    """What was trained up to yesterday stays, whatever else the same document changes."""
    service = Service.of(town())
    service.do(lambda uow: uow.offers.save_academic_year(LAST_YEAR, open_for_registration=True))
    for year in (LAST_YEAR, THIS_YEAR):
        report_partnership(a_partnership(year=year), USER, service.ports)
    service.clock.turn_to(date(2025, 8, 20))
    ect = service.register(start_date="2025-09-01").ect
    service.clock.turn_to(date(2025, 9, 12))
    corrected = {"start_date": "2025-08-25"}
    refused = changing(service, ect, **corrected, lead_provider=THIS_YEAR_ONLY)
    moved = changing(service, ect, **corrected, programme="school_led").ect
    before, after = moved.trainings

    assert _rule(refused) == ("lead-provider-not-available", Kind.REFUSED, "lead_provider")
    assert before == attrs.evolve(
        ect.training,
        period=Period(date(2025, 8, 25), date(2025, 9, 11)),
        year=LAST_YEAR,
        ends=before.ends,
    )
    assert (after.period, after.programme, after.year) == (
        Period(date(2025, 9, 12)),
        Programme.SCHOOL_LED,
        LAST_YEAR,
    )


@pytest.mark.parametrize("how", ["left", "completed", "undone", "elsewhere", "unknown"])
def test_details_of_whoever_is_not_in_progress_here_are_read_only(service, registered, how):
    """And another school's id is as an unknown one."""
    school = OTHER_SCHOOL if how == "elsewhere" else URN
    if how == "left":
        report_ect_leaving(registered.id, TODAY, ACTOR, service.ports)
        service.clock.wait(days=1)
    elif how == "completed":
        service.do(
            lambda uow: uow.ects.change(registered, attrs.evolve(registered, completed=True))
        )
    elif how == "undone":
        undo_ect(registered.id, ACTOR, service.ports)
    blocked = changing(
        service, registered, "199999" if how == "unknown" else school, email="new@example.org"
    )

    assert _rule(blocked) == {
        "elsewhere": ("own-school-only", Kind.REFUSED, None),
        "unknown": ("own-school-only", Kind.INVALID, "school"),
    }.get(how, ("details-can-change", Kind.REFUSED, None))


def test_a_check_page_is_saved_as_it_was_shown_or_not_at_all(service, registered):
    """A partnership that came meanwhile changes what a new lead provider means."""
    changes = EctChangeDraft(
        registered.id, frozenset({"lead-provider"}), lead_provider=THIS_YEAR_ONLY
    )
    shown = look_at_ect_change(changes, ACTOR, service.ports)
    report_partnership(a_partnership(), USER, service.ports)
    refused = change_ect(changes, ACTOR, service.ports, shown=shown)
    again = look_at_ect_change(changes, ACTOR, service.ports)
    saved = change_ect(changes, ACTOR, service.ports, shown=again)

    assert refused.rule.id == "saved-as-shown"
    assert saved.as_shown == again.as_shown
    assert saved.ect == the_ect(service)


def test_a_page_walks_a_change_by_what_is_asked(service, registered):
    """The steps to show, what is missing, and the check page once all is answered."""
    asked = EctChangeDraft(registered.id, frozenset({"email"}))
    _, begun = walk_ect_change(asked, ACTOR, service.ports)
    given = attrs.evolve(asked, email=Email("new@example.org"))
    _, done = walk_ect_change(given, ACTOR, service.ports)
    unanswered = look_at_ect_change(asked, ACTOR, service.ports)

    assert [step.id for step in begun.path] == ["email"]
    assert [step.id for step in done.path] == ["email", "check-answers"]
    assert _rule(unanswered) == ("email-format", Kind.NEEDS, "email")
    assert isinstance(walk_ect_change(asked, ACTOR_THERE, service.ports), Blocked)


def test_a_change_of_working_pattern_only_needs_nothing_else(service):
    """Of a record that was brought in without half of its details."""
    ect = service.has_ect(
        an_ect(
            email=None,
            working_pattern=None,
            registration=attrs.evolve(an_ect().registration, choices=school_led()),
        )
    )
    assert changing(service, ect, working_pattern="part_time").ect.working_pattern is (
        WorkingPattern.PART_TIME
    )
