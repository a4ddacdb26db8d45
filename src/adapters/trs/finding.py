"""Many records at once: what to post to *find*, and what its answer means.

TRS leaves out whoever it does not match, silently; the client asks for each of them alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import TypeVar

from adapters.trs.addresses import Origin
from adapters.trs.answers import fault_of_status, json_of
from adapters.trs.exchange import MOST_BYTES_OF_MANY, Reply, Request
from adapters.trs.faults import Fault, Kind, OutsideContract
from adapters.trs.payloads import Person, read_person, read_results
from ect_registration.domain.values import Trn

MOST_AT_ONCE = 500

Item = TypeVar("Item")


def in_batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """As many at a time as TRS takes."""
    rest = iter(items)
    while batch := list(islice(rest, MOST_AT_ONCE)):
        yield batch


def first_dates(facts: Iterable[tuple[Trn, date]]) -> dict[Trn, date]:
    """One date of birth a TRN: TRS looks at the first only."""
    asked: dict[Trn, date] = {}
    for trn, born_on in facts:
        asked.setdefault(trn, born_on)
    return asked


def find_request(origin: Origin, asked: Mapping[Trn, date]) -> Request:
    """The dates of birth travel in the body, never in an address."""
    persons = [
        {"trn": trn.digits, "dateOfBirth": born_on.isoformat()} for trn, born_on in asked.items()
    ]
    content = json.dumps({"persons": persons}).encode()
    return Request(origin.of_find, content, MOST_BYTES_OF_MANY)


def read_found(reply: Reply, asked: Mapping[Trn, date], today: date) -> dict[Trn, Person] | Fault:
    """The people that TRS matched, by TRN."""
    if reply.status != 200:
        return fault_of_status(reply)
    try:
        body = json_of(reply)
    except OutsideContract as problem:
        return Fault(Kind.MALFORMED, str(problem))
    try:
        return _matched(body, asked, today)
    except OutsideContract as problem:
        return Fault(Kind.OUTSIDE_CONTRACT, str(problem))


def _matched(body: object, asked: Mapping[Trn, date], today: date) -> dict[Trn, Person]:
    people: dict[Trn, Person] = {}
    for result in read_results(body):
        if "induction" in result and result["induction"] is None:
            continue  # agreed for find alone, and no status: asked for alone, there is one
        person = read_person(result, today)
        if person.trn in people or asked.get(person.trn) != person.born_on:
            raise OutsideContract("a result", "is not one of those asked for")
        people[person.trn] = person
    return people
