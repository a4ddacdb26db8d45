"""One person's visit in a browser, with cookies of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Self
from urllib.parse import urlsplit

import attrs
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response

from integration.browser.checking.page_checks import at_a_glance, check_page

# Chromium counts an answer like 422 or 404 as an error of the page, which it is not.
STATUS = "Failed to load resource: the server responded with a status of"
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|gAAAAA[\w-]+")  # of a record, and sealed answers
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


def lead_on(link: Locator) -> None:
    """Click on a link or button, and wait for where it leads: a click alone does not."""
    with link.page.expect_navigation():
        link.click()


@attrs.define(slots=False)  # Playwright hangs its own on whoever listens
class Visit:
    """A page, and what went wrong behind it."""

    page: Page
    address: str
    scripts: bool
    method: str = ""
    status: int = 0
    complaints: list[str] = attrs.Factory(list)

    @classmethod
    @contextmanager
    def begin(
        cls, browser: Browser, address: str, size: dict[str, int], *, scripts: bool = True
    ) -> Iterator[Self]:
        """Nobody is signed in yet."""
        context = browser.new_context(viewport=size, java_script_enabled=scripts)
        context.set_default_timeout(30_000)
        visit = cls(context.new_page(), address, scripts)
        visit.page.on("console", visit.hear)
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        visit.page.on("response", visit.answered)
        yield visit
        context.close()

    def hear(self, message: ConsoleMessage) -> None:
        """The browser complains, of our content security policy too."""
        if message.type in {"error", "warning"} and not (
            message.text.startswith(STATUS) and message.location["url"] == self.page.url
        ):
            self.complaints.append(message.text)

    def answered(self, response: Response) -> None:
        """Remember how the latest page was asked for and answered."""
        request = response.request
        if request.is_navigation_request():
            self.method, self.status = request.method, response.status

    @property
    def place(self) -> str:
        """Where this is, whoever it is about."""
        return ID.sub("id", urlsplit(self.page.url).path)

    def go(self, path: str, status: int = 200) -> None:
        """Open an address of the service."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status == status

    def post(self, path: str, form: Mapping[str, str]) -> str:
        """Send the form that is there without a look at it, and be told where that leads."""
        request = self.page.context.request
        token = TOKEN.search(request.get(self.address + path).text())
        assert token is not None
        sent = {"csrf_token": token[1], **form}
        answer = request.post(self.address + path, form=sent, max_redirects=0)
        assert answer.status == 303
        return answer.headers["location"]

    def sign_in(self, user: str) -> None:
        """As one of the demo's people, whatever the page is."""
        self.post("/demo/sign-in", {"user": user})

    def press(self, button: str = "Continue") -> None:
        """Press a button, and look at what comes."""
        lead_on(self.page.get_by_role("button", name=button))
        self.look()

    def sign_out(self) -> None:
        """By the navigation, which a narrow page folds up where scripts run."""
        menu = self.page.get_by_role("button", name="Menu")
        if menu.count():
            menu.click()
        self.press("Sign out")

    def see(self, path: str, status: int = 200) -> None:
        """Open an address, and look."""
        self.go(path, status)
        self.look()

    def look(self) -> None:
        """What can be seen at once is right, and there was no trouble on the way."""
        self.page.wait_for_load_state()
        assert at_a_glance(self.page, scripts=self.scripts) == []
        assert self.complaints == []

    def check(self) -> None:
        """Everything that holds for every page holds for this one."""
        self.page.wait_for_load_state()
        check_page(self.page, scripts=self.scripts)
        assert self.complaints == []
