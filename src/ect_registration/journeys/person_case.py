"""The facts about a person that every registration rests on, ECT or mentor."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from functools import cached_property
from typing import Self

import attrs

from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.mentor_draft import MentorDraft
from ect_registration.domain.email import Email
from ect_registration.domain.people.teacher import Search, Teacher, TeacherRecord, TrsFacts
from ect_registration.domain.rules.identifying.name import correction_of
from ect_registration.domain.values import Trn
from ect_registration.journeys.answers import given


class PersonCase(ABC):
    """A person to be found in TRS and registered."""

    @property
    @abstractmethod
    def draft(self) -> EctDraft | MentorDraft:
        """Returns the answers so far."""

    @property
    @abstractmethod
    def known(self) -> tuple[Teacher, ...]:
        """Returns the person as the service knows them, under each of their TRNs."""

    @property
    @abstractmethod
    def email_holders(self) -> tuple[Trn, ...]:
        """Returns the TRNs of the people who use the email address that was given."""

    def answer(self, name: str) -> object:
        """Returns the answer kept under this name; None is unanswered."""
        return getattr(self.draft, name)

    @abstractmethod
    def forgetting(self, names: Collection[str]) -> Self:
        """Returns the case without these answers."""

    @property
    def search(self) -> Search:
        """Returns the search, once there was one."""
        return given(self.draft.search)

    @property
    def proven(self) -> bool:
        """Says whether the school has shown that it knows the person."""
        return self.draft.search is not None and self.draft.search.record is not None

    @cached_property
    def record(self) -> TeacherRecord:
        """Returns what TRS said, once proven."""
        return given(self.search.record)

    @cached_property
    def person(self) -> frozenset[Trn]:
        """Returns every TRN of this person that TRS or the service knows of."""
        return self.record.trns | {teacher.trn for teacher in self.known}

    @cached_property
    def teacher(self) -> Teacher:
        """Returns the person with the names that will be shown from now on."""
        corrected = self.draft.name.corrected if self.draft.name else None
        return Teacher(
            self.record.trn,
            self.record.name,
            correction_of(self.record.name, corrected),
            self.trs_facts,
        )

    @property
    def trs_facts(self) -> TrsFacts | None:
        """Returns what TRS said of qualification and induction, once proven."""
        return TrsFacts.of(self.record, self.search.answered_at)

    @property
    def email(self) -> Email:
        """Returns the person's address, once given."""
        return given(self.draft.email)


@attrs.frozen
class FoundPerson(PersonCase):
    """The answer to a search, with nothing else known."""

    draft: EctDraft
    known: tuple[Teacher, ...] = ()
    email_holders: tuple[Trn, ...] = ()

    def forgetting(self, names: Collection[str]) -> FoundPerson:
        """Returns the case without these answers."""
        return attrs.evolve(self, draft=self.draft.forgetting(names))
