"""Teachers, their periods as ECTs and mentors, and their email addresses."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from ect_registration.domain.drafts.saved_journey import SavedJourney
from ect_registration.domain.email import Email
from ect_registration.domain.notice import Role
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
    """People with a TRN who have been registered by a school."""

    def known_as(self, trns: Collection[Trn]) -> Sequence[Teacher]:
        """Returns the people known under these TRNs, or ones merged with them, in order of TRN."""

    def save(self, teacher: Teacher) -> None:
        """Adds the teacher with this TRN, or sets their names, and the facts of TRS if given."""

    def merge(self, old: Trn, retained: Trn) -> None:
        """Keeps the old TRN as an alias of the retained one.

        A teacher known only under the old TRN is known under the retained one from now on. Known
        under both, nothing moves. Saying it again changes nothing.
        """

    def move_periods(self, old: Trn, retained: Trn) -> None:
        """Moves the periods of the teacher with the old TRN to the one with the retained TRN.

        Trainings, mentorships and email addresses go with them; the old teacher stays without.
        Both TRNs were merged before. Conflict: a guarantee forbids it, such as overlapping
        periods.
        """


class Ects(Protocol):
    """ECT periods, each with its trainings and mentorships, withdrawn ones included.

    A withdrawn period itself counts for nothing: only a search by id, and those that are asked for
    withdrawn ones, find it.
    """

    def of_people(
        self, trns: Collection[Trn], *, withdrawn: bool = False
    ) -> Sequence[EctAtSchool]:
        """Returns the periods of the teachers with these very TRNs, oldest first.

        Withdrawn ones are among them when they are asked for.
        """

    def known_as(self, trns: Collection[Trn]) -> KnownEct:
        """Returns ``Teachers.known_as`` with all of their periods together, oldest first."""

    def at_school(self, urn: Urn, *, withdrawn: bool = False) -> Sequence[EctAtSchool]:
        """Returns the school's ECTs, latest registration first, then latest written first.

        Withdrawn ones are among them when they are asked for.
        """

    def look(self, wanted: EctsWanted, skip: int, most: int) -> EctsFound:
        """Returns ``most`` ECTs after ``skip``: mentor required first, then as ``at_school``.

        Those in need, if asked for, are in the order of their first days, then of writing.
        """

    def find(self, id: EctId) -> EctAtSchool | None:
        """Returns an ECT period; None when there is no such period."""

    def find_with_trns(self, id: EctId) -> tuple[EctAtSchool, frozenset[Trn]] | None:
        """Returns an ECT period with every TRN of its person; None when there is none."""

    def add(self, ect: EctAtSchool) -> None:
        """Adds an ECT period, after its teacher was saved and its email was claimed.

        Conflict: the period overlaps another of the teacher, a training lies outside it, ...
        """

    def change(self, before: EctAtSchool, after: EctAtSchool) -> None:
        """Writes what differs, except for id, school, teacher and what was chosen at registration.

        The expected training start year is written.
        """


class Mentors(Protocol):
    """Mentor periods, each with its trainings, withdrawn ones included.

    A withdrawn period itself is found as one of an ECT is.
    """

    def of_people(
        self, trns: Collection[Trn], *, withdrawn: bool = False
    ) -> Sequence[MentorAtSchool]:
        """Returns the periods of the teachers with these very TRNs, oldest first.

        Withdrawn ones are among them when they are asked for.
        """

    def at_school(self, urn: Urn, *, withdrawn: bool = False) -> Sequence[MentorAtSchool]:
        """Returns the school's mentor periods by name, then oldest first.

        Withdrawn ones are among them when they are asked for.
        """

    def find(self, id: MentorId) -> MentorAtSchool | None:
        """Returns a mentor period; None when there is no such period."""

    def with_ids(self, ids: Collection[MentorId]) -> Sequence[MentorAtSchool]:
        """Returns those of these mentor periods that there are, withdrawn or not, oldest first."""

    def known_as(self, trns: Collection[Trn]) -> KnownMentor:
        """Returns ``Teachers.known_as`` with the past of all of them together.

        The past is as in ``past_of_person_with``. Training before is that of the TRNs, whether or
        not we know a teacher with them.
        """

    def past_of_person_with(self, id: MentorId) -> MentorPast:
        """Returns all periods, at any school, of this period's person, and any training before.

        Periods are oldest first, training is in order of TRN. Returns an empty past when there is
        no such period. Merged TRNs are one person.
        """

    def pasts_of_people(self, trns: Collection[Trn]) -> Mapping[Trn, MentorPast]:
        """Returns the pasts of several people, by every TRN under which one has mentored.

        Each past is as in ``past_of_person_with``.
        """

    def mentored_by(self, id: MentorId, *, withdrawn: bool = False) -> Sequence[EctAtSchool]:
        """Returns the ECTs with a mentorship of this mentor not withdrawn, oldest first.

        Withdrawn mentorships count too when they are asked for.
        """

    def look(self, wanted: MentorsWanted, skip: int, most: int) -> MentorsFound:
        """Returns ``most`` mentors after ``skip``: those who have not left first, then by name.

        A ``skip`` past the last mentor returns the last page of ``most``. The counts are those of
        every status.
        """

    def mentored_by_any(self, ids: Collection[MentorId]) -> Sequence[Mentored]:
        """Returns who these mentor periods mentor, did or will, by first day; none withdrawn."""

    def training_history(self, trns: Collection[Trn]) -> Sequence[MentorTrainingHistory]:
        """Returns what is known of the people with these TRNs, in order of TRN.

        Merged TRNs are one person.
        """

    def save_training_history(self, history: MentorTrainingHistory) -> None:
        """Adds this TRN's training history, or replaces it; the person need not be known."""

    def add(self, mentor: MentorAtSchool) -> None:
        """Adds a mentor period, after its teacher was saved and its email was claimed.

        Conflict: as for an ECT, or it overlaps another of their mentor periods at this school.
        """

    def change(self, before: MentorAtSchool, after: MentorAtSchool) -> None:
        """Writes what differs, except for id, school and teacher."""


class Emails(Protocol):
    """Who holds which email address."""

    def holders(self, email: Email, today: date) -> Sequence[Trn]:
        """Returns the TRNs of people with an open ECT or mentor period with this address."""

    def claim(self, email: Email, trn: Trn, today: date) -> None:
        """Makes this teacher the holder of an address. Claiming again changes nothing.

        Conflict: the holder is another person, whose periods with it have not all finished.
        """


class People(Protocol):
    """What there is about one person, wherever it is kept."""

    def trns(self, trn: Trn) -> Sequence[Trn]:
        """Returns every TRN that merges have shown to be this person's, this one too, in order.

        The TRN need not be one that a school has registered.
        """

    def with_periods(self, ids: Collection[UUID]) -> Sequence[Trn]:
        """Returns the TRNs of the people with these ECT or mentor periods, in order.

        It is a quick look, to hold these people before their periods are read.
        """

    def here(self, urn: Urn, trns: Collection[Trn], today: date) -> Collection[tuple[Trn, Role]]:
        """Returns which of these people the school has: an ECT or mentor who has not left.

        An ECT who completed here counts too. Merged TRNs are one person, under the given TRN.
        """

    def email_addresses(self, trns: Collection[Trn]) -> Sequence[str]:
        """Returns the addresses that teachers with these very TRNs hold, normalised, in order."""

    def journeys(self, trns: Collection[Trn]) -> Sequence[SavedJourney]:
        """Returns the journeys that looked for one of these TRNs or found it, latest use first."""

    def history(self, trns: Collection[Trn]) -> Sequence[Change]:
        """Returns what happened to people with these very TRNs, at any school, oldest first."""
