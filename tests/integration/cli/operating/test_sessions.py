"""`ect sessions`: who is signed in, and signing them out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest

from ect_registration.domain.records.history import What
from ect_registration.domain.records.history_chain import NO_SCHOOL
from ect_registration.domain.sessions import Person, Session
from ect_registration.domain.values import Urn
from ect_registration.use_cases.signing_in.sessions import begin_session
from ect_registration.use_cases.transactions import Ports
from entrypoints import bootstrap
from entrypoints.settings.config import read_settings
from integration.cli.terminal import ect

OURS, THEIRS = Urn("100001"), Urn("100002")


@contextmanager
def _ports(settings: dict[str, str]) -> Iterator[Ports]:
    with bootstrap.open_ports_without_trs(read_settings(settings)) as ports:
        yield ports


def _signed_in(settings: dict[str, str], user: str, urn: Urn) -> Session:
    with _ports(settings) as ports:
        with ports.reading() as uow:
            school = uow.schools.find(urn)
        assert school is not None
        return begin_session(Person(user, f"{user} Abbott"), [school], uuid4().hex * 2, ports)


def _users(settings: dict[str, str], *options: str) -> list[str]:
    ran = ect("sessions", "list", "--format", "json", *options, **settings)
    return [row["user"] for row in ran.json]


@pytest.fixture
def three(settings: dict[str, str]) -> list[Session]:
    """Two at our school, one at another."""
    return [
        _signed_in(settings, user, urn)
        for user, urn in (("hannah", OURS), ("owen", OURS), ("mei", THEIRS))
    ]


def test_everybody_who_is_signed_in_is_listed(settings, three):
    """With when the session ends, and nothing that lets anybody in."""
    ran = ect("sessions", "list", "--format", "json", **settings)

    assert {row["user"] for row in ran.json} == {"hannah", "owen", "mei"}
    assert set(ran.json[0]) == {"id", "user", "name", "school", "begun_at", "used_at", "ends_at"}
    assert not [session for session in three if session.key in ran.out]
    assert sorted(_users(settings, "--school", "100001")) == ["hannah", "owen"]


@pytest.mark.parametrize("form", ["table", "csv"])
def test_the_list_comes_in_every_form(settings, three, form):
    """A name is in each."""
    assert "hannah Abbott" in ect("sessions", "list", "--format", form, **settings).out


def test_nobody_signed_in_is_said(settings):
    """On standard error; the list is empty."""
    ran = ect("sessions", "list", "--format", "json", **settings)

    assert (ran.status, ran.json, ran.line) == (0, [], "No users are signed in.")


@pytest.mark.parametrize(
    ("options", "left"),
    [
        (("--user", "hannah"), ["mei", "owen"]),
        (("--school", "100001"), ["mei"]),
        (("--everybody",), []),
    ],
)
def test_sessions_are_revoked(settings, three, options, left):
    """Of a user, of a school, or all of them."""
    ran = ect("sessions", "revoke", *options, **settings)

    assert (ran.status, ran.out) == (0, "")
    assert ran.line == f"Sessions ended: {3 - len(left)}"
    assert sorted(_users(settings)) == left


def test_a_session_is_revoked_by_its_id(settings, three):
    """The one and no other."""
    assert ect("sessions", "revoke", str(three[0].id), **settings).status == 0
    assert sorted(_users(settings)) == ["mei", "owen"]


@pytest.mark.parametrize("what", ["sessions", "tokens"])
def test_what_is_no_id_leads_to_the_list_that_has_ids(settings, what):
    """Whatever the form of an id is called."""
    ran = ect(what, "revoke", "abc", **settings)

    assert ran.status == 2
    assert f"'abc' is not an id. ect {what} list shows them" in ran.err


def test_whoever_revokes_sessions_in_production_gives_a_name(settings, three):
    """`operator-is-named`, `history`: and it stands there, with a line for each session."""
    production = settings | {"ECT_ENV": "production"}
    ran = ect("sessions", "revoke", "--everybody", **production)
    assert (ran.status, "operator-is-named" in ran.err) == (2, True)
    assert len(_users(settings)) == 3

    assert ect("sessions", "revoke", "--everybody", "--as", "Ada", **settings).status == 0
    with _ports(settings) as ports, ports.reading() as uow:
        lines = [link.line for link in uow.history.links(NO_SCHOOL, None, 100)]
    revoked = [line for line in lines if What.SESSION_REVOKED in line]
    assert sorted(json.loads(line[-2])["user"] for line in revoked) == ["hannah", "mei", "owen"]
    assert all(line[1].startswith("operator:Ada (") for line in revoked)


def test_an_unknown_id_ends_nothing(settings, three):
    """Exit status 2, though the other id is right."""
    ran = ect("sessions", "revoke", str(three[0].id), str(uuid4()), **settings)

    assert (ran.status, "No session has been ended" in ran.err) == (2, True)
    assert len(_users(settings)) == 3


@pytest.mark.parametrize(
    "arguments",
    [("revoke",), ("revoke", "x"), ("revoke", "--school", "1"), ("list", "--school", "x")],
)
def test_what_is_not_clear_is_asked_again(settings, arguments):
    """Exit status 2; nobody is signed out by mistake."""
    assert ect("sessions", *arguments, **settings).status == 2
