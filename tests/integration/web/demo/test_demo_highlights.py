"""The five things to try in the demo: one click each, and what there is to see."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import attrs
import pytest

from entrypoints import bootstrap
from entrypoints.demo import DEMO_DATE, demo_world_text
from entrypoints.demo.highlights import CLICKS, HIGHLIGHTS, highlights_of
from entrypoints.web.serving.server import demo_service
from integration.web.foundation import COMPILED, token_in

WORLD = bootstrap.parse_world(demo_world_text())
OTHERWISE = "This comes out differently now"


@pytest.fixture
def demo():
    """A fresh one."""
    with demo_service(WORLD, DEMO_DATE) as app:
        app.jinja_env.bytecode_cache = COMPILED
        yield app


@attrs.define
class Visitor:
    """A browser that posts what the page it was last at would post."""

    client: object

    def get(self, address):
        """Open a page."""
        return self.client.get(address)

    def post(self, address, **fields):
        """With a token of a page; what comes of it, once it has led somewhere."""
        token = token_in(self.client.get("/cookies").text)
        return self.client.post(
            address, data={"csrf_token": token, **fields}, follow_redirects=True
        )

    def click(self, id):
        """One of the buttons."""
        return self.post(f"/demo/try/{id}")

    def press(self, page, **more):
        """Send the form of a page, as it stands, to where the page is."""
        hidden = dict(re.findall(r'type="hidden" name="(shown)" value="([^"]+)"', page.text))
        return self.post(page.request.path, **hidden, **more)


@pytest.fixture
def visitor(demo):
    """Nobody is signed in yet."""
    return Visitor(demo.test_client())


def _stage(app):
    return app.extensions["ect"].demo.panel


def test_there_are_five_things_to_try():
    """Each one sentence, and a button of its own for everything in it."""
    assert len(HIGHLIGHTS) == 5
    assert list(highlights_of(WORLD)) == list(HIGHLIGHTS)
    assert len(CLICKS) == sum(len(each.clicks) for each in HIGHLIGHTS)


def test_every_page_offers_them(visitor):
    """Signed in or not; open on the start page, folded elsewhere."""
    start, cookies = visitor.get("/").text, visitor.get("/cookies").text

    assert [click for click in CLICKS if f'action="/demo/try/{click}"' not in start] == []
    assert [click for click in CLICKS if f'action="/demo/try/{click}"' not in cookies] == []
    assert '<details class="govuk-details" open' in start
    assert '<details class="govuk-details">' in cookies


def test_a_world_of_ones_own_offers_what_its_people_can_do():
    """Nothing, where they are other people."""
    strangers = attrs.evolve(WORLD, users=WORLD.users[:1])
    with demo_service(attrs.evolve(WORLD, users=()), DEMO_DATE) as app:
        visitor = Visitor(app.test_client())
        page, answer = visitor.get("/").text, visitor.click("transfer")

    assert [each.clicks[0].id for each in highlights_of(strangers)] == ["three-ects", "refusal"]
    assert "Five things to try" not in page
    assert answer.status_code == 404


def test_a_world_with_the_people_alone_leads_somewhere_too():
    """Nobody works there, and there is no appropriate body: a click is no error."""
    people = attrs.evolve(WORLD, ects=(), mentors=(), mentorships=(), appropriate_bodies=())
    bare = attrs.evolve(people, partnerships=(), mentor_training_history=())
    with demo_service(bare, DEMO_DATE) as app:
        visitor = Visitor(app.test_client())
        outcomes = {click: visitor.click(click) for click in CLICKS}

    assert {each.status_code for each in outcomes.values()} == {200, 503}
    assert OTHERWISE in outcomes["three-ects"].text
    assert OTHERWISE in outcomes["refusal"].text


def test_a_transfer_is_seen_from_both_schools(visitor):
    """What ends is said before it is registered; then the other school reads it too."""
    checking = visitor.click("transfer")
    done = visitor.press(checking)
    other = visitor.click("other-school")

    assert "will end on 14 September 2025" in checking.text.replace("\n", " ")
    assert done.request.path.endswith("/done")
    assert "Harbourside High School" in other.text
    assert "has been registered by another school" in other.text


def test_two_tabs_never_mix(visitor):
    """Two registrations go on side by side; one that is sent twice is registered once."""
    listed = visitor.click("two-tabs").text
    first, second = re.findall(r'href="(/school/register-ect/[0-9a-f-]{36})"', listed)
    tabs = [visitor.client.get(each, follow_redirects=True) for each in (first, second, first)]
    done = [visitor.press(tab) for tab in tabs]
    ects = visitor.get("/school/ects").text

    assert [page.request.path.rpartition("/")[2] for page in done] == ["done"] * 3
    assert "Siân Llewelyn" in ects
    assert "Minh Châu" in ects
    assert "All (2)" in re.sub(r"\s+", " ", re.sub("<[^>]*>", "", ects))


def test_a_search_without_trs_loses_nothing(demo, visitor):
    """The TRN is still there, every page says that TRS is away, and one click brings it back."""
    outage = visitor.click("outage")
    find = re.search(
        r'<form method="post" action="(/school/register-ect/[^"]+/find)"', outage.text
    )
    again = visitor.post(find[1], again="yes", trn="3000109")
    elsewhere = visitor.get("/cookies").text
    back = visitor.post("/demo/trs", page=find[1])

    assert outage.status_code == 503
    assert "cannot check teacher records" in outage.text
    assert 'value="3000109"' in again.text
    assert "TRS is out of reach" in elsewhere
    assert "TRS is in reach again" in back.text
    assert back.request.path == find[1]
    assert not _stage(demo).trs.out_of_reach


def test_whoever_was_found_before_is_registered_without_trs(demo, visitor):
    """What TRS said holds for an hour."""
    checking = visitor.click("found-before")
    out_of_reach = _stage(demo).trs.out_of_reach
    done = visitor.press(checking)

    assert out_of_reach
    assert done.request.path.endswith("/done")


def test_three_ects_get_one_mentor(visitor):
    """They are selected; one answer about training later all three have the mentor."""
    choice = visitor.click("three-ects")
    selected = re.findall(r'value="([0-9a-f-]{36})" checked', choice.text)
    assigned = visitor.post(choice.request.path, ect=selected, training="told")

    assert len(selected) == 3
    assert "Deborah Ashworth" in assigned.text
    assert [name for name in ("Nowak", "Hartley", "Dhomhnaill") if name not in assigned.text] == []


def test_a_refusal_shows_its_rule(visitor):
    """Name, sentence and source, and a page of the rule."""
    refused = visitor.click("refusal")
    banner = refused.text.partition("app-demo")[2].partition("</aside>")[0]
    rule = visitor.get("/demo/rules/overlaps-previous").text

    assert refused.request.path.endswith("/stopped")
    assert "overlaps-previous" in banner
    assert "A new period starts after the last day" in banner
    assert "Decision: one person cannot be trained" in banner
    assert "check_overlaps_previous" in rule
    assert visitor.get("/demo/rules/nobody-knows").status_code == 404


def test_what_was_done_before_says_so(visitor):
    """And how to see it as it was meant."""
    visitor.press(visitor.click("transfer"))
    again = visitor.click("transfer")

    assert "Your school already has this ECT" in again.text
    assert OTHERWISE in again.text
    assert OTHERWISE not in visitor.click("refusal").text


def test_on_another_date_it_may_come_out_differently(visitor):
    """A click still leads to a page that says why."""
    _move(visitor, DEMO_DATE + timedelta(days=1100))
    outcomes = [visitor.click(click) for click in CLICKS]

    assert {answer.status_code for answer in outcomes} <= {200, 503}
    assert any(OTHERWISE in answer.text for answer in outcomes)


def test_a_click_too_many_is_told_when_to_try_again(visitor):
    """The limits of signing in hold here as elsewhere."""
    answers = [
        visitor.client.post("/demo/sign-in", data={"user": "owen"}).status_code for _ in range(61)
    ]
    visitor.client.post("/demo/sign-in", data={"user": "hannah"})
    barred = visitor.click("two-tabs")

    assert answers[-1] == 429
    assert (barred.status_code, "You have tried too many times" in barred.text) == (429, True)
    assert "10 September 2025" in barred.text


def test_a_reset_puts_everything_back(demo, visitor):
    """Data, date, TRS and emails; whoever is signed in stays so."""
    visitor.press(visitor.click("transfer"))
    visitor.get("/demo/notices")
    _move(visitor, DEMO_DATE + timedelta(days=5))
    visitor.click("outage")
    answer = visitor.post("/demo/start-again")
    checking = visitor.click("transfer")

    assert "Everything is as it was at the start" in answer.text
    assert answer.request.path == "/school/ects"
    assert _stage(demo).clock.today() == DEMO_DATE
    assert checking.request.path.endswith("/check-answers")
    assert "There are no emails yet" in visitor.get("/demo/notices").text
    assert not _stage(demo).trs.out_of_reach


def test_a_reset_needs_a_token(demo, visitor):
    """Another site cannot ask for it."""
    before = _stage(demo).notices

    assert visitor.client.post("/demo/start-again").status_code == 400
    assert visitor.client.post("/demo/try/transfer").status_code == 400
    assert _stage(demo).notices is before


def test_a_post_of_another_site_leaves_the_visitor_signed_in(demo):
    """It comes without a cookie, and its answer gives none."""
    answer = demo.test_client().post("/demo/start-again", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 400
    assert "Set-Cookie" not in answer.headers


def test_a_database_of_ones_own_is_not_reset(tmp_path):
    """Its pages say so and offer none; whoever posts one all the same is refused."""
    database = f"sqlite:///{tmp_path / 'mine.db'}"
    with demo_service(WORLD, DEMO_DATE, database) as app:
        visitor = Visitor(app.test_client())
        visitor.press(visitor.click("transfer"))
        page, answer = visitor.get("/demo").text, visitor.post("/demo/start-again")
        again = visitor.click("transfer")

    assert "Reset the demo" not in page + again.text
    assert OTHERWISE in again.text
    assert "which it never empties" in page
    assert (answer.status_code, "which it never empties" in answer.text) == (409, True)
    assert "Your school already has this ECT" in again.text


def test_a_reset_does_not_disturb_those_who_are_at_work(demo):
    """Each request ends on one database or the other."""
    answers, over = [], threading.Event()

    def work():
        visitor = Visitor(demo.test_client())
        while not over.is_set():
            answers.append(visitor.click("refusal").status_code)
            answers.append(visitor.get("/school/ects").status_code)

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    visitor = Visitor(demo.test_client())
    resets = [visitor.post("/demo/start-again").status_code for _ in range(3)]
    over.set()
    for worker in workers:
        worker.join()

    assert resets == [200] * 3
    assert [status for status in answers if status >= 500] == []


def test_the_demo_shows_one_date_everywhere(visitor):
    """Sessions go by the real clock, and are shown on the date of the demo."""
    visitor.click("refusal")
    session = visitor.get("/session").text

    assert len(re.findall(r"1[01] September 2025 at", session)) == 2


def _move(visitor, day):
    parts = {"today-day": day.day, "today-month": day.month, "today-year": day.year}
    visitor.post("/demo/today", **parts)
