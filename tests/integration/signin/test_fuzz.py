"""Whatever DfE Sign-in says of somebody, it becomes a person that can be kept, or no answer."""

from __future__ import annotations

import json

import attrs
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.dfe_sign_in.id_token import organisation_of, person_of
from ect_registration.domain.sessions import Person
from ect_registration.domain.text import has_controls
from ect_registration.ports.errors import Unavailable

BOUNDED = settings(max_examples=300)
NAMES = ["sub", "given_name", "family_name", "name", "email", "organisation", "x"]

# As JSON can hold it: half characters and zeros included.
texts = st.text(st.characters(exclude_categories=[]), max_size=12)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
organisations = anything | st.fixed_dictionaries(
    {"id": anything}, optional={"name": anything, "urn": anything, "status": anything}
)
claims = st.fixed_dictionaries(
    {"sub": texts.filter(bool) | anything},
    optional=dict.fromkeys(NAMES[1:-2], anything) | {"organisation": organisations},
)


def _can_be_kept(value):
    """As text in any of our databases, and on a page."""
    texts = [text for text in attrs.astuple(value) if isinstance(text, str)]
    return not any(map(has_controls, texts))


@given(claims)
@example({"sub": "user", "given_name": "\ud800"})
@example({"sub": "us\0er"})
@example({"sub": "user", "family_name": "\u202eLee\x9b"})
@example({"sub": "user", "organisation": {"id": "1", "urn": "\0"}})
@BOUNDED
def test_claims_become_a_person_or_no_answer(claims):
    """Of any type, in any letters."""
    try:
        person = person_of(json.loads(json.dumps(claims)), "proof")
    except Unavailable:
        return

    assert isinstance(person, Person)
    assert _can_be_kept(person)


@given(organisations)
@BOUNDED
def test_what_is_said_of_an_organisation_becomes_one_or_none(said):
    """The same."""
    organisation = organisation_of(said)

    assert organisation is None or _can_be_kept(organisation)
