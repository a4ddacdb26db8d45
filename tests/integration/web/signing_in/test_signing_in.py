"""The way in and out, with a DfE Sign-in that does as a test says."""

from __future__ import annotations

import attrs
import pytest

from builders import URN, a_school, a_world
from ect_registration.domain.school import SchoolStatus
from ect_registration.domain.sessions import Organisation
from ect_registration.domain.values import Urn
from ect_registration.use_cases.gias.moving import Moved, move_school
from entrypoints.web.platform.sessions import is_ours
from fake_sign_in import COUNCIL, FENWICK, LARKFIELD, FakeSignIn
from integration.web.foundation import an_app, token_in
from integration.web.one_app import client_on
from integration.web.registering import Seen
from unit.use_cases.service import Service

OTHER = a_school(urn=Urn("100002"), name="Fenwick Academy")
BOTH = (LARKFIELD, FENWICK)


@attrs.frozen
class Visitor:
    """A browser, the service and DfE Sign-in."""

    service: Service
    provider: FakeSignIn
    client: object

    def get(self, path):
        """Look at a page."""
        return Seen.of(self.client.get(path))

    def post(self, path, **fields):
        """With the token that any page has."""
        token = token_in(self.client.get("/cookies").text)
        return Seen.of(self.client.post(path, data={"csrf_token": token, **fields}))

    def back(self, state=None, code="good", **more):
        """Come back from DfE Sign-in."""
        query = {"state": state or str(self.provider.begun), "code": code, **more}
        return Seen.of(self.client.get("/sign-in/callback", query_string=query))

    def sign_in(self):
        """There and back."""
        self.get("/sign-in")
        return self.back()

    def key(self):
        """What the cookie has."""
        with self.client.session_transaction() as cookie:
            return cookie.get("key")


@pytest.fixture
def visitor():
    """Hannah, of Larkfield School."""
    service, provider = Service.of(a_world(schools=(a_school(), OTHER))), FakeSignIn()
    return Visitor(service, provider, client_on(service.ports, sign_in=provider))


def test_signing_in_is_begun_by_a_get_and_leads_to_the_ects(visitor):
    """By way of DfE Sign-in."""
    there = visitor.get("/sign-in")
    back = visitor.back()

    assert there.answer.location == "https://sign-in.example/auth?state=1"
    assert back.answer.location == "/school/ects"
    assert visitor.get("/school/ects").status == 200
    assert visitor.get("/sign-in").answer.location == "/school/ects"


def test_signing_in_returns_to_the_page_that_was_asked_for(visitor):
    """With its question; once."""
    assert visitor.get("/school/ects?status=left&page=2").step == "sign-in"
    assert visitor.sign_in().answer.location == "/school/ects?status=left&page=2"
    visitor.post("/sign-out")
    assert visitor.sign_in().answer.location == "/school/ects"


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("/school/ects", True),
        ("/school/ects?search=a%20b", True),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("https://evil.example", False),
        ("javascript:alert(1)", False),
        ("/ects\r\nX: y", False),
        ("", False),
    ],
)
def test_nobody_is_sent_to_another_site(address, ours):
    """Whatever a cookie says."""
    assert is_ours(address) is ours


def test_an_address_too_long_for_a_cookie_is_not_remembered(visitor):
    """One starts at the ECTs then."""
    visitor.get(f"/school/ects?search={'x' * 2000}")

    assert visitor.sign_in().answer.location == "/school/ects"


@pytest.mark.parametrize(
    ("belongs_to", "says"),
    [
        ((), "is not linked to an organisation"),
        ((COUNCIL,), "is not a school that can use this service"),
        ((LARKFIELD,), "You do not have the role"),
    ],
)
def test_whoever_is_not_let_in_is_told_why_and_who_can_help(visitor, belongs_to, says):
    """On every page for schools; they are told what they signed in as."""
    visitor.provider.role_at, visitor.provider.belongs_to = (), belongs_to
    organisation = belongs_to[0] if belongs_to else None
    visitor.provider.person = attrs.evolve(visitor.provider.person, organisation=organisation)
    back = visitor.sign_in()
    pages = [visitor.get(path) for path in (back.answer.location, "/school/ects")]
    posted = visitor.post("/school/register-ect")

    assert back.answer.location == "/access-denied"
    for page in (*pages, posted):
        assert (page.status, page.rule) == (403, "school-sign-in")
        assert says in page.says
        assert "hannah@example.org" in page.says
        assert "approver" in page.says
        assert "helpdesk" in page.says
    if organisation:
        assert organisation.name in pages[0].says


def test_whoever_was_not_let_in_can_try_again_and_sign_out(visitor):
    """The role may have been given meanwhile."""
    visitor.provider.role_at = ()
    visitor.sign_in()
    visitor.provider.role_at = (LARKFIELD,)

    assert visitor.get("/").status == 200
    assert visitor.sign_in().answer.location == "/school/ects"
    assert visitor.get("/access-denied").answer.location == "/school/ects"
    assert visitor.get("/choose-school").status == 200


def test_with_several_schools_one_is_chosen(visitor):
    """Nothing of any school is seen before."""
    visitor.provider.belongs_to = visitor.provider.role_at = BOTH
    visitor.get("/school/register-ect")
    back = visitor.sign_in()

    assert back.step == visitor.get("/school/ects").step == "choose-school"
    page = visitor.get("/choose-school")
    assert "Fenwick Academy" in page.html
    assert "Larkfield School" in page.html
    assert visitor.post("/choose-school").errors == {"school": "Select a school"}
    assert visitor.post("/choose-school", school="999999").status == 422
    assert visitor.post("/choose-school", school="100002").answer.location == "/school/ects"


def test_the_school_can_be_switched_without_signing_out(visitor):
    """Under another key: whoever had the old cookie has nothing."""
    visitor.provider.belongs_to = visitor.provider.role_at = BOTH
    visitor.sign_in()
    visitor.post("/choose-school", school="100002")
    before = visitor.key()
    assert "Fenwick Academy (change)" in visitor.get("/school/ects").html
    visitor.post("/choose-school", school=URN.digits)

    assert "Larkfield School (change)" in visitor.get("/school/ects").html
    assert visitor.key() != before
    with visitor.client.session_transaction() as cookie:
        cookie["key"] = before
    assert visitor.get("/school/ects").step == "sign-in"


def test_a_school_where_the_role_was_lost_meanwhile_is_not_switched_to(visitor):
    """Only those of the session are there to choose from."""
    visitor.sign_in()

    assert visitor.post("/choose-school", school="100002").status == 422


def test_signing_in_changes_the_key_and_the_token(visitor):
    """Nobody can prepare a session for somebody else."""
    visitor.sign_in()
    first, token = visitor.key(), token_in(visitor.client.get("/cookies").text)
    visitor.post("/sign-out")
    visitor.sign_in()

    assert first != visitor.key()
    assert visitor.client.post("/sign-out", data={"csrf_token": token}).status_code == 400


@pytest.mark.parametrize(
    "tampered", [{"state": "2"}, {"code": "bad"}, {"code": "", "error": "access_denied"}]
)
def test_an_answer_that_is_not_right_signs_nobody_in(visitor, tampered):
    """The page says how to begin again."""
    visitor.get("/sign-in")
    back = visitor.back(**tampered)

    assert back.status == 400
    assert "You have not been signed in" in back.says
    assert visitor.key() is None


def test_an_answer_counts_once_and_in_the_browser_that_asked_only(visitor):
    """Replayed it signs nobody in, nor does it anywhere else."""
    visitor.sign_in()
    other = visitor.client.another()
    elsewhere = other.get("/sign-in/callback?state=1&code=good")
    visitor.post("/sign-out")

    assert visitor.back(state="1").status == 400
    assert elsewhere.status_code == 400
    assert other.get("/school/ects").status_code == 302


def test_reloading_the_way_back_does_no_harm(visitor):
    """Somebody who is signed in stays so."""
    visitor.sign_in()

    assert visitor.back().answer.location == "/school/ects"


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/callback?state=1&code=good"])
def test_an_outage_of_dfe_sign_in_is_explained(visitor, path):
    """It is not a no, and nobody is signed in."""
    visitor.get("/sign-in")
    visitor.provider.out_of_reach = True
    page = visitor.get(path)

    assert page.status == 503
    assert "does not affect your access" in page.says
    assert visitor.key() is None


def test_signing_out_goes_on_to_dfe_sign_in(visitor):
    """By a page, since our policy stops a form that leads to another site."""
    visitor.provider.person = attrs.evolve(visitor.provider.person, proof="a.b.c")
    visitor.sign_in()
    out = visitor.post("/sign-out")

    assert out.status == 200
    assert (
        out.answer.headers["Refresh"] == "0; url=https://sign-in.example/end?id_token_hint=a.b.c"
    )
    assert visitor.key() is None
    assert visitor.service.do(lambda uow: uow.sessions.everybody()) == []


@pytest.mark.parametrize("trouble", [{"sign_out": None}, {"out_of_reach": True}])
def test_signing_out_here_needs_nobody_else(visitor, trouble):
    """Whether DfE Sign-in takes part or not."""
    visitor.sign_in()
    for name, value in trouble.items():
        setattr(visitor.provider, name, value)

    assert visitor.post("/sign-out").answer.location == "/signed-out"
    assert visitor.get("/school/ects").step == "sign-in"


def test_without_a_provider_nobody_comes_back_from_one():
    """It is not set up here."""
    assert an_app().test_client().get("/sign-in/callback?code=x").status_code == 400


def test_a_session_says_how_long_it_lasts_and_goes_on_when_it_is_used(visitor):
    """To look at the page is a use; to ask for the seconds is none."""
    visitor.sign_in()
    visitor.service.clock.wait(minutes=90)
    assert visitor.client.get("/session/left").json == {"seconds": 30 * 60}
    assert "11:30am" not in visitor.get("/cookies").says

    page = visitor.get("/session")
    assert "signed out on 10 September 2025 at 2:00pm" in page.says
    assert "The latest time is 10 September 2025 at 10:30pm" in page.says
    assert visitor.client.get("/session/left").json == {"seconds": 2 * 60 * 60}
    visitor.service.clock.wait(minutes=60)
    assert visitor.post("/session").status == 200
    assert visitor.client.get("/session/left").json == {"seconds": 2 * 60 * 60}


def test_after_two_hours_one_signs_in_again_where_one_was(visitor):
    """What was posted is lost, and the page says so."""
    visitor.sign_in()
    visitor.service.clock.wait(hours=2)
    assert visitor.client.get("/session/left").json == {"seconds": 0}
    posted = visitor.post("/school/register-ect")

    assert posted.status == 401
    assert "We have not kept what you entered" in posted.says
    assert visitor.sign_in().answer.location == "/school/register-ect"


def test_the_warning_comes_in_time_without_scripts(visitor):
    """A class for each half hour; the last hours end for good, whatever is done."""
    visitor.sign_in()
    assert "app-session--120" in visitor.get("/school/ects").html
    for _ in range(11):
        visitor.service.clock.wait(minutes=62)
        page = visitor.get("/school/ects")

    assert "app-session--30" in page.html
    assert "You will be signed out at 10:30pm, 12 hours after" in page.html
    assert "app-session" not in visitor.client.another().get("/").text


def test_sign_ins_are_limited(visitor):
    """The sixty-first in 15 minutes waits, and has no session."""
    for _ in range(60):
        visitor.sign_in()
        visitor.post("/sign-out")
    page = visitor.sign_in()

    assert (page.status, page.rule) == (429, "too-many-attempts")
    assert visitor.get("/school/ects").step == "sign-in"


def _replaced(visitor):
    """Larkfield School has closed, and Fenwick Academy has taken its place."""
    closed = a_school(status=SchoolStatus.CLOSED)
    visitor.service.do(lambda uow: uow.schools.save(closed))
    outcome = move_school(URN, OTHER.urn, "operator:test", visitor.service.ports)
    assert isinstance(outcome, Moved)


def test_users_of_a_school_that_was_replaced_are_told_how_to_keep_their_access(visitor):
    """`school-replaced`: they work for the successor; sessions for the old school have ended."""
    visitor.sign_in()
    _replaced(visitor)
    assert visitor.get("/school/ects").step == "sign-in"
    back = visitor.sign_in()
    page = visitor.get(back.answer.location)

    assert back.answer.location == f"/school-replaced/{URN}"
    assert page.status == 200
    assert "work for Fenwick Academy until 9 December 2025" in page.says
    assert "request to be added to Fenwick Academy" in page.says
    assert "Fenwick Academy" in visitor.get("/school/ects").html


@pytest.mark.parametrize("school", ["100002", "12", "999999", "100001"])
def test_nobody_else_is_told_of_a_school_that_was_replaced(visitor, school):
    """Whatever the address says."""
    visitor.sign_in()

    assert visitor.get(f"/school-replaced/{school}").answer.location == "/school/ects"


def _also_at_a_third_school(visitor):
    """Hannah has the role there, too."""
    third = Organisation("org-7", "Third School", "100003")
    school = a_school(urn=Urn("100003"), name="Third School")
    visitor.service.do(lambda uow: uow.schools.save(school))
    visitor.provider.belongs_to = visitor.provider.role_at = (LARKFIELD, third)


def test_users_of_several_schools_choose_after_they_were_told(visitor):
    """The successor is among them."""
    _also_at_a_third_school(visitor)
    _replaced(visitor)
    page = visitor.get(visitor.sign_in().answer.location)

    assert 'href="/choose-school"' in page.html
    assert "Fenwick Academy" in visitor.get("/choose-school").html


@pytest.mark.parametrize("acts_for", [None, "100003"])
def test_choosing_a_school_that_was_replaced_leads_to_what_signing_in_shows(visitor, acts_for):
    """Also for those who acted for another school, or for none yet, when it was replaced."""
    _also_at_a_third_school(visitor)
    visitor.sign_in()
    if acts_for is not None:
        visitor.post("/choose-school", school=acts_for)
    _replaced(visitor)

    assert visitor.post("/choose-school", school=str(URN)).status == 401
    assert visitor.sign_in().answer.location == f"/school-replaced/{URN}"
    choice = visitor.get("/choose-school").html
    assert "URN 100002" in choice
    assert f"URN {URN}" not in choice


def test_after_90_days_users_of_several_schools_are_left_with_the_others(visitor):
    """Signing in leads to the school that they still have."""
    _also_at_a_third_school(visitor)
    _replaced(visitor)
    visitor.service.clock.wait(days=91)

    assert visitor.sign_in().answer.location == "/school/ects"
    assert "Third School" in visitor.get("/school/ects").html
    assert visitor.get("/choose-school").html.count("URN 100") == 1


def test_after_90_days_users_of_the_old_school_have_no_access(visitor):
    """The page says what to do."""
    _replaced(visitor)
    visitor.service.clock.wait(days=91)
    back = visitor.sign_in()
    page = visitor.get("/access-denied")

    assert back.answer.location == "/access-denied"
    assert "another school has taken its place" in page.says
    assert "request to be added to the new school" in page.says
