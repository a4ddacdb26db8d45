"""Where a client may go, with what key, and how long it may take."""

from __future__ import annotations

import pytest

from adapters.trs.addresses import Origin, UnusableSetting
from adapters.trs.client import HttpTeacherRecords
from integration.trs.support import KEY, TODAY, TRN, Script, records_over, reply


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://trs.example", "https://trs.example"),
        ("https://trs.example/", "https://trs.example"),
        ("HTTPS://TRS.example:8443", "https://trs.example:8443"),
        ("https://192.0.2.7", "https://192.0.2.7"),
        ("http://localhost:9000", "http://localhost:9000"),
        ("http://127.0.0.1:9000/", "http://127.0.0.1:9000"),
        ("http://127.8.9.1", "http://127.8.9.1"),
        ("http://[::1]:9000", "http://[::1]:9000"),
    ],
)
def test_https_or_this_very_machine(address, origin):
    """Host and port, nothing more."""
    assert Origin.parse(address).address == origin


@pytest.mark.parametrize(
    "address",
    [
        "",
        "trs.example",
        "//trs.example",
        "https://",
        "https:///v3",
        "ftp://trs.example",
        "http://trs.example",
        "http://192.0.2.7",
        "http://0.0.0.0",
        "http://127.1",
        "http://localhost.example",
        "http://127.0.0.1@evil.example",
        "https://user:password@trs.example",
        "https://@trs.example",
        "https://trs.example/v3",
        "https://trs.example?x=1",
        "https://trs.example/?",
        "https://trs.example#here",
        "https://trs.example:port",
        "https://trs.example:99999",
        "https://trs example",
        "https://trs.example\n",
        "https://trs.example\\@evil.example",
        "https://trs..example",
        "https://trs_.example",
        f"https://{'a' * 64}.example",
        "https://trs.ëxample",
        "https://[::1",
    ],
)
def test_no_other_address_is_used(address):
    """Nothing is sent to one that is not safe, or not clear."""
    with pytest.raises(UnusableSetting, match="address "):
        Origin.parse(address)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("api_key", ""),
        ("api_key", "two words"),
        ("api_key", "key\r\nX-Other: header"),
        ("api_key", "schlüssel"),
        ("api_version", ""),
        ("api_version", "Next"),
        ("api_version", "2026-01-20"),
        ("api_version", "20260120,20260120"),
        ("deadline", 0),
        ("deadline", -1),
        ("deadline", 61),
        ("deadline", float("nan")),
    ],
)
def test_a_setting_that_cannot_work_is_named(setting, value):
    """Before anything is sent, and without repeating a key."""
    settings = {"address": "https://trs.example", "api_key": KEY} | {setting: value}
    with pytest.raises(UnusableSetting) as refused:
        HttpTeacherRecords(**settings, today=lambda: TODAY, transport=Script([]))
    shown = f"{refused.value} {refused.value!r}"

    assert (refused.value.setting, setting == "api_key" and bool(value) and value in shown) == (
        setting,
        False,
    )


def test_a_client_shows_where_it_goes_and_no_key():
    """In its repr."""
    assert repr(records_over(Script([]))) == "HttpTeacherRecords('https://trs.example')"


def test_every_request_goes_to_the_configured_place():
    """With the port."""
    script = Script([reply(410)])
    records_over(script, address="https://trs.example:8443/").by_trn(TRN)
    url = script.requests[0].url

    assert (url.scheme, url.host, url.port) == ("https", "trs.example", 8443)
