from __future__ import annotations

from datetime import date
from uuid import uuid4

import attrs
import pytest

from builders import (
    ECT_TRN,
    LEAD_PROVIDER,
    TODAY,
    a_mentor,
    a_mentorship,
    a_training,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.drafts.ect_draft import NameAnswer
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.email import Email
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.rules.mentors.mentor_training import MentorTraining
from ect_registration.domain.values import PersonName
from ect_registration.use_cases.changing.undo.undoing import undo_mentor
from ect_registration.use_cases.journeys.journey_type import Gone
from ect_registration.use_cases.journeys.saved_journeys import draft_of
from ect_registration.use_cases.journeys.unfinished import unfinished
from ect_registration.use_cases.registering.earlier_submission import what_was_assigned
from ect_registration.use_cases.registering.outcomes import Assigned
from ect_registration.use_cases.transactions import Actor
from endings import left_on
from unit.use_cases.mentoring import BRAMS_EMAIL, a_provider_led_ect, a_school_led_ect, mentors_of
from unit.use_cases.service import ACTOR
from unit.use_cases.town import (
    ANOTHER_DAY,
    BRAM,
    INDEPENDENT,
    NOBODY,
    NUMBER,
    OLD_TRN,
    OTHER_SCHOOL,
    RETAINED_TRN,
    THIS_YEAR_ONLY,
)
from unit.use_cases.visit import AssignmentVisit, MentorVisit, Visit

A_YEAR_AGO = date(2024, 9, 1)


@pytest.fixture
def ect(service):
    """Asha, provider-led, without a mentor."""
    return service.has_ect(a_provider_led_ect())


@pytest.fixture
def joan(service):
    """A mentor of this school."""
    return service.has_mentor(a_mentor())


@pytest.fixture
def elsewhere(service):
    """Joan mentors and is trained at another school."""
    training = a_training(period=Period(A_YEAR_AGO))
    return service.has_mentor(
        a_mentor(school=OTHER_SCHOOL, period=Period(A_YEAR_AGO), trainings=(training,))
    )


def _steps(visit):
    return [step.id for step in visit.look().decided.progress.path]


def test_a_mentor_is_found_named_and_registered(service, ect):
    """One question at a time, and only those that concern this mentor."""
    visit = MentorVisit.at_check_answers(service, ect)
    steps, preview = _steps(visit), visit.preview
    outcome = visit.submit()
    [mentor] = mentors_of(service)

    assert steps == ["name", "email", "training", "check-answers"]
    assert (preview.ect, preview.name, preview.started_on, preview.lead_provider) == (
        "Asha Marlowe",
        "Joan Thackeray",
        TODAY,
        LEAD_PROVIDER,
    )
    assert (outcome.mentor, outcome.ect) == (mentor, service.ects_of()[0])


def test_somebody_who_mentors_elsewhere_is_asked_more(service, ect, elsewhere):
    """Whether only here, from when, and what it means for their training."""
    visit = MentorVisit.at_check_answers(service, ect)

    assert _steps(visit) == [
        "name",
        "email",
        "only-here",
        "start-date",
        "training",
        "check-answers",
    ]
    assert visit.submit().mentor.trainings[0].period == Period(TODAY)


def test_somebody_who_is_trained_elsewhere_is_told_nothing_of_training(service, ect, elsewhere):
    """It stays where it is."""
    visit = MentorVisit.at_check_answers(service, ect, only_here={"only_here": False})

    assert _steps(visit) == ["name", "email", "only-here", "start-date", "check-answers"]


def test_submitting_a_mentor_twice_is_one_mentor(service, ect):
    """Double clicks and reloads get the same confirmation."""
    visit = MentorVisit.at_check_answers(service, ect)
    shown = visit.preview
    first, second = visit.submit(shown), visit.submit(shown)

    assert attrs.evolve(first, told=None, preview=None) == second
    assert (len(mentors_of(service)), len(service.ects_of()[0].mentorships)) == (1, 1)
    assert visit.draft == MentorDraft(ect.id, another_provider=False)


def test_submitting_again_what_was_undone_registers_nobody(service, ect):
    """The mentor of this journey is still the one who was registered by mistake."""
    visit = MentorVisit.at_check_answers(service, ect)
    shown = visit.preview
    first = visit.submit(shown)
    undo_mentor(first.mentor.id, ACTOR, service.ports)
    again = visit.submit(shown)

    assert (again.mentor.id, again.mentor.withdrawn) == (first.mentor.id, True)
    assert mentors_of(service) == []


def test_submitting_an_assignment_twice_is_one_mentorship(service, ect, joan):
    """Likewise."""
    visit = AssignmentVisit.of(service, ect, joan)
    visit.go_on()
    first, second = visit.submit(), visit.submit()

    assert attrs.evolve(first, told=None, preview=None) == second
    assert len(service.ects_of()[0].mentorships) == 1
    assert visit.draft == AssignmentDraft(ect.id, joan.id, another_provider=False)


def test_a_confirmation_shows_the_training_as_it_stands(service, ect, joan):
    """With whom it is."""
    visit = AssignmentVisit.of(service, ect, joan)
    visit.go_on(training={"another_provider": True}, lead_provider={"lead_provider": "x"})
    refused = visit.draft.lead_provider
    visit.go_on(lead_provider={"lead_provider": THIS_YEAR_ONLY})
    visit.submit()
    again = visit.submit()

    assert refused is None
    assert (again.training, again.lead_provider) == (
        MentorTraining.EXPRESSION_OF_INTEREST,
        THIS_YEAR_ONLY,
    )


def test_an_assignment_is_not_made_before_the_training_step(service, ect, joan):
    """The school is told first."""
    visit = AssignmentVisit.of(service, ect, joan)
    asked = visit.submit()

    assert (asked.field, service.ects_of()) == ("lead_provider", [ect])


def test_an_assignment_to_a_school_led_ect_asks_nothing(service, joan):
    """It is done at once."""
    ect = service.has_ect(a_school_led_ect())
    visit = AssignmentVisit.of(service, ect, joan)

    assert (visit.at, visit.submit().training) == ("done", MentorTraining.NONE)


def test_the_ects_own_trn_asks_trs_nothing(service, ect):
    """And changes nothing in the journey."""
    visit = MentorVisit.for_ect(service, ect)
    refused = visit.find(ECT_TRN)

    assert (refused.rule.id, service.records.asked) == ("own-mentor", [])
    assert (visit.at, visit.draft) == ("find", MentorDraft(ect.id))


def test_a_merged_trn_of_the_ect_asks_trs_nothing(service):
    """Our records of both TRNs are one person."""
    ect = service.has_ect(a_provider_led_ect(teacher=Teacher(OLD_TRN, "Olga Former")))
    service.do(lambda uow: uow.teachers.merge(OLD_TRN, RETAINED_TRN))
    refused = MentorVisit.for_ect(service, ect).find(OLD_TRN)

    assert (refused.rule.id, service.records.asked) == ("own-mentor", [])


def test_a_search_may_be_repeated_before_a_proof(service, ect):
    """Another one replaces everything, in the same journey."""
    visit = MentorVisit.for_ect(service, ect, replace=True)
    ids = [visit.find(NOBODY), visit.find(born_on=ANOTHER_DAY), visit.prove(NUMBER)]

    assert (set(ids), visit.at, visit.draft.replace) == ({visit.id}, "name", True)


def test_a_search_after_a_proof_is_a_new_journey_for_the_same_ect(service, ect):
    """With nothing carried over but whom it is for."""
    visit = MentorVisit.at_check_answers(service, ect)
    id = visit.find(BRAM)
    other = MentorVisit(service, id)

    assert id != visit.id
    assert attrs.evolve(other.draft, search=None) == MentorDraft(ect.id)
    assert (other.at, visit.at) == ("name", "check-answers")


def test_nothing_is_reached_without_a_proof(service, ect):
    """Whatever is posted, in whatever order."""
    visit = MentorVisit.for_ect(service, ect)
    visit.find(born_on=ANOTHER_DAY)
    before = visit.draft
    for step, given in MentorVisit.answers.items():
        visit.give(step, **given)

    assert (visit.draft, visit.at) == (before, "national-insurance-number")


def test_a_number_is_not_tried_where_nobody_asks_for_it(service, ect):
    """Before a search, and after a proof."""
    visit = MentorVisit.for_ect(service, ect)
    visit.prove(NUMBER)
    visit.find()
    visit.prove(NUMBER)

    assert service.records.asked == ["date of birth"]


def test_a_changed_email_keeps_the_chosen_lead_provider(service, ect, elsewhere):
    """Nothing else hangs on it."""
    visit = MentorVisit.at_check_answers(
        service,
        ect,
        training={"another_provider": True},
        lead_provider={"lead_provider": THIS_YEAR_ONLY},
    )
    before = visit.draft
    visit.give("email", email=Email("joan@example.org"))

    assert visit.draft == attrs.evolve(before, email=Email("joan@example.org"))
    assert (visit.at, visit.preview.lead_provider) == ("check-answers", THIS_YEAR_ONLY)


def test_the_ects_lead_provider_after_all_forgets_the_other_one(service, ect):
    """Changed at the training step."""
    visit = MentorVisit.at_check_answers(
        service,
        ect,
        training={"another_provider": True},
        lead_provider={"lead_provider": THIS_YEAR_ONLY},
    )
    visit.give("training", another_provider=False)

    assert (visit.draft.lead_provider, visit.preview.lead_provider) == (None, LEAD_PROVIDER)


def test_a_start_date_that_no_longer_fits_is_asked_again(service, ect, elsewhere):
    """Only here, they cannot have begun before they began there."""
    visit = MentorVisit.at_check_answers(
        service,
        ect,
        only_here={"only_here": False},
        start_date={"start_date": A_YEAR_AGO},
    )
    visit.give("only-here", only_here=True)

    assert (visit.at, visit.draft.start_date) == ("start-date", None)


def test_what_is_saved_is_what_was_shown(service, ect):
    """Next day the mentor would start next day: it is shown again first."""
    visit = MentorVisit.at_check_answers(service, ect)
    shown = visit.preview
    service.clock.wait(hours=23)
    refused = visit.submit(shown)

    assert (refused.rule.id, mentors_of(service)) == ("saved-as-shown", [])
    assert isinstance(visit.submit(), Assigned)


@pytest.mark.parametrize(
    ("step", "other", "changed"),
    [
        ("email", {"email": Email("other@example.org")}, "email"),
        ("only-here", {"only_here": False}, "only_here, training, ends_elsewhere"),
    ],
)
def test_what_another_tab_answered_is_shown_before_it_is_saved(
    service, ect, elsewhere, step, other, changed
):
    """The page that is confirmed showed something else."""
    visit = MentorVisit.at_check_answers(
        service, ect, start_date={"start_date": date(2025, 9, 15)}
    )
    shown = visit.preview
    visit.give(step, **other)

    assert visit.submit(shown).because == {"changed": changed}
    assert mentors_of(service) == [elsewhere]


def test_whoever_else_loses_a_mentor_is_shown_first(service, ect, elsewhere):
    """Meanwhile a third school has registered the mentor, with both schools open."""
    visit = MentorVisit.at_check_answers(
        service, ect, start_date={"start_date": date(2025, 9, 15)}
    )
    shown = visit.preview
    service.has_mentor(a_mentor(id=MentorId(uuid4()), school=INDEPENDENT))

    assert visit.submit(shown).because == {"changed": "ends_elsewhere"}


def test_whoever_is_replaced_is_shown_first(service, joan):
    """A colleague has changed the mentor meanwhile."""
    ect = service.has_ect(a_school_led_ect(mentorships=(a_mentorship(joan),)))
    max = service.has_mentor(
        a_mentor(id=MentorId(uuid4()), teacher=Teacher(BRAM, "Bram Okafor"), email=BRAMS_EMAIL)
    )
    visit = MentorVisit.for_ect(service, ect, replace=True)
    visit.find(RETAINED_TRN)
    visit.go_on(email={"email": Email("olga@example.org")})
    shown = visit.preview
    AssignmentVisit.of(service, ect, max, replace=True).submit()

    assert visit.submit(shown).because == {"changed": "replaces"}


def test_trs_is_asked_again_after_an_hour(service, ect):
    """By TRN, and decided on what it says now."""
    visit = MentorVisit.at_check_answers(service, ect, name={"name": NameAnswer()})
    service.clock.wait(minutes=61)
    outcome = visit.submit()

    assert (service.records.asked, isinstance(outcome, Assigned)) == (
        ["date of birth", "TRN"],
        True,
    )


def test_trs_out_of_reach_at_the_submission_keeps_the_answers(service, ect):
    """Later the same submission goes through."""
    visit = MentorVisit.at_check_answers(service, ect)
    before = visit.draft
    service.clock.wait(minutes=61)
    service.records.out_of_reach = True
    refused = visit.submit()
    service.records.out_of_reach = False

    assert (refused.rule.id, visit.draft) == ("trs-unavailable", before)
    assert isinstance(visit.submit(), Assigned)


def test_trs_out_of_reach_at_the_search_changes_nothing(service, ect):
    """Neither found nor not found."""
    visit = MentorVisit.for_ect(service, ect)
    service.records.out_of_reach = True

    assert (visit.find().rule.id, visit.draft) == ("trs-unavailable", MentorDraft(ect.id))


def test_a_mentor_given_meanwhile_stands_against_every_step(service, ect):
    """Somebody else was quicker: this journey has nothing left to ask."""
    visit = MentorVisit.at_check_answers(service, ect)
    shown = visit.preview
    other = service.has_mentor(a_mentor(teacher=Teacher(BRAM, "Bram"), email=BRAMS_EMAIL))
    [kept] = service.ects_of()
    mentorship = a_mentorship(other, period=Period(TODAY))
    given = kept.mentored_from_then_on(mentorship, other, TODAY)
    service.do(lambda uow: uow.ects.change(kept, given))
    outcomes = [visit.submit(shown), visit.find(), visit.look().decided.progress.blocked]

    assert {outcome.rule.id for outcome in outcomes} == {"one-mentor-at-a-time"}
    assert mentors_of(service) == []


def test_an_ect_who_left_meanwhile_stands_against_it_all(service, ect):
    """Nobody is left to be mentored."""
    visit = MentorVisit.at_check_answers(service, ect)
    shown = visit.preview
    [kept] = service.ects_of()
    gone = left_on(kept, TODAY)
    service.do(lambda uow: uow.ects.change(kept, gone))
    service.clock.wait(hours=20)

    assert visit.submit(shown).rule.id == "mentor-now-or-later"


def test_a_corrected_name_is_shown_and_kept(service, ect):
    """As for an ECT."""
    corrected = NameAnswer(PersonName("Joan Vale"))
    visit = MentorVisit.at_check_answers(service, ect, name={"name": corrected})

    assert (visit.preview.trs_name, visit.submit().mentor.teacher.name) == (
        "Joan Thackeray",
        "Joan Vale",
    )


def test_a_journey_is_gone_for_every_other_kind_and_everybody_else(service, ect, joan):
    """An id leads nowhere but where it began."""
    register, assign = MentorVisit.for_ect(service, ect), AssignmentVisit.of(service, ect, joan)
    strangers = [
        Visit(service, register.id),
        AssignmentVisit(service, register.id),
        MentorVisit(service, assign.id),
        MentorVisit(service, register.id, Actor("user-2", register.actor.school)),
        MentorVisit(service, register.id, Actor("user-1", OTHER_SCHOOL)),
    ]

    for stranger in strangers:
        for use in (stranger.look, stranger.find, lambda s=stranger: s.prove(NUMBER)):
            with pytest.raises(Gone):
                use()


def test_another_schools_ect_or_mentor_reads_as_an_unknown_one(service):
    """Even in a journey that somebody made up."""
    theirs = service.has_ect(a_provider_led_ect(school=OTHER_SCHOOL))
    stranger = service.has_mentor(a_mentor(school=OTHER_SCHOOL))
    own = service.has_ect(a_provider_led_ect(teacher=Teacher(BRAM, "Bram"), email=BRAMS_EMAIL))
    looks = [
        MentorVisit.for_ect(service, theirs).look(),
        MentorVisit.for_ect(service, theirs).find(),
        MentorVisit.for_ect(service, theirs).give("name", name=NameAnswer()),
        AssignmentVisit.of(service, theirs, stranger).look(),
        AssignmentVisit.of(service, own, stranger).look(),
        AssignmentVisit.of(service, own, stranger).submit(),
    ]

    assert {(look.rule.id, look.kind.value) for look in looks} == {("own-school-only", "refused")}


def test_a_journey_to_an_ect_of_another_school_cannot_be_submitted(service, ect):
    """Whatever was shown."""
    shown = MentorVisit.at_check_answers(service, ect).preview
    theirs = service.has_ect(
        a_provider_led_ect(school=OTHER_SCHOOL, teacher=Teacher(BRAM, "Bram"), email=BRAMS_EMAIL)
    )

    assert MentorVisit.for_ect(service, theirs).submit(shown).rule.id == "own-school-only"


def test_a_confirmation_can_be_asked_for_once_there_is_one(service, ect):
    """As things stand now."""
    visit = MentorVisit.at_check_answers(service, ect)
    before = what_was_assigned(visit.look().journey, service.ports)
    outcome = visit.submit()
    after = what_was_assigned(visit.look().journey, service.ports)

    assert (before, after) == (None, attrs.evolve(outcome, told=None, preview=None))


def test_a_journey_can_be_taken_up_again_until_it_is_over(service, ect, joan):
    """Those that register a mentor; an assignment has nothing to go back to."""
    visit = MentorVisit.for_ect(service, ect)
    visit.find(BRAM)
    AssignmentVisit.of(service, ect, joan)
    before = unfinished(visit.actor, service.ports)
    visit.go_on(email={"email": BRAMS_EMAIL})
    visit.submit()

    assert [[each.journey.id for each in before], unfinished(visit.actor, service.ports)] == [
        [visit.id],
        [],
    ]


def test_whom_a_journey_is_for_can_be_told_without_deciding_anything(service, ect):
    """As another kind of journey it does not exist."""
    visit = MentorVisit.for_ect(service, ect)

    assert draft_of(visit.kind, visit.id, visit.actor, service.ports) == MentorDraft(ect.id)
    with pytest.raises(Gone):
        draft_of(AssignmentVisit.kind, visit.id, visit.actor, service.ports)
