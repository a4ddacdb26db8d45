"""A visit that looks at everything finds what is wrong between pages."""

from __future__ import annotations

import pytest
from flask import Flask, render_template_string, request
from playwright.sync_api import Browser

from integration.browser.checking.looking import Look
from integration.browser.conftest import WIDE
from integration.browser.served import listening

PAGE = """<!DOCTYPE html><html lang="en"><head><link rel="icon" href="data:,">
<style>@media print { .govuk-back-link { display: none } }</style>
<title>{{ "Error: " if errors }}Who? – Register early career teachers – DfE</title></head><body>
{% if back %}<a href="{{ back }}" class="govuk-back-link">Back</a>{% endif %}
<main>
{% if errors %}<div class="govuk-error-summary" tabindex="-1"><h2>There is a problem</h2>
<a href="#name">Enter a name</a></div>
<script>document.querySelector(".govuk-error-summary").focus()</script>{% endif %}
<h1>Who?</h1>
{% if asks %}<form method="post" action="/question" novalidate>
<input type="hidden" name="csrf_token">
{% for field in ("name", "national_insurance_number") %}
<div class="govuk-form-group"><label for="{{ field }}">{{ field }}</label>
<input type="text" id="{{ field }}" name="{{ field }}" value="{{ shown[field] }}"></div>
{% endfor %}
<button type="submit" style="padding: 9px">Continue</button></form>{% endif %}
</main>
<footer><a href="/help" style="display: block; margin: 30px; padding: 9px">Get help</a></footer>
</body></html>"""
WRONG = {
    "name shows “”": "forgets",
    "national_insurance_number shows “?”": "tells",
    "status 200 with an error": "is content",
    "in a circle": "goes round",
}


def _service(mistake: str) -> Flask:
    """One question, and the page before it."""
    app = Flask(__name__)

    @app.route("/question", methods=["GET", "POST"])
    def question():
        posted = request.method == "POST"
        name = "" if mistake == "forgets" else request.form.get("name", "")
        number = request.form.get("national_insurance_number") if mistake == "tells" else ""
        shown = {"name": name, "national_insurance_number": number or ""}
        page = render_template_string(PAGE, back="/before", asks=True, shown=shown, errors=posted)
        return page, 422 if posted and mistake != "is content" else 200

    @app.get("/before")
    def before():
        return render_template_string(PAGE, back="/question" if mistake == "goes round" else "")

    return app


def _found(browser: Browser, mistake: str) -> str:
    with (
        listening(_service(mistake)) as address,
        Look.begin(browser, address, WIDE) as visit,
    ):
        visit.see("/question")
    return "\n".join(visit.wrong)


def test_pages_that_are_right_pass(browser: Browser) -> None:
    """What was typed is shown again, but for the secret."""
    assert _found(browser, "") == ""


@pytest.mark.parametrize(("found", "mistake"), WRONG.items())
def test_a_mistake_is_found(browser: Browser, found: str, mistake: str) -> None:
    """Each by itself."""
    assert found in _found(browser, mistake)
