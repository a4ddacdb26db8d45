"""Buttons that change something are sent once, however often they are pressed."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

TEMPLATES = Path(str(files("entrypoints.web").joinpath("templates")))
OF_COMPONENT = re.compile(r"govukButton\(\{.*?\}\)", re.DOTALL)
BY_HAND = re.compile(r'<button[^>]*class="govuk-button[^>]*>')
SEARCH = re.compile(r'<form method="get".*?</form>', re.DOTALL)  # changes nothing
ONCE = ("preventDoubleClick", "data-prevent-double-click", '"href"')


def _buttons():
    for template in sorted(TEMPLATES.rglob("*.html")):
        text = SEARCH.sub("", template.read_text(encoding="utf-8"))
        for button in [*OF_COMPONENT.findall(text), *BY_HAND.findall(text)]:
            yield f"{template.relative_to(TEMPLATES)}: {button}"


def test_a_button_that_sends_a_form_is_protected_from_a_double_click():
    """A link that looks like a button sends none."""
    buttons = list(_buttons())

    assert len(buttons) > 20
    assert [button for button in buttons if not any(each in button for each in ONCE)] == []
