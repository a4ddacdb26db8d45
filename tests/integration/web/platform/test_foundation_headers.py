"""What browsers are told about every answer."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from entrypoints.web.platform.headers import SCRIPTS_RUN
from integration.web.foundation import OVER_HTTP, OVER_HTTPS, an_app

ASKED = ("/", "/cookies", "/no/such/page", "/health/live", "/sign-out")


@pytest.mark.parametrize("path", ASKED)
def test_every_answer_is_guarded(path):
    """Pages, errors and checks alike."""
    headers = an_app().test_client().get(path).headers
    policy = headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert {"default-src 'none'", "form-action 'self'", "frame-ancestors 'none'"} <= set(
        policy.split("; ")
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "Permissions-Policy" in headers
    assert headers["X-Robots-Tag"] == "noindex"
    assert "Server" not in headers


def test_only_the_one_script_in_the_page_may_run():
    """The policy names it by what it says."""
    page = an_app().test_client().get("/").text
    scripts = re.findall(r"<script(?![^>]*src)[^>]*>(.*?)</script>", page)
    sums = [base64.b64encode(hashlib.sha256(script.encode()).digest()) for script in scripts]

    assert [f"'sha256-{text.decode()}'" for text in sums] == [SCRIPTS_RUN]


def test_over_https_browsers_never_come_back_over_http():
    """But on this machine they may."""
    secure, open_ = (an_app(s).test_client().get("/").headers for s in (OVER_HTTPS, OVER_HTTP))

    assert "max-age" in secure["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in open_


def test_a_request_keeps_the_id_that_it_came_with():
    """So that logs along the way can be put together."""
    answer = an_app().test_client().get("/", headers={"X-Request-ID": "trace-12345"})

    assert answer.headers["X-Request-ID"] == "trace-12345"


@pytest.mark.parametrize("given", ["", "short", "with blanks in it", "x" * 65, '"><script>'])
def test_an_id_that_is_none_is_replaced(given):
    """Rubbish from outside does not reach the logs."""
    answer = an_app().test_client().get("/", headers={"X-Request-ID": given})

    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-ID"])
