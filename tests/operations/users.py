"""Users of schools who register ECTs over HTTP, one journey after the other."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date

import attrs
import httpx

from contests import BORN_ON, HUB, PROVIDER, YEAR, people
from ect_registration.domain.school import AppropriateBody, BodyKind, LeadProvider, School
from ect_registration.domain.sessions import Person
from ect_registration.domain.values import Urn
from ect_registration.domain.world import OpenYear, World
from ect_registration.use_cases.operating.load_world import load_world
from entrypoints import bootstrap
from entrypoints.web.app import create_app
from entrypoints.web.platform.environment.settings import WebSettings
from integration.web.foundation import sign_in
from operations.machines import KEY

TODAY = date(2025, 9, 10)
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"')
AT_A_SCHOOL = 12  # users who take turns
LONGEST = 100.0  # seconds that a user waits; no answer is later
AWAY = (502, 503, 504)  # what a proxy or a host says when somebody else is out of reach


def _date(field: str, day: date) -> dict[str, str]:
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{field}-{part}": str(number) for part, number in parts.items()}


ANSWERS: Mapping[str, Mapping[str, str]] = {
    "find": _date("date_of_birth", BORN_ON),
    "name": {"name_is_correct": "yes"},
    "registered-before": {},
    "start-date": _date("start_date", date(2025, 9, 1)),
    "working-pattern": {"working_pattern": "full_time"},
    "reuse-choices": {"reuse_choices": "no"},
    "appropriate-body": {"appropriate_body": HUB},
    "programme": {"programme": "provider_led"},
    "lead-provider": {"lead_provider": PROVIDER},
    "check-answers": {},
}


def a_world(schools: int, teachers: int) -> World:
    """So many schools that may register so many people."""
    return World(
        academic_years=(OpenYear(YEAR, open_for_registration=True),),
        schools=tuple(School(urn_of(n), f"School {n}") for n in range(schools)),
        appropriate_bodies=(AppropriateBody(HUB, BodyKind.TEACHING_SCHOOL_HUB),),
        lead_providers=(LeadProvider(PROVIDER, frozenset({YEAR})),),
        trs_people=tuple(people(teachers)),
    )


def urn_of(number: int) -> Urn:
    """Of the school of this user."""
    return Urn(str(100_001 + number))


def signed_in(database: str, world: World, schools: int) -> list[list[dict[str, str]]]:
    """The cookies of users, by school: each user may ask about so many email addresses only."""
    records = bootstrap.world_teacher_records(world)
    clock = bootstrap.build_clock(TODAY)
    with bootstrap.open_ports_on(database, records, clock) as ports:
        load_world(world, "operations", ports)
        app = create_app(ports, WebSettings("test", "http://127.0.0.1", KEY))
        found = []
        for school in range(schools):
            clients = [app.test_client() for _ in range(AT_A_SCHOOL)]
            for number, client in enumerate(clients):
                person = Person(f"user-{school}-{number}", f"User {number}")
                sign_in(client, ports, person, urn_of(school))
                assert client.get("/school/ects").status_code == 200
            found.append(
                [{c.key: c.value for c in client._cookies.values()} for client in clients]
            )
        return found


@attrs.define
class User:
    """One who looks at ECTs and registers new ones, and does not give up."""

    address: str
    cookies: list[dict[str, str]]
    first: int  # TRN; they have a thousand to themselves
    stop: threading.Event
    answers: Counter[int] = attrs.field(factory=Counter)
    slowest: float = 0.0
    registered: int = 0
    strange: list[str] = attrs.field(factory=list)

    def work(self) -> None:
        """One journey after the other, until told to stop; the last is finished."""
        with closing(httpx.Client(base_url=self.address, timeout=LONGEST)) as client:
            number = self.first
            while not self.stop.is_set():
                client.cookies.clear()
                client.cookies.update(self.cookies[number % AT_A_SCHOOL])
                self._journey(client, number)
                number += 1

    def _journey(self, client: httpx.Client, number: int) -> None:
        self._ask(client, "GET", "/school/ects")
        token = self._token(client, "/school/register-ect")
        began = self._ask(client, "POST", "/school/register-ect", {"csrf_token": token})
        where = began.headers["location"]
        while not where.endswith("/done"):
            page = self._ask(client, "GET", where)
            if page.status_code in (302, 303):
                where = page.headers["location"]
                continue
            step = where.partition("?")[0].rpartition("/")[2]
            given = dict(ANSWERS.get(step, {})) | dict(HIDDEN.findall(page.text))
            if step == "find":
                given["trn"] = f"{number:07}"
            if step == "email":
                given["email"] = f"ect{number}@example.org"
            sent = self._ask(client, "POST", where, given)
            if sent.status_code not in (302, 303):
                self.strange.append(f"{step}: {sent.status_code} {_words(sent.text)}")
                return
            where = sent.headers["location"]
        self.registered += 1

    def _token(self, client: httpx.Client, address: str) -> str:
        return dict(HIDDEN.findall(self._ask(client, "GET", address).text))["csrf_token"]

    def _ask(
        self,
        client: httpx.Client,
        method: str,
        address: str,
        form: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Asks again while somebody is away, as a user does."""
        while True:
            began = time.monotonic()
            try:
                answer = client.request(method, address, data=form)
            except httpx.TransportError as error:
                self.answers[0] += 1
                if isinstance(error, httpx.TimeoutException):
                    self.strange.append(f"{method} {address}: no answer")
                time.sleep(0.2)
                continue
            self.slowest = max(self.slowest, time.monotonic() - began)
            self.answers[answer.status_code] += 1
            if answer.status_code in AWAY:
                time.sleep(0.2)
                continue
            if answer.status_code >= 400:
                self.strange.append(f"{method} {address}: {answer.status_code}")
            return answer


def _words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page.partition("<main")[2]).split())[:300]


@contextmanager
def at_work(address: str, cookies: list[list[dict[str, str]]]) -> Iterator[list[User]]:
    """All of them at once, until the block ends and the last journey of each is done."""
    stop = threading.Event()
    users = [
        User(address, theirs, 1 + number * 1000, stop) for number, theirs in enumerate(cookies)
    ]
    threads = [
        threading.Thread(target=user.work, name=f"user-{number}")
        for number, user in enumerate(users)
    ]
    for thread in threads:
        thread.start()
    try:
        yield users
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def answers_of(users: list[User]) -> Counter[int]:
    """How often each status came; 0 for a connection that broke."""
    return sum((user.answers for user in users), Counter())
