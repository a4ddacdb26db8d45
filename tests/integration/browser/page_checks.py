"""What holds for every page: the lines marked in the description of how pages behave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

ROOT = Path(__file__).parents[3]
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
SERVICE = "Register early career teachers"
NARROW = 320

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
      .filter((element) => !element.closest(".govuk-error-summary"))
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
    said: text(main),
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


def check_page(page: Page, *, scripts: bool = True) -> None:
    """Everything that can be wrong with a page at once; raises AssertionError with all of it."""
    seen = page.evaluate(LOOK)
    wrong = [*_structure(seen), *_errors(seen, scripts=scripts), *_sideways(page)]
    if scripts:
        wrong += accessibility(page)
    if wrong:
        raise AssertionError("\n".join([page.url, seen["title"], *map(str, wrong)]))


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


def _sideways(page: Page) -> Sequence[object]:
    """At the narrowest width nobody has to scroll sideways."""
    before = page.viewport_size
    page.set_viewport_size({"width": NARROW, "height": 640})
    width = page.evaluate("document.documentElement.scrollWidth")
    if before is not None:
        page.set_viewport_size(before)
    return [f"{width} wide at {NARROW}"] if width > NARROW else []


def accessibility(page: Page) -> list[object]:
    """What axe finds against WCAG 2.2 AA."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(
        "(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}})", WCAG
    )
    return [
        (violation["id"], node["html"])
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
