from __future__ import annotations

from datetime import date
from uuid import uuid4

import attrs
import pytest

from builders import a_mentor, a_training, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.records.history import What
from ect_registration.use_cases.operating.person import history_of
from ect_registration.use_cases.transactions import Actor
from unit.use_cases.changing_emails import change_email
from unit.use_cases.mentoring import a_provider_led_ect
from unit.use_cases.service import USER
from unit.use_cases.town import OLD_TRN, OTHER_SCHOOL, RETAINED_TRN
from unit.use_cases.visit import AssignmentVisit, MentorVisit, Visit

A_YEAR_AGO = Period(date(2024, 9, 1))
FORMER, LATTER = Teacher(OLD_TRN, "Olga Former"), Teacher(RETAINED_TRN, "Olga Latter")
EMAIL = Email("olga@example.org")


def _known(service, teacher, **changes):
    return service.has_ect(attrs.evolve(an_ect(teacher=teacher, email=EMAIL), **changes))


def _register(service, trn=OLD_TRN, **changes):
    return service.register(trn=str(trn), **{"email": EMAIL.address, **changes})


def _teachers(service, trn):
    with service.store.reading() as uow:
        return list(uow.teachers.known_as([trn]))


def test_a_merged_trn_goes_on_with_the_retained_one(service):
    """And says so."""
    outcome = _register(service)

    assert (outcome.ect.teacher, outcome.merged_from) == (LATTER, OLD_TRN)


def test_the_retained_trn_itself_is_nothing_special(service):
    """TRS merged nothing into what was asked for."""
    outcome = _register(service, RETAINED_TRN)

    assert (outcome.ect.teacher, outcome.merged_from) == (LATTER, None)


def test_the_old_trn_is_kept_as_an_alias(service):
    """The same person is found under both."""
    _register(service)

    assert (_teachers(service, OLD_TRN), _teachers(service, RETAINED_TRN)) == ([LATTER], [LATTER])


def test_somebody_known_under_the_old_trn_moves_to_the_retained_one(service):
    """With their history, and the name that TRS has now."""
    _known(service, FORMER, school=OTHER_SCHOOL, period=A_YEAR_AGO)
    new = _register(service).ect

    assert [(ect.school, ect.teacher) for ect in service.ects_of(RETAINED_TRN)] == [
        (OTHER_SCHOOL, LATTER),
        (new.school, LATTER),
    ]


@pytest.mark.parametrize("typed", [OLD_TRN, RETAINED_TRN], ids=["the old", "the retained"])
def test_here_already_under_either_trn(service, typed):
    """They are one person, whichever is typed."""
    _register(service)

    assert _register(service, typed).rule.id == "already-in-progress-here"


def test_here_already_under_the_old_trn(service):
    """Although TRS and the school now use the other one."""
    _known(service, FORMER)

    assert _register(service).rule.id == "already-in-progress-here"


def test_a_transfer_ends_the_period_under_the_old_trn(service):
    """It is the same person."""
    _known(service, FORMER, school=OTHER_SCHOOL, period=A_YEAR_AGO)
    _register(service)

    assert service.ects_of(RETAINED_TRN)[0].period.finished_on == date(2025, 8, 31)


def test_both_known_nothing_is_merged(service):
    """Each record stays where it is; the new one is under the retained TRN."""
    _known(service, FORMER, school=OTHER_SCHOOL, period=Period(date(2023, 9, 1), date(2024, 7, 1)))
    _known(service, LATTER, period=Period(date(2024, 9, 1), date(2025, 7, 1)))
    new = _register(service).ect
    [old], under_the_retained = service.ects_of(OLD_TRN), service.ects_of(RETAINED_TRN)

    assert (old.teacher, under_the_retained[-1]) == (FORMER, new)


@pytest.mark.parametrize("here", [FORMER, LATTER], ids=["the old", "the retained"])
def test_both_known_and_one_open_here(service, here):
    """Refused, whichever it is."""
    [elsewhere] = {FORMER, LATTER} - {here}
    _known(service, here, period=A_YEAR_AGO)
    _known(service, elsewhere, school=OTHER_SCHOOL, email=Email("other@example.org"))

    assert _register(service).rule.id == "already-in-progress-here"


def test_both_known_and_open_elsewhere(service):
    """Both periods end."""
    _known(service, FORMER, school=OTHER_SCHOOL, period=A_YEAR_AGO)
    _known(service, LATTER, school=OTHER_SCHOOL, email=Email("other@example.org"))
    _register(service, start_date="2025-09-11")
    ends = [ect.period.finished_on for ect in service.ects_of(OLD_TRN, RETAINED_TRN)]

    assert ends == [date(2025, 9, 10), date(2025, 9, 10), None]


def test_an_email_held_under_the_old_trn_is_their_own(service):
    """In any role."""
    service.has_mentor(a_mentor(teacher=FORMER))

    assert _register(service).ect.email == EMAIL


def test_an_email_held_under_an_alias_is_their_own(service):
    """TRS says nothing of the old TRN when asked for the retained one; we know of it."""
    _known(service, FORMER, school=OTHER_SCHOOL, period=A_YEAR_AGO)
    _known(service, LATTER, period=Period(date(2024, 9, 1), date(2025, 7, 1)))
    service.do(lambda uow: uow.teachers.merge(OLD_TRN, RETAINED_TRN))

    assert _register(service, RETAINED_TRN).ect.email == EMAIL


def test_an_email_held_under_the_other_trn_can_be_taken_later(service):
    """They stay one person after the registration."""
    new = _register(service, email="new@example.org").ect
    service.has_mentor(a_mentor(teacher=LATTER, email=EMAIL))
    actor = Actor("user-1", new.school)

    assert change_email(new.id, EMAIL, actor, service.ports).email == EMAIL


def test_the_history_says_who_was_meant(service):
    """By the name that we knew them by, under the TRN that TRS kept."""
    _known(service, FORMER, school=OTHER_SCHOOL, period=A_YEAR_AGO)
    _register(service)
    [change] = service.history()

    assert (change.trn, dict(change.before)) == (RETAINED_TRN, {str(RETAINED_TRN): "Olga Former"})


def _lines(service):
    """Where the merge stands in the history of the person, and what it is about."""
    told = history_of(OLD_TRN, service.ports)
    lines = [line for line in told if line.what is What.TRNS_MERGED]
    assert {(line.actor, line.trn, line.rules) for line in lines} <= {
        (USER, RETAINED_TRN, ("follows-merges",))
    }
    assert {(line.before["trn"], line.after["trn"]) for line in lines} <= {
        (OLD_TRN.digits, RETAINED_TRN.digits)
    }
    return [(line.school, line.about) for line in lines]


@pytest.mark.parametrize("how", ["document", "page"])
def test_each_period_that_goes_by_the_retained_trn_says_so_in_its_history(service, how):
    """Once, at the school of the period, whichever way the merge is learnt."""
    ect = _known(service, FORMER, school=OTHER_SCHOOL, period=A_YEAR_AGO)
    mentor = service.has_mentor(a_mentor(teacher=FORMER))
    for _ in range(2):
        if how == "document":
            _register(service)
        else:
            Visit.begun(service).find(OLD_TRN)

    assert _lines(service) == [(OTHER_SCHOOL, ect.id), (mentor.school, mentor.id)]


@pytest.mark.parametrize("known", [[], [LATTER], [FORMER, LATTER]], ids=["no", "one", "two"])
def test_a_merge_by_which_nothing_moves_is_told_of_the_person_alone(service, known):
    """So that the person is found under either TRN."""
    for number, teacher in enumerate(known):
        _known(service, teacher, email=Email(f"{number}@example.org"), id=uuid4())
    for _ in range(2):
        Visit.begun(service).find(OLD_TRN)

    assert _lines(service) == [(None, None)]


def test_a_refused_search_tells_of_a_merge_all_the_same(service):
    """So that every rule looks under both TRNs from then on."""
    visit = Visit.begun(service)
    _known(service, LATTER)
    visit.find(OLD_TRN)

    assert visit.look().decided.stop.rule.id == "already-in-progress-here"
    assert _teachers(service, OLD_TRN) == [LATTER]


def test_a_refused_registration_tells_of_a_merge_all_the_same(service):
    """Unless it was a dry run: that keeps nothing."""
    _known(service, LATTER)
    service.check(trn=str(OLD_TRN))
    dry = _teachers(service, OLD_TRN)
    refused = _register(service)

    assert (dry, refused.rule.id, _teachers(service, OLD_TRN)) == (
        [],
        "already-in-progress-here",
        [LATTER],
    )


def test_nobody_mentors_themself_after_a_refused_search(service):
    """The search said no; the mentor they are under the old TRN is not offered either."""
    ect = _known(service, LATTER)
    themself = service.has_mentor(a_mentor(teacher=FORMER))
    MentorVisit.for_ect(service, ect).find(OLD_TRN)
    outcome = AssignmentVisit.of(service, ect, themself).submit()

    assert outcome.rule.id == "own-mentor"


def test_nobody_is_trained_twice_after_a_refused_search(service):
    """In training elsewhere under one TRN, a mentor here under the other."""
    ect = service.has_ect(a_provider_led_ect())
    training = a_training(period=A_YEAR_AGO)
    service.has_mentor(
        a_mentor(
            teacher=FORMER,
            school=OTHER_SCHOOL,
            period=A_YEAR_AGO,
            trainings=(training,),
        )
    )
    here = service.has_mentor(a_mentor(id=MentorId(uuid4()), teacher=LATTER, email=EMAIL))
    visit = MentorVisit.for_ect(service, ect)
    visit.find(OLD_TRN)
    refused = visit.look().decided.stop
    assigned = AssignmentVisit.of(service, ect, here).submit()

    assert refused.rule.id == "mentor-already-here"
    assert (assigned.told, assigned.mentor.trainings) == (None, ())
