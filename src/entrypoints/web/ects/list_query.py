"""What a page that lists people is asked for in its address; the rest is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Self
from urllib.parse import urlencode

import attrs

from ect_registration.domain.people.ect import EctId
from ect_registration.domain.search.ect_search import LONGEST_SEARCH, ShownStatus
from ect_registration.domain.text import is_control, without_invisible

LIST, DOWNLOAD = "/school/ects", "/school/ects.csv"

STATUSES = frozenset(ShownStatus)


@attrs.frozen
class Asked:
    """Words to look for, a status if one is named, and which page."""

    search: str = ""
    status: ShownStatus | None = None
    page: int = 1
    path: str = LIST

    @classmethod
    def read(cls, query: Mapping[str, str], path: str = LIST) -> Self:
        """Every query means something."""
        typed = query.get("search", "")
        search = " ".join(_shown(typed).split())
        status, page = query.get("status", ""), query.get("page", "")
        return cls(
            search=search[:LONGEST_SEARCH],
            status=ShownStatus(status) if status in STATUSES else None,
            page=int(page) if re.fullmatch(r"[0-9]{1,9}", page) else 1,
            path=path,
        )

    @property
    def narrowed(self) -> bool:
        """Not everybody is asked for."""
        return bool(self.search) or self.status is not None

    def with_status(self, status: ShownStatus | None) -> str:
        """Where the same is with another status."""
        return attrs.evolve(self, status=status, page=1).address()

    def at_page(self, page: int) -> str:
        """Where another page of the same is."""
        return attrs.evolve(self, page=page).address()

    def without_search(self) -> str:
        """Where everybody with the status is."""
        return attrs.evolve(self, search="", page=1).address()

    def address(self, path: str | None = None) -> str:
        """Where this is, without what goes without saying."""
        query = {
            "search": self.search,
            "status": self.status or "",
            "page": str(self.page) if self.page > 1 else "",
        }
        said = urlencode({name: value for name, value in query.items() if value})
        path = path or self.path
        return f"{path}?{said}" if said else path

    def one(self, id: EctId) -> str:
        """Where one ECT is; the way back leads here again."""
        return self.address(f"{LIST}/{id}")

    def download(self) -> str:
        """Where all pages of it are in one file."""
        return attrs.evolve(self, page=1).address(DOWNLOAD)


def _shown(typed: str) -> str:
    """Returns what was typed as the page may show it again."""
    return "".join(" " if is_control(c) else c for c in without_invisible(typed))
