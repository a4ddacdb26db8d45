"""Teachers, their periods as ECTs and mentors, and their email addresses."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol

from ect_registration.domain.drafts.saved_journey import SavedJourney
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool, EctId, KnownEct
from ect_registration.domain.people.mentor import (
    KnownMentor,
    MentorAtSchool,
    MentorPast,
    MentorTrainingHistory,
)
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.records.history import Change
from ect_registration.domain.search.ect_search import EctsFound, EctsWanted
from ect_registration.domain.search.mentor_search import Mentored, MentorsFound, MentorsWanted
from ect_registration.domain.values import Trn, Urn


class Teachers(Protocol):
    """People with a TRN whom some school has registered."""

    def known_as(self, trns: Collection[Trn]) -> Sequence[Teacher]:
        """Everybody known under one of these TRNs or one merged with them, in order of TRN.

        They are held until the unit of work ends: nobody else changes their periods meanwhile.
        """

    def save(self, teacher: Teacher) -> None:
        """Add, or set the names of, the teacher with this TRN."""

    def merge(self, old: Trn, retained: Trn) -> None:
        """Keep the old TRN as an alias of the retained one.

        A teacher known only under the old TRN is known under the retained one from now on. Known
        under both, nothing moves. Saying it again changes nothing.
        """


class Ects(Protocol):
    """ECT periods, each with its trainings and mentorships, withdrawn ones included."""

    def of_people(self, trns: Collection[Trn]) -> Sequence[EctAtSchool]:
        """The periods of the teachers with these very TRNs, oldest first."""

    def known_as(self, trns: Collection[Trn]) -> KnownEct:
        """``Teachers.known_as``, and the periods of all of them together, oldest first."""

    def at_school(self, urn: Urn) -> Sequence[EctAtSchool]:
        """Latest registration first, then in the reverse order of writing."""

    def look(self, wanted: EctsWanted, skip: int, most: int) -> EctsFound:
        """Mentor required first, else as at the school: ``most`` of them after the first few."""

    def find(self, id: EctId) -> EctAtSchool | None:
        """None when there is no such period."""

    def find_with_trns(self, id: EctId) -> tuple[EctAtSchool, frozenset[Trn]] | None:
        """The same, and every TRN of its person, whose teacher is held as by ``known_as``."""

    def add(self, ect: EctAtSchool) -> None:
        """The teacher is saved and the email claimed before.

        Conflict: the period overlaps another of the teacher, a training lies outside it, ...
        """

    def change(self, before: EctAtSchool, after: EctAtSchool) -> None:
        """Write what differs: email, period, completed, trainings and mentorships."""


class Mentors(Protocol):
    """Mentor periods, each with its trainings."""

    def of_people(self, trns: Collection[Trn]) -> Sequence[MentorAtSchool]:
        """The periods of the teachers with these very TRNs, oldest first."""

    def at_school(self, urn: Urn) -> Sequence[MentorAtSchool]:
        """By name, then oldest first."""

    def find(self, id: MentorId) -> MentorAtSchool | None:
        """None when there is no such period."""

    def known_as(self, trns: Collection[Trn]) -> KnownMentor:
        """``Teachers.known_as``, and the past of all of them together, as ``past_of_person_with``.

        Training before is that of the TRNs, whether or not we know a teacher with them.
        """

    def of_person_with(self, id: MentorId) -> Sequence[MentorAtSchool]:
        """Every mentor period, at any school, of the person who has this one, oldest first.

        Nothing when there is no such period. Merged TRNs are one person.
        """

    def past_of_person_with(self, id: MentorId) -> MentorPast:
        """Those, with what is known of their training before, in order of TRN.

        The person is held as by ``Teachers.known_as``.
        """

    def pasts_of_people(self, trns: Collection[Trn]) -> Mapping[Trn, MentorPast]:
        """The same of several people, by every TRN under which one of them has mentored.

        Nobody is held.
        """

    def mentored_by(self, id: MentorId) -> Sequence[EctAtSchool]:
        """The ECTs with a mentorship of this mentor that was not withdrawn, oldest first."""

    def look(self, wanted: MentorsWanted, skip: int, most: int) -> MentorsFound:
        """Those who have not left first, then by name: ``most`` after the first few.

        Skipping everybody finds the last page of so many.
        """

    def mentored_by_any(self, ids: Collection[MentorId]) -> Sequence[Mentored]:
        """Whom these mentor periods mentor, did or will, by first day; not what was withdrawn."""

    def training_history(self, trns: Collection[Trn]) -> Sequence[MentorTrainingHistory]:
        """What is known of the people with these TRNs, in order of TRN. Merged TRNs are one."""

    def save_training_history(self, history: MentorTrainingHistory) -> None:
        """Add it, or set it to what is given, for this TRN; we need not know the person."""

    def add(self, mentor: MentorAtSchool) -> None:
        """As for an ECT. Conflict: overlaps another mentor period of theirs at this school."""

    def change(self, before: MentorAtSchool, after: MentorAtSchool) -> None:
        """Write what differs: email, period and trainings."""


class Emails(Protocol):
    """Who holds which email address."""

    def holders(self, email: Email, today: date) -> Sequence[Trn]:
        """The TRNs of the people with an open ECT or mentor period with this address."""

    def claim(self, email: Email, trn: Trn, today: date) -> None:
        """Make this teacher the holder. Claiming again changes nothing.

        Conflict: the holder is somebody else, whose periods with it have not all finished.
        """


class People(Protocol):
    """What there is about one person, wherever it is kept."""

    def trns(self, trn: Trn) -> Sequence[Trn]:
        """Every TRN that merges have shown to be the same person's, this one included, in order.

        It need not be one that anybody has registered.
        """

    def email_addresses(self, trns: Collection[Trn]) -> Sequence[str]:
        """Those that the teachers with these very TRNs hold, as they are compared, in order."""

    def journeys(self, trns: Collection[Trn]) -> Sequence[SavedJourney]:
        """Those that looked for one of these TRNs or found it, latest use first."""

    def history(self, trns: Collection[Trn]) -> Sequence[Change]:
        """What happened to the people with these very TRNs, at any school, oldest first."""
