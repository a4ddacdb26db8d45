"""Types and statuses of schools as GIAS names them, and what they are to us."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ect_registration.domain.school import School, SchoolStatus, SchoolType
from ect_registration.domain.text import folded

KEPT_SINCE = date(2020, 1, 1)  # schools that closed before are left out, unless we have them

_STATUSES = {
    "open": SchoolStatus.OPEN,
    "open but proposed to close": SchoolStatus.PROPOSED_TO_CLOSE,
    "proposed to open": SchoolStatus.PROPOSED_TO_OPEN,
    "closed": SchoolStatus.CLOSED,
}

_INDEPENDENT = ("Other independent school", "Other independent special school")
_ELSEWHERE = (
    "Offshore schools",
    "Service children's education",
    "Welsh establishment",
    "British schools overseas",
)
_NOT_ELIGIBLE = (
    *_ELSEWHERE,
    "Miscellaneous",
    "Higher education institutions",
    "Online provider",
    "Institution funded by other government department",
)
_STATE_FUNDED = (
    "Academy 16-19 converter",
    "Academy 16 to 19 sponsor led",
    "Academy alternative provision converter",
    "Academy alternative provision sponsor led",
    "Academy converter",
    "Academy secure 16 to 19",
    "Academy special converter",
    "Academy special sponsor led",
    "Academy sponsor led",
    "Children's centre",
    "Children's centre linked site",
    "City technology college",
    "Community school",
    "Community special school",
    "Foundation school",
    "Foundation special school",
    "Free schools",
    "Free schools 16 to 19",
    "Free schools alternative provision",
    "Free schools special",
    "Further education",
    "Local authority nursery school",
    "Non-maintained special school",
    "Pupil referral unit",
    "Secure units",
    "Sixth form centres",
    "Special post 16 institution",
    "Studio schools",
    "University technical college",
    "Voluntary aided school",
    "Voluntary controlled school",
)


def _key(name: str) -> str:
    """Returns what makes two spellings of a type one: case, hyphens and plurals do not count."""
    words = (word.rstrip("s") for word in folded(name).split() if word != "to")
    return " ".join(words)


_TYPES: Mapping[str, SchoolType] = {
    **{_key(name): SchoolType.STATE_FUNDED for name in _STATE_FUNDED},
    **{_key(name): SchoolType.INDEPENDENT for name in _INDEPENDENT},
    **{_key(name): SchoolType.NOT_ELIGIBLE for name in _NOT_ELIGIBLE},
}
_NOT_IN_ENGLAND = frozenset(map(_key, _ELSEWHERE))


def status_named(name: str) -> SchoolStatus | None:
    """Returns a status by GIAS's name of it; None for a name that we do not know."""
    return _STATUSES.get(folded(name))


def type_named(name: str) -> SchoolType | None:
    """Returns our type for a type of GIAS; None for one that the service does not know."""
    return _TYPES.get(_key(name))


def is_in_england(type_name: str) -> bool:
    """Says whether schools of a type are in England."""
    return _key(type_name) not in _NOT_IN_ENGLAND


def is_left_out(school: School) -> bool:
    """Says whether a school closed so long ago that it is not added."""
    return (
        school.status is SchoolStatus.CLOSED
        and school.closed_on is not None
        and school.closed_on < KEPT_SINCE
    )
