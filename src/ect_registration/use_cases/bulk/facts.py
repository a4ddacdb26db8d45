"""The facts that rows are decided on: as a store has them, with what the rows before changed.

A file that is only looked at writes nothing, and yet its rows see each other: the second row with
one email address is refused, and the second row of a school is offered the choices of the first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import attrs

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool, KnownEct, Registration
from ect_registration.domain.rules.periods.previous_school import ended_by_transfer
from ect_registration.domain.rules.registering.start_date import expected_training_start_year
from ect_registration.domain.school import ClosedDays, Offer, Partnership, School
from ect_registration.domain.values import Trn, Urn
from ect_registration.journeys.ect_case import EctCase
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.many_ects import OfferToSchool, SchoolAndYear
from ect_registration.use_cases.bulk.rows import Proven


@attrs.define
class RowFacts:
    """Reads from a store, and knows what became of earlier rows.

    What many rows are decided on is gathered at once; whatever else is asked is read alone.
    """

    _store: UnitOfWork
    _offers: Mapping[SchoolAndYear, OfferToSchool] = attrs.field(init=False, factory=dict)
    _known: Mapping[frozenset[Trn], KnownEct] = attrs.field(init=False, factory=dict)
    _holders: Mapping[Email, Sequence[Trn]] = attrs.field(init=False, factory=dict)
    _gathered: frozenset[Email] = attrs.field(init=False, default=frozenset())
    _closed_days: Sequence[ClosedDays] | None = attrs.field(init=False, default=None)
    # What earlier rows have changed.
    _latest: dict[Urn, Registration] = attrs.field(init=False, factory=dict)
    _carried: dict[Urn, tuple[Partnership, ...]] = attrs.field(init=False, factory=dict)
    _people: dict[Trn, KnownEct] = attrs.field(init=False, factory=dict)
    _emails: dict[Email, tuple[Trn, ...]] = attrs.field(init=False, factory=dict)

    def gather(self, store: UnitOfWork, rows: Sequence[Proven], today: date) -> None:
        """Reads what these rows are decided on, as this store has it now."""
        self._store = store
        self._closed_days = None
        starts = [(row.school, row.draft.start_date) for row in rows]
        self._offers = store.many_ects.offers(
            {
                (school, expected_training_start_year(today, start))
                for school, start in starts
                if start is not None
            }
        )
        people = [row.record.trns for row in rows]
        self._known = dict(zip(people, store.many_ects.known_as(people), strict=True))
        emails = frozenset(row.draft.email for row in rows if row.draft.email is not None)
        self._holders, self._gathered = store.many_ects.holders(emails, today), emails

    @property
    def schools(self) -> RowFacts:
        """Returns itself: it answers for schools."""
        return self

    @property
    def offers(self) -> RowFacts:
        """Returns itself: it answers for offers."""
        return self

    @property
    def ects(self) -> RowFacts:
        """Returns itself: it answers for people."""
        return self

    @property
    def emails(self) -> RowFacts:
        """Returns itself: it answers for email addresses."""
        return self

    def with_latest_registration(self, urn: Urn) -> tuple[School, Registration | None] | None:
        """Returns the school, with what an earlier row chose last."""
        found = self._store.schools.with_latest_registration(urn)
        return found and (found[0], self._latest.get(urn, found[1]))

    def with_offer(self, urn: Urn, year: AcademicYear) -> OfferToSchool | None:
        """Returns the offer to a school, with what earlier rows chose and carried over."""
        found = self._offers.get((urn, year)) or self._store.schools.with_offer(urn, year)
        if found is None:
            return None
        school, latest, offer = found
        return school, self._latest.get(urn, latest), self._with_carried(urn, offer)

    def to_school(self, urn: Urn, year: AcademicYear) -> Offer:
        """Returns the offer alone."""
        return self._with_carried(urn, self._store.offers.to_school(urn, year))

    def closed_days(self, today: date) -> Sequence[ClosedDays]:
        """Returns the days on which registering is closed: for rows without a start date, once."""
        if self._closed_days is None:
            self._closed_days = self._store.offers.closed_days(today)
        return self._closed_days

    def known_as(self, trns: Collection[Trn]) -> KnownEct:
        """Returns who a person is by now; the store may know them under yet another TRN."""
        noted = self._noted(trns)
        if noted is not None:
            return noted
        known = self._known.get(frozenset(trns)) or self._store.ects.known_as(trns)
        return self._noted(teacher.trn for teacher in known.teachers) or known

    def holders(self, email: Email, today: date) -> Sequence[Trn]:
        """Returns who uses an address, earlier rows included."""
        if email in self._gathered:
            stored = self._holders.get(email, ())
        else:
            stored = self._store.emails.holders(email, today)
        return sorted({*stored, *self._emails.get(email, ())})

    def note(self, case: EctCase, ect: EctAtSchool) -> None:
        """Notes a registration, so that the rows after it are decided with it."""
        self._latest[ect.school] = ect.registration
        if case.reused is not None and case.reused.carried_from is not None:
            carried = attrs.evolve(case.reused.carried_from, year=case.expected_year)
            self._carried[ect.school] = (*self._carried.get(ect.school, ()), carried)
        known = _with(case, ect)
        self._people.update(dict.fromkeys(case.person, known))
        for before in case.ended:
            self._may_be_free(before)
        self._emails[case.email] = (*self._emails.get(case.email, ()), ect.teacher.trn)

    def _may_be_free(self, ended: EctAtSchool) -> None:
        """Asks the store again who holds the address of a period that was ended."""
        if ended.email is not None:
            self._gathered -= {ended.email}
            self._emails.pop(ended.email, None)

    def _noted(self, trns: Iterable[Trn]) -> KnownEct | None:
        return next((self._people[trn] for trn in trns if trn in self._people), None)

    def _with_carried(self, urn: Urn, offer: Offer) -> Offer:
        if urn not in self._carried:
            return offer
        all_of_them = {*offer.partnerships, *self._carried[urn]}
        newest_first = sorted(
            all_of_them, key=lambda each: (-each.year.starts_in, each.lead_provider)
        )
        return attrs.evolve(offer, partnerships=tuple(newest_first))


def _with(case: EctCase, ect: EctAtSchool) -> KnownEct:
    """Returns the person of a case, with the new period and those that it ends."""
    pairs = ended_by_transfer(case.ended, case.start_date, case.today, ect.id)
    ended: Mapping[object, EctAtSchool] = {before.id: after for before, after in pairs}
    others = (teacher for teacher in case.known if teacher.trn != ect.teacher.trn)
    return KnownEct(
        teachers=(*others, ect.teacher),
        periods=(*(ended.get(each.id, each) for each in case.periods), ect),
        schools={**case.schools, ect.school: case.school.name},
    )
