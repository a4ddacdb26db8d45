"""Who is let in by the simulator, to which version, and how often."""

from __future__ import annotations

import pytest

from integration.trs import cast, contract
from integration.trs.support import ASKING, BORN_ON, KEY, VERSION, a_person, http_of
from trs_simulator.app import simulator_app
from trs_simulator.keys import APPROPRIATE_BODY, GET_PERSON, Key

PERSON = f"/v3/persons/{cast.MAYA.trn}"
RESTRICTED = "simulator-appropriate-body-key"
BORN = {"dateOfBirth": BORN_ON.isoformat()}


def _version(version):
    return {"Authorization": f"Bearer {KEY}", "X-Api-Version": version}


@pytest.mark.parametrize("version", ["20260120", "20260224", "20260416", "20260612", "Next"])
def test_versions_since_the_last_change_are_alike(http, version):
    """Next included."""
    response = http.get(PERSON, headers=_version(version))
    contract.check(response.json(), contract.person_with())

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("path", "version"),
    [
        (PERSON, "20240101"),
        (PERSON, "20240416"),
        (PERSON, "20260121"),
        (PERSON, "next"),
        (PERSON, ""),
        (PERSON, "20260120,20260120"),
        ("/v3/trns/3000001", "20250804"),
        ("/v3/persons", VERSION),
        ("/v3/persons/", VERSION),
        ("/v3/persons/3000001/more", VERSION),
        ("/v2/teachers/3000001", VERSION),
        ("/", VERSION),
    ],
)
def test_where_a_version_has_nothing_there_is_nothing(http, path, version):
    """Empty, and decided before the key is looked at."""
    response = http.get(path, headers={"X-Api-Version": version})

    assert (response.status_code, response.content) == (404, b"")


def test_without_a_version_one_gets_the_oldest(http):
    """Which has no such endpoint."""
    response = http.get(PERSON, headers={"Authorization": f"Bearer {KEY}"})

    assert (response.status_code, response.content) == (404, b"")


@pytest.mark.parametrize(
    ("person", "code"), [(cast.DEACTIVATED, 10058), (cast.MERGED_TWICE, 10059)]
)
def test_old_versions_have_other_words_for_gone_and_moved(http, person, code):
    """Both are 404."""
    response = http.get(f"/v3/persons/{person.trn}", headers=_version("20250905"))
    contract.check(response.json(), contract.DOMAIN_PROBLEM)

    assert (response.status_code, response.json()["errorCode"]) == (404, code)


def test_an_old_version_names_the_record_that_was_kept(http):
    """In its title."""
    title = http.get(f"/v3/persons/{cast.MERGED.trn}", headers=_version("20250905")).json()[
        "title"
    ]

    assert title == f"Record {cast.MERGED.trn} has been merged with {cast.MAYA.trn}."


def test_shapes_that_we_do_not_know_are_not_made_up(http):
    """Neither for one nor for many."""
    persons = {"persons": [{"trn": cast.MAYA.trn.digits, **BORN}]}
    headers = _version("20250425")
    responses = [
        http.get(PERSON, headers=headers),
        http.post("/v3/persons/find", json=persons, headers=headers),
    ]

    assert [response.status_code for response in responses] == [501, 501]


def test_the_oldest_versions_know_no_national_insurance_number(http):
    """They do not look at it: a wrong one does not matter."""
    wrong = {"nationalInsuranceNumber": "LM135791D"}
    statuses = [
        http.get(PERSON, params=wrong, headers=_version(version)).status_code
        for version in ("20240920", "20250203")
    ]

    assert statuses == [501, 404]


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        KEY,
        f"Basic {KEY}",
        "Bearer",
        "Bearer nobody",
        f"Bearer {KEY.upper()}",
        f"Bearer  {KEY}",
        f"Bearer {KEY} ",
        "Bearer simulator-expired-key",
    ],
)
def test_without_a_key_that_is_known_and_valid_nobody_is_let_in(http, authorization):
    """Nothing is said, and no scheme suggested."""
    named = {} if authorization is None else {"Authorization": authorization}
    response = http.get(PERSON, headers={"X-Api-Version": VERSION} | named)

    assert (response.status_code, response.content, "WWW-Authenticate" in response.headers) == (
        401,
        b"",
        False,
    )


def test_the_scheme_is_read_without_case(http):
    """The key is not."""
    headers = ASKING | {"Authorization": f"bEaReR {KEY}"}

    assert http.get(PERSON, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("key", "statuses"),
    [
        (KEY, (200, 200, 204)),
        (RESTRICTED, (200, 403, 204)),
        ("simulator-key-without-role", (403, 403, 204)),
    ],
)
def test_what_a_key_is_for(http, key, statuses):
    """One person, many, a TRN: an appropriate body may not ask for many."""
    headers = ASKING | {"Authorization": f"Bearer {key}"}
    persons = {"persons": [{"trn": cast.MAYA.trn.digits, **BORN}]}
    responses = (
        http.get(PERSON, params=BORN, headers=headers),
        http.post("/v3/persons/find", json=persons, headers=headers),
        http.get(f"/v3/trns/{cast.MAYA.trn}", headers=headers),
    )

    assert tuple(response.status_code for response in responses) == statuses


def test_a_missing_role_is_told_without_a_word(http):
    """Unlike a restriction."""
    headers = ASKING | {"Authorization": "Bearer simulator-key-without-role"}

    assert http.get(PERSON, headers=headers).content == b""


@pytest.mark.parametrize(
    ("query", "status"),
    [
        (BORN, 200),
        (BORN | {"include": "Induction,Alerts"}, 200),
        (BORN | {"include": "Induction,PreviousNames"}, 403),
        ({}, 403),
        ({"dateOfBirth": " "}, 403),
        ({"nationalInsuranceNumber": "JK246810B"}, 403),
    ],
)
@pytest.mark.parametrize("roles", [{APPROPRIATE_BODY}, {APPROPRIATE_BODY, GET_PERSON}])
def test_an_appropriate_body_gives_a_date_of_birth_and_asks_for_little(roles, query, status):
    """Also when the key may do more."""
    app = simulator_app([a_person()], keys=[Key("k", "body", frozenset(roles))])
    with http_of(app) as c:
        headers = ASKING | {"Authorization": "Bearer k"}
        response = c.get(PERSON, params=query, headers=headers)
    told = response.json() if status == 403 else None
    expected = {"title": "Forbidden.", "status": 403, "detail": "", "errorCode": 10040}

    assert (response.status_code, told) == (status, expected if status == 403 else None)


class Minutes:
    """A quota of three calls a minute, and a clock to turn."""

    def __init__(self):
        self.now = 1_757_494_800.0
        keys = [
            Key("one", "ours"),
            Key("two", "ours"),
            Key("three", "theirs"),
            Key("four", "ours", frozenset()),
        ]
        app = simulator_app([a_person()], keys=keys, clock=lambda: self.now, calls_a_minute=3)
        self._http = http_of(app)

    def call(self, key, times=1):
        """The last response."""
        headers = ASKING | {"Authorization": f"Bearer {key}"}
        return [self._http.get(PERSON, headers=headers) for _ in range(times)][-1]


@pytest.fixture
def minutes():
    """Three calls a minute."""
    return Minutes()


def test_calls_of_one_user_are_counted_together(minutes):
    """By whatever key, but apart from another user's."""
    minutes.call("one", times=3)
    statuses = [minutes.call(key).status_code for key in ("one", "two", "three")]

    assert statuses == [429, 429, 200]


def test_one_call_too_many_says_when_to_come_back(minutes):
    """In headers and words, and with no code."""
    minutes.call("one", times=3)
    minutes.now += 42.5
    response = minutes.call("one")
    contract.check(response.json(), contract.QUOTA_PROBLEM)
    names = "Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"

    assert [response.headers[name] for name in names] == ["17", "3", "0", "1757494860"]


def test_in_the_last_second_it_says_zero(minutes):
    """Which is no reason to hurry."""
    minutes.call("one", times=3)
    minutes.now += 59.9

    assert minutes.call("one").headers["Retry-After"] == "0"


def test_a_new_minute_is_a_new_start(minutes):
    """Sixty seconds after the first call of the last."""
    minutes.call("one", times=4)
    minutes.now += 60

    assert minutes.call("one").status_code == 200


def test_who_is_not_let_in_is_not_counted(minutes):
    """Neither an unknown key nor one without the role."""
    minutes.call("nobody", times=5)
    minutes.call("four", times=5)

    assert minutes.call("one", times=3).status_code == 200


def test_a_key_expires(http):
    """At its moment, not after."""
    app = simulator_app([], keys=[Key("k", "ours", expires_at=100)], clock=lambda: 100.0)
    with http_of(app) as c:
        response = c.get(PERSON, headers=ASKING | {"Authorization": "Bearer k"})

    assert response.status_code == 401


def test_health_needs_no_key(http):
    """Nor a version."""
    response = http.get("/health")

    assert (response.status_code, response.text) == (200, "OK")
