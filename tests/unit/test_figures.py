"""Documents and pages quote the figures of policy as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from figures import IN_WORDS, QUOTED, ROOT, documents, with_figures

TEMPLATES = Path(__file__).resolve().parents[2] / "src" / "entrypoints" / "web" / "templates"
DURATIONS = re.compile(r"\b(24|12|2) hours\b")


@pytest.mark.parametrize("path", list(documents()), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_document_quotes_figures_as_they_are(path):
    """Otherwise run ``.venv/bin/python tools/figures.py``."""
    text = path.read_text("utf-8")

    assert with_figures(text) == text


def test_documents_quote_the_figures_that_users_meet():
    """A quotation that lost its mark would no longer follow the figure."""
    quoted = {
        found[1] for path in documents() for found in QUOTED.finditer(path.read_text("utf-8"))
    }

    assert quoted <= set(IN_WORDS)
    assert {"journey-life", "session-idle", "sign-ins", "wrong-facts-on-one-person"} <= quoted


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_a_page_takes_its_figures_from_policy(path):
    """A number of hours that is written out would stay when the figure changes."""
    assert DURATIONS.search(path.read_text("utf-8")) is None
