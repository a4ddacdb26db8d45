"""Signing in and out by way of DfE Sign-in, which is a stand-in here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from ect_registration.domain.school import School, SchoolStatus, Succession
from ect_registration.domain.sessions import Organisation, Person
from ect_registration.domain.values import Urn
from ect_registration.ports.errors import Unavailable
from ect_registration.ports.sign_in import Attempt, NotSignedIn
from ect_registration.ports.stored.holds import Hold
from integration.cli.contract import TRNS
from integration.cli.town import NEWCOMER
from integration.secrets.driving.drives import drive
from integration.secrets.marks import ANOTHER_DAY
from integration.secrets.stage import Stage
from integration.secrets.visitor import search

AWAY = "https://sign-in.example/"


@attrs.define
class Door:
    """Whoever comes is the person given, of the schools given; or something is wrong with it."""

    schools: Sequence[str] = (NEWCOMER,)
    trouble: Exception | None = None

    def begin(self) -> tuple[str, Attempt]:
        """Away."""
        return AWAY, Attempt("state", "nonce", "verifier")

    def finish(self, attempt: Attempt, answer: Mapping[str, str]) -> Person:
        """Who it is."""
        if self.trouble is not None:
            raise self.trouble
        return Person("dsi-user", "Priya Raman")

    def organisations(self, user: str) -> Sequence[Organisation]:
        """Theirs."""
        return [Organisation(f"org-{urn}", f"School {urn}", urn) for urn in self.schools]

    def with_role(
        self, user: str, organisations: Sequence[Organisation]
    ) -> Sequence[Organisation]:
        """All."""
        return organisations

    def sign_out_address(self, proof: str | None) -> str | None:
        """Away."""
        return AWAY


DOORS = [
    (Door(), 302),
    (Door(schools=("100001", NEWCOMER)), 302),
    (Door(schools=()), 302),
    (Door(trouble=NotSignedIn()), 400),
    (Door(trouble=Unavailable("DfE Sign-in", "gone")), 503),
]


@drive
def signs_in_and_out(stage: Stage) -> None:
    """Let in, asked which school, turned away, and unlucky; with a search left unfinished."""
    search(stage, TRNS["another date"], day=ANOTHER_DAY)
    before = stage.app.extensions["ect"]
    for door, status in DOORS:
        stage.app.extensions["ect"] = attrs.evolve(before, sign_in=door)
        client = stage.app.test_client()
        assert client.get("/school/register-ect").location == "/demo/sign-in"
        assert client.get("/sign-in").location == AWAY
        back = client.get("/sign-in/callback?code=1&state=state")
        assert back.status_code == status
        for page in ("/", "/school/ects", "/choose-school", "/access-denied", "/stay-signed-in"):
            assert client.get(page).status_code < 500
        token = client.get("/cookies").text.partition('csrf_token" value="')[2].partition('"')[0]
        client.post("/sign-out", data={"csrf_token": token})
    stage.app.extensions["ect"] = before


@drive
def comes_from_a_school_that_was_replaced(stage: Stage) -> None:
    """Told how to keep access, while a search of somebody else is left unfinished."""
    search(stage, TRNS["another date"], day=ANOTHER_DAY)
    old, new = (School(Urn(f"19000{n}"), f"Replaced School {n}") for n in (1, 2))
    with stage.store.ports.unit_of_work() as uow:
        uow.hold([Hold.EVERYTHING])
        uow.schools.save_all([attrs.evolve(old, status=SchoolStatus.CLOSED), new])
        uow.schools.move_records(Succession(old.urn, new.urn, stage.store.ports.clock.today()))
        uow.commit()
    before = stage.app.extensions["ect"]
    stage.app.extensions["ect"] = attrs.evolve(before, sign_in=Door(schools=(old.urn.digits,)))
    client = stage.app.test_client()
    assert client.get("/sign-in").location == AWAY
    back = client.get("/sign-in/callback?code=1&state=state")
    assert client.get(back.location).status_code == 200
    stage.app.extensions["ect"] = before
