"""The check of every page finds what is wrong with a page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from integration.browser.checking.page_checks import check_page

BACK = '<a class="govuk-back-link" href="/before">Back</a>'
RIGHT = """<!DOCTYPE html><html lang="en"><head>
<title>Who? – Register early career teachers – Department for Education</title></head><body>
<header>@BACK</header>
<main><form method="post" novalidate><input type="hidden" name="csrf_token">
<div class="govuk-form-group"><h1><label for="name">Who?</label></h1><input id="name"></div>
</form></main>
<footer><a href="/help" style="display: block; margin: 30px; padding: 9px">Get help</a></footer>
</body></html>""".replace("@BACK", BACK)
SUMMARY = (
    '<main><div class="govuk-error-summary" tabindex="-1"><h2>There is a problem</h2>'
    '<a href="#name">Enter a name</a></div>'
)
AT_THE_FIELD = '<p class="govuk-error-message">Enter a name</p><input id="name">'
WRONG = {
    "lang": ('lang="en"', ""),
    "html-has-lang": ('lang="en"', ""),
    "h1:": ("<h1>", "<h2>"),
    "skip a level": ("</main>", "<h3>More</h3></main>"),
    "title:": ("Who? –", "Who –"),
    "not the h1": ('<h1><label for="name">Who?</label></h1>', "<h1>Who?</h1>"),
    "after main": (f"{BACK}</header>\n<main>", f"</header>\n<main>{BACK}"),
    "needs scripts": ('href="/before"', 'href="#"'),
    "used twice: name": ("</main>", '<p id="name"></p></main>'),
    "maxlength": ('<input id="name">', '<input id="name" maxlength="9">'),
    "required": ('<input id="name">', '<input id="name" required>'),
    '<form method="post">': (" novalidate", ""),
    "no token": ('name="csrf_token"', 'name="other"'),
    "never said: please": ("</main>", "<p>please</p></main>"),
    "help:": ("Get help", "Support"),
    "wide at 320": ("</main>", '<p style="width: 400px">Wide</p></main>'),
    "label": ('for="name"', 'for="nobody"'),
}


@pytest.fixture
def page(browser: Browser):
    """Empty."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_a_page_that_is_right_passes(page):
    """Nothing is found where nothing is wrong."""
    page.set_content(RIGHT)

    check_page(page)


@pytest.mark.parametrize("found", WRONG)
def test_a_mistake_is_found(page, found):
    """Each by itself."""
    page.set_content(RIGHT.replace(*WRONG[found]))

    with pytest.raises(AssertionError, match=found):
        check_page(page)


def test_an_error_must_lead_to_its_input(page):
    """With the same words there, at the top of the page, and in the title."""
    right = (
        RIGHT.replace("<main>", SUMMARY)
        .replace('<input id="name">', AT_THE_FIELD)
        .replace("<title>", "<title>Error: ")
    )
    for html, found in (
        (right, "no focus"),
        (right.replace("<title>Error: ", "<title>"), "title:"),
        (right.replace("#name", "#nobody"), "leads_to"),
        (right.replace('message">Enter', 'message">Give'), "at_the_field"),
        (right.replace("<main>", "<main><p>Hello</p>"), "not first"),
        (right.replace('<a href="#name">Enter a name</a>', ""), "not in the summary"),
    ):
        page.set_content(html)
        with pytest.raises(AssertionError, match=found):
            check_page(page)

    page.set_content(right)
    page.locator(".govuk-error-summary").focus()

    check_page(page)
