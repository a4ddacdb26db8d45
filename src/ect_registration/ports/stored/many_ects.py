"""The facts and the records of many ECTs at once, for registering from a file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool, KnownEct, Registration
from ect_registration.domain.school import Offer, School
from ect_registration.domain.values import Trn, Urn

SchoolAndYear = tuple[Urn, AcademicYear]
OfferToSchool = tuple[School, Registration | None, Offer]


class ManyEcts(Protocol):
    """What other parts of a store do for one, done for many: with the same result, in fewer steps.

    A store may do it one by one.
    """

    def offers(self, wanted: Collection[SchoolAndYear]) -> Mapping[SchoolAndYear, OfferToSchool]:
        """Returns what ``Schools.with_offer`` does, for the schools that are known."""

    def known_as(self, people: Sequence[Collection[Trn]]) -> Sequence[KnownEct]:
        """Returns what ``Ects.known_as`` does for each of these people, in their order."""

    def holders(self, emails: Collection[Email], today: date) -> Mapping[Email, Sequence[Trn]]:
        """Returns what ``Emails.holders`` does, for the addresses that are in use."""

    def add(self, ects: Sequence[EctAtSchool], today: date) -> None:
        """Saves these teachers, claims their addresses and adds their periods, in this order.

        Conflict: as for saving, claiming and adding them one by one.
        """
