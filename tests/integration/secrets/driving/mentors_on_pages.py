"""Every way through the pages that give an ECT a mentor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import attrs

from builders import THIS_YEAR, TODAY
from ect_registration.domain.reference.tables import ReferenceKind
from ect_registration.domain.school import LeadProvider
from ect_registration.domain.values import Trn
from ect_registration.ports.stored.holds import Hold
from ect_registration.testing.memory.teacher_records import MemoryTeacherRecords
from integration.cli.contract import TRNS
from integration.cli.town import EIGHTEEN, LEAVER, OMAR
from integration.secrets.driving.drives import drive
from integration.secrets.marks import (
    ANOTHER_DAY,
    ANOTHER_NUMBER,
    ANOTHER_PROVIDER,
    BORN_ON,
    TO_REGISTER,
)
from integration.secrets.stage import Stage
from integration.secrets.visitor import born, by_number, search, sign_in
from integration.web.mentoring import ANSWERS, Mentoring
from integration.web.registering import Seen, a_date

PROOF = "national-insurance-number"
HERE, FORMER, ELSEWHERE, LEAVING = TO_REGISTER[12:16]  # mentors: see the marked world
LATE = TO_REGISTER[16]  # an ECT who begins in October
STARTS_ELSEWHERE = TO_REGISTER[17]  # a mentor, next March


def mentoring(stage: Stage, ect: str, user: str = "hannah") -> Mentoring:
    """Somebody of the school, in a new journey for this ECT."""
    visitor = sign_in(stage, user)
    with stage.store.ports.reading() as uow:
        [known] = uow.ects.of_people([Trn(ect)])
    whom = {"person": None, "school": None, "ect": str(known.id)}
    begun = Mentoring(None, visitor.client, visitor.token, **whom)
    begun.begin()
    return begun


def find(visitor: Mentoring, trn: str, day: Any = BORN_ON) -> Seen:
    """By TRN and date of birth."""
    return visitor.post("find", {"trn": trn, **born(day)})


def go_on(visitor: Mentoring, trn: str, until: str = "check-answers", **instead: Any) -> Seen:
    """Answer what is asked, looking at each page."""
    answers = {**ANSWERS, "find": {"trn": trn, **born()}}
    answers |= {"email": {"email": f"{trn}@mentors.example"}}
    answers |= {step.replace("_", "-"): answer for step, answer in instead.items()}
    seen = visitor.get("find")
    while seen.step != until and seen.step in answers:
        before = visitor.get(seen.step).step
        seen = visitor.post(before, answers[before])
        if seen.step == before:
            return seen
    return visitor.get(seen.step)


@drive
def registers_a_mentor(stage: Stage) -> None:
    """To the end, by the number; then everything that shows the mentor."""
    visitor = mentoring(stage, TO_REGISTER[0], "owen")
    assert visitor.get(visitor.question).status == visitor.get("no-trn").status == 200
    assert find(visitor, TO_REGISTER[8], ANOTHER_DAY).step == PROOF
    assert visitor.get(PROOF).status == 200
    assert visitor.post(PROOF, by_number(ANOTHER_NUMBER)).step == "stopped"
    assert visitor.get("stopped").rule == "details-do-not-match"
    assert visitor.post(PROOF, by_number()).step == "name"
    go_on(visitor, TO_REGISTER[8])
    assert visitor.register().step == "done"
    assert visitor.get("done").status == visitor.get("/school/mentors").status == 200
    for mentor in set(
        re.findall(r"/school/mentors/[0-9a-f-]{36}", visitor.get("/school/mentors").html)
    ):
        assert visitor.get(mentor).status == 200


@drive
def asks_about_mentors_elsewhere(stage: Stage) -> None:
    """Whether only here, and from which day."""
    visitor = mentoring(stage, OMAR)
    assert go_on(visitor, ELSEWHERE, "only-here").step == "only-here"
    assert go_on(visitor, ELSEWHERE).step == "check-answers"
    former = mentoring(stage, LEAVER)
    late = a_date("start_date", 15, 9, 2025)
    assert go_on(former, FORMER, "stopped", start_date=late).rule == "no-day-in-common"


@drive
def gives_a_mentor_another_name(stage: Stage) -> None:
    """So different that the school is asked whether it is the same person."""
    visitor = mentoring(stage, OMAR)
    find(visitor, TO_REGISTER[18])
    another = {"name_is_correct": "no", "corrected_name": "Wilhelmina Oduya"}
    assert visitor.post("name", another).step == "same-person"
    assert visitor.get("same-person").status == 200
    assert visitor.post("same-person", {"same_person": "yes"}).step == "email"


@drive
def leaves_no_day_for_only_here(stage: Stage) -> None:
    """They begin elsewhere later than any start date may lie."""
    visitor = mentoring(stage, LEAVER)
    seen = go_on(visitor, STARTS_ELSEWHERE, "stopped", only_here={"only_here": "yes"})
    assert seen.rule == "overlaps-previous"


@drive
def meets_everybody_as_a_mentor(stage: Stage) -> None:
    """Nobody, themself, prohibited, here already, an address in use."""
    met = {
        "1999999": "trn-not-found",
        TRNS["prohibited"]: "prohibited-from-teaching",
        HERE: "mentor-already-here",
    }
    for trn, rule in met.items():
        visitor = mentoring(stage, OMAR)
        find(visitor, trn)
        assert visitor.get("stopped").rule == rule
    assert find(mentoring(stage, OMAR), OMAR).rule == "own-mentor"
    taken = {"email": f"{OMAR}@example.org"}
    assert (
        go_on(mentoring(stage, OMAR), TO_REGISTER[9], "stopped", email=taken).rule
        == "email-in-use"
    )
    completed = mentoring(stage, EIGHTEEN)
    assert completed.get(completed.question).rule == "mentor-now-or-later"


@drive
def makes_slips_about_mentors(stage: Stage) -> None:
    """And posts with an old page, at both of the questions."""
    visitor = mentoring(stage, OMAR)
    for slip in ({}, born(year="1953zz"), born(month=27, day=11), born(year=1853)):
        assert visitor.post("find", {"trn": TO_REGISTER[9], **slip}).status == 422
    find(visitor, TO_REGISTER[9], ANOTHER_DAY)
    assert visitor.post(PROOF, by_number("JK246810B7")).status == 422
    for step, typed in (("find", {"trn": OMAR, **born()}), (PROOF, by_number())):
        assert visitor.post(step, {**typed, "csrf_token": "old"}).status == 400


@drive
def submits_mentors_too_late(stage: Stage) -> None:
    """A provider that stopped, a record that was closed, somebody who was quicker."""
    visitor = mentoring(stage, TO_REGISTER[1], "owen")
    another = {"training": {"another_provider": "yes"}}
    go_on(visitor, TO_REGISTER[9], lead_provider={"lead_provider": ANOTHER_PROVIDER}, **another)
    shown = visitor.get("check-answers").hidden("shown")
    with _stopped(stage, ANOTHER_PROVIDER):
        assert visitor.post("check-answers", shown=shown).step == "stopped"
        assert visitor.get("stopped").rule == "lead-provider-not-available"
    stage.clock.wait(hours=2)
    later = attrs.evolve(mentoring(stage, TO_REGISTER[1], "owen"), journey=visitor.journey)
    stage.line.records = MemoryTeacherRecords(())
    page = later.post("check-answers", shown=shown)
    stage.new_line()
    assert page.rule == "decided-again"


@contextmanager
def _stopped(stage: Stage, provider: str) -> Iterator[None]:
    """A lead provider works in no year, until the block ends."""
    for years in ((), (THIS_YEAR,)):
        with stage.store.ports.unit_of_work() as uow:
            uow.hold([Hold.EVERYTHING])
            uow.offers.save_lead_provider(LeadProvider(provider, frozenset(years)))
            uow.commit()
        if not years:
            yield


@drive
def is_too_slow(stage: Stage) -> None:
    """Somebody else assigns a mentor meanwhile."""
    visitor = mentoring(stage, TO_REGISTER[1], "owen")
    go_on(visitor, TO_REGISTER[9])
    shown = visitor.get("check-answers").hidden("shown")
    quicker = mentoring(stage, TO_REGISTER[1], "owen")
    quicker.choose(_id_of(stage, ELSEWHERE))
    assert quicker.get("training").status == 200
    assert quicker.post("training").step == "done"
    assert quicker.get("done").status == 200
    visitor.post("check-answers", shown=shown)
    assert visitor.get("stopped").rule == "one-mentor-at-a-time"


@drive
def changes_a_mentor(stage: Stage) -> None:
    """A mentor of the school takes over from another one."""
    visitor = mentoring(stage, TO_REGISTER[1], "owen")
    sent = visitor.choose(_id_of(stage, TO_REGISTER[8]), change=True)
    if sent.step == "training":
        visitor.post("training")
    assert visitor.get("check-answers").step == "check-answers"
    assert visitor.register().step == "done"
    assert visitor.get("done").title.startswith("Mentor changed")


@drive
def registers_from_the_mentors_page(stage: Stage) -> None:
    """For an ECT who has a mentor, and for nobody."""
    visitor = mentoring(stage, TO_REGISTER[1], "owen")
    address = "/school/mentors/register"
    assert visitor.get(address).status == visitor.get(f"{address}?search=nobody").status == 200
    assert visitor.post(address).status == 422
    visitor.follow(visitor.post(address, ect=visitor.ect))
    assert find(visitor, TO_REGISTER[9]).step == "name"
    assert go_on(visitor, TO_REGISTER[9]).step == "check-answers"


@drive
def assigns_several(stage: Stage) -> None:
    """ECTs chosen from a mentor's page: refused, then done, so that a tab has no question left."""
    visitor = mentoring(stage, OMAR)
    visitor.choose(_id_of(stage, HERE))
    with stage.store.ports.reading() as uow:
        [late] = uow.ects.of_people([Trn(LATE)])
    for mentor, rule in ((LEAVING, "no-day-in-common"), (HERE, None)):
        address = f"/school/mentors/{_id_of(stage, mentor)}/assign"
        assert visitor.get(address).status == 200
        assert visitor.post(address, ect="").status == 422
        assert visitor.post(address, ect=str(late.id)).rule == rule
    for step in ("training", "lead-provider"):
        assert visitor.get(f"{address}/{step}?ect={late.id}").status == 200
    gone = visitor.get(f"/school/mentors/{_id_of(stage, FORMER)}/assign")
    assert gone.rule == "no-day-in-common"
    assert visitor.post(address, ect=str(late.id), training="told").status == 303
    assert "The mentor has not been assigned yet" in visitor.get("done").says


def _id_of(stage: Stage, trn: str) -> str:
    with stage.store.ports.reading() as uow:
        return str(uow.mentors.of_people([Trn(trn)])[0].id)


@drive
def finds_registering_closed(stage: Stage) -> None:
    """After an ECT and a mentor were found; then it is open again."""
    visitor, giving = search(stage, TO_REGISTER[6]), mentoring(stage, OMAR)
    assert giving.post("find", {"trn": TO_REGISTER[7], **born()}).step == "name"
    for is_closed in (True, False):
        row = {"from": TODAY, "to": TODAY, "message": None, "active": is_closed}
        with stage.store.ports.unit_of_work() as uow:
            uow.hold([Hold.EVERYTHING])
            uow.reference.save(ReferenceKind.CLOSED_DAYS, [row])
            uow.commit()
        for each in (visitor, giving):
            assert (each.get("stopped").rule == "registration-closed") == is_closed
