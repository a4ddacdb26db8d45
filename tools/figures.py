"""Write the figures of policy into the documents that quote them.

A document marks a figure with its id in a comment behind it, as in
``24 hours<!-- journey-life -->``. Run ``.venv/bin/python tools/figures.py`` after a change in
``domain/policy.py``; a test says when a document is out of date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from ect_registration.domain.policy import FIGURES

ROOT = Path(__file__).resolve().parents[1]
IN_WORDS: Mapping[str, str] = {figure.id: str(figure) for figure in FIGURES}
QUOTED = re.compile(r"[0-9]+(?:%|(?: in [0-9]+)?(?: [a-z]+)*)(?=<!-- ([a-z-]+) -->)")


def documents() -> Iterator[Path]:
    """Yields every document that may quote a figure."""
    yield from ROOT.glob("*.md")
    yield from (ROOT / "docs").rglob("*.md")


def with_figures(text: str) -> str:
    """Returns the text with each marked figure as it is now. Raises KeyError for an unknown id."""
    return QUOTED.sub(lambda found: IN_WORDS[found[1]], text)


def main() -> None:
    """Rewrite the documents that are out of date, and name them."""
    for path in documents():
        text = path.read_text("utf-8")
        if with_figures(text) != text:
            path.write_text(with_figures(text), "utf-8")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
