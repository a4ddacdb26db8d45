"""Asks the steps of the register-ECT journey one by one at a terminal."""

from __future__ import annotations

from uuid import UUID

import attrs
import click

from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.notice import Role
from ect_registration.domain.people.teacher import Search
from ect_registration.domain.policy import JOURNEY_LIFE
from ect_registration.domain.rules.check_answers import DECIDED_AGAIN, SAVED_AS_SHOWN
from ect_registration.domain.rules.identifying.identity import (
    DATE_OF_BIRTH_DIFFERS,
    DETAILS_DO_NOT_MATCH,
)
from ect_registration.domain.rules.identifying.limits import JOURNEYS_EXPIRE
from ect_registration.domain.text import cleaned
from ect_registration.domain.values import NationalInsuranceNumber, Trn, Urn
from ect_registration.journeys.ect_case import EctCase
from ect_registration.journeys.engine import Progress
from ect_registration.use_cases.journeys import saved_journeys
from ect_registration.use_cases.journeys.answering import answer, find_teacher, prove_by_number
from ect_registration.use_cases.journeys.beginning import check_may_begin
from ect_registration.use_cases.journeys.ect_journey import ECT_JOURNEY
from ect_registration.use_cases.journeys.journey_type import Decided, Gone
from ect_registration.use_cases.journeys.unfinished import Unfinished, unfinished
from ect_registration.use_cases.operating.refusals import (
    counting_numbers,
    keep_refusals,
    person_of,
    refusal_of,
)
from ect_registration.use_cases.registering.outcomes import Registered
from ect_registration.use_cases.registering.register_ect import submit_ect
from ect_registration.use_cases.transactions import Actor, Ports, Tells
from entrypoints.cli.terminal.prompts import date_of_birth, one_of, say, typed
from entrypoints.cli.terminal.questions import QUESTIONS, show_answers
from entrypoints.cli.terminal.tables import on_screen
from entrypoints.text.dates_in_words import in_words

HINT = (
    f"Press Ctrl-C to stop. We keep your answers for {JOURNEY_LIFE}, except the date of birth and "
    "National Insurance number"
)

CHANGES = {
    "name": "name",
    "email": "email address",
    "start-date": "start date",
    "working-pattern": "working pattern",
    "reuse-choices": "programme choices",
    "appropriate-body": "appropriate body",
    "programme": "programme",
    "lead-provider": "lead provider",
}
NUMBER = "National Insurance number (press Enter to search again)"


def ask(user: str, tells: Tells, ports: Ports, reason: str | None = None) -> Registered | Blocked:
    """Registers one ECT by questions and answers."""
    say(HINT)
    school = _school(ports)
    if isinstance(school, Blocked):
        return school
    terminal = Terminal(Actor(user, school, tells, reason), ports)
    try:
        outcome = terminal.register(terminal.journey())
    except Gone:
        outcome = JOURNEYS_EXPIRE.refuses()
    if isinstance(outcome, Blocked):
        say(in_words(outcome.message))
    return outcome


def _school(ports: Ports) -> Urn | Blocked:
    """Returns a school that we know, or Blocked when it may not register."""
    while True:
        school = typed("School URN", Urn.parse)
        blocked = check_may_begin(ECT_JOURNEY, EctDraft(), school, ports)
        if blocked is None:
            return school
        say(in_words(blocked.message))
        if blocked.kind is not Kind.INVALID:
            return blocked


@attrs.frozen
class Terminal:
    """Represents one person at a terminal, registering one ECT."""

    actor: Actor
    ports: Ports

    def journey(self) -> JourneyId:
        """Returns an unfinished journey that the person wants to go on with, or a new one."""
        saved_journeys.purge(self.ports)
        for left in unfinished(self.actor, self.ports):
            if left.role is Role.ECT and click.confirm(
                f"Continue the unfinished registration of {_whom(left)}?", err=True
            ):
                return left.journey.id
        return saved_journeys.start(self.actor, self.ports)

    def register(self, id: JourneyId) -> Registered | Blocked:
        """Asks until it is done, or until a rule refuses what no other answer mends."""
        while True:
            standing = saved_journeys.look(ECT_JOURNEY, id, self.actor, self.ports)
            if isinstance(standing, Blocked):
                return standing
            blocked, search = standing.decided.progress.blocked, standing.decided.case.draft.search
            self._keep(blocked, search)
            if blocked is not None and standing.decided.progress.at is None:
                return blocked
            if blocked is not None:
                say(in_words(blocked.message))
            came_to = self._take_step(id, standing.decided)
            if not isinstance(came_to, UUID):
                self._keep(came_to, search)
                return came_to
            id = JourneyId(came_to)

    def _take_step(self, id: JourneyId, decided: Decided[EctCase]) -> UUID | Registered | Blocked:
        """Asks one question, and returns the id of the journey to go on with, or how it ended."""
        case = decided.case
        match step := _step(decided.progress):
            case "find":
                return self._find(id, case)
            case "national-insurance-number":
                say(DATE_OF_BIRTH_DIFFERS.tells)
                counting_numbers(Role.ECT, self.ports)(case.search)
                number = typed(NUMBER, _number_if_any, hide=True, default="")
                if number is None:
                    return self._find(id, case)
                return prove_by_number(ECT_JOURNEY, id, number, self.actor, self.ports)
            case "check-answers":
                return self._check_answers(id, decided)
            case _:
                self._answer(id, step, case)
                return id

    def _keep(self, outcome: object, search: Search | None) -> None:
        """Keeps a refusal for support."""
        person, today = person_of(search, self.actor), self.ports.clock.today()
        keep_refusals(refusal_of(outcome, Role.ECT, person, today), self.ports)

    def _find(self, id: JourneyId, case: EctCase) -> JourneyId | Blocked:
        trn = typed("TRN", Trn.parse)
        born_on = date_of_birth(case.today)
        return find_teacher(ECT_JOURNEY, id, trn, born_on, self.actor, self.ports)

    def _answer(self, id: JourneyId, step: str, case: EctCase) -> None:
        blocked = answer(ECT_JOURNEY, id, step, QUESTIONS[step](case), self.actor, self.ports)
        if isinstance(blocked, Blocked):  # it cannot be right: the question comes again
            say(in_words(blocked.message))

    def _check_answers(
        self, id: JourneyId, decided: Decided[EctCase]
    ) -> UUID | Registered | Blocked:
        """Registers, or changes an answer and comes back."""
        show_answers(decided.case)
        change = one_of(
            "What do you want to do?", {"Register this ECT": None} | _changes(decided.progress)
        )
        if change is not None:
            self._answer(id, change, decided.case)
            return id
        outcome = submit_ect(id, decided.case.preview, self.actor, self.ports)
        if isinstance(outcome, Registered) or outcome.kind is Kind.UNAVAILABLE:
            return outcome
        if outcome.rule is DECIDED_AGAIN:
            return outcome
        if outcome.rule is SAVED_AS_SHOWN:  # the journey itself tells every other
            say(in_words(outcome.message))
        return id


def _step(progress: Progress[EctCase]) -> str:
    """Returns the step to ask; where facts did not match, the next try may be about any person."""
    blocked = progress.blocked
    if blocked is not None and blocked.rule is DETAILS_DO_NOT_MATCH:
        return "find"
    return progress.path[-1].id


def _number_if_any(text: str) -> NationalInsuranceNumber | None:
    return NationalInsuranceNumber.parse(text) if cleaned(text) else None


def _whom(left: Unfinished) -> str:
    """Returns the ECT that an unfinished journey is about."""
    return on_screen(f"{left.record.name} (TRN {left.trn})".strip())


def _changes(progress: Progress[EctCase]) -> dict[str, str | None]:
    """Returns the answers that can be changed."""
    steps = [step.id for step in progress.path if step.id in CHANGES]
    return {f"Change the {CHANGES[step]}": step for step in steps}
