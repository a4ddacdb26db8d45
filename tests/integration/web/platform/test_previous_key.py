"""A new key that signs: what was signed with the one before is still accepted."""

from __future__ import annotations

import attrs
import pytest

from entrypoints.web.platform.environment.settings import WebSettings
from integration.web.foundation import KEY, OVER_HTTP
from integration.web.one_app import client_on
from integration.web.registering import Registering

NEW_KEY = "another key for tests, of 32 bytes or more"
ROTATED = attrs.evolve(OVER_HTTP, secret_key=NEW_KEY, previous_key=KEY)
REPLACED = attrs.evolve(OVER_HTTP, secret_key=NEW_KEY)


@pytest.fixture
def user():
    """Somebody who has answered everything, and looks at check answers."""
    registering = Registering.in_town()
    registering.begin()
    registering.go_on()
    return registering


def served_with(settings: WebSettings, user: Registering) -> Registering:
    """The same browser at a server that was started with other keys."""
    client = client_on(user.service.ports, settings)
    client._cookies.update(user.client._cookies)
    return attrs.evolve(user, client=client)


def test_a_page_in_hand_can_be_sent_after_the_key_has_changed(user):
    """Its session, its token and its sealed preview were all signed with the key before."""
    shown = user.get("check-answers").hidden("shown")
    sent = served_with(ROTATED, user).post("check-answers", shown=shown)

    assert (sent.status, sent.step) == (303, "done")


def test_new_signatures_are_made_with_the_new_key(user):
    """Who signs in now, and what is shown now, needs the key before no more."""
    between = served_with(ROTATED, user)
    between.sign_in()
    shown = between.get("check-answers").hidden("shown")
    sent = served_with(REPLACED, between).post("check-answers", shown=shown)

    assert (sent.status, sent.step) == (303, "done")


def test_without_the_key_before_nobody_is_signed_in_any_more(user):
    """As after any key that was replaced."""
    page = served_with(REPLACED, user).get("check-answers")

    assert (page.status, page.step) == (302, "sign-in")


def test_keys_are_never_shown():
    """Not even by mistake, in a log or a trace."""
    assert KEY not in repr(ROTATED)
    assert NEW_KEY not in repr(ROTATED)
    assert ROTATED.signing_keys == [KEY, NEW_KEY]
