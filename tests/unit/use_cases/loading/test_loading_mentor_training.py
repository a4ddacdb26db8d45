from __future__ import annotations

from datetime import date

from builders import MENTOR_TRN, URN, a_mentor
from ect_registration.domain.people.mentor import MentorTrainingHistory
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.records.history import What
from ect_registration.domain.rules.mentors.mentor_training import MentorTraining
from ect_registration.use_cases.operating.load_mentor_training import load_mentor_training
from ect_registration.use_cases.school.mentors import list_mentors
from unit.use_cases.town import NOBODY, OLD_TRN, RETAINED_TRN

DONE = date(2023, 7, 21)
COMPLETED = MentorTrainingHistory(MENTOR_TRN, completed_on=DONE)
TIMED_OUT = MentorTrainingHistory(MENTOR_TRN, timed_out_on=DONE)
EARLY = MentorTrainingHistory(NOBODY, early_roll_out=True)


def _load(service, *items):
    return load_mentor_training(items, "operator", service.ports)


def _known(service):
    with service.store.reading() as uow:
        return uow.mentors.training_history([MENTOR_TRN, NOBODY])


def _changes(service):
    return [c for c in service.store.state.history if c.what is What.MENTOR_TRAINING_LOADED]


def test_loading_sets_each_trn_to_what_is_given(service):
    """We need not know the person."""
    assert (_load(service, COMPLETED, EARLY), _known(service)) == (2, [COMPLETED, EARLY])


def test_loading_again_changes_nothing(service):
    """Not even history."""
    _load(service, COMPLETED, EARLY)

    assert (_load(service, COMPLETED, EARLY), len(_changes(service))) == (0, 2)


def test_of_two_about_one_trn_the_later_one_counts(service):
    """Loaded again, they change nothing either."""
    loaded = [_load(service, COMPLETED, TIMED_OUT) for _ in range(2)]

    assert (loaded, _known(service)) == ([1, 0], [TIMED_OUT])


def test_history_tells_what_was_known_before_and_what_is_known_now(service):
    """Under the rule that it serves."""
    _load(service, COMPLETED)
    _load(service, TIMED_OUT)
    first, second = _changes(service)
    completed = {"early_roll_out": False, "completed_on": "2023-07-21", "timed_out_on": None}
    timed_out = {"early_roll_out": False, "completed_on": None, "timed_out_on": "2023-07-21"}

    assert (first.before, first.after) == ({}, completed)
    assert (second.before, second.after) == (completed, timed_out)
    assert (second.actor, second.school, second.trn, second.rules) == (
        "operator",
        None,
        MENTOR_TRN,
        ("funded-mentor-training",),
    )


def test_the_list_of_mentors_goes_by_merged_trns_too(service):
    """What is known of a person under an old TRN counts under the retained one."""
    service.has_mentor(a_mentor(teacher=Teacher(RETAINED_TRN, "Olga Latter")))
    service.do(lambda uow: uow.teachers.merge(OLD_TRN, RETAINED_TRN))
    _load(service, MentorTrainingHistory(OLD_TRN, early_roll_out=True))
    [olga] = list_mentors(URN, service.ports)

    assert olga.training is MentorTraining.NOT_ELIGIBLE
