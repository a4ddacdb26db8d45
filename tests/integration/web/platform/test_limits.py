"""What was tried too often: a page says when to try again."""

from __future__ import annotations

import pytest

from entrypoints import bootstrap
from entrypoints.demo import DEMO_DATE, demo_world_text
from entrypoints.web.serving.server import demo_service
from integration.web.registering import ANSWERS, BORN, Registering, Seen, a_date
from integration.web.school import School

WRONG = a_date("date_of_birth", 2, 2, 1990)
WRONG_NUMBER = "CE 11 11 11 A"


def guessing(times=6):
    """Somebody who has typed so many wrong facts about one TRN."""
    user = Registering.in_town()
    user.begin()
    for _ in range(times):
        user.post("find", {**ANSWERS["find"], **WRONG})
    return user


def test_too_many_wrong_facts_are_told_with_the_time_to_try_again():
    """At the question, under the rule, in London's time; TRS is not asked any more."""
    user = guessing()
    asked = len(user.service.records.asked)
    page = user.answer("find")

    assert (page.status, page.rule) == (429, "too-many-attempts")
    assert page.title.startswith("You have tried too many times")
    assert "You can try again on 10 September 2025 at 11:30am." in page.says
    assert page.answer.headers["Retry-After"] == "3600"
    assert len(user.service.records.asked) == asked == 6


def test_the_national_insurance_number_is_limited_as_well():
    """It is another way to guess."""
    user = guessing()
    page = user.post("national-insurance-number", national_insurance_number=WRONG_NUMBER)

    assert (page.status, page.rule) == (429, "too-many-attempts")
    assert WRONG_NUMBER not in page.html


def test_what_was_typed_is_kept_without_the_secrets():
    """The button leads back to the question, which shows it."""
    page = guessing().post("find", {"trn": "RP 10/00001", **BORN})
    again = page.hidden("trn")

    assert again == "RP 10/00001"
    assert "1999" not in page.html
    assert 'name="again" value="yes"' in page.html


def test_the_question_is_there_again_afterwards():
    """With the TRN, and an hour later with an answer."""
    user = guessing()
    user.answer("find")
    back = user.post("find", trn="1000001", again="yes")
    user.service.clock.wait(hours=1)

    assert (back.status, back.value("trn")) == (200, "1000001")
    assert user.answer("find").step == "name"


def test_a_proof_makes_room_again():
    """Whoever mistyped five times and then knew is not held up."""
    user = guessing(times=5)
    user.answer("find")
    user.begin()
    steps = [user.post("find", {**ANSWERS["find"], **WRONG}).step for _ in range(6)]

    assert set(steps) == {"national-insurance-number"}


def test_downloads_have_a_limit():
    """Thirty in a quarter of an hour, by one user."""
    school = School.of()
    client = school.user()
    downloads = [client.get("/school/ects.csv").status_code for _ in range(31)]
    page = Seen.of(client.get("/school/ects.csv"))

    assert downloads == [200] * 30 + [429]
    assert (page.status, page.rule) == (429, "too-many-attempts")
    assert 'href="/school/ects"' in page.html


def test_questions_about_email_addresses_have_a_limit():
    """Forty in an hour; the page brings back what was typed, and the answers are kept."""
    user = Registering.in_town()
    user.go_on(until="email")
    tried = [user.answer("email", email=f"person-{number}@example.org") for number in range(40)]
    page = user.answer("email", email="one.more@example.org")
    back = user.post("email", email=page.hidden("email"), again="yes")

    assert {seen.status for seen in tried} == {303}
    assert (page.status, page.rule) == (429, "too-many-attempts")
    assert "You have entered many email addresses" in page.says
    assert "We do not keep dates of birth" not in page.says
    assert "You can try again on 10 September 2025 at 11:30am." in page.says
    assert (back.status, back.value("email")) == (200, "one.more@example.org")
    user.service.clock.wait(hours=1)
    assert user.answer("email", email="one.more@example.org").step == "start-date"


def test_an_email_typed_for_a_change_is_not_lost_at_the_limit():
    """The page brings it back to the question of the change, and nothing has changed."""
    user = Registering.in_town()
    ect = user.service.register().ect
    address = f"/school/ects/{ect.id}/change/email"

    tried = [user.post(address, email=f"person-{number}@example.org") for number in range(40)]
    page = user.post(address, email="one.more@example.org")
    back = user.post(address, email=page.hidden("email"), again="yes")

    assert {seen.status for seen in tried} == {303}
    assert (page.status, page.rule) == (429, "too-many-attempts")
    assert "Nothing has been changed" in page.says
    assert f'action="{address}"' in page.html
    assert (back.status, back.value("email")) == (200, "one.more@example.org")


@pytest.fixture
def demo():
    """A fresh one."""
    with demo_service(bootstrap.parse_world(demo_world_text()), DEMO_DATE) as app:
        yield app


def test_sign_ins_have_a_limit(demo):
    """Sixty in a quarter of an hour; somebody else still gets in."""
    client = demo.test_client()
    statuses = [
        client.post("/demo/sign-in", data={"user": "hannah"}).status_code for _ in range(61)
    ]
    user = next(user.id for user in bootstrap.parse_world(demo_world_text()).users[1:])

    assert statuses == [303] * 60 + [429]
    assert client.post("/demo/sign-in", data={"user": user}).status_code == 303
