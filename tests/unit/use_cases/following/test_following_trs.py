"""Looking everybody up in TRS: who comes when, and what follows from what it says."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from uuid import uuid4

import attrs
import pytest

from builders import (
    ECT_TRN,
    MENTOR_TRN,
    NOW,
    TERM_STARTS,
    TODAY,
    URN,
    a_mentor,
    a_mentorship,
    a_teacher,
    a_teacher_record,
    a_training,
    a_trs_person,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.completion import Completion, Outcome
from ect_registration.domain.people.funding import Funding
from ect_registration.domain.people.teacher import InductionStatus, TrsFacts
from ect_registration.domain.people.training import TrainingId
from ect_registration.domain.records.history import What
from ect_registration.domain.rules.periods.status import AtSchool
from ect_registration.domain.rules.school_year.following import Concern
from ect_registration.domain.values import PersonName, Trn
from ect_registration.ports.errors import NotShown, Rejected, Unavailable
from ect_registration.use_cases.changing.undo.undo_plans import Undoing
from ect_registration.use_cases.changing.undo.undoing import undo_mentor
from ect_registration.use_cases.following import one_person
from ect_registration.use_cases.following import refresh as refreshing
from ect_registration.use_cases.following.refresh import concerns, refresh, waiting_for_a_lookup
from ect_registration.use_cases.following.told import Learnt
from ect_registration.use_cases.operating.reports import corrected_names, merges_left
from ect_registration.use_cases.school.ects import show_ect
from unit.use_cases.leavers import IN_OCTOBER, ect_leaves, mentor_leaves
from unit.use_cases.service import ACTOR, USER, Service
from unit.use_cases.town import OTHER_SCHOOL, town

KEPT = Trn("3000002")
DAY = timedelta(days=1)
JOAN = a_trs_person(trn=MENTOR_TRN, first_name="Joan", last_name="Thackeray")
IN_PROGRESS = {"induction_status": "InProgress", "induction_started_on": date(2025, 9, 1)}
PASSED = {"induction_status": "Passed", "induction_completed_on": TODAY - DAY}


@pytest.fixture
def service() -> Service:
    """The town, in which nobody is registered."""
    return Service.of(town())


def _run(service, limit=None):
    return [set(learnt) for learnt in refresh(USER, service.ports, limit)]


def _again(service, *people):
    """The next night, with TRS saying this."""
    service.clock.wait(days=1)
    service.trs_now_says(*people)
    return _run(service)


def _lines(service, what, school=URN):
    return [change for change in service.history(school) if change.what is what]


def _everything(service):
    """History at no school too."""
    return [change for change in service.store.state.history if change.actor == USER]


def _people(service, number):
    """So many ECTs, whom TRS knows."""
    trns = [Trn(f"{4_000_000 + n}") for n in range(number)]
    for trn in trns:
        service.has_ect(an_ect(teacher=a_teacher(trn=trn), email=None))
    service.trs_now_says(*(a_trs_person(trn=trn) for trn in trns))
    return trns


class TestOrder:
    """Who is looked up, and when."""

    def test_the_never_looked_up_come_first_then_whoever_was_longest_ago(self, service):
        """A run that was stopped goes on where it was."""
        trns = _people(service, 5)
        list(islice(refresh(USER, service.ports), 2))
        service.clock.wait(hours=1)
        asked = []
        service.records.by_trn = lambda trn: asked.append(trn) or a_teacher_record(trn=trn)
        _run(service)

        assert asked == [*trns[2:], *trns[:2]]

    def test_more_people_than_are_read_at_once_are_all_looked_up_once(self, service, monkeypatch):
        """In the first run and in the next."""
        monkeypatch.setattr(refreshing, "AT_ONCE", 2)
        _people(service, 5)

        assert (waiting_for_a_lookup(service.ports), len(_run(service))) == (5, 5)
        assert (waiting_for_a_lookup(service.ports), len(_run(service))) == (0, 0)
        service.clock.wait(days=1)
        assert (waiting_for_a_lookup(service.ports), len(_run(service))) == (5, 5)

    def test_no_more_are_looked_up_than_asked_for(self, service):
        """The rest is left to the next run."""
        _people(service, 3)

        assert len(_run(service, 2)) == 2
        assert waiting_for_a_lookup(service.ports) == 1

    @pytest.mark.parametrize(
        ("changes", "number"),
        [
            ({"period": Period(TODAY + DAY)}, 1),
            ({"period": Period(date(2025, 9, 1), TODAY)}, 1),
            ({"period": Period(date(2025, 9, 1), TODAY - DAY)}, 0),
            ({"withdrawn": True}, 0),
        ],
    )
    def test_only_people_with_an_open_period_are_looked_up(self, service, changes, number):
        """One to come is open, one that was undone is not."""
        service.has_ect(an_ect(**changes))
        service.has_mentor(a_mentor(**changes))

        assert len(_run(service)) == 2 * number

    def test_trs_out_of_reach_stops_a_run_that_keeps_what_was_done(self, service):
        """The person whom it was about to look up is next."""
        _people(service, 3)
        run = refresh(USER, service.ports)
        next(run)
        service.records.out_of_reach = True
        with pytest.raises(Unavailable):
            next(run)

        assert waiting_for_a_lookup(service.ports) == 2


class TestConcerns:
    """Whom operators have to look at."""

    @pytest.mark.parametrize(
        ("people", "concern"),
        [
            ([], Concern.NOT_FOUND),
            ([a_trs_person(state="deactivated")], Concern.NOT_FOUND),
            (
                [a_trs_person(**PASSED, alert_categories=("Prohibition from teaching",))],
                Concern.PROHIBITED,
            ),
            ([a_trs_person(date_of_birth=None)], Concern.NOT_SHOWN),
        ],
    )
    def test_nothing_changes_for_them_and_they_are_listed(self, service, people, concern):
        """Until TRS says otherwise."""
        ect = service.has_ect(an_ect())
        service.trs_now_says(*people)
        learnt = _run(service)

        assert learnt == [{Learnt(concern.value)}]
        assert service.ects_of() == [ect]
        assert service.history() == []
        assert [(each.teacher, each.concern) for each in concerns(service.ports)] == [
            (ect.teacher, concern)
        ]
        assert _again(service, a_trs_person()) == [{Learnt.FACTS_CHANGED}]
        assert concerns(service.ports) == []

    def test_records_that_trs_cannot_show_stop_a_run_when_there_are_too_many_in_a_row(
        self, service
    ):
        """Then it is TRS that fails; each run gets further all the same."""
        trns = _people(service, 7)
        service.trs_now_says(*(a_trs_person(trn=trn, date_of_birth=None) for trn in trns))
        run = refresh(USER, service.ports)
        shown = [next(run) for _ in range(4)]
        with pytest.raises(NotShown):
            next(run)

        assert shown == [{Learnt.NOT_SHOWN}] * 4
        assert waiting_for_a_lookup(service.ports) == 2

    def test_one_record_that_can_be_shown_says_that_trs_does_not_fail(self, service):
        """So the count begins anew."""
        trns = _people(service, 9)
        people = [
            a_trs_person(trn=trn, **({} if n == 4 else {"date_of_birth": None}))
            for n, trn in enumerate(trns)
        ]
        service.trs_now_says(*people)

        assert len(_run(service)) == 9

    def test_what_the_store_refuses_every_time_is_left_to_operators(self, service, monkeypatch):
        """It does not keep others waiting."""

        def refuse(*_):
            raise Rejected("database", "a guarantee")

        _people(service, 2)
        monkeypatch.setattr(one_person, "learn", refuse)

        assert _run(service) == [{Learnt.NOT_FOLLOWED}] * 2
        assert [each.concern for each in concerns(service.ports)] == [Concern.NOT_FOLLOWED] * 2


class TestMeanwhile:
    """Others who write while TRS is asked."""

    def test_an_answer_older_than_another_run_s_is_dropped(self, service):
        """Two runs at once do no harm."""
        service.has_ect(an_ect())
        service.trs_now_says(a_trs_person(**PASSED))
        later = NOW + timedelta(seconds=1)

        def another_run():
            service.do(lambda uow: uow.trs_lookups.note(ECT_TRN, later, None))

        service.records.meanwhile = another_run

        assert _run(service) == [{Learnt.MEANWHILE}]
        assert not service.ects_of()[0].completed

    def test_what_a_registration_learnt_after_trs_was_asked_stays(self, service):
        """Its answer is newer."""
        ect = service.has_ect(an_ect())
        facts = TrsFacts(True, InductionStatus.IN_PROGRESS, NOW + timedelta(seconds=1))
        newer = attrs.evolve(ect.teacher, trs_name="Asha Newer", facts=facts)
        service.trs_now_says(a_trs_person())
        service.records.meanwhile = lambda: service.do(lambda uow: uow.teachers.save(newer))

        assert _run(service) == [set()]
        assert service.ects_of()[0].teacher.facts == facts
        assert service.ects_of()[0].teacher.trs_name == "Asha Newer"


class TestLearning:
    """Names and facts."""

    def test_funded_training_follows_what_trs_says(self, service):
        """At the school, with what was said before; said again it is nothing new."""
        ect = service.has_ect(an_ect())
        assert _again(service, a_trs_person()) == [{Learnt.FACTS_CHANGED}]
        assert _again(service, a_trs_person()) == [set()]
        assert _again(service, a_trs_person(**IN_PROGRESS)) == [{Learnt.FACTS_CHANGED}]
        first, then = _lines(service, What.TRS_FACTS_CHANGED)

        assert (first.about, first.trn, first.before) == (ect.id, ECT_TRN, {})
        assert then.rules == ("funded-training",)
        assert then.before == {"induction": "required_to_complete", "induction_started_on": None}
        assert then.after == {"induction": "in_progress", "induction_started_on": "2025-09-01"}

    def test_what_trs_says_of_a_mentor_is_not_told_their_school(self, service):
        """It does not matter for a mentor; history keeps it all the same."""
        service.has_mentor(a_mentor())
        _again(service, JOAN)

        assert service.history() == []
        assert [(each.what, each.school, each.trn) for each in _everything(service)] == [
            (What.TRS_FACTS_CHANGED, None, MENTOR_TRN)
        ]

    def test_names_follow_trs_for_ects_and_mentors(self, service):
        """Their schools are told."""
        service.has_ect(an_ect())
        service.has_mentor(a_mentor())
        learnt = _again(service, a_trs_person(last_name="Bell"), a_trs_person(trn=MENTOR_TRN))
        names = {each.trn: each.after for each in _lines(service, What.TRS_NAME_CHANGED)}

        assert learnt == [{Learnt.NAME_CHANGED, Learnt.FACTS_CHANGED}] * 2
        assert names[ECT_TRN] == {"trs_name": "Asha Bell", "name": "Asha Bell"}
        assert names[MENTOR_TRN] == {"trs_name": "Asha Marlowe", "name": "Asha Marlowe"}
        assert service.ects_of()[0].teacher.name == "Asha Bell"

    def test_a_correction_stays_and_operators_see_that_it_is_older(self, service):
        """A new answer of a school settles it."""
        corrected = a_teacher(corrected_name=PersonName("Asha Quill"))
        service.has_ect(an_ect(teacher=corrected))
        assert [each.trs_name_changed_since for each in corrected_names(service.ports)] == [False]
        _again(service, a_trs_person(last_name="Bell"))
        [found] = corrected_names(service.ports)

        assert (found.trs_name, found.name) == ("Asha Bell", "Asha Quill")
        assert found.trs_name_changed_since
        assert service.ects_of()[0].teacher.name == "Asha Quill"


class TestCompletion:
    """Inductions that are over, and open again."""

    def _ect(self, service, **changes):
        mentor = service.has_mentor(a_mentor())
        training = a_training(id=TrainingId(uuid4()))
        mentorship = a_mentorship(mentor)
        whole = {"trainings": (training,), "mentorships": (mentorship,), **changes}
        return service.has_ect(an_ect(**whole))

    def _people(self, **changes):
        return a_trs_person(**changes), JOAN

    def test_every_open_period_is_completed_and_history_says_why(self, service):
        """One that is over stays as it was; mentorships have lines of their own."""
        over = Period(date(2024, 9, 1), date(2025, 7, 31))
        left = service.has_ect(an_ect(school=OTHER_SCHOOL, period=over, email=None))
        ect = self._ect(service)
        learnt = _again(service, *self._people(**PASSED))
        before, after = service.ects_of()
        period, mentorship = _lines(service, What.ECT_COMPLETED)

        assert [Learnt.COMPLETED in each for each in learnt] == [True, False]
        assert attrs.evolve(before, teacher=left.teacher) == left
        assert (after.completed, after.completion) == (
            True,
            Completion(Outcome.PASSED, TODAY - DAY),
        )
        assert after.trainings[0].period.finished_on == TODAY
        assert (period.about, period.rules) == (ect.id, ("completed-by-trs",))
        assert period.after == {
            "outcome": "passed",
            "outcome_on": "2025-09-09",
            "completed": True,
            "withdrawn": False,
        }
        assert mentorship.after == {"finished_on": TODAY.isoformat()}
        assert _again(service, *self._people(**PASSED)) == [set(), set()]

    def test_ends_keep_their_cause_when_trs_reopens_an_induction(self, service):
        """Everything is as before."""
        ect = self._ect(service)
        _again(service, *self._people(**PASSED))
        learnt = _again(service, *self._people(**IN_PROGRESS))

        assert Learnt.REOPENED in learnt[0]
        assert service.ects_of() == [ect]
        assert [each.after.get("outcome") for each in _lines(service, What.ECT_REOPENED)] == [
            None,
            None,
        ]

    def test_an_unknown_status_changes_no_mark(self, service):
        """It says nothing."""
        self._ect(service)
        _again(service, *self._people(**PASSED))
        learnt = _again(service, *self._people(induction_status="SomethingNew"))

        assert learnt[0] == {Learnt.FACTS_CHANGED}
        assert service.ects_of()[0].completed

    @pytest.mark.parametrize("taken", [False, True])
    def test_a_period_that_trs_withdrew_is_still_looked_up_and_comes_back(self, service, taken):
        """Without its address if somebody else has that by now."""
        email = Email("asha@example.org")
        to_come = service.has_ect(an_ect(period=Period(TODAY + 30 * DAY), email=email))
        _again(service, a_trs_person(**PASSED))
        assert service.ects_of() == []
        assert waiting_for_a_lookup(service.ports) == 0
        if taken:
            service.has_mentor(a_mentor(email=email))
        _again(service, a_trs_person(), a_trs_person(trn=MENTOR_TRN))

        assert service.ects_of() == [attrs.evolve(to_come, email=None if taken else email)]

    @pytest.mark.parametrize("starts", [TERM_STARTS, TODAY + 30 * DAY], ids=["here", "to come"])
    def test_a_completed_ect_gets_no_funding_whatever_trs_says_next(self, service, starts):
        """A status that we do not know opens nothing again."""
        ect = service.has_ect(an_ect(period=Period(starts), email=None))
        for status in (PASSED, {"induction_status": "Deferred"}):
            _again(service, a_trs_person(**status))
            shown = show_ect(ect.id, URN, service.ports)

            assert (shown.at_school, shown.funding) == (AtSchool.COMPLETED, Funding.NO)
        assert _again(service, a_trs_person(**IN_PROGRESS))[0] >= {Learnt.REOPENED}
        assert show_ect(ect.id, URN, service.ports).funding is Funding.YES

    def test_somebody_who_passed_by_mistake_and_left_can_be_registered_again(self, service):
        """TRS opens the induction again, and the school goes by the mark no longer."""
        ect = self._ect(service)
        _again(service, *self._people(**PASSED))
        ect_leaves(service, ect, TODAY)
        service.clock.wait(days=20)
        refused = service.register(start_date="2025-10-01")
        learnt = _again(service, *self._people(**IN_PROGRESS))
        [left] = service.ects_of()

        assert refused.rule.id == "already-completed-here"
        assert Learnt.REOPENED in learnt[0]
        assert (left.completed, left.period.finished_on) == (False, TODAY)
        assert [t.period.finished_on for t in left.trainings] == [TODAY]
        assert service.register(start_date="2025-10-01").ect.id != ect.id


class TestMerges:
    """Two records of TRS that turn out to be one person's."""

    def _merged(self, **changes):
        kept = a_trs_person(trn=KEPT, **changes)
        return a_trs_person(state="merged", merged_into=KEPT), kept

    def test_follows_merges_of_somebody_known_under_the_old_trn_alone(self, service):
        """They go by the retained one from then on."""
        ect = service.has_ect(an_ect())
        learnt = _again(service, *self._merged())
        [line] = _lines(service, What.TRNS_MERGED)

        assert learnt == [{Learnt.MERGED, Learnt.FACTS_CHANGED}]
        assert [each.id for each in service.ects_of(KEPT)] == [ect.id]
        assert (line.trn, line.about, line.rules) == (KEPT, ect.id, ("follows-merges",))
        assert (line.before, line.after) == ({"trn": "1000001"}, {"trn": "3000002"})
        assert _again(service, *self._merged()) == [set()]

    def _two(self, service, old, kept):
        """The same person twice: each with the name that a school gave them, if any."""
        before = service.has_ect(
            an_ect(
                period=Period(date(2024, 9, 1), date(2025, 7, 31)),
                school=OTHER_SCHOOL,
                teacher=a_teacher(corrected_name=old),
                email=None,
            )
        )
        mentor = service.has_mentor(a_mentor(teacher=a_teacher(corrected_name=old)))
        now = service.has_ect(an_ect(teacher=a_teacher(trn=KEPT, corrected_name=kept), email=None))
        return before, mentor, now

    @pytest.mark.parametrize(
        ("old", "kept", "shown"),
        [
            (None, None, None),
            ("Asha Bell", None, "Asha Bell"),
            (None, "Asha Ng", "Asha Ng"),
            ("Asha Bell", "Asha Ng", "Asha Ng"),
        ],
    )
    def test_periods_move_under_the_retained_trn(self, service, old, kept, shown):
        """ECT and mentor periods; a correction goes along where there is no other."""
        names = [name and PersonName(name) for name in (old, kept)]
        before, mentor, now = self._two(service, *names)
        learnt = _again(service, *self._merged())

        assert Learnt.MERGED in learnt[0]
        assert [each.id for each in service.ects_of(KEPT)] == [before.id, now.id]
        with service.store.reading() as uow:
            assert [each.id for each in uow.mentors.of_people([KEPT])] == [mentor.id]
        assert merges_left(service.ports) == []
        assert service.ects_of(KEPT)[0].teacher.corrected_name == (shown and PersonName(shown))
        assert [each.name for each in corrected_names(service.ports)] == ([shown] if shown else [])
        told = [line.about for line in _everything(service) if line.what is What.TRNS_MERGED]
        assert set(told) == {before.id, mentor.id}
        assert not _again(service, *self._merged())[0] & {Learnt.MERGED, Learnt.MERGE_LEFT}

    def test_nothing_moves_where_a_guarantee_stands_in_the_way(self, service):
        """Overlapping periods: operators find the pair, and what TRS says is followed for both."""
        service.has_ect(an_ect(school=OTHER_SCHOOL))
        service.has_ect(an_ect(teacher=a_teacher(trn=KEPT), email=None))
        learnt = _again(service, *self._merged(**PASSED))

        assert learnt[0] == {Learnt.MERGE_LEFT, Learnt.FACTS_CHANGED, Learnt.COMPLETED}
        assert learnt[1] == {Learnt.MEANWHILE}
        assert [(old.trn, kept.trn) for old, kept in merges_left(service.ports)] == [
            (ECT_TRN, KEPT)
        ]
        assert [each.completed for each in service.ects_of(ECT_TRN, KEPT)] == [True, True]

    def test_once_operators_have_mended_it_the_periods_move(self, service):
        """When either of the two is looked up."""
        one = service.has_ect(an_ect(school=OTHER_SCHOOL))
        service.has_ect(an_ect(teacher=a_teacher(trn=KEPT), email=None))
        _again(service, *self._merged())
        over = attrs.evolve(one, period=Period(date(2025, 8, 1), date(2025, 8, 31)))
        service.do(lambda uow: uow.ects.change(one, over))
        learnt = _again(service, *self._merged())

        assert learnt == [{Learnt.MERGED}]
        assert merges_left(service.ports) == []
        assert len(service.ects_of(KEPT)) == 2

    def _mentoring_themself(self, service, begins):
        """An ECT whom the same person mentors from this day on, under the TRN that is merged."""
        mentor = service.has_mentor(
            a_mentor(teacher=a_teacher(), email=None, registered_at=service.clock.now())
        )
        ect = service.has_ect(
            an_ect(
                teacher=a_teacher(trn=KEPT),
                email=None,
                mentorships=(a_mentorship(mentor, period=Period(begins)),),
            )
        )
        return mentor, ect

    def test_somebody_who_mentored_themself_moves_once_that_is_undone(self, service):
        """The mentorship is withdrawn by then, and counts nowhere."""
        mentor, ect = self._mentoring_themself(service, TERM_STARTS)
        assert Learnt.MERGE_LEFT in _again(service, *self._merged())[0]
        assert len(merges_left(service.ports)) == 1
        undone = undo_mentor(mentor.id, ACTOR, service.ports, any_day=True)
        learnt = _again(service, *self._merged())

        assert isinstance(undone, Undoing)
        assert learnt == [{Learnt.MERGED}]
        assert merges_left(service.ports) == []
        [moved] = service.ects_of(KEPT)
        [mentorship] = moved.mentorships
        assert (moved.id, mentorship.withdrawn) == (ect.id, True)
        assert mentorship.mentor_teacher.trn == KEPT

    def test_a_mentorship_with_oneself_stays_withdrawn_when_its_cause_is_taken_back(self, service):
        """The ECT stays after all, and needs another mentor."""
        mentor, ect = self._mentoring_themself(service, date(2025, 12, 1))
        ect_leaves(service, ect, IN_OCTOBER)
        assert Learnt.MERGED in _again(service, *self._merged())[0]
        after = ect_leaves(service, ect, None)

        assert (after.period, after.withdrawn) == (ect.period, False)
        assert [each.withdrawn for each in after.mentorships] == [True]
        assert service.ects_of(KEPT) == [after]
        again = mentor_leaves(service, mentor, date(2025, 11, 1))
        assert again.period.finished_on == date(2025, 11, 1)
        assert mentor_leaves(service, mentor, None).period.finished_on is None
        assert [each.withdrawn for each in service.ects_of(KEPT)[0].mentorships] == [True]

    def test_somebody_without_periods_under_the_old_trn_has_only_an_alias(self, service):
        """There is nothing to move; the lookup of it is not made by a run."""
        service.has_ect(an_ect(teacher=a_teacher(trn=KEPT)))
        service.do(lambda uow: uow.teachers.save(a_teacher()))
        mentor = service.has_mentor(a_mentor(teacher=a_teacher(trn=MENTOR_TRN)))
        old = a_trs_person(trn=MENTOR_TRN, state="merged", merged_into=KEPT)
        learnt = _again(service, old, a_trs_person(trn=KEPT))

        assert Learnt.MERGED in learnt[0]
        with service.store.reading() as uow:
            assert [each.id for each in uow.mentors.of_people([KEPT])] == [mentor.id]

    def test_a_prohibited_person_s_merge_is_kept_all_the_same(self, service):
        """The alias says who they are."""
        service.has_ect(an_ect())
        banned = {"alert_categories": ("Prohibition from teaching",)}
        learnt = _again(service, *self._merged(**banned))

        assert learnt == [{Learnt.MERGED, Learnt.PROHIBITED}]
        assert [each.teacher.trn for each in concerns(service.ports)] == [KEPT]

    def test_nothing_moves_of_a_prohibited_person_until_trs_says_otherwise(self, service):
        """Operators find the pair; a correction of the name stays where it is, too."""
        before, mentor, now = self._two(service, PersonName("Asha Bell"), None)
        banned = {"alert_categories": ("Prohibition from teaching",)}
        learnt = _again(service, *self._merged(**banned))
        alone = [service.store.state.ects[each.id] for each in (before, now)]

        assert learnt[0] == {Learnt.MERGE_LEFT, Learnt.PROHIBITED}
        assert alone == [before, now]
        assert service.store.state.mentors[mentor.id] == mentor
        assert [(old.trn, kept.trn) for old, kept in merges_left(service.ports)] == [
            (ECT_TRN, KEPT)
        ]
        with service.store.reading() as uow:
            assert set(uow.people.trns(ECT_TRN)) == {ECT_TRN, KEPT}
        assert {each.teacher.trn for each in concerns(service.ports)} == {ECT_TRN, KEPT}
        assert Learnt.MERGED in _again(service, *self._merged())[0]
        assert merges_left(service.ports) == []
        assert [each.id for each in service.ects_of(KEPT)] == [before.id, now.id]
