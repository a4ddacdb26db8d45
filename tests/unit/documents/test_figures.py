"""Documents and pages quote the figures of policy as they are."""

from __future__ import annotations

import re

import pytest

from figures import IN_WORDS, QUOTED, ROOT, documents, with_figures

TEMPLATES = ROOT / "src" / "entrypoints" / "web" / "templates"
COMMANDS = ROOT / "src" / "entrypoints" / "cli"
AMOUNTS = re.compile(
    r"\b(?:[0-9]+ (?:months?|days|hours?|minutes?|years?|weeks?|KB)\b|[0-9]+%|up to [0-9]+\b)"
)
OF_NO_POLICY = {"5 minutes", "400%", "up to 400"}  # that registering takes; zoom of a browser


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
    "path",
    sorted([*TEMPLATES.rglob("*.html"), *COMMANDS.rglob("*.py")]),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_a_page_and_the_help_of_a_command_take_their_figures_from_policy(path):
    """An amount that is written out would stay when the figure or the constant changes."""
    written = {found[0] for found in AMOUNTS.finditer(path.read_text("utf-8"))}

    assert written <= OF_NO_POLICY
