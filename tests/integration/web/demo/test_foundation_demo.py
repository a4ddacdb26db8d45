"""What only the demo can do."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import attrs
import pytest

from ect_registration.domain.notice import Happening, Role
from ect_registration.domain.rules.outputs.notices import Subject
from ect_registration.use_cases.journeys.saved_journeys import start
from ect_registration.use_cases.notifying.write import telling_of
from ect_registration.use_cases.transactions import Actor, Tells
from entrypoints import bootstrap
from entrypoints.demo import DEMO_DATE, demo_world_text
from entrypoints.demo.tries import USUAL_OF_ECTS, USUAL_OF_MENTORS, Try, demo_tries, parts_of
from entrypoints.web.serving.server import demo_service
from integration.web.foundation import token_in
from unit.documents.test_demo_world import ECT_PART, MENTOR_PART, usual_answers

DOCUMENT = (Path(__file__).parents[4] / "docs" / "demo.md").read_text(encoding="utf-8")
WORLD = bootstrap.parse_world(demo_world_text())
HANNAH = Actor("hannah", next(user.school for user in WORLD.users if user.id == "hannah"))
USUAL_SCHOOL = "900101"  # of the mentors' table
ONE_OF_EACH = [("", True), ("3", True), ("", False), ("3", False)]


@pytest.fixture
def demo():
    """A fresh one."""
    with demo_service(WORLD, DEMO_DATE) as app:
        yield app


def _documented():
    heading = ""
    for line in DOCUMENT.splitlines():
        heading = line if line.startswith("#") else heading
        on_pages = heading != "### Only at the command line"
        cells = [cell.strip().replace("`", "") for cell in line.split("|")[1:-1]]
        if not re.fullmatch(r"3\d{6}", cells[0] if cells else ""):
            continue
        if re.fullmatch(r"\d{6}", cells[2]):
            yield Try(*cells[:5], on_pages=on_pages)
        else:
            ect, _, school = cells[2].partition(" at ")
            yield Try(cells[0], cells[1], school or USUAL_SCHOOL, *cells[3:5], ect, on_pages)


def _move(client, day):
    token = token_in(client.get("/demo/today").text)
    parts = {"today-day": day.day, "today-month": day.month, "today-year": day.year}
    return client.post("/demo/today", data={**parts, "csrf_token": token})


def _context(app):
    return app.extensions["ect"]


def _begun(ports):
    with ports.reading() as uow:
        return uow.journeys.of_user(HANNAH.school, HANNAH.user)


def test_the_pages_offer_what_the_document_describes():
    """Nobody keeps two lists."""
    assert list(demo_tries()) == list(_documented())
    assert usual_answers(ECT_PART) == USUAL_OF_ECTS
    assert usual_answers(MENTOR_PART) == USUAL_OF_MENTORS


def test_what_to_enter_is_said_in_words():
    """As one would type it into the pages."""
    row = Try("1", "1998-04-03 JY000401A", "2", '{"start_date": "2025-09-06", "email": null}', "")

    assert row.enter == (
        "born 3 4 1998, National Insurance number JY000401A, start date 6 9 2025, no email"
    )
    assert Try("1", "none: choose them from the list", "2", "", "", "3").enter == (
        "choose them from the list, for the ECT with TRN 3"
    )


def _told(changes):
    return Try("1", "1998-04-03", "2", changes, "").enter.removeprefix("born 3 4 1998, ")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ('{"programme": "school_led", "lead_provider": null}', "school-led"),
        ('{"reuse_previous_choices": true}', "the choices of last time if they are offered"),
        ('{"only_here": true}', "only at your school"),
        ('{"only_here": false}', "at other schools as well"),
        ('{"replace": true}', "by “Change mentor”"),
    ],
)
def test_the_words_are_those_of_the_pages(changes, told):
    """Nobody at a page knows the keys of a document, or is asked for all of them."""
    assert _told(changes) == told


def test_pages_call_nothing_invalid():
    """They ask again."""
    row = Try("1", "1998-04-03", "2", "", "Invalid: 18 tomorrow")

    assert row.outcome == "Asked again: 18 tomorrow"


def test_what_pages_do_not_let_anybody_enter_is_apart():
    """It is for the command line."""
    rows = [Try("1", "1998-04-03", "2", "", "", ect, way) for ect, way in ONE_OF_EACH]
    parts = {
        part.heading: [(row.ect, row.on_pages) for row in part.tries] for part in parts_of(rows)
    }

    assert parts == {
        "Teachers to register": [("", True)],
        "Mentors": [("3", True)],
        "Only at the command line": [("", False), ("3", False)],
    }
    assert [part.heading for part in parts_of(rows[:1])] == ["Teachers to register"]


def test_the_page_of_the_demo_says_what_else_to_enter(demo):
    """Where a row does not; and every sentence ends once."""
    client = demo.test_client()
    client.post("/demo/sign-in", data={"user": "hannah"})
    panel = client.get("/demo").text.partition("<main")[2].partition("</main>")[0]

    assert "provider-led, lead provider Teach First, and not the choices of last time." in panel
    assert "Unless stated otherwise: email new.mentor@example.org." in panel
    assert re.findall(r"[.?!]\.", panel) == []


def test_the_page_of_the_demo_says_what_to_try_at_the_school(demo):
    """Whoever has not signed in yet chooses somebody first. Other pages stay short."""
    client = demo.test_client()
    before = client.get("/demo").text
    client.post("/demo/sign-in", data={"user": "owen"})
    after, another = client.get("/demo").text, client.get("/cookies").text

    assert "3000201" not in before + another
    assert "3000201" in after
    assert "10 September 2025" in after
    assert "10 September 2025" in another


def test_the_day_moves_forward_and_nothing_is_lost(demo):
    """Unfinished registrations stay, and so do those who are signed in."""
    client, ports = demo.test_client(), _context(demo).ports
    client.post("/demo/sign-in", data={"user": "hannah"})
    start(HANNAH, ports)
    answer = _move(client, DEMO_DATE + timedelta(days=30))

    assert answer.status_code == 303
    assert "The date is now 10 October 2025" in client.get("/cookies").text
    assert ports.clock.today() == date(2025, 10, 10)
    assert len(_begun(ports)) == 1


def test_back_in_time_the_demo_begins_afresh(demo):
    """What has not happened yet is not there."""
    client, ports = demo.test_client(), _context(demo).ports
    start(HANNAH, ports)
    _move(client, DEMO_DATE - timedelta(days=1))

    assert "The demo has started again" in client.get("/cookies").text
    assert ports.clock.today() == DEMO_DATE - timedelta(days=1)
    assert list(_begun(ports)) == []


def test_whoever_is_signed_in_stays_so_when_the_demo_begins_afresh(demo):
    """Sessions go by the real clock."""
    client = demo.test_client()
    client.post("/demo/sign-in", data={"user": "hannah"})
    _move(client, DEMO_DATE - timedelta(days=1))

    assert client.get("/school/ects").status_code == 200


@pytest.mark.parametrize("year", [1899, 2101])
def test_the_day_stays_where_rules_can_work(demo, year):
    """They look a few years back and ahead."""
    answer = _move(demo.test_client(), date(year, 1, 1))

    assert answer.status_code == 422
    assert "Enter a date from 1 January 1900 to 31 December 2100" in answer.text


def test_a_database_of_ones_own_is_never_emptied(tmp_path):
    """So the demo cannot go back in time, and says so."""
    database = f"sqlite:///{tmp_path / 'mine.db'}"
    with demo_service(WORLD, DEMO_DATE, database) as app:
        start(HANNAH, _context(app).ports)
        answer = _move(app.test_client(), DEMO_DATE - timedelta(days=1))

    with demo_service(WORLD, DEMO_DATE, database) as app:
        left = _begun(_context(app).ports)

    assert "cannot go back in time" in answer.text
    assert len(left) == 1


def test_the_demo_shows_the_emails_that_it_would_have_sent(demo):
    """Nothing at first; then what the user, the ECT or the mentor would have read."""
    client, ports = demo.test_client(), _context(demo).ports
    before = client.get("/demo/notices").text
    with ports.reading() as uow:
        ect = uow.ects.at_school(HANNAH.school)[0]
    telling = telling_of(attrs.evolve(HANNAH, tells=Tells.EVERYBODY), ports)
    with ports.unit_of_work() as uow:
        subject = Subject(Role.ECT, ect.id, ect.school)
        telling.tell(Happening.LEAD_PROVIDER_CHANGED, subject, uow)
        uow.commit()
    after, again = (client.get("/demo/notices").text for _ in range(2))

    assert "There are no emails yet" in before
    assert ect.email.address in after
    assert "Your lead provider has changed" in after
    assert after.count(f"To: {ect.email}") == again.count(f"To: {ect.email}") == 1
