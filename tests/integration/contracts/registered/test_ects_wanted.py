from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest

from builders import NOW, TODAY, URN, a_mentor, a_mentorship, a_registration, a_teacher, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.search.ect_search import (
    EctsWanted,
    SearchWords,
    ShownStatus,
    shown_status_of,
)
from ect_registration.domain.values import PersonName, Trn, Urn
from integration.contracts.steps import OTHER_URN, adding_ect, ids, keep, seen, taken_on

YESTERDAY, LAST_YEAR = TODAY - timedelta(days=1), date(2024, 9, 1)
EVERYBODY = EctsWanted(URN, TODAY)


def _somebody(number, name="Asha Marlowe", **changes):
    """Registered that many hours ago."""
    return an_ect(
        teacher=a_teacher(trn=Trn(f"300000{number}"), trs_name=name),
        email=Email(f"ect{number}@example.org"),
        registration=a_registration(registered_at=NOW - timedelta(hours=number)),
        **changes,
    )


def _looking_for(typed, **changes):
    return EctsWanted(URN, TODAY, SearchWords.parse(typed), **changes)


def _page(store, wanted=EVERYBODY, skip=0, most=20):
    return list(seen(store, lambda uow: uow.ects.look(wanted, skip, most)).ects)


def _counts(store, wanted=EVERYBODY):
    return dict(seen(store, lambda uow: uow.ects.look(wanted, 0, 0)).counts)


@pytest.fixture
def school(store):
    """One ECT of each status and one more who needs a mentor, the latest registered first."""
    mentor = taken_on(store, a_mentor(period=Period(LAST_YEAR)))
    mentorship = a_mentorship(mentor)
    ects = {
        "left": _somebody(1, period=Period(LAST_YEAR, YESTERDAY)),
        "registered": _somebody(2, mentorships=(mentorship,)),
        "needs one": _somebody(3),
        "completed": _somebody(4, completed=True),
        "needs one too": _somebody(5),
    }
    keep(store, *map(adding_ect, ects.values()))
    keep(store, adding_ect(_somebody(6, school=OTHER_URN)))
    return ects


def test_each_status_is_counted(store, school):
    """Of this school only."""
    assert _counts(store) == {
        ShownStatus.MENTOR_REQUIRED: 2,
        ShownStatus.REGISTERED: 1,
        ShownStatus.COMPLETED: 1,
        ShownStatus.LEFT: 1,
    }


def test_a_status_that_nobody_has_is_not_counted(store):
    """Nor is anything at a school that we do not know."""
    keep(store, adding_ect(_somebody(1)))

    assert _counts(store) == {ShownStatus.MENTOR_REQUIRED: 1}
    assert _counts(store, EctsWanted(Urn("999999"), TODAY)) == {}


def test_mentor_required_comes_first(store, school):
    """Then everybody else; among equals the latest registration."""
    order = ["needs one", "needs one too", "left", "registered", "completed"]

    assert ids(_page(store)) == ids([school[name] for name in order])


def test_of_one_moment_the_one_written_later_comes_first(store):
    """As in the list of everybody."""
    at_once = a_registration(registered_at=NOW)
    ects = [attrs.evolve(_somebody(n), registration=at_once) for n in (7, 8, 9)]
    keep(store, *map(adding_ect, ects))

    assert ids(_page(store)) == ids(ects[::-1])


def test_pages_cut_the_list(store, school):
    """Nobody twice, nobody left out, nothing beyond the end."""
    whole = ids(_page(store))

    assert ids(_page(store, skip=0, most=2)) == whole[:2]
    assert ids(_page(store, skip=2, most=2)) == whole[2:4]
    assert ids(_page(store, skip=4, most=2)) == whole[4:]
    assert _page(store, skip=6, most=2) == []
    assert _page(store, most=0) == []


def test_a_page_brings_the_parts_of_an_ect(store, school):
    """As they are found one by one."""
    found = _page(store)

    assert found == [seen(store, lambda uow, id=ect.id: uow.ects.find(id)) for ect in found]


@pytest.mark.parametrize("status", ShownStatus)
def test_one_status_is_wanted(store, school, status):
    """The counts are those of all statuses."""
    wanted = EctsWanted(URN, TODAY, status=status)

    assert len(_page(store, wanted)) == _counts(store, wanted)[status]
    assert sum(_counts(store, wanted).values()) == len(school)


def test_those_in_progress_are_wanted(store, school):
    """Those who need a mentor come first; the counts are those of all statuses."""
    wanted = attrs.evolve(EVERYBODY, in_progress=True)
    counts = _counts(store, wanted)
    found = [shown_status_of(ect, TODAY) for ect in _page(store, wanted)]

    assert counts == _counts(store, EVERYBODY)
    assert found == [
        *[ShownStatus.MENTOR_REQUIRED] * counts[ShownStatus.MENTOR_REQUIRED],
        *[ShownStatus.REGISTERED] * counts[ShownStatus.REGISTERED],
    ]


@pytest.mark.parametrize(
    ("days", "withdrawn", "status"),
    [
        (Period(LAST_YEAR, TODAY), False, ShownStatus.REGISTERED),
        (Period(LAST_YEAR, YESTERDAY), False, ShownStatus.MENTOR_REQUIRED),
        (Period(date(2025, 11, 3)), False, ShownStatus.REGISTERED),
        (Period(LAST_YEAR), True, ShownStatus.MENTOR_REQUIRED),
    ],
)
def test_an_open_mentorship_counts(store, days, withdrawn, status):
    """To the end of its last day, before its first, and not once withdrawn."""
    mentor = taken_on(store, a_mentor(period=Period(LAST_YEAR)))
    mentorship = a_mentorship(mentor, period=days, withdrawn=withdrawn)
    keep(store, adding_ect(_somebody(1, period=Period(LAST_YEAR), mentorships=(mentorship,))))

    assert _counts(store) == {status: 1}


@pytest.mark.parametrize(
    ("last_day", "status"), [(TODAY, ShownStatus.MENTOR_REQUIRED), (YESTERDAY, ShownStatus.LEFT)]
)
def test_somebody_has_left_after_their_last_day(store, last_day, status):
    """Not on it."""
    keep(store, adding_ect(_somebody(1, period=Period(LAST_YEAR, last_day))))

    assert _counts(store) == {status: 1}


def test_completed_goes_before_left(store):
    """Whatever the dates."""
    keep(store, adding_ect(_somebody(1, period=Period(LAST_YEAR, YESTERDAY), completed=True)))

    assert _counts(store) == {ShownStatus.COMPLETED: 1}


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Asha Marlowe", "marlowe"),
        ("Asha Marlowe", "arlo"),
        ("Asha Marlowe", "MARLOWE asha"),
        ("Zoë Çelik", "celik zoe"),
        ("Zoe Celik", "Çelik"),
        ("ŁUKASZ ŻAK", "żak"),
        ("Ольга Ёлкина", "елкина"),
        ("Siân O’Connor-Ní Dhomhnaill", "o'connor ni"),
        ("Straße", "STRASSE"),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("Elif Yıldız", "yildiz"),  # noqa: RUF001
        ("Æthel Þórr", "aethel"),
        ("Đặng Đức", "dang duc"),
        ("Siân O’Malley", "sian omalley"),
        ("Anne-Marie Hill", "annemarie"),
        ("Anne-Marie Hill", "anne marie"),
        ("Jan van den Berg", "vandenb"),
        ("Anne-50% _b_", "anne50%_b"),
        ("100% _sure_ \\o/", "100% _sure_ \\o/"),
        ("Anybody", "3000001"),
        ("Anybody", "00001"),
        ("Anybody", "RP 30/00001"),
        ("Anybody", "anybody 3000"),
        ("Anybody", ""),
        ("Anybody", " \t\x00 "),
    ],
)
def test_words_are_found(store, name, typed):
    """In name or TRN, in any order, without regard to case and accents."""
    keep(store, adding_ect(_somebody(1, name)))

    assert len(_page(store, _looking_for(typed))) == 1
    assert sum(_counts(store, _looking_for(typed)).values()) == 1


@pytest.mark.parametrize(
    "typed",
    ["Asha Quinn", "hamar", "%", "a%e", "_", "\\", "1000001", "'; DROP", "9" * 200, "é" * 70_000],
)
def test_words_are_not_found(store, typed):
    """Every one of them has to be there, and means itself."""
    keep(store, adding_ect(_somebody(1)))

    assert _page(store, _looking_for(typed)) == []
    assert _counts(store, _looking_for(typed)) == {}


def test_words_and_status_go_together(store, school):
    """Both have to hold."""
    keep(store, adding_ect(_somebody(7, "Bram Quinn")))
    wanted = _looking_for("quinn", status=ShownStatus.MENTOR_REQUIRED)

    assert [ect.teacher.name for ect in _page(store, wanted)] == ["Bram Quinn"]
    assert _page(store, _looking_for("quinn", status=ShownStatus.LEFT)) == []


def test_the_name_that_is_shown_is_looked_for(store):
    """A correction counts from the moment on, and so does its end."""
    ect = _somebody(1, "Asha Marlowe")
    keep(store, adding_ect(ect))
    corrected = a_teacher(
        trn=ect.teacher.trn, trs_name="Asha Marlowe", corrected_name=PersonName("Asha Quinn")
    )
    keep(store, lambda uow: uow.teachers.save(corrected))

    assert len(_page(store, _looking_for("quinn"))) == 1
    assert _page(store, _looking_for("marlowe")) == []

    keep(store, lambda uow: uow.teachers.save(ect.teacher))

    assert _page(store, _looking_for("quinn")) == []


def test_after_a_merge_the_retained_trn_is_looked_for(store):
    """It is the one that is shown."""
    old, retained = Trn("3000001"), Trn("3000002")
    keep(store, adding_ect(_somebody(1)), lambda uow: uow.teachers.merge(old, retained))

    assert len(_page(store, _looking_for("3000002"))) == 1
    assert _page(store, _looking_for("3000001")) == []
