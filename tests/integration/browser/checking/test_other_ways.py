"""The checks by keyboard, in forced colours and on paper find what is wrong with a page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from integration.browser.checking.other_ways import by_keyboard_and_forced_colours, on_paper

RIGHT = """<!DOCTYPE html><html lang="en"><head><title>Who?</title><style>
a:focus, input:focus, button:focus { outline: 3px solid transparent }
@media print { .govuk-button, .govuk-back-link { display: none } }
</style></head><body><a class="govuk-back-link" href="/before">Back</a><main><h1>Who?</h1>
<label>Name <input name="name"></label>
<input type="radio" name="yes" id="one"><label for="one">One</label>
<input type="radio" name="yes" id="two"><label for="two">Two</label>
<p hidden><a href="/hidden">Hidden</a></p><a href="/help">Get help</a>
<button class="govuk-button">Continue</button></main></body></html>"""
ROUND = "<style>label::before { content: ''; border: 2px solid; outline: 1px solid }</style>"
BY_KEYBOARD = {
    "in order: <input name": ('<input name="name">', '<input name="name" tabindex="-1">'),
    "in order: <a href": ('<a href="/help">', '<a href="/help" tabindex="1">'),
    "the focus: <a href": ("<main>", "<main><style>a[href='/help']{outline:0!important}</style>"),
    "forced colours: <button": ("<button", '<button style="border: 0"'),
}
ON_PAPER = {
    "wide on paper": ("<h1>", '<p style="width: 800px">Wide</p><h1>'),
    "no heading": ("<h1>", "<h1 hidden>"),
    "printed: <button": ("print", "screen and (width: 1px)"),
    "printed: http": ("<main>", "<main><style>a::after { content: '(' attr(href) ')' }</style>"),
}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Where addresses lead somewhere."""
    context = browser.new_context(base_url="http://127.0.0.1")
    page = context.new_page()
    page.route("**", lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto("http://127.0.0.1/")
    yield page
    context.close()


def test_a_page_that_is_right_passes(page: Page) -> None:
    """What is hidden need not be reached, and of some radio buttons one."""
    page.set_content(RIGHT.replace("<main>", f"<main>{ROUND}"))

    assert [*by_keyboard_and_forced_colours(page), *on_paper(page)] == []


@pytest.mark.parametrize("found", BY_KEYBOARD)
def test_a_mistake_by_keyboard_is_found(page: Page, found: str) -> None:
    """Each by itself."""
    page.set_content(RIGHT.replace("<main>", f"<main>{ROUND}").replace(*BY_KEYBOARD[found]))

    assert found in "\n".join(map(str, by_keyboard_and_forced_colours(page)))


@pytest.mark.parametrize("found", ON_PAPER)
def test_a_mistake_on_paper_is_found(page: Page, found: str) -> None:
    """Each by itself."""
    page.set_content(RIGHT.replace(*ON_PAPER[found]))

    assert found in "\n".join(map(str, on_paper(page)))
