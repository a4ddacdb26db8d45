"""The demo world does what docs/demo.md says of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import attrs
import pytest

from adapters.system_clock import FixedDayClock
from adapters.world_file import parse
from ect_registration.domain.catalogue import CATALOGUE
from ect_registration.domain.decisions import Allowed, Blocked, Kind
from ect_registration.domain.school import BodyKind, SchoolStatus, SchoolType
from ect_registration.domain.values import Trn, Urn
from ect_registration.testing.memory.store import MemoryStore
from ect_registration.testing.memory.teacher_records import MemoryTeacherRecords
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.registering.assign_mentor import assign_mentor
from ect_registration.use_cases.registering.documents import InvalidRequest
from ect_registration.use_cases.registering.register_ect import check_ect, register_ect
from ect_registration.use_cases.registering.register_mentor import register_mentor
from ect_registration.use_cases.school.choose_mentor import MentorQuestion, choose_mentor
from ect_registration.use_cases.transactions import Ports
from entrypoints.demo import DEMO_DATE, demo_world_text

DOCUMENT = (Path(__file__).parents[3] / "docs" / "demo.md").read_text(encoding="utf-8")
ECT_PART, MENTOR_PART = DOCUMENT.split("\n## Mentors\n")
WORLD = parse(demo_world_text())
NOBODY = Trn("3999999")  # the table shows what an unknown TRN leads to

# How a row begins to say what happens.
OUTCOMES = {
    "Registered": None,
    "Assigned": None,
    "Refused": Kind.REFUSED,
    "Invalid": Kind.INVALID,
    "Needs": Kind.NEEDS,
    "Unavailable": Kind.UNAVAILABLE,
}
# Rules of the mentor journeys.
MENTOR_RULES = {
    "existing-or-new-mentor",
    "funded-mentor-training",
    "mentor-already-here",
    "mentor-details",
    "mentor-elsewhere",
    "mentor-lead-provider",
    "mentor-now-or-later",
    "mentor-record",
    "mentor-start-date",
    "mentorship-dates",
    "no-day-in-common",
    "one-mentor-at-a-time",
    "one-open-mentor-training",
    "own-mentor",
    "school-led-ect-mentor",
}


@attrs.frozen
class Row:
    """One row of the table: what to enter, and what comes of it."""

    request: dict[str, Any]
    kind: Kind | None
    rule: str
    happens: str

    def __str__(self) -> str:
        return f"{self.rule}, {self.happens}"


def cells(text: str) -> Iterator[list[str]]:
    """The cells of every row that begins with a TRN."""
    for line in text.splitlines():
        if re.match(r"\| \d{7} \|", line):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def usual_answers(part: str = ECT_PART) -> dict[str, Any]:
    """What the document says to enter unless a row says otherwise."""
    [block] = re.findall(r"```json\n(.*?)```", part, re.DOTALL)
    answers: dict[str, Any] = json.loads(block)
    return answers


def rows() -> Iterator[Row]:
    """The rows about ECTs, as requests of the command line."""
    for trn, facts, school, changes, happens, rule in cells(ECT_PART):
        born_on, *number = facts.replace("`", "").split()
        answers = usual_answers() | json.loads(changes.strip("`") or "{}")
        if answers.get("reuse_previous_choices"):
            for choice in ("appropriate_body", "programme", "lead_provider"):
                del answers[choice]
        who = {"school": school, "trn": trn, "date_of_birth": born_on}
        proof = {"national_insurance_number": number[0]} if number else {}
        outcome = OUTCOMES[re.split(r"\W", happens)[0]]
        yield Row(who | proof | answers, outcome, rule.strip("`"), happens)


@attrs.frozen
class MentorRow:
    """One row about mentors: whose mentor, who, and what comes of it."""

    school: str
    ect: str
    trn: str
    answers: dict[str, Any] | None  # None: chosen from the list
    kind: Kind | None
    rule: str
    happens: str

    def __str__(self) -> str:
        return f"{self.rule}, {self.happens}"

    def document(self, ect_id: object, mentor_id: object = None) -> dict[str, Any]:
        """For the command line, with the ids of this very world."""
        where = {"school": self.school, "ect": str(ect_id)}
        if self.answers is None:
            return {**where, "mentor": str(mentor_id)}
        return {**where, "trn": self.trn, **self.answers}


def mentor_rows() -> Iterator[MentorRow]:
    """The rows about mentors."""
    for trn, fact, whose, changes, happens, rule in cells(MENTOR_PART):
        ect, _, school = whose.partition(" at ")
        answers = None
        if not fact.startswith("none"):
            changed = json.loads(changes.strip("`") or "{}")
            answers = {"date_of_birth": fact.strip("`"), **usual_answers(MENTOR_PART), **changed}
        outcome = OUTCOMES[re.split(r"\W", happens)[0]]
        yield MentorRow(school or "900101", ect, trn, answers, outcome, rule.strip("`"), happens)


@pytest.fixture
def ports() -> Ports:
    """The demo on its own day, in memory."""
    store = MemoryStore()
    ports = Ports(
        unit_of_work=store.unit_of_work,
        reading=store.reading,
        teacher_records=MemoryTeacherRecords(WORLD.trs_people),
        clock=FixedDayClock(DEMO_DATE),
        new_id=uuid4,
        pause=lambda _: None,
    )
    load_world(WORLD, "demo", ports)
    return ports


def outcome_of(request: dict[str, Any], ports: Ports) -> tuple[Kind | None, set[str | None]]:
    """What comes of a registration, and the rules that brought it about."""
    try:
        checked = check_ect(request, ports)
        outcome = register_ect(request, "demo", ports)
    except InvalidRequest as invalid:
        return Kind.INVALID, {invalid.rule}
    if isinstance(outcome, Blocked):
        return outcome.kind, {outcome.rule.id}
    return None, {d.rule.id for d in checked.decisions if isinstance(d, Allowed)}


@pytest.mark.parametrize("row", list(rows()), ids=str)
def test_a_row_of_the_table_comes_true(row: Row, ports: Ports) -> None:
    """Entering what a row says leads to the outcome that it names, under its rule."""
    kind, rules = outcome_of(row.request, ports)

    assert (kind, row.rule in rules) == (row.kind, True), rules


def outcome_of_mentor(row: MentorRow, ports: Ports) -> tuple[Kind | None, set[str | None]]:
    """What comes of a mentor for an ECT, and the rules that brought it about."""
    school = Urn(row.school)
    with ports.reading() as uow:
        [ect] = [e for e in uow.ects.of_people([Trn(row.ect)]) if e.school == school]
        here = [m for m in uow.mentors.of_people([Trn(row.trn)]) if m.school == school]
    listed = choose_mentor(ect.id, school, ports)
    offered = isinstance(listed, MentorQuestion) and row.trn in {m.trn for m in listed.mentors}
    give = assign_mentor if row.answers is None else register_mentor
    document = row.document(ect.id, here[0].id if here else None)
    try:
        outcome = give(document, "demo", ports)
    except InvalidRequest as invalid:
        return Kind.INVALID, {invalid.rule}
    if isinstance(outcome, Blocked):
        return outcome.kind, {outcome.rule.id}
    with ports.reading() as uow:
        decided = uow.history.about(school, ect.id)[-1].rules
    return None, {*decided, *({"existing-or-new-mentor"} if offered else ())}


@pytest.mark.parametrize("row", list(mentor_rows()), ids=str)
def test_a_row_about_mentors_comes_true(row: MentorRow, ports: Ports) -> None:
    """A mentor who is chosen is on the list, and one who is entered is found."""
    kind, rules = outcome_of_mentor(row, ports)

    assert (kind, row.rule in rules) == (row.kind, True), rules


def test_everybody_in_the_tables_is_in_the_world() -> None:
    """Every TRN of the document has a record, but for the one that shows an unknown TRN."""
    named = {Trn(digits) for digits in re.findall(r"\b3\d{6}\b", DOCUMENT)}

    assert named - {person.trn for person in WORLD.trs_people} == {NOBODY}


def test_everybody_in_the_world_is_in_the_tables() -> None:
    """Nobody is in the world for no reason."""
    unnamed = {p.trn for p in WORLD.trs_people if str(p.trn) not in DOCUMENT}
    retained = {person.merged_into for person in WORLD.trs_people}
    supporting = {row.trn for row in WORLD.ects}  # they give a school its history

    assert unnamed - retained - supporting == set()


def test_the_tables_name_rules_by_their_ids() -> None:
    """Every rule in the document is one of the catalogue, or of the mentor journeys."""
    named = {row[-1].strip("`") for row in cells(DOCUMENT)}

    assert named - {rule.id for rule in CATALOGUE} - MENTOR_RULES == set()


def test_every_mentor_rule_that_can_be_met_is_shown() -> None:
    """No rule of the mentor journeys is missing from the table about mentors."""
    shown = {row[-1].strip("`") for row in cells(MENTOR_PART)}

    assert MENTOR_RULES - shown == set()


def test_users_and_schools_of_the_document_are_those_of_the_world() -> None:
    """The table of users names every user at the right school, and every school."""
    listed = {
        (user, urn)
        for users, urn in re.findall(r"^\| (`.+?`) \| [^|]+ \| (\d{6}) \|", DOCUMENT, re.MULTILINE)
        for user in re.findall(r"`(\w+)`", users)
    }

    assert listed == {(user.id, str(user.school)) for user in WORLD.users}


def test_there_is_a_school_of_every_sort() -> None:
    """State funded, independent with and without section 41, closing, closed, outside England."""
    sorts = {(s.type, s.section_41, s.status, s.in_england) for s in WORLD.schools}
    state, independent = SchoolType.STATE_FUNDED, SchoolType.INDEPENDENT

    assert sorts == {
        (state, False, SchoolStatus.OPEN, True),
        (independent, True, SchoolStatus.OPEN, True),
        (independent, False, SchoolStatus.OPEN, True),
        (state, False, SchoolStatus.CLOSED, True),
        (state, False, SchoolStatus.PROPOSED_TO_CLOSE, True),
        (state, False, SchoolStatus.OPEN, False),
    }


def test_there_are_twelve_appropriate_bodies_of_every_kind() -> None:
    """Hubs, a national body and a local authority, some of them no longer active."""
    kinds = {body.kind for body in WORLD.appropriate_bodies}
    retired = [body for body in WORLD.appropriate_bodies if not body.is_active(DEMO_DATE)]

    assert (len(WORLD.appropriate_bodies), kinds, len(retired)) == (12, set(BodyKind), 2)
