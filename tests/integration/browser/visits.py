"""One person's visit in a browser, with cookies of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import attrs
from playwright.sync_api import Browser, ConsoleMessage, Page

from integration.browser.page_checks import check_page

# Chromium counts an answer like 422 or 404 as an error of the page, which it is not.
STATUS = "Failed to load resource: the server responded with a status of"


@attrs.define(slots=False)  # Playwright hangs its own on whoever listens
class Visit:
    """A page, and what went wrong behind it."""

    page: Page
    address: str
    scripts: bool
    complaints: list[str] = attrs.Factory(list)

    @classmethod
    @contextmanager
    def begin(
        cls, browser: Browser, address: str, size: dict[str, int], *, scripts: bool = True
    ) -> Iterator[Visit]:
        """Nobody is signed in yet."""
        context = browser.new_context(viewport=size, java_script_enabled=scripts)
        context.set_default_timeout(10_000)
        visit = cls(context.new_page(), address, scripts)
        visit.page.on("console", visit.hear)
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        yield visit
        context.close()

    def hear(self, message: ConsoleMessage) -> None:
        """The browser complains, of our content security policy too."""
        if message.type in {"error", "warning"} and not (
            message.text.startswith(STATUS) and message.location["url"] == self.page.url
        ):
            self.complaints.append(message.text)

    def go(self, path: str, status: int = 200) -> None:
        """Open an address of the service."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status == status

    def sign_in(self, user: str) -> None:
        """As one of the demo's people."""
        self.go("/demo/sign-in")
        self.page.locator(f"input[name=user][value={user}]").check()
        self.page.get_by_role("button", name="Sign in").click()

    def check(self) -> None:
        """Everything that holds for every page holds for this one."""
        self.page.wait_for_load_state()
        check_page(self.page, scripts=self.scripts)
        assert self.complaints == []
