"""Somebody who registers an ECT in a browser, page by page, each page checked on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from urllib.parse import urlsplit

import attrs

from integration.browser.visits import Visit, lead_on

STEP = re.compile(r"/(?:register|assign)-(?:ect|mentor)/[0-9a-f-]{36}/([a-z-]+)")


HUB = "Amber Moor Teaching School Hub"
LEAD_PROVIDER = "Teach First"
TODAY = date(2025, 9, 10)
PROVIDER_LED = ({"programme": "provider_led"}, {"lead_provider": LEAD_PROVIDER})
START_DATE = date(2025, 9, 27)
NUMBER_NEEDED = ("3000401", date(1998, 4, 3))  # TRS has another date of birth


Answer = Mapping[str, str]


def on(field: str, day: date) -> Answer:
    """A date in three boxes."""
    return {f"{field}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def searched(trn: str, born_on: date) -> Answer:
    """By date of birth."""
    return {"trn": trn, **on("date_of_birth", born_on)}


def details_of_work(address: str) -> Sequence[Answer]:
    """Those after the name."""
    return {"email": address}, on("start_date", START_DATE), {"working_pattern": "full_time"}


@attrs.define
class Registering:
    """One journey."""

    visit: Visit

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
        self.visit.look()

    def press(self, button: str = "Continue") -> None:
        """Press a button, and look at what comes."""
        self.visit.press(button)

    def follow(self, link: str, *, exact: bool = False) -> None:
        """Follow a link, and look at what comes."""
        main = self.visit.page.locator("main")
        lead_on(main.get_by_role("link", name=link, exact=exact).first)
        self.look()

    def follow_button(self, link: str) -> None:
        """Follow a link that looks like a button."""
        lead_on(self.visit.page.locator("main a.govuk-button", has_text=link))
        self.look()

    def back(self) -> None:
        """Follow the back link."""
        lead_on(self.visit.page.locator(".govuk-back-link"))
        self.look()

    def type(self, field: str, text: str) -> None:
        """Into the box with this name."""
        self.visit.page.locator(f"[name='{field}']").fill(text)

    def choose(self, field: str, value: str) -> None:
        """One of the radios."""
        self.visit.page.locator(f"input[name='{field}'][value='{value}']").check()

    def type_date(self, field: str, day: date) -> None:
        """Into three boxes."""
        for box, text in on(field, day).items():
            self.type(box, text)

    def start(self) -> None:
        """With the search."""
        self.skip({}, to="/school/register-ect")

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
        for day in (TODAY + timedelta(days=1), TODAY):
            self.visit.post("/demo/today", on("today", day))

    def skip(self, *answers: Answer, to: str | None = None) -> None:
        """Give these answers without a look at the questions, and look at the page that comes."""
        where = to or urlsplit(self.visit.page.url).path
        for answer in answers:
            where = self.visit.post(where, answer)
        self.visit.page.goto(self.visit.address + where)
        self.look()

    def found(self, user: str, trn: str, born_on: date) -> None:
        """Signed in, and the search done."""
        self.visit.sign_in(user)
        self.skip({}, searched(trn, born_on), to="/school/register-ect")

    def details(self, address: str = "new.teacher@example.org") -> None:
        """Everything about the ECT, in a hurry."""
        self.skip({"name_is_correct": "yes"})
        before = [{}] if self.step == "registered-before" else []
        self.skip(*before, *details_of_work(address))

    def details_of_work(self, address: str = "new.teacher@example.org") -> None:
        """Those after the name, page by page."""
        self.email(address)
        self.start_date(START_DATE)
        self.pick("working_pattern", "full_time")

    def choices(self, body: str = HUB) -> None:
        """Provider-led, chosen anew."""
        if self.step == "reuse-choices":
            self.pick("reuse_choices", "no")
        self.appropriate_body(body)
        self.pick("programme", "provider_led")
        self.pick("lead_provider", LEAD_PROVIDER)

    def chosen(self, body: str = HUB, *programme: Answer) -> None:
        """The same in a hurry, or with another programme."""
        anew = [{"reuse_choices": "no"}] if self.step == "reuse-choices" else []
        self.skip(*anew, {"appropriate_body": body}, *(programme or PROVIDER_LED))

    def registered(self) -> str:
        """What the confirmation says, also after a reload."""
        assert self.step == "check-answers"
        return self.confirmed("Save ECT details")

    def confirmed(self, button: str) -> str:
        """What the confirmation after this button says, also after a reload."""
        self.press(button)
        assert self.step == "done"
        said = self.says
        self.visit.page.reload()
        assert self.says == said
        return said
