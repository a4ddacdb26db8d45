"""Finds rows that cannot be true whatever else the file says."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.world_file.file_format import EctRow, PeriodRow, WorldFile
from ect_registration.domain.email import Email
from ect_registration.domain.people.training import Programme
from ect_registration.domain.school import LONGEST_CODE, LONGEST_TITLE
from ect_registration.domain.values import InvalidValue
from ect_registration.domain.world import InvalidWorld, TrsPerson

STATES = ("active", "deactivated", "merged")


def impossible_rows(file: WorldFile) -> Iterator[InvalidWorld]:
    """Finds the impossible rows, part by part."""
    yield from _titles(file)
    yield from _bodies(file)
    for index, person in enumerate(file.trs_people):
        yield from _person(f"trs_people[{index}]", person)
    for name in ("ects", "mentors", "mentorships"):
        yield from _periods(name, getattr(file, name))
    for index, ect in enumerate(file.ects):
        yield from _programme(f"ects[{index}]", ect)
    yield from _users(file)


def _titles(file: WorldFile) -> Iterator[InvalidWorld]:
    """Finds names of schools and organisations that no store can hold."""
    for part in ("schools", "appropriate_bodies", "lead_providers", "delivery_partners"):
        for index, row in enumerate(getattr(file, part)):
            for key in ("name", "local_authority", "region", "phase"):
                yield from _too_long(f"{part}[{index}]", row, key, LONGEST_TITLE)
    for index, school in enumerate(file.schools):
        for key in ("la_code", "new_la_code", "ukprn"):
            yield from _too_long(f"schools[{index}]", school, key, LONGEST_CODE)


def _too_long(path: str, row: object, key: str, most: int) -> Iterator[InvalidWorld]:
    if len(getattr(row, key, None) or "") > most:
        yield InvalidWorld(f"{path}.{key}", f"Shorten this to {most} characters")


def _bodies(file: WorldFile) -> Iterator[InvalidWorld]:
    for index, body in enumerate(file.appropriate_bodies):
        if body.active_from and body.active_until and body.active_until < body.active_from:
            path = f"appropriate_bodies[{index}].active_until"
            yield InvalidWorld(path, "Give a day on or after active_from")


def _person(path: str, person: TrsPerson) -> Iterator[InvalidWorld]:
    if person.state not in STATES:
        yield InvalidWorld(f"{path}.state", f"Give one of: {', '.join(STATES)}")
    elif person.state == "merged" and person.merged_into is None:
        yield InvalidWorld(f"{path}.merged_into", "Give the TRN that this one was merged into")
    elif person.state != "merged" and person.merged_into is not None:
        yield InvalidWorld(f"{path}.merged_into", "Leave this out, or make state merged")


def _periods(name: str, rows: tuple[PeriodRow, ...]) -> Iterator[InvalidWorld]:
    for index, row in enumerate(rows):
        if row.finished_on is not None and row.finished_on < row.started_on:
            path = f"{name}[{index}].finished_on"
            yield InvalidWorld(path, "Give a day on or after started_on")


def _programme(path: str, ect: EctRow) -> Iterator[InvalidWorld]:
    provider_led = ect.programme is Programme.PROVIDER_LED
    if provider_led and ect.lead_provider is None:
        yield InvalidWorld(f"{path}.lead_provider", "Give the one that leads the training")
    if not provider_led and ect.lead_provider is not None:
        yield InvalidWorld(f"{path}.lead_provider", "Leave this out, or make it provider_led")


def _users(file: WorldFile) -> Iterator[InvalidWorld]:
    for index, user in enumerate(file.users):
        try:
            Email.parse(user.email)
        except InvalidValue as invalid:
            yield InvalidWorld(f"users[{index}].email", invalid.message)
