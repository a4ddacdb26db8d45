"""What holds for every page: the lines marked in the description of how pages behave."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, ViewportSize

ROOT = Path(__file__).parents[4]
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
SERVICE = "Register early career teachers"
NARROW = 320
OF_WIDTH = ["target-size", "scrollable-region-focusable"]

SCRIPT = re.compile(r"<script.*?</script>", re.DOTALL)
NEVER_SAID = re.compile(
    r"\b(invalid|please|sorry|cohorts?|FIP|CIP|DIY|portal|NINO|log ?in)\b", re.IGNORECASE
)

# Everything about the page that can be read in one go.
LOOK = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const text = (element) => element.innerText.trim().replace(/\\s+/g, " ");
  const main = document.querySelector("main");
  const summary = document.querySelector(".govuk-error-summary");
  const back = document.querySelector(".govuk-back-link");
  const ids = all("[id]").map((element) => element.id);
  const h1 = document.querySelector("h1");
  return {
    title: document.title,
    lang: document.documentElement.lang,
    // The error summary comes before everything, its heading too.
    headings: all("h1, h2, h3, h4, h5, h6")
      .filter((element) => !element.closest(".govuk-error-summary, .govuk-notification-banner"))
      .map((element) => Number(element.tagName[1])),
    h1: h1 ? text(h1) : null,
    asks: all("main form[method=post] .govuk-form-group").length,
    h1_asks: Boolean(h1?.closest("legend") || h1?.querySelector("label")),
    twice: ids.filter((id, index) => ids.indexOf(id) !== index),
    limits: all("[required], [maxlength], [autocomplete^=bday], main form:not([novalidate])")
      .map((element) => element.outerHTML),
    unprotected: all("form[method=post]").filter((form) => !form.elements.csrf_token)
      .map((form) => form.action),
    back_before_main: !back
      || Boolean(back.compareDocumentPosition(main) & Node.DOCUMENT_POSITION_FOLLOWING),
    back_leads: !back || !back.getAttribute("href").startsWith("#"),
    // Names for programs stand in <code>: they are the contract's, not the page's words.
    said: all("main code").reduce((said, code) => said.replace(text(code), ""), text(main)),
    help: all("footer a[href$='/help']").map(text),
    summary_first: !summary
      || main.querySelector("*:not(div)").closest(".govuk-error-summary") === summary,
    summary_focused: !summary || document.activeElement === summary,
    errors: summary ? [...summary.querySelectorAll("a")].map((link) => {
      const input = document.getElementById(link.hash.slice(1));
      const shown = input?.closest(".govuk-form-group")?.querySelector(".govuk-error-message");
      return {
        says: text(link),
        leads_to: input ? input.tagName : null,
        at_the_field: shown ? text(shown).replace(/^Error: /, "") : null,
      };
    }) : [],
    beside: all(".govuk-error-message").length,
  };
}"""


# Only what is wrong is told: the rest is much, and slow to read.
RUN = """async (runOnly) => {
  const found = await axe.run(document, {runOnly, resultTypes: ["violations"], preload: false});
  return found.violations.flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html}`));
}"""


def check_page(page: Page, *, scripts: bool = True) -> None:
    """Raises AssertionError with everything that is wrong with a page."""
    if wrong := what_is_wrong(page, scripts=scripts):
        raise AssertionError("\n".join([page.url, page.title(), *map(str, wrong)]))


def what_is_wrong(page: Page, *, scripts: bool = True) -> list[object]:
    """Everything, wide and narrow."""
    return [
        *at_a_glance(page, scripts=scripts),
        *(accessibility(page) if scripts else unscripted_accessibility(page)),
        *when_narrow(page, scripts=scripts),
    ]


def at_a_glance(page: Page, *, scripts: bool) -> list[object]:
    """What needs no patience."""
    seen = page.evaluate(LOOK)
    return [*_structure(seen), *_errors(seen, scripts=scripts)]


def unscripted_accessibility(page: Page) -> list[object]:
    """Of a page that runs no scripts, axe's neither: another that runs these alone shows it."""
    html, browser = SCRIPT.sub("", page.content()), page.context.browser
    assert browser is not None
    with browser.new_page(viewport=page.viewport_size) as mirror:
        mirror.route(
            page.url,
            lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"),
        )
        mirror.goto(page.url)
        return accessibility(mirror)


def _structure(seen: dict[str, Any]) -> Sequence[object]:
    headings = seen["headings"]
    error = "Error: " if seen["errors"] else ""
    jumps = [b for a, b in zip([0, *headings], headings, strict=False) if b > a + 1]
    return [
        *(["lang"] if seen["lang"] != "en" else []),
        *([f"h1: {headings}"] if headings.count(1) != 1 else []),
        *([f"headings skip a level: {headings}"] if jumps else []),
        *(
            [f"title: {seen['title']}"]
            if not seen["title"].startswith(f"{error}{seen['h1']} – {SERVICE} – ")
            else []
        ),
        *(["the one question is not the h1"] if seen["asks"] == 1 and not seen["h1_asks"] else []),
        *(["the back link comes after main"] if not seen["back_before_main"] else []),
        *(["the back link needs scripts"] if not seen["back_leads"] else []),
        *[f"id used twice: {id}" for id in seen["twice"]],
        *([f"help: {seen['help']}"] if seen["help"] != ["Get help"] else []),
        *seen["limits"],
        *[f"no token: {form}" for form in seen["unprotected"]],
        *[f"never said: {word}" for word in NEVER_SAID.findall(seen["said"])],
    ]


def _errors(seen: dict[str, Any], *, scripts: bool) -> Sequence[object]:
    return [
        *(["the error summary is not first"] if not seen["summary_first"] else []),
        *(["the summary has no focus"] if scripts and not seen["summary_focused"] else []),
        *(["an error is not in the summary"] if seen["beside"] and not seen["errors"] else []),
        *[
            error
            for error in seen["errors"]
            if error["leads_to"] not in {"INPUT", "SELECT"}
            or error["at_the_field"] not in {None, error["says"]}
        ],
    ]


def when_narrow(page: Page, *, scripts: bool) -> Sequence[object]:
    """At the narrowest width nobody has to scroll sideways, and axe finds no more than before."""
    with sized(page, {"width": NARROW, "height": 640}):
        width = page.evaluate("document.documentElement.scrollWidth")
        found = accessibility(page, OF_WIDTH) if scripts else []
    return [*found, *([f"{width} wide at {NARROW}"] if width > NARROW else [])]


@contextmanager
def sized(page: Page, size: ViewportSize) -> Iterator[None]:
    """A page has another size in the block, and the one before after it."""
    before = page.viewport_size
    page.set_viewport_size(size)
    yield
    if before is not None:
        page.set_viewport_size(before)


def accessibility(page: Page, only: Sequence[str] = ()) -> list[object]:
    """What axe finds against WCAG 2.2 AA, or by these rules of it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    run = {"type": "rule", "values": only} if only else {"type": "tag", "values": WCAG}
    violations: list[object] = page.evaluate(RUN, run)
    return violations
