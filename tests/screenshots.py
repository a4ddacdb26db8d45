"""`make screenshots`: a picture of every page, at a desk and on a small telephone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from entrypoints.demo import demo_world_text
from integration.browser.chromium import FLAGS, chromium
from integration.browser.conftest import NARROW, WIDE
from integration.browser.mentoring import COMPLETED, DEBORAH, JOSE_MARIA, ZOFIA, Mentoring
from integration.browser.registering import Registering
from integration.browser.visits import Visit

GALLERY = Path("screenshots")
SIZES = {"desk": WIDE, "telephone": NARROW}
ABOUT = ("/", "/privacy", "/cookies", "/accessibility", "/demo/sign-in", "/no-such-page")
SOMEBODY = ("3000102", date(2001, 2, 28))
SCHOOLS = ("hannah", "owen", "celia", "duncan")


def main() -> int:
    """Fill the gallery."""
    with _demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        for name, size in SIZES.items():
            _pages(browser, address, size, GALLERY / name)
        browser.close()
    print(f"{len(list(GALLERY.rglob('*.png')))} pictures in {GALLERY}")
    return 0


@contextmanager
def _demo() -> Iterator[str]:
    command = [sys.executable, "-m", "entrypoints.web", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        yield demo.stdout.readline().strip()
        demo.terminate()


def _pages(browser: Browser, address: str, size: dict[str, int], folder: Path) -> None:
    with Visit.begin(browser, address, size) as visit:
        for path in ABOUT:
            visit.page.goto(address + path)
            _picture(visit, folder, path.strip("/").replace("/", "-") or "start")
        _journey(visit, folder / "journey", "owen", reuse=False)
        _journey(visit, folder / "reuse", "hannah", reuse=True)
        _mentors(visit, folder / "mentors")
        _stops(visit, folder / "stops")
        for user in SCHOOLS:
            visit.sign_in(user)
            visit.go("/school/ects")
            _picture(visit, folder, f"ects-{user}")
        visit.sign_in("hannah")
        visit.page.locator("main a[href^='/school/ects/']").first.click()
        _picture(visit, folder, "ect")


def _journey(visit: Visit, folder: Path, user: str, *, reuse: bool) -> None:
    """Every step, each with an error on it first where one can be made."""
    folder.mkdir(parents=True, exist_ok=True)
    ect = Registering(visit, pictures=folder)
    ect.begin_afresh()
    visit.sign_in(user)
    ect.start()
    ect.press()  # nothing typed
    ect.find(*SOMEBODY)
    ect.press()
    ect.details()
    if reuse:
        ect.pick("reuse_choices", "yes")
    else:
        ect.press()
        ect.choices()
    ect.press("Register this ECT")


def _mentors(visit: Visit, folder: Path) -> None:
    """A new mentor, one from here, a change of mentor, and those who are refused."""
    folder.mkdir(parents=True, exist_ok=True)
    mentor = Mentoring(visit, pictures=folder)
    mentor.begin_afresh()
    mentor.search(ZOFIA, *COMPLETED)  # funded training is not open to them
    mentor.name()
    mentor.email("h.omondi@example.org")
    mentor.search(ZOFIA, *DEBORAH)
    mentor.search(ZOFIA, "3000501", date(2001, 7, 19))  # themself
    mentor.search(ZOFIA, *JOSE_MARIA)
    mentor.press()  # nothing answered
    mentor.name()
    mentor.email("jose@example.org")
    mentor.pick("only_here", "yes")
    mentor.start_date(date(2025, 9, 22))
    mentor.press("Name another lead provider")
    mentor.pick("lead_provider", "Ambition Institute")
    mentor.press("Register and assign this mentor")
    mentor.follow("See this ECT")
    mentor.follow("Change mentor")
    mentor.choose_by_name("Clementine Yeboah")
    mentor.press()
    mentor.follow("See this ECT")
    mentor.follow("Change mentor")


def _stops(visit: Visit, folder: Path) -> None:
    """What each teacher of the demo world stops at."""
    visit.sign_in("owen")
    for person in json.loads(demo_world_text())["trs_people"]:
        if person.get("date_of_birth") is None:
            continue
        ect = Registering(visit)
        visit.go("/school/register-ect")
        visit.page.get_by_role("button", name="Start now").click()
        ect.type("trn", person["trn"])
        ect.type_date("date_of_birth", date.fromisoformat(person["date_of_birth"]))
        visit.page.get_by_role("button", name="Continue").click()
        visit.page.wait_for_load_state()
        if ect.rule is not None and not (folder / f"{ect.rule}.png").exists():
            _picture(visit, folder, ect.rule)


def _picture(visit: Visit, folder: Path, name: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    visit.page.wait_for_load_state()
    visit.page.screenshot(path=folder / f"{name}.png", full_page=True)


if __name__ == "__main__":
    sys.exit(main())
