"""Finds names and numbers that the file uses but does not define: a file is complete."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from adapters.world_file.duplicates import identity
from adapters.world_file.file_format import WorldFile
from ect_registration.domain.people.teacher import LONGEST_TRS_NAME
from ect_registration.domain.text import name_key
from ect_registration.domain.values import Trn
from ect_registration.domain.world import InvalidWorld


def dangling_references(file: WorldFile) -> Iterator[InvalidWorld]:
    """Finds the references that lead nowhere, part by part."""
    yield from _cooperations(file)
    yield from _partnerships(file)
    yield from _merges(file)
    yield from _people_at_schools(file)
    yield from _names_of_people_at_schools(file)
    yield from _unknown(file, "users", "school", _urns(file), "schools")


def _urns(file: WorldFile) -> Collection[object]:
    return {school.urn for school in file.schools}


def _names(file: WorldFile, part: str) -> Collection[object]:
    return {name_key(row.name) for row in getattr(file, part)}


def _unknown(
    file: WorldFile, part: str, key: str, known: Collection[object], defined_in: str
) -> Iterator[InvalidWorld]:
    """Finds values of the key that the file does not define; an absent value refers to nothing."""
    for index, row in enumerate(getattr(file, part)):
        value = identity(row, key)
        if value is not None and value not in known:
            yield _not_defined(f"{part}[{index}].{key}", defined_in)


def _not_defined(path: str, defined_in: str) -> InvalidWorld:
    return InvalidWorld(path, f"Add this to {defined_in}, or correct it: it is not there")


def _cooperations(file: WorldFile) -> Iterator[InvalidWorld]:
    providers = _names(file, "lead_providers")
    for index, partner in enumerate(file.delivery_partners):
        for place, cooperation in enumerate(partner.works_with):
            if name_key(cooperation.lead_provider) not in providers:
                path = f"delivery_partners[{index}].works_with[{place}].lead_provider"
                yield _not_defined(path, "lead_providers")


def _partnerships(file: WorldFile) -> Iterator[InvalidWorld]:
    part = "partnerships"
    yield from _unknown(file, part, "school", _urns(file), "schools")
    for key in ("lead_provider", "delivery_partner"):
        yield from _unknown(file, part, key, _names(file, f"{key}s"), f"{key}s")
    cooperations = {
        (name_key(cooperation.lead_provider), name_key(partner.name), year)
        for partner in file.delivery_partners
        for cooperation in partner.works_with
        for year in cooperation.years
    }
    for index, row in enumerate(file.partnerships):
        pair = (name_key(row.lead_provider), name_key(row.delivery_partner))
        if (*pair, row.year) not in cooperations:
            problem = (
                "Add the year to works_with of the delivery partner, or correct the two names"
            )
            yield InvalidWorld(f"{part}[{index}]", problem)


def _merges(file: WorldFile) -> Iterator[InvalidWorld]:
    into = {person.trn: person.merged_into for person in file.trs_people}
    yield from _unknown(file, "trs_people", "merged_into", into, "trs_people")
    for index, person in enumerate(file.trs_people):
        if _leads_back(person.trn, into):
            problem = "Correct this: following merges from here never ends at an unmerged TRN"
            yield InvalidWorld(f"trs_people[{index}].merged_into", problem)


def _leads_back(trn: Trn, into: dict[Trn, Trn | None]) -> bool:
    passed = {trn}
    following = into[trn]
    while following is not None and following not in passed:
        passed.add(following)
        following = into.get(following)
    return following is not None


def _people_at_schools(file: WorldFile) -> Iterator[InvalidWorld]:
    urns, people = _urns(file), {person.trn for person in file.trs_people}
    for part, trns in (
        ("ects", ("trn",)),
        ("mentors", ("trn",)),
        ("mentorships", ("ect_trn", "mentor_trn")),
    ):
        yield from _unknown(file, part, "school", urns, "schools")
        for key in trns:
            yield from _unknown(file, part, key, people, "trs_people")
    bodies, providers = _names(file, "appropriate_bodies"), _names(file, "lead_providers")
    yield from _unknown(file, "ects", "appropriate_body", bodies, "appropriate_bodies")
    yield from _unknown(file, "ects", "lead_provider", providers, "lead_providers")


def _names_of_people_at_schools(file: WorldFile) -> Iterator[InvalidWorld]:
    """Finds people at schools without a name; TRS allows that, but a school must see one."""
    names = {person.trn: person.name for person in file.trs_people}
    for part in ("ects", "mentors"):
        for index, row in enumerate(getattr(file, part)):
            if not 0 < len(names.get(row.trn, "unknown")) <= LONGEST_TRS_NAME:
                problem = (
                    f"Give this person a name of 1 to {LONGEST_TRS_NAME} letters in trs_people"
                )
                yield InvalidWorld(f"{part}[{index}].trn", problem)
