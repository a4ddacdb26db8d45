"""`ect register-mentor`: JSON in, JSON out, and nothing kept unless everything is."""

from __future__ import annotations

import pytest

from integration.cli.mentor_town import (
    AWAY,
    CLOSED,
    FINISHED,
    FORMER_PROVIDER,
    HERE,
    LATE,
    MAYA,
    NEW,
    NOOR,
    NUMBER,
    OLD_NEW,
    PARTNER,
    PASSED,
    PIONEER,
    PROVIDER,
    RIVAL,
    SAM,
    SHUT,
    SUPPORTED,
    THERE,
)
from integration.cli.mentoring import came_to
from integration.cli.terminal import ect
from integration.cli.town import ANOTHER_DAY, ECT_KEYS, MENTOR_KEYS

DONE_WITH = "The mentor is registered and assigned."


def test_a_mentor_is_registered_and_assigned(desk):
    """The ECT with their mentor, the mentor with their training, as both pages have them."""
    ran = desk.register()
    told, mentor = ran.json["ect"], ran.json["mentor"]

    assert (ran.status, list(ran.json)) == (0, ["outcome", "ect", "mentor"])
    assert (list(told), list(mentor)) == (ECT_KEYS, MENTOR_KEYS)
    assert (told["status"], told["mentor"]) == ("registered", f"Person {NEW}")
    assert {**mentor, "id": ...} == {
        "id": ...,
        "trn": NEW,
        "name": f"Person {NEW}",
        "email": "new.mentor@example.org",
        "started_on": "2025-09-10",
        "finished_on": None,
        "lead_provider": PROVIDER,
        "training": "confirmed",
    }
    assert (desk.one("ects", MAYA), desk.one("mentors", NEW)) == (told, mentor)


def test_people_are_told_what_happens_next(desk):
    """Funded training, and with whom."""
    lines = desk.register().err.splitlines()

    assert lines == [
        "They can get funded mentor training. We will pass their details on to Teach First.",
        DONE_WITH,
    ]


def test_a_dry_run_says_the_same_and_keeps_nothing(desk):
    """The mentor has no id yet; the ECT has theirs."""
    before = desk.listed("ects"), desk.listed("mentors")
    tried = desk.register(MAYA, "--dry-run")
    after = desk.listed("ects"), desk.listed("mentors")
    done = desk.register().json

    assert (tried.status, tried.err, before) == (0, "", after)
    assert list(tried.json) == ["outcome", "ect", "mentor", "dry_run"]
    assert tried.json == {**done, "mentor": {**done["mentor"], "id": None}, "dry_run": True}


PERHAPS_NOT = (
    "Our records say that they started mentor training before and did not finish it in the time "
    "allowed, so no funded training is set up; your lead provider can check."
)


@pytest.mark.parametrize(
    ("trn", "reason"),
    [
        (
            PIONEER,
            "They cannot get funded mentor training, as they took part in its early roll-out.",
        ),
        (FINISHED, "They cannot get funded mentor training, as they have completed it."),
        (LATE, PERHAPS_NOT),
    ],
)
def test_who_had_funded_training_gets_none(desk, trn, reason):
    """They mentor all the same, and the school is told why."""
    ran = desk.register(trn=trn)

    assert (ran.status, ran.json["mentor"]["training"], ran.json["mentor"]["lead_provider"]) == (
        0,
        "not_eligible",
        None,
    )
    assert ran.err.splitlines() == [
        reason,
        DONE_WITH,
    ]


def test_for_a_school_led_ect_nothing_is_promised(desk):
    """Nor set up, nor told."""
    ran = desk.register(SAM)

    assert (ran.json["mentor"]["training"], ran.json["mentor"]["lead_provider"]) == ("none", None)
    assert ran.err.splitlines() == [DONE_WITH]


def test_a_later_provider_led_ect_brings_the_training(desk):
    """With their first one."""
    desk.register(SAM)
    ran = desk.assign(MAYA, NEW)

    assert (ran.json["mentor"]["training"], "funded mentor training" in ran.err) == (
        "confirmed",
        True,
    )


def test_another_lead_provider_may_be_named(desk):
    """Without a partnership it waits for them."""
    mentor = desk.register(lead_provider=f" {RIVAL} ").json["mentor"]

    assert (mentor["lead_provider"], mentor["training"]) == (RIVAL, "expression_of_interest")


def test_a_merged_trn_is_told(desk):
    """The record is under the TRN that TRS kept."""
    ran = desk.register(trn=OLD_NEW)

    assert ran.json["mentor"]["trn"] == NEW
    assert f"TRS has merged TRN {OLD_NEW} into {NEW}." in ran.err.splitlines()


def test_a_name_can_be_corrected(desk):
    """It is shown from then on, beside the ECT too."""
    answer = desk.register(corrected_name="Zoë D’Souza", same_person=True).json

    assert (answer["mentor"]["name"], answer["ect"]["mentor"]) == ("Zoë D’Souza", "Zoë D’Souza")


def test_another_name_needs_name_same_person(desk):
    """Exit status 2, with the key to give, and nobody is registered."""
    asked = desk.register(corrected_name="Zoë D’Souza")
    tried = desk.register(corrected_name="Zoë D’Souza", same_person=None)

    assert (asked.verdict, asked.json["field"]) == (
        (2, "needs", "name-same-person"),
        "same_person",
    )
    assert tried.json == asked.json
    assert desk.register(corrected_name="Zoë D’Souza", same_person=True).status == 0


@pytest.mark.parametrize(
    ("trn", "name"), [(PASSED, "passed induction"), (AWAY, "an ECT elsewhere")]
)
def test_induction_does_not_matter(desk, trn, name):
    """Nor does being an ECT; only the two facts do."""
    assert desk.register(trn=trn).status == 0, name


def test_a_number_mends_a_date_that_differs(desk):
    """As for an ECT."""
    assert desk.register(date_of_birth=ANOTHER_DAY, national_insurance_number=NUMBER).status == 0


def test_a_closed_school_may_give_its_ects_mentors(desk):
    """It cannot register ECTs any more."""
    assert desk.register(SHUT, school=CLOSED).status == 0


def test_whoever_is_here_already_is_named_by_id(desk):
    """So that they can be assigned as they are."""
    ran = desk.register(trn=NOOR)
    assigned = desk.assign(MAYA, mentor=ran.json["mentor"])

    assert came_to(ran) == (1, "refused", "mentor-already-here", None)
    assert list(ran.json) == ["outcome", "rule", "message", "mentor"]
    assert (assigned.status, assigned.json["mentor"]["trn"]) == (0, NOOR)


def test_everything_or_nothing_is_kept(desk):
    """A refusal at the very end leaves no mentor behind."""
    before = desk.listed("mentors")
    ran = desk.register(lead_provider=FORMER_PROVIDER)

    assert (ran.verdict, desk.listed("mentors")) == (
        (1, "refused", "lead-provider-not-available"),
        before,
    )


def test_asking_to_replace_gives_an_ect_another_mentor(desk):
    """From today on: the one before ends yesterday."""
    ran = desk.register(SUPPORTED, replace=True)

    assert (ran.status, ran.json["ect"]["mentor"]) == (0, f"Person {NEW}")


def test_a_second_time_is_refused(desk):
    """The ECT has a mentor by then."""
    assert [desk.register().status for _ in range(2)] == [0, 1]


def test_the_same_person_may_keep_their_own_address(desk):
    """In any role and school."""
    ran = desk.register(trn=AWAY, email=f"{AWAY}@example.org")

    assert (ran.status, ran.json["mentor"]["email"]) == (0, f"{AWAY}@example.org")


def test_a_partnership_confirms_the_training_of_a_waiting_mentor(desk):
    """Of ECT and mentor alike."""
    desk.register(AWAY, school=THERE, replace=True, trn=NEW)
    before = desk.one("mentors", NEW, THERE)["training"]
    document = {
        "school": THERE,
        "lead_provider": PROVIDER,
        "delivery_partner": PARTNER,
        "year": 2025,
    }
    told = ect("partnerships", "report", "--from", "-", stdin=document, **desk.settings).json

    assert (before, told["confirmed"], desk.one("mentors", NEW, THERE)["training"]) == (
        "expression_of_interest",
        2,
        "confirmed",
    )


def test_a_closed_database_is_out_of_reach(desk):
    """Exit status 3, and an outcome for programs."""
    document = desk.a_mentor(school=HERE)
    gone = desk.settings | {"ECT_DATABASE_URL": "sqlite:////no/such/ect.db"}
    ran = ect("register-mentor", "--from", "-", stdin=document, **gone)

    assert (ran.status, ran.json["outcome"]) == (3, "unavailable")
