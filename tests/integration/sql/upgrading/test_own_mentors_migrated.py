"""Databases of before, in which withdrawn mentorships too were between two different people."""

from __future__ import annotations

import attrs
import pytest
import sqlalchemy as sa

from adapters.sql.connection.downgrade import downgrade
from adapters.sql.connection.upgrade import upgrade
from adapters.sql.guarantees.all_guarantees import check
from builders import TODAY, a_mentor, a_mentorship, a_teacher, an_ect
from ect_registration.domain.values import Trn
from integration.contracts.steps import (
    adding_ect,
    adding_mentor,
    changing_ect,
    furnish,
    keep,
    outcome,
    seen,
)
from integration.sql.databases import opened

REVISION = "0027"
OLD, KEPT = Trn("3000001"), Trn("3000002")


def move(uow):
    """What `ect trs refresh` does with a pair that TRS has merged."""
    uow.teachers.move_periods(OLD, KEPT)


def before(url):
    """The database as the program before left it; what only the later one can hold is lost."""
    while downgrade(url).number != REVISION:
        continue


def mentored_and_mentoring(url):
    """The teachers of each mentorship, whichever program asks."""
    with opened(url) as store, store.engine.connect() as connection:
        rows = connection.execute(
            sa.text(
                "SELECT ect.trn, mentor.trn, withdrawn FROM mentorships"
                " JOIN teachers AS ect ON ect.id = ect_teacher_id"
                " JOIN teachers AS mentor ON mentor.id = mentor_teacher_id"
                " ORDER BY mentorships.id"
            )
        )
        return [(mentored, mentoring, bool(withdrawn)) for mentored, mentoring, withdrawn in rows]


@pytest.fixture
def joan():
    """Somebody else, who mentors the ECT by now."""
    return a_mentor()


@pytest.fixture
def ect(url, joan):
    """An ECT under two TRNs, with a withdrawn mentorship between them."""
    themself = a_mentor(teacher=a_teacher(trn=OLD), email=None)
    withdrawn = a_mentorship(themself, withdrawn=True)
    ect = an_ect(teacher=a_teacher(trn=KEPT), mentorships=(withdrawn, a_mentorship(joan)))
    with opened(url) as store:
        furnish(store)
        keep(store, adding_mentor(joan), adding_mentor(themself), adding_ect(ect))
        keep(store, lambda uow: uow.teachers.merge(OLD, KEPT))
    return ect


def test_the_pair_moves_after_the_upgrade(url, ect):
    """What was kept is there, and every guarantee holds: the mentorship never stands again."""
    before(url)
    upgrade(url)
    with opened(url) as store:
        assert seen(store, lambda uow: uow.ects.find(ect.id)) == ect
        assert outcome(store, move) == "kept"
        moved = seen(store, lambda uow: uow.ects.find(ect.id))
        [themself, other] = moved.mentorships
        standing = (attrs.evolve(themself, withdrawn=False), other)
        again = attrs.evolve(moved, mentorships=standing)

        assert themself.mentor_teacher == moved.teacher
        assert outcome(store, changing_ect(moved, again)) == "conflict"
        assert [found for found in check(store, TODAY) if not found.in_force] == []


def test_only_what_the_schema_before_could_not_hold_is_lost_with_it(url, ect, joan):
    """The mentorship with somebody else stays, and one with oneself is refused again."""
    with opened(url) as store:
        keep(store, move)
    both = mentored_and_mentoring(url)
    before(url)
    themself = sa.text("UPDATE mentorships SET mentor_teacher_id = ect_teacher_id")
    with (
        opened(url) as store,
        store.engine.connect() as connection,
        pytest.raises(sa.exc.IntegrityError, match="nobody_mentors_themself"),
    ):
        connection.execute(themself)

    with_joan = (KEPT.digits, joan.teacher.trn.digits, False)
    assert both == [(KEPT.digits, KEPT.digits, True), with_joan]
    assert mentored_and_mentoring(url) == [with_joan]
