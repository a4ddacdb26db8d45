"""The query of a page that lists people: search words, status and page number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Self

import attrs
from flask import url_for

from ect_registration.domain.people.ect import EctId
from ect_registration.domain.search.ect_search import LONGEST_SEARCH, ShownStatus
from ect_registration.domain.text import is_control, without_invisible

STATUSES = frozenset(ShownStatus)


@attrs.frozen
class Asked:
    """The search words, the status if one is chosen, and the page number."""

    search: str = ""
    status: ShownStatus | None = None
    page: int = 1
    endpoint: str = "ects.ects"  # the view of the page that lists them

    @classmethod
    def read(cls, query: Mapping[str, str], endpoint: str = "ects.ects") -> Self:
        """Reads a query string, ignoring what is not understood."""
        typed = query.get("search", "")
        search = " ".join(_shown(typed).split())
        status, page = query.get("status", ""), query.get("page", "")
        return cls(
            search=search[:LONGEST_SEARCH],
            status=ShownStatus(status) if status in STATUSES else None,
            page=int(page) if re.fullmatch(r"[0-9]{1,9}", page) else 1,
            endpoint=endpoint,
        )

    @property
    def narrowed(self) -> bool:
        """Whether the list is narrowed by a search or a status."""
        return bool(self.search) or self.status is not None

    def with_status(self, status: ShownStatus | None) -> str:
        """Returns the address of this search with another status."""
        return attrs.evolve(self, status=status, page=1).address()

    def at_page(self, page: int) -> str:
        """Returns the address of another page of this list."""
        return attrs.evolve(self, page=page).address()

    def without_search(self) -> str:
        """Returns the address of this list without the search words."""
        return attrs.evolve(self, search="", page=1).address()

    def address(self, endpoint: str | None = None, **values: Any) -> str:
        """Returns the address of this list, or of another view with this query."""
        return url_for(
            endpoint or self.endpoint,
            search=self.search or None,
            status=self.status or None,
            page=self.page if self.page > 1 else None,
            **values,
        )

    def one(self, id: EctId) -> str:
        """Returns the address of one ECT, whose Back link leads to this list again."""
        return self.address("ects.ect", id=id)

    def download(self) -> str:
        """Returns the address of the CSV file with every page of this list."""
        return attrs.evolve(self, page=1).address("ects.download")


def _shown(typed: str) -> str:
    """Returns what was typed as the page may show it again."""
    return "".join(" " if is_control(c) else c for c in without_invisible(typed))
