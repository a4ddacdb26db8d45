from __future__ import annotations

from datetime import date

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    ECT_TRN,
    a_partnership,
    a_trs_person,
    an_appropriate_body,
    an_ect,
)
from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.drafts.ect_draft import ReuseAnswer
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.rules.check_answers import SAVED_AS_SHOWN
from ect_registration.use_cases.operating.partnerships import report_partnership
from unit.use_cases.town import BRAM, INDEPENDENT, ISTIP, NEXT_YEAR, OTHER_SCHOOL, THIS_YEAR_ONLY
from unit.use_cases.visit import Visit


def test_a_name_that_changed_in_trs_is_shown_before_it_is_saved(service):
    """Nothing is saved; check answers shows the new name, and then it may be confirmed."""
    visit = Visit.complete(service)
    shown = visit.preview
    service.trs_now_says(a_trs_person(last_name="Quinn"))
    service.clock.wait(minutes=61)
    refused = visit.submit(shown)
    nobody = service.ects_of(ECT_TRN)

    assert (refused.rule, refused.because, nobody, visit.at, visit.preview.name) == (
        SAVED_AS_SHOWN,
        {"changed": "trs_name, name"},
        [],
        "check-answers",
        "Asha Quinn",
    )


def test_what_has_changed_may_be_confirmed(service):
    """Once it was shown."""
    visit = Visit.complete(service)
    shown = visit.preview
    service.trs_now_says(a_trs_person(last_name="Quinn"))
    service.clock.wait(minutes=61)
    visit.submit(shown)

    assert visit.submit().ect.teacher == Teacher(ECT_TRN, "Asha Quinn")


def test_an_expected_year_that_changed_is_shown_before_it_is_saved(service_next_year):
    """The academic year turned while somebody was checking."""
    service = service_next_year
    service.clock.turn_to(date(2026, 8, 31))
    visit = Visit.complete(service, start_date={"start_date": date(2026, 8, 31)})
    shown = visit.preview
    service.clock.wait(hours=20)
    refused = visit.submit(shown)

    assert (refused.because, shown.expected_training_start_year, visit.at) == (
        {"changed": "expected_training_start_year"},
        AcademicYear(2025),
        "check-answers",
    )


def test_a_delivery_partner_that_came_meanwhile_is_shown_before_it_is_saved(service):
    """The partnership was reported while somebody was checking."""
    visit = Visit.complete(service)
    shown = visit.preview
    report_partnership(a_partnership(), "provider", service.ports)
    refused = visit.submit(shown)

    assert (refused.because, visit.preview.delivery_partner, visit.submit().ect.training) == (
        {"changed": "delivery_partner"},
        DELIVERY_PARTNER,
        service.ects_of(ECT_TRN)[0].training,
    )


def test_reused_choices_that_changed_are_shown_before_they_are_saved(service):
    """A colleague has registered somebody with other choices while somebody was checking."""
    service.register(trn=str(BRAM), email="bram.okafor@example.org")
    visit = Visit.complete(service, reuse_choices={"reuse": ReuseAnswer(wanted=True)})
    shown = visit.preview
    service.clock.wait(minutes=1)
    service.do(lambda uow: uow.offers.save_appropriate_body(an_appropriate_body(name="Gamma")))
    service.register(
        trn="1000024",
        email="noor.quill@example.org",
        appropriate_body="Gamma",
        lead_provider=THIS_YEAR_ONLY,
    )
    refused = visit.submit(shown)

    assert (refused.rule, refused.because) == (
        SAVED_AS_SHOWN,
        {"changed": "appropriate_body, lead_provider"},
    )


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("trs_name", "Asha Quinn"),
        ("name", "Asha Quinn"),
        ("expected_training_start_year", NEXT_YEAR),
        ("appropriate_body", ISTIP),
        ("lead_provider", None),
        ("delivery_partner", DELIVERY_PARTNER),
    ],
)
def test_each_thing_shown_counts(service, field, other):
    """Whatever differs from what would be saved, nothing is."""
    visit = Visit.complete(service)
    refused = visit.submit(attrs.evolve(visit.preview, **{field: other}))

    assert (refused.because, service.ects_of(ECT_TRN)) == ({"changed": field}, [])


@pytest.mark.parametrize(
    ("step", "other", "changed"),
    [
        ("email", {"email": Email("other@example.org")}, "email"),
        ("start-date", {"start_date": date(2025, 9, 2)}, "started_on"),
        ("working-pattern", {"working_pattern": WorkingPattern.PART_TIME}, "working_pattern"),
    ],
)
def test_what_another_tab_answered_is_shown_before_it_is_saved(service, step, other, changed):
    """The page that is confirmed showed something else."""
    visit = Visit.complete(service)
    shown = visit.preview
    visit.give(step, **other)
    refused = visit.submit(shown)

    assert (refused.rule, refused.because) == (SAVED_AS_SHOWN, {"changed": changed})
    assert service.ects_of(ECT_TRN) == []


def test_a_registration_elsewhere_that_ends_is_shown_before_it_ends(service):
    """Meanwhile a third school has registered the ECT."""
    service.has_ect(an_ect(school=OTHER_SCHOOL, period=Period(date(2024, 9, 1))))
    visit = Visit.complete(service, start_date={"start_date": date(2025, 9, 20)})
    shown = visit.preview
    third = {"school": str(INDEPENDENT), "start_date": "2025-09-02", "appropriate_body": ISTIP}
    service.register(**third)

    assert visit.submit(shown).because == {"changed": "ends_elsewhere"}
