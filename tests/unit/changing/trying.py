"""What answers come to in a situation: walked, looked at and saved, each time from the start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.change_draft import EctChangeDraft, MentorChangeDraft
from ect_registration.domain.drafts.ect_draft import NameAnswer, SamePersonAnswer
from ect_registration.domain.email import Email
from ect_registration.domain.values import PersonName
from ect_registration.testing.memory.state import State
from ect_registration.use_cases.changing.change_ect import (
    change_ect,
    look_at_ect_change,
    walk_ect_change,
)
from ect_registration.use_cases.changing.change_mentor import (
    change_mentor,
    look_at_mentor_change,
    walk_mentor_change,
)
from unit.changing.models.ect_model import EctModel
from unit.changing.models.facts import DAY, academic_year, four_months_after, others
from unit.changing.models.mentor_model import MentorModel
from unit.changing.rows import Seen
from unit.changing.situations.situation import ONCE_USED, USED, Situation

Answers = Mapping[str, Any]  # by the name of the step; ``same-person`` beside ``name``

NAMES = (None, "Asha Marlowe-Reid", "Olga Reid", "Someone Else")


class Model(Protocol):
    """What the catalogue says of some answers."""

    given: Answers

    @property
    def changed(self) -> Answers:
        """The answers that differ from the record."""

    @property
    def refusals(self) -> set[str]:
        """Every rule against them."""

    @property
    def expected(self) -> dict[Any, Seen]:
        """What stands of everybody afterwards."""


@attrs.frozen
class Kind:
    """How an ECT, or a mentor, is changed."""

    draft: Callable[..., Any]
    model: Callable[..., Model]
    walk: Callable[..., Any]
    look: Callable[..., Any]
    write: Callable[..., Any]


ECTS = Kind(EctChangeDraft, EctModel, walk_ect_change, look_at_ect_change, change_ect)
MENTORS = Kind(
    MentorChangeDraft, MentorModel, walk_mentor_change, look_at_mentor_change, change_mentor
)


@attrs.frozen
class Tried:
    """Some answers in a situation, what they came to, and what the model says of them."""

    model: Model
    walked: Any  # what a page would show: the case and how far it gets, or a refusal
    shown: Any  # what the check page shows, or a refusal
    saved: Any
    before: State
    after: State

    @property
    def given(self) -> Answers:
        """The answers."""
        return self.model.given


def tried(kind: Kind, here: Situation, given: Answers) -> Tried:
    """Looked at, walked and saved; then the town is as before."""
    ports, store, before = here.service.ports, here.service.store, here.state
    draft, actor = _draft(kind, here, given), here.actor
    model = kind.model(before, here.row, here.today, here.school, given)
    walked = kind.walk(draft, actor, ports)
    shown = kind.look(draft, actor, ports)
    to_compare = None if isinstance(shown, Blocked) else shown
    saved = kind.write(draft, actor, ports, shown=to_compare)
    after, store.state = store.state, before
    return Tried(model, walked, shown, saved, before, after)


def _draft(kind: Kind, here: Situation, given: Answers) -> Any:
    """The answers as a page or a document gives them."""
    parsed: Mapping[str, Callable[[Any], Any]] = {
        "name": lambda name: NameAnswer(None if name is None else PersonName(name)),
        "email": Email,
        "same-person": lambda same: SamePersonAnswer(same, here.row.teacher.trs_name),
    }
    values = {
        step.replace("-", "_"): parsed.get(step, lambda answer: answer)(answer)
        for step, answer in given.items()
    }
    return kind.draft(here.id, frozenset(given) - {"same-person"}, **values)


def about_the_person(here: Situation) -> list[Answers]:
    """Names and addresses: free, in use, used by somebody who left; their own, in other case."""
    row = here.row
    texts = ["free@example.org", str(USED), str(ONCE_USED), "asha.there@example.org"]
    if row.email is not None:
        texts += [row.email.address, row.email.address.upper()]
    names: list[Answers] = [{"name": name} for name in NAMES]
    names += [{"name": name, "same-person": said} for name in NAMES for said in (True, False)]
    return [*names, *({"email": text} for text in texts)]


def first_days(here: Situation, registered_on: date) -> list[date]:
    """Those around every day that matters to a first day, in order."""
    row, today, year = here.row, here.today, academic_year(registered_on)
    rows = here.state.ects if here.id in here.state.ects else here.state.mentors
    matters = {row.period.started_on, today, four_months_after(today) + DAY}
    matters |= {date(year + years, 9, 1) for years in (-2, 0, 1, 2)}
    for each in (row, *others(rows, row, here.state)):
        matters.add(each.period.started_on + DAY)
        if each.period.finished_on is not None:
            matters.add(each.period.finished_on + DAY)
    return sorted({day - back for day in matters for back in (DAY, 0 * DAY)})
