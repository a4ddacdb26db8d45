"""A school user who registers an ECT at a test client."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any, Self

import attrs
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from builders import HUB, LEAD_PROVIDER, URN
from ect_registration.domain.sessions import Person
from ect_registration.domain.values import Urn
from ect_registration.domain.world import World
from integration.web.foundation import sign_in, token_in
from integration.web.one_app import client_on, restart
from unit.use_cases.service import USER, Service
from unit.use_cases.town import BORN_ON, town

START = "/school/register-ect"
SUMMARY = re.compile(r'govuk-error-summary__list">(.*?)</ul>', re.DOTALL)
LINK = re.compile(r'<a href="#([^"]+)">(.*?)</a>', re.DOTALL)


def a_date(field: str, day: object, month: object, year: object) -> dict[str, str]:
    """In three boxes."""
    parts = zip(("day", "month", "year"), (day, month, year), strict=True)
    return {f"{field}-{part}": str(text) for part, text in parts}


BORN = a_date("date_of_birth", BORN_ON.day, BORN_ON.month, BORN_ON.year)

# What a school without history answers, step by step.
ANSWERS: Mapping[str, Mapping[str, str]] = {
    "find": {"trn": "1000001", **BORN},
    "name": {"name_is_correct": "yes"},
    "registered-before": {},
    "email": {"email": "asha.marlowe@example.org"},
    "start-date": a_date("start_date", 1, 9, 2025),
    "working-pattern": {"working_pattern": "full_time"},
    "reuse-choices": {"reuse_choices": "no"},
    "appropriate-body": {"appropriate_body": HUB},
    "programme": {"programme": "provider_led"},
    "lead-provider": {"lead_provider": LEAD_PROVIDER},
}


@attrs.frozen
class Seen:
    """A page, or where else to go."""

    answer: TestResponse = attrs.field(repr=False)
    step: str

    @classmethod
    def of(cls, answer: TestResponse) -> Self:
        """``step``: of the page, or where it sends the browser."""
        address = answer.location or answer.request.path
        return cls(answer, address.partition("?")[0].rpartition("/")[2])

    @property
    def status(self) -> int:
        """Of HTTP."""
        return self.answer.status_code

    @property
    def html(self) -> str:
        """As it came."""
        return self.answer.text

    @property
    def rule(self) -> str | None:
        """The rule that it is about."""
        found = re.search(r'<main[^>]* data-rule="([^"]*)"', self.html)
        return found[1] if found else None

    @property
    def title(self) -> str:
        """What the tab of the browser says."""
        return unescape(self.html.partition("<title>")[2].partition("</title>")[0].strip())

    @property
    def says(self) -> str:
        """The words of the page, on one line."""
        main = self.html.partition("<main")[2].partition(">")[2].partition("</main>")[0]
        return unescape(" ".join(re.sub(r"<[^>]*>", " ", main).split()))

    @property
    def errors(self) -> dict[str, str]:
        """The summary: messages by the id of the input that they lead to."""
        found = SUMMARY.search(self.html)
        return {id: unescape(said.strip()) for id, said in LINK.findall(found[1] if found else "")}

    @property
    def back(self) -> str:
        """Where the back link leads."""
        return self.html.partition("govuk-back-link")[0].rpartition('href="')[2].partition('"')[0]

    def value(self, id: str) -> str | None:
        """What is in the box with this id."""
        box = re.search(rf'<input[^>]* id="{id}"[^>]*>', self.html)
        found = box and re.search(r' value="([^"]*)"', box[0])
        return unescape(found[1]) if found else None

    def hidden(self, name: str) -> str:
        """What a hidden field would send."""
        return self.html.partition(f'name="{name}" value="')[2].partition('"')[0]

    @property
    def changes(self) -> dict[str, str]:
        """The change links: where they lead, by what they change."""
        link = r'href="([^"]*change=yes)">Change<span class="govuk-visually-hidden"> ([^<]*)<'
        return {noun: address for address, noun in re.findall(link, self.html)}


@attrs.define
class Registering:
    """One user, in one journey at a time."""

    service: Service
    client: FlaskClient
    token: str
    person: Person
    school: Urn
    journey: str = ""

    @classmethod
    def at(cls, service: Service, user: str = USER, school: Urn = URN) -> Self:
        """Signed in."""
        client = client_on(service.ports)
        registering = cls(service, client, "", Person(user, "Hannah"), school)
        registering.sign_in()
        return registering

    def sign_in(self) -> None:
        """Again, after a session has ended."""
        sign_in(self.client, self.service.ports, self.person, self.school)
        self.token = token_in(self.client.get("/cookies").text)

    @classmethod
    def in_town(cls, world: World | None = None, **who: Any) -> Self:
        """At a school of the small town; nobody is registered yet."""
        return cls.at(Service.of(world or town()), **who)

    def afresh(self) -> Self:
        """The same user in the same journey, at a server that was started since."""
        restart()
        return attrs.evolve(self.at(self.service), journey=self.journey)

    def address(self, step: str) -> str:
        """Of a page of the journey."""
        return step if step.startswith("/") else f"{START}/{self.journey}/{step}"

    def get(self, step: str) -> Seen:
        """Look at a page."""
        return Seen.of(self.client.get(self.address(step)))

    def post(self, step: str, fields: Mapping[str, object] | None = None, **more: object) -> Seen:
        """Post what was typed, with the token that any page has."""
        data = {"csrf_token": self.token, **(fields or {}), **more}
        return Seen.of(self.client.post(self.address(step), data=data))

    def begin(self) -> Seen:
        """A journey with nothing answered."""
        seen = self.post(START)
        self.journey = seen.answer.location.split("/")[-2]
        return seen

    def answer(self, step: str, **instead: object) -> Seen:
        """The usual answer, or another one."""
        assert instead or step in ANSWERS, (
            f"give {step} its answer in ANSWERS of tests/integration/web/registering.py"
        )
        return self.post(step, instead or ANSWERS[step])

    def go_on(self, until: str = "check-answers", **instead: Mapping[str, object]) -> Seen:
        """Answer whatever is asked as usual; ``instead``, by step with underscores."""
        if not self.journey:
            self.begin()
        answers = {**ANSWERS, **{step.replace("_", "-"): a for step, a in instead.items()}}
        seen = self.get("find")
        while seen.step != until and seen.step in answers:
            before = seen.step
            seen = self.post(before, answers[before])
            if seen.step == before:
                return seen
        return self.get(seen.step)

    def register(self) -> Seen:
        """Confirm what check answers shows."""
        return self.post("check-answers", shown=self.get("check-answers").hidden("shown"))
