"""Every answer that is tried in a situation, and what the service makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any

import attrs

from builders import HUB, LEAD_PROVIDER
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.change_draft import EctChangeDraft
from ect_registration.domain.drafts.ect_draft import NameAnswer, SamePersonAnswer
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool, WorkingPattern
from ect_registration.domain.people.training import Programme
from ect_registration.domain.values import PersonName
from ect_registration.testing.memory.state import State
from ect_registration.use_cases.changing.change_ect import (
    change_ect,
    look_at_ect_change,
    walk_ect_change,
)
from ect_registration.use_cases.changing.change_outcomes import EctChange
from ect_registration.use_cases.transactions import Actor
from unit.changing.ect_model import EctModel
from unit.changing.facts import DAY, academic_year, four_months_after, others
from unit.changing.rows import days_of
from unit.changing.situations import ONCE_USED, USED, Situation
from unit.use_cases.service import USER
from unit.use_cases.town import CLOSING_HUB, COUNCIL, ISTIP, NO_LONGER, THIS_YEAR_ONLY, UNHEARD_OF

Answers = Mapping[str, Any]

NAMES = (None, "Asha Marlowe-Reid", "Olga Reid", "Someone Else")
BODIES = (HUB, CLOSING_HUB, ISTIP, COUNCIL, UNHEARD_OF)
PROVIDERS = (LEAD_PROVIDER, THIS_YEAR_ONLY, NO_LONGER, UNHEARD_OF)


@attrs.frozen
class Tried:
    """Some answers in a situation, what they came to, and what the model says of them."""

    model: EctModel
    walked: Any  # what a page would show: the case and how far it gets, or a refusal
    shown: EctChange | Blocked  # what the check page shows
    saved: EctChange | Blocked
    before: State
    after: State

    @property
    def given(self) -> Answers:
        """The answers."""
        return self.model.given


def addresses(row: EctAtSchool) -> Iterator[str]:
    """Free, in use, used by somebody who left; their own, and in other case."""
    yield from ("free@example.org", str(USED), str(ONCE_USED), "asha.there@example.org")
    if row.email is not None:
        yield from (row.email.address, row.email.address.upper())


def days(row: Any, rows: Mapping[Any, Any], state: State, today: date) -> set[date]:
    """Around every day that matters to a first day."""
    year = academic_year(row.registered_at.date() if hasattr(row, "registered_at") else today)
    matters = {row.period.started_on, date(year - 2, 9, 1), date(year + 1, 9, 1), today}
    matters |= {date(year + 2, 9, 1), date(year, 9, 1), four_months_after(today) + DAY}
    for each in (row, *others(rows, row, state)):
        matters.add(each.period.started_on + DAY)
        if each.period.finished_on is not None:
            matters.add(each.period.finished_on + DAY)
    return {day - back for day in matters for back in (DAY, 0 * DAY)}


def one_by_one(here: Situation) -> Iterator[Answers]:
    """As on pages: one question, and whatever it makes necessary."""
    row, state = here.row, here.service.store.state
    for name in NAMES:
        yield {"name": name}
        yield {"name": name, "same-person": True}
        yield {"name": name, "same-person": False}
    for address in addresses(row):
        yield {"email": address}
    for pattern in WorkingPattern:
        yield {"working-pattern": pattern}
    for day in sorted(days(row, state.ects, state, here.service.clock.today())):
        yield {"start-date": day}
    for body in BODIES:
        yield {"appropriate-body": body}
    for programme in Programme:
        yield {"programme": programme}
    for provider in PROVIDERS:
        yield {"lead-provider": provider}


def together(here: Situation) -> Iterator[Answers]:
    """As in documents: several at once."""
    today = here.service.clock.today()
    some = {today, date(2026, 8, 31), date(2026, 9, 1), here.row.period.started_on}
    for programme, provider in product(Programme, PROVIDERS):
        yield {"programme": programme, "lead-provider": provider}
    for day, provider in product(sorted(some), PROVIDERS[:3]):
        yield {"start-date": day, "lead-provider": provider}
    for day, programme in product(sorted(some), Programme):
        yield {"start-date": day, "programme": programme}
    for day, body in product(sorted(some), BODIES[:2]):
        yield {"start-date": day, "appropriate-body": body}
    yield {"name": "Asha Reid", "email": "free@example.org", "working-pattern": None} | {
        "working-pattern": WorkingPattern.PART_TIME
    }
    yield {"name": "Asha Reid", "email": str(USED)}


def draft_of(here: Situation, given: Answers) -> EctChangeDraft:
    """The answers as a page or a document gives them."""
    same = given.get("same-person")
    values = {
        step.replace("-", "_"): answer for step, answer in given.items() if step != "same-person"
    }
    if "name" in given:
        name = given["name"]
        values["name"] = NameAnswer(None if name is None else PersonName(name))
    if "email" in given:
        values["email"] = Email(given["email"])
    said = None if same is None else SamePersonAnswer(same, here.row.teacher.trs_name)
    asked = frozenset(given) - {"same-person"}
    return EctChangeDraft(here.ect, asked, **values, same_person=said)


def tried(here: Situation, given: Answers) -> Tried:
    """Looked at, walked and saved; then the town is as before."""
    actor, ports, store = Actor(USER, here.school), here.service.ports, here.service.store
    draft, before = draft_of(here, given), store.state
    model = EctModel(before, here.row, ports.clock.today(), here.school, given)
    walked = walk_ect_change(draft, actor, ports)
    shown = look_at_ect_change(draft, actor, ports)
    saved = change_ect(draft, actor, ports, shown=None if isinstance(shown, Blocked) else shown)
    after, store.state = store.state, before
    return Tried(model, walked, shown, saved, before, after)


def changed(here: Situation, given: Answers) -> None:
    """Saved, and kept."""
    actor = Actor(USER, here.school)
    outcome = change_ect(draft_of(here, given), actor, here.service.ports)
    assert isinstance(outcome, EctChange)
