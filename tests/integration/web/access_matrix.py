"""Every route and method, asked by everybody whom it may be asked by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from uuid import UUID, uuid4

import attrs
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, Rule, UUIDConverter
from werkzeug.test import TestResponse

from builders import URN, a_journey, a_school, a_world, an_ect
from ect_registration.domain.sessions import Person
from ect_registration.domain.values import Urn
from ect_registration.ports.stored.holds import Hold
from ect_registration.testing.memory.state import State
from ect_registration.use_cases.signing_in.sessions import end_sessions
from entrypoints.web.platform.access import Access, access_of
from entrypoints.web.platform.environment.settings import WebSettings
from fake_sign_in import FakeSignIn
from integration.web.foundation import KEY, new_app, sign_in, token_in
from integration.web.one_app import client_on
from unit.use_cases.service import Service

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
PRODUCTION = WebSettings("production", "http://127.0.0.1", KEY)
OTHER_URN = Urn("100002")
HANNAH, OWEN = Person("user-1", "Hannah Abbott"), Person("user-2", "Owen Price")
TOKENS = re.compile(r'(name="(?:csrf_token|shown)" value=")[^"]*|data-seconds="\d+"')
FORGED = "IjEyMyI.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb"


@attrs.frozen
class Caller:
    """A browser, and the token that it sends with its posts."""

    client: FlaskClient
    token: str

    def afresh(self) -> Caller:
        """The same browser as it was before it asked for anything."""
        client, cookie = self.client.application.test_client(), self.client.get_cookie("session")
        if cookie is not None:
            client.set_cookie("session", cookie.value)
        return Caller(client, self.token)


@attrs.frozen
class Told:
    """What somebody is told by one route and method, and whether anything was changed."""

    route: str
    method: str
    access: Access
    verdicts: set[str]
    changed: bool


@attrs.frozen
class Matrix:
    """The service in production with two schools; one has an ECT and an unfinished journey."""

    service: Service
    app: Flask
    ids: Sequence[UUID]

    @classmethod
    def make(cls) -> Matrix:
        """Nobody is signed in yet."""
        other = a_school(urn=OTHER_URN, name="Fenwick Academy")
        service = Service.of(a_world(schools=(a_school(), other)))
        ect, journey = an_ect(), a_journey()
        with service.ports.unit_of_work() as uow:
            uow.hold([Hold.EVERYTHING])
            uow.teachers.save(ect.teacher)
            uow.emails.claim(ect.email, ect.teacher.trn, service.clock.today())
            uow.ects.add(ect)
            uow.journeys.add(journey)
            uow.commit()
        app = new_app(service.ports, PRODUCTION, sign_in=FakeSignIn())
        return cls(service, app, (ect.id, journey.id))

    def told(self, name: str) -> Sequence[Told]:
        """By every route and method, each asked about every record; what changes is put back."""
        caller = CALLERS[name](self)
        return [self._told(rule, method, caller) for rule, method in self.routes()]

    def _told(self, rule: Rule, method: str, caller: Caller) -> Told:
        store, verdicts, changed = self.service.store, set(), False
        before = store.state
        for address in self.addresses(rule, self.ids):
            verdicts.add(verdict(self.ask(caller.afresh(), method, address)))
            changed = changed or _without_counts(store.state) != _without_counts(before)
            store.state = before
        return Told(rule.rule, method, self.access(rule), verdicts, changed)

    def routes(self) -> Iterator[tuple[Rule, str]]:
        """Each with each of its methods."""
        for rule in sorted(self.app.url_map.iter_rules(), key=lambda rule: rule.rule):
            for method in METHODS:
                if method in (rule.methods or ()):
                    yield rule, method

    def addresses(self, rule: Rule, ids: Sequence[UUID]) -> Sequence[str]:
        """Of a route, for each of these records."""
        converters = rule._converters
        values = [
            {name: _value(converter, id) for name, converter in converters.items()} for id in ids
        ]
        with self.app.test_request_context():
            built = [self.app.url_map.bind("").build(rule.endpoint, value) for value in values]
        return list(dict.fromkeys(built))

    def ask(self, caller: Caller, method: str, address: str) -> TestResponse:
        """With a token in every post."""
        data = {"csrf_token": caller.token} if method == "POST" else None
        return caller.client.open(address, method=method, data=data)

    def access(self, rule: Rule) -> Access:
        """Whom it is for."""
        return access_of(self.app, rule.endpoint)

    def _signed_in(self, who: Person, *schools: Urn) -> Caller:
        client = self.app.test_client()
        sign_in(client, self.service.ports, who, *schools)
        return Caller(client, token_in(client.get("/cookies").text))

    def anonymous(self) -> Caller:
        """Never signed in."""
        return Caller(self.app.test_client(), FORGED)

    def right_school(self) -> Caller:
        """Whose records they are."""
        return self._signed_in(HANNAH, URN)

    def other_school(self) -> Caller:
        """Of another one."""
        return self._signed_in(OWEN, OTHER_URN)

    def no_role(self) -> Caller:
        """Signed in at DfE Sign-in, and no more."""
        return self._signed_in(HANNAH)

    def not_chosen(self) -> Caller:
        """With two schools, of which none is chosen yet."""
        return self._signed_in(HANNAH, URN, OTHER_URN)

    def expired(self) -> Caller:
        """Two hours after the last use; whoever is signed in after that is not."""
        self.service.clock.wait(hours=-2)
        caller = self._signed_in(HANNAH, URN)
        self.service.clock.wait(hours=2)
        return caller

    def revoked(self) -> Caller:
        """By an operator."""
        client = self.app.test_client()
        session = sign_in(client, self.service.ports, HANNAH, URN)
        token = token_in(client.get("/cookies").text)
        end_sessions([session.id], self.service.ports)
        return Caller(client, token)

    def forged(self) -> Caller:
        """The right school's browser, made to send a token that we never gave."""
        return Caller(self.right_school().client, FORGED)

    def replayed(self) -> Caller:
        """The right school's browser, with a token of its former session."""
        former = self.right_school()
        sign_in(former.client, self.service.ports, HANNAH, URN)
        former.client.get("/cookies")
        return former

    def demo_user(self) -> Caller:
        """With the cookie of a demo."""
        settings = WebSettings("demo", "http://127.0.0.1", "the key of a demo, which is random...")
        signed = client_on(self.service.ports, settings)
        sign_in(signed, self.service.ports, HANNAH, URN)
        token = token_in(signed.get("/cookies").text)
        cookie = signed.get_cookie("session")
        assert cookie is not None
        client = self.app.test_client()
        client.set_cookie("session", cookie.value)
        return Caller(client, token)


CALLERS: Mapping[str, Callable[[Matrix], Caller]] = {
    "anonymous": Matrix.anonymous,
    "right school": Matrix.right_school,
    "other school": Matrix.other_school,
    "no role": Matrix.no_role,
    "none chosen": Matrix.not_chosen,
    "expired": Matrix.expired,
    "revoked": Matrix.revoked,
    "forged token": Matrix.forged,
    "replayed token": Matrix.replayed,
    "demo user": Matrix.demo_user,
}
STRANGERS = {"anonymous", "expired", "revoked", "demo user"}
WRONG_TOKEN = {"forged token", "replayed token"}


def _without_counts(state: State) -> State:
    """Downloads and wrong facts are counted, whoever asks: that changes no record."""
    return attrs.evolve(state, attempts={})


def _value(converter: object, id: UUID) -> object:
    if isinstance(converter, UUIDConverter):
        return id
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return "name.css"


def verdict(answer: TestResponse) -> str:
    """What somebody is told, in a word or two."""
    if answer.status_code in {302, 303}:
        place = answer.location.partition("?")[0]
        return {"/sign-in": "sign in", "/choose-school": "choose"}.get(place, "in")
    words = {401: "signed out", 403: "denied", 404: "not found", 405: "no such", 400: "refused"}
    return words.get(answer.status_code, "in" if answer.status_code < 500 else "broken")


def expected(access: Access, caller: str, *, post: bool, has_record: bool) -> set[str]:
    """What they should be told."""
    if access is Access.EVERYBODY:
        return {"in", "refused", "not found"}
    if access is Access.LEAD_PROVIDERS:
        return {"signed out"}  # whoever they are: nobody here has a token
    if caller in STRANGERS:
        return {"signed out" if post else "sign in"}
    if post and caller in WRONG_TOKEN:
        return {"refused", "in", "not found"}  # the page again, or where it leads; never done
    if access is Access.SIGNED_IN:
        return {"in"} | ({"denied"} if caller == "no role" else set())
    if caller in {"no role", "none chosen"}:
        return {"denied" if caller == "no role" else "choose"}
    if has_record:
        return {"not found"} if caller == "other school" else {"in", "not found"}
    return {"in"}


def random_id() -> UUID:
    """Of nothing."""
    return uuid4()


def without_tokens(answer: TestResponse) -> str:
    """The page, the same for everybody to whom it says the same."""
    return TOKENS.sub(r"\1", answer.text)
