"""Why a lead provider no longer trains a person, and where people go."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import attrs
import pytest

from builders import LEAD_PROVIDER, TERM_STARTS, a_mentor, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.lead_providers.person import Person
from ect_registration.domain.lead_providers.records import (
    Place,
    Transfers,
    Withdrawal,
    WithdrawalReason,
)
from ect_registration.domain.lead_providers.transfers import transfers_of
from ect_registration.domain.people.ect import EctAtSchool, EctId, WorkingPattern
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.training import Programme, Training
from ect_registration.domain.values import Urn
from unit.lead_providers.people import (
    LATER,
    MENTOR,
    NOW,
    OTHER_PROVIDER,
    TEACHER,
    a_mentor_person,
    an_ect_person,
    confirmed,
    enrolment_of,
    seen_of,
)

LAST_DAY, NEXT_DAY = date(2026, 3, 11), date(2026, 3, 12)
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
OTHER_SCHOOL, THIRD_SCHOOL = Urn("100002"), Urn("100003")


def ended(cause: Cause, *, withdrawn: bool = False, **changes: object) -> Training:
    """Returns training with the lead provider that ended in March, or never was."""
    end = End(cause, UUID(int=9), LAST_DAY, recorded_on=LAST_DAY)
    period = Period(TERM_STARTS, None if withdrawn else LAST_DAY)
    return confirmed(period=period, withdrawn=withdrawn, ends=(end,), **changes)


def following(**changes: object) -> Training:
    """Returns training with another lead provider from the day after."""
    return confirmed(**{"period": Period(NEXT_DAY), "lead_provider": OTHER_PROVIDER} | changes)


def elsewhere(*trainings: Training) -> EctAtSchool:
    """Returns the period at the next school, from the day after."""
    return an_ect(
        id=EctId(uuid4()),
        teacher=TEACHER,
        school=OTHER_SCHOOL,
        email=Email("new@example.org"),
        period=Period(NEXT_DAY),
        trainings=trainings,
    )


def moved(before: Training, *after: Training) -> Person:
    """Returns somebody who changed schools in March."""
    person = an_ect_person(before)
    left = [attrs.evolve(each, period=Period(TERM_STARTS, LAST_DAY)) for each in person.ects]
    return attrs.evolve(person, ects=[*left, elsewhere(*after)])


SCHOOL_LED = {"programme": Programme.SCHOOL_LED, "lead_provider": None, "delivery_partner": None}


@pytest.mark.parametrize(
    ("person", "reason"),
    [
        (an_ect_person(ended(Cause.CHANGED), following()),
         WithdrawalReason.CHANGED_LEAD_PROVIDER),
        (an_ect_person(ended(Cause.CHANGED), following(**SCHOOL_LED)),
         WithdrawalReason.SCHOOL_LED),
        (moved(ended(Cause.TRANSFER), following()), WithdrawalReason.MOVED_SCHOOL),
        (moved(ended(Cause.TRANSFER), following(**SCHOOL_LED)), WithdrawalReason.SCHOOL_LED),
    ],
)  # fmt: skip
def test_training_that_another_took_over_is_withdrawn_on_its_last_day(
    person: Person, reason: WithdrawalReason
) -> None:
    """The reason is what took its place."""
    assert enrolment_of(person).withdrawal == Withdrawal(reason, on=LAST_DAY)


def then(*trainings: Training) -> Person:
    """Returns somebody whose training with the lead provider was changed, then others."""
    first, *_ = trainings
    end = End(Cause.CHANGED, first.id, LAST_DAY, recorded_on=NEXT_DAY)
    before = confirmed(period=Period(TERM_STARTS, LAST_DAY), ends=(end,))
    return an_ect_person(before, *trainings)


@pytest.mark.parametrize(
    "later",
    [
        following(period=Period(MAY), **SCHOOL_LED),
        following(period=Period(MAY), lead_provider=LEAD_PROVIDER, delivery_partner=None),
        following(period=Period(MAY), lead_provider="A third"),
    ],
    ids=["school-led", "an interest in the lead provider", "another again"],
)
def test_what_comes_later_does_not_change_why_training_was_over(later: Training) -> None:
    """The reason is the training that took its place, not the latest."""
    next_one = following(period=Period(NEXT_DAY, date(2026, 4, 30)))
    withdrawal = Withdrawal(WithdrawalReason.CHANGED_LEAD_PROVIDER, on=LAST_DAY)

    assert enrolment_of(then(next_one, later)).withdrawal == withdrawal
    moved_on = moved(ended(Cause.CHANGED))
    left, joined = moved_on.ects
    left = attrs.evolve(left, trainings=(*left.trainings, next_one))
    joined = attrs.evolve(joined, period=Period(MAY), trainings=(later,))
    assert enrolment_of(attrs.evolve(moved_on, ects=[left, joined])).withdrawal == withdrawal


@pytest.mark.parametrize(
    "later",
    [following(**SCHOOL_LED), following(lead_provider=LEAD_PROVIDER, delivery_partner=None)],
)
def test_what_took_its_place_and_was_changed_before_it_began_is_the_reason(
    later: Training,
) -> None:
    """The lead provider was told so, and the training did not go on."""
    changed = End(Cause.CHANGED, later.id, LAST_DAY, recorded_on=NEXT_DAY)
    next_one = following(withdrawn=True, ends=(changed,))
    undone = attrs.evolve(next_one, ends=(attrs.evolve(changed, cause=Cause.UNDONE),))
    withdrawal = Withdrawal(WithdrawalReason.CHANGED_LEAD_PROVIDER, on=LAST_DAY)

    assert enrolment_of(then(next_one, later)).withdrawal == withdrawal
    assert enrolment_of(then(undone, later)).withdrawal != withdrawal


def test_an_interest_that_the_next_school_changed_is_still_the_reason() -> None:
    """It is withdrawn, as nobody had confirmed it, but the person had moved for it."""
    school_led = following(period=Period(MAY), **SCHOOL_LED)
    changed = End(Cause.CHANGED, school_led.id, LAST_DAY, recorded_on=MAY)
    interest = following(delivery_partner=None, withdrawn=True, ends=(changed,))
    person = moved(ended(Cause.LEAVING), school_led, interest)

    withdrawal = Withdrawal(WithdrawalReason.MOVED_SCHOOL, on=LAST_DAY)
    assert enrolment_of(person).withdrawal == withdrawal
    at_once = following(id=school_led.id, **SCHOOL_LED)
    assert enrolment_of(moved(ended(Cause.LEAVING), at_once, interest)).withdrawal == withdrawal
    same = attrs.evolve(interest, lead_provider=LEAD_PROVIDER)
    since = Withdrawal(WithdrawalReason.SCHOOL_LED, on=LAST_DAY)
    assert enrolment_of(moved(ended(Cause.LEAVING), school_led, same)).withdrawal == since


def test_a_transfer_to_come_that_a_change_overtakes_is_not_the_reason() -> None:
    """The school changed the lead provider before the person went."""
    arranged = moved(ended(Cause.TRANSFER), following(period=Period(JUNE)))
    left, joined = arranged.ects
    next_one = following(period=Period(NEXT_DAY, date(2026, 5, 31)))
    [before] = left.trainings
    changed = End(Cause.CHANGED, next_one.id, LAST_DAY, recorded_on=NEXT_DAY)
    before = attrs.evolve(before, ends=(*before.ends, changed))
    left = attrs.evolve(left, trainings=(before, next_one))

    assert enrolment_of(attrs.evolve(arranged, ects=[left, joined])).withdrawal == Withdrawal(
        WithdrawalReason.CHANGED_LEAD_PROVIDER, on=LAST_DAY
    )


@pytest.mark.parametrize(
    "person",
    [
        an_ect_person(confirmed()),
        an_ect_person(ended(Cause.LEAVING)),
        an_ect_person(ended(Cause.COMPLETED)),
        an_ect_person(ended(Cause.LEAVING, withdrawn=True)),
        moved(
            ended(Cause.TRANSFER), following(lead_provider=LEAD_PROVIDER, delivery_partner=None)
        ),
    ],
    ids=["goes on", "left", "completed", "left before it began", "the same provider"],
)
def test_who_left_or_completed_is_not_withdrawn(person: Person) -> None:
    """Nor is somebody whose next school would like the same lead provider."""
    assert enrolment_of(person).withdrawal is None


def test_the_confirmed_training_at_the_next_school_is_seen_instead() -> None:
    """With the same lead provider there is nothing to withdraw."""
    same = following(lead_provider=LEAD_PROVIDER)
    enrolment = enrolment_of(moved(ended(Cause.TRANSFER), same))

    assert (enrolment.withdrawal, enrolment.school) == (None, OTHER_SCHOOL.digits)


@pytest.mark.parametrize("cause", [Cause.UNDONE, Cause.TRANSFER])
def test_what_was_undone_or_merged_away_is_withdrawn_at_that_moment(cause: Cause) -> None:
    """The moment when it was first seen stays."""
    person = an_ect_person(ended(cause, withdrawn=True))
    before = seen_of(person)
    assert before is not None
    [enrolment] = before.enrolments
    assert enrolment.withdrawal == Withdrawal(WithdrawalReason.OTHER, at=NOW)
    assert enrolment.left_before_it_began

    later = Withdrawal(WithdrawalReason.OTHER, at=LATER)
    shown = attrs.evolve(before, enrolments=(attrs.evolve(enrolment, withdrawal=later),))
    assert enrolment_of(person, shown).withdrawal == later


def test_undone_training_is_seen_only_where_there_is_no_other() -> None:
    """A registration that was a mistake does not hide the one before it."""
    undone = attrs.evolve(ended(Cause.UNDONE, withdrawn=True), period=Period(NEXT_DAY))
    person = an_ect_person(confirmed(), undone)

    assert enrolment_of(person).training.first == TERM_STARTS


def test_mentoring_is_over_when_no_period_is_left() -> None:
    """The last day of all of them, unless one goes on."""
    person = a_mentor_person(confirmed())

    def until(*last_days: date | None) -> date | None:
        periods = [
            a_mentor(
                id=MentorId(uuid4()),
                teacher=MENTOR,
                trainings=(confirmed(),),
                period=Period(TERM_STARTS, day),
            )
            for day in last_days
        ]
        seen = seen_of(attrs.evolve(person, mentors=periods))
        assert seen is not None
        [enrolment] = seen.enrolments
        return enrolment.mentoring_until

    assert until(LAST_DAY) == LAST_DAY
    assert until(LAST_DAY, NEXT_DAY) == NEXT_DAY
    assert until(LAST_DAY, None) is None


def seen_transfers(person: Person, before: Transfers | None = None) -> Transfers | None:
    """Returns what the lead provider of the examples sees of a person's moves."""
    return transfers_of(person, LEAD_PROVIDER, before, NOW)


def test_a_move_is_seen_by_the_lead_provider_of_the_school_that_is_left() -> None:
    """With the school, day and lead provider of the next one."""
    seen = seen_transfers(moved(ended(Cause.TRANSFER), following()))

    assert seen is not None
    [transfer] = seen.transfers
    assert transfer.leaving == Place("100001", LEAD_PROVIDER, LAST_DAY)
    assert transfer.joining == Place(OTHER_SCHOOL.digits, OTHER_PROVIDER, NEXT_DAY)
    assert transfer.created_at == NOW


def test_a_leaver_without_a_next_school_is_seen_too() -> None:
    """Where they go is not known yet; at a school without training nor is by whom."""
    person = moved(ended(Cause.TRANSFER))
    leaver = attrs.evolve(person, ects=person.ects[:1])
    seen = seen_transfers(leaver)
    joined = seen_transfers(person)

    assert seen is not None
    assert joined is not None
    assert [each.joining for each in seen.transfers] == [None]
    assert [each.joining and each.joining.lead_provider for each in joined.transfers] == [None]


@pytest.mark.parametrize(
    "person",
    [
        an_ect_person(confirmed()),
        moved(ended(Cause.TRANSFER, lead_provider=OTHER_PROVIDER)),
        moved(ended(Cause.TRANSFER, delivery_partner=None)),
        moved(ended(Cause.TRANSFER, withdrawn=True)),
    ],
    ids=["goes on", "of another", "an interest", "never was"],
)
def test_nobody_else_is_seen_to_move(person: Person) -> None:
    """The lead provider did not train them at the school that they left."""
    assert seen_transfers(person) is None


HERE = Urn("100001")
LEFT = Period(TERM_STARTS, LAST_DAY)


def mentoring(*places: tuple[Urn, Period]) -> Person:
    """Returns a mentor at these schools, trained at the first until they left it."""
    (school, period), *others = places
    trained = a_mentor(
        id=MentorId(uuid4()),
        teacher=MENTOR,
        school=school,
        period=period,
        trainings=(confirmed(period=period),),
    )
    beside = [
        a_mentor(id=MentorId(uuid4()), teacher=MENTOR, school=urn, period=days)
        for urn, days in others
    ]
    return attrs.evolve(a_mentor_person(), mentors=[*beside, trained])


@pytest.mark.parametrize(
    ("others", "joined"),
    [
        ([(OTHER_SCHOOL, Period(date(2025, 1, 1)))], OTHER_SCHOOL),
        ([(OTHER_SCHOOL, Period(date(2025, 10, 1)))], OTHER_SCHOOL),
        ([(OTHER_SCHOOL, Period(date(2025, 10, 1), JUNE))], OTHER_SCHOOL),
        ([(OTHER_SCHOOL, Period(date(2025, 10, 1), date(2026, 3, 10)))], None),
        ([(OTHER_SCHOOL, Period(date(2025, 1, 1))), (THIRD_SCHOOL, Period(MAY))], THIRD_SCHOOL),
        (
            [(OTHER_SCHOOL, Period(date(2025, 1, 1))), (THIRD_SCHOOL, Period(date(2025, 10, 1)))],
            THIRD_SCHOOL,
        ),
        ([(THIRD_SCHOOL, Period(JUNE)), (OTHER_SCHOOL, Period(LAST_DAY))], OTHER_SCHOOL),
    ],
    ids=[
        "there before",
        "there since",
        "there for longer",
        "left before",
        "joins one after",
        "the last of two",
        "the next of two",
    ],
)
def test_a_mentor_goes_on_where_a_period_begins_or_goes_on(
    others: list[tuple[Urn, Period]], joined: Urn | None
) -> None:
    """One that begins when they leave, or else one that they were at already and do not leave."""
    seen = seen_transfers(mentoring((HERE, LEFT), *others))

    assert seen is not None
    [transfer] = seen.transfers
    assert transfer.leaving == Place(HERE.digits, LEAD_PROVIDER, LAST_DAY)
    assert (transfer.joining and transfer.joining.school) == (joined and joined.digits)


@pytest.mark.parametrize(
    "places",
    [
        [(HERE, Period(TERM_STARTS)), (OTHER_SCHOOL, Period(date(2025, 10, 1), LAST_DAY))],
        [(HERE, LEFT), (HERE, Period(MAY)), (OTHER_SCHOOL, Period(date(2025, 10, 1), LAST_DAY))],
    ],
    ids=["goes on here", "comes back"],
)
def test_who_leaves_another_school_or_comes_back_is_not_seen_to_move(
    places: list[tuple[Urn, Period]],
) -> None:
    """The lead provider trains them at a school where they are, or are again."""
    assert seen_transfers(mentoring(*places)) is None


def test_a_move_that_was_undone_leaves_an_empty_list() -> None:
    """And one that is seen again keeps the moment when it was first seen."""
    person = moved(ended(Cause.TRANSFER), following())
    seen = seen_transfers(person)
    assert seen is not None
    earlier = Transfers(tuple(attrs.evolve(each, created_at=LATER) for each in seen.transfers))

    assert seen_transfers(an_ect_person(confirmed()), seen) == Transfers(())
    assert seen_transfers(person, earlier) == earlier
    elsewhere_before = Transfers(
        tuple(
            attrs.evolve(each, leaving=Place("100009", LEAD_PROVIDER, LAST_DAY))
            for each in seen.transfers
        )
    )
    assert seen_transfers(person, elsewhere_before) == seen


def test_each_time_that_a_person_leaves_a_school_has_a_moment_of_its_own() -> None:
    """Somebody who came back and left again was not seen to do so the first time."""
    once = moved(ended(Cause.TRANSFER), following())
    first = seen_transfers(once)
    assert first is not None
    known = Transfers(tuple(attrs.evolve(each, created_at=LATER) for each in first.transfers))
    back, gone = Period(date(2026, 5, 1), date(2026, 6, 30)), Period(date(2026, 7, 1))
    elsewhere_until = attrs.evolve(once.ects[1], period=Period(NEXT_DAY, date(2026, 4, 30)))
    again = attrs.evolve(
        once.ects[0],
        id=EctId(uuid4()),
        period=back,
        trainings=(confirmed(period=back),),
    )
    last = attrs.evolve(elsewhere(), period=gone)
    person = attrs.evolve(once, ects=[once.ects[0], elsewhere_until, again, last])

    seen = seen_transfers(person, known)

    assert seen is not None
    assert [each.created_at for each in seen.transfers] == [LATER, NOW]


def changed_before_it_began(*later: Training) -> Person:
    """Returns somebody whose training was to begin in March, and was changed before that."""
    end = End(Cause.CHANGED, UUID(int=9), TERM_STARTS, recorded_on=TERM_STARTS)
    withdrawn = confirmed(period=Period(LAST_DAY), withdrawn=True, ends=(end,))
    return an_ect_person(withdrawn, *later)


def test_training_that_began_earlier_after_all_takes_the_place_of_what_was_changed() -> None:
    """The start date was corrected to an earlier one; what was withdrawn keeps its own."""
    other = following(period=Period(TERM_STARTS))
    withdrawal = enrolment_of(changed_before_it_began(other)).withdrawal

    assert withdrawal == Withdrawal(WithdrawalReason.CHANGED_LEAD_PROVIDER, at=NOW)


@pytest.mark.parametrize("first_day", [TERM_STARTS, LAST_DAY])
def test_training_that_stands_is_seen_before_one_that_was_withdrawn(first_day: date) -> None:
    """The school has changed back to the lead provider."""
    again = confirmed(period=Period(first_day))
    enrolment = enrolment_of(changed_before_it_began(again))

    assert (enrolment.training.first, enrolment.withdrawal) == (first_day, None)


OVERTAKEN = moved(ended(Cause.CHANGED), following(period=Period(JUNE)))


@pytest.mark.parametrize(
    ("person", "day", "kept"),
    [
        (an_ect_person(ended(Cause.CHANGED), following()), NEXT_DAY, True),
        (an_ect_person(ended(Cause.LEAVING)), NEXT_DAY, True),
        (an_ect_person(ended(Cause.LEAVING)), LAST_DAY, False),
        (OVERTAKEN, NEXT_DAY, True),
        (an_ect_person(ended(Cause.UNDONE, withdrawn=True)), TERM_STARTS, True),
        (an_ect_person(confirmed()), NEXT_DAY, False),
    ],
    ids=["changed", "left", "on the last day", "moving on later", "undone", "goes on"],
)
def test_what_the_school_changes_after_the_training_is_not_seen(
    person: Person, day: date, *, kept: bool
) -> None:
    """The address and the working pattern stay as they were when the training ended."""
    ect, *others = person.ects
    before = seen_of(person, day=day)
    address, part_time = Email("new@example.org"), WorkingPattern.PART_TIME
    changed = attrs.evolve(ect, email=address, working_pattern=part_time)
    after = enrolment_of(attrs.evolve(person, ects=[changed, *others]), before, day)

    assert before is not None
    [old] = before.enrolments
    assert old.working_pattern is not part_time
    assert (after.email == old.email) == kept
    assert (after.working_pattern is old.working_pattern) == kept


def test_a_mentors_undone_training_keeps_the_address_of_then() -> None:
    """The mentor goes on at the school without training."""
    person = a_mentor_person(ended(Cause.UNDONE, withdrawn=True))
    [mentor] = person.mentors
    changed = attrs.evolve(mentor, email=Email("new@example.org"))
    after = enrolment_of(attrs.evolve(person, mentors=[changed]), seen_of(person))

    assert mentor.email is not None
    assert after.email == mentor.email.address


def test_another_training_has_the_address_of_now() -> None:
    """What was seen before was an earlier one, or nothing."""
    before = seen_of(an_ect_person(confirmed(period=Period(date(2025, 8, 1)))))
    [ect] = an_ect_person(ended(Cause.LEAVING)).ects
    changed = attrs.evolve(ect, email=Email("new@example.org"))
    person = attrs.evolve(an_ect_person(), ects=[changed])

    assert enrolment_of(person, before, NEXT_DAY).email == "new@example.org"
    assert enrolment_of(person, None, NEXT_DAY).email == "new@example.org"
