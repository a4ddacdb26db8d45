"""What a school can do with a record: its question, what it comes to, and what is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.notice import Role
from ect_registration.use_cases.transactions import Actor, Ports
from entrypoints.web.changes.sealed_answers import Answers
from entrypoints.web.forms.fields import Form

Id = UUID


@attrs.frozen
class Look:
    """What a change would come to, as its check page shows it."""

    name: str  # of the person
    lines: Sequence[str]  # what follows, each a sentence without its full stop
    rows: Sequence[tuple[str, str]] = ()  # what changes, and to what
    next_steps: str | None = None  # what others do then, without its last full stop
    read_from: object = None  # what the use case planned, which has to be the same when it saves

    @property
    def is_empty(self) -> bool:
        """Says whether nothing would change."""
        return not self.lines and not self.rows


@attrs.frozen
class Act:
    """One thing to do with the record of an ECT or a mentor."""

    role: Role
    path: str  # of its address, below the person's
    form: type[Form]
    template: str  # of its question
    title: str  # of the check page
    button: str
    done: str  # the banner afterwards, without names: a cookie carries it
    look: Callable[[Id, Answers, Actor, Ports], Look | Blocked]
    write: Callable[[Id, Answers, Actor, Ports, Any], object]  # with what was shown
    begins_with: Callable[[date], Mapping[str, object]] = lambda _: {}
    warns: bool = False  # the button ends or undoes something
    leads_to_list: bool = False

    @property
    def endpoint(self) -> str:
        """The name of the view of its question."""
        return f"{self.role.value}_{self.path.replace('/', '_').replace('-', '_')}"

    @property
    def folder(self) -> str:
        """The folder of addresses of the people that it is about."""
        return "ects" if self.role is Role.ECT else "mentors"
