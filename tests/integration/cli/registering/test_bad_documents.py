"""JSON that is none, or not what was asked for: told as `invalid`, never as a stack trace."""

from __future__ import annotations

import json

import pytest

from integration.cli.terminal import ect, ect_process
from integration.cli.town import MAYA, a_partnership, a_registration

TAKES_A_DOCUMENT = {
    "register-ect": ("register-ect", "--from", "-"),
    "dry run": ("register-ect", "--dry-run", "--from", "-"),
    "check-ect": ("check-ect", "--from", "-"),
    "partnerships report": ("partnerships", "report", "--from", "-"),
}
WHOLE = json.dumps(a_registration())

NOT_JSON = {
    "nothing": b"",
    "blanks": b" \n\t ",
    "words": b"trn 1000001",
    "a part": WHOLE[:-1].encode(),
    "two": (WHOLE + WHOLE).encode(),
    "single quotes": b"{'trn': '1000001'}",
    "a comma too many": b'{"trn": "1000001",}',
    "a comment": b'{"trn": "1000001"} // Maya',
    "UTF-16": WHOLE.encode("utf-16"),
    "Latin-1": WHOLE.replace("example", "exämple").encode("latin-1")[:-1] + b"\xe4}",
    "a cut character": b'{"corrected_name": "Zo\xc3"}',
    "NUL": b"\0" + WHOLE.encode(),
    "NUL within": WHOLE.replace("maya", "ma\0ya").encode(),
    "NaN": b'{"trn": NaN}',
    "Infinity": b'{"trn": -Infinity}',
    "a huge number": b'{"trn": ' + b"9" * 5_000 + b"}",
    "deep nesting": b"[" * 100_000,
    "deep nesting, closed": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"trn":' * 50_000,
    "10 MB": b'{"corrected_name": "' + b"x" * 10_000_000 + b'"}',
    "10 MB of blanks": b" " * 10_000_000,
}
NOT_AN_OBJECT = {
    "null": b"null",
    "true": b"true",
    "a number": b"1e999",
    "a text": b'"1000001"',
    "a list": json.dumps([a_registration()]).encode(),
    "nested a little": b"[" * 200 + b"]" * 200,
}
NO_OBJECT = NOT_JSON | NOT_AN_OBJECT


@pytest.mark.parametrize("arguments", TAKES_A_DOCUMENT.values(), ids=TAKES_A_DOCUMENT)
@pytest.mark.parametrize("name", NO_OBJECT)
def test_what_is_no_object_is_told_at_its_root(settings, arguments, name):
    """Exit status 2, as JSON, with nothing on standard error."""
    ran = ect(*arguments, stdin=NO_OBJECT[name], **settings)

    assert (*ran.verdict, ran.json["field"], ran.err) == (2, "invalid", None, "$", "")


def test_a_mistake_is_told_with_its_line_and_column(settings):
    """So that somebody can find it."""
    ran = ect("register-ect", "--from", "-", stdin=b'{"trn":\n "1000001"; }', **settings)

    assert ran.json["message"] == "Give JSON: there is a mistake at line 2, column 11"


@pytest.mark.parametrize("value", [1, 1.5, -0.0, True, [], {}, ["2025-09-01"], 10**40])
@pytest.mark.parametrize(
    "key", [key for key in a_registration() if key != "reuse_previous_choices"]
)
def test_a_value_of_the_wrong_type_is_told_at_its_key(settings, key, value):
    """Nothing is converted by guess: 1000001 is not "1000001"."""
    ran = ect("register-ect", "--from", "-", stdin=a_registration() | {key: value}, **settings)

    assert (*ran.verdict, ran.json["field"]) == (2, "invalid", None, key)


@pytest.mark.parametrize("value", [0, 1, "true", "no", [], {}])
def test_reuse_is_a_yes_or_a_no(settings, value):
    """Null counts as no."""
    document = a_registration(reuse_previous_choices=value)
    ran = ect("register-ect", "--from", "-", stdin=document, **settings)
    null = a_registration(reuse_previous_choices=None)

    assert (*ran.verdict, ran.json["field"]) == (2, "invalid", None, "reuse_previous_choices")
    assert ect("register-ect", "--from", "-", stdin=null, **settings).status == 0


@pytest.mark.parametrize("given", ["appropriate_body", "programme", "lead_provider"])
def test_previous_choices_and_new_ones_exclude_each_other(settings, given):
    """Each of the three."""
    keys = {"appropriate_body", "programme", "lead_provider"} - {given}
    document = a_registration(reuse_previous_choices=True, **dict.fromkeys(keys))
    ran = ect("register-ect", "--from", "-", stdin=document, **settings)

    assert (ran.status, ran.json["outcome"], ran.json["field"]) == (
        2,
        "invalid",
        "reuse_previous_choices",
    )


@pytest.mark.parametrize("key", ["school", "trn", "date_of_birth", "email", "start_date"])
@pytest.mark.parametrize("value", [..., None])
def test_a_required_key_is_told_by_its_name(settings, key, value):
    """Left out, or null."""
    ran = ect("register-ect", "--from", "-", stdin=a_registration(**{key: value}), **settings)

    assert (*ran.verdict, ran.json["field"]) == (2, "invalid", None, key)


@pytest.mark.parametrize(
    "key", ["TRN", "trn ", "", "$", "dob", "__class__", "name\0", "\ud800", "k" * 1000, "ключ"]
)
def test_an_unknown_key_is_told_by_its_name(settings, key):
    """A slip must not pass for an answer left out."""
    for arguments, document in (
        (TAKES_A_DOCUMENT["register-ect"], a_registration()),
        (TAKES_A_DOCUMENT["partnerships report"], a_partnership()),
    ):
        ran = ect(*arguments, stdin=document | {key: "x"}, **settings)

        assert (*ran.verdict, ran.json["field"]) == (2, "invalid", None, key)


@pytest.mark.parametrize("arguments", TAKES_A_DOCUMENT.values(), ids=TAKES_A_DOCUMENT)
def test_a_key_given_twice_is_told(settings, arguments):
    """Nobody can know which of the two was meant, be they equal or not."""
    text = b'{"school": "100002", "school": "100001"}'
    ran = ect(*arguments, stdin=text, **settings)

    assert (*ran.verdict, ran.json["field"]) == (2, "invalid", None, "school")


def test_the_first_mistake_in_the_order_of_the_document_is_told(settings):
    """Not the first in ours."""
    document = {"email": "maya", "trn": "letters", **a_registration()}
    document |= {"email": "maya", "trn": "letters"}
    ran = ect("register-ect", "--from", "-", stdin=document, **settings)

    assert ran.json["field"] == "email"


def test_a_byte_order_mark_is_no_mistake(settings):
    """Some editors write one."""
    text = b"\xef\xbb\xbf" + WHOLE.encode()

    assert ect("register-ect", "--from", "-", stdin=text, **settings).status == 0


@pytest.mark.parametrize(
    ("key", "value", "rule"),
    [
        ("corrected_name", "Ma\ud800ya", "name-confirmed-or-corrected"),
        ("email", "ma\ud800ya@example.org", "email-format"),
        ("appropriate_body", "Alpha \udfff Hub", "appropriate-body-state-funded"),
        ("lead_provider", "Teach\ud83d First", "lead-provider-not-available"),
        ("working_pattern", "\udc00", "working-pattern"),
        ("school", "10000\u0662", "own-school-only"),
        ("trn", "\uff11000001", "two-facts"),
        ("start_date", "2025-09-0\u0661", "start-date-range"),
        ("start_date", "2025-09-01\0", "start-date-range"),
        ("start_date", "2025-09-01T00:00:00", "start-date-range"),
        ("start_date", "20250901", "start-date-range"),
        ("start_date", "01-09-2025", "start-date-range"),
        ("start_date", "2025-31-08", "start-date-range"),
        ("start_date", "45901", "start-date-range"),
        ("date_of_birth", "", "two-facts"),
        ("national_insurance_number", "", "two-facts"),
        ("national_insurance_number", "JKß46810B", "two-facts"),
        ("email", "maya@exam ple.org", "email-format"),
    ],
)
def test_strange_characters_and_dates_are_told_at_their_key(settings, key, value, rule):
    """Half characters, digits of other scripts, and days as Excel writes them."""
    ran = ect("register-ect", "--from", "-", stdin=a_registration(**{key: value}), **settings)

    assert (*ran.verdict, ran.json["field"]) == (2, "invalid", rule, key)


def test_the_installed_command_says_the_same(settings):
    """10 MB, and half a character that no terminal can show."""
    large = ect_process("register-ect", "--from", "-", stdin=NOT_JSON["10 MB"], **settings)
    half = a_registration() | {"\ud800": "x", "trn": MAYA}
    unshowable = ect_process("register-ect", "--from", "-", stdin=half, **settings)

    assert (*large.verdict, large.err) == (2, "invalid", None, "")
    assert (*unshowable.verdict, unshowable.json["field"]) == (2, "invalid", None, "\ud800")
