"""Reads the parameters of a request strictly, as they are declared."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import attrs
from werkzeug.datastructures import MultiDict

from ect_registration.domain.lead_providers.statuses import TrainingStatus
from ect_registration.domain.rules.outputs.lead_providers import cohort_of
from ect_registration.domain.values import InvalidValue, Urn
from ect_registration.ports.stored.lead_providers import Order
from ect_registration.use_cases.lead_providers.reading import LONGEST_PAGE, Page

LAST_PAGE = 10**15 - 1  # no list is as long as that
MOST_MEMBERS = 100  # of a list joined by commas


@attrs.define
class BadParameter(Exception):
    """A parameter that cannot be as it is; ``detail`` says what to do."""

    name: str
    detail: str


@attrs.frozen
class Filter:
    """One way to narrow a list: what it is called, and how it is read."""

    name: str
    read: Callable[[str], Any]  # raises ValueError
    says: str  # what to give
    schema: Mapping[str, object]
    into: str  # the attribute of what is wanted
    required: bool = False

    @property
    def parameter(self) -> str:
        """Returns the name in an address."""
        return f"filter[{self.name}]"


def _cohort(text: str) -> int:
    year = cohort_of(text)
    if year is None:
        raise ValueError
    return year.starts_in


def _cohorts(text: str) -> frozenset[int]:
    return frozenset(_cohort(member) for member in _members(text))


def _ids(text: str) -> frozenset[UUID]:
    return frozenset(_id(member) for member in _members(text))


def _members(text: str) -> list[str]:
    members = [member.strip() for member in text.split(",")]
    if len(members) > MOST_MEMBERS:
        raise ValueError
    return members


def _id(text: str) -> UUID:
    if not re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text):
        raise ValueError
    return UUID(text)


def _moment(text: str) -> datetime:
    """Reads a moment; in an address a plus sign that was not escaped arrives as a blank."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d(T[0-9:.,Z +-]+)?", text, re.ASCII):
        raise ValueError
    moment = datetime.fromisoformat(text.replace(" ", "+"))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _urn(text: str) -> str:
    try:
        return Urn.parse(text).digits
    except InvalidValue:
        raise ValueError from None


_TEXT = {"type": "string"}
_ID = {"type": "string", "format": "uuid"}
A_COHORT = "Give the year in which an academic year starts, like 2025"
COHORTS = Filter("cohort", _cohorts, f"{A_COHORT}, or several joined by commas", _TEXT, "cohorts")
COHORT = Filter("cohort", _cohort, A_COHORT, _TEXT, "cohort", required=True)
UPDATED_SINCE = Filter(
    "updated_since",
    _moment,
    "Give a moment in ISO 8601, like 2025-09-01T12:00:00Z",
    _TEXT,
    "updated_since",
)
TRAINING_STATUS = Filter(
    "training_status",
    TrainingStatus,
    f"Give one of: {', '.join(TrainingStatus)}",
    {"type": "string", "enum": [status.value for status in TrainingStatus]},
    "training_status",
)
FROM_PARTICIPANT = Filter(
    "from_participant_id",
    _id,
    "Give the id that a participant had before",
    _ID,
    "from_participant",
)
DELIVERY_PARTNERS = Filter(
    "delivery_partner_id",
    _ids,
    "Give the id of a delivery partner, or several joined by commas",
    _TEXT,
    "delivery_partners",
)
URN = Filter("urn", _urn, "Give the URN of a school, 5 to 7 digits", _TEXT, "urn")

Query = MultiDict[str, str]


def narrowing(query: Query, filters: tuple[Filter, ...]) -> dict[str, Any]:
    """Returns what a list is narrowed by; raises BadParameter at the first that is wrong."""
    found = {}
    for each in filters:
        given = _one(query, each.parameter)
        if given is None:
            if each.required:
                raise BadParameter(each.parameter, each.says)
            continue
        try:
            found[each.into] = each.read(given)
        except (ValueError, OverflowError):
            raise BadParameter(each.parameter, each.says) from None
    return found


def page_of(query: Query) -> Page:
    """Returns which page is asked for; a longer one than there may be is the longest."""
    number = _number(query, "page[page]", 1)
    return Page(number, _number(query, "page[per_page]", Page().size, LONGEST_PAGE))


def _number(query: Query, name: str, default: int, most: int = LAST_PAGE) -> int:
    """Returns the number that is given, however long it is, or the most that it may be."""
    given = _one(query, name)
    if given is None:
        return default
    digits = given.lstrip("0")
    if not re.fullmatch(r"[0-9]+", digits):
        raise BadParameter(name, "Give a number, 1 or more")
    return min(int(digits), most) if len(digits) <= len(str(most)) else most


def order_of(query: Query) -> Order:
    """Returns how the list is to be sorted."""
    given = _one(query, "sort")
    try:
        return Order.CREATED if given is None else Order(given)
    except ValueError:
        raise BadParameter("sort", f"Give one of: {', '.join(Order)}") from None


def _one(query: Query, name: str) -> str | None:
    given = query.getlist(name)
    if len(given) > 1:
        raise BadParameter(name, "Give this parameter once")
    return given[0] if given else None


def id_of(text: str) -> UUID | None:
    """Returns the id in an address; None for what cannot be one."""
    try:
        return _id(text)
    except ValueError:
        return None
