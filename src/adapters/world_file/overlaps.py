"""Finds periods that cannot be true side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from adapters.world_file.file_format import MentorshipRow, PeriodRow, WorldFile
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.values import Trn, Urn
from ect_registration.domain.world import InvalidWorld


def overlaps(file: WorldFile) -> Iterator[InvalidWorld]:
    """Finds overlapping periods, mentorships outside their periods, and shared mailboxes."""
    yield from _overlapping(file, "ects", ("trn",))
    yield from _overlapping(file, "mentors", ("school", "trn"))
    yield from _overlapping(file, "mentorships", ("ect_trn",))
    yield from _misplaced_mentorships(file)
    yield from _shared_emails(file)


def _overlapping(file: WorldFile, part: str, keys: tuple[str, ...]) -> Iterator[InvalidWorld]:
    """Finds overlaps among the rows with equal keys, in the order in which they begin."""
    rows: tuple[PeriodRow, ...] = getattr(file, part)
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        groups[tuple(getattr(row, key) for key in keys)].append(index)
    for group in groups.values():
        group.sort(key=lambda index: rows[index].started_on)
        for one, other in pairwise(group):
            if rows[one].period.overlaps(rows[other].period):
                first, second = sorted((one, other))
                problem = f"Change the days: it overlaps {part}[{first}] of the same person"
                yield InvalidWorld(f"{part}[{second}]", problem)


Periods = dict[tuple[Urn, Trn], list[Period]]


def _misplaced_mentorships(file: WorldFile) -> Iterator[InvalidWorld]:
    ects: Periods = defaultdict(list)
    mentors: Periods = defaultdict(list)
    for ect in file.ects:
        ects[ect.school, ect.trn].append(ect.period)
    for mentor in file.mentors:
        mentors[mentor.school, mentor.trn].append(mentor.period)
    for index, row in enumerate(file.mentorships):
        path = f"mentorships[{index}]"
        if row.ect_trn == row.mentor_trn:
            own = "Give another TRN: an ECT cannot be their own mentor"
            yield InvalidWorld(f"{path}.mentor_trn", own)
        if not _within(row, ects[row.school, row.ect_trn]):
            yield _outside(f"{path}.ect_trn", "ects")
        if not _within(row, mentors[row.school, row.mentor_trn]):
            yield _outside(f"{path}.mentor_trn", "mentors")


def _within(mentorship: MentorshipRow, periods: list[Period]) -> bool:
    return any(period.contains(mentorship.period) for period in periods)


def _outside(path: str, part: str) -> InvalidWorld:
    return InvalidWorld(
        path, f"Change the days: no period under {part} at this school contains them all"
    )


def _shared_emails(file: WorldFile) -> Iterator[InvalidWorld]:
    """Finds an email address shared by two people whose periods both have no last day.

    Any other pair depends on what day it is.
    """
    holders: dict[Email, tuple[Trn, str]] = {}
    for part in ("ects", "mentors"):
        for index, row in enumerate(getattr(file, part)):
            if row.finished_on is not None or row.email is None:
                continue
            here = f"{part}[{index}]"
            holder, first = holders.setdefault(row.email, (row.trn, here))
            if holder != row.trn:
                yield InvalidWorld(f"{here}.email", f"Give another address: {first} has this one")
