"""Stores the trainings of ECTs and mentors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Transaction
from adapters.sql.queries.json_rows import Nested, list_of
from adapters.sql.queries.lookups import if_given, number_if_given
from adapters.sql.queries.rows import extent_to_row, training_to_row
from adapters.sql.tables.offers import delivery_partners, lead_providers, partnerships
from adapters.sql.tables.people import ect_periods, mentor_periods, trainings
from ect_registration.domain.people.training import Training, TrainingId

_provider = lead_providers.alias("training_provider")
_partner = delivery_partners.alias("training_partner")
_partnership = partnerships.alias("training_partnership")

_SELECT = sa.select(
    trainings.c.id.label("number"),
    trainings.c.public_id,
    trainings.c.started_on,
    trainings.c.finished_on,
    trainings.c.programme,
    trainings.c.year,
    trainings.c.withdrawn,
    trainings.c.ends,
    _provider.c.name.label("lead_provider"),
    _partner.c.name.label("delivery_partner"),
).select_from(
    trainings.outerjoin(_provider, _provider.c.id == trainings.c.lead_provider_id)
    .outerjoin(_partnership, _partnership.c.id == trainings.c.partnership_id)
    .outerjoin(_partner, _partner.c.id == _partnership.c.delivery_partner_id)
)


def trainings_of(periods: sa.Table, link: sa.Column[int]) -> sa.Label[list[Nested]]:
    """Returns the trainings of each period, as a column."""
    theirs = _SELECT.where(link == periods.c.id).correlate(periods)
    return list_of(theirs).label("trainings")


def partnership_of(school: sa.ColumnElement[int]) -> sa.ScalarSelect[int]:
    """Returns the row id of the named partnership of this school."""
    return (
        sa.select(partnerships.c.id)
        .join(lead_providers, lead_providers.c.id == partnerships.c.lead_provider_id)
        .join(delivery_partners, delivery_partners.c.id == partnerships.c.delivery_partner_id)
        .where(
            partnerships.c.school_id == school,
            partnerships.c.year == sa.bindparam("of_year"),
            lead_providers.c.name == sa.bindparam("of_provider"),
            delivery_partners.c.name == sa.bindparam("of_partner"),
        )
        .scalar_subquery()
    )


_given_partner = sa.bindparam("of_partner", type_=sa.Text())


def _addition(periods: sa.Table, link: str) -> sa.Insert:
    def of_period(column: str) -> sa.ScalarSelect[int]:
        named = periods.c.public_id == sa.bindparam("of_period")
        return sa.select(periods.c[column]).where(named).scalar_subquery()

    return (
        sa.insert(trainings)
        .inline()
        .values(
            {
                link: of_period("id"),
                "teacher_id": of_period("teacher_id"),
                "school_id": of_period("school_id"),
                "lead_provider_id": number_if_given(lead_providers.c.name, "of_provider"),
                "partnership_id": if_given(_given_partner, partnership_of(of_period("school_id"))),
            }
        )
    )


_ADD_TO_ECT = _addition(ect_periods, "ect_period_id")
_ADD_TO_MENTOR = _addition(mentor_periods, "mentor_period_id")

# How a person is trained is written only where it changes: others confirm it meanwhile.
_CHANGE_DAYS = sa.update(trainings).where(trainings.c.public_id == sa.bindparam("which"))
_CHANGE = _CHANGE_DAYS.values(
    lead_provider_id=number_if_given(lead_providers.c.name, "of_provider"),
    partnership_id=if_given(_given_partner, partnership_of(trainings.c.school_id)),
)


@attrs.frozen
class SqlTrainings:
    """Stores the trainings of periods in one table."""

    _transaction: Transaction
    _add: sa.Insert

    @classmethod
    def of_ects(cls, transaction: Transaction) -> SqlTrainings:
        """Returns the repository of the trainings of ECT periods."""
        return cls(transaction, _ADD_TO_ECT)

    @classmethod
    def of_mentors(cls, transaction: Transaction) -> SqlTrainings:
        """Returns the repository of the trainings of mentor periods."""
        return cls(transaction, _ADD_TO_MENTOR)

    def add(self, period: UUID, new: Iterable[Training]) -> None:
        """Adds the trainings in the order given."""
        self.add_all([(period, training) for training in new])

    def add_all(self, new: Iterable[tuple[UUID, Training]]) -> None:
        """Adds trainings, each to its period, in the order given."""
        self._transaction.write_all(
            self._add,
            [{"public_id": t.id, "of_period": period, **training_to_row(t)} for period, t in new],
        )

    def change(self, changed: Iterable[Training], before: Mapping[TrainingId, Training]) -> None:
        """Changes the trainings in the order given; only what differs from before."""
        for training in changed:
            values = {"which": training.id}
            if training.chosen == before[training.id].chosen:
                days = extent_to_row(training)
                self._transaction.write_all(_CHANGE_DAYS, [values | days])
            else:
                self._transaction.write_all(_CHANGE, [values | training_to_row(training)])
