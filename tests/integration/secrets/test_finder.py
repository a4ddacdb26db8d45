"""The search itself: it finds what it should, and nothing where there is nothing."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import zlib
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeTimedSerializer

from integration.secrets.marks import ANOTHER_DAY, ANOTHER_NUMBER, BORN_ON, KEY, NUMBER
from integration.secrets.spellings import leaks_in, secrets_in

DATES = [
    "1953-11-27",
    "1953-11-27T00:00:00+00:00",
    "1953/11/27",
    "19531127",
    "27/11/1953",
    "11/27/1953",
    "27.11.1953",
    "27 11 1953",
    "27 November 1953",
    "27th nov. 1953",
    "November 27, 1953",
    "27/11/53",
    "1953-27-11",
    "datetime.date(1953, 11, 27)",
    "date_of_birth-day=27&date_of_birth-month=11&date_of_birth-year=1953",
    '<input name="date_of_birth-year" value="1953">',
    '<input name="date_of_birth-year" value="1953zz">',
    "1953-W48-5",
    "-507945600",
    "-507945600000",
    "-5879",
    "713284",
    "1953&#45;11&#45;27",
    "27%2F11%2F1953",
    "29 August 1957",
]
NUMBERS = [
    "JK246810B",
    "jk246810b",
    "JK 24 68 10 B",
    "JK-24-68-10-B",
    "JK%2024%2068%2010%20B",
    "JK+24+68+10+B",
    "JK&nbsp;24&nbsp;68&nbsp;10&nbsp;B",
    "J K 2 4 6 8 1 0 B",
    "JK246810B7",
    "lm135791d",
]
SEALED = URLSafeTimedSerializer("another key")
CODED = {
    "base64": base64.b64encode(b"born 1953-11-27").decode(),
    "base64 for addresses": base64.urlsafe_b64encode(b"?? JK246810B ??").decode().rstrip("="),
    "hexadecimal": b"1953-11-27, or so".hex(),
    "wide characters": "1953-11-27".encode("utf-16-le").decode("latin-1"),
    "a signed cookie": SEALED.dumps({"born": BORN_ON.isoformat()}),
    "a compressed cookie": SEALED.dumps({"x": "x" * 500, "number": NUMBER.characters}),
    "compressed": base64.b64encode(zlib.compress(b"1953-11-27 " * 9)).decode(),
    "hashed": hashlib.sha256(b"1953-11-27").hexdigest(),
    "hashed by hand": base64.b64encode(hashlib.sha1(b"JK246810B").digest()).decode(),
    "hashed with our key": hmac.digest(KEY.encode(), b"27/11/1953", "sha512").hex(),
}


@pytest.mark.parametrize("text", [*DATES, *NUMBERS])
def test_every_spelling_is_found(text):
    """Whoever wrote it, and wherever it stands."""
    assert secrets_in(text)
    assert secrets_in(f"before {text} after")
    assert secrets_in(json.dumps({"it": text}))


@pytest.mark.parametrize("text", CODED.values(), ids=CODED.keys())
def test_what_is_coded_is_found(text):
    """Coding hides nothing, and a hash of so few possible facts gives them away."""
    assert secrets_in(f"session={text}; Path=/")


@given(st.sampled_from([BORN_ON, ANOTHER_DAY]), st.sampled_from([NUMBER, ANOTHER_NUMBER]))
def test_a_leak_says_where(day, number):
    """So that it can be stopped."""
    leaks = leaks_in([("a page", "nothing"), ("a log", f"{day} {number.characters}")])

    assert {leak.where for leak in leaks} == {"a log"}
    assert {str(day), number.characters} <= {leak.what for leak in leaks}


# 2711.1953 is one of the birthdays, written together.
DAYS = tuple(f"{day:{form}}" for day in (BORN_ON, ANOTHER_DAY) for form in ("%d%m", "%m%d"))
NUMBERS = st.integers(1, 9_999_999).filter(lambda number: not str(number).endswith(DAYS))


@given(st.uuids(), NUMBERS, st.datetimes())
def test_identifiers_and_moments_are_no_secrets(id, number, moment):
    """Else the search would cry wolf: 1953 in the middle of an id is nobody's birthday."""
    planted = UUID(f"{id.hex[:8]}1953{id.hex[12:]}")
    texts = [str(planted), f"{number:07}", f"{moment:%H:%M:%S.%f}", f"{number}.1953", "19.53"]
    texts += ["took 0.8291957 s", "1.11271953"]

    assert not [text for text in texts if secrets_in(text)]
