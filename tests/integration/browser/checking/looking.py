"""A visit that looks at everything."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import attrs
from jinja2 import Template
from playwright.sync_api import Response

from integration.browser.checking.other_ways import by_keyboard_and_forced_colours, on_paper
from integration.browser.checking.page_checks import (
    accessibility,
    at_a_glance,
    unscripted_accessibility,
    when_narrow,
)
from integration.browser.visits import Visit, lead_on

BACK = re.compile(r'<a href="([^"]*)" class="govuk-back-link"')
WRONG_INPUT = (400, 422)  # 400: what was typed was right, but the page had been open for too long
SECRET = re.compile(r"date_of_birth|national_insurance_number")
QUESTION = "main form[method=post]:has(.govuk-form-group)"
BUTTON = f"{QUESTION} button[type=submit]"
BOX = f"{QUESTION} input[name]:is([type=text], [type=email]):visible"
ANSWERED = """() => [...document.querySelectorAll("main :is(input, select)")].some(
  ({type, checked, value}) => type === "radio" ? checked : type !== "hidden" && value)"""

# Two pages are alike if they are made of the same things, whatever these say. Words so long that
# they may not fit make a difference.
SHAPE = """() => {
  const main = document.querySelector("main");
  const made = [...main.querySelectorAll("*")].map(({tagName, type, className}) =>
    [tagName, type, className].join(" "));
  const parts = [...new Set(made)].sort();
  return [[main.dataset.rule, ...parts].join(), /\\S{25}/.test(main.innerText)];
}"""

# What scripts make otherwise. axe, a script, has seen everything else as it is without.
UNSCRIPTED = """() => [".app-session", "select[data-search]", ".govuk-radios__conditional"]
  .filter((selector) => document.querySelector(selector)).join()"""


@attrs.define(slots=False)
class Look(Visit):
    """Looks once at each kind of page, and leaves each question unanswered before it goes on.

    What is wrong is noted: a walk goes on after a mistake, to find them all. ``pictures``: a
    folder for a picture of every page. ``shown``: the templates, as the service renders them.
    """

    pictures: Path | None = None
    shown: list[str] = attrs.Factory(list)
    wrong: list[str] = attrs.Factory(list)
    asked: set[tuple[str, str]] = attrs.Factory(set)
    seen: set[object] = attrs.Factory(set)
    leads_out: set[str] = attrs.Factory(set)

    def answered(self, response: Response) -> None:
        """Remember what was asked for, too."""
        super().answered(response)
        self.asked.add((response.request.method, urlsplit(response.request.url).path))

    def rendered(self, _: object, template: Template, **__: object) -> None:
        """The service shows this now."""
        self.shown.append(template.name or "")

    def look(self) -> None:
        """Everything that holds for every page holds for this one."""
        self.page.wait_for_load_state()
        page = (self.place, self.status, self.shown[-1:])
        made, long_words = self.page.evaluate(SHAPE)
        is_new = self._is_new(*page, made)
        self._note(at_a_glance(self.page, scripts=self.scripts))
        if is_new or self._is_new(*page, long_words):
            self._note(when_narrow(self.page, scripts=self.scripts))
        if is_new:
            self._picture()
            if self.scripts:  # which change no address
                self._back_leads_out()
            self._note(self._accessibility())
            self._note(self._in_other_ways())
            self._answer_wrongly()
        self._note(self.complaints)
        self.complaints.clear()

    def _is_new(self, *kind: object) -> bool:
        known = repr(kind) in self.seen
        self.seen.add(repr(kind))
        return not known

    def _accessibility(self) -> list[object]:
        if self.scripts:
            return accessibility(self.page)
        otherwise = self.page.evaluate(UNSCRIPTED)
        return unscripted_accessibility(self.page) if self._is_new(otherwise) else []

    def _in_other_ways(self) -> list[object]:
        """What is wrong by keyboard, in forced colours and on paper; scripts change none of it."""
        if not self.scripts:
            return []
        return [*by_keyboard_and_forced_colours(self.page), *on_paper(self.page)]

    def _note(self, wrong: list[object] | list[str]) -> None:
        self.wrong += [f"{self.place} ({self.page.title()}): {what}" for what in wrong]

    def _picture(self) -> None:
        if self.pictures is None:
            return
        self.pictures.mkdir(parents=True, exist_ok=True)
        name = self.place.strip("/").replace("/", "-").replace("school-", "") or "start"
        number = len(list(self.pictures.glob("*.png"))) + 1
        self.page.screenshot(path=self.pictures / f"{number:03}-{name}.png", full_page=True)

    def _back_leads_out(self) -> None:
        """From back link to back link one leaves in the end, and comes nowhere twice."""
        been = {self.page.url} if self.method == "GET" else set()
        link = self.page.locator(".govuk-back-link")
        href = link.get_attribute("href") if link.count() else None
        while href is not None:
            answer = self.page.request.get(self.address + href)
            if answer.url in been:
                self._note([f"the back links lead in a circle, by {href}"])
                return
            if answer.url in self.leads_out:
                break
            been.add(answer.url)
            found = BACK.search(answer.text())
            href = found and found[1].replace("&amp;", "&")
        self.leads_out |= been

    def _answer_wrongly(self) -> None:
        """Not at all, then with rubbish: errors, whose links lead to what is to be answered."""
        if self.page.locator(".govuk-error-summary a").count():
            if self.status not in WRONG_INPUT:
                self._note([f"status {self.status} with an error"])
            self._follow_errors()
        elif self.page.locator(QUESTION).count() == 1 and not self.page.evaluate(ANSWERED):
            lead_on(self.page.locator(BUTTON).first)
            self.look()
            self._type_rubbish()

    def _type_rubbish(self) -> None:
        """It is shown again, so that it can be put right; the two secrets are not."""
        names = [box.get_attribute("name") or "" for box in self.page.locator(BOX).all()]
        if not names:
            return
        for name in names:
            self.page.locator(f"[name='{name}']").fill("?")
        lead_on(self.page.locator(BUTTON).first)
        self.look()
        for name in names:
            expected = "" if SECRET.match(name) else "?"
            found = self.page.locator(f"[name='{name}']").input_value()
            if found != expected:
                self._note([f"{name} shows “{found}” again, not “{expected}”"])

    def _follow_errors(self) -> None:
        for link in self.page.locator(".govuk-error-summary a").all():
            link.click()
            where = self.page.evaluate("document.activeElement.tagName")
            if where not in {"INPUT", "SELECT"}:
                self._note([f"“{link.inner_text()}” leads to {where}"])
