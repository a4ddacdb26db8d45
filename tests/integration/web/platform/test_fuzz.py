"""Cookies, headers, queries and sealed texts that nobody of ours has written."""

from __future__ import annotations

from urllib.parse import quote, urlencode
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer, URLSafeTimedSerializer

from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.rules.check_answers import Preview
from entrypoints.web.journeys.signed_preview import unseal
from integration.web.foundation import KEY, an_app
from integration.web.school import School, somebody

BOUNDED = settings(max_examples=150)
JOURNEY = JourneyId(UUID(int=1))
LISTS = ("/school/ects", "/school/ects.csv", "/school/mentors", "/school/register-ect")

sendable = st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=80)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=5,
)
forged = st.builds(
    lambda content, key: URLSafeTimedSerializer(key, salt="cookie-session").dumps(content),
    anything,
    st.sampled_from(["", "another key", KEY[:-1]]),
)


@pytest.fixture(scope="module")
def app():
    """As in production."""
    return an_app()


@pytest.fixture(scope="module")
def user():
    """Somebody who is signed in at a school with somebody registered."""
    school = School.of()
    school.has(somebody(1))
    return school.user()


@given(cookie=sendable | forged)
@example("." + "A" * 3000)
@example("eyJrZXkiOm51bGx9..")
@BOUNDED
def test_no_cookie_but_ours_lets_anybody_in(app, cookie):
    """It is as if there were none."""
    answer = app.test_client().get("/school/ects", headers={"Cookie": f"session={cookie}"})

    assert (answer.status_code, answer.location) == (302, "/sign-in")


@given(content=st.dictionaries(st.sampled_from(["key", "return_to", "attempt", "x"]), anything))
@BOUNDED
def test_no_content_of_a_cookie_makes_the_service_stumble(app, content):
    """Not even one that we have signed, of an older version, say."""
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie.update(content)
    answers = [client.get(page) for page in ("/", "/school/ects", "/sign-in", "/cookies")]

    assert [answer.status_code for answer in answers if answer.status_code >= 500] == []
    assert answers[1].status_code == 302


HEADERS = [
    "Accept",
    "Accept-Encoding",
    "Accept-Language",
    "Authorization",
    "Content-Type",
    "If-Modified-Since",
    "If-None-Match",
    "Origin",
    "Range",
    "Referer",
    "Sec-Fetch-Site",
    "User-Agent",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Request-ID",
]


@given(headers=st.dictionaries(st.sampled_from(HEADERS), sendable, max_size=4), post=st.booleans())
@BOUNDED
def test_no_header_makes_the_service_stumble(app, headers, post):
    """Nor does one come back as another header."""
    client = app.test_client()
    answer = client.open("/cookies", method="POST" if post else "GET", headers=headers)

    assert answer.status_code < 500
    assert "\n" not in str(answer.headers.get("Location", ""))


names = st.sampled_from(["search", "status", "page", "change", "again"]) | st.text(max_size=8)
values = st.sampled_from(["1", "-1", "0", "9" * 40, "left", "\x00", "%", "_", "'"]) | st.text()


@given(page=st.sampled_from(LISTS), query=st.lists(st.tuples(names, values), max_size=4))
@BOUNDED
def test_every_query_means_something(user, page, query):
    """Twice the same name, wild cards, half characters and numbers without an end included."""
    address = f"{page}?{urlencode(query, errors='surrogatepass')}"

    assert user.get(address).status_code in {200, 303, 404, 429}


@given(query=st.binary(max_size=60), page=st.sampled_from(LISTS))
@BOUNDED
def test_bytes_in_a_query_mean_something(user, query, page):
    """Coded as they are."""
    assert user.get(f"{page}?{quote(query, safe='=&%')}").status_code in {200, 303, 404, 429}


SALTS = ("another", f"check answers {JOURNEY}")
sealed = st.one_of(anything.map(URLSafeSerializer(KEY, salt=salt).dumps) for salt in SALTS)


@given(text=st.text() | sealed)
@BOUNDED
def test_no_sealed_text_but_ours_is_opened(app, text):
    """Ours for another journey neither, nor what was sealed in another way before."""
    with app.app_context():
        assert unseal(text, JOURNEY, Preview) is None
