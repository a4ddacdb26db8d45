from __future__ import annotations

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import HUB, LEAD_PROVIDER, TERM_STARTS, TODAY, URN
from ect_registration.domain.drafts.ect_draft import EctDraft, NameAnswer, ReuseAnswer
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.training import Programme
from ect_registration.domain.values import Trn
from ect_registration.use_cases.registering.documents import InvalidRequest
from ect_registration.use_cases.registering.ect_document import EctRequest
from unit.use_cases.town import BORN_ON, NUMBER, the_document

REQUIRED = ["school", "trn", "date_of_birth", "email", "start_date"]
OPTIONAL = [key for key in the_document() if key not in REQUIRED]


def _read(**changes):
    return EctRequest.parse(the_document(**changes), TODAY)


def _mistake(document, today=TODAY):
    with pytest.raises(InvalidRequest) as raised:
        EctRequest.parse(document, today)
    return raised.value


def _field_and_rule(**changes):
    mistake = _mistake(the_document(**changes))
    return mistake.field, mistake.rule


def test_a_whole_document_is_read():
    """Each text into its own type."""
    request = _read()

    assert (request.school, request.person.trn, request.person.date_of_birth, request.draft) == (
        URN,
        Trn("1000001"),
        BORN_ON,
        EctDraft(
            name=NameAnswer(),
            registered_before_seen=True,
            email=Email("asha.marlowe@example.org"),
            start_date=TERM_STARTS,
            working_pattern=WorkingPattern.FULL_TIME,
            reuse=ReuseAnswer(wanted=False),
            appropriate_body=HUB,
            programme=Programme.PROVIDER_LED,
            lead_provider=LEAD_PROVIDER,
        ),
    )


@pytest.mark.parametrize("key", OPTIONAL)
def test_what_may_be_left_out_may_be_null(key):
    """Both read the same."""
    document = the_document()
    del document[key]

    assert EctRequest.parse(document, TODAY) == _read(**{key: None})


@pytest.mark.parametrize("key", REQUIRED)
def test_what_is_required_is_asked_for(key):
    """Left out or null, it is named."""
    document = the_document()
    del document[key]
    mistakes = [_mistake(document), _mistake(the_document(**{key: None}))]

    assert [(m.rule, m.field, m.message) for m in mistakes] == [
        (None, key, f"Give the {key.replace('_', ' ')}")
    ] * 2


def test_any_mapping_is_an_object():
    """Whatever read the JSON."""
    assert EctRequest.parse(MappingProxyType(the_document()), TODAY) == _read()


@pytest.mark.parametrize("document", [None, [], [{}], "text", 5, True])
def test_anything_else_is_not(document):
    """A list of objects neither: give one."""
    mistake = _mistake(document)

    assert (mistake.rule, mistake.field) == (None, "$")


@pytest.mark.parametrize("key", [*REQUIRED, *OPTIONAL])
@pytest.mark.parametrize(
    "value",
    [5, 1.5, [], {}, ["1000001"], {"trn": {"trn": {}}}],
    ids=["number", "decimal", "list", "object", "list of text", "nested"],
)
def test_a_value_of_the_wrong_type_is_named(key, value):
    """By its key and under no rule."""
    assert _field_and_rule(**{key: value}) == (key, None)


@pytest.mark.parametrize("key", [key for key in the_document() if key != "reuse_previous_choices"])
def test_true_is_not_text(key):
    """Nor is false."""
    assert [_field_and_rule(**{key: value}) for value in (True, False)] == [(key, None)] * 2


@pytest.mark.parametrize("value", ["true", "", 1, 0])
def test_only_true_and_false_answer_about_reuse(value):
    """Neither text nor numbers."""
    assert _field_and_rule(reuse_previous_choices=value) == ("reuse_previous_choices", None)


@pytest.mark.parametrize("key", ["TRN", "trn ", "ect", "", "\x00", "dateOfBirth", 5])
def test_an_unknown_key_is_named(key):
    """A slip in a key must not read as a question left out."""
    mistake = _mistake({**the_document(), key: None})

    assert (mistake.rule, mistake.field) == (None, str(key))


@pytest.mark.parametrize(
    ("key", "advice"),
    [
        ("workingpattern", "write working_pattern"),
        ("TRN", "write trn"),
        ("dateOfBirth", "write date_of_birth"),
        ("shoe_size", "remove it"),
    ],
)
def test_an_unknown_key_leads_to_the_one_that_it_is_like(key, advice):
    """The name that was meant, if there is one."""
    mistake = _mistake({**the_document(), key: None})

    assert mistake.message == f"This key is not known; {advice}"


def test_a_mistake_that_stands_alone_is_all_there_is():
    """A mistake of a document has all of them; one that was found later has itself."""
    both = _mistake({"email": "no address", "trn": "12"})
    alone = InvalidRequest(None, "email", "It is taken")

    assert {"email", "trn"} <= {each.field for each in both.all_mistakes}
    assert list(alone.all_mistakes) == [alone]


def test_the_first_mistake_of_the_document_is_the_one_reported():
    """In the order in which it was written, unknown keys among the rest."""
    wrong = {"email": "no address", "trn": "12", "shoe_size": 5, "start_date": "soon"}
    fields = []
    while wrong:
        fields.append(_mistake({**wrong, **_right_ones_after(wrong)}).field)
        del wrong[fields[-1]]

    assert fields == ["email", "trn", "shoe_size", "start_date"]


def _right_ones_after(wrong):
    return {key: value for key, value in the_document().items() if key not in wrong}


def test_a_format_goes_before_something_missing():
    """All formats first."""
    document = the_document(lead_provider=None, start_date="2025-02-30")
    del document["trn"]

    assert _mistake(document).field == "start_date"


def test_school_led_training_with_a_lead_provider_is_not_valid():
    """Leave it out."""
    assert _field_and_rule(programme="school_led") == ("lead_provider", "training-programme")


@pytest.mark.parametrize("key", ["appropriate_body", "programme", "lead_provider"])
def test_reusing_choices_and_giving_one_is_not_valid(key):
    """Whichever of the three it is."""
    choices = dict.fromkeys(["appropriate_body", "programme", "lead_provider"])
    choices[key] = the_document()[key]

    assert _field_and_rule(reuse_previous_choices=True, **choices) == (
        "reuse_previous_choices",
        None,
    )


def test_names_of_bodies_and_providers_are_trimmed():
    """They match exactly after that."""
    draft = _read(appropriate_body=f" {HUB} ", lead_provider=f"{LEAD_PROVIDER}\n").draft

    assert (draft.appropriate_body, draft.lead_provider) == (HUB, LEAD_PROVIDER)


def test_what_is_huge_is_refused_in_no_time():
    """Ten million characters in any place for text."""
    huge = "9" * 10_000_000
    keys = [key for key in the_document() if key not in {"appropriate_body", "lead_provider"}]

    assert [_field_and_rule(**{key: huge})[0] for key in keys] == keys


def test_a_mistake_says_where_and_what():
    """For people who read it in a terminal."""
    assert str(_mistake({})) == "school: Give the school"


def test_no_mistake_repeats_a_secret():
    """Neither what was wrong with it nor the whole request shows it."""
    request = _read(national_insurance_number=NUMBER.characters)
    mistakes = [
        _mistake(the_document(national_insurance_number="AB123456Z")),
        _mistake(the_document(date_of_birth="1899-12-31")),
    ]
    shown = f"{request!r} {mistakes!r} {mistakes[0]} {mistakes[1]}"

    assert [s for s in ("AB123456", "1899", repr(BORN_ON), "1999-01-31") if s in shown] == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=4,
)


@given(st.dictionaries(st.text(max_size=4), json_values, min_size=1))
def test_a_document_of_anything_is_answered_by_its_first_key(document):
    """None of them is known."""
    assert _mistake(document).field == next(iter(document))


@given(
    st.fixed_dictionaries(
        {}, optional={key: json_values | st.just(value) for key, value in the_document().items()}
    )
)
def test_a_document_close_to_right_is_read_or_its_mistake_is_named(changes):
    """The mistake is one of those that were made."""
    document = the_document(**changes)
    try:
        field = None if EctRequest.parse(document, TODAY) else ""
    except InvalidRequest as mistake:
        field = mistake.field

    assert field in {None, *document}
