"""Asks TRS for many records at once, and reads its answer with distrust.

TRS silently leaves out people it does not match; each of them has to be asked for alone.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import TypeVar

from adapters.trs.addresses import Origin
from adapters.trs.answers import fault_of_status, json_of
from adapters.trs.connection.exchange import MOST_BYTES_OF_MANY, Reply, Request
from adapters.trs.faults import Fault, Kind, OutsideContract
from adapters.trs.payloads import Person, read_person, read_results, trn_of
from ect_registration.domain.values import Trn

MOST_AT_ONCE = 500

Item = TypeVar("Item")


def in_batches(items: Collection[Item]) -> Iterator[Sequence[Item]]:
    """Yields as many items at a time as TRS takes."""
    rest = iter(items)
    while batch := list(islice(rest, MOST_AT_ONCE)):
        yield batch


def find_request(origin: Origin, asked: Mapping[Trn, date]) -> Request:
    """Returns the question; dates of birth travel in its body, never in an address."""
    persons = [
        {"trn": trn.digits, "dateOfBirth": born_on.isoformat()} for trn, born_on in asked.items()
    ]
    content = json.dumps({"persons": persons}).encode()
    return Request(origin.of_find, content, MOST_BYTES_OF_MANY)


def read_found(reply: Reply, asked: Mapping[Trn, date], today: date) -> dict[Trn, Person] | Fault:
    """Returns the people that TRS matched, by TRN."""
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
    """Returns who can be read; raises OutsideContract for a result that was not asked for.

    One record that cannot be read must not stop the others: asked for alone, it says why.
    """
    people: dict[Trn, Person] = {}
    seen: set[Trn] = set()
    for result in read_results(body):
        trn = trn_of(result)
        if trn in seen or trn not in asked:
            raise OutsideContract("a result", "is not one of those asked for")
        seen.add(trn)
        try:
            person = read_person(result, today)
        except OutsideContract:
            continue
        if person.born_on != asked[trn]:
            raise OutsideContract("a result", "is not one of those asked for")
        people[trn] = person
    return people
