"""Somebody who registers an ECT in a browser, page by page, each page checked on the way."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import attrs

from integration.browser.visits import Visit

STEP = re.compile(r"/(?:register|assign)-(?:ect|mentor)/[0-9a-f-]{36}/([a-z-]+)")
AN_ID = re.compile(r"[0-9a-f-]{36}")


HUB = "Amber Moor Teaching School Hub"
LEAD_PROVIDER = "Teach First"
START_DATE = date(2025, 9, 27)

# What was checked already: looking at everything takes long, and pages come again and again.
CHECKED: set[tuple[object, ...]] = set()


@attrs.define
class Registering:
    """One journey. ``pictures``: a folder for a picture of every page, if wanted."""

    visit: Visit
    pictures: Path | None = None
    seen: int = 0

    @property
    def step(self) -> str:
        """Where the browser is."""
        found = STEP.search(self.visit.page.url)
        return found[1] if found else self.visit.page.url

    @property
    def says(self) -> str:
        """All the words of the page."""
        return " ".join(self.visit.page.locator("main").inner_text().split())

    @property
    def rule(self) -> str | None:
        """The rule that the page is about."""
        return self.visit.page.locator("main").get_attribute("data-rule")

    def look(self) -> None:
        """Whatever page this is, it behaves."""
        page = self.visit.page
        page.wait_for_load_state()
        looks = (self.visit.scripts, tuple((page.viewport_size or {}).items()), page.title())
        kind = (*looks, self.rule, page.locator(".govuk-error-message").count())
        if kind not in CHECKED:
            self.visit.check()
            CHECKED.add(kind)
        assert self.visit.complaints == []
        if self.pictures is not None:
            self.seen += 1
            name = f"{self.seen:02}-{self._page()}.png"
            page.screenshot(path=self.pictures / name, full_page=True)

    def _page(self) -> str:
        """A word for where the browser is, for a file."""
        parts = self.step.partition("?")[0].split("/")
        return next(part for part in reversed(parts) if not AN_ID.fullmatch(part))

    def press(self, button: str = "Continue") -> None:
        """Press a button, and look at what comes."""
        self.visit.page.get_by_role("button", name=button).click()
        self.look()

    def follow(self, link: str, *, exact: bool = False) -> None:
        """Follow a link, and look at what comes."""
        main = self.visit.page.locator("main")
        main.get_by_role("link", name=link, exact=exact).first.click()
        self.look()

    def follow_button(self, link: str) -> None:
        """Follow a link that looks like a button."""
        self.visit.page.locator("main a.govuk-button", has_text=link).click()
        self.look()

    def back(self) -> None:
        """Follow the back link."""
        self.visit.page.locator(".govuk-back-link").click()
        self.look()

    def type(self, field: str, text: str) -> None:
        """Into the box with this name."""
        self.visit.page.locator(f"[name='{field}']").fill(text)

    def choose(self, field: str, value: str) -> None:
        """One of the radios."""
        self.visit.page.locator(f"input[name='{field}'][value='{value}']").check()

    def type_date(self, field: str, day: date) -> None:
        """Into three boxes."""
        for part in ("day", "month", "year"):
            self.type(f"{field}-{part}", str(getattr(day, part)))

    def start(self) -> None:
        """From what you will need."""
        self.visit.go("/school/register-ect")
        self.look()
        self.press("Start now")

    def find(self, trn: str, born_on: date) -> None:
        """Search by date of birth."""
        self.type("trn", trn)
        self.type_date("date_of_birth", born_on)
        self.press()

    def prove(self, number: str) -> None:
        """Search by National Insurance number."""
        self.type("national_insurance_number", number)
        self.press()

    def name(self, corrected: str | None = None) -> None:
        """Confirm the name, or correct it."""
        self.choose("name_is_correct", "yes" if corrected is None else "no")
        if corrected is not None:
            self.type("corrected_name", corrected)
        self.press()

    def email(self, address: str) -> None:
        """Give the address."""
        self.type("email", address)
        self.press()

    def start_date(self, day: date) -> None:
        """Give the first day."""
        self.type_date("start_date", day)
        self.press()

    def pick(self, field: str, value: str) -> None:
        """Choose, and continue."""
        self.choose(field, value)
        self.press()

    def appropriate_body(self, name: str) -> None:
        """By search box, or from the list where no scripts run."""
        if self.visit.scripts:
            box = self.visit.page.locator("input#appropriate_body")
            box.fill(name)
            self.visit.page.get_by_role("option", name=name).first.click()
        else:
            self.visit.page.locator("select[name=appropriate_body]").select_option(name)
        self.press()

    def begin_afresh(self) -> None:
        """A day ahead, and back: the demo loads its world again."""
        for day in ("11", "10"):
            self.visit.go("/demo/today")
            for part, text in (("day", day), ("month", "9"), ("year", "2025")):
                self.type(f"today-{part}", text)
            self.visit.page.get_by_role("button", name="Change the date").click()
            self.visit.page.wait_for_load_state()

    def found(self, user: str, trn: str, born_on: date) -> None:
        """Signed in, and the search done."""
        self.visit.sign_in(user)
        self.start()
        self.find(trn, born_on)

    def details(self, address: str = "new.teacher@example.org") -> None:
        """Everything about the ECT."""
        self.name()
        if self.step == "registered-before":
            self.press()
        self.email(address)
        self.start_date(START_DATE)
        self.pick("working_pattern", "full_time")

    def choices(self, body: str = HUB) -> None:
        """Provider-led."""
        self.appropriate_body(body)
        self.pick("programme", "provider_led")
        self.pick("lead_provider", LEAD_PROVIDER)

    def registered(self) -> str:
        """What the confirmation says, also after a reload."""
        assert self.step == "check-answers"
        self.press("Register this ECT")
        assert self.step == "done"
        said = self.says
        self.visit.page.reload()
        assert self.says == said
        return said
