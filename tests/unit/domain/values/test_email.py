from __future__ import annotations

import pytest
from hypothesis import given

from ect_registration.domain.email import Email, address_of
from ect_registration.domain.rules.identifying.email import EMAIL_FORMAT
from ect_registration.domain.values import InvalidValue
from strategies import emails

LOCAL_64 = "a" * 64
DOMAIN_189 = ".".join(["b" * 63, "c" * 63, "d" * 57, "org"])
ADDRESS_254 = f"{LOCAL_64}@{DOMAIN_189}"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        pytest.param("name@example.org", "name@example.org", id="a plain address"),
        pytest.param(" name@example.org\n", "name@example.org", id="blanks around"),
        pytest.param("Name@EXAMPLE.Org", "name@example.org", id="capitals"),
        pytest.param("first.last@school.sch.uk", "first.last@school.sch.uk", id="dots"),
        pytest.param("o'neill+ect@example.org", "o'neill+ect@example.org", id="apostrophe, plus"),
        pytest.param("-name-@example.org", "-name-@example.org", id="hyphens at the edges"),
        pytest.param("1@2.org", "1@2.org", id="digits"),
        pytest.param("_______@example.org", "_______@example.org", id="underscores"),
        pytest.param("!#$%&'*/=?^`{|}~@b.org", "!#$%&'*/=?^`{|}~@b.org", id="the usual set"),
        pytest.param("name@my--school.org", "name@my--school.org", id="two hyphens inside"),
        pytest.param(f"{LOCAL_64}@b.org", f"{LOCAL_64}@b.org", id="64 before the @"),
        pytest.param(f"a@{'b' * 63}.org", f"a@{'b' * 63}.org", id="a label of 63"),
        pytest.param(f"a@b.{'c' * 63}", f"a@b.{'c' * 63}", id="a top level of 63"),
        pytest.param("a@b.uk", "a@b.uk", id="a top level of 2"),
        pytest.param(ADDRESS_254, ADDRESS_254, id="254 characters"),
        pytest.param("name@MAÑANA.org", "name@xn--maana-pta.org", id="an international name"),
        pytest.param("name@mañana.org", "name@xn--maana-pta.org", id="one whose accent is a mark"),
        pytest.param("name@XN--MAANA-PTA.org", "name@xn--maana-pta.org", id="one as punycode"),
        pytest.param("name@भारत.org", "name@xn--h2brj9c.org", id="one with vowel signs"),
        pytest.param("name@пример.рф", "name@xn--e1afmkfd.xn--p1ai", id="all of it"),
        pytest.param("name@x٣.org", "name@xn--x-fqc.org", id="a digit of another script"),
        pytest.param("name@ｅxample．org", "name@example.org", id="full width"),  # noqa: RUF001
    ],
)
def test_email_format_takes_addresses_and_compares_them_by_key(typed: str, key: str) -> None:
    """Two spellings of one mailbox have one key, lower case with punycode names."""
    email = Email.parse(typed)

    assert (email.address, email.key) == (typed.strip(), key)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        pytest.param("a.b@example.org\u200b", "a.b@example.org", id="zero-width space"),
        pytest.param("\ufeffa.b@example.org", "a.b@example.org", id="byte order mark"),
        pytest.param("a.b@example.org\u2060", "a.b@example.org", id="word joiner"),
        pytest.param("\u180ea.b@example.org", "a.b@example.org", id="Mongolian separator"),
        pytest.param("\u202aa.b@example.org\u202c", "a.b@example.org", id="an embedding"),
        pytest.param("a.\u200bb@exam\u200dple.org", "a.b@example.org", id="anywhere"),
        pytest.param("a.b@exam\u00adple.org", "a.b@example.org", id="soft hyphen"),
        pytest.param("a.b@x\u200dé.org", "a.b@xé.org", id="in an international name"),
        pytest.param("a.\u00a0b@example\u202f.org", "a.b@example.org", id="no-break spaces"),
        pytest.param("\u3000a.b@example.org\u2003", "a.b@example.org", id="wide blanks"),
        pytest.param("a\u2013b@my\u2011school.org", "a-b@my-school.org", id="dashes"),
        pytest.param("a\u2212b@my\uff0dschool.org", "a-b@my-school.org", id="minus, full width"),
        pytest.param("\u200b" * 1993 + "a@b.org", "a@b.org", id="2000 characters in all"),
    ],
)
def test_email_format_reads_pasted_addresses_as_they_look(typed: str, address: str) -> None:
    """Invisible characters are removed and dashes are hyphens, as GOV.UK Notify would send it."""
    assert Email.parse(typed).address == address


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param("name", id="no @"),
        pytest.param("@", id="only @"),
        pytest.param("@example.org", id="nothing before the @"),
        pytest.param("name@", id="nothing after the @"),
        pytest.param("na@me@example.org", id="two @"),
        pytest.param("name@@example.org", id="@ twice"),
        pytest.param("my name@example.org", id="a blank before the @"),
        pytest.param("name @example.org", id="a blank beside the @"),
        pytest.param("name@ example.org", id="a blank behind the @"),
        pytest.param("name@exa mple.org", id="a blank after the @"),
        pytest.param("name@example", id="no dot"),
        pytest.param(".name@example.org", id="a dot in front"),
        pytest.param("name.@example.org", id="a dot before the @"),
        pytest.param("na..me@example.org", id="two dots before the @"),
        pytest.param("name@.example.org", id="a dot behind the @"),
        pytest.param("name@example..org", id="two dots after the @"),
        pytest.param("name@example.org.", id="a dot at the end"),
        pytest.param("name@-example.org", id="a hyphen in front of a label"),
        pytest.param("name@example-.org", id="a hyphen behind a label"),
        pytest.param("name@exam_ple.org", id="an underscore after the @"),
        pytest.param("name@example.o", id="a top level of one letter"),
        pytest.param("name@example.o1", id="a digit in the top level"),
        pytest.param("name@example.xn--", id="an empty international top level"),
        pytest.param("name@example.xn--a-", id="one that ends in a hyphen"),
        pytest.param("name@127.0.0.1", id="an IP address"),
        pytest.param("name@[127.0.0.1]", id="an IP address in brackets"),
        pytest.param('"my name"@example.org', id="a quoted local part"),
        pytest.param("Asha <name@example.org>", id="a name and an address"),
        pytest.param("name@example.org, b@example.org", id="two addresses"),
        pytest.param("mailto:name@example.org", id="a link"),
        pytest.param("na;me@example.org", id="a semicolon"),
        pytest.param("näme@example.org", id="an accent before the @"),
        pytest.param("name’s@example.org", id="a typographic apostrophe"),
        pytest.param("😀@example.org", id="an emoji before the @"),
        pytest.param("name＠example.org", id="a full-width @"),  # noqa: RUF001
        pytest.param("name@b＠example.org", id="and another @"),  # noqa: RUF001
        pytest.param("na\x00me@example.org", id="a NUL before the @"),
        pytest.param("name@exam\x00ple.org", id="a NUL after the @"),
        pytest.param("name@é\x00.org", id="a NUL in an international name"),
        pytest.param("name@example.org\x00", id="a NUL at the end"),
        pytest.param("name@example.org\r\nBcc:b", id="a header smuggled in"),
        pytest.param("na\nme@example.org", id="a line end before the @"),
        pytest.param("name@example.o\nrg", id="a line end after the @"),
        pytest.param("<b>@example.org", id="markup"),
        pytest.param("name@\ud800.org", id="half of a surrogate pair"),
        pytest.param(f"{LOCAL_64}a@b.org", id="65 before the @"),
        pytest.param(f"a@{'b' * 64}.org", id="a label of 64"),
        pytest.param(f"a@b.{'c' * 64}", id="a top level of 64"),
        pytest.param(f"a@{'é' * 60}.org", id="a label of 64 or more as punycode"),
        pytest.param(f"{LOCAL_64}@d{DOMAIN_189}", id="255 characters"),
        pytest.param(f"{LOCAL_64}@{('é' * 40 + '.') * 4}org", id="255 or more as punycode"),
        pytest.param("name@😀.org", id="an emoji after the @"),
        pytest.param("name@x☃.org", id="a symbol after the @"),
        pytest.param("name@¿qué.org", id="punctuation after the @"),
        pytest.param("na\u2044me@example.org", id="a fraction slash"),
        pytest.param("\u200b" * 1994 + "a@b.org", id="2001 characters in all"),
        pytest.param("na\u200b me@example.org", id="a blank beside an invisible character"),
        pytest.param("name@½é.org", id="a fraction, which is two digits and a slash"),
        pytest.param("name@-é.org", id="a hyphen in front of an international label"),
        pytest.param("name@é-.org", id="a hyphen behind an international label"),
        pytest.param("name@é..org", id="an empty label beside an international one"),
        pytest.param("name@é", id="an international name without a dot"),
        pytest.param("name@é.o1", id="a digit in the top level of an international name"),
    ],
)
def test_email_format_finds_other_addresses_invalid(typed: str) -> None:
    """One message for every way to be wrong, the same as the rule's own."""
    with pytest.raises(InvalidValue) as refusal:
        Email.parse(typed)

    assert (refusal.value.rule, refusal.value.message) == ("email-format", EMAIL_FORMAT.tells)


def test_email_format_says_how_an_address_looks() -> None:
    """The message names an example."""
    assert EMAIL_FORMAT.tells == (
        "Enter an email address in the correct format, like name@example.com"
    )


def test_email_format_holds_trimmed_addresses_only() -> None:
    """Blanks are forgiven when parsing, not when holding."""
    with pytest.raises(InvalidValue):
        Email(" name@example.org")


def test_email_format_turns_down_a_huge_text_at_once() -> None:
    """Ten megabytes cost nothing: length is looked at before anything else."""
    with pytest.raises(InvalidValue):
        Email.parse(f"name@{'é' * 10_000_000}.org")


def test_two_spellings_of_one_mailbox_are_equal_and_shown_as_given() -> None:
    """Capitals matter to the reader, not to the post."""
    given_now, given_then = Email("Asha@EXAMPLE.org"), Email("asha@example.org")

    assert given_now == given_then
    assert hash(given_now) == hash(given_then)
    assert (str(given_now), str(given_then)) == ("Asha@EXAMPLE.org", "asha@example.org")


def test_the_address_that_was_given_is_shown() -> None:
    """Records brought in from elsewhere may lack one."""
    assert address_of(Email("Asha@EXAMPLE.org")) == "Asha@EXAMPLE.org"
    assert address_of(None) is None


def test_two_mailboxes_are_not_equal() -> None:
    """A dot more is another mailbox: providers differ in what they make of it."""
    assert Email("ashamarlowe@example.org") != Email("asha.marlowe@example.org")


@given(emails())
def test_an_address_that_was_parsed_parses_to_itself(email: Email) -> None:
    """Parsing is idempotent, and the key of an address is an address with that key."""
    assert Email.parse(str(email)).address == email.address
    assert Email.parse(email.key).key == email.key
