"""Whatever is sent to whatever page, it is answered."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrypoints.web.register_ect.forms import FORMS
from integration.web.registering import ANSWERS, START, Registering

PAGES = [*FORMS, "check-answers", "done", "stopped", "", "no-such-step"]
NAMES = sorted(
    {name for answers in ANSWERS.values() for name in answers}
    | {"national_insurance_number", "corrected_name", "same_person"}
    | {"shown", "again", "change", "csrf_token"}
)
RIGHT = sorted({text for answers in ANSWERS.values() for text in answers.values()})
ODD = ["", "no", "school_led", "1000002", "\x00", "x" * 20_000, "\uff11\uff12", "🙂"]
sendable = st.text(max_size=40).filter(lambda text: text == text.encode(errors="ignore").decode())
texts = st.sampled_from([*RIGHT, *ODD]) | sendable
typed = st.dictionaries(
    st.sampled_from(NAMES) | sendable, texts | st.lists(texts, max_size=3), max_size=8
)
paths = sendable.map(quote)
KINDS = [
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json",
    "text/plain",
    "",
]
METHODS = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"]


def _begun(until):
    user = Registering.in_town()
    if until is None:
        user.begin()
    else:
        user.go_on(until=until)
    return user


@pytest.fixture(scope="module")
def users():
    """In the middle of it, at several places."""
    return [_begun(until) for until in (None, "name", "start-date", "lead-provider")]


@settings(max_examples=300)
@given(
    which=st.integers(0, 3),
    page=st.sampled_from(PAGES),
    fields=typed,
    start=st.booleans(),
    token=st.booleans(),
)
def test_no_post_makes_the_service_stumble(users, which, page, fields, start, token):
    """Missing and made-up fields, arrays, huge and binary values, in any order of pages."""
    user = users[which]
    path = START if start else f"{START}/{user.journey}{'/' + page if page else ''}"
    data = {**fields, **({"csrf_token": user.token} if token else {})}

    assert user.client.post(path, data=data).status_code < 500
    assert user.client.get(path).status_code < 500


@settings(max_examples=100)
@given(st.binary(max_size=300), st.sampled_from(PAGES), st.sampled_from(KINDS))
def test_no_body_makes_the_service_stumble(users, body, page, kind):
    """Bytes that are no form, or a broken one."""
    user = users[1]
    head = f"csrf_token={quote(user.token)}&".encode() if "urlencoded" in kind else b""
    address = f"{START}/{user.journey}/{page}"
    answer = user.client.post(address, input_stream=BytesIO(head + body), content_type=kind)

    assert answer.status_code < 500


@settings(max_examples=60)
@given(st.sampled_from(METHODS), st.sampled_from(PAGES) | paths, paths)
def test_no_address_makes_the_service_stumble(users, method, page, query):
    """Whatever the method and the query."""
    address = f"{START}/{users[2].journey}/{page}?{query}"

    assert users[2].client.open(address, method=method).status_code < 500
