"""Ways through the pages that end as they should: registered, refused, or asked for more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import attrs

from builders import THIS_YEAR
from ect_registration.domain.school import LeadProvider
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.testing.memory.teacher_records import MemoryTeacherRecords
from integration.cli.contract import ROWS, TRNS
from integration.cli.town import EIGHTEEN, HUB, LEAVER, OMAR, PROVIDER
from integration.secrets.driving.drives import drive
from integration.secrets.marks import (
    ANOTHER_DAY,
    ANOTHER_NUMBER,
    BORN_ON,
    NATIONAL,
    NUMBER,
    TO_REGISTER,
)
from integration.secrets.stage import Stage
from integration.secrets.visitor import WELL, born, by_number, go_on, search, sign_in
from integration.web.registering import START, a_date

ONE_ECT = re.compile(r"/school/ects/[0-9a-f-]{36}")
PROOF = "national-insurance-number"
YEARS = (THIS_YEAR.plus(-1), THIS_YEAR)


@drive
def registers_by_date_of_birth(stage: Stage) -> None:
    """To the end; then every page on which the ECT stands, and the way out."""
    for page in ("/", "/sign-in", "/demo/sign-in", "/demo", "/demo/rules/overlaps-previous"):
        assert stage.app.test_client().get(page).status_code == 200
    visitor = sign_in(stage)
    go_on(visitor, trn=TO_REGISTER[0])
    assert visitor.register().step == "done"
    assert visitor.get("done").status == 200
    [ect, *_] = ONE_ECT.findall(visitor.get("/school/ects").html)
    for page in (ect, "/school/ects", "/school/ects.csv", START):
        assert visitor.get(page).status == 200
    assert visitor.post("/sign-out").status == 303


@drive
def registers_by_number(stage: Stage) -> None:
    """The date of birth differs, the National Insurance number does not."""
    visitor = search(stage, TO_REGISTER[1], day=ANOTHER_DAY)
    assert visitor.post(PROOF, by_number(ANOTHER_NUMBER)).step == "stopped"
    assert visitor.get("stopped").rule == "details-do-not-match"
    assert visitor.post(PROOF, by_number("jk 24 68 10 b")).step == "name"
    go_on(visitor, trn=TO_REGISTER[1])
    assert visitor.register().step == "done"


@drive
def meets_everybody_in_trs(stage: Stage) -> None:
    """A person for each row of TRS's contract: found, refused, asked for more, or out of reach."""
    for name, (_, typed, (_, _, rule)) in ROWS.items():
        stage.clock.wait(hours=2)
        day = ANOTHER_DAY if "date_of_birth" in typed else BORN_ON
        visitor = search(stage, TRNS[name], day=day)
        if "national_insurance_number" in typed:
            right = rule is None
            visitor.post(PROOF, by_number(NUMBER if right else ANOTHER_NUMBER))
        page = visitor.get(visitor.get("name").step)
        found = {None: "name", "date-of-birth-differs": PROOF}
        assert page.step == found.get(rule, page.step)
        assert page.rule == rule or page.step in found.values() or page.step == "find"


@drive
def meets_people_we_know(stage: Stage) -> None:
    """In progress here, completed here, registered elsewhere with days in the way."""
    assert search(stage, OMAR, "hannah").get("stopped").rule == "already-in-progress-here"
    assert search(stage, EIGHTEEN, "hannah").get("stopped").rule == "already-completed-here"
    visitor = search(stage, LEAVER)
    assert visitor.get("registered-before").step in {"registered-before", "name"}
    seen = go_on(visitor, "stopped", LEAVER, start_date=a_date("start_date", 2, 9, 2024))
    assert seen.rule == "overlaps-previous"


@drive
def gives_another_name(stage: Stage) -> None:
    """So different that the school is asked whether it is the same person."""
    visitor = search(stage, TO_REGISTER[19])
    another = {"name_is_correct": "no", "corrected_name": "Wilhelmina Oduya"}
    assert visitor.post("name", another).step == "same-person"
    assert visitor.get("same-person").status == 200
    assert visitor.post("same-person", {"same_person": "yes"}).step == "email"


@drive
def gives_answers_that_are_refused(stage: Stage) -> None:
    """An address of somebody else, a year that is not open, a school that may not."""
    visitor = search(stage, TO_REGISTER[2])
    seen = go_on(visitor, "stopped", email={"email": f"{OMAR}@example.org"})
    assert seen.rule == "email-in-use"
    visitor.post("email", {"email": "mine@example.org"})
    seen = go_on(visitor, "stopped", LEAVER, start_date=a_date("start_date", 1, 9, 2026))
    assert seen.rule == "cannot-register-yet"
    assert sign_in(stage, "cleo").get(START).rule == "school-cannot-register"


@drive
def searches_again(stage: Stage) -> None:
    """Before a proof in the same journey, afterwards in a new one; other pages turn it away."""
    visitor = search(stage, "1999999")
    assert visitor.get("stopped").rule == "trn-not-found"
    assert visitor.post("find", {"trn": WELL, **born()}).step == "name"
    assert visitor.post(PROOF, by_number()).step == "name"
    again = visitor.post("find", {"trn": OMAR, **born()})
    assert visitor.journey not in again.answer.location
    assert visitor.get("find").step == "name"


@drive
def submits_what_is_no_longer_on_offer(stage: Stage) -> None:
    """A body or a provider that stopped after it was chosen."""
    for user, trn, body in (("owen", TO_REGISTER[3], HUB), ("indira", TO_REGISTER[4], NATIONAL)):
        visitor = search(stage, trn, user)
        go_on(visitor, trn=trn, appropriate_body={"appropriate_body": body})
        shown = visitor.get("check-answers").hidden("shown")
        for stop, rule in ((_stop_bodies, "appropriate-body"), (_stop_provider, "lead-provider")):
            with _changed(stage, stop):
                assert visitor.post("check-answers", shown=shown).step == "stopped"
                assert str(visitor.get("stopped").rule).startswith(rule)


@contextmanager
def _changed(stage: Stage, change: Callable[[UnitOfWork], None]) -> Iterator[None]:
    """Until the block ends."""
    with stage.store.ports.unit_of_work() as uow:
        uow.hold([Hold.EVERYTHING])
        bodies = list(uow.offers.appropriate_bodies())
        change(uow)
        uow.commit()
    yield
    with stage.store.ports.unit_of_work() as uow:
        uow.hold([Hold.EVERYTHING])
        for body in bodies:
            uow.offers.save_appropriate_body(body)
        uow.offers.save_lead_provider(LeadProvider(PROVIDER, frozenset(YEARS)))
        uow.commit()


def _stop_bodies(uow: UnitOfWork) -> None:
    for body in uow.offers.appropriate_bodies():
        uow.offers.save_appropriate_body(attrs.evolve(body, active_until=date(2025, 8, 31)))


def _stop_provider(uow: UnitOfWork) -> None:
    uow.offers.save_lead_provider(LeadProvider(PROVIDER))


@drive
def submits_late(stage: Stage) -> None:
    """TRS is asked again, and the record is closed meanwhile."""
    visitor = search(stage, TO_REGISTER[5])
    go_on(visitor, trn=TO_REGISTER[5])
    shown = visitor.get("check-answers").hidden("shown")
    stage.clock.wait(hours=2)
    later = attrs.evolve(sign_in(stage), journey=visitor.journey)
    stage.line.records = MemoryTeacherRecords(())
    page = later.post("check-answers", shown=shown)
    stage.new_line()
    assert page.rule == "decided-again"
