"""A demo to visit, and browsers to visit it with."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from integration.browser.chromium import FLAGS, chromium
from integration.browser.registering import Registering
from integration.browser.visits import Visit

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
WAYS = {"desk": (WIDE, True), "telephone": (NARROW, True), "no-scripts": (WIDE, False)}


@pytest.fixture(scope="session")
def demo_address() -> Iterator[str]:
    """A demo on a free port, of this worker alone."""
    command = [sys.executable, "-m", "entrypoints.web", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as demo:
        assert demo.stdout is not None
        yield demo.stdout.readline().strip()
        demo.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, demo_address: str) -> Iterator[Visit]:
    """Somebody at a desk."""
    with Visit.begin(browser, demo_address, WIDE) as visit:
        yield visit


@pytest.fixture
def visit_by_phone(browser: Browser, demo_address: str) -> Iterator[Visit]:
    """Somebody with a small telephone."""
    with Visit.begin(browser, demo_address, NARROW) as visit:
        yield visit


@pytest.fixture
def visit_without_scripts(browser: Browser, demo_address: str) -> Iterator[Visit]:
    """Somebody whose browser runs no scripts."""
    with Visit.begin(browser, demo_address, WIDE, scripts=False) as visit:
        yield visit


@pytest.fixture(params=["desk", "no-scripts"])
def ect(
    request: pytest.FixtureRequest, browser: Browser, demo_address: str
) -> Iterator[Registering]:
    """Somebody about to register an ECT, with and without scripts; the demo has begun afresh."""
    size, scripts = WAYS[request.param]
    with Visit.begin(browser, demo_address, size, scripts=scripts) as visit:
        registering = Registering(visit)
        registering.begin_afresh()
        yield registering


@pytest.fixture
def at_desk(visit: Visit) -> Registering:
    """The same at a desk, where one way to visit is enough."""
    registering = Registering(visit)
    registering.begin_afresh()
    return registering
