"""Our rule for email addresses beside the email-validator package's."""

from __future__ import annotations

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ect_registration.domain.email import Email
from ect_registration.domain.values import InvalidValue


def _our_key(address: str) -> str | None:
    try:
        return Email.parse(address).key
    except InvalidValue:
        return None


def _their_key(address: str) -> str | None:
    try:
        found = validate_email(
            address.strip(), check_deliverability=False, allow_smtputf8=False, strict=True
        )
    except EmailNotValidError:
        return None
    return f"{found.ascii_local_part}@{found.ascii_domain}".lower()


@pytest.mark.parametrize(
    ("address", "ours", "theirs"),
    [
        pytest.param(
            "name@example.o",
            None,
            "name@example.o",
            id="GOV.UK Notify wants two letters in a top level",
        ),
        pytest.param(
            "name@example.o-rg1x",
            None,
            "name@example.o-rg1x",
            id="and nothing but letters, unless it is punycode",
        ),
        pytest.param(
            "name@school.test",
            "name@school.test",
            None,
            id="a reserved name is well formed, and Notify takes it",
        ),
        pytest.param(
            "name@ab--cd.org",
            "name@ab--cd.org",
            None,
            id="any inner hyphens will do, in third and fourth place as well",
        ),
        pytest.param(
            "name@xn--x.org",
            "name@xn--x.org",
            None,
            id="punycode is compared, not decoded",
        ),
        pytest.param(
            "name@straße.org",
            "name@strasse.org",
            "name@xn--strae-oqa.org",
            id="the standard library and Notify follow IDNA 2003, they IDNA 2008",
        ),
        pytest.param(
            "name@a٣.org",
            "name@xn--a-fqc.org",
            None,
            id="IDNA 2003 lets digits of another direction stand among letters",
        ),
        pytest.param(
            "name@\u0301a.org",
            "name@xn--a-wbb.org",
            None,
            id="IDNA 2003 lets a label begin with a mark",
        ),
        pytest.param(
            "name@a。org",
            None,
            "name@a.org",
            id="the ideographic full stop is not a dot",
        ),
        pytest.param(
            "name@x\u200dé.org",
            "name@xn--x-bga.org",
            None,
            id="invisible characters are removed before the address is read, as by Notify",
        ),
    ],
)
def test_email_format_differs_from_email_validator_on_purpose(
    address: str, ours: str | None, theirs: str | None
) -> None:
    """Where the two disagree, the id gives our reason."""
    assert (_our_key(address), _their_key(address)) == (ours, theirs)


@pytest.mark.parametrize(
    "address",
    [
        "name@example.org",
        "Name+ect@Sub.EXAMPLE.org",
        "name@mañana.org",
        "name@bücher.example.org",
        "name@пример.рф",
        "name@भारत.org",
        "name@example",
        "name",
        "na@me@example.org",
        ".name@example.org",
        "na..me@example.org",
        "name@-example.org",
        "name@example-.org",
        "name@exa_mple.org",
        "name@127.0.0.1",
        "name@[127.0.0.1]",
        '"my name"@example.org',
        "Asha <name@example.org>",
        "näme@example.org",
        "name@😀.org",
        f"{'a' * 64}@example.org",
        f"{'a' * 65}@example.org",
        f"name@{'a' * 63}.org",
        f"name@{'a' * 64}.org",
        f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 57}.org",
        f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 58}.org",
    ],
)
def test_email_format_agrees_with_email_validator_on_examples(address: str) -> None:
    """Taken by both with one key, or by neither."""
    assert _our_key(address) == _their_key(address)


# Every part that could be right or wrong, so that most addresses are nearly right.
_pieces = st.sampled_from(
    [*"abzAZ09.-_+'\"@ ,()<>[]\\é\n", "example", "..", ".org", "school.sch.uk"]
)
_nearly_right = st.lists(_pieces, max_size=12).map("".join)
_addresses = st.tuples(_nearly_right, _nearly_right, st.sampled_from(["", ".org", ".uk"])).map(
    lambda parts: f"{parts[0]}@{parts[1]}{parts[2]}"
)


def _differs_on_purpose(address: str) -> bool:
    labels = address.strip().rpartition("@")[2].split(".")
    top_level = labels[-1]
    return (
        len(top_level) == 1
        or any(character in "-0123456789" for character in top_level)
        or any(label[2:4] == "--" for label in labels)
    )


@settings(max_examples=300)
@given(_addresses)
def test_email_format_agrees_with_email_validator_on_anything_near_an_address(
    address: str,
) -> None:
    """Apart from the differences above, the two decide alike."""
    assume(not _differs_on_purpose(address))

    assert _our_key(address) == _their_key(address)


SCRIPTS = (
    "aeinoétçüñøåþšž",
    "абвгдёжю",
    "αβγδεζλω",
    "אבגדהש",
    "ابتثج",
    "कखगचहम",
    "กขคจ",
    "中文学校",
    "한국어",
)
_international_names = st.sampled_from(SCRIPTS).flatmap(
    lambda letters: st.lists(st.text(letters, min_size=1, max_size=8), min_size=1, max_size=3)
)


@given(_international_names.map(".".join))
def test_email_format_agrees_with_email_validator_on_international_names(name: str) -> None:
    """Letters of any script give the same punycode."""
    ours = _our_key(f"name@{name}.org")

    assert ours is not None
    assert ours == _their_key(f"name@{name}.org")
