"""`ect register-ect`: what goes in, and exactly what comes out."""

from __future__ import annotations

import json
from uuid import UUID

import pytest

from integration.cli.terminal import ect
from integration.cli.town import (
    ANOTHER_DAY,
    ANOTHER_NUMBER,
    CLOSED,
    COUNCIL,
    ECT_KEYS,
    FORMER_PROVIDER,
    HUB,
    LEAVER,
    MAYA,
    MERGED,
    NEWCOMER,
    NUMBERS,
    OMAR,
    PARTNER,
    PASSED,
    PROVIDER,
    RETAINED,
    UNKNOWN,
    VETERAN,
    a_registration,
)

FROM_STDIN = ("register-ect", "--from", "-")
MAYA_REGISTERED = {
    "trn": MAYA,
    "name": "Maya Okonkwo",
    "email": "maya@example.org",
    "status": "mentor_required",
    "at_school": "in_progress",
    "started_on": "2025-09-01",
    "finished_on": None,
    "working_pattern": "full_time",
    "expected_training_start_year": 2025,
    "appropriate_body": HUB,
    "programme": "provider_led",
    "lead_provider": PROVIDER,
    "delivery_partner": None,
    "training": "expression_of_interest",
    "mentor": None,
    "outcome_of_induction": None,
    "funding": "no",
    "funding_needs": ["induction_period"],
    "without_mentor": [{"from": "2025-09-10", "to": None}],
}


def test_a_registration_prints_the_ect_as_documented(settings):
    """One JSON object on standard output, keys in the documented order, under a public id."""
    ran = ect(*FROM_STDIN, stdin=a_registration(), **settings)
    given = ran.json["ect"]

    assert list(ran.json) == ["outcome", "ect"]
    assert list(given) == ECT_KEYS
    assert UUID(given.pop("id")).version == 4
    assert (ran.status, ran.json["outcome"], given) == (0, "registered", MAYA_REGISTERED)


def test_the_talk_goes_to_standard_error(settings):
    """The lead provider gets the details when it confirms, and a mentor is still needed."""
    ran = ect(*FROM_STDIN, stdin=a_registration(), **settings)

    assert ran.err == (
        "We will pass the ECT’s details on to Teach First when they confirm that they work with "
        "your school. They can already see that your school has chosen them. You do not need to "
        "contact them separately.\n"
        "The ECT is registered. They still need a mentor.\n"
    )


def test_a_school_led_registration_promises_no_contact(settings):
    """Nobody else hears of it."""
    document = a_registration(programme="school_led", lead_provider=None)
    ran = ect(*FROM_STDIN, stdin=document, **settings)

    assert (ran.json["ect"]["training"], ran.line) == (
        "school_led",
        "The ECT is registered. They still need a mentor.",
    )


def test_a_file_will_do_as_well(settings, tmp_path):
    """Named after --from."""
    file = tmp_path / "registration.json"
    file.write_text(json.dumps(a_registration()), encoding="utf-8")
    ran = ect("register-ect", "--from", str(file), **settings)

    assert (ran.status, ran.json["outcome"]) == (0, "registered")


def test_a_dry_run_says_the_same_and_keeps_nothing(settings):
    """With dry_run, a null id, and nobody on the school's page."""
    ran = ect(*FROM_STDIN, "--dry-run", stdin=a_registration(), **settings)
    listed = ect("ects", "--school", NEWCOMER, "--format", "json", **settings)

    assert list(ran.json) == ["outcome", "ect", "dry_run"]
    assert (ran.status, ran.err) == (0, "")
    assert ran.json == {
        "outcome": "registered",
        "ect": {"id": None, **MAYA_REGISTERED},
        "dry_run": True,
    }
    assert listed.json == []


def test_a_merged_trn_is_told(settings):
    """The record is under the TRN that TRS kept."""
    ran = ect(*FROM_STDIN, stdin=a_registration(trn=MERGED), **settings)

    assert ran.json["ect"]["trn"] == RETAINED
    assert f"TRS has merged TRN {MERGED} into {RETAINED}." in ran.err.splitlines()


def test_previous_choices_can_be_reused(settings):
    """This year's partnership of the school comes with them."""
    document = a_registration(
        school=VETERAN,
        reuse_previous_choices=True,
        appropriate_body=...,
        programme=...,
        lead_provider=...,
    )
    given = ect(*FROM_STDIN, stdin=document, **settings).json["ect"]

    assert (given["appropriate_body"], given["delivery_partner"], given["training"]) == (
        HUB,
        PARTNER,
        "confirmed",
    )


REFUSED = [
    ({"school": CLOSED}, "school-cannot-register"),
    ({"trn": UNKNOWN}, "trn-not-found"),
    (
        {"date_of_birth": ANOTHER_DAY, "national_insurance_number": ANOTHER_NUMBER},
        "details-do-not-match",
    ),
    ({"trn": OMAR, "school": VETERAN}, "already-in-progress-here"),
    ({"trn": PASSED}, "induction-passed"),
    ({"email": "LENA@Example.ORG"}, "email-in-use"),
    ({"start_date": "2026-09-01"}, "cannot-register-yet"),
    ({"trn": LEAVER, "start_date": "2024-09-02"}, "overlaps-previous"),
    ({"appropriate_body": COUNCIL}, "appropriate-body-state-funded"),
    ({"lead_provider": FORMER_PROVIDER}, "lead-provider-not-available"),
]
INVALID = [
    ({"school": "999999"}, "own-school-only", "school"),
    ({"school": "the school"}, "own-school-only", "school"),
    ({"trn": "12345678"}, "two-facts", "trn"),
    ({"trn": "ABCDEFG"}, "two-facts", "trn"),
    ({"trn": "١٢٣٤٥٦٧"}, "two-facts", "trn"),
    ({"date_of_birth": "1997-11-31"}, "two-facts", "date_of_birth"),
    ({"date_of_birth": "2015-01-31"}, "two-facts", "date_of_birth"),
    ({"date_of_birth": "0001-01-01"}, "two-facts", "date_of_birth"),
    ({"national_insurance_number": "BG123456A"}, "two-facts", "national_insurance_number"),
    ({"corrected_name": "x" * 71}, "name-confirmed-or-corrected", "corrected_name"),
    ({"corrected_name": "Ma\u0000ya"}, "name-confirmed-or-corrected", "corrected_name"),
    ({"corrected_name": " "}, "name-confirmed-or-corrected", "corrected_name"),
    ({"same_person": False}, None, "same_person"),
    ({"same_person": "yes"}, None, "same_person"),
    ({"email": "maya@example"}, "email-format", "email"),
    ({"email": "ma ya@example.org"}, "email-format", "email"),
    ({"email": "a@b@example.org"}, "email-format", "email"),
    ({"email": f"{'m' * 64}@{'e' * 63}.{'e' * 63}.{'e' * 58}.org"}, "email-format", "email"),
    ({"start_date": "2025-02-29"}, "start-date-range", "start_date"),
    ({"start_date": "13/09/2025"}, "start-date-range", "start_date"),
    ({"start_date": "2025-13-09"}, "start-date-range", "start_date"),
    ({"start_date": "0001-01-01"}, "start-date-range", "start_date"),
    ({"start_date": "9999-12-31"}, "start-date-range", "start_date"),
    ({"working_pattern": "sometimes"}, "working-pattern", "working_pattern"),
    ({"programme": "self_led"}, "training-programme", "programme"),
    ({"programme": "school_led"}, "training-programme", "lead_provider"),
    ({"appropriate_body": "Nobody"}, "appropriate-body-state-funded", "appropriate_body"),
    ({"lead_provider": "Teach Last"}, "lead-provider-not-available", "lead_provider"),
]
NEEDS = [
    ({"date_of_birth": ANOTHER_DAY}, "date-of-birth-differs", "national_insurance_number"),
    ({"working_pattern": None}, "working-pattern", "working_pattern"),
    ({"appropriate_body": None}, "appropriate-body-state-funded", "appropriate_body"),
    ({"programme": None, "lead_provider": None}, "training-programme", "programme"),
    ({"lead_provider": ...}, "lead-provider-not-available", "lead_provider"),
    (
        {
            "reuse_previous_choices": True,
            "appropriate_body": None,
            "programme": None,
            "lead_provider": None,
        },
        "reuse-offered",
        "appropriate_body",
    ),
]


@pytest.mark.parametrize("dry_run", [(), ("--dry-run",)], ids=["registering", "dry run"])
@pytest.mark.parametrize(("changes", "rule"), REFUSED)
def test_a_refusal_names_its_rule_and_no_field(settings, changes, rule, dry_run):
    """Exit status 1; a message for people; a dry run says that it was one."""
    ran = ect(*FROM_STDIN, *dry_run, stdin=a_registration(**changes), **settings)
    more = ["dry_run"] if dry_run else []

    assert list(ran.json) == ["outcome", "rule", "message", *more]
    assert (ran.verdict, ran.err) == ((1, "refused", rule), "")


@pytest.mark.parametrize(("changes", "rule", "field"), INVALID)
def test_what_cannot_be_right_is_told_at_its_field(settings, changes, rule, field):
    """Exit status 2, and what to do about it."""
    ran = ect(*FROM_STDIN, stdin=a_registration(**changes), **settings)

    first = {key: ran.json[key] for key in ("field", "rule", "message")}
    assert list(ran.json)[:4] == ["outcome", "rule", "field", "message"]
    assert ran.json.get("mistakes", [first])[0] == first
    assert (ran.verdict, ran.json["field"], ran.err) == ((2, "invalid", rule), field, "")


def test_names_of_body_and_provider_match_whatever_their_case_and_blanks(settings):
    """What is shown is the name that they have."""
    spelt = {
        key: f"{a_registration()[key]}  ".upper() for key in ("appropriate_body", "lead_provider")
    }
    ran = ect(*FROM_STDIN, stdin=a_registration(**spelt), **settings)

    assert {key: ran.json["ect"][key] for key in spelt} == {
        key: a_registration()[key] for key in spelt
    }


@pytest.mark.parametrize(("changes", "rule", "field"), NEEDS)
def test_what_is_left_out_is_asked_for(settings, changes, rule, field):
    """Exit status 2, and the field to answer."""
    ran = ect(*FROM_STDIN, stdin=a_registration(**changes), **settings)

    assert list(ran.json) == ["outcome", "rule", "field", "message"]
    assert (ran.verdict, ran.json["field"]) == ((2, "needs", rule), field)


def test_a_number_mends_a_date_that_differs(settings):
    """Two facts, the second of them the National Insurance number."""
    document = a_registration(
        date_of_birth=ANOTHER_DAY, national_insurance_number=f" {NUMBERS[MAYA].lower()} "
    )
    ran = ect(*FROM_STDIN, stdin=document, **settings)

    assert (ran.status, ran.json["outcome"]) == (0, "registered")


def test_a_second_time_is_refused(settings):
    """Nothing is registered twice."""
    first = ect(*FROM_STDIN, stdin=a_registration(), **settings)
    second = ect(*FROM_STDIN, stdin=a_registration(), **settings)
    listed = ect("ects", "--school", NEWCOMER, "--format", "json", **settings)

    assert (first.status, second.verdict) == (0, (1, "refused", "already-in-progress-here"))
    assert [row["id"] for row in listed.json] == [first.json["ect"]["id"]]


@pytest.mark.parametrize("trn", ["1000001", "RP10/00001", " 100 0001 ", "rp-1000001"])
def test_a_trn_may_be_typed_as_people_do(settings, trn):
    """Blanks, slashes, hyphens and RP do not count."""
    document = a_registration() | {"trn": trn}

    assert ect(*FROM_STDIN, stdin=document, **settings).json["ect"]["trn"] == MAYA


@pytest.mark.parametrize(
    "name", ["علي حسن", "李小龙", "<b>Maya</b>", "Maya 🎉", "=cmd|'/c calc'!A1", "Zoë D’Souza"]
)
def test_a_corrected_name_is_shown_as_given(settings, name):
    """Any script, and nothing in it is taken for anything else."""
    document = a_registration(corrected_name=name, same_person=True)
    ran = ect(*FROM_STDIN, stdin=document, **settings)

    assert (ran.json["ect"]["name"], name in ran.out or "\\" in ran.out) == (name, True)


def test_another_name_needs_name_same_person(settings):
    """Exit status 2, with the TRN and the key to give; true registers, and nothing else does."""
    asked = ect(*FROM_STDIN, stdin=a_registration(corrected_name="Olu Quinn"), **settings)
    document = a_registration(corrected_name="Olu Quinn", same_person=True)
    ran = ect(*FROM_STDIN, stdin=document, **settings)

    assert (asked.verdict, asked.json["field"]) == (
        (2, "needs", "name-same-person"),
        "same_person",
    )
    assert MAYA in asked.json["message"]
    assert (ran.status, ran.json["ect"]["name"]) == (0, "Olu Quinn")


def test_without_a_document_and_a_terminal_it_says_what_to_give(settings):
    """Nobody is there to be asked."""
    ran = ect("register-ect", **settings)

    assert (ran.status, ran.out, "--from" in ran.err) == (2, "", True)
