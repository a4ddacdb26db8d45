"""What lead providers see of schools and delivery partners changes with what was written."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import attrs

from ect_registration.domain.calendar import AcademicYear, Period, day_before
from ect_registration.domain.lead_providers.records import (
    Kind,
    Participant,
    ProgrammeChoice,
    SeenPartner,
    SeenPartnership,
)
from ect_registration.domain.people.training import Programme, TrainingId
from ect_registration.domain.reference.columns import Row
from ect_registration.domain.reference.tables import ReferenceKind
from ect_registration.domain.school import OrganisationKind, SchoolStatus
from ect_registration.ports.stored.lead_providers import Order, WantedSchools
from ect_registration.testing.contract.lead_providers.lead_provider_steps import (
    everything_followed,
    ids_of_partners,
    new_training,
    records_seen,
    register_confirmed,
    register_interested,
    report_partnership,
    school_seen,
    schools_seen,
)
from ect_registration.testing.examples import (
    DELIVERY_PARTNER,
    LEAD_PROVIDER,
    TERM_STARTS,
    THIS_YEAR,
    TODAY,
    URN,
    a_partnership,
    a_school,
    a_training,
)
from ect_registration.testing.steps import (
    OTHER_DELIVERY_PARTNER,
    OTHER_LEAD_PROVIDER,
    OTHER_URN,
    Store,
    changing_ect,
    keep,
    seen,
)


class SeenSchools:
    """What lead providers see of schools and delivery partners changes with what was written."""

    def test_delivery_partners_are_seen_by_those_they_work_with(self, store: Store) -> None:
        """Delivery partners are shown with the years, under their present name."""
        found = {
            each.record.name: each.record.cohorts
            for each in records_seen(store, Kind.DELIVERY_PARTNER)
            if isinstance(each.record, SeenPartner)
        }
        assert found == {DELIVERY_PARTNER: (2024, 2025), OTHER_DELIVERY_PARTNER: (2025,)}

        [other] = records_seen(store, Kind.DELIVERY_PARTNER, lead_provider=OTHER_LEAD_PROVIDER)
        [organisation] = seen(
            store,
            lambda uow: [
                each
                for each in uow.organisations.of_kind(OrganisationKind.DELIVERY_PARTNER)
                if each.id == other.id
            ],
        )
        keep(store, lambda uow: uow.organisations.rename(organisation, "Bridge Training"))
        [renamed] = records_seen(store, Kind.DELIVERY_PARTNER, lead_provider=OTHER_LEAD_PROVIDER)
        assert isinstance(renamed.record, SeenPartner)
        assert renamed.record.name == "Bridge Training"
        assert renamed.updated_at > other.updated_at

    def test_another_delivery_partner_is_seen_with_everybody_trained(self, store: Store) -> None:
        """The partnership keeps its id with another delivery partner."""
        register_confirmed(store)
        [before] = records_seen(store, Kind.PARTNERSHIP)
        changed = a_partnership(delivery_partner=OTHER_DELIVERY_PARTNER)
        keep(store, lambda uow: uow.partnerships.change(changed))

        [after] = records_seen(store, Kind.PARTNERSHIP)
        [participant] = records_seen(store)
        partner = ids_of_partners(store)[OTHER_DELIVERY_PARTNER]
        assert after.id == before.id
        assert isinstance(after.record, SeenPartnership)
        assert after.record.delivery_partner == partner
        assert isinstance(participant.record, Participant)
        assert participant.record.enrolments[0].delivery_partner == partner

    def test_schools_are_seen_that_may_register_or_have_anything(self, store: Store) -> None:
        """A closed school is seen in the years in which it trains or works with anybody."""
        register_confirmed(store)
        closed = a_school(status=SchoolStatus.CLOSED)
        other = a_school(urn=OTHER_URN, status=SchoolStatus.CLOSED)
        keep(store, lambda uow: uow.schools.save(closed), lambda uow: uow.schools.save(other))

        assert [each.urn for each in schools_seen(store)] == [URN.digits]
        assert list(schools_seen(store, cohort=2024)) == []

    def test_a_school_is_found_by_its_id(self, store: Store) -> None:
        """A school is found in any year in which it is seen, and its id leads to the URN."""
        school, year = school_seen(store), THIS_YEAR.starts_in
        found = seen(store, lambda uow: uow.seen.find_school(LEAD_PROVIDER, year, school.id))
        urns = seen(store, lambda uow: [uow.seen.urn_of(id) for id in (school.id, uuid4())])

        assert found == school
        assert urns == [URN.digits, None]
        nothing = seen(store, lambda uow: uow.seen.find_school(LEAD_PROVIDER, year, uuid4()))
        assert nothing is None

    def test_schools_are_listed_in_any_order(self, store: Store) -> None:
        """Schools are sorted by their moments, and narrowed by them."""
        before = schools_seen(store)
        keep(store, lambda uow: uow.schools.save(a_school(name="Larkfield Primary School")))
        by_update = [each.urn for each in schools_seen(store, order=Order.UPDATED)]
        backwards = [each.urn for each in schools_seen(store, order=Order.UPDATED_LAST)]
        latest = max(each.updated_at for each in before)
        later = schools_seen(store, updated_since=latest + timedelta(microseconds=1))

        assert by_update == [OTHER_URN.digits, URN.digits]
        assert backwards == by_update[::-1]
        assert [each.name for each in later] == ["Larkfield Primary School"]
        created = [each.id for each in schools_seen(store)]
        assert [each.id for each in schools_seen(store, order=Order.CREATED_LAST)] == created[::-1]

    def test_nothing_is_found_however_far_after_the_last(self, store: Store) -> None:
        """A page as far on as a program can ask for, with 3,000 records each, is empty."""
        wanted = WantedSchools(lead_provider=LEAD_PROVIDER, cohort=THIS_YEAR.starts_in)
        far = 3000 * (10**15 - 2)

        assert list(seen(store, lambda uow: uow.seen.look_at_schools(wanted, far, 3000))) == []

    def test_training_of_a_year_that_is_withdrawn_leaves_the_year_unknown(
        self, store: Store
    ) -> None:
        """The school is seen as if nothing had been chosen."""
        ect = register_interested(store)
        assert school_seen(store).programme_choice is ProgrammeChoice.PROVIDER_LED
        withdrawn = tuple(attrs.evolve(each, withdrawn=True) for each in ect.trainings)
        keep(store, changing_ect(ect, attrs.evolve(ect, trainings=withdrawn)))

        after = school_seen(store)
        assert after.programme_choice is ProgrammeChoice.NOT_YET_KNOWN
        assert not after.expression_of_interest

    def test_a_choice_that_is_taken_back_is_dated_for_everybody(self, store: Store) -> None:
        """It is dated each time for all lead providers, whether the school chose them or not."""
        ect = register_interested(store)
        withdrawn = tuple(attrs.evolve(each, withdrawn=True) for each in ect.trainings)
        without = attrs.evolve(ect, trainings=withdrawn)
        moments = [school_seen(store, lead_provider=OTHER_LEAD_PROVIDER).updated_at]
        for before, after in ((ect, without), (without, ect), (ect, without)):
            keep(store, changing_ect(before, after))
            moments.append(school_seen(store, lead_provider=OTHER_LEAD_PROVIDER).updated_at)

        assert moments == sorted(set(moments))

    def test_a_partnership_dates_the_school_for_its_lead_provider_alone(
        self, store: Store
    ) -> None:
        """No other lead provider sees a difference, as the way of training is not known yet."""
        before = school_seen(store, lead_provider=OTHER_LEAD_PROVIDER)
        own = school_seen(store)
        report_partnership(store)

        assert school_seen(store, lead_provider=OTHER_LEAD_PROVIDER) == before
        assert school_seen(store).updated_at > own.updated_at

    def test_a_partnership_that_has_ended_is_not_seen_until_it_is_reported_again(
        self, store: Store
    ) -> None:
        """It comes back under the same id, and the school is seen without it in between."""
        report_partnership(store)
        [before] = records_seen(store, Kind.PARTNERSHIP)
        ended: Row = {
            "school": URN.digits,
            "lead_provider": LEAD_PROVIDER,
            "year": THIS_YEAR.starts_in,
            "delivery_partner": DELIVERY_PARTNER,
            "active": False,
        }
        keep(store, lambda uow: uow.reference.save(ReferenceKind.PARTNERSHIPS, [ended]))
        assert list(records_seen(store, Kind.PARTNERSHIP)) == []
        assert not school_seen(store).in_partnership

        report_partnership(store)
        [again] = records_seen(store, Kind.PARTNERSHIP)
        assert (again.id, again.record) == (before.id, before.record)
        assert school_seen(store).in_partnership

    def test_a_closed_school_comes_and_goes_with_what_it_has_in_the_year(
        self, store: Store
    ) -> None:
        """It is dated when it is listed, and not listed with nothing left."""
        register_interested(store)
        everything_followed(store)
        keep(store, lambda uow: uow.schools.save(a_school(status=SchoolStatus.CLOSED)))
        closed = school_seen(store)
        [ect] = seen(store, lambda uow: uow.ects.at_school(URN))
        withdrawn = tuple(attrs.evolve(each, withdrawn=True) for each in ect.trainings)
        keep(store, changing_ect(ect, attrs.evolve(ect, trainings=withdrawn)))
        assert list(schools_seen(store, urn=URN.digits)) == []
        report_partnership(store)

        assert school_seen(store, lead_provider=OTHER_LEAD_PROVIDER).updated_at > closed.updated_at

    def test_an_interest_that_has_ended_is_none(self, store: Store) -> None:
        """It is one until the end of its last day."""
        period = Period(TERM_STARTS, TODAY)
        ect = register_interested(store, trainings=(new_training(period=period),))
        before = school_seen(store)
        ended = Period(TERM_STARTS, day_before(TODAY))
        trainings = tuple(attrs.evolve(each, period=ended) for each in ect.trainings)
        keep(store, changing_ect(ect, attrs.evolve(ect, trainings=trainings)))
        after = school_seen(store)

        assert (before.expression_of_interest, after.expression_of_interest) == (True, False)
        assert after.updated_at > before.updated_at

    def test_school_led_training_is_the_choice_of_its_year(self, store: Store) -> None:
        """School-led is shown where no training of the year is provider-led."""
        training = a_training(
            id=TrainingId(uuid4()),
            programme=Programme.SCHOOL_LED,
            lead_provider=None,
            year=AcademicYear(2025),
        )
        register_interested(store, trainings=(training,))

        assert school_seen(store).programme_choice is ProgrammeChoice.SCHOOL_LED
