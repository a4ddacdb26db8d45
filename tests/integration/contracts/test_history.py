from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from builders import NOW, URN, a_change
from ect_registration.domain.history import What
from ect_registration.domain.values import Urn
from integration.contracts.steps import OTHER_URN, keep, outcome, seen


def _adding(*changes):
    return lambda uow: uow.history.add(changes)


def _of_school(store, urn=URN):
    return list(seen(store, lambda uow: uow.history.of_school(urn)))


def test_a_change_comes_back_as_it_was_written(store):
    """Who, when, what, under which rules, and both sides of it."""
    change = a_change(
        before={"finished_on": None, "completed": False, "name": "Zoë “Zo” Ng\u00a0| <b>"},
        after={"finished_on": "2025-12-19", "completed": True, "year": 2025},
    )
    keep(store, _adding(change))

    assert _of_school(store) == [change]


def test_a_change_may_be_about_no_school_and_nobody(store):
    """It belongs to no school's history."""
    keep(store, _adding(a_change(school=None, trn=None, about=None, rules=())))

    assert _of_school(store) == []


def test_a_schools_history_comes_oldest_first(store):
    """In the order given and written; another school's stays out."""
    first, second = a_change(what=What.ECT_TRANSFERRED), a_change()
    third = a_change(at=NOW + timedelta(hours=1), what=What.EMAIL_CHANGED)
    keep(store, _adding(first, second), _adding(a_change(school=OTHER_URN)))
    keep(store, _adding(third))

    assert _of_school(store) == [first, second, third]


def test_the_history_of_one_period_comes_oldest_first(store):
    """As this school has it; what is about others, or about nobody, stays out."""
    id = uuid4()
    first, second = a_change(about=id), a_change(about=id, what=What.EMAIL_CHANGED)
    elsewhere = a_change(about=id, school=OTHER_URN)
    keep(store, _adding(first, a_change(about=uuid4()), elsewhere, a_change(about=None), second))

    assert list(seen(store, lambda uow: uow.history.about(URN, id))) == [first, second]
    assert list(seen(store, lambda uow: uow.history.about(URN, uuid4()))) == []


def test_history_without_changes_is_empty(store):
    """Adding none adds none."""
    keep(store, _adding())

    assert _of_school(store) == []


def test_a_change_is_about_a_school_that_we_know(store):
    """A dangling URN is refused."""
    assert outcome(store, _adding(a_change(school=Urn("999999")))) == "conflict"
