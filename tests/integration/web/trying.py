"""Somebody at the pages of the demo, who enters what a row of its tables says."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Self
from uuid import UUID

import attrs
from flask.testing import FlaskClient

from ect_registration.domain.decisions import Kind
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.values import Trn, Urn
from ect_registration.use_cases.transactions import Ports
from entrypoints.demo import DEMO_DATE
from entrypoints.web.app import Service
from entrypoints.web.serving.server import demo_service
from integration.web.foundation import COMPILED, token_in
from integration.web.registering import START, Seen, a_date
from unit.documents.test_demo_world import WORLD, MentorRow, Row

ENDS = {"done", "stopped"}
NOT_OFFERED = {"reuse-not-valid", "reuse-offered"}
YES_OR_NO = {True: "yes", False: "no", None: None}

Answers = Mapping[str, Mapping[str, str]]  # by step


@attrs.frozen
class Outcome:
    """What came of it, and the rules that brought it about."""

    kind: Kind | None
    rules: frozenset[str | None]


@attrs.frozen
class Trying:
    """Users of every school of the demo, and the world as it was when it began."""

    service: Service
    live: sqlite3.Connection
    begun: sqlite3.Connection
    users: Mapping[str, FlaskClient]  # signed in, by school

    @classmethod
    @contextmanager
    def in_the_demo(cls, folder: Path) -> Iterator[Self]:
        """The demo as ``make demo`` serves it."""
        file = folder / "demo.db"
        with (
            demo_service(WORLD, DEMO_DATE, f"sqlite:///{file}") as service,
            closing(sqlite3.connect(file)) as live,
            closing(sqlite3.connect(":memory:")) as begun,
        ):
            service.jinja_env.bytecode_cache = COMPILED
            users = {}
            for user in WORLD.users:
                users[user.school.digits] = client = service.test_client()
                client.post("/demo/sign-in", data={"user": user.id})
            live.backup(begun)
            yield cls(service, live, begun, users)

    def at(self, school: str) -> AtThePages:
        """A user of this school, in the world as it was in the beginning."""
        self.begun.backup(self.live)
        client = self.users[school]
        token = token_in(client.get("/cookies").text)
        return AtThePages(client, token, self.service.extensions["ect"].ports, Urn(school))


@attrs.frozen
class AtThePages:
    """One user, who leaves empty what the row says nothing of."""

    client: FlaskClient
    token: str
    ports: Ports
    school: Urn

    def try_(self, row: Row | MentorRow) -> Outcome | None:
        """None: no page leads there."""
        if isinstance(row, Row):
            return self._go_on(self._post(START), answers_to(row.request))
        return self._give_a_mentor(row)

    def _give_a_mentor(self, row: MentorRow) -> Outcome | None:
        answers = row.answers or {}
        page = f"/school/ects/{self._ect(row)}"
        question = f"{page}/mentor{'?change=yes' if answers.get('replace') else ''}"
        if f'href="{question}"' not in self._get(page).html:
            return None
        if row.answers is not None:
            begun = self._post(question, {"mentor": "new"})
            return self._go_on(begun, answers_to({"trn": row.trn, **answers}))
        listed = re.search(
            rf'value="([0-9a-f-]{{36}})"(?:(?!<input).)*TRN {row.trn}',
            self._get(question).html,
            re.DOTALL,
        )
        if listed is None:
            return None
        outcome = self._go_on(self._post(question, {"mentor": listed[1]}), {})
        return attrs.evolve(outcome, rules=outcome.rules | {"existing-or-new-mentor"})

    def _ect(self, row: MentorRow) -> EctId:
        with self.ports.reading() as uow:
            periods = uow.ects.of_people([Trn(row.ect)])
        return next(ect.id for ect in periods if ect.school == self.school)

    def _go_on(self, seen: Seen, answers: Answers) -> Outcome:
        """Until a page leads to no other one."""
        given: Mapping[str, str] = {}
        while seen.answer.location and seen.step not in ENDS:
            address, given = seen.answer.location, answers.get(seen.step, {})
            if seen.step == "check-answers":
                given = {"shown": self._get(address).hidden("shown")}
            seen = self._post(address, given)
        if seen.answer.location:
            seen = self._get(seen.answer.location)
        if seen.step == "done":
            return Outcome(None, self._rules_of(seen))
        wanted_reuse = "yes" in answers.get("reuse-choices", {}).values()
        unsaid = NOT_OFFERED if wanted_reuse and seen.step == "appropriate-body" else ()
        return Outcome(_kind(seen, empty=not given), frozenset({seen.rule, *unsaid}))

    def _rules_of(self, done: Seen) -> frozenset[str | None]:
        """What history gives as the reasons."""
        found = re.search(r"/school/ects/([0-9a-f-]{36})", done.html)
        if found is None:
            raise LookupError("a confirmation without a link to the ECT")
        with self.ports.reading() as uow:
            happened = uow.history.about(self.school, EctId(UUID(found[1])))
        return frozenset(happened[-1].rules)

    def _get(self, address: str) -> Seen:
        return Seen.of(self.client.get(address))

    def _post(self, address: str, fields: Mapping[str, str] | None = None) -> Seen:
        return Seen.of(
            self.client.post(address, data={"csrf_token": self.token, **(fields or {})})
        )


def _kind(seen: Seen, *, empty: bool) -> Kind:
    if seen.status == 422:
        return Kind.NEEDS if empty else Kind.INVALID
    return {200: Kind.REFUSED, 503: Kind.UNAVAILABLE}[seen.status]


def answers_to(asked: Mapping[str, Any]) -> Answers:
    """What a document of the command line holds, page by page."""
    name, lead_provider = asked.get("corrected_name"), asked.get("lead_provider")
    pages = {
        "find": {"trn": asked["trn"], **_boxes("date_of_birth", asked)},
        "name": {"name_is_correct": "no" if name else "yes", "corrected_name": name},
        "same-person": {"same_person": YES_OR_NO[asked.get("same_person")]},
        "start-date": _boxes("start_date", asked),
        "reuse-choices": {"reuse_choices": YES_OR_NO[bool(asked.get("reuse_previous_choices"))]},
        "only-here": {"only_here": YES_OR_NO[asked.get("only_here")]},
        "training": {"another_provider": "yes" if lead_provider else None},
        **{key.replace("_", "-"): {key: asked.get(key)} for key in ASKED_AS_THEY_ARE},
    }
    return {
        step: {key: typed for key, typed in fields.items() if typed is not None}
        for step, fields in pages.items()
    }


ASKED_AS_THEY_ARE = (
    "national_insurance_number",
    "email",
    "working_pattern",
    "appropriate_body",
    "programme",
    "lead_provider",
)


def _boxes(key: str, asked: Mapping[str, Any]) -> Mapping[str, str]:
    if asked.get(key) is None:
        return {}
    day = date.fromisoformat(asked[key])
    return a_date(key, day.day, day.month, day.year)
