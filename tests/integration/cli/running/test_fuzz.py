"""Whatever is handed in ends with a documented exit status, and is never our fault."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integration.cli.terminal import ect
from integration.cli.town import (
    BORN,
    CLOSED,
    COUNCIL,
    FORMER_PROVIDER,
    HUB,
    MAYA,
    NEWCOMER,
    PROVIDER,
    VETERAN,
    a_partnership,
    a_registration,
)

FUZZING = settings(
    deadline=None,
    max_examples=150,
    derandomize=True,  # the same every time: a soak is for finding more
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
DOCUMENTED = {
    0: {"registered"},
    1: {"refused"},
    2: {"invalid", "needs"},
    3: {"unavailable"},
}

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=5,
)
days = st.dates().map(str) | st.sampled_from(["2025-08-31", "2025-09-01", "0001-01-01"])
plausible = {
    "school": st.sampled_from([VETERAN, NEWCOMER, CLOSED, "100009", " 100001 "]),
    "trn": st.sampled_from([*BORN, "RP10/00001", "1999999"]),
    "date_of_birth": st.sampled_from([*BORN.values(), "2000-02-29"]) | days,
    "national_insurance_number": st.none() | st.from_regex(r"[A-Z]{2}[0-9]{6}[A-F]"),
    "corrected_name": st.none() | st.text(max_size=80),
    "same_person": st.none() | st.booleans(),
    "email": st.emails() | st.text(max_size=20).map(lambda text: f"{text}@example.org"),
    "start_date": days,
    "working_pattern": st.sampled_from(["full_time", "part_time", "none", None]),
    "reuse_previous_choices": st.none() | st.booleans(),
    "appropriate_body": st.sampled_from([HUB, COUNCIL, "Nobody", None]),
    "programme": st.sampled_from(["provider_led", "school_led", None]),
    "lead_provider": st.sampled_from([PROVIDER, FORMER_PROVIDER, "nobody", None]),
}


@st.composite
def documents(draw):
    """A right one with some answers changed, and now and then one that makes no sense."""
    document = a_registration()
    for key in draw(st.sets(st.sampled_from(sorted(plausible)), max_size=6)):
        document[key] = draw(plausible[key])
    for key in draw(st.sets(st.sampled_from([*plausible, "another"]), max_size=1)):
        document[key] = draw(anything)
    return document


def judge(ran):
    """As documented: status and outcome belong together, one JSON object, no stack trace."""
    assert ran.json["outcome"] in DOCUMENTED[ran.status]
    assert "Traceback" not in ran.err
    assert "went wrong" not in ran.err


@given(text=st.binary(max_size=200))
@FUZZING
def test_any_bytes_are_answered(settings, text):
    """In most cases: that they are no JSON."""
    judge(ect("register-ect", "--from", "-", stdin=text, **settings))


@given(text=st.text(st.characters(exclude_categories=[]), max_size=60), place=st.integers(0, 400))
@FUZZING
def test_a_document_with_anything_put_in_is_answered(settings, text, place):
    """Half characters included."""
    whole = json.dumps(a_registration())
    spoilt = (whole[:place] + text + whole[place:]).encode("utf-8", "surrogatepass")

    judge(ect("register-ect", "--from", "-", stdin=spoilt, **settings))


@given(document=documents())
@FUZZING
def test_any_document_is_answered(settings, document):
    """Registered, refused, or sent back; and checking comes to the same."""
    checked = ect("check-ect", "--from", "-", stdin=document, **settings)
    ran = ect("register-ect", "--from", "-", stdin=document, **settings)
    judge(ran)

    assert (checked.status, checked.json["outcome"]) == (ran.status, ran.json["outcome"])


@given(world=st.binary(max_size=100) | anything.map(lambda value: json.dumps(value).encode()))
@FUZZING
def test_any_world_is_answered(settings, world):
    """Loaded, or told what is wrong with it."""
    ran = ect("world", "load", "-", stdin=world, **settings)

    assert (ran.status, "Nothing was loaded." in ran.err) in {(0, False), (2, True)}


@given(document=st.dictionaries(st.sampled_from(sorted(a_partnership())), anything) | anything)
@FUZZING
def test_any_partnership_is_answered(settings, document):
    """Invalid, in most cases."""
    whole = a_partnership() | document if isinstance(document, dict) else document
    ran = ect("partnerships", "report", "--from", "-", stdin=whole, **settings)

    assert (ran.status, ran.json["outcome"]) in {(0, "reported"), (1, "refused"), (2, "invalid")}


@given(fact=st.binary(max_size=30), options=st.sampled_from([(), ("--by-number",)]))
@FUZZING
def test_any_second_fact_is_answered(settings, fact, options):
    """By an operator's hand, or by a slip of it."""
    ran = ect("trs", "find", MAYA, *options, stdin=fact, **settings)

    assert (ran.status, ran.json["outcome"]) == (2, "invalid")


cells = st.sampled_from([MAYA, "true", "2023-07-14", "=1+1", "", '"', "\x00"]) | st.text(
    max_size=8
)
lines = st.lists(cells, max_size=6).map(",".join)
tables = st.lists(lines, max_size=5).map(
    lambda body: "\n".join(["trn,early_roll_out,completed_on,timed_out_on", *body])
)


@given(file=st.binary(max_size=200) | tables.map(lambda text: text.encode("utf-8", "replace")))
@FUZZING
def test_any_list_of_training_is_answered(settings, file):
    """Loaded, as far as it is right; everything else is told."""
    ran = ect("mentor-training", "load", "-", stdin=file, **settings)

    assert ran.status in {0, 2}
    assert "Traceback" not in ran.err
    assert "went wrong" not in ran.err


@given(document=st.dictionaries(st.sampled_from(["school", "ect", "trn", "replace"]), anything))
@FUZZING
def test_any_mentor_is_answered(settings, document):
    """Invalid, in most cases."""
    whole = {"school": VETERAN, "ect": "x", "trn": MAYA, "email": "m@example.org"} | document
    judge(ect("register-mentor", "--from", "-", stdin=whole, **settings))
    judge(ect("assign-mentor", "--from", "-", stdin=document, **settings))
