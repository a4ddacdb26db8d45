"""The query of a page that lists people: search words, status and page number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Generic, Self, TypeVar
from uuid import UUID

import attrs
from flask import url_for

from ect_registration.domain.search.ect_search import LONGEST_SEARCH, ShownStatus
from ect_registration.domain.search.mentor_search import MentorStatus
from ect_registration.domain.text import is_control, without_invisible

S = TypeVar("S", bound=StrEnum)


@attrs.frozen
class Asked(Generic[S]):
    """The search words, the status if one is chosen, and the page number."""

    endpoint: str  # the view of the page that lists them
    search: str = ""
    status: S | None = None
    page: int = 1

    @classmethod
    def read(cls, query: Mapping[str, str], statuses: type[S], endpoint: str) -> Self:
        """Reads a query string, ignoring what is not understood."""
        typed = query.get("search", "")
        search = " ".join(_shown(typed).split())
        status, page = query.get("status", ""), query.get("page", "")
        return cls(
            endpoint=endpoint,
            search=search[:LONGEST_SEARCH],
            status=statuses(status) if status in set(statuses) else None,
            page=int(page) if re.fullmatch(r"[0-9]{1,9}", page) else 1,
        )

    @property
    def narrowed(self) -> bool:
        """Says whether the list is narrowed by a search or a status."""
        return bool(self.search) or self.status is not None

    def with_status(self, status: S | None) -> str:
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

    def one(self, id: UUID) -> str:
        """Returns the address of one person, whose Back link leads to this list again."""
        blueprint = self.endpoint.partition(".")[0]
        return self.address(f"{blueprint}.{ONE[blueprint]}", id=id)

    def download(self) -> str:
        """Returns the address of the CSV file with every page of this list."""
        return attrs.evolve(self, page=1).address(f"{self.endpoint.partition('.')[0]}.download")


ONE = {"ects": "ect", "mentors": "mentor"}  # the views of one person


def asked_of_ects(query: Mapping[str, str], endpoint: str = "ects.ects") -> Asked[ShownStatus]:
    """Returns what the ECTs page, or another page that lists ECTs, was asked for."""
    return Asked.read(query, ShownStatus, endpoint)


def asked_of_mentors(query: Mapping[str, str]) -> Asked[MentorStatus]:
    """Returns what the mentors page was asked for."""
    return Asked.read(query, MentorStatus, "mentors.mentors")


def _shown(typed: str) -> str:
    """Returns what was typed as the page may show it again."""
    return "".join(" " if is_control(c) else c for c in without_invisible(typed))
