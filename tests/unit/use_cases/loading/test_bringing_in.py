"""Records from elsewhere are brought in row by row."""

from __future__ import annotations

from datetime import date

import attrs

from builders import ECT_TRN, MENTOR_TRN, URN
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.training import Programme, ProgrammeChoices
from ect_registration.domain.world import WorldEct, WorldMentor, WorldMentorship
from ect_registration.ports.errors import Unavailable
from ect_registration.use_cases.bulk.bring_in import CONTRADICTION, RecordRow, bring_in
from ect_registration.use_cases.registering.documents import InvalidRequest
from unit.use_cases.service import USER
from unit.use_cases.town import BRAM, NOBODY, OLD_TRN, RETAINED_TRN, UNHEARD_OF, UNKNOWN_SCHOOL

LONG_AGO = Period(date(2021, 9, 1))


def an_ect_row(trn, number=2, **changes):
    """A row about somebody of whom little is known."""
    nothing = ProgrammeChoices(None, None, None)
    ect = WorldEct(URN, trn, Email(f"{trn}@example.org"), LONG_AGO, date(2021, 7, 1), nothing)
    return RecordRow(number, attrs.evolve(ect, **changes))


def brought(service, *rows, dry_run=False):
    """Bring in these rows, and return what became of each."""
    return list(bring_in(rows, USER, service.ports, dry_run=dry_run))


def test_each_row_is_added_once(service):
    """ECTs and mentors by person, school and first day; mentorships between them."""
    rows = [
        an_ect_row(ECT_TRN),
        RecordRow(3, WorldMentor(URN, MENTOR_TRN, None, LONG_AGO)),
        RecordRow(4, WorldMentorship(URN, ECT_TRN, MENTOR_TRN, LONG_AGO)),
    ]
    first, again = brought(service, *rows), brought(service, *rows)

    assert [(each.number, each.added) for each in first] == [(2, True), (3, True), (4, True)]
    assert [each.added for each in again] == [False] * 3
    assert all(each.mistake is None for each in (*first, *again))


def test_a_dry_run_keeps_nothing(service):
    """It says what would be added, a merge included."""
    results = brought(service, an_ect_row(OLD_TRN), dry_run=True)

    assert [each.added for each in results] == [True]
    assert service.ects_of(RETAINED_TRN, OLD_TRN) == []


def test_a_merged_trn_becomes_the_retained_one(service):
    """Both rows are about one person, so the second contradicts the first."""
    results = brought(service, an_ect_row(OLD_TRN), an_ect_row(RETAINED_TRN, 3))

    assert [each.added for each in results] == [True, False]
    assert [ect.teacher.name for ect in service.ects_of(RETAINED_TRN)] == ["Olga Latter"]


def test_a_mistake_leaves_nothing_of_its_row(service):
    """The teacher of a row whose address is another's is not kept either."""
    service.register()
    rows = [
        RecordRow(2, InvalidRequest(None, "trn", "Give the trn")),
        an_ect_row(BRAM, 3, email=Email("asha.marlowe@example.org")),
        an_ect_row(NOBODY, 4),
        an_ect_row(ECT_TRN, 5, email=None, period=Period(date(2025, 9, 5))),
        an_ect_row(RETAINED_TRN, 6, email=None),
    ]
    results = brought(service, *rows)

    assert [each.mistake and (each.mistake.rule, each.mistake.field) for each in results] == [
        (None, "trn"),
        ("email-in-use", "email"),
        ("trn-not-found", "trn"),
        (None, "$"),
        None,
    ]
    assert results[3].mistake.message == CONTRADICTION
    with service.store.reading() as uow:
        assert uow.teachers.known_as([BRAM]) == []


def test_names_that_we_do_not_know_are_told_together(service):
    """In the order of the columns; of mentors and mentorships it is the school alone."""
    choices = ProgrammeChoices(UNHEARD_OF, Programme.PROVIDER_LED, UNHEARD_OF)
    rows = [
        an_ect_row(ECT_TRN, choices=choices),
        an_ect_row(ECT_TRN, 3, school=UNKNOWN_SCHOOL, choices=choices),
        RecordRow(4, WorldMentor(UNKNOWN_SCHOOL, MENTOR_TRN, None, LONG_AGO)),
        RecordRow(5, WorldMentorship(UNKNOWN_SCHOOL, ECT_TRN, MENTOR_TRN, LONG_AGO)),
    ]
    told = [[each.field for each in row.mistake.mistakes] for row in brought(service, *rows)]

    assert told == [
        ["appropriate_body", "lead_provider"],
        ["school", "appropriate_body", "lead_provider"],
        ["school"],
        ["school"],
    ]


@attrs.define
class Away:
    """TRS, out of reach."""

    asked: int = 0

    def by_trn(self, _):
        """Fail."""
        self.asked += 1
        raise Unavailable("TRS")


def test_trs_out_of_reach_is_left_alone_after_three_failures(service):
    """Every row without a name says why it was not brought in."""
    away = Away()
    service.ports = attrs.evolve(service.ports, teacher_records=away)
    trns = [ECT_TRN, BRAM, RETAINED_TRN, OLD_TRN, MENTOR_TRN]
    results = brought(service, *(an_ect_row(trn, n) for n, trn in enumerate(trns, 2)))

    assert (away.asked, [each.is_unavailable for each in results]) == (3, [True] * 5)
