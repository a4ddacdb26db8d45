"""The rows of some schools and ten years: who came, who mentored and trained them, who left.

The same for a school however many there are, so that pages of a small England and of a whole one
can be compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import count
from random import Random
from uuid import UUID

import attrs

from crowds import FIRST
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.records.history_chain import Head, line_of, sealed
from ect_registration.domain.search.ect_search import run_together
from ect_registration.domain.text import folded
from ect_registration.domain.values import Trn, Urn
from england import names

YEARS = range(2016, 2026)
TODAY = date(2025, 9, 10)
FIRST_URN = 100_001
FORMER = 300_000  # is added to the numbers of the school that another one has replaced
BECAME_ACADEMIES = date(2016, 8, 31)
SCHOOLS_AT_ONCE = 500
PEOPLE_AT_ONCE = 60_000  # more than such a number of schools has
A_YEAR = {"ects": 2.53, "mentors": 1.69}  # who come to a school of middle size
MERGED = 5_000_000  # the numbers of TRNs that lead to others begin here
EXAMPLE = 0  # the school whose pages are looked at: twice the middle size

Rows = Mapping[str, list[tuple[object, ...]]]

COLUMNS: Mapping[str, Sequence[str]] = {
    "schools": ("id", "urn", "name", "type", "section_41", "status", "in_england", "region"),
    "school_successions": ("school_id", "successor_id", "moved_on"),
    "users": ("id", "user_id", "name", "signed_in_at"),
    "sessions": (
        *("public_id", "key_hash", "user_id", "school_id", "school_urns", "signed_in_as"),
        *("why_not", "begun_at", "used_at"),
    ),
    "journeys": ("public_id", "school_id", "user_id", "draft", "used_at"),
    "attempts": ("id", "what", "key", "at"),
    "partnerships": ("id", "school_id", "lead_provider_id", "delivery_partner_id", "year"),
    "teachers": ("id", "trn", "trs_name", "searched_name", "joined_name"),
    "teacher_aliases": ("trn", "retained_trn"),
    "mentor_training_history": ("trn", "early_roll_out", "completed_on"),
    "email_claims": ("email_key", "teacher_id", "taken_on"),
    "ect_periods": (
        *("id", "public_id", "teacher_id", "school_id", "email", "email_key", "started_on"),
        *("finished_on", "completed", "working_pattern", "registered_at", "expected_year"),
        *("chosen_appropriate_body_id", "chosen_programme", "chosen_lead_provider_id"),
    ),
    "mentor_periods": (
        *("id", "public_id", "teacher_id", "school_id", "email", "email_key", "started_on"),
        "finished_on",
    ),
    "mentorships": (
        *("public_id", "school_id", "ect_period_id", "ect_teacher_id", "mentor_period_id"),
        *("mentor_teacher_id", "started_on", "finished_on", "withdrawn"),
    ),
    "trainings": (
        *("public_id", "teacher_id", "school_id", "ect_period_id", "mentor_period_id"),
        *("started_on", "finished_on", "programme", "year", "lead_provider_id"),
        *("partnership_id", "withdrawn"),
    ),
    "notices": (
        *("public_id", "happened", "role", "recipient", "school_id", "about", "user_id"),
        *("written_at", "due_at", "state", "tries", "settled_at", "why"),
    ),
    "announcements": ("public_id", "school_id", "what", "about", "written_at"),
    "history": (
        *("at", "actor", "school_id", "what", "rules", "trn", "about", "before", "after"),
        *("chain", "number", "seal"),
    ),
}


@attrs.frozen
class Reference:
    """The row ids of what schools choose from."""

    bodies: Sequence[int]
    providers: Sequence[int]
    partners: Sequence[int]


@attrs.frozen
class Stay:
    """A period of somebody at a school."""

    number: int
    teacher: int
    started: date
    finished: date | None

    @property
    def ends(self) -> date:
        """Open ones end after all others."""
        return self.finished or date.max


class Town:
    """Some schools, among which people move."""

    def __init__(self, number: int, schools: int, reference: Reference) -> None:
        self.rows: dict[str, list[tuple[object, ...]]] = defaultdict(list)
        self._reference = reference
        self._first, self._schools = number * SCHOOLS_AT_ONCE, schools
        self._next = number * PEOPLE_AT_ONCE
        self._ids = count(number * 10 * PEOPLE_AT_ONCE)
        self._moving: dict[str, list[Stay]] = {"ects": [], "mentors": []}

    def written(self) -> Rows:
        """Everything about these schools, by table."""
        for number in range(self._first, self._first + self._schools):
            _School(number, self).write()
        return self.rows

    def add(self, table: str, *row: object) -> None:
        """A row, in the order of its columns."""
        self.rows[table].append(row)

    def number(self) -> int:
        """The next for a person or a period."""
        self._next += 1
        return self._next - 1

    def new_id(self) -> UUID:
        """Of a row that nothing else refers to."""
        return _an_id(next(self._ids), 5)

    def somebody(self, kind: str, started: date, random: Random) -> int:
        """One who left another school before, or one who is new."""
        moving = self._moving[kind]
        if moving and moving[0].ends < started and random.random() < 0.8:
            return moving.pop(0).teacher
        number, name = self.number(), names.a_person(random)
        self.add("teachers", number, trn(number), name, folded(name), run_together(folded(name)))
        self.add("email_claims", email(number), number, started)
        if random.random() < 0.05:
            self.add("teacher_aliases", str(MERGED + number), trn(number))
        if kind == "mentors" and random.random() < 0.1:
            self.add("mentor_training_history", trn(number), False, started)
        return number

    def leaves(self, kind: str, stay: Stay) -> None:
        """Somebody who will go on at another school."""
        self._moving[kind].append(stay)

    @property
    def reference(self) -> Reference:
        """What schools choose from."""
        return self._reference


class _School:
    """One school and its ten years."""

    def __init__(self, number: int, town: Town) -> None:
        self._town, self._random, self._id = town, Random(number), number + 1
        self._urn = str(FIRST_URN + number)
        self._size = 2.0 if number == EXAMPLE else self._random.lognormvariate(-0.18, 0.6)
        self._mentors: list[Stay] = []
        self._changes: list[Change] = []
        self._partnerships: dict[int, tuple[int, int | None]] = {}

    def write(self) -> None:
        kind = ("state_funded", "independent")[self._random.random() < 0.08]
        name = names.a_school(self._random)
        self._town.add("schools", self._id, self._urn, name, kind, False, "open", True, "London")
        self._replaces(name)
        provider = self._random.choice(self._town.reference.providers)
        for year in YEARS:
            if self._random.random() < 0.15:
                provider = self._random.choice(self._town.reference.providers)
            self._partner(year, provider)
            for _ in range(self._how_many("mentors")):
                self._mentor(year)
            for _ in range(self._how_many("ects")):
                self._ect(year)
        self._history()
        self._today()

    def _replaces(self, name: str) -> None:
        """Most schools have become academies, which are schools of their own."""
        former, urn = FORMER + self._id, str(int(self._urn) + FORMER)
        self._town.add(
            "schools", former, urn, name, "state_funded", False, "closed", True, "London"
        )
        self._town.add("school_successions", former, self._id, BECAME_ACADEMIES)

    def _today(self) -> None:
        """Somebody is signed in, has begun a registration and asked about an email address."""
        at, user = datetime(2025, 9, 10, 8, tzinfo=UTC), f"user-{self._urn}"
        key = sha256(user.encode()).hexdigest()
        self._town.add("users", self._id, user, "A user", at)
        session = (_an_id(self._id, 6), key, self._id, self._id, self._urn, "", "", at, at)
        self._town.add("sessions", *session)
        self._town.add("journeys", _an_id(self._id, 7), self._id, user, "{}", at)
        self._town.add("attempts", _an_id(self._id, 8), "email-question", user, at)

    def _how_many(self, kind: str) -> int:
        return int(A_YEAR[kind] * self._size + self._random.random())

    def _partner(self, year: int, provider: int) -> None:
        number = None
        if self._random.random() < 0.85:
            number = self._id * 100 + year - YEARS.start
            partner = self._random.choice(self._town.reference.partners)
            self._town.add("partnerships", number, self._id, provider, partner, year)
        self._partnerships[year] = (provider, number)

    def _mentor(self, year: int) -> None:
        started = self._a_day_in(year)
        leaves = date(year + self._random.randint(2, 6), 8, 31)
        finished = leaves if leaves < TODAY and self._mentors else None
        teacher = self._town.somebody("mentors", started, self._random)
        stay = Stay(self._town.number(), teacher, started, finished)
        who = (
            UUID(int=2 * FIRST + stay.number),
            teacher,
            self._id,
            email(teacher),
            email(teacher),
        )
        self._town.add("mentor_periods", stay.number, *who, started, finished)
        self._mentors.append(stay)
        self._changes.append(self._change(What.MENTOR_REGISTERED, stay, who[0], started))
        if finished and self._random.random() < 0.25:
            self._town.leaves("mentors", stay)
        elif self._random.random() < 0.6 and finished is None:
            self._train(None, stay, year)

    def _ect(self, year: int) -> None:
        started = self._a_day_in(year)
        chance = self._random.random()
        finished, completed = None, False
        if chance < 0.12 and year < YEARS[-1]:  # goes on elsewhere, or gives up
            finished = date(year + 1, 7, 31) if date(year + 1, 7, 31) < TODAY else None
        elif date(year + 2, 7, 31) < TODAY:
            finished, completed = date(year + 2, 7, 31), True
        teacher = self._town.somebody("ects", started, self._random)
        stay = Stay(self._town.number(), teacher, started, finished)
        if finished and chance < 0.08:
            self._town.leaves("ects", stay)
        provider = self._partnerships[year][0]
        led = ("school_led", None) if self._random.random() < 0.2 else ("provider_led", provider)
        public = UUID(int=FIRST + stay.number)
        at = datetime(started.year, started.month, started.day, 9, tzinfo=UTC) - timedelta(days=20)
        self._town.add(
            "ect_periods",
            *(stay.number, public, teacher, self._id, email(teacher), email(teacher), started),
            *(finished, completed, "full_time", at, year),
            *(self._random.choice(self._town.reference.bodies), *led),
        )
        self._changes.append(self._change(What.ECT_REGISTERED, stay, public, at.date()))
        self._tell(public, at, refused=chance > 0.98, moved=bool(finished) and not completed)
        self._train(stay, None, year, led)
        newcomer_to_the_example = self._id == EXAMPLE + 1 and year == YEARS[-1]
        if self._random.random() < 0.88 and not newcomer_to_the_example:
            self._assign(stay, public)

    def _tell(self, public: UUID, at: datetime, *, refused: bool, moved: bool) -> None:
        """A notice to the ECT, and word to the school where they went on elsewhere."""
        came = ("refused", 1, at, "unknown address") if refused else ("sent", 1, at, "")
        about = ("registered", "ect", "person", self._id, public, f"user-{self._urn}")
        self._town.add("notices", self._town.new_id(), *about, at, at, *came)
        if moved:
            row = (self._town.new_id(), self._id, "transferred", public, at)
            self._town.add("announcements", *row)

    def _assign(self, ect: Stay, public: UUID) -> None:
        there = [m for m in self._mentors if m.ends > ect.started and m.started < ect.ends]
        if not there:
            return
        mentor = self._random.choice(there)
        started, ends = max(ect.started, mentor.started), min(ect.ends, mentor.ends)
        finished = None if ends == date.max else ends
        if mentor.teacher == ect.teacher:
            return
        self._town.add(
            "mentorships",
            *(_an_id(ect.number, 3), self._id, ect.number, ect.teacher, mentor.number),
            *(mentor.teacher, started, finished, False),
        )
        self._changes.append(self._change(What.MENTOR_ASSIGNED, ect, public, started))

    def _train(
        self,
        ect: Stay | None,
        mentor: Stay | None,
        year: int,
        led: tuple[str, int | None] | None = None,
    ) -> None:
        stay = ect or mentor
        assert stay is not None
        provider, partnership = self._partnerships[year]
        programme, chosen = led or ("provider_led", provider)
        self._town.add(
            "trainings",
            *(_an_id(stay.number, 4), stay.teacher, self._id, ect and ect.number),
            *(mentor and mentor.number, stay.started, stay.finished, programme, year, chosen),
            *(None if chosen is None else partnership, False),
        )

    def _a_day_in(self, year: int) -> date:
        if year == YEARS[-1] or self._random.random() < 0.7:
            return date(year, 9, 1)
        return date(year, 9, 1) + timedelta(days=self._random.randint(1, 240))

    def _change(self, what: What, stay: Stay, public: UUID, day: date) -> Change:
        return Change(
            at=datetime(day.year, day.month, day.day, 10, tzinfo=UTC),
            actor=f"user-{self._urn}",
            school=Urn(self._urn),
            what=what,
            rules=("fresh-facts", "history"),
            trn=Trn(trn(stay.teacher)),
            about=public,
            before={},
            after={"email": email(stay.teacher), "started_on": stay.started.isoformat()},
        )

    def _history(self) -> None:
        head = Head()
        for change in sorted(self._changes, key=lambda change: change.at):
            line = line_of(change)
            head = sealed(head, line)
            _, actor, _, what, rules, of, _, before, after = line
            self._town.add(
                "history",
                *(change.at, actor, self._id, what, rules, of, change.about, before, after),
                *(self._urn, head.number, head.seal),
            )


def trn(number: int) -> str:
    """Of a person."""
    return str(FIRST + number)


def email(number: int) -> str:
    """Of a person, wherever they are."""
    return f"teacher{number}@example.org"


def _an_id(number: int, kind: int) -> UUID:
    return UUID(int=(kind << 64) + number)
