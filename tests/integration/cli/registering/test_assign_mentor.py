"""`ect assign-mentor`: a mentor of the school for one of its ECTs."""

from __future__ import annotations

import pytest

from integration.cli.mentor_town import (
    AUTUMN,
    AWAY,
    BOTH,
    DONE,
    ELSEWHERE,
    FORMER_PROVIDER,
    GONE,
    HERE,
    JANUARY,
    LEFT,
    MAYA,
    NOOR,
    OCTOBER,
    PIONEER,
    PROVIDER,
    RIVAL,
    SAM,
    SPRING,
    STRANDED,
    SUPPORTED,
    THERE,
)
from integration.cli.mentoring import came_to
from integration.cli.terminal import ect
from integration.cli.town import ECT_KEYS, MENTOR_KEYS

FUNDED = "They can get funded mentor training. We will pass their details on to Teach First."
ASSIGNED = "The mentor is assigned."


def test_a_mentor_from_here_is_assigned(desk):
    """As they are, with the training that their first provider-led ECT brings."""
    ran = desk.assign()
    told, mentor = ran.json["ect"], ran.json["mentor"]

    assert (ran.status, list(ran.json), ran.json["outcome"]) == (
        0,
        ["outcome", "ect", "mentor"],
        "assigned",
    )
    assert (list(told), list(mentor)) == (ECT_KEYS, MENTOR_KEYS)
    assert (told["status"], told["mentor"]) == ("registered", f"Person {NOOR}")
    assert (mentor["started_on"], mentor["lead_provider"], mentor["training"]) == (
        "2024-09-02",
        PROVIDER,
        "confirmed",
    )
    assert (desk.one("ects", MAYA), desk.one("mentors", NOOR)) == (told, mentor)
    assert ran.err.splitlines() == [FUNDED, ASSIGNED]


def test_trs_is_not_asked(desk):
    """Nor are its settings needed."""
    document = desk.an_assignment()
    without = {name: value for name, value in desk.settings.items() if name != "ECT_TRS_URL"}

    assert ect("assign-mentor", "--from", "-", stdin=document, **without).status == 0


def test_a_dry_run_says_the_same_and_keeps_nothing(desk):
    """Both ids are there already."""
    before = desk.listed("ects"), desk.listed("mentors")
    tried = desk.assign(MAYA, NOOR, "--dry-run")
    after = desk.listed("ects"), desk.listed("mentors")

    assert (tried.status, tried.err, before) == (0, "", after)
    assert tried.json == {**desk.assign().json, "dry_run": True}


def test_a_second_ect_brings_no_second_training(desk):
    """One is open, and nothing more is said of it."""
    desk.assign(MAYA, NOOR)
    ran = desk.assign(JANUARY, NOOR, lead_provider=RIVAL)

    assert (ran.json["mentor"]["lead_provider"], ran.err.splitlines()) == (PROVIDER, [ASSIGNED])


def test_for_a_school_led_ect_nothing_is_promised(desk):
    """The training may come with a later ECT."""
    first = desk.assign(SAM)
    second = desk.assign(MAYA)

    assert (first.json["mentor"]["training"], first.err.splitlines()) == ("none", [ASSIGNED])
    assert (second.json["mentor"]["training"], second.err.splitlines()) == (
        "confirmed",
        [FUNDED, ASSIGNED],
    )


def test_whoever_had_training_since_gets_none(desk, tmp_path):
    """An operator loaded it meanwhile."""
    file = tmp_path / "history.csv"
    file.write_text(
        f"trn,early_roll_out,completed_on,timed_out_on\n{NOOR},false,2025-09-10,\n",
        encoding="utf-8",
    )
    loaded = ect("mentor-training", "load", str(file), **desk.settings)
    ran = desk.assign()

    assert (loaded.status, loaded.json["changed"]) == (0, 1)
    assert ran.json["mentor"]["training"] == "not_eligible"
    assert ran.err.splitlines() == [
        "They cannot get funded mentor training, as they have completed it.",
        ASSIGNED,
    ]


def test_another_lead_provider_may_be_named(desk):
    """Without a partnership it is an expression of interest."""
    mentor = desk.assign(lead_provider=RIVAL).json["mentor"]

    assert (mentor["lead_provider"], mentor["training"]) == (RIVAL, "expression_of_interest")


def test_the_ects_lead_provider_may_have_gone(desk):
    """Then the school has to name one."""
    asked = desk.assign(STRANDED)
    given = desk.assign(STRANDED, lead_provider=PROVIDER)

    assert came_to(asked) == (2, "needs", "lead-provider-not-available", "lead_provider")
    assert (given.status, given.json["mentor"]["lead_provider"]) == (0, PROVIDER)


def test_an_ect_may_mentor_another(desk):
    """But not themself."""
    assert desk.assign(MAYA, BOTH).status == 0
    assert desk.assign(BOTH, BOTH).verdict == (1, "refused", "own-mentor")


@pytest.mark.parametrize(
    ("ect_trn", "mentor_trn", "today", "right"),
    [
        (MAYA, AUTUMN, "2025-10-17", True),  # the mentor's last day
        (OCTOBER, NOOR, "2025-10-24", True),  # the ECT's last day
        (JANUARY, AUTUMN, "2025-09-10", False),  # leaves before the ECT comes
        (OCTOBER, SPRING, "2025-09-10", False),  # comes after the ECT has left
        (JANUARY, SPRING, "2025-09-10", True),  # both on one day
    ],
)
def test_both_must_be_here_on_some_day(desk, ect_trn, mentor_trn, today, right):
    """From today on."""
    ran = desk.on(today).assign(ect_trn, mentor_trn)
    refused = (1, "refused", "no-day-in-common", None)

    assert came_to(ran) == ((0, "assigned", None, None) if right else refused)


def test_a_mentor_who_has_left_has_no_day_in_common(desk):
    """Their last day was yesterday, or long ago."""
    late = desk.on("2025-10-18").assign(MAYA, AUTUMN)

    assert (late.verdict, desk.assign(MAYA, GONE).verdict) == (
        (1, "refused", "no-day-in-common"),
        (1, "refused", "no-day-in-common"),
    )


def test_the_status_falls_back_when_the_mentor_leaves(desk):
    """From the day after their last one."""
    desk.assign(MAYA, AUTUMN)
    statuses = [desk.on(day).one("ects", MAYA)["status"] for day in ("2025-10-17", "2025-10-18")]

    assert statuses == ["registered", "mentor_required"]


def test_another_mentor_takes_over_when_asked_for(desk):
    """Today; somebody who comes later takes over on that day."""
    refused = desk.assign(SUPPORTED, BOTH)
    later = desk.assign(SUPPORTED, SPRING, replace=True).json["ect"]["mentor"]
    then = desk.on("2026-01-05").one("ects", SUPPORTED)["mentor"]
    now = desk.assign(SUPPORTED, BOTH, replace=True).json["ect"]["mentor"]

    assert refused.verdict == (1, "refused", "one-mentor-at-a-time")
    assert [later, then, now] == [f"Person {trn}" for trn in (NOOR, SPRING, BOTH)]


def test_the_table_names_the_days_without_a_mentor(desk):
    """`no-mentor-yet`: beside the status, as in the other forms."""
    desk.assign(MAYA, AUTUMN)
    table = ect("ects", "--school", HERE, **desk.settings).out

    assert "no mentor" in table
    assert "2025-10-18/" in table
    assert desk.one("ects", MAYA)["without_mentor"] == [{"from": "2025-10-18", "to": None}]


def test_a_dry_run_says_what_a_change_of_mentor_comes_to(desk):
    """`mentor-change`: who mentors until when, who will, and what becomes of training."""
    later = desk.assign(SUPPORTED, SPRING, "--dry-run", replace=True).json
    desk.assign(SUPPORTED, AUTUMN, replace=True)
    gap = desk.assign(SUPPORTED, SPRING, "--dry-run", replace=True).json["change"]

    assert list(later) == ["outcome", "ect", "mentor", "change", "dry_run"]
    assert later["change"] == {
        "replaces": [{"mentor": f"Person {NOOR}", "from": "2025-09-01", "to": "2026-01-04"}],
        "from": "2026-01-05",
        "to": None,
        "without_mentor": [],
        "training": "begins",
        "lead_provider": PROVIDER,
        "delivery_partner": "Lantern Learning Alliance",
    }
    assert gap["replaces"][0]["to"] == "2025-10-17"
    assert gap["without_mentor"] == [{"from": "2025-10-18", "to": "2026-01-04"}]


def test_a_dry_run_names_the_partner_of_confirmed_training_that_stays(desk):
    """Which began with another ECT."""
    desk.assign(MAYA, AUTUMN)
    desk.assign(SUPPORTED, SPRING, replace=True)
    change = desk.assign(MAYA, SPRING, "--dry-run", replace=True).json["change"]

    assert {key: change[key] for key in ("training", "lead_provider", "delivery_partner")} == {
        "training": "stays",
        "lead_provider": PROVIDER,
        "delivery_partner": "Lantern Learning Alliance",
    }


def test_what_is_withdrawn_has_no_last_day(desk):
    """A mentor to come, whom another one replaces before."""
    desk.assign(SUPPORTED, SPRING, replace=True)
    change = desk.assign(SUPPORTED, BOTH, "--dry-run", replace=True).json["change"]

    assert change["replaces"] == [
        {"mentor": f"Person {NOOR}", "from": "2025-09-01", "to": "2025-09-09"},
        {"mentor": f"Person {SPRING}", "from": "2026-01-05", "to": None},
    ]


def test_nobody_takes_over_from_themself(desk):
    """Asked for or not."""
    ran = desk.assign(SUPPORTED, NOOR, replace=True)

    assert (ran.verdict, ran.json["message"]) == (
        (1, "refused", "one-mentor-at-a-time"),
        "They are this ECT’s mentor already",
    )


@pytest.mark.parametrize("ect_trn", [LEFT, DONE])
def test_an_ect_who_is_not_in_progress_gets_no_mentor(desk, ect_trn):
    """Left, or completed."""
    assert desk.assign(ect_trn).verdict == (1, "refused", "mentor-now-or-later")


NO_ID = "3f2b7c1e-0000-4000-8000-000000000000"


@pytest.mark.parametrize("field", ["ect", "mentor"])
@pytest.mark.parametrize("id", [NO_ID, "Maya", "", "1000001"])
def test_there_is_no_such_record(desk, field, id):
    """However it is spelt."""
    ran = desk.assign(**{field: id})

    assert (ran.verdict, ran.json["message"]) == (
        (1, "refused", "own-school-only"),
        "Your school does not have this record",
    )


def test_another_schools_record_is_like_one_that_does_not_exist(desk):
    """The ECT's or the mentor's, from here or from there."""
    unknown = desk.assign(mentor=NO_ID)
    foreign = [
        desk.assign(MAYA, ELSEWHERE),
        desk.assign(AWAY, NOOR),
        desk.assign(AWAY, NOOR, school=THERE),
        desk.assign(MAYA, ELSEWHERE, school=THERE),
    ]

    assert {(ran.status, ran.out) for ran in foreign} == {(unknown.status, unknown.out)}


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"lead_provider": FORMER_PROVIDER}, (1, "refused", "lead-provider-not-available", None)),
        (
            {"lead_provider": "Nobody"},
            (2, "invalid", "lead-provider-not-available", "lead_provider"),
        ),
        ({"school": "999999"}, (2, "invalid", "own-school-only", "school")),
        ({"school": "12"}, (2, "invalid", "own-school-only", "school")),
        ({"school": ...}, (2, "invalid", None, "school")),
        ({"ect": ...}, (2, "invalid", None, "ect")),
        ({"mentor": None}, (2, "invalid", None, "mentor")),
        ({"mentor": 7}, (2, "invalid", None, "mentor")),
        ({"replace": "yes"}, (2, "invalid", None, "replace")),
        ({"start_date": "2025-09-10"}, (2, "invalid", None, "start_date")),
    ],
)
def test_what_is_not_right_is_told_at_its_field(desk, changes, verdict):
    """Shape, formats and names."""
    assert came_to(desk.assign(**changes)) == verdict


def test_a_provider_for_a_school_led_ect_is_a_contradiction(desk):
    """Nobody is trained."""
    assert came_to(desk.assign(SAM, lead_provider=PROVIDER)) == (
        2,
        "invalid",
        "training-programme",
        "lead_provider",
    )


@pytest.mark.parametrize(("provider", "status"), [("Nobody", 2), (FORMER_PROVIDER, 1), (RIVAL, 0)])
def test_a_provider_named_in_vain_has_to_be_one(desk, provider, status):
    """Though nothing comes of it."""
    desk.register(MAYA, trn=PIONEER)
    ran = desk.assign(JANUARY, PIONEER, lead_provider=provider)

    assert ran.status == status
