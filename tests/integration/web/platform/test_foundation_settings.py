"""Settings of the web service."""

from __future__ import annotations

import pytest

from entrypoints.settings.config import SettingsError
from entrypoints.web.platform.environment.settings import WebSettings, read_web_settings
from integration.web.foundation import KEY

RIGHT = {"ECT_SECRET_KEY": KEY, "ECT_BASE_URL": "https://ect.example/"}


def test_without_more_it_is_production():
    """Everything unsafe has to be asked for."""
    settings = read_web_settings(RIGHT)

    assert settings == WebSettings("production", "https://ect.example", KEY, govuk_brand=False)
    assert settings.secure
    assert KEY not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ECT_SECRET_KEY", ""),
        ("ECT_SECRET_KEY", "x" * 31),
        ("ECT_BASE_URL", ""),
        ("ECT_BASE_URL", "ect.example"),
        ("ECT_BASE_URL", "ftp://ect.example"),
        ("ECT_BASE_URL", "http://ect.example"),
        ("ECT_GOVUK_BRAND", "maybe"),
    ],
)
def test_what_is_unsafe_or_missing_is_named(name, value):
    """And its value is never repeated."""
    with pytest.raises(SettingsError) as caught:
        read_web_settings({**RIGHT, name: value})

    assert caught.value.name == name
    assert not value or value not in str(caught.value)


def test_on_this_machine_it_may_be_http():
    """For trying it out."""
    assert not read_web_settings({**RIGHT, "ECT_BASE_URL": "http://localhost:8000"}).secure


def test_on_govuk_the_brand_can_be_switched_on():
    """The name in titles changes with it."""
    assert read_web_settings({**RIGHT, "ECT_GOVUK_BRAND": "True"}).organisation == "GOV.UK"
