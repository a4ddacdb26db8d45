"""Whatever bytes come back, a lookup ends in an answer as agreed or in ``trs-unavailable``."""

from __future__ import annotations

import copy
import json

from hypothesis import example, given
from hypothesis import strategies as st

from ect_registration.domain.people.teacher import NoMatch, TeacherRecord
from integration.trs.support import (
    BORN_ON,
    NUMBER,
    TRN,
    a_body,
    an_alert,
    outcome_of,
    reply,
    scripted,
)
from integration.trs.table.rows import DEEP, LONG

LOOKUPS = [
    lambda records: records.by_date_of_birth(TRN, BORN_ON),
    lambda records: records.by_national_insurance_number(TRN, NUMBER),
    lambda records: records.by_trn(TRN),
]

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10)
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
labels = st.sampled_from(
    ["application/json", "application/problem+json", "text/html", "", "json;"]
)
statuses = st.integers(200, 599) | st.sampled_from([200, 308, 404, 410, 429])


def _outcomes(*replies):
    return [outcome_of(lambda look_up=look_up: look_up(scripted(*replies))) for look_up in LOOKUPS]


@given(st.binary(max_size=300), labels)
@example(LONG, "application/json")
@example(DEEP, "application/json")
@example(b'{"a":' * 50_000, "application/json")
@example(b"9" * 5_000, "application/json")
@example(b"\xef\xbb\xbf{}", "application/json")
@example("{}".encode("utf-16"), "application/json")
def test_bytes_are_no_answer(body, label):
    """Not to any lookup."""
    answer = reply(200, body, Content_Type=label)

    assert set(_outcomes(answer)) == {"unavailable"}


@given(documents)
def test_any_other_json_is_no_answer(document):
    """However it is built."""
    answer = reply(200, json.dumps(document).encode())

    assert set(_outcomes(answer)) == {"unavailable"}


def _places(document, path=()):
    """Every path into a document."""
    yield path
    if isinstance(document, dict):
        children = document.items()
    elif isinstance(document, list):
        children = enumerate(document)
    else:
        children = ()
    for key, child in children:
        yield from _places(child, (*path, key))


RECORD = a_body(alerts=[an_alert()])


@st.composite
def spoilt(draw, document):
    """A good document with one place in it gone or replaced."""
    body = copy.deepcopy(document)
    *way, last = draw(st.sampled_from([path for path in _places(body) if path]))
    inner = body
    for key in way:
        inner = inner[key]
    if draw(st.booleans()):
        del inner[last]
    else:
        inner[last] = draw(documents)
    return body


def _is_answer(outcome):
    told_of_the_right_one = isinstance(outcome, TeacherRecord) and outcome.trn == TRN
    return told_of_the_right_one or isinstance(outcome, NoMatch) or outcome == "unavailable"


@given(spoilt(RECORD))
def test_a_spoilt_record_is_still_of_the_right_one_or_no_answer(body):
    """Nothing else is raised."""
    assert all(map(_is_answer, _outcomes(reply(200, body))))


@given(statuses, st.binary(max_size=60) | documents.map(lambda d: json.dumps(d).encode()), labels)
def test_any_status_with_any_body_is_an_answer_or_none(status, body, label):
    """Nothing else is raised."""
    answer = reply(status, body, Content_Type=label)

    assert all(map(_is_answer, _outcomes(answer)))


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=60))
def test_any_way_a_merged_record_may_point_is_followed_on_our_origin_only(location):
    """Or not at all."""
    answer = reply(308, Location=location)

    assert set(_outcomes(answer)) == {"unavailable"}


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=30))
def test_any_wait_that_trs_may_ask_for_ends(retry_after):
    """In an answer if it is short enough."""
    good, limited = reply(200, RECORD), reply(429, Retry_After=retry_after)

    assert all(map(_is_answer, _outcomes(limited, good)))
