"""`make screenshots`: a picture of every page, at a desk and on a small telephone."""

from __future__ import annotations

import logging
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from entrypoints.web.platform.logs import log_as_json
from integration.browser.checking.looking import Look
from integration.browser.chromium import FLAGS, chromium
from integration.browser.conftest import WAYS
from integration.browser.served import served
from integration.browser.walking.walks import take_all

GALLERY = Path("screenshots")
SIZES = ("desk", "telephone")


def main() -> int:
    """Fill the gallery. The status says whether anything was wrong with a page."""
    log_as_json(logging.CRITICAL)
    shutil.rmtree(GALLERY, ignore_errors=True)
    wrong = [problem for size in SIZES for problem in _pictures(size)]
    print(f"{len(list(GALLERY.rglob('*.png')))} pictures in {GALLERY}")
    print(*wrong, sep="\n", file=sys.stderr)
    return 1 if wrong else 0


def _pictures(name: str) -> list[str]:
    """Of every page that the walks come to, each question with its errors too."""
    size, _ = WAYS[name]
    with served() as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        with Look.begin(browser, demo.address, size) as visit:
            visit.pictures = GALLERY / name
            take_all(visit, demo)
        browser.close()
    return visit.wrong


if __name__ == "__main__":
    sys.exit(main())
