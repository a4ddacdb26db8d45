"""The pages that belong to no journey."""

from __future__ import annotations

import pytest
from integration.browser.visits import Visit

PAGES = ("/", "/cookies", "/privacy", "/accessibility", "/signed-out", "/sign-in", "/demo/sign-in",
         "/demo/today")  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_page_behaves(visit: Visit, path: str) -> None:
    """Structure, titles, accessibility and width are right, and the browser does not complain."""
    visit.go(path)

    visit.check()
