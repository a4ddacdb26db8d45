from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    HUB,
    LEAD_PROVIDER,
    NOW,
    URN,
    a_change,
    a_mentor,
    a_mentorship,
    a_partnership,
    a_registration,
    a_training,
    school_led,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.completion import Completion, Outcome
from ect_registration.domain.people.teacher import InductionStatus, TrsFacts
from ect_registration.domain.people.training import Programme, ProgrammeChoices
from ect_registration.domain.records.history import What
from ect_registration.domain.sessions import Person
from ect_registration.ports.stored.holds import Hold
from entrypoints.web.ects.history_text import WORDS
from integration.web.foundation import sign_in
from integration.web.one_app import client_on
from integration.web.school import OTHER_URN, School, somebody, text_of

CORRECTED = (
    "Registered, starting on 1 September 2025. The name was corrected to Asha Q. "
    "The name on the teacher record is Asha M"
)
BOTH = "qualified teacher status (QTS) and an induction period reported by the appropriate body"
SPRING = Period(date(2025, 1, 6), date(2025, 4, 4))


@pytest.fixture
def school() -> School:
    """Nobody is registered yet."""
    return School.of()


def _shown(school, ect, **user):
    school.has(ect)
    answer = school.user(**user).get(f"/school/ects/{ect.id}")
    assert answer.status_code == 200
    return answer.text


def _happened(school, ect, what, **changes):
    change = a_change(about=ect.id, what=what, school=ect.school, **changes)
    with school.ports.unit_of_work() as uow:
        uow.hold([Hold.EVERYTHING])
        uow.history.add([change])
        uow.commit()


def _history(school, ect):
    page = school.user().get(f"/school/ects/{ect.id}").text
    return text_of(page).partition("History ")[2]


def test_an_ect_has_a_page(school):
    """Details, training, mentor."""
    page = _shown(school, somebody(1, "Asha Marlowe", trainings=(a_training(),)))

    assert "<title>Asha Marlowe – " in page
    assert text_of(page) == (
        "Asha Marlowe Mentor required This ECT needs a mentor. The "
        "registration is not complete until you assign one. Assign a mentor "
        "Details Teacher reference number (TRN) 3000001 Name Asha Marlowe Change name "
        "Email address ect1@example.org Change email address "
        "Start date at your school 1 September 2025 Change start date "
        "Last day at your school None reported Report leaving your school "
        "Working pattern Full time Change working pattern "
        f"Appropriate body {HUB} Change appropriate body "
        "Training Programme Provider-led Change programme "
        "Expected training start year 2025 to 2026 "
        f"Lead provider {LEAD_PROVIDER} Change lead provider "
        "Delivery partner Not confirmed yet "
        "Training Waiting for the lead provider to confirm Funding for training Not known "
        f"We will pass the ECT’s details on to {LEAD_PROVIDER} when they confirm that they work "
        "with your school. They can already see that your school has chosen them. "
        "You do not need to contact them separately. "
        "Mentor No mentor is assigned yet. "
        "Registered by mistake Undo this registration "
        "History Nothing has been recorded."
    )


@pytest.mark.parametrize(
    ("has_qts", "induction", "says"),
    [
        (True, "in_progress", "Eligible"),
        (False, "in_progress", "Not eligible yet. They need qualified teacher status (QTS)"),
        (
            False,
            "none",
            f"Not eligible yet. They need {BOTH}",
        ),
        (True, "passed", "Not eligible"),
        (True, "unknown", "Not known"),
    ],
)
def test_funding_is_told_with_what_is_missing(school, has_qts, induction, says):
    """The funded-training rule in words, by what TRS said when it was last asked."""
    facts = TrsFacts(has_qts, InductionStatus(induction), NOW)
    ect = somebody(1, "Asha Marlowe")
    page = _shown(school, attrs.evolve(ect, teacher=attrs.evolve(ect.teacher, facts=facts)))

    assert f"Funding for training {says} " in text_of(page)


@pytest.mark.parametrize(
    ("completion", "says"),
    [
        (Completion(Outcome.PASSED, date(2025, 7, 18)), "Induction Passed on 18 July 2025"),
        (Completion(Outcome.FAILED, date(2025, 7, 18)), "Induction Failed on 18 July 2025"),
        (Completion(Outcome.EXEMPT, None), "Induction Exempt"),
    ],
)
def test_a_completed_ect_is_shown_with_the_outcome(school, completion, says):
    """As TRS said it; the tag says that they have completed."""
    page = text_of(_shown(school, somebody(1, completed=True, completion=completion)))

    assert f"{says} Funding for training Not eligible " in page
    assert "Completed" in page


def test_an_ect_in_progress_has_no_outcome(school):
    """Nor has one who was brought in as completed."""
    for number, completed in ((1, False), (2, True)):
        assert "Induction" not in text_of(_shown(school, somebody(number, completed=completed)))


def test_confirmed_training_names_the_delivery_partner(school):
    """Nobody waits any more; earlier training stays visible."""
    with school.ports.unit_of_work() as uow:
        uow.hold([Hold.EVERYTHING])
        uow.partnerships.add(a_partnership())
        uow.commit()
    ect = somebody(
        1,
        period=Period(SPRING.started_on),
        trainings=(
            a_training(period=SPRING, programme=Programme.SCHOOL_LED, lead_provider=None),
            a_training(delivery_partner=DELIVERY_PARTNER),
        ),
    )
    said = text_of(_shown(school, ect))

    assert f"Delivery partner {DELIVERY_PARTNER} Training Confirmed by the lead provider" in said
    assert "Earlier training School-led, from 6 January 2025 to 4 April 2025" in said
    assert "We will pass" not in said


def test_school_led_training_has_no_providers(school):
    """And says why."""
    ect = somebody(1, registration=a_registration(choices=school_led()))

    assert "Programme School-led" in (said := text_of(_shown(school, ect)))
    assert "Lead provider None (school-led training)" in said


def test_what_was_never_known_is_said(school):
    """Of a record brought in from elsewhere."""
    unknown = a_registration(choices=ProgrammeChoices(None, None))
    ect = somebody(1, registration=unknown, working_pattern=None, email=None)
    said = text_of(_shown(school, ect))

    assert "Email address Not known" in said
    assert said.count("Not known") == 8


def test_mentors_are_named_with_their_days(school):
    """The latest first; one who was withdrawn never was."""
    mentor = school.has_mentor(a_mentor(period=Period(SPRING.started_on)))
    ect = somebody(
        1,
        period=Period(SPRING.started_on),
        mentorships=(
            a_mentorship(mentor, period=SPRING),
            a_mentorship(mentor),
            a_mentorship(mentor, withdrawn=True),
        ),
    )
    said = text_of(_shown(school, ect))

    assert (
        "Mentor Joan Thackeray from 1 September 2025 Change mentor Remove mentor "
        "Earlier mentor Joan Thackeray from 6 January 2025 to 4 April 2025 Registered" in said
    )


def test_a_mentor_of_one_day_is_named_with_that_day(school):
    """On the pages of the ECT and of the mentor; it was shown as a period from a day to itself."""
    day = date(2025, 9, 9)
    mentor = school.has_mentor(a_mentor(period=Period(SPRING.started_on)))
    ect = somebody(1, "Asha", mentorships=(a_mentorship(mentor, period=Period(day, day)),))
    said = text_of(_shown(school, ect))
    of_mentor = text_of(school.user().get(f"/school/mentors/{mentor.id}").text)

    assert "Earlier mentor Joan Thackeray on 9 September 2025" in said
    assert "Mentored before Asha on 9 September 2025" in of_mentor


def test_nobody_waits_for_an_ect_who_has_left(school):
    """The lead provider will not confirm any more."""
    ect = somebody(1, period=SPRING, trainings=(a_training(period=SPRING),))
    said = text_of(_shown(school, ect))

    assert said.count("Not confirmed by the lead provider") == 2
    assert "We will pass" not in said


def test_a_leaver_shows_the_last_day(school):
    """And needs nobody any more."""
    said = text_of(_shown(school, somebody(1, period=SPRING)))

    assert "Last day at your school 4 April 2025" in said
    assert "Mentor They had no mentor. History" in said


@pytest.mark.parametrize(
    ("what", "before", "after", "says"),
    [
        (
            What.ECT_REGISTERED,
            {},
            {"started_on": "2025-09-01", "name": "Asha", "trs_name": "Asha"},
            "Registered, starting on 1 September 2025",
        ),
        (
            What.ECT_REGISTERED,
            {},
            {"started_on": "2025-09-01", "name": "Asha Q", "trs_name": "Asha M"},
            CORRECTED,
        ),
        (
            What.ECT_TRANSFERRED,
            {"finished_on": None},
            {"finished_on": "2025-08-31"},
            "Registered at another school, so their last day at your school is 31 August 2025",
        ),
        (
            What.ECT_LEAVING,
            {"finished_on": None},
            {"finished_on": "2025-12-19"},
            "Reported as leaving. Their last day is 19 December 2025",
        ),
        (
            What.ECT_LEAVING,
            {"finished_on": "2025-12-19"},
            {"finished_on": "2025-12-12"},
            "Last day changed from 19 December 2025 to 12 December 2025",
        ),
        (
            What.ECT_LEAVING,
            {"mentor": "Joan Thackeray", "finished_on": None},
            {"withdrawn": True},
            "Joan Thackeray will not start as mentor, because the ECT is leaving",
        ),
        (
            What.MENTORSHIP_MOVED,
            {"ect": "Asha", "finished_on": None},
            {"finished_on": "2025-12-19", "because": "ect-leaving"},
            "Last day as mentor of Asha is 19 December 2025, because the ECT’s last day changed",
        ),
        (
            What.MENTOR_LEAVING,
            {"finished_on": "2025-12-19"},
            {"finished_on": None},
            "No longer leaving on 19 December 2025",
        ),
        (
            What.MENTOR_LEAVING,
            {"mentor": "Joan Thackeray", "finished_on": None},
            {"finished_on": "2025-12-19"},
            "Joan Thackeray is leaving your school. Their last day as mentor is 19 December 2025",
        ),
        (
            What.MENTOR_LEAVING,
            {"mentor": "Joan", "finished_on": "2025-12-19"},
            {"finished_on": "2025-12-12"},
            "The last day of Joan as mentor changed from 19 December 2025 to 12 December 2025",
        ),
        (
            What.MENTOR_LEAVING,
            {"mentor": "Joan Thackeray", "finished_on": "2025-12-19"},
            {"finished_on": None},
            "Joan Thackeray is no longer leaving on 19 December 2025 and will continue as mentor",
        ),
        (
            What.MENTOR_LEAVING,
            {"mentor": "Joan Thackeray", "finished_on": None},
            {"withdrawn": True},
            "Joan Thackeray will leave your school before their start date as mentor",
        ),
        (
            What.SCHOOL_CLOSED,
            {"mentor": "Joan Thackeray", "finished_on": "2025-09-09"},
            {"finished_on": "2025-09-05"},
            "The school closed, so the last day of Joan Thackeray as mentor is 5 September 2025",
        ),
        (
            What.SCHOOL_CLOSED,
            {"mentor": "Joan Thackeray", "finished_on": None},
            {"withdrawn": True},
            "The school closed before Joan Thackeray started as mentor",
        ),
        (
            What.SCHOOL_CLOSING_TAKEN_BACK,
            {"mentor": "Joan Thackeray", "finished_on": "2025-09-05"},
            {"finished_on": "2025-09-09"},
            "The school has not closed after all, so Joan Thackeray continues as mentor, until 9",
        ),
        (
            What.EMAIL_CHANGED,
            {"email": "a@example.org"},
            {"email": "b@example.org"},
            "Email address changed from a@example.org to b@example.org",
        ),
        (
            What.EMAIL_CHANGED,
            {"email": None},
            {"email": "b@example.org"},
            "Email address added: b@example.org",
        ),
        (
            What.PARTNERSHIP_REPORTED,
            {},
            {"lead_provider": "Harbour", "delivery_partner": "Lantern", "year": 2025},
            (
                "Training with Harbour in the academic year 2025 to 2026 was confirmed. "
                "The delivery partner is Lantern"
            ),
        ),
        (
            What.PARTNERSHIP_CHANGED,
            {"lead_provider": "Harbour", "delivery_partner": "Lantern", "year": 2025},
            {"delivery_partner": "Causeway"},
            (
                "The delivery partner for training with Harbour in the academic year "
                "2025 to 2026 changed from Lantern to Causeway"
            ),
        ),
        (
            What.PARTNERSHIP_ENDED,
            {"lead_provider": "Harbour", "delivery_partner": "Lantern", "year": 2025},
            {},
            (
                "Training with Harbour in the academic year 2025 to 2026 is no longer confirmed, "
                "because the partnership with Lantern ended"
            ),
        ),
        (What.BROUGHT_IN, {}, {}, "Added from earlier records"),
        (
            What.BROUGHT_IN,
            {},
            {"mentor": "Joan Thackeray", "started_on": "2025-09-01", "finished_on": None},
            "Joan Thackeray added as mentor from earlier records, from 1 September 2025",
        ),
        (
            What.TRNS_MERGED,
            {"trn": "1000001"},
            {"trn": "1000002"},
            "TRN changed from 1000001 to 1000002: two records became one",
        ),
        (
            What.TRS_NAME_CHANGED,
            {"trs_name": "Asha M", "name": "Asha M"},
            {"trs_name": "Asha Bell", "name": "Asha Bell"},
            "The name on the teacher record is now Asha Bell",
        ),
        (
            What.TRS_NAME_CHANGED,
            {"trs_name": "Asha M", "name": "Asha Q"},
            {"trs_name": "Asha Bell", "name": "Asha Q"},
            (
                "The name on the teacher record is now Asha Bell. "
                "Shown is the name that a school gave: Asha Q"
            ),
        ),
        (
            What.TRS_FACTS_CHANGED,
            {},
            {
                "has_qts": True,
                "induction": "in_progress",
                "induction_started_on": "2025-09-01",
                "induction_completed_on": None,
            },
            (
                "The teacher record shows qualified teacher status (QTS), induction in progress, "
                "induction from 1 September 2025"
            ),
        ),
        (
            What.TRS_FACTS_CHANGED,
            {"has_qts": True},
            {"has_qts": False, "induction": "new", "induction_completed_on": "2025-07-18"},
            (
                "The teacher record shows no qualified teacher status (QTS), "
                "an unknown state of induction, induction until 18 July 2025"
            ),
        ),
        (
            What.ECT_COMPLETED,
            {},
            {"outcome": "passed", "outcome_on": "2025-07-18", "withdrawn": False},
            "The ECT passed induction on 18 July 2025",
        ),
        (
            What.ECT_COMPLETED,
            {},
            {"outcome": "exempt", "outcome_on": None, "withdrawn": True},
            "The ECT is exempt from induction, so they do not start at your school",
        ),
        (
            What.ECT_COMPLETED,
            {"mentor": "Joan Thackeray"},
            {"finished_on": "2025-09-09"},
            "Joan Thackeray is the mentor until 9 September 2025, because induction is over",
        ),
        (
            What.ECT_COMPLETED,
            {"mentor": "Joan Thackeray"},
            {"withdrawn": True},
            "Joan Thackeray does not become the mentor, because induction is over",
        ),
        (What.ECT_REOPENED, {"outcome": "passed"}, {}, "Induction is open again"),
        (
            What.ECT_REOPENED,
            {"mentor": "Joan Thackeray"},
            {"finished_on": None},
            (
                "Joan Thackeray is the mentor again, without a last day, "
                "because induction is open again"
            ),
        ),
    ],
)
def test_history_is_in_plain_words(school, what, before, after, says):
    """No rule, no id, no day that only machines read."""
    ect = somebody(1)
    _shown(school, ect)
    _happened(school, ect, what, before=before, after=after)

    assert _history(school, ect).startswith(f"{says} ")


@pytest.mark.parametrize(
    ("what", "before", "after", "says"),
    [
        (
            What.ECT_LEAVING,
            {"finished_on": "2025-09-09"},
            {"finished_on": None},
            "No longer leaving on 9 September 2025",
        ),
        (
            What.ECT_UNDONE,
            {"finished_on": "2025-09-09"},
            {"finished_on": None},
            "At your school again, because the registration at another school was undone",
        ),
        (
            What.DETAILS_CHANGED,
            {"finished_on": "2025-09-09"},
            {"finished_on": "2025-10-24"},
            "Last day moved to 24 October 2025, because a start date was corrected",
        ),
        (
            What.SCHOOL_CLOSING_TAKEN_BACK,
            {"finished_on": "2025-09-09"},
            {"finished_on": None},
            "The school has not closed after all, so they continue",
        ),
        (What.ECT_REOPENED, {"outcome": "passed"}, {}, "Induction is open again"),
    ],
)
def test_history_says_that_a_record_came_back_without_its_email(school, what, before, after, says):
    """Another person has the address by now."""
    ect = somebody(1)
    _shown(school, ect)
    old, new = {"email": "asha@example.org"}, {"email": None}
    _happened(school, ect, what, before={**before, **old}, after={**after, **new})

    lost = "Their email was removed, because another person was using it"
    assert _history(school, ect).startswith(f"{says}. {lost} ")


def test_everything_that_can_happen_has_words():
    """A new kind of change needs some too."""
    assert set(WORDS) == set(What)


@pytest.mark.parametrize("what", What)
def test_history_without_evidence_still_reads(school, what):
    """Older lines may know less."""
    ect = somebody(1)
    _shown(school, ect)
    _happened(school, ect, what, before={}, after={})

    assert _history(school, ect)


def test_history_of_a_newer_version_still_reads(school):
    """Two versions run beside each other for a while, on one database."""
    ect = somebody(1)
    _shown(school, ect)
    _happened(school, ect, What("promoted"), before={}, after={"to": "head"})

    assert _history(school, ect).startswith(
        "Changed. This server does not know this kind of change yet "
    )


def test_history_names_colleagues_who_have_signed_in(school):
    """By what they were called when they last did; of another school nobody is named."""
    ect = somebody(1)
    _shown(school, ect)
    sign_in(client_on(school.ports), school.ports, Person("user-2", "Gurpreet Dhillon"), URN)
    _happened(school, ect, What.EMAIL_CHANGED, actor="user-2", before={}, after={})
    assert "Gurpreet Dhillon, 10 September 2025" in _history(school, ect)

    _happened(school, ect, What.ECT_TRANSFERRED, actor="user-2", before={}, after={})
    assert "A user at another school, 10 September 2025" in _history(school, ect)


@pytest.mark.parametrize(
    ("what", "actor", "who"),
    [
        (What.EMAIL_CHANGED, "user-1", "You (Hannah)"),
        (What.EMAIL_CHANGED, "user-2", "A user at your school"),
        (What.EMAIL_CHANGED, "operator:bob", "Support"),
        (What.EMAIL_CHANGED, "operator", "Support"),
        (What.ECT_TRANSFERRED, "user-1", "A user at another school"),
        (What.BROUGHT_IN, "operator:bob", "The service"),
        (What.ECT_COMPLETED, "operator:bob", "The Teaching Record System (TRS)"),
    ],
)
def test_history_says_who(school, what, actor, who):
    """As far as this school may know."""
    ect = somebody(1)
    _shown(school, ect)
    _happened(school, ect, what, actor=actor, at=datetime(2025, 9, 10, 12, 5, tzinfo=UTC))

    assert _history(school, ect).endswith(f"{who}, 10 September 2025 at 1:05pm")


@pytest.mark.parametrize(
    ("actor", "who"),
    [
        ("Harbour", "Harbour"),
        ("user-2", "A user at your school"),
        ("operator:bob", "Support"),
    ],
)
@pytest.mark.parametrize(
    "what", [What.PARTNERSHIP_REPORTED, What.PARTNERSHIP_CHANGED, What.PARTNERSHIP_ENDED]
)
def test_history_names_a_lead_provider_that_changes_its_own_partnership(school, what, actor, who):
    """Reported by its program, by an operator, or carried over by a user of the school."""
    ect = somebody(1)
    _shown(school, ect)
    named = {"lead_provider": "Harbour", "delivery_partner": "Lantern", "year": 2025}
    before, after = ({}, named) if what is What.PARTNERSHIP_REPORTED else (named, {})
    at = datetime(2025, 9, 10, 12, 5, tzinfo=UTC)
    _happened(school, ect, what, actor=actor, at=at, before=before, after=after)

    assert _history(school, ect).endswith(f" {who}, 10 September 2025 at 1:05pm")


def test_history_shows_support_without_a_name_or_a_reason(school):
    """Both are between the operators."""
    ect = somebody(1)
    _shown(school, ect)
    after = {"email": "new@example.org", "reason": "asked by phone"}
    _happened(school, ect, What.EMAIL_CHANGED, actor="operator:Rosa Lind (rosa)", after=after)
    page = _history(school, ect)

    assert "Support, 10 September 2025" in page
    assert ("Rosa" in page, "phone" in page) == (False, False)


def test_history_comes_latest_first(school):
    """Of this ECT only."""
    ect, other = somebody(1), somebody(2)
    _shown(school, ect)
    _shown(school, other)
    for who, day in ((ect, "01"), (ect, "02"), (other, "03")):
        after = {"finished_on": f"2025-12-{day}"}
        _happened(school, who, What.ECT_LEAVING, before={}, after=after, at=NOW)
    history = _history(school, ect)

    assert history.index("2 December") < history.index("1 December")
    assert "3 December" not in history


def test_another_schools_ect_reads_as_an_unknown_one(school):
    """Exactly."""
    ect = somebody(1, school=OTHER_URN)
    school.has(ect)
    client = school.user()
    answers = [client.get(f"/school/ects/{id}") for id in (ect.id, uuid4())]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert text_of(answers[0].text) == text_of(answers[1].text)
    assert school.user(urn=OTHER_URN).get(f"/school/ects/{ect.id}").status_code == 200


@pytest.mark.parametrize(
    "id", ["1", "x", "%00", "%FF", "..", "00000000-0000-0000-0000-00000000000g", "a" * 3000]
)
def test_what_is_no_id_is_not_found(school, id):
    """A page of ours, never a fault."""
    assert school.user().get(f"/school/ects/{id}").status_code in {404, 308}
