"""Many ECTs in memory: one after the other."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import attrs

from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool, KnownEct
from ect_registration.domain.values import Trn
from ect_registration.ports.stored.many_ects import OfferToSchool, SchoolAndYear
from ect_registration.ports.stored.offers import Schools
from ect_registration.ports.stored.people import Ects, Emails, Teachers


@attrs.frozen
class MemoryManyEcts:
    """Asks the other parts of the same unit of work."""

    _schools: Schools
    _teachers: Teachers
    _ects: Ects
    _emails: Emails

    def offers(self, wanted: Collection[SchoolAndYear]) -> Mapping[SchoolAndYear, OfferToSchool]:
        """Returns the offer to each school that is known."""
        found = {each: self._schools.with_offer(*each) for each in wanted}
        return {each: offer for each, offer in found.items() if offer is not None}

    def known_as(self, people: Sequence[Collection[Trn]]) -> Sequence[KnownEct]:
        """Returns each of these people."""
        return [self._ects.known_as(trns) for trns in people]

    def holders(self, emails: Collection[Email], today: date) -> Mapping[Email, Sequence[Trn]]:
        """Returns the holders of the addresses that are in use."""
        found = {email: self._emails.holders(email, today) for email in emails}
        return {email: holders for email, holders in found.items() if holders}

    def add(self, ects: Sequence[EctAtSchool], today: date) -> None:
        """Adds one after the other."""
        for ect in ects:
            self._teachers.save(ect.teacher)
            if ect.email is not None:
                self._emails.claim(ect.email, ect.teacher.trn, today)
            self._ects.add(ect)
