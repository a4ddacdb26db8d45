"""Our side of DfE Sign-in, against a provider that checks what it is asked."""

from __future__ import annotations

from contextlib import closing

import attrs
import pytest

from adapters.dfe_sign_in.asking import Asking
from adapters.dfe_sign_in.client import DfeSignIn
from ect_registration.domain.sessions import Organisation
from ect_registration.ports.errors import Unavailable
from ect_registration.ports.sign_in import Attempt, NotSignedIn

LARKFIELD = Organisation("org-1", "Larkfield School", "100001")
FENWICK = Organisation("org-2", "Fenwick Academy", "100002")


def _signed_in(provider, sign_in, user):
    address, attempt = sign_in.begin()
    return sign_in.finish(attempt, provider.authorise(address, user))


def test_whoever_signs_in_there_is_told_to_us(provider, sign_in):
    """With the organisation they chose, and a proof that signs them out."""
    person = _signed_in(provider, sign_in, "hannah")

    assert (person.user, person.name) == ("hannah", "Hannah Abbott")
    assert (person.email, person.organisation) == ("hannah@example.org", LARKFIELD)
    assert person.proof.count(".") == 2
    assert person.proof not in repr(person)


def test_somebody_may_have_no_organisation(provider, sign_in):
    """DfE Sign-in then leaves it empty."""
    assert _signed_in(provider, sign_in, "no-organisation").organisation is None


def test_every_attempt_is_another(sign_in):
    """Nothing of one helps with the next."""
    attempts = [sign_in.begin()[1] for _ in range(3)]

    assert len({text for attempt in attempts for text in attrs.astuple(attempt)}) == 9


def test_a_refusal_signs_nobody_in(provider, sign_in):
    """They said no."""
    with pytest.raises(NotSignedIn):
        _signed_in(provider, sign_in, "nobody")


@pytest.mark.parametrize("changed", [{"state": "another"}, {"state": ""}, {"code": ""}])
def test_an_answer_that_was_tampered_with_signs_nobody_in(provider, sign_in, changed):
    """The provider is not even asked about it."""
    address, attempt = sign_in.begin()
    answer = provider.authorise(address, "hannah")
    before = provider.does()

    with pytest.raises(NotSignedIn):
        sign_in.finish(attempt, answer | changed)
    assert provider.does() == before


def test_a_code_counts_once(provider, sign_in):
    """Whoever replays it gets nothing."""
    address, attempt = sign_in.begin()
    answer = provider.authorise(address, "hannah")
    sign_in.finish(attempt, answer)

    with pytest.raises(NotSignedIn):
        sign_in.finish(attempt, answer)


def test_an_answer_to_somebody_elses_question_signs_nobody_in(provider, sign_in):
    """The nonce in the signed token is not the one of this browser."""
    address, attempt = sign_in.begin()
    answer = provider.authorise(address, "hannah")

    with pytest.raises(NotSignedIn):
        sign_in.finish(Attempt(attempt.state, "another nonce", attempt.verifier), answer)


def test_without_the_right_verifier_a_code_is_worth_nothing(provider, sign_in):
    """The provider compares it with the challenge that the question brought."""
    address, attempt = sign_in.begin()
    answer = provider.authorise(address, "hannah")
    stolen = attrs.evolve(attempt, verifier="x" * 64)

    with pytest.raises((NotSignedIn, Unavailable)):
        sign_in.finish(stolen, answer)


@pytest.mark.parametrize(
    ("user", "there", "with_role"),
    [
        ("hannah", [LARKFIELD], [LARKFIELD]),
        ("two-schools", [LARKFIELD, FENWICK], [LARKFIELD, FENWICK]),
        ("no-role", [LARKFIELD], []),
        ("no-organisation", [], []),
        ("stranger", [], []),
    ],
)
def test_organisations_and_roles_are_asked_for(sign_in, user, there, with_role):
    """404 means none, in both."""
    found = sign_in.organisations(user)

    assert found == there
    assert sign_in.with_role(user, found) == with_role


def test_a_role_of_another_name_is_none(provider):
    """Only ours counts."""
    with DfeSignIn(provider.settings(role="somethingElse")) as sign_in:
        assert sign_in.with_role("hannah", [LARKFIELD]) == []


@pytest.mark.parametrize("down", ["/users", "/services"])
def test_an_outage_of_the_api_is_no_answer(provider, sign_in, down):
    """Neither yes nor no."""
    provider.does(down=down)

    with pytest.raises(Unavailable):
        sign_in.with_role("hannah", sign_in.organisations("hannah"))


def test_nobody_waits_longer_than_the_limit(provider):
    """A slow answer is as good as none."""
    provider.does(wait=2)
    with DfeSignIn(provider.settings(limit=0.3)) as sign_in, pytest.raises(Unavailable) as caught:
        sign_in.organisations("hannah")

    assert "0.3 seconds" in caught.value.why


def test_a_connection_that_waits_as_long_is_told_alike(provider):
    """A question that its own connection gives up on is told as late, with the seconds."""
    provider.does(wait=2)
    with closing(Asking(0.3)) as asking, pytest.raises(Unavailable) as caught:
        asking.get_now(f"{provider.address}/users/hannah/organisations")

    assert "0.3 seconds" in caught.value.why


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"issuer": "http://127.0.0.1:9"}, "ConnectionError"),
        ({"issuer": "http://localhost"}, "ConnectionError"),
    ],
)
def test_a_provider_that_is_not_there_is_out_of_reach(provider, changes, why):
    """It says what the trouble is, for operators."""
    with DfeSignIn(provider.settings(**changes)) as sign_in, pytest.raises(Unavailable) as caught:
        sign_in.begin()

    assert why in caught.value.why


@pytest.mark.parametrize("down", ["/.well-known", "/jwks"])
def test_a_provider_that_answers_with_an_error_is_out_of_reach(provider, sign_in, down):
    """Nobody is sent there."""
    provider.does(down=down)

    with pytest.raises(Unavailable):
        sign_in.begin()


def test_another_issuer_is_not_believed(provider):
    """The configuration must be its own."""
    elsewhere = provider.address.replace("127.0.0.1", "localhost")
    with DfeSignIn(provider.settings(issuer=f"{elsewhere}/")) as sign_in:
        assert sign_in.begin()[0].startswith(elsewhere)


def test_signing_out_there_shows_the_proof(provider, sign_in):
    """And says where to come back to."""
    address = sign_in.sign_out_address("an.id.token")

    assert address.startswith(provider.address)
    assert "id_token_hint=an.id.token" in address
    assert "post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fsigned-out" in address


def test_the_connection_can_be_checked(provider, sign_in):
    """Provider and API, each by itself."""
    assert [found.ok for found in sign_in.connection_check()] == [True, True]

    provider.does(down="/services")
    assert [found.ok for found in sign_in.connection_check()] == [True, False]

    with DfeSignIn(provider.settings(role="other")) as other:
        provider.does(down="")
        assert other.connection_check()[1].says == "the service has no role with the code other"
