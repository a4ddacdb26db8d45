"""`ect register-mentor` with what a rule refuses, or what cannot be right."""

from __future__ import annotations

import pytest

from integration.cli.mentor_town import (
    AWAY,
    BANNED,
    BOTH,
    DONE,
    DORMANT,
    FORMER_PROVIDER,
    GONE,
    LEFT,
    MAYA,
    NOOR,
    OCTOBER,
    OLD_MAYA,
    PIONEER,
    PROVIDER,
    SAM,
    SUPPORTED,
)
from integration.cli.mentoring import came_to
from integration.cli.town import ANOTHER_DAY, ANOTHER_NUMBER

REFUSED = {
    "unknown": (MAYA, {"trn": "2999999"}, "trn-not-found"),
    "deactivated": (MAYA, {"trn": DORMANT}, "trn-not-found"),
    "the wrong number": (
        MAYA,
        {"date_of_birth": ANOTHER_DAY, "national_insurance_number": ANOTHER_NUMBER},
        "details-do-not-match",
    ),
    "prohibited": (MAYA, {"trn": BANNED}, "prohibited-from-teaching"),
    "oneself": (MAYA, {"trn": MAYA}, "own-mentor"),
    "oneself, and TRS is not asked": (
        MAYA,
        {"trn": MAYA, "date_of_birth": ANOTHER_DAY},
        "own-mentor",
    ),
    "oneself, by a merged TRN": (MAYA, {"trn": OLD_MAYA}, "own-mentor"),
    "both ECT and mentor": (BOTH, {"trn": BOTH}, "own-mentor"),
    "here already": (MAYA, {"trn": NOOR}, "mentor-already-here"),
    "the email of an ECT": (MAYA, {"email": f"{SAM}@Example.ORG"}, "email-in-use"),
    "the email of a mentor": (MAYA, {"email": f"{NOOR}@example.org"}, "email-in-use"),
    "an ECT who has left": (LEFT, {}, "mentor-now-or-later"),
    "an ECT who is completed": (DONE, {}, "mentor-now-or-later"),
    "an ECT who has a mentor": (SUPPORTED, {}, "one-mentor-at-a-time"),
    "a provider of another year": (
        MAYA,
        {"lead_provider": FORMER_PROVIDER},
        "lead-provider-not-available",
    ),
    "a provider of another year, in vain": (
        MAYA,
        {"trn": PIONEER, "lead_provider": FORMER_PROVIDER},
        "lead-provider-not-available",
    ),
    "an ECT of another school": (AWAY, {}, "own-school-only"),
    "an unknown ECT": (
        MAYA,
        {"ect": "3f2b7c1e-0000-4000-8000-000000000000"},
        "own-school-only",
    ),
    "no id at all": (MAYA, {"ect": "Maya"}, "own-school-only"),
    "a start after the ECT has left": (
        OCTOBER,
        {"trn": GONE, "start_date": "2025-10-25"},
        "no-day-in-common",
    ),
}
INVALID = {
    "an unknown school": ({"school": "999999"}, "own-school-only", "school"),
    "no URN": ({"school": "Larkfield"}, "own-school-only", "school"),
    "too many digits": ({"trn": "12345678"}, "two-facts", "trn"),
    "no such day": ({"date_of_birth": "1997-11-31"}, "two-facts", "date_of_birth"),
    "seventeen": ({"date_of_birth": "2007-09-11"}, "two-facts", "date_of_birth"),
    "no number": (
        {"national_insurance_number": "BG123456A"},
        "two-facts",
        "national_insurance_number",
    ),
    "a long name": ({"corrected_name": "x" * 71}, "name-confirmed-or-corrected", "corrected_name"),
    "no address": ({"email": "new@example"}, "email-format", "email"),
    "no date": ({"start_date": "10/09/2025"}, "mentor-start-date", "start_date"),
    "a date for somebody new": ({"start_date": "2025-09-11"}, "mentor-start-date", "start_date"),
    "an unknown provider": (
        {"lead_provider": "Nobody"},
        "lead-provider-not-available",
        "lead_provider",
    ),
    "an unknown provider, in vain": (
        {"trn": PIONEER, "lead_provider": "Nobody"},
        "lead-provider-not-available",
        "lead_provider",
    ),
    "no to a confirmation": ({"same_person": False}, None, "same_person"),
    "a word for a flag": ({"only_here": "yes"}, None, "only_here"),
    "a number for a flag": ({"replace": 1}, None, "replace"),
    "no ECT": ({"ect": ...}, None, "ect"),
    "null for the ECT": ({"ect": None}, None, "ect"),
    "no email": ({"email": None}, None, "email"),
    "no birthday": ({"date_of_birth": ...}, None, "date_of_birth"),
    "a list": ({"ect": ["a"]}, None, "ect"),
    "an unknown key": ({"mentor": "a"}, None, "mentor"),
}


@pytest.mark.parametrize("options", [(), ("--dry-run",)], ids=["registering", "dry run"])
@pytest.mark.parametrize(("ect_trn", "changes", "rule"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_names_its_rule(desk, ect_trn, changes, rule, options):
    """Exit status 1, nothing on standard error but where an id that is not right is found."""
    ran = desk.register(ect_trn, *options, **changes)
    where = '"ect find TEXT --format json" shows ids with their schools\n'

    assert came_to(ran) == (1, "refused", rule, None)
    assert ran.err == (where if rule == "own-school-only" else "")
    assert ran.json.get("dry_run", False) is bool(options)


@pytest.mark.parametrize(("changes", "rule", "field"), INVALID.values(), ids=INVALID)
def test_what_cannot_be_right_is_told_at_its_field(desk, changes, rule, field):
    """Exit status 2."""
    ran = desk.register(**changes)

    assert (came_to(ran), ran.err) == ((2, "invalid", rule, field), "")


def test_a_provider_for_a_school_led_ect_is_a_contradiction(desk):
    """As it is for the ECT."""
    ran = desk.register(SAM, lead_provider=PROVIDER)

    assert came_to(ran) == (2, "invalid", "training-programme", "lead_provider")


def test_a_date_that_differs_asks_for_the_number(desk):
    """Of a person who exists."""
    ran = desk.register(date_of_birth=ANOTHER_DAY)

    assert came_to(ran) == (
        2,
        "needs",
        "date-of-birth-differs",
        "national_insurance_number",
    )
